"""Which line of a file is which element of a document.

An element is known by its words and its place, never by its style: styles may be named anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from vanban.lexicon import load, unmarked
from vanban.outline.markers import PLAIN, Marker, read_marker
from vanban.writing.checking.lines import Line
from vanban.writing.layouts import Layout

HEAD_LINES = 30  # paragraphs that a letterhead never goes beyond
NAME = 6  # words of a name at most
LONG, SHORT = 100, 60  # letters of a line that is text, and that may be the type of a document
NUMBER = re.compile(r"Số\s*:?\s*[\d.…_/-]|Số\s*:", re.I)
DAY = re.compile(r"ngày\b.*\btháng\b.*\bnăm\b", re.I)
SUBJECT = re.compile(r"V\s*/\s*v\b", re.I)
STAMPS = (
    ("secrecy", re.compile(r"(?:TUYỆT |TỐI )?MẬT$", re.I).match),
    ("urgency", re.compile(r"(?:HỎA TỐC|HOẢ TỐC|(?:THƯỢNG )?KHẨN)$", re.I).match),
)
TOLD = (*STAMPS, ("number", NUMBER.match), ("letter_title", SUBJECT.match), ("place_day", DAY.search))
BASIS = re.compile(r"(?:Căn cứ|Theo đề nghị|Xét)\b")
TO = re.compile(r"Kính (?:gửi|trình)\b", re.I)
RECIPIENTS = re.compile(r"Nơi nhận\b", re.I)
PREFIXED = re.compile(r"(?:TM|KT|TL|TUQ|Q|T/M|K/T|T/L)\b[./\s]")
ANNEX = re.compile(r"phụ lục(?:\s+(?:số\s+)?[IVXLC\dA-E]{1,5})?\s*[.:]?$", re.I)
ALONG = re.compile(r"\(?(?:Ban hành )?kèm theo\b", re.I)
UNIT = re.compile(r"Đơn vị(?: tính)?\s*:", re.I)
HEADINGS = {
    "part": "part",
    "chapter": "part",
    "section": "section",
    "article": "article",
    "roman": "roman",
    "letter": "letter",
}


@dataclass
class Found:
    """Lines by the element they are; `body` are running paragraphs, `markers` numbered ones of the text in their order.

    `annexes_alone`: no document stands before them in this file.
    """

    elements: dict[str, list[Line]] = field(default_factory=lambda: defaultdict(list))
    body: list[Line] = field(default_factory=list)
    markers: list[tuple[Line, list[Marker]]] = field(default_factory=list)
    annexes_alone: bool = False

    def add(self, element: str, line: Line) -> None:
        self.elements[element].append(line)


def find(lines: Sequence[Line], layout: Layout) -> Found:
    """The elements of a document, as far as they can be made out."""
    found = Found()
    opening = next((line for line in lines if line.text), None)
    if opening and not opening.cell and ANNEX.match(opening.text):
        found.annexes_alone = True
        _annexes(lines, found)
        return found
    text_from = _head(lines, layout, found)
    text_from = _title(lines, text_from, found)
    ends_at = next((at for at in range(text_from, len(lines)) if RECIPIENTS.match(lines[at].text)), None)
    annexes_from = _ending(lines, ends_at, found) if ends_at is not None else len(lines)
    until = annexes_from if ends_at is None else _before_table(lines, ends_at)
    _text(lines[text_from:until], found)
    _annexes(lines[annexes_from:], found)
    return found


def squeezed(text: str) -> str:
    """Letters alone, without marks: by which a motto is known whatever is wrong with it."""
    return "".join(re.findall(r"\w", unmarked(text)))


def centred_title(line: Line) -> bool:
    """A heading, a caption or the like: centred, and bold or italic all through."""
    looks = line.looks
    return line.shape.align == "center" and (all(x.bold for x in looks) or all(x.italic for x in looks))


def _head(lines: Sequence[Line], layout: Layout, found: Found) -> int:
    """The letterhead; gives the index of the first line below it."""
    said = {"motto": layout.motto, "motto_below": layout.motto_below}
    motto = {squeezed(words): key for key, words in said.items() if words}
    parts = [(at, part) for at, line in enumerate(_top(lines)) for part in line.parts() if part.text]
    for _, part in parts:
        if element := motto.get(squeezed(part.text)) or _told_by_words(part, found):
            found.add(element, part)
    tables = {line.cell.table for group in found.elements.values() for line in group if line.cell}
    end = max((at + 1 for at, part in parts if _taken(part, found) or _inside(part, tables)), default=0)
    within = [part for at, part in parts if at < end and (part.cell is None or _inside(part, tables))]
    _issuer([part for part in within if not _taken(part, found)], found)
    return end


def _top(lines: Sequence[Line]) -> Sequence[Line]:
    """Lines that may belong to a letterhead: those above the type of the document and above its text."""
    for at, line in enumerate(lines[:HEAD_LINES]):
        if not line.cell and (_is_kind(line) or len(line.text) > LONG or TO.match(line.text) or BASIS.match(line.text)):
            return lines[:at]
    return lines[:HEAD_LINES]


def _is_kind(line: Line) -> bool:
    words = unmarked(line.text)
    return len(words) < SHORT and any(words.startswith(unmarked(title)) for title in load("document_types")["titles"])


def _told_by_words(part: Line, found: Found) -> str | None:
    return next((key for key, form in TOLD if key not in found.elements and form(part.text)), None)


def _inside(part: Line, tables: set[int]) -> bool:
    return part.cell is not None and part.cell.table in tables


def _taken(part: Line, found: Found) -> bool:
    return any(part is line for group in found.elements.values() for line in group)


def _issuer(left: Sequence[Line], found: Found) -> None:
    """What is left of the letterhead: the governing body in plain letters, then the issuing one in bold."""
    named = [part for part in left if any(c.isalpha() for c in part.text)]
    bold = [all(look.bold for look in part.looks) for part in named]
    split = bold.index(True) if True in bold else max(len(named) - 1, 0)
    for part in named[:split]:
        found.add("governing", part)
    for part in named[split:]:
        found.add("issuer", part)


def _title(lines: Sequence[Line], start: int, found: Found) -> int:
    """Type and abstract, addressees and legal basis; gives the index of the first line of the text."""
    at = _skip_empty(lines, start)
    if at < len(lines) and _is_kind(lines[at]):
        found.add("kind", lines[at])
        at = _skip_empty(lines, at + 1)
        while at < len(lines) and lines[at].text and _is_title(lines[at], first="title" not in found.elements):
            found.add("title", lines[at])
            at += 1
    return _addressed(lines, at, found)


def _is_title(line: Line, *, first: bool) -> bool:
    if TO.match(line.text) or BASIS.match(line.text) or line.cell or read_marker(line.text):
        return False
    return first or (line.shape.align == "center" and all(look.bold for look in line.looks))


def _addressed(lines: Sequence[Line], at: int, found: Found) -> int:
    at = _skip_empty(lines, at)
    if at < len(lines) and TO.match(lines[at].text):
        found.add("addressee", lines[at])
        at += 1
        while at < len(lines) and lines[at].text[:1] in "-–+" and lines[at].text:
            found.add("addressee_line", lines[at])
            at += 1
    at = _skip_empty(lines, at)
    while at < len(lines) and _is_basis(lines[at], "basis" in found.elements):
        found.add("basis", lines[at])
        at = _skip_empty(lines, at + 1)
    return at


def _is_basis(line: Line, begun: bool) -> bool:
    return bool(BASIS.match(line.text)) and line.text.endswith((";", ".", ",") if begun else (";",))


def _skip_empty(lines: Sequence[Line], at: int) -> int:
    while at < len(lines) and not any(c.isalnum() for c in lines[at].text):
        at += 1
    return at


def _before_table(lines: Sequence[Line], at: int) -> int:
    """Where the table begins that a line stands in; the line itself where it is in none."""
    cell = lines[at].cell
    while at and cell and (before := lines[at - 1].cell) and before.table == cell.table:
        at -= 1
    return at


def _ending(lines: Sequence[Line], at: int, found: Found) -> int:
    """Recipients and signature; gives the index of the first line behind them."""
    own = lines[at].cell
    if own is None:
        return _typed_ending(lines, at, found)
    start = end = _before_table(lines, at)
    while end < len(lines) and (cell := lines[end].cell) and cell.table == own.table:
        end += 1
    parts = [part for line in lines[start:end] for part in line.parts() if part.text]
    _recipients([part for part in parts if part.cell and part.cell.column == own.column], found)
    _signature([part for part in parts if part.cell and part.cell.column != own.column], found)
    return end


def _typed_ending(lines: Sequence[Line], at: int, found: Found) -> int:
    """The same without a table: the signature below the recipients, or beside them behind a tab."""
    end = at + sum(1 for _ in takewhile(_may_end, lines[at : at + HEAD_LINES]))
    parts = [part for line in lines[at:end] for part in line.parts() if part.text]
    _recipients(parts, found)
    for part in parts:
        if not _taken(part, found):
            _signs(part, found)
    taken = {line.number for group in found.elements.values() for line in group}
    return max(i + 1 for i in range(at, end) if lines[i].number in taken)


def _may_end(line: Line) -> bool:
    return line.cell is None and not ANNEX.match(line.text)


def _recipients(parts: Iterable[Line], found: Found) -> None:
    for part in parts:
        if RECIPIENTS.match(part.text):
            found.add("recipients_title", part)
        elif found.elements.get("recipients_title") and part.text[:1] in "-–+":
            found.add("recipient", part)


def _signature(parts: Iterable[Line], found: Found) -> None:
    """Beside the recipients: capitals are authority and post, the words below them the name."""
    for part in parts:
        if part.text.isupper():
            found.add("authority", part)
        elif found.elements.get("authority") and not part.text.startswith("("):
            found.elements["signer"] = [part]


def _text(lines: Iterable[Line], found: Found) -> None:
    signed = bool(found.elements.get("authority"))  # at its end, in a table
    for line in lines:
        if line.cell or not any(c.isalnum() for c in line.text):
            continue
        if not signed and _signs(line, found):
            continue
        markers = read_marker(line.text)
        if markers and markers[0].family != "dash":
            found.markers.append((line, markers))
        if element := _heading(line, markers[0] if markers else PLAIN):
            found.add(element, line)
        elif not (centred_title(line) or UNIT.match(line.text)):
            found.body.append(line)


def _signs(line: Line, found: Found) -> bool:
    """Whether it belongs to a signature outside of any table: authority, post, then the name."""
    begun = bool(found.elements.get("authority")) and not found.elements.get("signer")
    if line.text.isupper() and (begun or PREFIXED.match(line.text)):
        found.add("authority", line)
        return True
    if begun and len(line.text.split()) <= NAME:
        found.add("signer", line)
        return True
    return False


def _heading(line: Line, marker: Marker) -> str | None:
    """A numbered line that is bold, or capitals, all through."""
    if marker.family in ("dash", "plain") or not (line.text.isupper() or all(look.bold for look in line.looks)):
        return None
    if marker.family == "number":
        return "arabic" if len(marker.value) == 1 else "decimal"
    return HEADINGS.get(marker.family)


def _annexes(lines: Sequence[Line], found: Found) -> None:
    at = 0
    while at < len(lines):
        if lines[at].cell or not ANNEX.match(lines[at].text):
            at += 1
            continue
        found.add("annex", lines[at])
        at = _annex_title(lines, _skip_empty(lines, at + 1), found)


def _annex_title(lines: Sequence[Line], at: int, found: Found) -> int:
    """Title, in one line or more of capitals, and reference; gives the index of the first line below."""
    begun = False
    while at < len(lines) and not lines[at].cell and centred_title(lines[at]):
        if ALONG.match(lines[at].text):
            found.add("annex_reference", lines[at])
            return at + 1
        if begun and not lines[at].text.isupper():
            return at
        found.add("annex_title", lines[at])
        begun, at = True, at + 1
    return at
