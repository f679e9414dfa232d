"""The tags of a web page, one after the other, become paragraphs and tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from vanban.reading.building import Line
from vanban.reading.html.flow import MOST_COLUMNS, Covering, Flow, Grid
from vanban.reading.joining import starts_item
from vanban.reading.labels import render
from vanban.reading.limits import LINE, check_characters

DROPPED = set(
    "head script style noscript template nav header footer aside svg math iframe object button select textarea".split()
)
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STRONG = {"b", "strong", "th"} | HEADINGS
BLOCKS = HEADINGS | set(
    "html body main section article div p pre ul ol li dl dt dd blockquote center address table caption thead tbody tfoot"
    " tr td th form fieldset figure figcaption hr details summary".split()
)
GROUPS = {"div", "ul", "section"}
VOID = set("area base br col embed hr img input link meta source track wbr".split())
FORMS = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
BESIDE = re.compile(  # parts of a page by their names that are not the document
    r"(?<![a-z])(?:menu|nav|navbar|navigation|footer|breadcrumbs?|sidebar|banner|ads|comments?|share|social|related|login|popup"
    r"|modal|cookies?)(?![a-z])",
    re.I,
)
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.I)
UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none", re.I)
SPACE = re.compile(r"[ \t\r\n\f]+")
MOST_ROWS = 1000  # that one cell may cover
DEEPEST = 12  # tables in tables
TAG, ROW = 4, 100  # characters that a tag and a table row count as, for the limit on pages

Attributes = Mapping[str, str]


@dataclass(slots=True)
class Numbered:
    """A list whose items are being read."""

    form: str | None  # None: bullets
    next: int
    sign: str = "-"

    def label(self) -> str:
        if self.form is None:
            return self.sign
        self.next += 1
        return render(self.next - 1, self.form) + (")" if self.form == "lowerLetter" else ".")


class Page:
    """Takes tags and text as the parser meets them; `flow` is what they come to. Raises TooManyPages."""

    def __init__(self, name: str) -> None:
        self.flow = Flow()
        self._name = name
        self._flows = [self.flow]
        self._grids: list[Grid] = []
        self._lists: list[Numbered] = []
        self._pieces: list[list[tuple[str, bool]]] = [[]]  # of the paragraph, line by line
        self._open: list[tuple[str, bool]] = []  # tags, and whether they make their text bold
        self._hidden = 0  # tags open since the one that is not shown
        self._label = ""
        self._characters = self._strong = self._pre = 0

    def start(self, tag: str, attributes: Attributes) -> None:
        self._count(TAG)
        if self._hidden or _is_hidden(tag, attributes):
            self._hidden += tag not in VOID
            return
        if tag in BLOCKS:
            self._end_paragraph()
        if tag in VOID:
            self._break(tag)
            return
        strong = tag in STRONG or bool(BOLD.search(attributes.get("style", "")))
        self._open.append((tag, strong))
        self._strong += strong
        self._pre += tag == "pre"
        self._begin(tag, attributes)

    def end(self, tag: str) -> None:
        if tag in VOID:
            return
        if self._hidden:
            self._hidden -= 1
            return
        if tag in BLOCKS:
            self._end_paragraph()
        if self._open:
            tag, strong = self._open.pop()
            self._strong -= strong
            self._pre -= tag == "pre"
            self._finish(tag)

    def data(self, text: str) -> None:
        if self._hidden:
            return
        self._count(len(text))
        for index, piece in enumerate(text.split("\n") if self._pre else [SPACE.sub(" ", text)]):
            if index:
                self._pieces.append([])
            self._pieces[-1].append((piece, self._strong > 0))

    def comment(self, text: str) -> None:
        """Not shown."""

    def close(self) -> None:
        self._end_paragraph()

    def _break(self, tag: str) -> None:
        if tag == "br":
            self._count(LINE)
            self._pieces.append([])

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if tag in ("ol", "ul"):
            self._lists.append(_list(tag, attributes, sum(x.form is None for x in self._lists)))
        elif tag == "li" and self._lists:
            self._lists[-1].next = _number(attributes, "value", self._lists[-1].next)
            self._label = "" if UNMARKED.search(attributes.get("style", "")) else self._lists[-1].label()
        elif tag == "table":
            self._grids.append(Grid())
        elif tag == "tr" and self._in_table:
            self._count(ROW)
            self._grids[-1].rows.append([])
        elif tag in ("td", "th") and self._in_table:
            self._cell(attributes)

    def _finish(self, tag: str) -> None:
        if tag in ("ol", "ul"):
            self._lists.pop()
        elif tag in ("td", "th") and self._in_table and len(self._flows) > 1:
            self._flows.pop()
        elif tag == "table":
            grid = self._grids.pop()
            if grid.rows:
                self._flows[-1].items.append(grid)

    @property
    def _in_table(self) -> bool:
        return 0 < len(self._grids) <= DEEPEST

    def _cell(self, attributes: Attributes) -> None:
        rows = self._grids[-1].rows
        if not rows:
            rows.append([])
        self._count(LINE)
        self._flows.append(Flow())
        across = min(max(_number(attributes, "colspan", 1), 1), MOST_COLUMNS)
        down = min(_number(attributes, "rowspan", 1) or MOST_ROWS, MOST_ROWS)
        rows[-1].append(Covering(self._flows[-1], across, down))

    def _end_paragraph(self) -> None:
        lines = [_line(pieces) for pieces in self._pieces if any(text.strip() for text, _ in pieces)]
        self._pieces = [[]]
        if not lines:
            return
        self._count(LINE)
        if self._label and not starts_item(lines[0].text):  # some pages type the number, too
            lines[0] = Line(f"{self._label} {lines[0].text}", lines[0].bold)
        self._label = ""
        self._flows[-1].items.append(lines)

    def _count(self, characters: int) -> None:
        self._characters += characters
        check_characters(self._name, self._characters)


def _is_hidden(tag: str, attributes: Attributes) -> bool:
    if tag in DROPPED or "hidden" in attributes or HIDDEN.search(attributes.get("style", "")):
        return True
    named = f"{attributes.get('id', '')} {attributes.get('class', '')}" if tag in GROUPS else ""
    return bool(BESIDE.search(named))


def _line(pieces: list[tuple[str, bool]]) -> Line:
    return Line("".join(text for text, _ in pieces).strip(), all(bold for text, bold in pieces if text.strip()))


def _list(tag: str, attributes: Attributes, depth: int) -> Numbered:
    """Bullets in bullets are `+`, as officials write them."""
    if tag == "ul":
        return Numbered(None, 1, "+" if depth else "-")
    return Numbered(FORMS.get(attributes.get("type", ""), "decimal"), _number(attributes, "start", 1))


def _number(attributes: Attributes, name: str, default: int) -> int:
    text = attributes.get(name, "").strip()
    return int(text) if text.isdecimal() and len(text) < 6 else default
