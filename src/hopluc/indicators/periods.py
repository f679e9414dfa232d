"""Periods of reports: a year or a part of one, as [first day, day after the last)."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

PARTS: dict[str, tuple[int, int, str | Promise]] = {  # first month, months, words
    "year": (1, 12, _("the whole year")),
    "half": (1, 6, _("the first 6 months")),
    "nine": (1, 9, _("the first 9 months")),
    "q1": (1, 3, _("quarter I")),
    "q2": (4, 3, _("quarter II")),
    "q3": (7, 3, _("quarter III")),
    "q4": (10, 3, _("quarter IV")),
}


def period_of(year: int, part: str = "year") -> DateRange:
    """
    >>> period_of(2025, "q2").upper
    datetime.date(2025, 7, 1)
    """
    first, months, _words = PARTS[part]
    after = first + months
    return DateRange(date(year, first, 1), date(year + (after > 12), (after - 1) % 12 + 1, 1))


def period_words(period: DateRange) -> str:
    """`2025`, `quý II/2025`; a period that is none of these by its days."""
    start, end = _ends(period)
    for part, (_first, _months, words) in PARTS.items():
        if period_of(start.year, part) == period:
            return str(start.year) if part == "year" else f"{words}/{start.year}"
    return f"{start:%d/%m/%Y} – {end - timedelta(days=1):%d/%m/%Y}"


def before(period: DateRange) -> DateRange:
    """The same period of the year before; periods begin and end with a month.

    >>> before(period_of(2025, "q4")) == period_of(2024, "q4")
    True
    """
    start, end = _ends(period)
    return DateRange(start.replace(year=start.year - 1), end.replace(year=end.year - 1))


def _ends(period: DateRange) -> tuple[date, date]:
    assert period.lower
    assert period.upper
    return period.lower, period.upper
