"""Words, lines and rules of a page, in points; y grows downwards from the top of the page as it is read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

SAME_LINE = 0.45  # of the letter size: how far apart the feet of two words on one line may be
Turn = Callable[[float, float], tuple[float, float]]  # from the file's coordinates to those of the page as it is read
GLUED = re.compile(r"\w[-/]$")  # `20-` | `NQ/TW`: a line may break there without a space


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    def holds(self, word: Word) -> bool:
        x, y = (word.left + word.right) / 2, (word.top + word.foot) / 2
        return self.left <= x <= self.right and self.top <= y <= self.bottom


class Word(NamedTuple):  # there are hundreds on each page, and a tuple is the cheapest to make
    text: str
    left: float
    right: float
    top: float
    foot: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text as it is seen: its words from left to right."""

    text: str
    left: float
    right: float
    top: float
    foot: float
    size: float
    bold: bool
    opening: float  # width of its first word
    page: int = 0

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line: level from `start` to `end` at height `at`, or upright, then with x and y changed over."""

    upright: bool
    at: float
    start: float
    end: float


def rows_of(words: Iterable[Word]) -> list[list[Word]]:
    """Words put into lines by the height of their feet, from top to bottom and from left to right."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=attrgetter("foot", "left")):
        if rows and word.foot - rows[-1][0].foot < SAME_LINE * max(word.size, rows[-1][0].size):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [sorted(row, key=attrgetter("left")) for row in rows]


def lines_of(words: Iterable[Word], page: int = 0) -> list[Line]:
    return [line_of(row, page) for row in rows_of(words)]


def line_of(row: Sequence[Word], page: int) -> Line:
    """Words from left to right as a line."""
    return Line(
        text=" ".join(word.text for word in row),
        left=row[0].left,
        right=max(word.right for word in row),
        top=min(word.top for word in row),
        foot=max(word.foot for word in row),
        size=max(word.size for word in row),
        bold=all(word.bold for word in row),
        opening=row[0].right - row[0].left,
        page=page,
    )


def glue(texts: Iterable[str]) -> str:
    """Lines of one paragraph as one text.

    >>> glue(["số 20-", "NQ/TW về kinh tế -", "xã hội"])
    'số 20-NQ/TW về kinh tế - xã hội'
    """
    whole = ""
    for text in texts:
        space = "" if not whole or (GLUED.search(whole) and text[:1].isalnum()) else " "
        whole += space + text
    return whole
