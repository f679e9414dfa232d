"""Public holidays of Viet Nam (ngày nghỉ lễ, Tết) and the swaps of working days, year by year.

What is official, and what is computed:

- By law (Bộ luật Lao động 2019, Điều 111 khoản 3 and Điều 112) and therefore certain for every year: 1/1, Giỗ Tổ Hùng Vương
  (10/3 of the lunar calendar), 30/4, 1/5, 2/9, since 2026 24/11 (Nghị quyết 80-NQ/TW), and a day in lieu after each that falls
  on a weekend. The package `holidays` computes the lunar days.
- Announced each autumn for the year to come: which five days are off at Tết, and which day beside 2/9. Up to
  `announced_until` of `data/days.toml` the package's days are those announced; later ones follow its rule of how they were
  chosen so far, and are marked as expected (dự kiến).
- Swaps (hoán đổi) are decided each for itself. The package knows those of 2015, 2018/2019, 2024, 2025 and 2/9/2026; what it
  lacks stands in `data/days.toml`. Later ones are unknown until somebody enters them.

Saturdays are free since 2/10/1999 (Quyết định 188/1999/QĐ-TTg), so years before 2000 are not covered.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

FIRST_YEAR, LAST_YEAR = 2000, 2099

TET_DAYS: dict[str, Promise] = {
    "29 of Lunar New Year": _("Tết: day off before New Year's Eve"),
    "Lunar New Year's Eve": _("Tết: New Year's Eve"),
    "Lunar New Year": _("Tết: first day of the lunar year"),
    "Second Day of Lunar New Year": _("Tết: second day of the lunar year"),
    "Third Day of Lunar New Year": _("Tết: third day of the lunar year"),
    "Fourth Day of Lunar New Year": _("Tết: fourth day of the lunar year"),
    "Fifth Day of Lunar New Year": _("Tết: fifth day of the lunar year, in lieu"),
    "Sixth Day of Lunar New Year": _("Tết: sixth day of the lunar year, in lieu"),
}
NATIONAL_DAY = "National Day"
NAMES: dict[str, Promise] = TET_DAYS | {
    "New Year's Day": _("New Year's Day"),
    "Hung Kings' Commemoration Day": _("Hùng Kings' Day (10/3 of the lunar calendar)"),
    "Liberation Day/Reunification Day": _("Reunification Day (30/4)"),
    "International Labor Day": _("Labour Day (1/5)"),
    NATIONAL_DAY: _("National Day (2/9)"),
    "Vietnam Cultural Day": _("Vietnamese Culture Day (24/11)"),
}
IN_LIEU = " (observed)"
SWAPPED = re.compile(r"Day off \(substituted from (\d\d/\d\d/\d{4})\)")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that the whole country has off, or works though it is a weekend."""

    name: str | Promise
    working: bool = False
    expected: bool = False  # computed: not announced yet
    source: str = ""


@dataclass(frozen=True, slots=True)
class Swap:
    off: date
    work: date
    source: str = ""


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 1)
def holidays_of(year: int) -> Mapping[date, Holiday]:
    """The holidays and swapped days of a year."""
    found = {
        day: _holiday(day, name) for day, name in _package(year).items() if day.year == year and not SWAPPED.match(name)
    }
    for swap in _swaps(year):
        off = Holiday(format_lazy(_("Day off, worked on {day}"), day=_written(swap.work)), source=swap.source)
        work = Holiday(
            format_lazy(_("Worked in place of {day}"), day=_written(swap.off)), working=True, source=swap.source
        )
        found |= {day: what for day, what in ((swap.off, off), (swap.work, work)) if day.year == year}
    return found


@cache
def announced_until() -> int:
    """The last year whose days off at Tết and on Quốc khánh have been announced."""
    return int(_data()["announced_until"])


def _holiday(day: date, said: str) -> Holiday:
    name = said.removesuffix(IN_LIEU)
    beside = name == said == NATIONAL_DAY and day.day != 2  # the second day of Quốc khánh, before or after 2/9
    chosen = name in TET_DAYS or (name == NATIONAL_DAY and (beside or said != name))
    words: str | Promise = NAMES[name]
    if beside:
        words = _("National Day (the day beside 2/9)")
    elif said != name:
        words = format_lazy(_("Day in lieu of {holiday}"), holiday=words)
    return Holiday(words, expected=chosen and day.year > announced_until())


def _swaps(year: int) -> Iterator[Swap]:
    """Swaps with a day in this year; the other may lie in the year before or after."""
    for near in (year - 1, year, year + 1):
        for day, name in _package(near).items():
            if day.year == near and (match := SWAPPED.match(name)):
                yield Swap(day, datetime.strptime(match[1], "%m/%d/%Y").date())  # noqa: DTZ007  a day has no zone
    yield from (Swap(**swap) for swap in _data()["swap"])


@lru_cache(maxsize=LAST_YEAR - FIRST_YEAR + 3)
def _package(year: int) -> Mapping[date, str]:
    from holidays import country_holidays  # noqa: PLC0415  takes a second: not for commands that ask for no day

    return country_holidays("VN", years=year, language="en_US")


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("hopluc.core") / "data" / "days.toml").read_text(encoding="utf-8"))


def _written(day: date) -> str:
    return day.strftime("%d/%m/%Y")
