"""The public door of Excel forms: `sheet_make(spec)`, `sheet_open(upload)`, `sheet_read(file, spec)`; and those of a filing.

data = sheet_make(spec)                       # an XLSX of one agency, signed
file = sheet_open(upload)                     # refused where it is no form of ours
spec = spec_for(file.identity)                # as it is today
found = sheet_read(file, spec)                # answers by row, issues by cell; nothing is written here
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from hopluc.accounts.models import User
from hopluc.core.bounded import OutOfBounds, bounded
from hopluc.forms.errors import (
    ForgedForm,
    NotAForm,
    OldVersion,
    OtherAgency,
    OtherForm,
    OtherPeriod,
    SheetRefused,
    UnreadableSheet,
)
from hopluc.forms.excel.signing import unpack
from hopluc.forms.excel.spec import SheetColumn, SheetPage, SheetRow, SheetSpec
from hopluc.forms.excel.understanding import SheetIssue, SheetRead, understand
from hopluc.forms.excel.writing import write
from hopluc.forms.models import FormVersion, ReceivedSheet
from vanban.tasksheets.cells import clean

Json = Any
SECONDS, MEGABYTES = 30, 1_000
KEPT = timedelta(days=1)  # for which a sheet waits to be applied
__all__ = [
    "SheetColumn",
    "SheetFile",
    "SheetIssue",
    "SheetPage",
    "SheetRead",
    "SheetRow",
    "SheetSpec",
    "columns_of",
    "sheet_keep",
    "sheet_kept",
    "sheet_make",
    "sheet_open",
    "sheet_read",
]


@dataclass(frozen=True, slots=True)
class SheetFile:
    """An Excel form that came back and is ours; `identity` says which (`excel.spec.identity`)."""

    name: str
    identity: Json
    pages: Json


def columns_of(version: FormVersion) -> tuple[SheetColumn, ...]:
    """The fields of a form as columns, for a sheet in which each row is an answer to it; tables and files are left out."""
    return tuple(SheetColumn(field) for field in version.read.fields.values() if field.kind not in ("table", "file"))


def sheet_make(spec: SheetSpec) -> bytes:
    """The form as an XLSX file."""
    return write(spec)


def sheet_open(upload: File) -> SheetFile:
    """Read a file in a process of its own. Raises NotAForm, ForgedForm, SheetRefused, UnreadableSheet."""
    name = clean(Path(upload.name or "").name)[:255]
    read = _read(upload, name)
    if problem := read.get("problem"):
        if problem["code"] in ("D102", "D106"):
            raise NotAForm(name=name)
        raise SheetRefused(reason=problem["vi" if get_language() == "vi" else "en"], reader=problem["code"])
    if not read["hidden"]:
        raise NotAForm(name=name)
    signature, *lines = read["hidden"]
    identity = unpack("".join(lines), signature)
    if identity is None:
        raise ForgedForm(name=name)
    return SheetFile(name, identity, read["pages"])


def sheet_read(file: SheetFile, spec: SheetSpec) -> SheetRead:
    """Answers of the rows that were touched, and every cell that is wrong, beside what stands today.

    Raises OtherForm, OtherAgency, OtherPeriod, OldVersion.
    """
    theirs = file.identity
    if theirs["form"] != spec.form:
        raise OtherForm(name=file.name, theirs=theirs["title"], ours=spec.title)
    if theirs["agency"] != spec.agency:
        raise OtherAgency(name=file.name, theirs=theirs["agency_name"])
    if theirs["period"] != spec.period:
        raise OtherPeriod(name=file.name, theirs=theirs["period"], ours=spec.period)
    if theirs["version"] != spec.version:
        raise OldVersion(name=file.name, theirs=theirs["version"], ours=spec.version)
    return understand(spec, theirs, file.pages)


@transaction.atomic
def sheet_keep(*, file: SheetFile, by: User) -> ReceivedSheet:
    """Keep a file until it is applied; what else waited of this person for the same form is forgotten."""
    waiting = ReceivedSheet.objects.filter(applied_at=None)
    same = waiting.filter(by=by, identity__form=file.identity["form"], identity__agency=file.identity["agency"])
    (same | waiting.filter(sent_at__lt=timezone.now() - KEPT)).delete()
    return ReceivedSheet.objects.create(by=by, name=file.name, identity=file.identity, pages=file.pages)


def sheet_kept(received: ReceivedSheet) -> SheetFile:
    """The file again, as it was sent."""
    return SheetFile(received.name, received.identity, received.pages)


def _read(upload: File, name: str) -> Json:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        try:
            return bounded(
                "hopluc.forms.excel.reading:read_workbook",
                {"path": str(path), "name": name},
                seconds=SECONDS,
                megabytes=MEGABYTES,
                report=lambda *_step: None,
            )
        except OutOfBounds as error:
            raise UnreadableSheet(name=name) from error
