"""Lists as offices send them, and the jobs run at once."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

from hopluc.accounts.models import User
from hopluc.registry.intake import staging, taking, undoing
from hopluc.registry.intake.columns import columns_from
from hopluc.registry.models import ImportRow, ListImport
from hopluc.registry.tests.conftest import TODAY

HEADINGS = ["TT", "Tên HTX", "Mã số thuế", "Xã, phường", "Ngày thành lập", "Vốn điều lệ (triệu đồng)", "Số điện thoại"]


def book(
    rows: list[list[object]], *, top: int = 0, merges: list[tuple[int, int, int, int, str]] | None = None
) -> bytes:
    """A workbook of these rows, below `top` empty ones; a text that begins with = is a formula."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        page = made.add_worksheet("Danh sách")
        day = made.add_format({"num_format": "dd/mm/yyyy"})
        for number, row in enumerate(rows, top):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    page.write_datetime(number, column, value, day)
                elif isinstance(value, str) and value.startswith("="):
                    page.write_formula(number, column, value, value="#REF!")
                else:
                    page.write(number, column, value)
        for first, left, last, right, text in merges or ():
            page.merge_range(first + top, left, last + top, right, text)
    return out.getvalue()


def sent(data: bytes, by: User, *, name: str = "danh-sach.xlsx", since: date = TODAY) -> ListImport:
    """Sent and read: its columns are guessed."""
    upload = SimpleUploadedFile(name, data)
    found = staging.list_receive(upload=upload, since=since, source="Danh sách 6 tháng", by=by)
    staging.list_read(import_id=found.pk)
    found.refresh_from_db()
    return found


def checked(data: bytes, by: User, **about) -> ListImport:
    """Its columns confirmed as guessed, its rows compared."""
    return compared(sent(data, by, **about), by)


def compared(found: ListImport, by: User) -> ListImport:
    assert found.mapping, found.problem
    staging.columns_choose(sent=found, columns=columns_from(found.mapping["mapping"]), year=2025, by=by)
    staging.list_check(import_id=found.pk)
    found.refresh_from_db()
    return found


def taken(found: ListImport, by: User) -> ListImport:
    taking.import_take(sent=found, by=by)
    taking.list_take(import_id=found.pk)
    found.refresh_from_db()
    return found


def undone(found: ListImport, by: User) -> ListImport:
    undoing.import_undo(sent=found, by=by)
    undoing.list_undo(import_id=found.pk, by_id=by.pk)
    found.refresh_from_db()
    return found


def states(found: ListImport) -> dict[int, str]:
    return dict(found.rows.values_list("number", "state"))


def codes(row: ImportRow) -> set[str]:
    return {issue["code"] for issue in row.outcome["issues"]}
