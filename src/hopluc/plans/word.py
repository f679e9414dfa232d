"""A plan's assignment annex in Word (phụ lục phân công nhiệm vụ): its tasks as a table, on pages that lie on their side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hopluc.plans.holding import Holders
from hopluc.plans.models import Plan, Task
from hopluc.plans.sheets import as_row, caption
from hopluc.units.letterhead import letterhead_of
from vanban.sheets import as_words
from vanban.writing import layout, write
from vanban.writing.model import Annex, Column, Document, Head, Signature, Table

COLUMNS = (
    ("TT", Column(10, "center")),
    ("Nhiệm vụ", Column(95)),
    ("Cơ quan chủ trì", Column(42)),
    ("Cơ quan phối hợp", Column(42)),
    ("Sản phẩm", Column(32)),
    ("Thời hạn", Column(32)),
)


def assignment(plan: Plan, tasks: Iterable[Task], *, today: date) -> bytes:
    """To put behind the plan itself, by the layout of the office that owns it."""
    made = letterhead_of(plan.owner)
    document = Document(
        head=Head(made.issuer, "", made.place, made.governing),
        kind="Phụ lục",
        title="Phân công nhiệm vụ",
        blocks=(),
        signature=Signature(()),
        recipients=(),
        annexes=(Annex("Phân công nhiệm vụ", (table(tasks, today=today),)),),
        along=caption(plan),
    )
    return write(document, layout("hd36" if made.party else "nd30"))


def table(tasks: Iterable[Task], *, today: date) -> Table:
    """Rows are made as they are written: of three thousand only one is held."""
    return Table(
        tuple(column for _name, column in COLUMNS), _rows(tasks, today), (tuple(name for name, _c in COLUMNS),)
    )


def _rows(tasks: Iterable[Task], today: date) -> Iterator[tuple[str, ...]]:
    listed = list(tasks)
    holders = Holders(listed, on=today)
    for task in listed:
        yield tuple(map(as_words, as_row(task, holders)[: len(COLUMNS)]))
