"""An official document before it is a file: what it says, not how it looks.

Every text is what a person reads; nothing is markup. A tab stays a tab and a line end a line break in its paragraph; other
control characters, which no XML file may hold, are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

Level = Literal["part", "chapter", "section", "roman", "article", "arabic", "decimal", "letter", "dash", "plus"]
Prefix = Literal["", "TM", "KT", "TL", "TUQ", "Q"]
Secrecy = Literal["", "mat", "toi_mat", "tuyet_mat"]
Urgency = Literal["", "khan", "thuong_khan", "hoa_toc"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Whose words these are. It goes into the file as data that nobody sees.

    `of`: whose figures a computed text comes from, or who wrote one.
    """

    by: Literal["person", "computed"]
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A part of a paragraph that looks or was made otherwise than the rest of it."""

    text: str
    bold: bool = False
    italic: bool = False
    mark: Mark | None = None


Text = str | tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: Text
    kind: Literal["body", "basis"] = "body"  # basis: a line of the legal basis (căn cứ)
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A title within the text. `number`: None counts, a text stands as it is (empty: none)."""

    level: Level
    text: str
    number: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph that is no title: a clause, a point, a dash. `number` as in a heading."""

    level: Level
    text: Text
    number: str | None = None
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    text: Text
    across: int = 1  # columns that it reaches over
    down: int = 1  # rows that it reaches over; the rows below leave its place out
    bold: bool = False
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Column:
    width: float  # mm; all are stretched or shrunk together to the width of the page
    kind: Literal["text", "number", "center"] = "text"


TableRow = Sequence[str | Cell]


@dataclass(frozen=True, slots=True)
class Table:
    """`head` is repeated on every page. A table too wide for an upright page gets one that lies on its side.

    `rows` are taken once for each file that is written: a generator holds no more than a row in memory.
    """

    columns: tuple[Column, ...]
    rows: Iterable[TableRow]
    head: tuple[TableRow, ...] = ()
    foot: tuple[TableRow, ...] = ()
    title: str = ""
    unit: str = ""  # "Đơn vị tính: triệu đồng"


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG, JPEG or EMF; `alt` says in words what it shows. Height by its proportions.

    `counted` numbers its caption, each word by itself: “Biểu đồ 1. …”, “Bản đồ 1. …”; Word goes on counting.
    """

    data: bytes
    alt: str
    width: float  # mm; never wider than the text
    caption: str = ""
    counted: str = ""


Block = Paragraph | Heading | Item | Table | Picture


@dataclass(frozen=True, slots=True)
class Head:
    """`issuer` and `governing` in normal case, a line end where the name is to be broken; without a number or a day room is left."""

    issuer: str
    code: str  # "BC-UBND", by the Party's layout "BC/TU"
    place: str
    governing: str = ""
    number: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Authority:
    """A line above the name: `Authority("UBND", "TM")`, `Authority("Chủ tịch", "KT")`, `Authority("Phó Chủ tịch")`."""

    words: str
    prefix: Prefix = ""


@dataclass(frozen=True, slots=True)
class Signature:
    lines: tuple[Authority, ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """A letter (công văn) has no `kind`; `recipients` without dashes and full stops.

    `along`: the annexes alone, as a file to put behind a document that exists already, named as they are to name it
    (“Kế hoạch số 1627/KH-UBND ngày 24/02/2023 của Ủy ban nhân dân tỉnh Khánh Hòa”).
    """

    head: Head
    kind: str
    title: str
    blocks: tuple[Block, ...]
    signature: Signature
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    secrecy: Secrecy = ""
    urgency: Urgency = ""
    along: str = ""
