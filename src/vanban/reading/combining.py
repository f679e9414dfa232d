"""Several files that are one document, a body and its annexes: one content, one row of blocks."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import accumulate

from vanban.reading.tables import merge_tables
from vanban.values import Block, Document, Notice, Paragraph, Passage, Row, ScannedLine, Span, Table


def combine(documents: Sequence[Document], *, name: str | None = None) -> Document:
    """The files of one document, in this order, as one; `name` is by default that of the first, its kind always.

    Contents are joined by a line end, places and pages count on from file to file, and `parts` says where each file
    after the first begins. Raises ValueError where there is no file.

    >>> from vanban.reading import read
    >>> both = combine([read(b"Plan", name="a.txt"), read(b"Annex", name="b.txt")])
    >>> both.content, both.parts, [block.passage.span() for block in both.blocks]
    ('Plan\\nAnnex', (5,), [(0, 4), (5, 10)])
    """
    if not documents:
        raise ValueError("no file to combine")
    first, *others = documents
    if not others:
        return replace(first, name=name or first.name)
    offsets = list(accumulate((len(each.content) + 1 for each in documents), initial=0))[:-1]
    pages = list(accumulate((each.pages or 0 for each in documents), initial=0))
    moved = [_Mover(at, page) for at, page in zip(offsets, pages[:-1], strict=True)]
    pairs = list(zip(moved, documents, strict=True))
    return Document(
        name=name or first.name,
        kind=first.kind,
        sha256=sha256("".join(each.sha256 for each in documents).encode()).hexdigest(),
        pages=pages[-1] or None,
        content="\n".join(each.content for each in documents),
        blocks=merge_tables([move.block(block) for move, each in pairs for block in each.blocks]),
        notices=tuple(move.notice(notice) for move, each in pairs for notice in each.notices),
        scanned=tuple(move.line(line) for move, each in pairs for line in each.scanned),
        parts=tuple(at + part for at, each in zip(offsets, documents, strict=True) for part in (0, *each.parts))[1:],
    )


class _Mover:
    """Puts what one file holds where it comes to stand: so many characters and pages on."""

    def __init__(self, at: int, page: int) -> None:
        self.at, self.before = at, page

    def block(self, block: Block) -> Block:
        if isinstance(block, Paragraph):
            return replace(block, passage=self.passage(block.passage), page=self.page(block.page))
        return Table(tuple(map(self.row, block.rows)))

    def row(self, row: Row) -> Row:
        return Row(tuple(map(self.passage, row.cells)), self.page(row.page))

    def passage(self, passage: Passage) -> Passage:
        return Passage(passage.text, self.places(passage.starts), self.places(passage.ends))

    def places(self, places: Sequence[int]) -> Sequence[int]:
        if isinstance(places, range):
            return range(places.start + self.at, places.stop + self.at)
        return array("I", (place + self.at for place in places))

    def notice(self, notice: Notice) -> Notice:
        return replace(notice, span=self.span(notice.span)) if notice.span else notice

    def line(self, line: ScannedLine) -> ScannedLine:
        return replace(line, page=line.page + self.before)

    def span(self, span: Span) -> Span:
        return span[0] + self.at, span[1] + self.at

    def page(self, page: int | None) -> int | None:
        return page and page + self.before
