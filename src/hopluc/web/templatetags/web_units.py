"""Units as they are called on the day shown."""

from __future__ import annotations

from datetime import date

from django import template

from hopluc.units import tree
from hopluc.units.models import Unit
from hopluc.web.units import presenting

register = template.Library()


@register.filter
def called(unit: Unit) -> str:
    return tree.called(unit)


@register.filter
def last_day(end: date) -> date:
    """The last day of what ends before this one."""
    return presenting.last_day(end)
