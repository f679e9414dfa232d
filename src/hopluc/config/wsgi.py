"""What a production server runs."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
application = get_wsgi_application()

from hopluc.config.warm import warm  # noqa: E402  what it loads wants settings

warm()
