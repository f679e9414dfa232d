"""Automatic numbers, which Word keeps apart from the text: `1.`, `2.1.`, `a)`, `II.`, `-`.

A list is one use of a list form with up to nine levels. Uses of one form count on from each other unless one says
where to start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from vanban.reading.labels import render

PLACE = re.compile(r"%([1-9])")
BULLETS = "-–—+*•"


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # counts anew only after this level (1 = the top one); 0: never
    style: str | None = None
    legal: bool = False  # all places in digits


@dataclass(frozen=True, slots=True)
class List:
    form: str  # the list form whose counters it uses
    levels: dict[int, Level]
    starts: dict[int, int]  # levels that this use starts again


class Counting:
    """Gives each paragraph of a list its number; paragraphs must come in their order."""

    def __init__(self) -> None:
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, name: str, form: List, level: int) -> str:
        """`2.1.`, `a)`, `-`: the number of the next paragraph at this level of the list `name`."""
        if level not in form.levels:
            return ""
        return _label(form.levels, level, self._count(name, form, level))

    def _count(self, name: str, form: List, level: int) -> dict[int, int]:
        counters = self._counters.setdefault(form.form, {})
        if level in form.starts and (name, level) not in self._begun:
            counters[level] = form.starts[level] - 1
        self._begun.add((name, level))
        counters[level] = counters.get(level, form.levels[level].start - 1) + 1
        for deeper in [x for x in counters if x > level]:
            restart = form.levels[deeper].restart if deeper in form.levels else None
            if restart is None or level < restart:
                del counters[deeper]
        return counters


def _label(levels: dict[int, Level], level: int, counters: dict[int, int]) -> str:
    """
    >>> _label({0: Level(form="upperRoman"), 1: Level(text="%1.%2)")}, 1, {0: 2, 1: 3})
    'II.3)'
    """
    own = levels[level]
    if own.form == "none":
        return ""
    if own.form == "bullet":
        sign = own.text.strip()
        return sign if sign and sign in BULLETS else "•"

    def place(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        other = levels.get(at, Level())
        return render(counters.get(at, other.start), "decimal" if own.legal else other.form)

    return PLACE.sub(place, own.text).strip()
