"""What an Excel form holds, as an app above says it: pages of rows, each cell typed, locked or to be filled in."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.values import show, tidy

Json = Any
SHORT = 16  # characters of a mark


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column; what is locked is shown, not asked."""

    field: Field
    locked: bool = False
    width: int = 24  # in characters

    @property
    def key(self) -> str:
        return self.field.key


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row that is asked about. `fields` are of cells whose kind differs from that of their column."""

    key: str
    cells: Mapping[str, Json]  # by column: values, and words of locked cells
    revision: int = 0  # of the thing in the database: another one later means that somebody changed it
    fields: Mapping[str, Field] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SheetPage:
    key: str
    name: str  # of the sheet
    columns: tuple[SheetColumn, ...]
    rows: tuple[SheetRow, ...]
    spare: int = 0  # empty rows below, for new ones

    def field(self, column: SheetColumn, row: SheetRow | None) -> Field:
        return (row and row.fields.get(column.key)) or column.field

    @property
    def asked(self) -> tuple[SheetColumn, ...]:
        return tuple(column for column in self.columns if not column.locked)


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """An Excel form of one agency for one period. Cells to fill in hold what is known already."""

    form: str  # code
    version: int
    agency: int
    agency_name: str
    period: str
    title: str
    pages: tuple[SheetPage, ...]
    guide: tuple[str, ...] = ()  # lines above the first row


def mark(cells: Mapping[str, Json], keys: Iterator[str]) -> str:
    """What cells come to: the same again where nobody touched them."""
    said = {key: cells[key] for key in keys if cells.get(key) is not None and cells[key] != ""}
    return sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:SHORT]


def row_marks(page: SheetPage, row: SheetRow) -> tuple[str, str]:
    """Of the cells to fill in, and of those that are locked."""
    asked = mark(row.cells, (column.key for column in page.columns if not column.locked))
    locked = {column.key: shown(page, column, row) for column in page.columns if column.locked}
    return asked, mark(locked, iter(locked))


def shown(page: SheetPage, column: SheetColumn, row: SheetRow) -> str:
    """A locked cell as it stands in the sheet."""
    return tidy(show(page.field(column, row), row.cells.get(column.key)))


def identity(spec: SheetSpec) -> Json:
    """What the hidden sheet says, under a signature."""
    return {
        "form": spec.form,
        "version": spec.version,
        "agency": spec.agency,
        "agency_name": spec.agency_name,
        "period": spec.period,
        "title": spec.title,
        "pages": {
            page.key: {row.key: [row.revision, *row_marks(page, row)] for row in page.rows} for page in spec.pages
        },
    }
