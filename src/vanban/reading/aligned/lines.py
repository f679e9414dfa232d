"""Lines of a text as words that stand in its columns of letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

WORD = re.compile(r"\S+")
APART = 2  # spaces between pieces
TAB = 8  # columns

Place = tuple[int, int]  # where something begins and ends in the content
Spot = tuple[Place, ...]  # the words of a line or cell


class Word(NamedTuple):
    text: str
    left: int  # column, and the one behind it
    right: int
    place: Place


@dataclass(frozen=True, slots=True)
class Piece:
    """Words with one space between them."""

    words: Sequence[Word]

    @property
    def left(self) -> int:
        return self.words[0].left

    @property
    def right(self) -> int:
        return self.words[-1].right

    @property
    def text(self) -> str:
        return said(self.words)


@dataclass(frozen=True)
class Line:
    start: int  # in the content
    text: str
    gap: bool  # a blank line stands before it
    page: bool  # a page begins with it

    @cached_property
    def pieces(self) -> list[Piece]:
        groups: list[list[Word]] = []
        for word in _words(self.text, self.start):
            if groups and word.left - groups[-1][-1].right < APART:
                groups[-1].append(word)
            else:
                groups.append([word])
        return [Piece(words) for words in groups]


def lines_of(content: str, texts: Iterable[tuple[int, str]]) -> list[Line]:
    """Lines from their places and texts; what stands between them in the content are blank lines and page numbers."""
    lines: list[Line] = []
    end = 0
    for start, text in texts:
        between = content[end:start]
        lines.append(Line(start, text, between.count("\n") > 1, bool(between.strip())))
        end = start + len(text)
    return lines


def said(words: Iterable[Word]) -> str:
    return " ".join(word.text for word in words)


def _words(text: str, start: int) -> Iterator[Word]:
    tabs = "\t" in text
    at = column = 0
    for m in WORD.finditer(text):
        first, end = m.span()
        left = _column(text[at:first], column) if tabs else first
        column, at = left + end - first, end
        yield Word(m[0], left, column, (start + first, start + end))


def _column(blank: str, column: int) -> int:
    """Where white space ends that begins in a column: a tab reaches to the next eighth."""
    for sign in blank:
        column += TAB - column % TAB if sign == "\t" else 1
    return column
