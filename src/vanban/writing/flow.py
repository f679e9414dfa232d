"""The text of a document as a stream of XML: blocks in order, upright pages and pages that lie on their side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vanban.writing import opening, tables
from vanban.writing.layouts import Layout
from vanban.writing.model import Block, Document, Heading, Item, Paragraph, Picture, Run, Table, Text
from vanban.writing.numbers import Counter
from vanban.writing.pictures import Pictures
from vanban.writing.styles import twips
from vanban.writing.words import Marks, paragraph, parts, runs

TITLED = ("part", "chapter", "section")  # the number stands on a line of its own, the title below it
STYLES = {"chapter": "part", "dash": "body", "plus": "body"}
HEADER_AT = 10.0  # mm from the edge of the paper
SHOWN, BARE = "rIdHeader", "rIdFirstHeader"
KEPT = "<w:keepNext/>"


@dataclass(frozen=True, slots=True)
class Section:
    """Pages of one kind. `opens`: its first page shows no number; `counts`: its pages are numbered from 1."""

    turned: bool = False
    opens: bool = False
    counts: bool = False


class Flow:
    """One file being written; marks and pictures are gathered on the way."""

    def __init__(self, document: Document, layout: Layout) -> None:
        self.document, self.layout = document, layout
        self.marks, self.pictures = Marks(), Pictures(layout)
        self._counter = Counter(layout.forms)
        self._section = Section(opens=True)
        self._below_table = False

    def body(self) -> Iterator[str]:
        """The inside of `w:body`."""
        document, layout = self.document, self.layout
        yield from opening.head(document, layout)
        yield from opening.title(document, layout)
        yield from self._main()
        yield self._apart(KEPT) + opening.ending(document, layout)
        for at, annex in enumerate(document.annexes, 1):
            apart, turned = layout.annex_counts_pages, any(self._is_wide(block) for block in annex.blocks)
            yield self._begin(Section(turned, apart, apart))
            self._counter = Counter(layout.forms)
            yield from opening.annex_head(annex, at, document, layout, turned=turned)
            yield from self.blocks(annex.blocks)
        yield paragraph("SectionEnd", "") + self._properties()

    def blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        """Blocks for the section that is open."""
        for block in blocks:
            yield from self._block(block)

    def _main(self) -> Iterator[str]:
        """The text itself; wide tables lie on pages of their own."""
        last = len(self.document.blocks) - 1
        for wide, group in groupby(enumerate(self.document.blocks), lambda each: self._is_wide(each[1])):
            if wide:
                yield self._begin(Section(turned=True))
            for at, block in group:
                yield from self._block(block, KEPT if at == last else "")
            if wide:
                yield self._begin(Section())

    def _is_wide(self, block: Block) -> bool:
        return isinstance(block, Table) and tables.is_wide(block, self.layout)

    def _block(self, block: Block, keep: str = "") -> Iterator[str]:
        turned = self._section.turned
        if self._below_table:
            yield self._apart()
        match block:
            case Heading():
                yield from self._heading(block)
            case Item():
                number = self._counter.next(block.level) if block.number is None else block.number
                yield self._body("body", _numbered(number, block.text), block, keep)
            case Paragraph():
                yield self._body(block.kind, block.text, block, keep)
            case Table():
                yield from tables.table(block, self.layout, self.marks, turned=turned)
                self._below_table = True
            case Picture():
                yield self.pictures.show(block, turned=turned)

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
        return self.layout.elements[element].style

    def _begin(self, section: Section) -> str:
        """Close the section that is open and open this one."""
        closed = paragraph("SectionEnd", "", properties=self._properties())
        self._section, self._below_table = section, False
        return closed

    def _apart(self, keep: str = "") -> str:
        """A small gap: two tables without a paragraph between them would be one."""
        self._below_table = False
        return paragraph(self._style("after_table"), "", properties=keep)

    def _properties(self) -> str:
        page, section = self.layout.page, self._section
        width, height = twips(page.width), twips(page.height)
        size = f'w:w="{width}" w:h="{height}"'
        if section.turned:
            size = f'w:w="{height}" w:h="{width}" w:orient="landscape"'
        edges = " ".join(
            f'w:{edge}="{twips(getattr(page, edge).write)}"' for edge in ("top", "right", "bottom", "left")
        )
        numbers = '<w:pgNumType w:start="1"/>' if section.counts else ""
        opens = "<w:titlePg/>" if section.opens else ""
        return (
            f'<w:sectPr><w:headerReference w:type="default" r:id="{SHOWN}"/><w:headerReference w:type="first" r:id="{BARE}"/>'
            f'<w:pgSz {size}/><w:pgMar {edges} w:header="{twips(HEADER_AT)}" w:footer="{twips(HEADER_AT)}" w:gutter="0"/>'
            f"{numbers}{opens}</w:sectPr>"
        )


def _numbered(number: str, text: Text) -> Text:
    if not number:
        return text
    return f"{number} {text}" if isinstance(text, str) else (Run(f"{number} "), *parts(text))
