"""The public door for writing: definitions, filings and what is decided on them. Each is one transaction."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.files import file_store
from hopluc.core.history import acting
from hopluc.forms import events
from hopluc.forms.errors import (
    ChangedMeanwhile,
    FlawedForm,
    NoReason,
    NoSuchField,
    NoSuchUntil,
    NotComplete,
    NotWaiting,
    NotYourFiling,
    NotYourTurn,
    NoVersion,
    TooManyRows,
    UnfitValue,
    ValuesMoved,
    VersionPublished,
)
from hopluc.forms.filing import (
    approvals,
    check_editable,
    differing,
    faults_of,
    field_of,
    row_name,
    seal,
    stopping,
    write,
)
from hopluc.forms.levels import Level, decides, levels_of, own_head, waiting_for
from hopluc.forms.models import Decision, Filing, Form, FormVersion
from hopluc.forms.schema.checking import paths
from hopluc.forms.schema.definition import Field, Flawed, read_schema
from hopluc.forms.schema.values import Unfit, read, show
from hopluc.units.models import Agency

Json = Any
State, Verb = Filing.State, Decision.Verb
FILL = "fill in"  # a right
LONGEST_OPEN = timedelta(days=60)  # that a timed exception lasts
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
    """Who asks for a filing, by when, and who signs and approves it in turn; without levels the head of its agency alone."""

    by: Agency | None = None
    due_on: date | None = None
    levels: tuple[Level, ...] | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """A value filled in beforehand, and where it is from: `Báo cáo năm 2025`."""

    value: Json
    source: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What was saved at a path: how it is shown, when, and what of the whole form does not fit now."""

    filing: Filing
    path: str
    shown: str
    at: datetime
    revision: int


# Definitions


@transaction.atomic
def version_draft(
    *,
    code: str,
    title_vi: str,
    title_en: str,
    schema: Json,
    starts_on: date,
    ends_on: date | None = None,
    source: str = "",
    by: User | None = None,
) -> FormVersion:
    """A new version of a form, and the form where it is new; the draft before it is replaced. Raises FlawedForm."""
    try:
        read_schema(schema)
    except Flawed as error:
        raise FlawedForm(form=title_vi, flaws="; ".join(map(str, error.flaws))) from error
    with acting(by.pk if by else None, act="form.drafted"):
        form, _made = Form.objects.update_or_create(code=code, defaults={"title_vi": title_vi, "title_en": title_en})
        Form.objects.select_for_update().get(pk=form.pk)
        form.versions.filter(published_at=None).delete()
        last = form.versions.order_by("-number").first()
        version = FormVersion(
            form=form,
            number=last.number + 1 if last else 1,
            starts_on=starts_on,
            ends_on=ends_on,
            source=source,
            schema=schema,
        )
        version.full_clean()
        version.save()
    return version


@transaction.atomic
def version_publish(*, version: FormVersion, by: User | None = None) -> None:
    """From now on it never changes. Raises VersionPublished."""
    locked = FormVersion.objects.select_for_update(of=("self",)).select_related("form").get(pk=version.pk)
    if locked.published_at:
        raise VersionPublished(number=locked.number, form=locked.form)
    with acting(by.pk if by else None, act="form.published"):
        locked.published_at, locked.published_by = timezone.now(), by
        locked.save(update_fields=["published_at", "published_by"])


def version_in_force(code: str, *, on: date) -> FormVersion:
    """The published version that a day's filings are made on. Raises NoVersion."""
    found = FormVersion.objects.published(on=on).filter(form__code=code).select_related("form").first()
    if found is None:
        raise NoVersion(form=Form.objects.filter(code=code).first() or code, day=f"{on:%d/%m/%Y}")
    return found


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
    steps = (own_head(agency),) if asked.levels is None else asked.levels
    about = {
        "version": version,
        "asked_by": asked.by,
        "period": period.name,
        "due_on": asked.due_on,
        "subject": subject.name if subject else "",
        "levels": [step.as_json for step in steps],
        "last": dict(last or {}),
    }
    with acting(by.pk if by else None, act="filing.opened"):
        filing, made = Filing.objects.get_or_create(
            form=version.form,
            agency=agency,
            starts_on=period.starts_on,
            ends_on=period.ends_on,
            subject_kind=subject.kind if subject else "",
            subject_id=subject.pk if subject else 0,
            defaults=about,
        )
        if made and known:
            _fill(filing, known)
    return filing


def _fill(filing: Filing, known: Mapping[str, Known]) -> None:
    for path, each in known.items():
        write(filing, path, each.value, by=0, at=timezone.now(), source=each.source)
    strange = known.keys() - set(paths(filing.version.read, filing.values))
    if strange:
        raise NoSuchField(path=", ".join(sorted(strange)))
    filing.save(update_fields=["values", "marks"])


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
        stored = file_store(upload)
        return _save(locked, path, field, {"id": stored.pk, "name": (upload.name or "")[:255]}, seen, by)


def _save(filing: Filing, path: str, field: Field, value: Json, seen: int, by: User) -> Saved:
    mark, stands = filing.marks.get(path, {}), filing.values.get(path)
    now = timezone.now()
    if value != stands:
        if mark.get("revision", 0) > seen:
            _refuse_stale(mark, show(field, stands), show(field, value))
        filing.revision += 1
        write(filing, path, value, by=by.pk, at=now)
        filing.save(update_fields=["values", "marks", "revision"])
    return Saved(filing, path, show(field, value), now, filing.marks.get(path, {}).get("revision", 0))


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
    field = filing.version.read.fields.get(table)
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
    """The row, ours until the end, where somebody may change its values now. Raises NotYourFiling, FilingLocked."""
    locked = _row(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    check_editable(locked, today=localdate())
    return locked


def _row(filing: Filing) -> Filing:
    rows = Filing.objects.select_for_update(of=("self",)).select_related("version__form", "agency", "form")
    return rows.get(pk=filing.pk)


# Decisions


@transaction.atomic
def filing_submit(*, filing: Filing, by: User) -> None:
    """Hand it in for the levels to sign and approve. Raises NotYourFiling, FilingLocked, NotComplete with what is missing."""
    locked = _row(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    if locked.state != State.REOPENED:  # once changed it must be handed in, even where its time is over
        check_editable(locked, today=localdate())
    if found := stopping(faults_of(locked)):
        raise NotComplete(found)
    with acting(by.pk, act="filing.submitted"):
        _decide(locked, Verb.SUBMIT, by)
        _advance(locked, 0)
        events.filed.send(Filing, filing=locked, by=by)
        if locked.state == State.APPROVED:
            events.approved.send(Filing, filing=locked, by=by)


@transaction.atomic
def filing_withdraw(*, filing: Filing, by: User) -> None:
    """Take it back while nobody has signed it. Raises NotYourFiling, NotWaiting."""
    locked = _row(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    if locked.state != State.WAITING or locked.level:
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    with acting(by.pk, act="filing.withdrawn"):
        _decide(locked, Verb.WITHDRAW, by)
        _move(locked, State.DRAFT)


@transaction.atomic
def filing_approve(*, filing: Filing, seen: str, by: User) -> None:
    """Sign, or approve at the level that decides now, the values whose hash was `seen`.

    Raises NotWaiting, NotYourTurn, ValuesMoved.
    """
    locked = _deciding(filing, by)
    if seal(locked)[0] != seen:
        raise ValuesMoved
    with acting(by.pk, act="filing.approved"):
        _decide(locked, Verb.APPROVE, by, level=locked.level)
        _advance(locked, locked.level + 1)
        if locked.state == State.APPROVED:
            events.approved.send(Filing, filing=locked, by=by)


@transaction.atomic
def filing_return(*, filing: Filing, reason: str, by: User) -> None:
    """Send it back to its agency. Raises NotWaiting, NotYourTurn, NoReason."""
    locked = _deciding(filing, by)
    stated = _reason(reason)
    with acting(by.pk, act="filing.returned", reason=stated):
        _decide(locked, Verb.RETURN, by, level=locked.level, reason=stated)
        _move(locked, State.RETURNED)
        events.returned.send(Filing, filing=locked, by=by, reason=stated)


@transaction.atomic
def filing_reopen(*, filing: Filing, until: date, reason: str, by: User) -> None:
    """Let an approved filing be changed until a day, that day included: by whoever decides at its last level.

    Raises NotWaiting, NotYourTurn, NoSuchUntil, NoReason.
    """
    locked = _row(filing)
    if locked.state not in (State.APPROVED, State.REOPENED):
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    steps = levels_of(locked)
    if steps and not decides(by, steps[-1]):
        raise NotYourTurn(level=steps[-1])
    stated, latest = _reason(reason), localdate() + LONGEST_OPEN
    if not localdate() <= until <= latest:
        raise NoSuchUntil(latest=f"{latest:%d/%m/%Y}")
    with acting(by.pk, act="filing.reopened", reason=stated):
        _decide(locked, Verb.REOPEN, by, reason=stated, until=until)
        _move(locked, State.REOPENED, until=until)
        events.reopened.send(Filing, filing=locked, by=by, until=until)


def lapsed_close(*, today: date) -> int:
    """Lock what was reopened until before today and left as it was approved; gives how many."""
    count = 0
    for pk in Filing.objects.filter(state=State.REOPENED, open_until__lt=today).values_list("pk", flat=True):
        with transaction.atomic(), acting(None, act="filing.lapsed"):
            locked = Filing.objects.select_for_update(of=("self",)).select_related("version").get(pk=pk)
            last = locked.decisions.filter(verb__in=(Verb.APPROVE, Verb.SUBMIT)).last()
            if locked.state == State.REOPENED and last and last.sha256 == seal(locked)[0]:
                _move(locked, State.APPROVED, level=max(len(locked.levels) - 1, 0))
                count += 1
    return count


def _deciding(filing: Filing, by: User) -> Filing:
    locked = _row(filing)
    at = waiting_for(locked)
    if at is None:
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    if not decides(by, at):
        raise NotYourTurn(level=at)
    return locked


def _reason(text: str) -> str:
    stated = " ".join(text.split())
    if not any(sign.isalpha() for sign in stated):
        raise NoReason
    return stated


def _decide(
    filing: Filing, verb: str, by: User, *, level: int | None = None, reason: str = "", until: date | None = None
) -> None:
    whole, sections = seal(filing)
    Decision.objects.create(
        filing=filing, verb=verb, level=level, by=by, reason=reason, until=until,
        revision=filing.revision, sha256=whole, sections=sections,
    )  # fmt: skip


def _advance(filing: Filing, level: int) -> None:
    """On to the next level that has not approved these very values; past the last one it is approved."""
    steps = len(filing.levels)
    sections = {section.key for section in filing.version.read.sections}
    while level < steps and sections == approvals(filing, level).keys():
        level += 1
    _move(filing, State.WAITING if level < steps else State.APPROVED, level=min(level, max(steps - 1, 0)))


def _move(filing: Filing, state: str, *, level: int = 0, until: date | None = None) -> None:
    filing.state, filing.level, filing.open_until = state, level, until
    filing.save(update_fields=["state", "level", "open_until"])
