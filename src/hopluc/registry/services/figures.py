"""Figures of a year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.registry.errors import FigureUnclear, SourceNeeded, YearUnknown
from hopluc.registry.models import Figures, Organisation
from hopluc.registry.services.keeping import changing, shown, tidy

MAY_LOSE = ("profit", "equity")
NAMES: dict[str, str | Promise] = {
    "revenue": _("Revenue"),
    "revenue_members": _("Revenue from members"),
    "profit": _("Profit before tax"),
    "income": _("Yearly income of a regular worker"),
    "assets": _("Total assets"),
    "equity": _("Equity"),
    "indivisible_fund": _("Indivisible fund"),
    "indivisible_assets": _("Indivisible assets"),
    "tax_paid": _("Paid to the budget"),
    "members": _("Number of members"),
    "members_new": _("New members"),
    "members_left": _("Members who left"),
    "workers": _("Regular workers"),
    "workers_members": _("Workers who are members"),
    "managers": _("Managers"),
    "managers_trained": _("Managers with college or higher"),
}


def figures_enter(
    *,
    organisation: Organisation,
    year: int,
    values: Mapping[str, Decimal | int | None],
    source: str,
    by: User,
    period: DateRange | None = None,
) -> Figures:
    """The figures of a year; those that are named replace what was said before, the others stay.

    `period` is the calendar year where none is given (in reports it is 15/12 to 14/12).
    Raises NotYourRegistry, YearUnknown, FigureUnclear, SourceNeeded.
    """
    if not tidy(source):
        raise SourceNeeded(fact=year)
    with changing(organisation, by=by, act="figures.entered", ended_too=True) as one:
        last = one.ended_on.year if one.ended_on else localdate().year
        if not one.founded_on.year <= year <= last:
            raise YearUnknown(year=year, name=one.name, founded=shown(one.founded_on))
        row = one.figures.filter(year=year).first() or Figures(organisation=one, year=year)
        row.period = period or DateRange(date(year, 1, 1), date(year, 12, 31) + timedelta(days=1))
        row.source = tidy(source)
        for name, value in values.items():
            setattr(row, name, _checked(name, value))
        row.save()
        return row


def _checked(name: str, value: Decimal | int | None) -> Decimal | int | None:
    assert name in NAMES, name
    if value is not None and (value != int(value) or (value < 0 and name not in MAY_LOSE)):
        raise FigureUnclear(figure=NAMES[name], value=value)
    return value
