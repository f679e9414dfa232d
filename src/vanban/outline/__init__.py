"""Blocks → outline: letterhead, body and annexes as items with addresses, recipients and signature.

The level of a marker comes from the sequence it stands in, not from the marker alone: `1.` may be the top level, `4.`
may follow three dashes, letters may skip. Forms read: Phần, Chương, Mục, Điều, `I.` `I-`, `A.`, `1.` `1.1.` `1)`, `a)`,
`-` `+` `*`, unmarked paragraphs, rows of task tables.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from vanban.annexes import aim_columns, aim_items, columns, is_task_table, row_items
from vanban.lexicon import load, starts_with_verb
from vanban.outline.markers import PLAIN, RANK, Marker, continues, read_marker
from vanban.values import Block, Document, Item, Notice, Outline, Paragraph, Table, Where

RECIPIENTS = re.compile(r"^\W*(?i:Nơi\s+nhận)\b")
CAPACITY = re.compile(r"^\W*(?:(?:TM|KT|TL|TUQ|Q)\s*\.\s*|(?:T/M|K/T|T/L)\s+)[A-ZĐÀ-Ỹ]")
CLOSING = re.compile(rf"{RECIPIENTS.pattern}|{CAPACITY.pattern}")
ANNEX = re.compile(
    r"^\W*(?:PHỤ LỤC|Phụ lục|PHỤ BIỂU|Phụ biểu|BIỂU SỐ|Biểu số|Biểu mẫu số|DANH MỤC|BẢNG PHÂN CÔNG)\b(?!.*[.;]$)"
)
ISSUED_WITH = re.compile(r"^\W*(?:Ban hành )?kèm theo\b", re.I)
CLOSES = re.compile(
    r"^(?:Trên đây là|Nay thông báo|Nhận được|[^.;:]{3,80} thông báo (?:đến|để|tới) [^.;:]{3,80} biết)\b", re.I
)
CLOSES_LAST = re.compile(r"^(?:Trong quá trình|Yêu cầu|Đề nghị|Giao|Căn cứ|Kế hoạch này|Chỉ thị này|Quá trình)\b", re.I)
COMMANDS = re.compile(r"(?<!\w)(?:yêu cầu|đề nghị|giao|chỉ thị)(?!\w)(?! của| nhiệm vụ)", re.I)
OF_THEM = re.compile(r",\s+trong đó\s*:$")
CLAUSE_END = re.compile(r"[;.]\s+")
TITLE_LIMIT = 200
SENTENCE = 60  # characters: what ends in a full stop and is longer is no title
LETTERHEAD = 12  # blocks within which a plan is titled
LONGEST = 20_000  # characters of a paragraph: ten pages


@dataclass(slots=True)
class Open:
    """A block that may still get sub-blocks: its marker, its index, how many dashes and paragraphs it has so far."""

    marker: Marker
    index: int | None
    at: str
    counts: dict[str, int] = field(default_factory=dict)


def outline(document: Document) -> Outline:
    """Find the zones of a document and the address of each of its blocks."""
    builder = Builder(_last_paragraphs(document.blocks))
    firsts = _firsts(document)
    for index, block in enumerate(document.blocks):
        if index in firsts:
            builder.begin_file(document.blocks[index : index + LETTERHEAD])
        if isinstance(block, Table):
            builder.table(block)
        else:
            builder.paragraph(block)
    return Outline(
        tuple(builder.front),
        tuple(builder.items),
        tuple(builder.closing),
        tuple(builder.captions),
        tuple(builder.notices),
    )


class Builder:
    """Walks the blocks once, keeping the stack of open blocks."""

    def __init__(self, last: Sequence[Paragraph] = ()) -> None:
        self.last = last
        self.front: list[Paragraph] = []
        self.items: list[Item] = []
        self.closing: list[Paragraph] = []
        self.captions: list[Paragraph] = []
        self.notices: list[Notice] = []
        self.where: Where = "body"
        self.annexes = 0
        self.zone = "front"
        self.root = Open(PLAIN, None, "")
        self.stack: list[Open] = [self.root]
        self.previous = ""

    def paragraph(self, block: Paragraph) -> None:
        text = block.passage.text
        if (CLOSING if self.items else RECIPIENTS).match(text):
            self.zone = "closing"
        elif (self.zone == "closing" and ANNEX.match(text)) or (
            self.zone == "body"
            and ANNEX.match(text)
            and len(text) < TITLE_LIMIT
            and (block.bold or text.isupper() or len(text) < 20)
        ):
            self.begin_annex(block)
            return
        if self.zone == "closing" and self.closing and is_attached(text):
            self.begin_attachment()
        if self.zone == "closing":
            self.closing.append(block)
        elif self.zone == "captions":
            self.caption(block)
        elif self.zone == "front" and not self.opens_body(block):
            self.front.append(block)
        else:
            if self.zone == "front":
                self.hand_down_preamble()
            self.zone = "body"
            self.place(block)

    def hand_down_preamble(self) -> None:
        """`UBND tỉnh yêu cầu các sở, ngành thực hiện các nhiệm vụ sau:` before the first block says who is to act."""
        text = self.front[-1].passage.text.rstrip() if self.front else ""
        orders = list(COMMANDS.finditer(text)) if text.endswith(":") else []
        if orders and not self.items:
            passage = self.front[-1].passage.cut(orders[-1].start())
            self.items.append(Item(0, "", None, "plain", "", passage, counted=False))

    def opens_body(self, block: Paragraph) -> bool:
        """The body begins with the first marker that opens a sequence, or behind a preamble that ends in a colon."""
        text = block.passage.text
        markers = [m for m in read_marker(text) if m.family != "dash" or _after_preamble(self.front)]
        if markers and (markers[0].first or markers[0].family == "dash"):
            return not re.match(r"^\s*(?:Số|V/v)\b", text)
        return _after_preamble(self.front)

    def begin_attachment(self) -> None:
        """A plan issued with the decision above it: its own body, from its title on."""
        self.zone, self.root = "captions", Open(PLAIN, None, "")
        self.stack = [self.root]

    def begin_file(self, blocks: Sequence[Block]) -> None:
        """A further file behind the signature: an annex whatever it opens with, unless it is titled as a plan is."""
        if self.zone == "closing" and not any(isinstance(b, Paragraph) and is_title(b.passage.text) for b in blocks):
            self.open_annex()

    def begin_annex(self, block: Paragraph) -> None:
        self.open_annex()
        self.captions.append(block)

    def open_annex(self) -> None:
        self.where = "annex"
        self.annexes += 1
        self.zone = "captions"
        label = "annex" if self.annexes == 1 else f"annex{self.annexes}"
        self.root = Open(PLAIN, None, label)
        self.stack = [self.root]

    def caption(self, block: Paragraph) -> None:
        """Titles behind `PHỤ LỤC`, up to the first marker or sentence."""
        text = block.passage.text
        markers = [m for m in read_marker(text) if m.family != "dash"]
        if (markers and markers[0].first) or (len(text) > SENTENCE and text.endswith((".", ";", ":"))):
            self.zone = "body"
            self.place(block)
        else:
            self.captions.append(block)

    def table(self, block: Table) -> None:
        if not is_task_table(block):
            if aim_columns(block):
                self.items.extend(aim_items(block, len(self.items), self.root.at, self.where))
            return
        if self.where == "body" and (self.zone == "closing" or self.captions):
            self.where, self.annexes = "annex", 1
            self.root = Open(PLAIN, None, "annex")
        if self.where == "annex":
            self.captions.extend(self.title_of_table())
            self.stack = [self.root]
        self.zone = "body"
        roles = columns(block)
        self.items.extend(row_items(block, roles, len(self.items), self.root.at, self.where))

    def title_of_table(self) -> list[Paragraph]:
        """An annex without the word: its title stands behind the signature, in bold or before the table."""
        title = [p for p in self.closing if ISSUED_WITH.match(p.passage.text) or (p.bold and len(p.passage.text) > 40)]
        for p in title:
            self.closing.remove(p)
        return title

    def place(self, block: Paragraph) -> None:
        text = block.passage.text
        if self.titles_last(block):
            return
        if len(text) > LONGEST:
            self.notices.append(
                Notice(
                    "V107",
                    "the paragraph is too long: only its beginning is read",
                    text[:40],
                    block.passage.span(0, 40),
                )
            )
            block = replace(block, passage=block.passage.cut(0, LONGEST))
            text = block.passage.text
        marker, depth = self.locate(read_marker(text))
        if marker.family == "plain":
            depth = self.closing_depth() if self.closes(block) else self.home(block)
        del self.stack[depth + 1 :]
        parent = self.stack[-1]
        body = block.passage.cut(marker.end)
        if not body:
            body = block.passage
        if marker.family == "plain" and text[0].islower():
            self.notices.append(
                Notice("V106", "its beginning is missing: a page may be torn", text[:40], block.passage.span())
            )
        label, counted = self.label(marker, parent, body.text)
        at = f"{parent.at}/{label}" if parent.at and label else parent.at or label
        item = Item(
            len(self.items), at, parent.index, marker.family, marker.label, body, self.where, block.bold, counted
        )
        self.items.append(item)
        if marker.family != "plain" or not counted:
            # A lead-in adds no level: what stands below it goes on with its parent's numbering.
            self.stack.append(Open(marker, item.index, at, {} if counted else parent.counts))
        self.previous = text

    def titles_last(self, block: Paragraph) -> bool:
        """`Phần II` has its title on the next line."""
        last = self.items[-1] if self.items else None
        if not last or last.family not in ("part", "chapter", "section") or last.passage.text != self.previous:
            return False
        text = block.passage.text
        if read_marker(text) or not (
            block.bold or text.isupper() or (len(text) < 120 and not text.endswith((".", ":", ";")))
        ):
            return False
        self.items[-1] = replace(last, passage=block.passage, bold=True)
        self.previous = text
        return True

    def label(self, marker: Marker, parent: Open, text: str) -> tuple[str, bool]:
        if marker.family == "plain":
            if only_introduces(text):
                return "", False
            parent.counts["¶"] = parent.counts.get("¶", 0) + 1
            return f"¶{parent.counts['¶']}", True
        if marker.family == "dash":
            sign = "+" if marker.label == "+" else "*" if marker.label == "*" else "-"
            parent.counts[sign] = parent.counts.get(sign, 0) + 1
            return f"{sign}{parent.counts[sign]}", True
        return marker.label, True

    def closes(self, block: Paragraph) -> bool:
        """`Trên đây là Kế hoạch …`, or a last paragraph that turns to everybody: it belongs to no item before it."""
        text = block.passage.text
        return bool(CLOSES.match(text) or (CLOSES_LAST.match(text) and any(block is p for p in self.last)))

    def closing_depth(self) -> int:
        """In the last section, where the document has sections."""
        return int(
            len(self.stack) > 1 and self.stack[1].marker.family in ("part", "chapter", "section", "capital", "roman")
        )

    def home(self, block: Paragraph) -> int:
        """Depth of the open block that an unmarked paragraph belongs to."""
        for depth in range(len(self.stack) - 1, 0, -1):
            owner = self.stack[depth]
            if owner.marker.family == "plain":
                if block.passage.text.endswith(":"):
                    continue  # one lead-in follows another
                return depth
            if owner.marker.family == "dash" and not self.introduces(owner):
                continue
            return depth
        return 0

    def introduces(self, owner: Open) -> bool:
        assert owner.index is not None
        return self.items[owner.index].passage.text.endswith(":")

    def locate(self, markers: Sequence[Marker]) -> tuple[Marker, int]:
        """The reading that continues a sequence on the stack, with the depth of its parent; else the likeliest."""
        best: tuple[int, Marker, int] | None = None
        for marker in markers:
            for depth in range(len(self.stack) - 1, 0, -1):
                score = continues(self.stack[depth].marker, marker)
                if score and (best is None or score > best[0]):
                    best = (score, marker, depth - 1)
        if best:
            return best[1], best[2]
        if not markers:
            return PLAIN, 0
        return markers[0], self.nest(markers[0])

    def nest(self, marker: Marker) -> int:
        """Depth of the parent of a sequence that begins here."""
        if marker.family == "number" and len(marker.value) > 1:
            for depth in range(len(self.stack) - 1, 0, -1):
                above = self.stack[depth].marker
                if above.family == "number" and above.value == marker.value[:-1]:
                    return depth
        top = len(self.stack) - 1
        if (
            self.previous.endswith(":")
            and self.stack[top].index == len(self.items) - 1
            and RANK[marker.family] >= RANK["number"]
        ):
            return top
        for depth in range(top, 0, -1):
            above = self.stack[depth].marker
            if above.family == "plain":
                if RANK[marker.family] >= RANK["dash"] or (marker.first and depth == top):
                    return depth
                continue
            if RANK[above.family] < RANK[marker.family]:
                return depth
            if above.family == marker.family == "number" and above.punct != marker.punct and marker.first:
                return depth
            if above.family == marker.family == "dash" and above.label != marker.label:
                return depth
        return 0


@cache
def _titles() -> frozenset[str]:
    return frozenset(title.upper() for title in load("document_types")["titles"])


@cache
def _plans() -> re.Pattern[str]:
    return re.compile(rf"(?:{'|'.join(load('document_types')['plans'])})(?!\w)", re.I)


def is_title(text: str) -> bool:
    """The line that names the type of a document: `KẾ HOẠCH`, `KẾT LUẬN CỦA BAN THƯỜNG VỤ TỈNH ỦY`."""
    return text == text.upper() and titled(text) in _titles()


def titled(text: str) -> str:
    """The words of a title line that name the type, in capitals."""
    return text.upper().split(" CỦA ", 1)[0].strip(" *:.")


def is_attached(text: str) -> bool:
    """Behind a signature: the title of what is issued with the decision above it, or `(Kèm theo Quyết định số …)`.

    >>> [is_attached(text) for text in ("KẾ HOẠCH", "ĐỀ ÁN PHÁT TRIỂN KINH TẾ TẬP THỂ", "KT. CHỦ TỊCH")]
    [True, True, False]
    """
    return is_title(text) or (text.isupper() and bool(_plans().match(text))) or bool(ISSUED_WITH.match(text))


def _last_paragraphs(blocks: Sequence[Paragraph | Table]) -> list[Paragraph]:
    """The two before `Nơi nhận` or the signature."""
    ends = (i for i, b in enumerate(blocks) if i and isinstance(b, Paragraph) and _is_closing(b.passage.text))
    end = next(ends, len(blocks))
    return [b for b in blocks[max(0, end - 2) : end] if isinstance(b, Paragraph)]


def _firsts(document: Document) -> set[int]:
    """The index of the first block of each further file."""
    ends = [_end(block) for block in document.blocks] if document.parts else []
    return {bisect_right(ends, part) for part in document.parts}


def _end(block: Block) -> int:
    """Where a block ends. Within a file blocks may stand in any order, but no file in another."""
    if isinstance(block, Paragraph):
        return block.passage.span()[1]
    return max(cell.span()[1] for row in block.rows for cell in row.cells)


def _is_closing(text: str) -> bool:
    return bool(CLOSING.match(text))


def _after_preamble(front: Sequence[Paragraph]) -> bool:
    return bool(front) and len(front[-1].passage) > 60 and front[-1].passage.text.rstrip().endswith(":")


def only_introduces(text: str) -> bool:
    """A lead-in: it names who is to act or what follows, and orders nothing in a clause of its own.

    >>> only_introduces("Các sở, ngành căn cứ chức năng, nhiệm vụ được giao, tập trung thực hiện các nội dung sau:")
    True
    >>> only_introduces("Triển khai có hiệu quả các chính sách; chủ động rà soát, đề xuất sửa đổi, trong đó tập trung:")
    False
    """
    if not text.rstrip().endswith(":"):
        return False
    if OF_THEM.search(text) and starts_with_verb(text):
        return False  # `Ban hành chính sách …, trong đó:` orders the whole, what stands below its parts
    clauses = [c for c in CLAUSE_END.split(text) if len(c.split()) > 3]
    return len(clauses) < 2 or not any(starts_with_verb(c) for c in clauses)


def children(items: Iterable[Item]) -> dict[int | None, list[Item]]:
    """Sub-blocks of each block, in order; the top level under None."""
    tree: dict[int | None, list[Item]] = {}
    for item in items:
        tree.setdefault(item.parent, []).append(item)
    return tree
