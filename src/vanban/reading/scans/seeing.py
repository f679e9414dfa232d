"""What recognition of a page gives, and the door to it, without the packages that do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from vanban.reading.page.geometry import Rule, Word


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of text as it was recognised: its words from left to right, and how sure of them the engine is (0–1)."""

    words: tuple[Word, ...]
    sure: float

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)


@dataclass(frozen=True, slots=True)
class Seen:
    """A recognised page, set straight; lengths in points."""

    width: float
    height: float
    lines: tuple[SeenLine, ...]
    rules: tuple[Rule, ...]

    @property
    def words(self) -> list[Word]:
        return [word for line in self.lines for word in line.words]

    @property
    def sure(self) -> float:
        """How sure the engine is of the whole page, each word counted by its letters."""
        letters = sum(len(line.text) for line in self.lines)
        return sum(line.sure * len(line.text) for line in self.lines) / letters if letters else 0.0


class Eyes(Protocol):
    """Recognises one page after the other."""

    def see(self, grey: bytes, size: tuple[int, int], dpi: float) -> Seen:
        """A page as grey pixels, one byte each, row by row from the top."""

    def close(self) -> None:
        """Give back what the engine holds."""
