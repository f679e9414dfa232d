"""When work is due: one reader for each written form, and which of several wins.

The readers take clean text (single spaces) whose citations are blanked out (`citations.masked`), so that the date of a
decree is nobody's deadline. `cell=True` reads the time column of a table, where a bare `2021` or `2023-2025` is a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from vanban.deadlines import cells, dated, open_ended, recurring
from vanban.deadlines.forms import DIGIT, Reader, Readers
from vanban.deadlines.typed import is_spelled, spelled, written
from vanban.forms import lowered
from vanban.reading.joining import squash
from vanban.values import Deadline, DeadlineKind, Span

ORDER: tuple[DeadlineKind, ...] = ("by", "range", "recurring", "annual", "ongoing", "conditional")
READERS = Readers((*recurring.READERS, *dated.READERS, *open_ended.READERS))
CELL_READERS = Readers((*cells.SPANS, *READERS.readers))
BARE = Readers(cells.BARE)
SENTENCE_END = re.compile(r"[.;](?=\s)")
TIMED = ("năm", "tháng", "quý", "quí", "tuần", "ngày", "khi", "nếu", "xuyên", "trường", "lần", "kỳ")  # or a digit


def find_deadlines(text: str, *, issued: date | None = None, cell: bool = False) -> list[Deadline]:
    """Every deadline that a text states, in order; `issued` supplies a year that the text leaves out.

    >>> [d.end for d in find_deadlines("Rà soát, hoàn thành trong quý II, năm 2015.")]
    [datetime.date(2015, 6, 30)]
    >>> [(d.kind, d.raw) for d in find_deadlines("2023-2025", cell=True)]
    [('range', '2023-2025')]
    """
    if not cell:
        return [d for d in _by_sentence(text, issued) if not _over(d, issued)]
    found: list[Deadline] = []
    lower = lowered(text)
    _read(CELL_READERS.woken(lower), text, lower, issued, found)
    if all(d.kind in ("ongoing", "annual", "conditional") for d in found):
        bare: list[Deadline] = []
        _read(BARE.woken(lower), text, lower, issued, bare)
        # Beside `hàng năm` a year only says since when; a period says until when.
        found.extend(bare[:1] if not found else (d for d in bare[:1] if d.kind == "range"))
    return sorted(found, key=_place)


def deadline_from_words(text: str, issued_on: date | None = None) -> Deadline | None:
    """The deadline that a person types, in Vietnamese or as `english` prints it; `raw` is all that was typed.

    None where no time is understood, or where a number is left over. A year that is left out is taken from
    `issued_on`; without it such a day is not understood.

    >>> deadline_from_words("hằng năm, trước 15/12").rule
    'FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15'
    >>> [deadline_from_words(words) for words in ("sớm", "hằng năm, trước ngày 31/02")]
    [None, None]
    """
    words, raw = written(text), squash(text)
    found = spelled(words) if is_spelled(words) else _wholly(find_deadlines(words, issued=issued_on, cell=True), words)
    return replace(found, raw=raw, span=(0, len(raw))) if found else None


def _wholly(found: list[Deadline], words: str) -> Deadline | None:
    """The deadline to choose, if every number belongs to some deadline."""
    read = {place for deadline in found for place in range(*deadline.span)}
    left = any(letter.isdigit() for place, letter in enumerate(words) if place not in read)
    return None if left else choose(found)


def _by_sentence(text: str, issued: date | None) -> Iterator[Deadline]:
    """No time reaches over the end of a sentence, and most sentences say none."""
    lower = lowered(text)
    for word in TIMED:
        if word in lower:
            break
    else:
        if not DIGIT.search(lower):
            return
    woken = READERS.woken(lower)
    for start, end in _sentences(text) if woken else ():
        found: list[Deadline] = []
        words = lower[start:end]
        again = woken if len(words) == len(lower) else [reader for reader in woken if reader.may_find(words)]
        _read(again, text[start:end], words, issued, found, start)
        yield from sorted(found, key=_place)


def _place(deadline: Deadline) -> Span:
    return deadline.span


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for m in SENTENCE_END.finditer(text):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < len(text):
        yield start, len(text)


def choose(found: list[Deadline]) -> Deadline | None:
    """One task, one deadline: the most specific kind, of two of one kind the first."""
    return min(found, key=lambda d: (ORDER.index(d.kind), d.span), default=None)


def _read(
    readers: Iterable[Reader], text: str, lower: str, issued: date | None, found: list[Deadline], at: int = 0
) -> None:
    """What the readers find, each where none before it found anything; `lower`: the text in lower case; it begins at `at`."""
    for reader in readers:
        for deadline in reader.read(text if reader.cased else lower, issued):
            start, end = deadline.span[0] + at, deadline.span[1] + at
            if not found or not any(d.span[0] < end and start < d.span[1] for d in found):
                raw = text[start - at : end - at]
                same = not at and raw == deadline.raw
                found.append(deadline if same else replace(deadline, raw=raw, span=(start, end)))


def _over(deadline: Deadline, issued: date | None) -> bool:
    """`hợp tác xã thành lập trước ngày 01/7/2013` in a document of 2024 tells of the past."""
    return issued is not None and deadline.end is not None and deadline.end.year < issued.year
