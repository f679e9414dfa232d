"""The provinces and cities in force, by the names that agencies bear: `tỉnh Thái Nguyên`, `thành phố Hà Nội`."""

from __future__ import annotations

from datetime import date
from functools import cache

from hopluc.core.folding import fold, words
from hopluc.core.sorting import sort_key
from vanban.lexicon import load

KINDS = {"provinces": "tỉnh", "cities": "thành phố"}


def provinces_on(day: date) -> list[str]:
    """All 34 of them (63 before 1 July 2025), in Vietnamese order of their bare names."""
    found = next(one for one in load("places")["map"] if _holds(one, day))
    named = [(name, f"{kind} {name}") for key, kind in KINDS.items() for name in found[key]]
    return [full for _name, full in sorted(named, key=lambda pair: sort_key(pair[0]))]


def province_named(typed: str, *, on: date) -> str | None:
    """The province that somebody means, with or without its kind and marks.

    >>> province_named("thai nguyen", on=date(2026, 1, 1)), province_named("Bắc Kạn", on=date(2026, 1, 1))
    ('tỉnh Thái Nguyên', None)
    """
    return _by_words(on).get(_words(typed))


@cache
def _by_words(day: date) -> dict[str, str]:
    found: dict[str, str] = {}
    for full in provinces_on(day):
        bare = full.removeprefix("tỉnh ").removeprefix("thành phố ")
        found |= {_words(full): full, _words(bare): full, _words(f"TP. {bare}"): full}
    return found


def _words(text: str) -> str:
    return " ".join(words(fold(text)))


def _holds(one: dict[str, object], day: date) -> bool:
    return one.get("effective_from", date.min) <= day <= one.get("effective_to", date.max)  # type: ignore[operator]
