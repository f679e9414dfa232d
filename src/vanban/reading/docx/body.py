"""Paragraphs and tables of a Word document, in reading order, into the builder."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vanban.reading.building import Builder, Cell, Line
from vanban.reading.docx.names import MC, VAL, W, child, number
from vanban.reading.docx.numbering import Numbering
from vanban.reading.docx.runs import is_hidden_row, mark_deleted, one_branch, speak
from vanban.reading.docx.styles import Styles
from vanban.reading.legacy import CodePage
from vanban.reading.pieces import Piece
from vanban.reading.pieces import lines as lines_of
from vanban.reading.placing import MOST_COLUMNS, Place, Placing, in_columns

WRAPPERS = {W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag")}


class Body:
    def __init__(self, builder: Builder, styles: Styles, numbering: Numbering) -> None:
        self._builder, self._styles, self._numbering = builder, styles, numbering
        self._carried: list[Piece] = []  # text whose end mark was struck out
        self._placing = Placing(builder)
        self.repaired: list[CodePage] = []  # of each paragraph that was in one
        self._rows: list[list[Place]] = []  # of the table that is being read

    def add(self, element: etree._Element) -> None:
        """One child of the body; call `close` after the last."""
        for block in _blocks(element):
            if block.tag == W + "tbl":
                self._placing.add_table(self._rows or [self._read_row(row) for row in _rows(block)])
                self._rows = []
            else:
                self._paragraph(block)

    def close(self) -> None:
        self._placing.close()

    def _paragraph(self, paragraph: etree._Element) -> None:
        lines, boxes = self._lines(paragraph)
        self._placing.add_lines(lines)
        for box in boxes:
            for line in self._inside(box):
                self._builder.add_paragraph(line.text, bold=line.bold)

    def _lines(self, paragraph: etree._Element, bare: bool = False) -> tuple[list[Line], list[etree._Element]]:
        """The lines of a paragraph behind its number, and its text boxes. `bare`: a number without text counts too."""
        self._builder.count("")
        spoken = speak(paragraph, self._styles)
        if spoken.repaired:
            self.repaired.append(spoken.repaired)
        spoken.pieces, self._carried = self._carried + spoken.pieces, []
        if mark_deleted(paragraph):
            self._carried = spoken.pieces
            return [], spoken.boxes
        label = self._numbering.label(paragraph)
        lines = [line for line in lines_of(spoken.pieces) if line.text.strip()]
        if lines and label:
            lines[0] = Line(f"{label} {lines[0].text.lstrip()}", lines[0].bold)
        elif label and bare:
            lines = [Line(label)]
        return lines, spoken.boxes

    def _inside(self, element: etree._Element) -> Iterator[Line]:
        """All lines in a cell or text box, those of tables and boxes in it included."""
        for part in element:
            for block in _blocks(part):
                if block.tag == W + "tbl":
                    seen = dict.fromkeys(
                        cell for row in in_columns([self._read_row(row) for row in _rows(block)]) for cell in row.cells
                    )
                    yield from (line for cell in seen for line in cell.lines)
                else:
                    lines, boxes = self._lines(block, bare=True)
                    yield from lines
                    for box in boxes:
                        yield from self._inside(box)

    def add_row(self, row: etree._Element) -> None:
        """One row of the table that `add` is given next, without its rows."""
        if not is_hidden_row(row):
            self._rows.append(self._read_row(row))

    def _read_row(self, row: etree._Element) -> list[Place]:
        places = []
        for at, cell in _cells_at(row):
            self._builder.count("")
            places.append(Place(at, _continues(cell, "vMerge"), Cell(tuple(self._inside(cell)))))
        return places


def _blocks(element: etree._Element) -> Iterator[etree._Element]:
    """The paragraphs and tables that an element is or wraps."""
    if element.tag in (W + "p", W + "tbl"):
        yield element
    elif element.tag == MC + "AlternateContent":
        for part in one_branch(element):
            yield from _blocks(part)
    elif element.tag in WRAPPERS:
        for part in element:
            yield from _blocks(part)


def _rows(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if part.tag == W + "tr" and not is_hidden_row(part):
            yield part
        elif part.tag in WRAPPERS:
            yield from _rows(part)


def _cells_at(row: etree._Element) -> list[tuple[int, etree._Element]]:
    """Cells with the column of Word's grid at which each begins."""
    at = min(number(row, "trPr", "gridBefore") or 0, MOST_COLUMNS)
    places = []
    for cell in _cells(row):
        if not _continues(cell, "hMerge"):  # as old files merge sideways
            places.append((at, cell))
        at += min(max(number(cell, "tcPr", "gridSpan") or 1, 1), MOST_COLUMNS)
    return places


def _cells(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if part.tag == W + "tc":
            yield part
        elif part.tag in WRAPPERS:
            yield from _cells(part)


def _continues(cell: etree._Element, direction: str) -> bool:
    """Merged with the cell above it (`vMerge`) or before it (`hMerge`)."""
    merged = child(cell, "tcPr", direction)
    return merged is not None and merged.get(VAL) in (None, "continue")
