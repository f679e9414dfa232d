"""The source as a page shows it: its blocks in reading order, each with the place of its words in the content.

```
paragraph   {span, bold, role, page, level, hidden}
              role     letterhead, motto, title, heading, body, recipients, signature or caption (of an annex)
              level    of indentation, from 0, of a heading or body block that the outline places
table       {table: [[cell, …], …], header, page}
              header   how many rows at the top name columns
cell        {span, rows, columns, hidden}
              rows       over how many a merged cell reaches, if more than one; it stands once, where it begins
              columns    the same of the title of a section in a task table
```

A span is `[start, end]` in the content. `hidden` are spans within it that are no words: Markdown marks, HTML tags, what
a page break put between. Without them, and with white space as one space, the words are those of the document. Unused
keys are left out; an empty cell has an empty span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from vanban.header import MOTTO, OFFICE, SUBJECT, find_header
from vanban.outline import CAPACITY, RECIPIENTS, children, is_title, outline
from vanban.reading.tables import header_depth
from vanban.values import Document, Item, Outline, Paragraph, Passage, Row, Span, Table

Json = dict[str, object]

SECTIONS = ("part", "chapter", "section", "capital", "roman")
HEADING = 300  # characters at most of a heading in bold
SHORT_HEADING = 120  # and of one that only its place makes a heading
SIGNATURE = 60  # characters at most of a line of it: what is longer behind it titles an annex
NUMBER = re.compile(r"\W*Số\s*:?\s*[\d/.…_]", re.I)  # also where number and day are not filled in yet
DATED = re.compile(r"[^,.;:]{2,40},?\s*ngày\b[\s\d.…_]*tháng\b[\s\d.…_]*năm\b[\s\d.…_]*$", re.I)
DASHES = ("-", "–", "+", "*")


def layout(document: Document) -> list[Json]:
    """The blocks of a document as laid out above, ready to be written as JSON.

    >>> from vanban.reading import read
    >>> [(block["role"], block["span"]) for block in layout(read("KẾ HOẠCH\\nI. NHIỆM VỤ".encode(), name="a.txt"))]
    [('title', [0, 8]), ('heading', [9, 20])]
    """
    roles = _Roles(document)
    return [
        _table(block, roles, document.content)
        if isinstance(block, Table)
        else _paragraph(block, roles, document.content)
        for block in document.blocks
    ]


class _Roles:
    """What each paragraph of a document is, and how deep it stands."""

    def __init__(self, document: Document) -> None:
        plan = outline(document)
        # Blocks and items end at the same character; a marker parts their beginnings.
        self.items = {_end(item.passage): item for item in plan.items if item.family != "row"}
        self.sections = {item.passage.span() for item in plan.items if item.family == "row" and item.bold}
        self.levels = _levels(plan.items)
        self.parents = set(children(plan.items))
        self.zones = {id(block): role for block, role in _zones(document, plan)}

    def of(self, block: Paragraph) -> tuple[str, int | None]:
        item = self.items.get(_end(block.passage))
        if role := self.zones.get(id(block)):
            return role, None
        if item is None:  # `Phần II`, whose title on the next line the outline keeps
            return "heading" if len(block.passage) <= HEADING else "body", None
        return "heading" if self.is_heading(item, block) else "body", self.levels[item.index]

    def is_heading(self, item: Item, block: Paragraph) -> bool:
        text = item.passage.text
        if len(text) <= HEADING and (block.bold or item.family in SECTIONS or text.isupper()):
            return True
        return item.index in self.parents and len(text) <= SHORT_HEADING and text[-1].isalnum()


def _end(passage: Passage) -> int:
    return passage.span()[1]


def _levels(items: Sequence[Item]) -> list[int]:
    """How many blocks stand over each, lead-ins not counted."""
    levels: list[int] = []
    for item in items:
        above = item.parent
        levels.append(0 if above is None else levels[above] + items[above].counted)
    return levels


def _zones(document: Document, plan: Outline) -> Iterator[tuple[Paragraph, str]]:
    title = find_header(document, plan).spans.get("title", (0, 0))
    yield from _front(plan.front, title)
    yield from ((block, "caption") for block in plan.captions)
    yield from _closing(plan.closing)


def _front(front: Sequence[Paragraph], title: Span) -> Iterator[tuple[Paragraph, str]]:
    """Left of the letterhead who issues it and its number, right the motto and the date, below them type and title."""
    titled = False
    for block in front:
        text, (start, end) = block.passage.text.strip(" *"), block.passage.span()
        titled = titled or is_title(text)
        if MOTTO.match(text) or DATED.match(text):
            yield block, "motto"
        elif NUMBER.match(text) or SUBJECT.match(text):
            yield block, "letterhead"
        elif is_title(text) or (title[0] <= start < end <= title[1]) or (titled and text.isupper()):
            yield block, "title"
        else:
            yield block, "letterhead" if text.isupper() else "body"


def _closing(closing: Sequence[Paragraph]) -> Iterator[tuple[Paragraph, str]]:
    role = "signature"
    for block in closing:
        text = block.passage.text.strip(" *")
        if RECIPIENTS.match(text):
            role = "recipients"
        elif CAPACITY.match(text) or OFFICE.match(text) or not text.startswith(DASHES):
            role = "signature" if len(text) <= SIGNATURE else "caption"
        yield block, role


def _paragraph(block: Paragraph, roles: _Roles, content: str) -> Json:
    role, level = roles.of(block)
    shown: Json = {**_place(block.passage, content), "bold": block.bold, "role": role}
    return shown | _used({"page": block.page, "level": level})


def _table(block: Table, roles: _Roles, content: str) -> Json:
    places = [[cell.span() if cell else None for cell in row.cells] for row in block.rows]
    rows = [list(_cells(row, places, index, roles.sections, content)) for index, row in enumerate(block.rows)]
    return {"table": rows, "header": header_depth(block.rows)} | _used({"page": block.rows[0].page})


def _cells(
    row: Row, places: Sequence[Sequence[Span | None]], index: int, sections: set[Span], content: str
) -> Iterator[Json]:
    """The cells that begin in a row: one merged with the cell above goes on from there, the title of a section reaches
    over the empty cells behind it.
    """
    for column, (cell, place) in enumerate(zip(row.cells, places[index], strict=True)):
        if place and place == _at(places, index - 1, column):
            continue
        rows = 1
        while place and _at(places, index + rows, column) == place:
            rows += 1
        shown = _place(cell, content) | ({"rows": rows} if rows > 1 else {})
        behind = places[index][column + 1 :]
        if behind and place in sections and not any(behind):
            yield shown | {"columns": len(behind) + 1}
            return
        yield shown


def _at(places: Sequence[Sequence[Span | None]], row: int, column: int) -> Span | None:
    inside = 0 <= row < len(places) and 0 <= column < len(places[row])
    return places[row][column] if inside else None


def _place(passage: Passage, content: str) -> Json:
    hidden = list(_hidden(passage, content))
    return {"span": list(passage.span())} | ({"hidden": hidden} if hidden else {})


def _hidden(passage: Passage, content: str) -> Iterator[list[int]]:
    """What stands between two letters, or for one space of the text, and is more than white space."""
    if isinstance(passage.starts, range):  # letter for letter
        return
    end = passage.span()[0]
    for letter, start, behind in zip(passage.text, passage.starts, passage.ends, strict=True):
        between = (end, behind if letter == " " else start)
        words = content[slice(*between)].strip()
        if words:
            at = content.index(words, between[0])
            yield [at, at + len(words)]
        end = behind


def _used(values: Mapping[str, object]) -> Json:
    return {key: value for key, value in values.items() if value is not None}
