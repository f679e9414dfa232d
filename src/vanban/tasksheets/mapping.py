"""Which column of a sheet holds what: a value that an application can store, show, and let people change."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from typing import Literal, TypeGuard, get_args

from vanban.lexicon import fold

Role = Literal[
    "number", "text", "lead", "coordinate", "deliverable", "deadline", "start", "end", "topic", "note", "ignored"
]
ROLES: tuple[Role, ...] = get_args(Role)
SEVERAL: tuple[Role, ...] = ("note", "ignored")  # what more than one column may be
Json = dict[str, object]


class NoMapping(ValueError):
    """What was kept or sent as a mapping is none."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column, counted from 0, as its header names it; `confidence` 0–1 that the role is right."""

    index: int
    name: str
    role: Role
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Mapping:
    """How to read a sheet. `header`: first and last row of the header, counted from 1 as spreadsheets do; None without."""

    sheet: str
    header: tuple[int, int] | None
    columns: tuple[Column, ...]

    @property
    def fingerprint(self) -> str:
        """The same for all sheets with the same header, whatever its row: to find a mapping that was kept."""
        return fingerprint(column.name for column in self.columns)

    @property
    def score(self) -> float:
        """How much of a task sheet it is: what its columns tell, as far as that is sure."""
        told = {column.role: column.confidence for column in self.columns if column.role not in SEVERAL}
        return sum(told.values()) * (2 if "text" in told else 1) if self.header else 0.0

    def index_of(self, role: Role) -> int | None:
        """The first column with a role."""
        return next((column.index for column in self.columns if column.role == role), None)

    def twice(self) -> list[tuple[Column, Column]]:
        """Columns with a role that an earlier one has."""
        first: dict[Role, Column] = {}
        found = []
        for column in self.columns:
            if column.role not in SEVERAL and first.setdefault(column.role, column) is not column:
                found += [(first[column.role], column)]
        return found

    def as_json(self) -> Json:
        return {
            "sheet": self.sheet,
            "header": list(self.header) if self.header else None,
            "fingerprint": self.fingerprint,
            "columns": [
                {"index": each.index, "name": each.name, "role": each.role, "confidence": each.confidence}
                for each in self.columns
            ],
        }

    @classmethod
    def from_json(cls, value: object) -> Mapping:
        """Raises NoMapping."""
        if not isinstance(value, AnyMapping) or not isinstance(columns := value.get("columns"), Sequence):
            raise NoMapping("a mapping is an object with columns")
        return cls(_text(value.get("sheet")), _header(value.get("header")), tuple(_column(each) for each in columns))


def fingerprint(names: Iterable[str]) -> str:
    """Of the names of columns, the same however they are written in capitals."""
    return hashlib.sha256("\x1f".join(map(fold, names)).encode()).hexdigest()[:16]


def _column(value: object) -> Column:
    if not isinstance(value, AnyMapping):
        raise NoMapping("a column is an object")
    index, role, sure = value.get("index"), value.get("role"), value.get("confidence", 1.0)
    if not _is_count(index) or role not in ROLES or not isinstance(sure, int | float):
        raise NoMapping(f"no column: {dict(value)!r:.80}")
    return Column(index, _text(value.get("name")), role, float(sure))


def _header(value: object) -> tuple[int, int] | None:
    if value is None:
        return None
    if isinstance(value, Sequence) and len(value) == 2 and all(_is_count(each) for each in value):
        first, last = value
        if 1 <= first <= last:
            return first, last
    raise NoMapping(f"no rows of a header: {value!r:.80}")


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NoMapping(f"no text: {value!r:.80}")
    return value
