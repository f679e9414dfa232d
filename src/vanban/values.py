"""What the stages hand to one another: frozen values, each knowing its place in the source.

A *span* is `(start, end)`, offsets of characters, `end` exclusive. Values that come out of a parser count in the
string it was given; `Passage.span` turns them into offsets of `Document.content`.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple, TypeVar, dataclass_transform

Span = tuple[int, int]
V = TypeVar("V")


@dataclass_transform(frozen_default=True)
def value(cls: type[V]) -> type[V]:
    """A frozen dataclass: mypy refuses whoever changes one. At run time nothing does: such are made three times as fast."""
    return dataclass(slots=True, unsafe_hash=True)(cls)


@value
class Notice:
    """A doubt, or something repaired: shown to the reviewer beside the words it is about."""

    code: str
    hint: str
    text: str = ""
    span: Span | None = None


@value
class Passage:
    """Clean text (NFC, single spaces, torn lines joined) and, for each of its characters, its place in the content.

    `starts[i]` and `ends[i]` are where character `i` begins and ends in the content. Where nothing was changed they
    are plain ranges.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def plain(cls, text: str, at: int) -> Passage:
        """A passage that stands in the content letter for letter, from offset `at`."""
        return cls(text, range(at, at + len(text)), range(at + 1, at + len(text) + 1))

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def cut(self, start: int = 0, end: int | None = None) -> Passage:
        """The part from `start` to `end`, without white space at its edges."""
        stop = len(self.text) if end is None else end
        part = self.text[start:stop]
        length = len(part.strip())
        if length == len(self.text):
            return self
        start += len(part) - len(part.lstrip())
        stop = start + length
        return Passage(self.text[start:stop], self.starts[start:stop], self.ends[start:stop])

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Offsets in the content of `text[start:end]`; an empty part has an empty span."""
        stop = len(self.text) if end is None else end
        if stop > start:
            return self.starts[start], self.ends[stop - 1]
        if not self.text:
            return 0, 0
        edge = self.starts[start] if start < len(self.text) else self.ends[-1]
        return edge, edge

    def join(self, tail: Passage) -> Passage:
        """This passage and its continuation, with one space for the break between them."""
        if not self.text or not tail.text:
            return self if self.text else tail
        starts, ends = array("I", self.starts), array("I", self.ends)
        starts.append(ends[-1])
        ends.append(tail.starts[0])
        starts.extend(tail.starts)
        ends.extend(tail.ends)
        return Passage(f"{self.text} {tail.text}", starts, ends)


@value
class Paragraph:
    """A paragraph or bullet as laid out, automatic number included."""

    passage: Passage
    page: int | None = None
    bold: bool = False  # all of it, or a heading of the format (Markdown #, HTML h1, Word heading)


@value
class Row:
    """A table row. A cell merged downwards stands in each row that it covers, at its one place in the content."""

    cells: tuple[Passage, ...]
    page: int | None = None


@value
class Table:
    """A table, rebuilt over page breaks: header rows once, torn rows joined."""

    rows: tuple[Row, ...]


Block = Paragraph | Table
Kind = Literal["txt", "md", "html", "docx", "doc", "pdf", "picture"]


@value
class ScannedLine:
    """A line of a page that is a picture: what was recognised, where (left, top, right, foot in points), how surely."""

    page: int
    text: str
    box: tuple[float, float, float, float]
    sure: float


@value
class Document:
    """What `read` gives: the one string that all spans count in, and its blocks in reading order."""

    name: str
    kind: Kind
    sha256: str
    pages: int | None
    content: str
    blocks: tuple[Block, ...]
    notices: tuple[Notice, ...] = ()
    parts: tuple[int, ...] = ()  # of a document in several files: where each but the first begins
    scanned: tuple[ScannedLine, ...] = ()  # in the order of the pages

    @property
    def words(self) -> str:
        """The text of all blocks and cells, each on a line of its own: clean, where the content is as the file has it."""
        passages = (
            each
            for block in self.blocks
            for each in (
                [block.passage] if isinstance(block, Paragraph) else (x for row in block.rows for x in row.cells)
            )
        )
        return "\n".join([passage.text for passage in passages])


Family = Literal[
    "part", "chapter", "section", "article", "capital", "roman", "number", "letter", "dash", "plain", "row"
]
Where = Literal["body", "annex"]


@value
class Item:
    """A block of the outline with its address (`II/1/c`, `3/3.3/-4/+2`, `annex/II/7`, `III/1/¶2`)."""

    index: int
    at: str
    parent: int | None
    family: Family
    marker: str
    passage: Passage  # without the marker
    where: Where = "body"
    bold: bool = False
    counted: bool = True  # False: an unmarked lead-in, which adds no level
    cells: tuple[tuple[str, Passage], ...] = ()  # of a table row: (role, cell)


@value
class Outline:
    """A document in its zones: letterhead and title, body and annexes as items, recipients and signature."""

    front: tuple[Paragraph, ...]
    items: tuple[Item, ...]
    closing: tuple[Paragraph, ...]
    captions: tuple[Paragraph, ...] = ()  # titles of annexes, `(Ban hành kèm theo …)`
    notices: tuple[Notice, ...] = ()


@value
class Mention:
    """A body (cơ quan, đơn vị) or a class of bodies named in a text."""

    key: str
    name: str
    raw: str
    span: Span
    sure: float = 1.0


DeadlineKind = Literal["ongoing", "annual", "by", "range", "recurring", "conditional"]


@value
class Deadline:
    """When work is due (thời hạn): `rule` is an RFC 5545 RRULE."""

    raw: str
    span: Span
    kind: DeadlineKind
    start: date | None = None
    end: date | None = None
    rule: str | None = None
    sure: float = 1.0


Relation = Literal["implements", "continues", "amends", "repeals", "mentions"]


class Provision(NamedTuple):
    """A part of a cited document: Điều, khoản and điểm, as it numbers them."""

    article: str | None
    clause: str | None = None
    point: str | None = None


@value
class Reference:
    """Another document that the text cites (viện dẫn), at its first mention."""

    symbol: str | None
    type: str | None
    issuer: str | None
    date: date | None
    title: str | None
    span: Span
    relation: Relation = "mentions"
    sure: float = 1.0
    provisions: tuple[Provision, ...] = ()  # the parts cited; none where the whole is


@value
class Signer:
    name: str
    capacity: tuple[str, ...]


@value
class Header:
    """What the document says of itself (thể thức): null where it does not say."""

    type: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    issued_on: date | None = None
    title: str | None = None
    province: str | None = None
    signer: Signer | None = None
    recipients: tuple[str, ...] = ()
    spans: dict[str, Span] = field(default_factory=dict)
    confidence: dict[str, float] = field(default_factory=dict)


Op = Literal[">=", "<=", ">", "<", "=", "~"]


@value
class Target:
    """A measurable aim (chỉ tiêu)."""

    at: str
    span: Span
    indicator: str
    subject: str
    op: Op
    unit: str
    low: float | None = None
    high: float | None = None
    by: int | None = None
    start: int | None = None  # `from` in the contract
    per: str | None = None
    scope: str | None = None
    confidence: float = 1.0


@value
class Duty:
    """A duty to report (chế độ báo cáo)."""

    at: str
    span: Span
    sender: tuple[str, ...]  # `from` in the contract
    to: tuple[str, ...]
    via: tuple[str, ...]
    frequency: str | None
    due: str | None  # MM-DD
    confidence: float = 1.0


@value
class Task:
    """Work that the document orders: who leads, who helps, what, by when."""

    at: str
    span: Span
    text: str
    where: Where
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    deliverable: str | None
    deadline: Deadline | None
    topic: str
    spans: dict[str, tuple[Span, ...]]  # field → the words it was read from
    confidence: dict[str, float]
    inherited: dict[str, str]  # field → address of the heading that hands it down
    notices: tuple[Notice, ...] = ()


@value
class Analysis:
    """All that `analyse` finds in one document; `contract.as_json` writes it by the guide's contract."""

    document: Document
    header: Header
    references: tuple[Reference, ...]
    outline: Outline
    tasks: tuple[Task, ...] = ()
    targets: tuple[Target, ...] = ()
    duties: tuple[Duty, ...] = ()
    agencies: dict[str, str] = field(default_factory=dict)
    notices: tuple[Notice, ...] = ()
