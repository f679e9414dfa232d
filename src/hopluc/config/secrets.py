"""The key that signs sessions and links."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

NAME = "secret"


def secret_key(data: Path) -> str:
    """`HOPLUC_SECRET_KEY`, or a key of this installation's own: made once, readable by its owner alone."""
    if key := os.environ.get("HOPLUC_SECRET_KEY"):
        return key
    path = data / NAME
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        draft = data / f"{NAME}.{secrets.token_hex(4)}"
        draft.touch(0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)  # of several that start at once, one wins
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
