"""Paper, margins and page numbers, section by section."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from vanban.reading.docx import FULLEST
from vanban.reading.docx.names import W, child
from vanban.reading.docx.package import Package
from vanban.writing.checking.finding import Found
from vanban.writing.checking.formats import TWIP_MM, Formats
from vanban.writing.checking.lines import Line, Walk
from vanban.writing.checking.rules import CLOSE, NOWHERE
from vanban.writing.checking.values import Departure, Place, measure, span
from vanban.writing.layouts import Layout

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"
EDGES = ("top", "right", "bottom", "left")


class Pages:
    """The sections of a file, with the headers that they show."""

    def __init__(self, package: Package, body: etree._Element, formats: Formats, layout: Layout) -> None:
        self._package, self._formats, self._layout = package, formats, layout
        self.sections = list(body.iter(W + "sectPr"))
        self._letters = sum(len(text.text or "") for text in body.iter(W + "t"))
        relations = package.root("word/_rels/document.xml.rels")
        self._targets = (
            {x.get("Id"): x.get("Target", "") for x in relations.iter(RELATION)} if relations is not None else {}
        )

    def departures(self, found: Found) -> Iterator[Departure]:
        for at, section in enumerate(self.sections):
            yield from self._paper(section, at, upright=at == 0 and not found.annexes_alone)
            yield from self._margins(section, at)
        if self.sections and not self._single():
            yield from self._numbers()
            yield from self._annexes(found)

    def _paper(self, section: etree._Element, at: int, *, upright: bool) -> Iterator[Departure]:
        page = self._layout.page
        width, height = (_mm(section, "pgSz", name) for name in ("w", "h"))
        if max(abs(min(width, height) - page.width), abs(max(width, height) - page.height)) > 1:
            found = f"{measure(width, 'mm')} × {measure(height, 'mm')}"
            yield Departure("paper", "page", page.article, _section(at), found, "A4, 210 × 297 mm")
        elif width > height and upright and page.turned_article:
            yield Departure("paper", "page", page.turned_article, _section(at), "landscape", "portrait")

    def _margins(self, section: etree._Element, at: int) -> Iterator[Departure]:
        page = self._layout.page
        for edge in EDGES:
            low, high = getattr(page, edge).allowed
            found = abs(_mm(section, "pgMar", edge))
            if not low - CLOSE <= found <= high + CLOSE:
                wanted = f"{edge} {span(low, high, 'mm')}"
                yield Departure("margin", "page", page.article, _section(at), f"{edge} {measure(found, 'mm')}", wanted)

    def _single(self) -> bool:
        """Whether the program that wrote the file noted that it has one page: then no number is to be shown."""
        root = self._package.root("docProps/app.xml")
        noted = root is not None and root.findtext(PAGES) == "1"
        return noted and self._letters <= FULLEST  # some programs write 1 whatever there is

    def _numbers(self) -> Iterator[Departure]:
        article, first = self._layout.page.numbers_article, self.sections[0]
        shown = self._numbered(first, "header", "default")
        if shown is None:
            found = "in the bottom margin" if self._numbered(first, "footer", "default") is not None else "nothing"
            yield Departure("page number", "page_number", article, NOWHERE, found, "in the top margin")
            return
        yield from self._number_looks(shown)
        opening = child(first, "titlePg") is not None and self._numbered(first, "header", "first") is None
        if not opening:
            yield Departure("page number", "page_number", article, NOWHERE, "shown on page 1", "hidden on page 1")

    def _number_looks(self, line: Line) -> Iterator[Departure]:
        element, article = self._layout.elements["page_number"], self._layout.page.numbers_article
        frame = child(line.paragraph, "pPr", "framePr")
        align = line.shape.align if frame is None else frame.get(W + "xAlign", line.shape.align)
        if align != "center":
            yield Departure("align", "page_number", article, line.place, align, "center")
        for look in line.looks[:1] if element.sizes else ():
            low, high = element.sizes or (look.size, look.size)
            if not low <= look.size <= high:
                yield Departure(
                    "size", "page_number", article, line.place, measure(look.size, "pt"), span(low, high, "pt")
                )

    def _annexes(self, found: Found) -> Iterator[Departure]:
        """Where each annex counts its own pages."""
        element = self._layout.elements["annex"]
        for line in found.elements.get("annex", ()) if self._layout.annex_counts_pages else ():
            section = self.sections[min(line.section, len(self.sections) - 1)]
            start = child(section, "pgNumType")
            if start is None or start.get(W + "start") != "1":
                said = ("goes on counting", "counted from 1")
                yield Departure("page number", "annex", element.article, line.place, *said)

    def _numbered(self, section: etree._Element, kind: str, which: str) -> Line | None:
        """The line with the page number in a header or footer of a section."""
        for reference in section.findall(f"{W}{kind}Reference"):
            if reference.get(W + "type", "default") == which:
                root = self._package.root(
                    "word/" + self._targets.get(reference.get(R + "id"), "").removeprefix("/word/")
                )
                lines = Walk(self._formats).lines(root) if root is not None else ()
                return next((line for line in lines if _has_number(line.paragraph)), None)
        return None


def _has_number(paragraph: etree._Element) -> bool:
    simple = (field.get(W + "instr", "") for field in paragraph.iter(W + "fldSimple"))
    told = (field.text or "" for field in paragraph.iter(W + "instrText"))
    return any(words.split()[:1] == ["PAGE"] for words in (*simple, *told))


def _mm(section: etree._Element, name: str, attribute: str) -> float:
    found = child(section, name)
    said = found.get(W + attribute) if found is not None else None
    return float(said) * TWIP_MM if said and said.lstrip("-").isdecimal() else 0.0


def _section(at: int) -> Place:
    return Place(0, f"section {at + 1}")
