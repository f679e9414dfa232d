"""A filing as an Excel form: one sheet for its fields, one for each table; and what came back, taken over whole or not at all."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.forms.errors import SheetApplied, SheetHasErrors
from hopluc.forms.excel.understanding import NEW
from hopluc.forms.filing import row_name
from hopluc.forms.models import Filing, ReceivedSheet
from hopluc.forms.schema.checking import rows_of
from hopluc.forms.schema.definition import Field, Words
from hopluc.forms.schema.values import show
from hopluc.forms.services.filings import ROW_KEY, ROW_LETTERS, values_apply
from hopluc.forms.sheets import (
    SheetColumn,
    SheetPage,
    SheetRead,
    SheetRow,
    SheetSpec,
    sheet_keep,
    sheet_kept,
    sheet_open,
    sheet_read,
)

Json = Any
FIELDS = "fields"  # key of the sheet of single fields
VALUE = "value"
SPARE = 200  # empty rows of a table that people add to
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")  # in the name of a sheet
LONGEST = 31  # characters of it
LABEL = Field("label", "text", Words("Nội dung", "Item"))
UNIT = Field("unit", "text", Words("Đơn vị tính", "Unit"))
HELP = Field("help", "text", Words("Hướng dẫn", "How to fill in"))
GIVEN = Field(VALUE, "text", Words("Giá trị", "Value"))
ROW = Field("row", "text", Words("Nội dung", "Item"))


def filing_spec(filing: Filing) -> SheetSpec:
    """The Excel form of a filing as it stands now. Files are not sent by Excel."""
    schema = filing.schema
    single = [field for field in schema.fields.values() if field.kind not in ("table", "file")]
    tables = [field for field in schema.fields.values() if field.kind == "table"]
    pages = [_fields(filing, single)] if single else []
    pages += [_table(filing, field, at) for at, field in enumerate(tables, 2)]
    return SheetSpec(
        form=filing.form.code,
        version=filing.version.number,
        agency=filing.agency_id,
        agency_name=filing.agency.name,
        period=f"{filing.period}{f' · {filing.subject}' if filing.subject else ''}",
        title=filing.form.title_vi,
        pages=tuple(pages),
    )


def _fields(filing: Filing, single: list[Field]) -> SheetPage:
    columns = (
        SheetColumn(LABEL, locked=True, width=44), SheetColumn(GIVEN, width=40),
        SheetColumn(UNIT, locked=True, width=12), SheetColumn(HELP, locked=True, width=50),
    )  # fmt: skip
    return SheetPage(FIELDS, "Biểu", columns, tuple(_field(filing, field) for field in single))


def _field(filing: Filing, field: Field) -> SheetRow:
    words = {
        LABEL.key: field.label.vi + (" *" if field.required else ""),
        UNIT.key: field.unit.vi,
        HELP.key: field.help.vi,
    }
    return SheetRow(
        field.key, {**words, VALUE: filing.values.get(field.key)}, _revision(filing, field.key), {VALUE: field}
    )


def _table(filing: Filing, table: Field, at: int) -> SheetPage:
    head = (SheetColumn(ROW, locked=True, width=40),) if table.rows else ()
    asked = [column for column in table.columns if column.formula is None]
    names = {row.key: f"{row.label.vi} ({row.unit.vi})" if row.unit.vi else row.label.vi for row in table.rows}
    rows = tuple(
        SheetRow(
            key,
            {
                ROW.key: names.get(key, ""),
                **{c.key: filing.values.get(f"{table.key}.{key}.{c.key}") for c in asked},
            },
            max(_revision(filing, f"{table.key}.{key}.{c.key}") for c in asked),
        )
        for key in rows_of(table, filing.values)
    )
    spare = 0 if table.rows else max(0, min(SPARE, table.most_rows - len(rows)))
    columns = (*head, *(SheetColumn(column) for column in asked))
    return SheetPage(table.key, sheet_name(table.label.vi, at), columns, rows, spare)


def sheet_name(words: str, at: int) -> str:
    """A name that Excel takes, and no other sheet has.

    >>> sheet_name("Vốn: góp / vay của các hợp tác xã thành viên", 2)
    '2. Vốn góp vay của các hợp tác '
    """
    return f"{at}. {' '.join(FORBIDDEN.sub(' ', words).split())}"[:LONGEST]


def _revision(filing: Filing, path: str) -> int:
    return int(filing.marks.get(path, {}).get("revision", 0))


def filing_sheet_receive(*, filing: Filing, upload: File, by: User) -> ReceivedSheet:
    """Keep a form that came back until it is looked at and applied. Raises what `sheet_open` and `sheet_read` raise."""
    file = sheet_open(upload)
    sheet_read(file, filing_spec(filing))
    return sheet_keep(file=file, by=by)


def filing_sheet_look(*, filing: Filing, received: ReceivedSheet) -> SheetRead:
    """What it says anew, and every cell that is wrong."""
    return sheet_read(sheet_kept(received), filing_spec(filing))


def filing_sheet_apply(*, filing: Filing, received: ReceivedSheet, by: User) -> int:
    """Take it over whole; gives how many values changed.

    Raises SheetApplied, SheetHasErrors, NotYourFiling, FilingLocked.
    """
    with transaction.atomic():
        locked = ReceivedSheet.objects.select_for_update().get(pk=received.pk)
        if locked.applied_at:
            raise SheetApplied(name=locked.name)
        current = (
            Filing.objects.select_for_update(of=("self",))
            .select_related("form", "version__form", "agency")
            .get(pk=filing.pk)
        )
        found = filing_sheet_look(filing=current, received=locked)
        if found.issues:
            raise SheetHasErrors(found.issues)
        values = values_of(current, found)
        source = _("Excel form “%(name)s”") % {"name": locked.name}
        count = values_apply(filing=current, values=values, revision=current.revision, by=by, source=source)
        locked.applied_at, locked.pages = timezone.now(), []
        locked.save(update_fields=["applied_at", "pages"])
    return count


def values_of(filing: Filing, found: SheetRead) -> dict[str, Json]:
    """Answers by path; a row that people added gets a key."""
    values: dict[str, Json] = {key: given[VALUE] for key, given in found.answers.get(FIELDS, {}).items()}
    for table, rows in found.answers.items():
        if table == FIELDS:
            continue
        keys = list(rows_of(filing.schema.fields[table], filing.values))
        for row, given in rows.items():
            key = row if row in keys else "r" + get_random_string(ROW_KEY, ROW_LETTERS)
            if key not in keys:
                keys.append(key)
                values[table] = keys
            values |= {f"{table}.{key}.{column}": value for column, value in given.items()}
    return values


@dataclass(frozen=True, slots=True)
class Change:
    """A value that an Excel form changes, in words."""

    name: str
    before: str
    after: str


def changes_of(filing: Filing, found: SheetRead) -> list[Change]:
    """What taking it over would change, in the order of the form."""
    schema = filing.schema
    lines = []
    for page, rows in found.answers.items():
        for row, given in rows.items():
            for column, value in given.items():
                path = row if page == FIELDS else f"{page}.{row}.{column}"
                new = row.startswith(NEW)
                field = (
                    schema.field_at(path)
                    if not new
                    else next(c for c in schema.fields[page].columns if c.key == column)
                )
                assert field is not None
                name = (
                    _("%(table)s, new row, %(column)s") % {"table": schema.fields[page].label, "column": field.label}
                    if new
                    else row_name(filing, path)
                )
                lines.append(Change(name, show(field, filing.values.get(path)), show(field, value)))
    return lines
