"""What is settled as data about working a plan: `data/working.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from hopluc.core.attachments import FileKind, file_kind_of, file_kinds

Percent = Literal["document", "figure", "confirmed"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of deliverable (loại sản phẩm): what proves it, and what counts as progress."""

    key: str
    words: tuple[str, ...]  # in small letters
    evidence: frozenset[str]  # any one of them proves a claim that it is done
    percent: Percent


@dataclass(frozen=True, slots=True)
class Proving:
    """Of which kinds of evidence files of a kind can be."""

    file: FileKind
    kinds: frozenset[str]

    @property
    def endings(self) -> tuple[str, ...]:
        return self.file.endings


@dataclass(frozen=True, slots=True)
class Standards:
    ahead_months: int
    due_soon_days: int  # working days
    stale_days: int  # working days
    year_ends: tuple[int, int]  # month and day
    kinds: tuple[Kind, ...]
    files: tuple[Proving, ...]

    def kind_of(self, deliverable: str) -> Kind:
        """The kind of a deliverable by the words it begins with; the last one, which asks for nothing, where none fits."""
        said = " ".join(deliverable.lower().split())
        return next((kind for kind in self.kinds if said.startswith(kind.words)), self.kinds[-1])

    def file_of(self, name: str) -> Proving | None:
        kind = file_kind_of(name)
        return next((one for one in self.files if one.file == kind), None)


@cache
def standards() -> Standards:
    table = tomllib.loads((files("hopluc.plans") / "data" / "working.toml").read_text(encoding="utf-8"))
    month, day = map(int, table["year_ends"].split("-"))
    return Standards(
        ahead_months=table["ahead_months"],
        due_soon_days=table["due_soon_days"],
        stale_days=table["stale_days"],
        year_ends=(month, day),
        kinds=tuple(map(_kind, table["kind"])),
        files=tuple(map(_file, table["file"])),
    )


def _kind(line: Mapping[str, Any]) -> Kind:
    return Kind(line["key"], tuple(line["words"]), frozenset(line["evidence"]), line["percent"])


def _file(line: Mapping[str, Any]) -> Proving:
    return Proving(file_kinds()[line["of"]], frozenset(line["kinds"]))
