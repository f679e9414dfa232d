"""Blocks put into a template: their XML, and what the package must hold for it (styles, pictures, marks)."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from itertools import count, groupby

from lxml import etree

from vanban.reading.docx.names import W, child
from vanban.reading.docx.package import Package
from vanban.writing import tables
from vanban.writing.blocks import Writer
from vanban.writing.layouts import Layout
from vanban.writing.model import Block
from vanban.writing.package import OFFICE, PACKAGE, TYPES
from vanban.writing.pictures import Pictures
from vanban.writing.styles import NAMESPACE, SECTION_END, TWIPS, styles
from vanban.writing.words import Marks, paragraph

RELATIONS, CONTENT = f"{{{PACKAGE}/relationships}}", f"{{{PACKAGE}/content-types}}"
CELL_EDGES = 4  # mm that the edges of a cell take
TYPES_PART = "[Content_Types].xml"


@dataclass(frozen=True, slots=True)
class Room:
    """How wide the text is around a paragraph of a template, in mm: on its page, and on the same page turned."""

    upright: float
    turned: float

    @staticmethod
    def around(paragraph: etree._Element) -> Room:
        cell = next(paragraph.iterancestors(W + "tc"), None)
        width = child(cell, "tcPr", "tcW")
        if width is not None and width.get(W + "type") == "dxa":
            inner = _mm(width, "w") - CELL_EDGES
            return Room(inner, inner)
        section = next(iter(paragraph.getroottree().getroot().iterfind(f".//{W}sectPr")), None)
        size, edges = child(section, "pgSz"), child(section, "pgMar")
        if size is None or edges is None:
            return Room(160, 247)  # A4 with margins as Word has them
        sides = _mm(edges, "left") + _mm(edges, "right")
        return Room(_mm(size, "w") - sides, _mm(size, "h") - sides)


class Insertion:
    """All that is put into one template."""

    def __init__(self, package: Package, layout: Layout) -> None:
        self._package, self._layout = package, layout
        self._stem = next(stem for n in count(1) if not any((stem := f"filled{n}_") in name for name in package.names))
        marks = Marks(_highest(package, "bookmarkStart", W + "id") + 1)
        self._writer = Writer(layout, marks, Pictures(layout, self._stem, _highest(package, "docPr", "id")))
        self._used: set[str] = set()

    def put(self, at: etree._Element, blocks: tuple[Block, ...]) -> None:
        """Blocks in the place of a paragraph; wide tables on pages on their side where it stands in the body itself."""
        parent = at.getparent()
        assert parent is not None, "a paragraph stands in something"
        room = Room.around(at)
        turns = parent.tag == W + "body" and room.turned > room.upright
        upright = self._layout.page.inner(turned=False)  # what fits there is only made a little narrower
        for wide, group in groupby(blocks, lambda block: turns and tables.is_wide(block, upright)):
            width = room.turned if wide else room.upright
            made = [element for block in group for element in self._elements(block, width)]
            if wide:
                made = [self._break(parent, turned=False), *made, self._break(parent, turned=True)]
                self._writer.page_ended()
            for element in made:
                at.addprevious(element)
        if self._writer.below_table:
            at.addprevious(self._parsed(self._writer.apart())[0])
        parent.remove(at)

    def parts(self) -> dict[str, bytes]:
        """The parts that change or are new."""
        if not self._used:
            return {}
        changed = {"word/styles.xml": self._styles()} if self._missing() else {}
        pictures = self._writer.pictures
        added = {key: ("image", target, pictures.files[key]) for key, target in pictures.targets.items()}
        if marked := "".join(self._writer.marks.part()):
            added[f"rId_{self._stem}marks"] = ("customXml", f"../customXml/{self._stem}marks.xml", marked.encode())
        if added:
            changed["word/_rels/document.xml.rels"] = self._relations(added)
            changed[TYPES_PART] = self._types()
        return changed | {_path(target): data for _, target, data in added.values()}

    def _elements(self, block: Block, room: float) -> list[etree._Element]:
        return self._parsed("".join(self._writer.block(block, room=room)))

    def _parsed(self, xml: str) -> list[etree._Element]:
        root = etree.fromstring(f'<w:body {NAMESPACE} xmlns:r="{OFFICE}">{xml}</w:body>')
        named = root.iter(W + "pStyle", W + "rStyle", W + "tblStyle")
        self._used |= {element.get(W + "val", "") for element in named}
        return list(root)

    def _break(self, body: etree._Element, *, turned: bool) -> etree._Element:
        """The end of a section like the last one of the body; only the first section of all hides its page number."""
        last = body.find(W + "sectPr")
        own = deepcopy(last) if last is not None else etree.Element(W + "sectPr")
        if last is not None and (opening := child(last, "titlePg")) is not None:
            last.remove(opening)
        size = child(own, "pgSz")
        if turned and size is not None:
            width, height = size.get(W + "w", ""), size.get(W + "h", "")
            size.attrib.update({W + "w": height, W + "h": width, W + "orient": "landscape"})
        end = self._parsed(paragraph(SECTION_END, ""))[0]
        end[0].append(own)
        return end

    def _missing(self) -> list[etree._Element]:
        known = {style.get(W + "styleId") for style in self._sheet().iter(W + "style")}
        ours = etree.fromstring(styles(self._layout).encode())
        wanted = (self._used | {"Normal", "TableNormal"}) - known
        return [self._with_font(style) for style in ours.iter(W + "style") if style.get(W + "styleId") in wanted]

    def _with_font(self, style: etree._Element) -> etree._Element:
        """Another program's template has another font by default."""
        if (looks := style.find(W + "rPr")) is not None and style.get(W + "type") == "paragraph":
            fonts = {f"{W}{kind}": self._layout.font for kind in ("ascii", "hAnsi", "eastAsia", "cs")}
            looks.insert(0, looks.makeelement(W + "rFonts", fonts))
        return style

    def _sheet(self) -> etree._Element:
        root = self._package.root("word/styles.xml")
        return etree.Element(W + "styles") if root is None else root

    def _styles(self) -> bytes:
        sheet = self._sheet()
        sheet.extend(self._missing())
        return as_part(sheet)

    def _relations(self, added: dict[str, tuple[str, str, bytes]]) -> bytes:
        root = self._package.root("word/_rels/document.xml.rels")
        root = etree.Element(f"{RELATIONS}Relationships") if root is None else root
        for key, (kind, target, _) in added.items():
            etree.SubElement(root, f"{RELATIONS}Relationship", Id=key, Type=f"{OFFICE}/{kind}", Target=target)
        return as_part(root)

    def _types(self) -> bytes:
        root = self._package.root(TYPES_PART)
        root = etree.Element(f"{CONTENT}Types") if root is None else root
        known = {each.get("Extension", "").lower() for each in root.iter(f"{CONTENT}Default")}
        for at, (ending, kind) in enumerate((ending, kind) for ending, kind in TYPES.items() if ending not in known):
            root.insert(at, root.makeelement(f"{CONTENT}Default", Extension=ending, ContentType=kind))
        return as_part(root)


def _mm(element: etree._Element, attribute: str) -> float:
    said = element.get(W + attribute, "")
    return int(said) / TWIPS if said.lstrip("-").isdecimal() else 0.0


def _path(target: str) -> str:
    return target.removeprefix("../") if target.startswith("../") else f"word/{target}"


def as_part(root: etree._Element) -> bytes:
    """The XML as it lies in the package."""
    return etree.tostring(root, encoding="utf-8", xml_declaration=True, standalone=True)


def _highest(package: Package, element: str, attribute: str) -> int:
    """The highest number that elements of this name carry: what is put in goes on from there."""
    root = package.root(package.main_part)
    numbers = (found.get(attribute, "") for found in root.iter(f"{{*}}{element}")) if root is not None else ()
    return max((int(number) for number in numbers if number.isdecimal()), default=0)
