"""Opening filings and saving their values. Each service is one transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.compiled import Compiled, given
from hopluc.core.files import file_store
from hopluc.core.history import acting
from hopluc.forms.closing import check_open
from hopluc.forms.errors import (
    ChangedMeanwhile,
    NoSuchField,
    NotYourFiling,
    TooManyRows,
    UnfitValue,
    ValuesMoved,
)
from hopluc.forms.filing import (
    check_editable,
    differing,
    field_of,
    row_name,
    write,
)
from hopluc.forms.levels import Level, own_head
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.schema.checking import paths
from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.values import Unfit, read, show
from hopluc.forms.services.definitions import version_in_force
from hopluc.units.models import Agency

Json = Any
FILL = "fill in"  # a right
FILES = (".pdf", ".docx", ".doc", ".odt", ".xlsx", ".xls", ".ods", ".jpg", ".jpeg", ".png", ".txt")
ROW_KEY, ROW_LETTERS = 6, "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True)
class Period:
    """What a filing is of; `name` as people say it: `2026`, `quý II/2026`."""

    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filing is about, as the app above names it (`plans.task`, its id, its words)."""

    kind: str
    pk: int
    name: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks for a filing, by when, and who signs and approves it in turn: without `levels` the head of its agency, `then` these."""

    by: Agency | None = None
    due_on: date | None = None
    levels: tuple[Level, ...] | None = None
    then: tuple[Level, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A value filled in beforehand, and where it is from: `Báo cáo năm 2025`."""

    value: Json
    source: str


@dataclass(frozen=True, slots=True)
class Before:
    """What is known when a filing is opened: values filled in beforehand, and those of the period before, by path."""

    known: Mapping[str, Known] = field(default_factory=dict)
    last: Mapping[str, Json] = field(default_factory=dict)


NOTHING_KNOWN = Before()


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved at a path, how it is shown and when; what stood there before, and the whole form's revision until then."""

    filing: Filing
    path: str
    shown: str
    at: datetime
    revision: int
    was: Json
    since: int


# Filings


@transaction.atomic
def filing_open(
    *,
    code: str,
    agency: Agency,
    period: Period,
    asked: Asked = Asked(),
    subject: Subject | None = None,
    known: Mapping[str, Known] | None = None,
    last: Mapping[str, Json] | None = None,
    by: User | None = None,
) -> Filing:
    """The filing of a form, agency, period and subject: made once, the same given again ever after. Raises NoVersion.

    `known` are values filled in beforehand with their sources, `last` those of the period before, which jumps are seen from.
    """
    version = version_in_force(code, on=period.ends_on)
    before = {agency.pk: Before(known or {}, last or {})}
    return filings_open(
        version=version, agencies=[agency], period=period, asked=asked, subject=subject, before=before, by=by
    )[0]


@transaction.atomic
def filings_open(
    *,
    version: FormVersion,
    agencies: Collection[Agency],
    period: Period,
    asked: Asked = Asked(),
    subject: Subject | None = None,
    before: Mapping[int, Before] | None = None,
    by: User | None = None,
) -> list[Filing]:
    """The filings of many agencies on one version, as `filing_open` makes each; `before` is by id of the agency."""
    about = {
        "starts_on": period.starts_on,
        "ends_on": period.ends_on,
        "subject_kind": subject.kind if subject else "",
        "subject_id": subject.pk if subject else 0,
    }
    common = about | {
        "form": version.form,
        "version": version,
        "asked_by": asked.by,
        "period": period.name,
        "due_on": asked.due_on,
        "subject": subject.name if subject else "",
    }
    known = before or {}
    with acting(by.pk if by else None, act="filing.opened"):
        made = [_made(Filing(agency=each, **common), asked, known.get(each.pk, NOTHING_KNOWN)) for each in agencies]
        Filing.objects.bulk_create(made, ignore_conflicts=True)
    found = Filing.objects.filter(form=version.form, agency__in=agencies, **about)
    return list(found.select_related("form", "version__form", "agency", "asked_by"))


def _made(filing: Filing, asked: Asked, before: Before) -> Filing:
    steps = (own_head(filing.agency), *asked.then) if asked.levels is None else asked.levels
    filing.levels, filing.last = [step.as_json for step in steps], dict(before.last)
    for path, each in before.known.items():
        write(filing, path, each.value, by=0, at=timezone.now(), source=each.source)
    if before.known and (strange := before.known.keys() - set(paths(filing.schema, filing.values))):
        raise NoSuchField(path=", ".join(sorted(strange)))
    return filing


def value_save(*, filing: Filing, path: str, typed: str, seen: int, by: User) -> Saved:
    """Save what somebody typed; `seen` is the revision of the field that they had before them.

    Raises NotYourFiling, FilingLocked, NoSuchField, UnfitValue; ChangedMeanwhile with both values where somebody was faster.
    """
    with transaction.atomic(), acting(by.pk, act="filing.saved"):
        locked = _locked(filing, by)
        field = field_of(locked, path)
        try:
            value = read(field, typed)
        except Unfit as error:
            raise UnfitValue(field=row_name(locked, path), reason=str(error)) from error
        return _save(locked, path, field, value, seen, by)


def file_attach(*, filing: Filing, path: str, upload: File, seen: int, by: User) -> Saved:
    """Keep a file as the value of a field. Raises as `value_save` does."""
    with transaction.atomic(), acting(by.pk, act="filing.saved"):
        locked = _locked(filing, by)
        field = field_of(locked, path)
        if field.kind != "file":
            raise NoSuchField(path=path)
        _check_file(locked, path, upload)
        stored = file_store(upload)
        return _save(locked, path, field, {"id": stored.pk, "name": (upload.name or "")[:255]}, seen, by)


def _check_file(filing: Filing, path: str, upload: File) -> None:
    """Raises UnfitValue for a file that is empty, too large or of a kind that nobody could open here."""
    name, ending = upload.name or "", Path(upload.name or "").suffix.lower()
    if not upload.size:
        reason = _("“%(name)s” is empty. Save the file again, then choose it again.") % {"name": name}
    elif upload.size > settings.UPLOAD_BYTES:
        limit = {"name": name, "limit": settings.UPLOAD_BYTES // 1_000_000}
        reason = _("“%(name)s” is larger than %(limit)s MB. Send the file without its pictures, or in parts.") % limit
    elif ending not in FILES:
        reason = _("“%(name)s” is of another kind than these: %(kinds)s.") % {"name": name, "kinds": ", ".join(FILES)}
    else:
        return
    raise UnfitValue(field=row_name(filing, path), reason=reason)


def _save(filing: Filing, path: str, field: Field, value: Json, seen: int, by: User) -> Saved:
    mark, stands, since = filing.marks.get(path, {}), filing.values.get(path), filing.revision
    now = timezone.now()
    if value != stands:
        if mark.get("revision", 0) > seen:
            _refuse_stale(mark, show(field, stands), show(field, value))
        filing.revision += 1
        write(filing, path, value, by=by.pk, at=now)
        filing.save(update_fields=["values", "marks", "revision"])
    mine = filing.marks.get(path, {}).get("revision", 0)
    return Saved(filing, path, show(field, value), now, mine, stands, since)


def _refuse_stale(mark: Json, theirs: str, mine: str) -> None:
    who = User.objects.filter(pk=mark["by"]).first()
    raise ChangedMeanwhile(who=str(who or "–"), theirs=theirs, mine=mine, revision=mark["revision"])


def row_add(*, filing: Filing, table: str, by: User) -> str:
    """A row more in a table without fixed rows; gives its key. Raises NotYourFiling, FilingLocked, NoSuchField, TooManyRows."""
    with transaction.atomic(), acting(by.pk, act="filing.row_added"):
        locked = _locked(filing, by)
        field = _table(locked, table)
        rows = list(locked.values.get(table, []))
        if len(rows) >= field.most_rows:
            raise TooManyRows(table=field.label, most=field.most_rows)
        key = "r" + get_random_string(ROW_KEY, ROW_LETTERS)
        _rows(locked, table, [*rows, key], by)
    return key


def row_remove(*, filing: Filing, table: str, row: str, by: User) -> None:
    """Take a row away; `row_restore` brings it back. Raises NotYourFiling, FilingLocked, NoSuchField."""
    with transaction.atomic(), acting(by.pk, act="filing.row_removed"):
        locked = _locked(filing, by)
        _table(locked, table)
        rows = list(locked.values.get(table, []))
        if row not in rows:
            raise NoSuchField(path=f"{table}.{row}")
        start = f"{table}.{row}."
        gone = {path: locked.values.pop(path) for path in list(locked.values) if path.startswith(start)}
        at = rows.index(row)
        _rows(locked, table, [each for each in rows if each != row] or None, by)
        locked.marks[f"{table}.{row}"] = {"removed": gone, "at": at}
        locked.save(update_fields=["marks"])


def row_restore(*, filing: Filing, table: str, row: str, by: User) -> None:
    """Bring a row back that was taken away. Raises NotYourFiling, FilingLocked, NoSuchField."""
    with transaction.atomic(), acting(by.pk, act="filing.row_restored"):
        locked = _locked(filing, by)
        _table(locked, table)
        gone = locked.marks.pop(f"{table}.{row}", None)
        if gone is None or "removed" not in gone:
            raise NoSuchField(path=f"{table}.{row}")
        rows = list(locked.values.get(table, []))
        rows.insert(gone["at"], row)
        locked.values |= gone["removed"]
        _rows(locked, table, rows, by)


def _table(filing: Filing, table: str) -> Field:
    field = filing.schema.fields.get(table)
    if field is None or field.kind != "table" or field.rows:
        raise NoSuchField(path=table)
    return field


def _rows(filing: Filing, table: str, rows: list[str] | None, by: User) -> None:
    filing.revision += 1
    write(filing, table, rows, by=by.pk, at=timezone.now())
    filing.save(update_fields=["values", "marks", "revision"])


def values_apply(*, filing: Filing, values: Mapping[str, Json], revision: int, by: User, source: str = "") -> int:
    """Take over many checked values as one act, or none; gives how many changed.

    Raises NotYourFiling, FilingLocked, ValuesMoved where the filing changed since `revision`.
    """
    with transaction.atomic(), acting(by.pk, act="filing.sheet_applied"):
        locked = _locked(filing, by)
        if locked.revision != revision:
            raise ValuesMoved
        changes = differing(locked, values)
        if changes:
            locked.revision += 1
            for path, value in changes.items():
                write(locked, path, value, by=by.pk, at=timezone.now(), source=source)
            locked.save(update_fields=["values", "marks", "revision"])
        return len(changes)


def _locked(filing: Filing, by: User) -> Filing:
    """The row, ours until the end, where somebody may change its values now.

    Raises NotYourFiling, FilingLocked, what the app above refuses.
    """
    locked = lock(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    check_editable(locked, today=localdate())
    check_open(locked)
    return locked


LOCKED = Compiled(
    lambda: (
        Filing.objects.filter(pk=given("pk"))
        .select_for_update(of=("self",))
        .select_related("version")
        .defer("version__schema")
    )
)


def lock(filing: Filing) -> Filing:
    """The row, ours until the end of the transaction. Raises Filing.DoesNotExist."""
    for found in LOCKED(pk=filing.pk):
        return found
    raise Filing.DoesNotExist
