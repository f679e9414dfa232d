"""The builder that readers of laid-out formats share: paragraphs and tables in, content and blocks out.

The content has one paragraph or table row a line, cells separated by a tab; all text is NFC with single spaces, so
that passages stand in it letter for letter.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest

from vanban.reading.joining import (
    SYMBOL,
    UNSEEN,
    ends_sentence,
    is_furniture,
    is_torn,
    overlap,
    spaced,
    squash,
    starts_item,
)
from vanban.reading.limits import LINE, check_characters
from vanban.reading.marks import HEADING, MARKS
from vanban.reading.plain import LAYOUT
from vanban.reading.tables import continues, is_header, joined, merge_tables
from vanban.values import Block, Document, Paragraph, Passage, Row, Table

LAYOUT_COLUMNS, LAYOUT_ROWS, LAYOUT_LINE = 3, 12, 60  # at most: columns, rows, letters of a line


def tidy(text: str) -> str:
    """Text as it is laid out: no marks, no invisible characters, NFC, single spaces.

    >>> tidy("**Kế hoạch**  số\\u200b 5"), tidy("\\uf0b7 Rà soát"), tidy("Ra\\u0300 soa\\u0301t")
    ('Kế hoạch số 5', '• Rà soát', 'Rà soát')
    """
    text = UNSEEN.sub("", spaced(text))
    if (m := SYMBOL.search(text)) and not text[: m.start()].strip():
        text = "• " + text[m.end() :]
    return squash(MARKS.sub("", SYMBOL.sub(" ", text)))


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph: what stands before a soft break or the end."""

    text: str
    bold: bool = False


@dataclass(eq=False, slots=True)
class Cell:
    """A table cell. One that covers several rows is the same object in each of them."""

    lines: tuple[Line, ...] = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.text = tidy(" ".join(line.text for line in self.lines))


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class RawRow:
    cells: tuple[Cell, ...]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class RawParagraph:
    text: str
    page: int | None
    bold: bool


class Builder:
    def __init__(self, name: str) -> None:
        self._name = name
        self._raw: list[RawParagraph | tuple[RawRow, ...]] = []
        self._characters = 0

    def add_lines(self, lines: Iterable[Line], page: int | None = None) -> None:
        """One paragraph of the format: soft breaks become spaces, or part it where a new block begins behind them."""
        for line in part(lines):
            self.add_paragraph(line.text, page, line.bold)

    def add_paragraph(self, text: str, page: int | None = None, bold: bool = False) -> None:
        """A paragraph; one that goes on with the sentence before, torn by a page break, is joined to it."""
        clean = tidy(text)
        bold = bold or bool(HEADING.match(text)) or (text.startswith("**") and text.rstrip().endswith("**"))
        if not clean or is_furniture(clean):
            return
        self.count(clean)
        before = self._raw[-1] if self._raw else None
        if isinstance(before, RawParagraph) and before.bold == bold and is_torn(before.text, clean):
            rest = clean[overlap(before.text, clean) :].lstrip()
            self._raw[-1] = RawParagraph(f"{before.text} {rest}".rstrip(), before.page, bold)
        else:
            self._raw.append(RawParagraph(clean, page, bold))

    def add_table(self, rows: Sequence[RawRow]) -> None:
        """A table; one that only places text on the page (letterhead, signature) is read column by column."""
        rows = [row for row in rows if any(cell.text for cell in row.cells)]
        if is_layout(rows):
            self.add_columns(rows)
        elif rows:
            self.count(*(cell.text for row in rows for cell in row.cells))
            before = self._raw[-1] if self._raw else None
            if isinstance(before, tuple) and continues(before, rows):
                self._raw[-1] = tuple(joined(before, rows, _one_row))
            else:
                self._raw.append(tuple(rows))

    def add_columns(self, rows: Sequence[RawRow]) -> None:
        """The left side of a letterhead or signature, then the right; each line is a paragraph."""
        seen: set[int] = set()
        for column in zip_longest(*(row.cells for row in rows), fillvalue=EMPTY):
            for cell in column:
                if id(cell) not in seen:
                    seen.add(id(cell))
                    for line in cell.lines:
                        self.add_paragraph(line.text, rows[0].page, line.bold)

    def count(self, *texts: str) -> None:
        """Keep account of what is read, that nothing may fill memory: empty texts count, too. Raises TooManyPages."""
        self._characters += sum(map(len, texts)) + LINE * len(texts)
        check_characters(self._name, self._characters)

    def finish(self) -> tuple[str, tuple[Block, ...]]:
        """The content and the blocks that stand in it."""
        writer = _Writer()
        blocks = [writer.paragraph(x) if isinstance(x, RawParagraph) else writer.table(x) for x in self._raw]
        return writer.content, merge_tables(blocks)


def _one_row(before: RawRow, after: RawRow) -> RawRow:
    cells = zip(before.cells, after.cells, strict=True)
    return RawRow(tuple(a if a is b else Cell((*a.lines, *b.lines)) for a, b in cells), before.page)


class _Writer:
    """Lays text out line by line and remembers where each piece came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._at = 0

    @property
    def content(self) -> str:
        return "".join(self._parts)

    def paragraph(self, raw: RawParagraph) -> Paragraph:
        passage = self._write(raw.text)
        self._write("\n")
        return Paragraph(passage, raw.page, raw.bold)

    def table(self, rows: Iterable[RawRow]) -> Table:
        placed: dict[int, Passage] = {id(EMPTY): Passage("", (), ())}
        return Table(tuple(self._row(row, placed) for row in rows))

    def _row(self, row: RawRow, placed: dict[int, Passage]) -> Row:
        cells = []
        for index, cell in enumerate(row.cells):
            if index:
                self._write("\t")
            if id(cell) not in placed:
                placed[id(cell)] = self._write(cell.text)
            cells.append(placed[id(cell)])
        self._write("\n")
        return Row(tuple(cells), row.page)

    def _write(self, text: str) -> Passage:
        self._parts.append(text)
        self._at += len(text)
        return Passage.plain(text, self._at - len(text))


def lay_anew(document: Document) -> Document:
    """The same document in a content in which each block and each cell stands in one piece, for a page that shows it.

    Of text that keeps its columns by spaces, other columns stand between the lines of a cell: only such is changed, and
    what was noticed of its letters has no place then.
    """
    if document.kind not in ("txt", "md") or not _interleaved(document.blocks):
        return document
    writer = _Writer()
    blocks = tuple(
        writer.paragraph(RawParagraph(block.passage.text, block.page, block.bold))
        if isinstance(block, Paragraph)
        else writer.table(
            [RawRow(tuple(Cell((Line(cell.text),)) for cell in row.cells), row.page) for row in block.rows]
        )
        for block in document.blocks
    )
    notices = tuple(replace(notice, text="", span=None) for notice in document.notices)
    return replace(document, content=writer.content, blocks=blocks, notices=notices)


def _interleaved(blocks: Iterable[Block]) -> bool:
    """Whether words begin before those ahead of them in reading order have ended."""
    passages = (
        passage
        for block in blocks
        for passage in (
            [block.passage] if isinstance(block, Paragraph) else (x for row in block.rows for x in row.cells)
        )
    )
    return any(one.span()[1] > other.span()[0] for one, other in pairwise(filter(None, passages)))


def part(lines: Iterable[Line]) -> list[Line]:
    """The paragraphs that a paragraph with soft breaks holds.

    >>> [x.text for x in part([Line("1. Sở A:"), Line("- Rà soát;"), Line("tham mưu"), Line("cho tỉnh")])]
    ['1. Sở A:', '- Rà soát; tham mưu cho tỉnh']
    """
    parts: list[Line] = []
    for line in lines:
        text = line.text.strip()
        if not text:
            continue
        if parts and not _opens(parts[-1].text, text):
            parts[-1] = Line(f"{parts[-1].text} {text}", parts[-1].bold and line.bold)
        else:
            parts.append(Line(text, line.bold))
    return parts


def _opens(before: str, after: str) -> bool:
    return starts_item(after) or (ends_sentence(before) and after[0].isupper())


def is_layout(rows: Sequence[RawRow]) -> bool:
    """A table without lines that places a letterhead, an address or a signature; or a frame around text.

    A single row is no table of tasks either, unless it is the header or a numbered part of one.
    """
    columns = max((len(row.cells) for row in rows), default=0)
    if columns == 1:
        return True
    if columns > LAYOUT_COLUMNS or is_header(rows[0] if rows else RawRow(())):
        return False
    return len(rows) == 1 or places_text(rows)


def places_text(rows: Sequence[RawRow]) -> bool:
    """It has the words of a letterhead or signature on a line of their own; a task may have them in a sentence."""
    lines = (line.text.strip() for row in rows for cell in row.cells for line in cell.lines)
    return len(rows) <= LAYOUT_ROWS and any(len(line) < LAYOUT_LINE and LAYOUT.match(line) for line in lines)
