"""Numbers of headings and items, counted here and written as text.

Word's own lists know no Vietnamese alphabet (a b c d đ e g), and a number that other documents cite must not change when
somebody takes a paragraph out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from vanban.lexicon import numeral
from vanban.outline.markers import LETTERS
from vanban.writing.model import Level

ORDER: tuple[Level, ...] = get_args(Level)
RUNS_ON = ("article",)  # through the whole document, whatever stands above it


class Counter:
    """Gives each level its next number; one begins anew below whatever stands above it."""

    def __init__(self, forms: Mapping[str, str]) -> None:
        self._forms = forms
        self._counts: dict[Level, int] = {}

    def next(self, level: Level) -> str:
        """
        >>> counter = Counter({"roman": "{}.", "letter": "{})"})
        >>> [counter.next(level) for level in ("roman", "letter", "letter", "roman", "letter")]
        ['I.', 'a)', 'b)', 'II.', 'a)']
        """
        self._counts[level] = self._counts.get(level, 0) + 1
        for deeper in ORDER[ORDER.index(level) + 1 :]:
            if deeper not in RUNS_ON:
                self._counts.pop(deeper, None)
        return self._forms[level].format(self._shown(level))

    def _shown(self, level: Level) -> str:
        count = self._counts[level]
        if level in ("part", "chapter", "roman"):
            return numeral(count)
        if level == "decimal":
            return f"{self._counts.get('arabic', 0)}.{count}"
        return letter(count) if level == "letter" else str(count)


def letter(count: int) -> str:
    """The letter of a point; after the last one they come doubled.

    >>> letter(1), letter(5), letter(len(LETTERS) + 1)
    ('a', 'đ', 'aa')
    """
    return LETTERS[(count - 1) % len(LETTERS)] * (1 + (count - 1) // len(LETTERS))
