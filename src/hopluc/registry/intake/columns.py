"""Which column of a list is what. No database, and nothing that takes long to load: the bounded process begins with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hopluc.registry.fact_kinds import AMOUNTS as AMOUNT_TYPES
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.files import table

Json = dict[str, Any]
IGNORED = "ignored"
FIGURES = "figures."
SCALES = {1: "đồng", 1_000: "nghìn đồng", 1_000_000: "triệu đồng", 1_000_000_000: "tỷ đồng"}
MONEY_FIGURES = (
    "revenue revenue_members profit income assets equity indivisible_fund indivisible_assets tax_paid".split()
)


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column, counted from 0: its name, what it holds, how sure that is, đồng in one of its units, the year of a figure."""

    index: int
    name: str
    role: str
    confidence: float = 1.0
    scale: int = 1
    year: int | None = None

    @property
    def key(self) -> str:
        """What a value of it is kept as: a figure with its year."""
        return f"{self.role}:{self.year}" if self.year else self.role

    def as_json(self) -> Json:
        return {
            "index": self.index, "name": self.name, "role": self.role, "confidence": self.confidence,
            "scale": self.scale, "year": self.year,
        }  # fmt: skip


def columns_from(mapping: Json) -> list[ListColumn]:
    return [ListColumn(**each) for each in mapping["columns"]]


@cache
def roles() -> tuple[str, ...]:
    """Every role, in the order in which lists have them."""
    return (*table("columns")["names"], IGNORED)


def is_money(role: str) -> bool:
    if role.startswith(FIGURES):
        return role.removeprefix(FIGURES) in MONEY_FIGURES
    kind = fact_kinds().get(role)
    return kind is not None and kind.type == "money"


def is_amount(role: str) -> bool:
    kind = fact_kinds().get(role)
    return role.startswith(FIGURES) or (kind is not None and kind.type in AMOUNT_TYPES)


def tidied(columns: Iterable[ListColumn], *, year: int) -> list[ListColumn]:
    """As somebody confirmed them: figures have a year, money a scale, nothing else has."""
    return [
        replace(
            one,
            year=(one.year or year) if one.role.startswith(FIGURES) else None,
            scale=one.scale if is_money(one.role) else 1,
        )
        for one in columns
    ]


def twice(columns: Iterable[ListColumn]) -> list[tuple[ListColumn, ListColumn]]:
    """Columns that hold what an earlier one does."""
    first: dict[tuple[str, int | None], ListColumn] = {}
    held = [column for column in columns if column.role not in (IGNORED, "number")]
    return [
        (first[column.role, column.year], column)
        for column in held
        if first.setdefault((column.role, column.year), column) is not column
    ]
