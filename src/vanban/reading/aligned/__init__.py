"""Tables whose columns are kept by spaces, as `pdftotext -layout` writes them.

TT   Nội dung nhiệm vụ              Đơn vị chủ trì    Sản phẩm dự     Thời gian
                                                         kiến
1    Rà soát các hợp tác xã đã      Sở Nội vụ, Sở   Báo cáo của       Quý II/2026
     ngừng hoạt động                Tài chính, Công Ủy ban nhân dân
                                    an tỉnh         tỉnh

Columns stand a little elsewhere in each row, and words of two may have one space between them: a row's own lines tell best
where its columns begin, then rows of the same page, then the names of the columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from vanban.reading.aligned.heads import find_head
from vanban.reading.aligned.lines import Line, Spot
from vanban.reading.aligned.rows import Reader


@dataclass(frozen=True, slots=True)
class Aligned:
    first: int  # line, and the line behind the last
    end: int
    rows: list[list[Spot]]


def find_aligned(lines: Sequence[Line], likely: Iterable[int]) -> Iterator[Aligned]:
    """The tables of a text from top to bottom; `likely` are the lines that may open a header, in rising order."""
    done = 0
    for at in likely:
        head = find_head(lines, at, done) if at >= done else None
        if head:
            reader = Reader(lines, head)
            done = reader.read()
            if rows := reader.cells():
                yield Aligned(head.first, done, [head.row(), *rows])
