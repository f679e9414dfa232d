"""What a production server runs."""

from __future__ import annotations

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.utils.timezone import localdate

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
application = get_wsgi_application()

from hopluc.core.holidays import holidays_of  # noqa: E402  its messages want settings

holidays_of(localdate().year)  # loads its package now, which takes a second, and not with somebody's first page
gc.collect()
gc.freeze()  # what was loaded stays: looking for garbage among it would hold up a page now and then
