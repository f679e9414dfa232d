"""The text of one Word paragraph as it is shown: insertions in, deletions and hidden text out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from vanban.reading.building import Line
from vanban.reading.docx.names import MC, W, child, switched
from vanban.reading.docx.styles import Styles
from vanban.reading.legacy import CodePage, code_page, has_modern, of_font, to_unicode

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
INSIDE = {
    W + name
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "customXml", "sdt", "sdtContent", "dir", "bdo")
}
BREAKS = {W + "br", W + "cr"}
TABS = {W + "tab", W + "ptab"}
CAPITALS = re.compile(r"\.Vn\w+H\b")  # fonts that show small letters as capitals
BOX = W + "txbxContent"


@dataclass(slots=True)
class Spoken:
    """What a paragraph says: pieces of text with their weight, a break as a line feed, and text boxes tied to it."""

    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    repaired: CodePage | None = None  # the old code page that its letters were in

    def lines(self) -> list[Line]:
        """
        >>> Spoken([("Số: ", True), ("5\\nHà ", False), ("Nội", True)]).lines()
        [Line(text='Số: 5', bold=False), Line(text='Hà Nội', bold=False)]
        """
        lines, text, bold = [], "", True
        for piece, weight in self.pieces:
            first, *others = piece.split("\n")
            text, bold = text + first, bold and (weight or not first.strip())
            for other in others:
                lines.append(Line(text, bold and bool(text.strip())))
                text, bold = other, weight or not other.strip()
        return [*lines, Line(text, bold and bool(text.strip()))]


def mark_deleted(paragraph: etree._Element) -> bool:
    """Its end is struck out by a tracked change, so that the next paragraph goes on with it."""
    return child(paragraph, "pPr", "rPr", "del") is not None


def speak(paragraph: etree._Element, styles: Styles) -> Spoken:
    spoken = Spoken()
    style = styles.of_paragraph(paragraph)
    heading = styles.is_heading(style)
    fonts: list[str | None] = []
    for run in _runs(paragraph):
        if run.tag == MATH:
            look, text = None, run.text or ""
        else:
            look = styles.look(run, style)
            text = "" if look.hidden else "".join(_letters(run, spoken.boxes))
        if text:
            spoken.pieces.append(
                (text.upper() if look and look.capitals else text, heading or bool(look and look.bold))
            )
            fonts.append(look.font if look else None)
    return _modern(spoken, fonts)


def _modern(spoken: Spoken, fonts: Sequence[str | None]) -> Spoken:
    """Letters of an old code page as Unicode: by the font of a run, else where the whole paragraph is sure."""
    text = "".join(piece for piece, _ in spoken.pieces)
    if has_modern(text):
        return spoken
    sure = None if text.isascii() else code_page(text)
    pages = [of_font(font) or sure for font in fonts]
    for at, ((said, bold), page, font) in enumerate(zip(spoken.pieces, pages, fonts, strict=True)):
        piece = said
        if page and not said.isascii():
            spoken.repaired, piece = page, to_unicode(said, page)
        spoken.pieces[at] = (piece.upper() if font and CAPITALS.match(font) else piece, bold)
    return spoken


def _runs(element: etree._Element) -> Iterator[etree._Element]:
    for part in element:
        if part.tag == W + "r" or part.tag == MATH:
            yield part
        elif part.tag in INSIDE or (isinstance(part.tag, str) and part.tag.startswith(MATH[:-1])):
            yield from _runs(part)
        elif part.tag == MC + "AlternateContent":
            yield from _runs(one_branch(part))


def _letters(run: etree._Element, boxes: list[etree._Element]) -> Iterator[str]:
    for part in run:
        if part.tag == W + "t":
            yield part.text or ""
        elif part.tag in TABS:
            yield "\t"
        elif part.tag in BREAKS:
            yield "\n"
        elif part.tag == W + "noBreakHyphen":
            yield "-"
        elif part.tag == W + "sym":
            yield _symbol(part)
        elif part.tag == MC + "AlternateContent":
            yield from _letters(one_branch(part), boxes)
        elif part.tag in (W + "drawing", W + "pict", W + "object"):
            boxes.extend(part.iter(BOX))


def _symbol(element: etree._Element) -> str:
    code = element.get(f"{W}char", "")
    return chr(int(code, 16)) if 0 < len(code) <= 4 else ""


def one_branch(alternate: etree._Element) -> etree._Element:
    """Word writes a drawing twice, for newer and for older programs: the first that is there."""
    for branch in ("Choice", "Fallback"):
        found = alternate.find(MC + branch)
        if found is not None and len(found):
            return found
    return alternate.makeelement("nothing")


def is_hidden_row(row: etree._Element) -> bool:
    """A table row that a tracked change took out."""
    properties = child(row, "trPr")
    return child(properties, "del") is not None or bool(switched(properties, "hidden"))
