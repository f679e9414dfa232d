"""Small words of a plan's pages."""

from __future__ import annotations

from datetime import date

from django import template
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hopluc.plans.presenting import LABELS

register = template.Library()
ACTS = {
    "accept": lambda n: ngettext("accepted %(n)s item", "accepted %(n)s items", n),
    "reject": lambda n: ngettext("rejected %(n)s item", "rejected %(n)s items", n),
    "edit": lambda n: ngettext("corrected %(n)s item", "corrected %(n)s items", n),
    "split": lambda n: ngettext("split items: %(n)s change", "split items: %(n)s changes", n),
    "merge": lambda n: ngettext("merged items: %(n)s change", "merged items: %(n)s changes", n),
    "add": lambda n: ngettext("added %(n)s item", "added %(n)s items", n),
    "reopen": lambda n: ngettext("took back %(n)s decision", "took back %(n)s decisions", n),
}


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
    return ", ".join(ACTS[verb](count) % {"n": count} for verb, count in acts.items() if verb in ACTS)


@register.filter
def days_left(day: date) -> str:
    """How many days are left: today counts as none."""
    left = (day - localdate()).days
    return ngettext("in %(n)s day", "in %(n)s days", left) % {"n": left} if left else _("today")
