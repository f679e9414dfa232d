"""Tables: rows one after the other as they come, column heads repeated on every page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from vanban.writing.layouts import Element, Layout
from vanban.writing.model import Block, Cell, Column, Run, Table, TableRow, Text
from vanban.writing.styles import FIGURES, twips
from vanban.writing.words import SPECIAL, Marks, paragraph, parts, runs

KINDS = {"text": "table_text", "number": "table_number", "center": "table_center"}
WHOLE = "<w:trPr><w:cantSplit/></w:trPr>"  # a row stays on one page if it fits there
HEADER = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"


def is_wide(block: Block, room: float) -> bool:
    """Whether it is a table whose columns ask for more room than an upright page has, in mm."""
    return isinstance(block, Table) and sum(column.width for column in block.columns) > room


def table(made: Table, layout: Layout, marks: Marks, *, room: float) -> Iterator[str]:
    """The table with its title and unit above; a row at a time."""
    elements = layout.elements
    if made.title:
        yield paragraph(elements["table_title"].style, runs(made.title))
    if made.unit:
        yield paragraph(elements["table_unit"].style, runs(made.unit))
    widths = _widths(made.columns, room)
    yield opened(FIGURES, widths)
    for rows, form in (
        (made.head, Rows(widths, [elements["table_head"]] * len(widths), marks, HEADER)),
        (made.rows, Rows(widths, [elements[KINDS[column.kind]] for column in made.columns], marks)),
        (made.foot, Rows(widths, [elements[KINDS[column.kind]] for column in made.columns], marks, bold=True)),
    ):
        yield from form.each(rows)
    yield "</w:tbl>"


def opened(style: str, widths: list[int]) -> str:
    """The beginning of a table; widths in twips. Word reads the cells' widths, LibreOffice those of the grid."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _widths(columns: tuple[Column, ...], room: float) -> list[int]:
    total = sum(column.width for column in columns)
    return [twips(column.width * room / total) for column in columns]


@dataclass(slots=True)
class Rows:
    """Rows of one look: the style of each column, and which merged cells reach down into the next row."""

    widths: list[int]
    looks: list[Element]
    marks: Marks
    properties: str = WHOLE
    bold: bool = False
    _reaching: dict[int, tuple[int, int]] = field(default_factory=dict)  # column → (rows left, columns)
    _plain: list[tuple[str, str]] = field(default_factory=list)  # how an empty cell and one with words begin

    def __post_init__(self) -> None:
        for width, look in zip(self.widths, self.looks, strict=True):
            start = f'{_opening(width)}<w:p><w:pPr><w:pStyle w:val="{look.style}"/></w:pPr>'
            self._plain.append((start, f'{start}<w:r><w:t xml:space="preserve">'))

    def each(self, rows: Iterable[TableRow]) -> Iterator[str]:
        for row in rows:
            words = [cell for cell in row if isinstance(cell, str)]
            if self.bold or self._reaching or len(words) < len(row):
                yield self._merged(row)
            else:
                yield self._simple(words)

    def _simple(self, row: list[str]) -> str:
        """A row of words alone, as nearly all are: the quick way."""
        out = [f"<w:tr>{self.properties}"]
        for (empty, start), text in zip(self._plain, row, strict=True):
            if text and not SPECIAL.search(text):
                out.append(f"{start}{text}</w:t></w:r></w:p></w:tc>")
            else:
                out.append(f"{empty}{runs(text)}</w:p></w:tc>")
        return "".join(out) + "</w:tr>"

    def _merged(self, row: TableRow) -> str:
        cells, out, at = iter(row), [f"<w:tr>{self.properties}"], 0
        while at < len(self.widths):
            if at in self._reaching:
                across = self._go_down(at)
                out.append(self._cell(at, Cell("", across), "<w:vMerge/>"))
            else:
                cell = _as_cell(next(cells))
                across = cell.across
                if cell.down > 1:
                    self._reaching[at] = cell.down - 1, across
                out.append(self._cell(at, cell, '<w:vMerge w:val="restart"/>' if cell.down > 1 else ""))
            at += across
        return "".join(out) + "</w:tr>"

    def _go_down(self, at: int) -> int:
        left, across = self._reaching.pop(at)
        if left > 1:
            self._reaching[at] = left - 1, across
        return across

    def _cell(self, at: int, cell: Cell, merge: str) -> str:
        span = f'<w:gridSpan w:val="{cell.across}"/>' if cell.across > 1 else ""
        opening = _opening(sum(self.widths[at : at + cell.across]), span + merge)
        text = _bold(cell.text) if cell.bold or self.bold else cell.text
        return f"{opening}{paragraph(self.looks[at].style, self.marks.text(text, cell.mark))}</w:tc>"


def _opening(width: int, properties: str = "") -> str:
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{properties}<w:vAlign w:val="center"/></w:tcPr>'


def _as_cell(cell: str | Cell) -> Cell:
    return Cell(cell) if isinstance(cell, str) else cell


def _bold(text: Text) -> Text:
    return tuple(Run(part.text, bold=True, italic=part.italic, mark=part.mark) for part in parts(text))
