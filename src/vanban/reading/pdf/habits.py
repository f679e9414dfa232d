"""How a document sets its paragraphs: margins, line spacing, whether a first line is indented or set apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vanban.reading.joining import starts_item
from vanban.reading.page.geometry import Line

LONG = 0.5  # of the page: shorter lines say little about the margins
INDENT = 8.0  # points
USUAL = 0.6  # of the places where a paragraph must begin
COMMON = 0.15  # of the distances between lines: the smallest so common one is the line spacing
JUSTIFIED = 0.25  # of the long lines
FEW = 8  # lines show no habit
SPACE = 0.25  # of the letter size


@dataclass(frozen=True, slots=True)
class Habits:
    left: float
    right: float
    pitches: dict[int, float]
    indented: bool = False  # paragraphs begin with an indent
    spaced: bool = False  # paragraphs stand apart

    @property
    def centre(self) -> float:
        return (self.left + self.right) / 2

    def is_apart(self, before: Line, line: Line) -> bool:
        """More than the line spacing lies between them."""
        pitch = self.pitches.get(round(line.size), 1.4 * line.size)
        return line.foot - before.foot > 1.08 * pitch + 1 or line.foot < before.foot

    def is_short(self, before: Line, line: Line) -> bool:
        """The first word of `line` had room behind `before`: somebody ended the line there on purpose."""
        return before.right + SPACE * before.size + line.opening < self.right - 4

    def is_indented(self, line: Line) -> bool:
        return line.left > self.left + INDENT

    def is_balanced(self, line: Line) -> bool:
        """Centred, or from margin to margin."""
        return abs(line.centre - self.centre) < 6

    def is_centred(self, line: Line) -> bool:
        margin = line.left - self.left
        return self.is_balanced(line) and margin > (INDENT if line.bold else 0.1 * (self.right - self.left))

    def is_full(self, line: Line) -> bool:
        return line.right > self.right - 2


def habits_of(lines: Sequence[Line], width: float) -> Habits:
    """The habits that all lines on pages of one width show together."""
    long = [line for line in lines if line.width > LONG * width] or lines
    plain = Habits(
        left=_usual(line.left for line in long),
        right=_right(long),
        pitches=_pitches(lines),
    )
    begun = [(a, b) for a, b in pairwise(lines) if a.page == b.page and (starts_item(b.text) or plain.is_short(a, b))]
    begun = [(a, b) for a, b in begun if not plain.is_centred(b)]
    if not begun:
        return plain
    return Habits(
        plain.left,
        plain.right,
        plain.pitches,
        indented=sum(plain.is_indented(b) for _, b in begun) > USUAL * len(begun),
        spaced=sum(plain.is_apart(a, b) for a, b in begun) > USUAL * len(begun),
    )


def _usual(values: Iterable[float]) -> float:
    """The value that occurs most, within a point."""
    return float(Counter(round(value) for value in values).most_common(1)[0][0])


def _right(lines: Sequence[Line]) -> float:
    """The right margin: where justified lines end, or as far as nearly all ragged ones reach."""
    edges = sorted(line.right for line in lines)
    usual = _usual(edges)
    justified = sum(abs(edge - usual) <= 1 for edge in edges) >= JUSTIFIED * len(edges)
    return usual if justified and len(edges) > FEW else edges[int(0.97 * len(edges))]


def _pitches(lines: Sequence[Line]) -> dict[int, float]:
    """Line spacing for each letter size."""
    found: dict[int, Counter[float]] = {}
    for a, b in pairwise(lines):
        step = b.foot - a.foot
        if a.page == b.page and round(a.size) == round(b.size) and 0 < step < 3 * a.size:
            found.setdefault(round(a.size), Counter())[round(2 * step) / 2] += 1
    return {
        size: min(step for step, count in steps.items() if count >= COMMON * steps.total())
        if any(count >= COMMON * steps.total() for count in steps.values())
        else steps.most_common(1)[0][0]
        for size, steps in found.items()
        if steps.total() > 2
    }
