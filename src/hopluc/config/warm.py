"""What pages need is loaded before the first one is asked for."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.template.loader import get_template
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import override

from hopluc.core.holidays import holidays_of


def warm() -> None:
    """Load addresses with their views, the words of each language, the templates, and what knows the holidays.

    All this stays, so it is never looked through for garbage again: that would hold up a page now and then by more than
    the page itself takes.
    """
    for language, _name in settings.LANGUAGES:
        with override(language):
            reverse("home")
    for name in _templates():
        get_template(name)
    holidays_of(localdate().year)
    gc.collect()
    gc.freeze()


def _templates() -> Iterator[str]:
    """The names of the application's own."""
    for config in apps.get_app_configs():
        if config.name.startswith("hopluc."):
            folder = Path(config.path) / "templates"
            yield from (str(path.relative_to(folder)) for path in sorted(folder.rglob("*.html")))
