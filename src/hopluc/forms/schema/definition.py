"""What a form asks: frozen values, as `reading` makes them of a definition in JSON.

A table without `rows` has as many rows as people add. Values are addressed by path: `state`, `members.women.count`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, Literal

from django.utils.translation import get_language

from hopluc.forms.schema.expressions import Node, names

Json = Any
NUMERIC = ("whole", "decimal", "money", "percent")
KINDS = ("text", "long_text", *NUMERIC, "date", "choice", "yes_no", "file", "table")
REASON = "#reason"  # after the path of a figure: why it jumped
MOST_ROWS = 500


@dataclass(frozen=True, slots=True)
class Words:
    """The same in both languages."""

    vi: str
    en: str

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.vi


NOTHING = Words("", "")


@dataclass(frozen=True, slots=True)
class Choice:
    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Row:
    """A fixed row of a table; `about` names what it is for apps above (`H01`, an indicator), `unit` its unit of measure."""

    key: str
    label: Words
    about: str = ""
    unit: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """What is asked. `about` names what it is for apps above; a column with a `formula` is worked out, nobody fills it in."""

    key: str
    kind: str
    label: Words = NOTHING
    required: bool = False
    unit: Words = NOTHING
    help: Words = NOTHING
    choices: tuple[Choice, ...] = ()
    least: Decimal | None = None
    most: Decimal | None = None
    longest: int | None = None  # characters of a text
    columns: tuple[Field, ...] = ()  # of a table
    rows: tuple[Row, ...] = ()  # fixed ones; none: people add them
    most_rows: int = MOST_ROWS
    about: str = ""
    formula: Node | None = None

    @property
    def numeric(self) -> bool:
        return self.kind in NUMERIC


@dataclass(frozen=True, slots=True)
class Section:
    key: str
    label: Words
    fields: tuple[Field, ...]
    help: Words = NOTHING


@dataclass(frozen=True, slots=True)
class Check:
    """`rule` must hold; in each row of `table` where one is named. A warning may stay."""

    rule: Node
    text: str
    at: str
    say: Words
    table: str = ""
    warning: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """A figure that differs from the last period by more than `percent` asks for a reason."""

    path: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """What whoever compiles draws of a table with fixed rows: bars of some columns for each row, or one cell on a map.

    It stands behind the text `after`; without one, in an annex.
    """

    key: str
    kind: Literal["bars", "map"]
    label: Words
    table: str
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    after: str = ""


@dataclass(frozen=True)
class Schema:
    sections: tuple[Section, ...]
    checks: tuple[Check, ...] = ()
    jumps: tuple[Jump, ...] = ()
    charts: tuple[Chart, ...] = ()

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        return {each.key: each for section in self.sections for each in section.fields}

    @cached_property
    def section_of(self) -> Mapping[str, Section]:
        return {each.key: section for section in self.sections for each in section.fields}

    @cached_property
    def required(self) -> tuple[tuple[Field, Field | None], ...]:
        """The fields that must be filled in, and each table with a column that must be."""
        alone = [(field, None) for field in self.fields.values() if field.required]
        within = [(field, one) for field in self.fields.values() for one in field.columns if one.required]
        return (*alone, *within)

    @cached_property
    def formulas(self) -> tuple[tuple[Field, Field], ...]:
        """Each table with a column that is worked out."""
        return tuple((field, one) for field in self.fields.values() for one in field.columns if one.formula)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Keys of the tables of which each row is worked out from that row alone."""
        seen = {field.key: {each.key for each in field.columns} for field in self.fields.values()}
        open_ = {
            field.key
            for field, one in self.formulas
            if one.formula and any(kind != "value" or name not in seen[field.key] for name, kind in names(one.formula))
        }
        return frozenset(seen.keys() - open_)

    @cached_property
    def _columns(self) -> Mapping[str, tuple[frozenset[str], Mapping[str, Field]]]:
        """Of each table the keys of its fixed rows, and its columns."""
        return {
            key: (frozenset(row.key for row in field.rows), {each.key: each for each in field.columns})
            for key, field in self.fields.items()
        }

    def field_at(self, path: str) -> Field | None:
        """The field or column of a path, `table.row.column`; for a table itself the table."""
        head, _dot, rest = path.removesuffix(REASON).partition(".")
        found = self.fields.get(head)
        if not rest or found is None:
            return found
        row, _dot, column = rest.partition(".")
        rows, columns = self._columns[head]
        return columns.get(column) if row and (row in rows or not rows) else None
