"""The paragraphs of a file, cells included, in reading order, with what is needed to judge them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from vanban.reading.docx.names import W, child, value
from vanban.writing.checking.formats import Formats, Look, Shape
from vanban.writing.checking.values import Place

WRAPPERS = {
    W + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag", "hyperlink", "fldSimple")
}
DRAWN = {W + name for name in ("drawing", "pict", "object")}
TAB = 12.7  # mm between the stops that Word has where none is set
BOX, OLDER = W + "txbxContent", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
WORDS = 60  # letters that name a place


@dataclass(frozen=True)
class Cell:
    """Where in a table: counted from 0, the outermost table of all."""

    table: int
    row: int
    column: int


@dataclass(frozen=True)
class Line:
    """A paragraph, or what of it stands between two tabs or line breaks."""

    paragraph: etree._Element
    number: int
    section: int
    cell: Cell | None
    table_style: str | None
    formats: Formats
    label: str
    pieces: tuple[tuple[str, Look], ...]

    @cached_property
    def text(self) -> str:
        words = "".join(words.upper() if look.capitals else words for words, look in self.pieces)
        return " ".join(f"{self.label} {words}".split())

    @cached_property
    def shape(self) -> Shape:
        return self.formats.shape(self.paragraph, self.table_style)

    @property
    def first(self) -> float:
        """How far its first line goes in, in mm, by an indent or a tab typed before it."""
        typed = "".join(words for words, _ in self.pieces)
        tabs = len(typed) - len(typed.lstrip("\t"))
        return self.shape.first if not tabs else (self.shape.first // TAB + tabs) * TAB

    @property
    def looks(self) -> list[Look]:
        """Of its letters, blanks aside."""
        return [look for words, look in self.pieces if words.strip()]

    @cached_property
    def drawn(self) -> bool:
        return any(True for _ in self.paragraph.iter(*DRAWN))

    @property
    def place(self) -> Place:
        return Place(self.number, self.text if len(self.text) <= WORDS else self.text[: WORDS - 1].rstrip() + "…")

    def parts(self) -> list[Line]:
        """The lines within, where tabs or line breaks part it."""
        groups: list[list[tuple[str, Look]]] = [[]]
        for words, look in self.pieces:
            for at, part in enumerate(re.split("[\t\n]", words)):
                if at:
                    groups.append([])
                groups[-1].append((part, look))
        filled = [tuple(group) for group in groups if "".join(words for words, _ in group).strip()]
        return [self] if len(filled) < 2 else [self._part(group, at) for at, group in enumerate(filled)]

    def _part(self, pieces: tuple[tuple[str, Look], ...], at: int) -> Line:
        label = "" if at else self.label
        return Line(self.paragraph, self.number, self.section, self.cell, self.table_style, self.formats, label, pieces)


class Walk:
    """Through the body of a file."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats
        self._number = self._section = 0
        self._tables = -1

    def lines(self, parent: etree._Element, cell: Cell | None = None, style: str | None = None) -> Iterator[Line]:
        for element in parent:
            if element.tag == W + "p":
                yield self._line(element, cell, style)
                for box in element.iter(BOX):
                    if next(box.iterancestors(OLDER, W + "p")).tag != OLDER:  # the same again for older programs
                        yield from self.lines(box, cell, style)
                self._section += child(element, "pPr", "sectPr") is not None
            elif element.tag == W + "tbl":
                yield from self._table(element, cell)
            elif element.tag in WRAPPERS:
                yield from self.lines(element, cell, style)

    def _table(self, table: etree._Element, outer: Cell | None) -> Iterator[Line]:
        if outer is None:
            self._tables += 1
        number, style = self._tables, value(table, "tblPr", "tblStyle")
        for row, found in enumerate(table.iterchildren(W + "tr")):
            for column, cell in enumerate(found.iterchildren(W + "tc")):
                yield from self.lines(cell, outer or Cell(number, row, column), style)

    def _line(self, paragraph: etree._Element, cell: Cell | None, style: str | None) -> Line:
        self._number += 1
        label = self._formats.label(paragraph)
        pieces = tuple(self._pieces(paragraph, paragraph, style))
        return Line(paragraph, self._number, self._section, cell, style, self._formats, label, pieces)

    def _pieces(
        self, parent: etree._Element, paragraph: etree._Element, style: str | None
    ) -> Iterator[tuple[str, Look]]:
        for element in parent:
            if element.tag == W + "r":
                if words := "".join(map(_letters, element)):
                    yield words, self._formats.look(element, paragraph, style)
            elif element.tag in WRAPPERS:
                yield from self._pieces(element, paragraph, style)


def _letters(element: etree._Element) -> str:
    if element.tag == W + "t":
        return element.text or ""
    if element.tag in (W + "tab", W + "ptab"):
        return "\t"
    return "\n" if element.tag in (W + "br", W + "cr") and element.get(W + "type") != "page" else ""
