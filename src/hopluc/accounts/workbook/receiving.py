"""A file that was sent → its rows, kept until they are applied; and what they come to today."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from hopluc.accounts.errors import ColumnsMissing, NotTheWorkbook, UnreadableWorkbook, WorkbookRefused
from hopluc.accounts.models import PeopleImport, User
from hopluc.accounts.workbook.checking import Outcome, check
from hopluc.accounts.workbook.columns import AGENCIES, FORMS, PEOPLE
from hopluc.accounts.workbook.facts import Facts
from hopluc.accounts.workbook.gathering import facts_for
from hopluc.accounts.workbook.reading import rows_of
from hopluc.core.bounded import OutOfBounds, bounded
from vanban.tasksheets.cells import clean

SECONDS, MEGABYTES = 30, 1_000
KEPT = timedelta(days=1)  # for which rows wait to be applied: telephone numbers are among them
NO_SHEET = ("D106", "D102")  # no spreadsheet at all


def workbook_receive(*, upload: File, by: User) -> PeopleImport:
    """Keep the rows of a workbook until they are applied; what else waited of this person is forgotten.

    Raises NotTheWorkbook, ColumnsMissing, WorkbookRefused, UnreadableWorkbook.
    """
    name = clean(Path(upload.name or "").name)
    rows = _read(upload, name)
    with transaction.atomic():
        waiting = PeopleImport.objects.filter(applied_at=None)
        (waiting.filter(by=by) | waiting.filter(sent_at__lt=timezone.now() - KEPT)).delete()
        return PeopleImport.objects.create(by=by, name=name[:255], rows=rows)


def checked(sent: PeopleImport, *, by: User, lock: bool = False) -> tuple[Outcome, Facts]:
    """What the rows come to now."""
    sheets = rows_of(sent.rows, AGENCIES), rows_of(sent.rows, PEOPLE)
    facts = facts_for(by, *sheets, lock=lock)
    return check(*sheets, facts), facts


def _read(upload: File, name: str) -> dict[str, Any]:
    """In a process of its own: the file comes from outside."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "workbook"
        with path.open("wb") as copy:
            for chunk in upload.chunks():
                copy.write(chunk)
        try:
            read = bounded(
                "hopluc.accounts.workbook.reading:read_workbook",
                {"path": str(path), "name": name},
                seconds=SECONDS,
                megabytes=MEGABYTES,
                report=lambda *_step: None,
            )
        except OutOfBounds as error:
            raise UnreadableWorkbook(name=name) from error
    if problem := read.get("problem"):
        _refuse(problem, name)
    return read


def _refuse(problem: dict[str, Any], name: str) -> None:
    if "columns" in problem:
        raise ColumnsMissing(name=name, sheet=problem["sheet"], columns=", ".join(problem["columns"]))
    if "sheets" in problem or problem["code"] in NO_SHEET:
        raise NotTheWorkbook(name=name, sheets=", ".join(f"“{form.name}”" for form in FORMS))
    reason = problem["vi" if get_language() == "vi" else "en"]
    raise WorkbookRefused(reason=reason, reader=problem["code"])
