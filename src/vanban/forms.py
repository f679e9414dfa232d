"""Written forms: patterns that are tried only where a word stands without which they find nothing."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import lru_cache

# Letters that a pattern without case takes for others, and `str.lower` does not.
_ALIKE = str.maketrans({"İ": "i", "ı": "i", "ſ": "s"})


def lower_case(text: str) -> str:
    """The text in lower case, letter for letter: an offset in one is an offset in the other.

    >>> lower_case("Hằng NĂM"), len(lower_case("İ"))
    ('hằng năm', 1)
    """
    lower = text.lower()
    if "ı" in lower or "ſ" in lower or len(lower) != len(text):
        return text.translate(_ALIKE).lower()
    return lower


lowered = lru_cache(maxsize=256)(lower_case)  # of a block, which many forms are sought in


class Form:
    """How something is written, whatever its case; and words, in lower case, one of which stands in all that is so written.

    To look for a word takes a twentieth of the time of the form, and most texts have none of them. A test proves that no
    form can match without its words.
    """

    __slots__ = ("pattern", "words")

    def __init__(self, pattern: str, *words: str, flags: re.RegexFlag = re.I) -> None:
        self.pattern, self.words = re.compile(pattern, flags), words

    def may_stand(self, text: str) -> bool:
        """Whether one of the words stands in the text."""
        lower = lowered(text)
        for word in self.words:  # noqa: SIM110 - `any` takes three times as long
            if word in lower:
                return True
        return False

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.search(text, start, end) if self.may_stand(text) else None

    def match(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        return self.pattern.match(text, start, end)  # at one place the form is tried as fast as its words

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_stand(text) else iter(())


class Ending:
    """How a text in lower case ends: a pattern up to its end, and how whatever ends so does end.

    `around`: what may still stand behind those, besides white space.
    """

    __slots__ = ("around", "ends", "pattern")

    def __init__(self, pattern: str, *ends: str, around: str = "") -> None:
        self.pattern, self.ends, self.around = re.compile(pattern), ends, around

    def may_stand(self, text: str) -> bool:
        """Whether the text ends in one of them, or is empty."""
        text = text.rstrip()
        while self.around and text and text[-1] in self.around:
            text = text.rstrip(self.around).rstrip()
        return not text or text.endswith(self.ends)

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_stand(text) else None
