"""The pages of one document that are pictures: recognised, mended, and all that is to be told of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count, groupby

from vanban.reading.page.geometry import Word
from vanban.reading.scans.mending import Mend, Mender
from vanban.reading.scans.seeing import Eyes, Seen, SeenLine
from vanban.values import Notice, ScannedLine

HARD = 0.75  # lines of which the engine is less sure are named
MOST = 60  # notices on one document


class Scanner:
    """Opens its eyes with the first page: most documents have none."""

    def __init__(self, open_eyes: Callable[[], Eyes]) -> None:
        self._open_eyes = open_eyes
        self._eyes: Eyes | None = None
        self._mender = Mender()
        self.lines: list[ScannedLine] = []
        self._told: list[Notice] = []
        self._pages: list[int] = []

    def page(self, grey: bytes, size: tuple[int, int], dpi: float, page: int) -> Seen:
        """What stands on a page of grey pixels, one byte each, row by row from the top."""
        self._eyes = self._eyes or self._open_eyes()
        seen = self._eyes.see(grey, size, dpi)
        mends = self._mender.mend([[word.text for word in line.words] for line in seen.lines])
        lines = [_mended(line, found) for line, found in zip(seen.lines, mends, strict=True)]
        if lines:
            self._pages.append(page)
        self.lines += (ScannedLine(page, line.text, _box(line.words), line.sure) for line in lines)
        self._told += _told(lines, mends, page)
        return replace(seen, lines=tuple(lines))

    def close(self) -> None:
        """Give back what the eyes hold."""
        if self._eyes:
            self._eyes.close()

    def notices(self) -> tuple[Notice, ...]:
        """That pages were recognised, each word set right, and each line that is hard to read."""
        if not self._pages:
            return ()
        pages = f"page {_ranges(self._pages)} read by text recognition: compare numbers, dates and names with the paper"
        more = len(self._told) - MOST
        rest = (Notice("R206", f"{more} more pages with words corrected or hardly legible"),) if more > 0 else ()
        return (Notice("R204", pages), *self._told[:MOST], *rest)


def _mended(line: SeenLine, mends: Sequence[Mend]) -> SeenLine:
    words = list(line.words)
    for mend in mends:
        words[mend.at] = words[mend.at]._replace(text=mend.now)
    return SeenLine(tuple(words), line.sure)


def _told(lines: Sequence[SeenLine], mends: Sequence[Sequence[Mend]], page: int) -> Iterator[Notice]:
    """What was set right and what is hard to read on a page, each behind the number of its line."""
    numbered = list(zip(count(1), lines, mends, strict=False))
    mended = [f"{number} “{mend.was}” → “{mend.now}”" for number, _, found in numbered for mend in found]
    hard = [f"{number} “{line.text}”" for number, line, _ in numbered if line.sure < HARD]
    if mended:
        yield Notice("R205", f"page {page}, corrected by the vocabulary (line, was, is): {'; '.join(mended)}")
    if hard:
        yield Notice("R206", f"page {page}, hardly legible (line, words): {'; '.join(hard)}")


def _box(words: Sequence[Word]) -> tuple[float, float, float, float]:
    return words[0].left, min(word.top for word in words), words[-1].right, words[0].foot


def _ranges(pages: Sequence[int]) -> str:
    """
    >>> _ranges([1, 2, 3, 7, 9, 10])
    '1-3, 7, 9-10'
    """
    groups = [[page for _, page in group] for _, group in groupby(enumerate(pages), lambda pair: pair[1] - pair[0])]
    return ", ".join(str(group[0]) if len(group) == 1 else f"{group[0]}-{group[-1]}" for group in groups)
