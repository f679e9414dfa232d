"""What the checker says: one departure from one rule, where it stands, what was found and what the rule wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Rule = Literal[
    "align", "bold", "capitals", "first line", "font", "form", "gap", "italic", "line below", "line spacing", "margin",
    "missing", "number", "page number", "paper", "size",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """`paragraph` counts from 1 through the text and the cells of its tables; 0 is the page itself or its header."""

    paragraph: int
    words: str


@dataclass(frozen=True, slots=True)
class Departure:
    """`element` is its key in the layout (`motto`) or `page`; `times`: in how many paragraphs the same was found.

    `found` and `expected` are measures (`13–14 pt`), words of the document, or short English phrases; `vanban.departures`
    says them in Vietnamese.
    """

    rule: Rule
    element: str
    article: str
    place: Place
    found: str
    expected: str
    times: int = 1


def measure(value: float, unit: str) -> str:
    """
    >>> measure(12.7, "mm"), measure(14.0, "pt")
    ('12.7 mm', '14 pt')
    """
    return f"{round(value, 2):g} {unit}"


def span(low: float, high: float, unit: str) -> str:
    """
    >>> span(13, 14, "pt"), span(11, 11, "pt")
    ('13–14 pt', '11 pt')
    """
    return measure(low, unit) if low == high else f"{low:g}–{high:g} {unit}"
