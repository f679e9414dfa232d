"""When work is due: one reader for each written form, and which of several wins.

The readers take clean text (single spaces) whose citations are blanked out (`citations.masked`), so that the date of a
decree is nobody's deadline. `cell=True` reads the time column of a table, where a bare `2021` or `2023-2025` is a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from vanban.deadlines import cells, dated, open_ended, recurring
from vanban.deadlines.forms import Reader
from vanban.values import Deadline, DeadlineKind

ORDER: tuple[DeadlineKind, ...] = ("by", "range", "recurring", "annual", "ongoing", "conditional")
READERS: tuple[Reader, ...] = (*recurring.READERS, *dated.READERS, *open_ended.READERS)
TIME_WORDS = re.compile(
    r"năm|tháng|qu[ýí]|ngày|tuần|giai đoạn|thường xuyên|khi|nếu|trường hợp|lần|20\d\d|\d\s?[/.-]\s?\d", re.I
)


def find_deadlines(text: str, *, issued: date | None = None, cell: bool = False) -> list[Deadline]:
    """Every deadline that a text states, in order; `issued` supplies a year that the text leaves out.

    >>> [d.end for d in find_deadlines("Rà soát, hoàn thành trong quý II, năm 2015.")]
    [datetime.date(2015, 6, 30)]
    >>> [(d.kind, d.raw) for d in find_deadlines("2023-2025", cell=True)]
    [('range', '2023-2025')]
    """
    if not (cell or TIME_WORDS.search(text)):
        return []
    found: list[Deadline] = []
    if cell:
        _read(cells.SPANS, text, issued, found)
    _read(READERS, text, issued, found)
    if cell and all(d.kind in ("ongoing", "annual", "conditional") for d in found):
        bare: list[Deadline] = []
        _read(cells.BARE, text, issued, bare)
        # Beside `hàng năm` a year only says since when; a period says until when.
        found.extend(bare[:1] if not found else (d for d in bare[:1] if d.kind == "range"))
    return sorted((d for d in found if cell or not _over(d, issued)), key=lambda d: d.span)


def choose(found: list[Deadline]) -> Deadline | None:
    """One task, one deadline: the most specific kind, of two of one kind the first."""
    return min(found, key=lambda d: (ORDER.index(d.kind), d.span), default=None)


def _read(readers: Iterable[Reader], text: str, issued: date | None, found: list[Deadline]) -> None:
    """What the readers find, each where none before it found anything."""
    for reader in readers:
        for deadline in reader(text, issued):
            if not any(d.span[0] < deadline.span[1] and deadline.span[0] < d.span[1] for d in found):
                found.append(deadline)


def _over(deadline: Deadline, issued: date | None) -> bool:
    """`hợp tác xã thành lập trước ngày 01/7/2013` in a document of 2024 tells of the past."""
    return issued is not None and deadline.end is not None and deadline.end.year < issued.year
