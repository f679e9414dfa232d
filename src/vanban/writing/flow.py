"""A whole document as a stream of XML: upright pages, and pages that lie on their side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from vanban.writing import opening, tables
from vanban.writing.blocks import Writer
from vanban.writing.layouts import Layout
from vanban.writing.model import Annex, Block, Document
from vanban.writing.pictures import Pictures
from vanban.writing.styles import SECTION_END, twips
from vanban.writing.words import Marks, paragraph

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
    """One file being written."""

    def __init__(self, document: Document, layout: Layout, *, shaded: bool = False) -> None:
        self.document, self.layout = document, layout
        self.writer = Writer(layout, Marks(shaded=shaded), Pictures(layout))
        self._section: Section | None = None

    def body(self) -> Iterator[str]:
        """The inside of `w:body`."""
        document, layout = self.document, self.layout
        if not document.along:
            yield self._begin(Section(opens=True))
            yield from opening.head(document, layout)
            yield from opening.title(document, layout)
            yield from self._main()
            yield self.writer.apart(KEPT) + opening.ending(document, layout)
        for at, annex in enumerate(document.annexes, 1):
            yield from self._annex(annex, at)
        yield paragraph(SECTION_END, "") + self._properties(self._section or Section())

    def _main(self) -> Iterator[str]:
        """The text itself; wide tables lie on pages of their own."""
        last, page = len(self.document.blocks) - 1, self.layout.page
        for wide, group in groupby(enumerate(self.document.blocks), lambda each: self._is_wide(each[1])):
            if wide:
                yield self._begin(Section(turned=True))
            for at, block in group:
                yield from self.writer.block(block, room=page.inner(turned=wide), keep=KEPT if at == last else "")
            if wide:
                yield self._begin(Section())

    def _annex(self, annex: Annex, at: int) -> Iterator[str]:
        turned = any(self._is_wide(block) for block in annex.blocks)
        apart = self.layout.annex_counts_pages or self._section is None
        yield self._begin(Section(turned, apart, apart))
        self.writer.number_anew()
        yield from opening.annex_head(annex, at, self.document, self.layout, turned=turned)
        for block in annex.blocks:
            yield from self.writer.block(block, room=self.layout.page.inner(turned=turned))

    def _is_wide(self, block: Block) -> bool:
        return tables.is_wide(block, self.layout.page.inner(turned=False))

    def _begin(self, section: Section) -> str:
        """Close the section that is open, if any, and open this one."""
        before, self._section = self._section, section
        if before is None:
            return ""
        self.writer.page_ended()
        return paragraph(SECTION_END, "", properties=self._properties(before))

    def _properties(self, section: Section) -> str:
        page = self.layout.page
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
