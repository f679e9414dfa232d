"""What stands above and below the text: letterhead, title, addressees; signature and recipients; the head of an annex."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from vanban.errors import MarkUnknown, NoSuchAuthority
from vanban.lexicon import numeral
from vanban.writing.layouts import Layout
from vanban.writing.model import Annex, Authority, Document, Head
from vanban.writing.styles import twips
from vanban.writing.tables import opened
from vanban.writing.widths import width
from vanban.writing.words import paragraph, runs

LEFT_HEAD, LEFT_END = 65.0, 75.0  # mm of the left halves of letterhead and signature
AROUND = 3.0  # mm between the words of a stamp and its frame
PART = 0.42  # of the text: between one third and one half
LETTER = "Công văn"


def symbol(head: Head, layout: Layout) -> str:
    """`Số: 05/BC-UBND`; room for a number that is not given yet."""
    number = layout.empty_number if head.number is None else f"{head.number:02d}"
    return layout.number_form.format(number=number, code=head.code)


def on_day(day: date | None) -> str:
    """`ngày 05 tháng 01 năm 2026`: days below ten and the first two months have a nought before them.

    >>> on_day(date(2026, 3, 9))
    'ngày 09 tháng 3 năm 2026'
    """
    if day is None:
        return "ngày      tháng      năm        "
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def head(document: Document, layout: Layout) -> Iterator[str]:
    """The letterhead in two halves: who issues it and its number; the national name, the place and the day."""
    room = layout.page.inner(turned=False)
    left, right = _left_head(document.head, layout), _right_head(layout, room - LEFT_HEAD)
    number = line("number", symbol(document.head, layout), layout)
    if not document.kind:
        number += line("letter_title", f"V/v {document.title}", layout)
    number += "".join(stamp(mark, layout) for mark in (document.secrecy, document.urgency) if mark)
    day = line("place_day", f"{document.head.place}, {on_day(document.head.day)}", layout)
    yield halves(LEFT_HEAD, room, (left, right), (number, day))


def stamp(mark: str, layout: Layout) -> str:
    """A degree of secrecy or urgency in a frame as wide as its words. Raises MarkUnknown where the layout does not say how."""
    if mark not in layout.marks:
        raise MarkUnknown(name=layout.name)
    words, element = layout.marks[mark], layout.elements["stamp"]
    edge = twips((LEFT_HEAD - width(words, element.size)) / 2 - AROUND)
    return paragraph(
        element.style, runs(words), properties=f'<w:ind w:left="{edge}" w:right="{edge}" w:firstLine="0"/>'
    )


def _left_head(made: Head, layout: Layout) -> str:
    issuer = made.issuer.upper()
    above = line("governing", made.governing.upper(), layout) if made.governing else ""
    below = line("issuer", "*", layout) if layout.star else rule("issuer", issuer, LEFT_HEAD, layout)
    return above + line("issuer", issuer, layout) + below


def _right_head(layout: Layout, room: float) -> str:
    if not layout.motto_below:
        return line("motto", layout.motto, layout) + rule("motto", layout.motto, room, layout)
    below = line("motto_below", layout.motto_below, layout) + rule("motto_below", layout.motto_below, room, layout)
    return line("motto", layout.motto, layout) + below


def title(document: Document, layout: Layout) -> Iterator[str]:
    """Type and abstract, not of a letter; then whom it is addressed to."""
    if document.kind:
        yield line("kind", document.kind.upper(), layout)
        yield line("title", document.title, layout)
        yield rule("title", document.title, layout.page.inner(turned=False), layout)
    if len(document.addressees) == 1:
        yield line("addressee", f"Kính gửi: {document.addressees[0]}", layout)
    elif document.addressees:
        yield line("addressee", "Kính gửi:", layout)
        yield from (line("addressee_line", each, layout) for each in listed(document.addressees))


def listed(names: tuple[str, ...]) -> list[str]:
    """`- Như trên;` … `- Lưu: VT.`

    >>> listed(("Như trên", "Lưu: VT."))
    ['- Như trên;', '- Lưu: VT.']
    """
    return [f"- {name.rstrip(' .;')}{';' if at < len(names) else '.'}" for at, name in enumerate(names, 1)]


def ending(document: Document, layout: Layout) -> str:
    """Signature and recipients, kept on one page."""
    left = line("recipients_title", layout.recipients_title, layout)
    left += "".join(line("recipient", each, layout) for each in listed(document.recipients))
    right = "".join(line("authority", authority(each, layout), layout) for each in document.signature.lines)
    room = layout.page.inner(turned=False)
    return halves(LEFT_END, room, (left, right + line("signer", document.signature.name, layout)))


def authority(each: Authority, layout: Layout) -> str:
    """`TM. ỦY BAN NHÂN DÂN`. Raises NoSuchAuthority for a prefix that the layout does not know."""
    if each.prefix and each.prefix not in layout.prefixes:
        raise NoSuchAuthority(prefix=each.prefix, name=layout.name, known=", ".join(layout.prefixes.values()))
    return layout.prefixes.get(each.prefix, "") + each.words.upper()


def annex_head(annex: Annex, at: int, document: Document, layout: Layout, *, turned: bool) -> Iterator[str]:
    """`Phụ lục II`, its title, and the document that it belongs to."""
    number = f" {numeral(at)}" if len(document.annexes) > 1 else ""
    yield line("annex", f"Phụ lục{number}", layout)
    yield line("annex_title", annex.title.upper(), layout)
    yield line("annex_reference", f"(Kèm theo {document.along or _itself(document, layout)})", layout)
    yield rule("annex_reference", annex.title.upper(), layout.page.inner(turned=turned), layout)


def _itself(document: Document, layout: Layout) -> str:
    """`Báo cáo số 05/BC-UBND ngày 05 tháng 01 năm 2026 của Ủy ban nhân dân xã Phú Bình`."""
    own = symbol(document.head, layout).replace("Số", "số", 1).replace(":", "", 1)
    return f"{document.kind or LETTER} {own} {on_day(document.head.day)} của {' '.join(document.head.issuer.split())}"


def line(element: str, text: str, layout: Layout) -> str:
    return paragraph(layout.elements[element].style, runs(text))


def rule(below: str, text: str, room: float, layout: Layout) -> str:
    """The line that a layout draws below an element, as long as it asks; `room` in mm."""
    element = layout.elements[below]
    if not element.rule:
        return ""
    longest = max(min(width(each, element.size), room) for each in text.split("\n"))
    length = longest if element.rule == "as long as the text" else longest * PART
    edge = twips((room - length) / 2)
    indent = f'<w:ind w:left="{edge}" w:right="{edge}" w:firstLine="0"/>'
    return paragraph(layout.elements["rule"].style, "", properties=indent)


def halves(left: float, room: float, *rows: tuple[str, str]) -> str:
    """Two columns without lines, in mm; rows of them stay together."""
    widths = [twips(left), twips(room - left)]
    made = "".join(
        "<w:tr><w:trPr><w:cantSplit/></w:trPr>"
        + "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inside}</w:tc>'
            for width, inside in zip(widths, row, strict=True)
        )
        + "</w:tr>"
        for row in rows
    )
    return f"{opened('TableNormal', widths)}{made}</w:tbl>"
