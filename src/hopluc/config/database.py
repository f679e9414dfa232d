from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit


def databases(data: Path) -> dict[str, dict[str, object]]:
    url = urlsplit(os.environ["DATABASE_URL"])
    return {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(url.path[1:]),
            "USER": unquote(url.username or ""),
            "PASSWORD": unquote(url.password or ""),
            "HOST": url.hostname or "",
            "PORT": url.port or "",
        }
    }
