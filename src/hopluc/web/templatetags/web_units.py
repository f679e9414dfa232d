"""Units as they are called on the day shown."""

from __future__ import annotations

from datetime import date

from django import template

from hopluc.units import tree
from hopluc.units.models import Unit
from hopluc.web.units import presenting

register = template.Library()

TABLE = "Bảng chuyển đổi đơn vị hành chính, Cục Thống kê ({})"


@register.filter
def called(unit: Unit) -> str:
    return tree.called(unit)


@register.filter
def source_of(basis: str) -> str:
    """The document that says so; of what came with the list of units, the table that the list was made from."""
    return TABLE.format(basis) if basis.startswith("vietnamadminunits") else basis


@register.filter
def last_day(end: date) -> date:
    """The last day of what ends before this one."""
    return presenting.last_day(end)
