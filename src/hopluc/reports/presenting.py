"""Figures of a report as its pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.forms.schema.definition import Field
from hopluc.forms.selectors import filings_visible
from hopluc.reports.compiled import Compiled
from hopluc.reports.compiling.figures import Cell, Origin, Statement
from hopluc.reports.compiling.showing import shown


@dataclass(frozen=True, slots=True)
class Figure:
    """A cell of a table; `chosen` where compilers took another statement than the usual one."""

    column: str
    path: str  # empty where it is worked out
    text: str
    clash: bool = False
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class TableLine:
    label: str
    unit: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Table:
    field: Field
    heads: list[str]  # of its columns
    lines: list[TableLine]


def tables_of(compiled: Compiled) -> list[Table]:
    """The tables with fixed rows, every cell as the report has it."""
    clashing = {each.key for clash in compiled.open for each in clash.places if each.kind == "cell"}
    fields = [field for field in compiled.shape.schema.fields.values() if field.kind == "table" and field.rows]
    return [
        Table(
            field,
            [str(column.label) for column in field.columns],
            [_line(compiled, field, row.key, clashing) for row in field.rows],
        )
        for field in fields
    ]


def _line(compiled: Compiled, table: Field, row: str, clashing: set[str]) -> TableLine:
    about = next(each for each in table.rows if each.key == row)
    figures = []
    for column in table.columns:
        path = f"{table.key}.{row}.{column.key}"
        slot = compiled.shape.slots.get(path)
        value = compiled.figures.value(slot)
        cell = compiled.figures.cells.get(path)
        text = shown(slot, value) if value is not None else ""
        figures.append(
            Figure(str(column.label), path if cell else "", text, path in clashing, bool(cell and cell.choice))
        )
    return TableLine(str(about.label), str(about.unit), figures)


@dataclass(frozen=True, slots=True)
class RowLine:
    """What one return adds to a sum; `filing` is 0 where the viewer may not open it."""

    name: str
    text: str
    filing: int


@dataclass(frozen=True, slots=True)
class CellLine:
    """A statement of a cell."""

    origin: str
    words: str
    text: str
    source: str
    taken: bool
    rows: list[RowLine]
    missing: tuple[str, ...]
    inseparable: str


def cell_lines(compiled: Compiled, cell: Cell, viewer: User) -> list[CellLine]:
    """What is said of a figure, the one that counts first."""
    found = list(cell.statements)
    if cell.taken and cell.taken not in found:
        found.insert(0, cell.taken)
    filings = [key for one in found for key, _value in one.rows]
    open_ = set(filings_visible(viewer).filter(pk__in=filings).order_by().values_list("pk", flat=True))
    names = {each.key: each.name for each in compiled.returns}
    lines = [_statement(cell, one, names, open_) for one in found]
    return sorted(lines, key=lambda line: not line.taken)


def _statement(cell: Cell, one: Statement, names: dict[int, str], visible: set[int]) -> CellLine:
    rows = [
        RowLine(names.get(key, "–"), shown(cell.slot, value), key if key in visible else 0) for key, value in one.rows
    ]
    return CellLine(
        one.origin,
        said_by(one),
        shown(cell.slot, one.value),
        one.source,
        one is cell.taken,
        rows,
        one.missing,
        shown(cell.slot, one.inseparable) if one.inseparable else "",
    )


def said_by(one: Statement) -> str:
    """Whose statement it is."""
    if one.origin.startswith(Origin.AGENCY):
        return one.source
    return {
        Origin.SUM: _("Added from what units reported"),
        Origin.DATABASE: _("From the database"),
        Origin.RATIO: _("From two other lines"),
        Origin.TYPED: _("Entered by whoever compiles"),
    }[Origin(one.origin)]
