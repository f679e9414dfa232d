"""Small words of a plan's pages."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.documents.history import DONE
from hopluc.plans.presenting import LABELS

register = template.Library()


@register.filter
def label(field: str) -> str | Promise:
    return LABELS.get(field, field)


@register.filter
def values(fields: tuple[str, ...]) -> str:
    """What was read from these words besides the wording itself."""
    return ", ".join(str(label(field)) for field in dict.fromkeys(fields) if field != "text")


@register.filter
def acts_done(acts: dict[str, int]) -> str:
    """`accepted 79 items, corrected 2 items`."""
    return ", ".join(str(DONE[verb] % {"n": count}) for verb, count in acts.items() if verb in DONE)


@register.filter
def days_left(day: date) -> str:
    """How many days are left: today counts as none."""
    left = (day - localdate()).days
    return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left} if left else _("today")
