"""The administrative units that ship with the program: `data/*.csv`, as their script wrote them."""

from __future__ import annotations

import csv
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from hashlib import sha256
from importlib.resources import files

DATA = files("hopluc.units") / "data"
NAMES = ("units.csv", "former_names.csv", "lineage.csv", "kinds.toml", "groups.toml")


@dataclass(frozen=True, slots=True)
class UnitRow:
    key: str
    tier: str
    code: str
    parent: str  # key; empty for provinces
    start: date
    end: date | None  # the day after the last
    kind: str
    name: str

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class FormerNameRow:
    unit: str
    start: date
    end: date
    kind: str
    name: str
    basis: str


@dataclass(frozen=True, slots=True)
class LineageRow:
    source: str
    target: str
    share: Decimal | None
    basis: str


@cache
def units() -> tuple[UnitRow, ...]:
    """All units, those above before those below."""
    return tuple(
        UnitRow(
            row["key"], row["tier"], row["code"], row["parent"], date.fromisoformat(row["from"]), _day(row["to"]),
            row["kind"], row["name"],
        )
        for row in sorted(_rows("units.csv"), key=lambda row: len(row["code"]))
    )  # fmt: skip


def former_names() -> list[FormerNameRow]:
    return [
        FormerNameRow(
            row["unit"], date.fromisoformat(row["from"]), date.fromisoformat(row["to"]), row["kind"], row["name"],
            row["source"],
        )
        for row in _rows("former_names.csv")
    ]  # fmt: skip


@cache
def lineage() -> tuple[LineageRow, ...]:
    return tuple(
        LineageRow(row["from"], row["to"], Decimal(row["share"]) if row["share"] else None, row["source"])
        for row in _rows("lineage.csv")
    )


def fingerprint() -> str:
    """SHA-256 over all the files: the same data need not be loaded again."""
    return sha256(b"\0".join((DATA / name).read_bytes() for name in NAMES)).hexdigest()


def _rows(name: str) -> Iterator[dict[str, str]]:
    yield from csv.DictReader((DATA / name).read_text(encoding="utf-8").splitlines())


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@cache
def unknowns() -> dict[str, list[dict[str, str]]]:
    """What is not known for certain, by the key of each unit that it is about: `vi`, `en`, `source`."""
    found: dict[str, list[dict[str, str]]] = defaultdict(list)
    for entry in tomllib.loads((DATA / "overlay.toml").read_text(encoding="utf-8"))["unknown"]:
        for key in entry["units"]:
            found[key].append({name: entry[name] for name in ("vi", "en", "source")})
    return found
