"""Headings, paragraphs, tables and pictures as XML, one after the other."""

from __future__ import annotations

from collections.abc import Iterator

from vanban.writing import tables
from vanban.writing.layouts import Layout
from vanban.writing.model import Block, Heading, Item, Paragraph, Picture, Run, Table, Text
from vanban.writing.numbers import Counter
from vanban.writing.pictures import Pictures
from vanban.writing.words import Marks, paragraph, parts, runs

TITLED = ("part", "chapter", "section")  # the number stands on a line of its own, the title below it
STYLES = {"chapter": "part", "dash": "body", "plus": "body"}


class Writer:
    """Numbers, marks and pictures are gathered on the way."""

    def __init__(self, layout: Layout, marks: Marks, pictures: Pictures) -> None:
        self._layout, self.marks, self.pictures = layout, marks, pictures
        self._counter = Counter(layout.forms)
        self._below_table = False

    def block(self, block: Block, *, room: float, keep: str = "") -> Iterator[str]:
        """`room`: how wide the text is there, in mm; `keep`: properties of a paragraph that stays with what follows."""
        if self._below_table:
            yield self.apart()
        match block:
            case Heading():
                yield from self._heading(block)
            case Item():
                number = self._counter.next(block.level) if block.number is None else block.number
                yield self._body("body", _numbered(number, block.text), block, keep)
            case Paragraph():
                yield self._body(block.kind, block.text, block, keep)
            case Table():
                yield from tables.table(block, self._layout, self.marks, room=room)
                self._below_table = True
            case Picture():
                yield self.pictures.show(block, room=room)

    def apart(self, keep: str = "") -> str:
        """A small gap: two tables without a paragraph between them would be one."""
        self._below_table = False
        return paragraph(self._style("after_table"), "", properties=keep)

    def page_ended(self) -> None:
        """The end of a section parts tables, too."""
        self._below_table = False

    def number_anew(self) -> None:
        self._counter = Counter(self._layout.forms)

    @property
    def below_table(self) -> bool:
        return self._below_table

    def _heading(self, block: Heading) -> Iterator[str]:
        style = self._style(STYLES.get(block.level, block.level))
        number = self._counter.next(block.level) if block.number is None else block.number
        if block.level in TITLED and number:
            yield paragraph(style, runs(number)) + paragraph(style, runs(block.text.upper()))
            return
        text = block.text.upper() if block.level == "roman" else block.text
        yield paragraph(style, runs(_numbered(number, text)))

    def _body(self, kind: str, text: Text, block: Paragraph | Item, keep: str) -> str:
        return paragraph(self._style(kind), self.marks.text(text, block.mark), properties=keep)

    def _style(self, element: str) -> str:
        return self._layout.elements[element].style


def _numbered(number: str, text: Text) -> Text:
    if not number:
        return text
    return f"{number} {text}" if isinstance(text, str) else (Run(f"{number} "), *parts(text))
