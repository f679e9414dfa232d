"""The text of one Word paragraph as it is shown: insertions in, deletions and hidden text out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from vanban.reading.docx.names import MC, W, child, switched
from vanban.reading.docx.styles import Styles
from vanban.reading.legacy import CodePage
from vanban.reading.pieces import Piece, modern

MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
INSIDE = {
    W + name
    for name in ("hyperlink", "smartTag", "ins", "moveTo", "fldSimple", "customXml", "sdt", "sdtContent", "dir", "bdo")
}
BREAKS = {W + "br", W + "cr"}
TABS = {W + "tab", W + "ptab"}
BOX = W + "txbxContent"


@dataclass(slots=True)
class Spoken:
    """What a paragraph says, and the text boxes tied to it."""

    pieces: list[Piece] = field(default_factory=list)
    boxes: list[etree._Element] = field(default_factory=list)
    repaired: CodePage | None = None  # the old code page that its letters were in


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
    spoken.pieces, spoken.repaired = modern(spoken.pieces, fonts)
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
