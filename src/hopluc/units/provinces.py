"""The provinces and cities in force, by the names that agencies bear: `tỉnh Thái Nguyên`, `thành phố Hà Nội`."""

from __future__ import annotations

from datetime import date
from functools import cache

from hopluc.core.folding import fold, words
from hopluc.core.sorting import sort_key
from hopluc.units import frozen
from hopluc.units.frozen import UnitRow


@cache
def provinces_on(day: date) -> list[UnitRow]:
    """All 34 of them (63 before 1 July 2025), in Vietnamese order of their bare names."""
    found = [row for row in frozen.units() if row.tier == "province" and row.holds(day)]
    return sorted(found, key=lambda row: sort_key(row.name))


def province_named(typed: str, *, on: date) -> UnitRow | None:
    """The province that somebody means, with or without its kind and marks.

    >>> province_named("thai nguyen", on=date(2026, 1, 1)).full_name, province_named("Bắc Kạn", on=date(2026, 1, 1))
    ('tỉnh Thái Nguyên', None)
    """
    return _by_words(on).get(_words(typed))


@cache
def _by_words(day: date) -> dict[str, UnitRow]:
    found: dict[str, UnitRow] = {}
    for row in provinces_on(day):
        found |= {_words(name): row for name in (row.full_name, row.name, f"TP. {row.name}", f"tỉnh {row.name}")}
    return found


def _words(text: str) -> str:
    return " ".join(words(fold(text)))
