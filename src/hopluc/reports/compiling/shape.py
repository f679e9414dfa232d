"""Which figure each cell of a form's tables holds: an indicator, and a year's actual, plan, half or estimate."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from hopluc.forms.schema.definition import Field, Row, Schema
from hopluc.forms.schema.years import in_year


class Measure(StrEnum):
    """What a column tells of a year (`about` in the form: `actual:-1` is what was done in the year before)."""

    ACTUAL = "actual"  # thực hiện
    PLAN = "plan"  # kế hoạch
    HALF = "half"  # thực hiện 6 tháng
    ESTIMATE = "estimate"  # ước thực hiện
    PERIOD = "period"  # thực hiện trong kỳ
    TOTAL = "total"  # lũy kế
    SHARE = "share"  # % kế hoạch
    TASKS = "tasks"  # counts of tasks
    NONE = ""


WHAT_WAS_DONE = (
    Measure.ESTIMATE,
    Measure.TOTAL,
    Measure.ACTUAL,
    Measure.PERIOD,
)  # of the year itself, the likeliest first


@dataclass(frozen=True, slots=True)
class Slot:
    """A cell: its path, whose figure it is (`about`: code of an indicator), of which measure and year."""

    path: str
    table: Field
    row: Row
    column: Field
    about: str
    measure: Measure
    year: int

    @property
    def worked_out(self) -> bool:
        return self.column.formula is not None

    @property
    def name(self) -> str:
        """As messages call it: `Tổng số hợp tác xã, KH 2026`."""
        return f"{self.row.label}, {self.column.label}"


class Shape:
    """The cells of a form, for a report of year N."""

    def __init__(self, schema: Schema, year: int) -> None:
        self.schema, self.year = in_year(schema, year), year

    @cached_property
    def slots(self) -> Mapping[str, Slot]:
        """By path, in the order of the form; of tables with fixed rows only: others hold words, not figures of a report."""
        return {slot.path: slot for table in self.schema.fields.values() for slot in self._of(table)}

    def _of(self, table: Field) -> Iterator[Slot]:
        for row in table.rows:
            for column in table.columns:
                if column.numeric:
                    measure, year = _told(column.about, self.year)
                    yield Slot(f"{table.key}.{row.key}.{column.key}", table, row, column, row.about, measure, year)

    @cached_property
    def _found(self) -> Mapping[tuple[str, Measure, int], Slot]:
        return {(slot.about, slot.measure, slot.year): slot for slot in self.slots.values() if slot.about}

    def slot(self, about: str, measure: Measure, year: int) -> Slot | None:
        return self._found.get((about, measure, year))

    def done(self, about: str, year: int) -> Slot | None:
        """The cell that says what was done in a year."""
        return next((slot for each in WHAT_WAS_DONE if (slot := self.slot(about, each, year))), None)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The indicators that it asks for."""
        return frozenset(slot.about for slot in self.slots.values() if slot.about)

    @cached_property
    def texts(self) -> Mapping[str, Field]:
        """The narrative parts by key."""
        return {key: field for key, field in self.schema.fields.items() if field.kind == "long_text"}


def _told(about: str, year: int) -> tuple[Measure, int]:
    """
    >>> _told("actual:-1", 2026), _told("", 2026)
    ((<Measure.ACTUAL: 'actual'>, 2025), (<Measure.NONE: ''>, 2026))
    """
    name, _colon, offset = about.partition(":")
    known = {each.value: each for each in Measure}
    shift = int(offset) if offset.removeprefix("-").isdecimal() else 0
    return known.get(name, Measure.NONE), year + shift
