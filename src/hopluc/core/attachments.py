"""Files that people attach: of which kinds they are, and whether they are what their names say (`data/attachments.toml`)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from django.core.files.base import File

LONGEST_BEGINNING = 16  # bytes


@dataclass(frozen=True, slots=True)
class FileKind:
    key: str
    endings: tuple[str, ...]
    begins: tuple[bytes, ...]


@cache
def file_kinds() -> dict[str, FileKind]:
    table = tomllib.loads((files("hopluc.core") / "data" / "attachments.toml").read_text(encoding="utf-8"))
    return {
        line["key"]: FileKind(line["key"], tuple(line["endings"]), tuple(map(bytes.fromhex, line["begins"])))
        for line in table["file"]
    }


def file_kind_of(name: str) -> FileKind | None:
    """The kind that a name says; None where none has its ending."""
    ending = name.rpartition(".")[2].lower()
    return next((kind for kind in file_kinds().values() if ending in kind.endings), None)


def begins_as(kind: FileKind, file: File) -> bool:
    """Whether a file begins as one of its kind does; it is read from its beginning again after."""
    file.seek(0)
    head = file.read(LONGEST_BEGINNING)
    file.seek(0)
    return head.startswith(kind.begins)
