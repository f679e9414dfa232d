"""What is settled as data about working a plan: `data/working.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

Percent = Literal["document", "figure", "confirmed"]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of deliverable (loại sản phẩm): what proves it, and what counts as progress."""

    key: str
    words: tuple[str, ...]  # in small letters
    evidence: frozenset[str]  # any one of them proves a claim that it is done
    percent: Percent


@dataclass(frozen=True, slots=True)
class FileKind:
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]
    kinds: frozenset[str]  # of evidence that it can be


@dataclass(frozen=True, slots=True)
class Standards:
    ahead_months: int
    due_soon_days: int  # working days
    stale_days: int  # working days
    year_ends: tuple[int, int]  # month and day
    kinds: tuple[Kind, ...]
    files: tuple[FileKind, ...]

    def kind_of(self, deliverable: str) -> Kind:
        """The kind of a deliverable by the words it begins with; the last one, which asks for nothing, where none fits."""
        said = " ".join(deliverable.lower().split())
        return next((kind for kind in self.kinds if said.startswith(kind.words)), self.kinds[-1])

    def file_of(self, name: str) -> FileKind | None:
        ending = name.rpartition(".")[2].lower()
        return next((kind for kind in self.files if ending in kind.endings), None)


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


def _file(line: Mapping[str, Any]) -> FileKind:
    begins = tuple(map(bytes.fromhex, line["begins"]))
    return FileKind(tuple(line["endings"]), begins, frozenset(line["kinds"]))
