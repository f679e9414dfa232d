"""A list on its way: sent, read in a bounded process, compared with the registry, its rows kept until somebody decides."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import date
from pathlib import PurePath
from queue import SimpleQueue
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, posts_of
from hopluc.core.bounded import OutOfBounds, Report, bounded
from hopluc.core.bulk import rows_copy, uncollected
from hopluc.core.files import file_store
from hopluc.documents.columns import columns_keep, columns_kept
from hopluc.documents.reading import OUT_OF_BOUNDS
from hopluc.registry.errors import (
    ColumnsMissing,
    ColumnTwice,
    ListBusy,
    ListNotSent,
    ListOfTheFuture,
    ListTooLarge,
    NotYourRegistry,
    SheetTaken,
)
from hopluc.registry.intake.checking import Checked
from hopluc.registry.intake.columns import IGNORED, ListColumn, columns_from, tidied, twice
from hopluc.registry.intake.issues import Issue
from hopluc.registry.intake.judging import Known, compare_with_others, known_of, parts_checked, rows_checked
from hopluc.registry.intake.values import Row, rows_of
from hopluc.registry.models import ImportRow, ListImport
from hopluc.registry.selectors import scope_of
from vanban.tasksheets.cells import letters

Json = dict[str, Any]
State = ListImport.State
Parts = SimpleQueue[list[Any] | None]  # rows that the bounded process has read; None: it has ended
USE = "registry"  # of kept columns
OPEN, READ = (
    "hopluc.registry.intake.opening:open_list",
    "hopluc.registry.intake.reader:read_list",
)  # in the bounded process
SECONDS, MEGABYTES = 120, 2_000
AT_WORK = (State.WAITING, State.READING, State.CHECKING, State.TAKING, State.UNDOING)
SHOWN_EVERY = 0.5  # seconds between two words of how far it is
WAITING_ROWS = ("new", "changed", "same", "doubtful", "error")


def list_receive(*, upload: UploadedFile | None, since: date, source: str, by: User) -> ListImport:
    """Keep a list and have it read. Raises ListNotSent, ListTooLarge, ListOfTheFuture."""
    if upload is None:
        raise ListNotSent
    name = PurePath(str(upload.name)).name[:255]
    if (upload.size or 0) > settings.UPLOAD_BYTES:
        raise ListTooLarge(name=name, megabytes=settings.UPLOAD_BYTES // 1_000_000)
    if since > localdate():
        raise ListOfTheFuture(day=date_format(since))
    stored = file_store(upload)
    owner = posts_of(by, "keep registry")[0].agency
    with transaction.atomic():
        sent = ListImport.objects.create(
            owner=owner, by=by, file=stored, name=name, since=since, source=" ".join(source.split())[:260] or name
        )
        defer("list_read", import_id=sent.pk)
    return sent


def header_choose(*, sent: ListImport, sheet: str, header: tuple[int, int], by: User) -> None:
    """Read another sheet, or by another heading row. Raises NotYourRegistry, ListBusy, SheetTaken."""
    with transaction.atomic():
        locked = list_locked(sent, by)
        read = ((locked.mapping or {}).get("mapping") or {}).get("sheet", sheet)
        if read != sheet and locked.rows.filter(state="taken").exists():
            raise SheetTaken(read=read, sheet=sheet)
        locked.mapping = {"asked": {"sheet": sheet, "header": list(header)}}
        locked.state = State.WAITING
        locked.save(update_fields=["mapping", "state"])
        defer("list_read", import_id=locked.pk)


def columns_choose(*, sent: ListImport, columns: Sequence[ListColumn], year: int, by: User) -> None:
    """Which column is what, kept for the next list with the same headings; its rows are compared then.

    Raises NotYourRegistry, ListBusy, ColumnsMissing, ColumnTwice.
    """
    chosen = tidied(columns, year=year)
    if not {"name", "code"} & {column.role for column in chosen}:
        raise ColumnsMissing
    for one, other in twice(chosen):
        raise ColumnTwice(one=one.name or letters(one.index), other=other.name or letters(other.index))
    with transaction.atomic():
        locked = list_locked(sent, by)
        assert locked.mapping is not None
        mapping = {**locked.mapping["mapping"], "columns": [column.as_json() for column in chosen]}
        locked.mapping = {**locked.mapping, "mapping": mapping, "year": year, "confirmed": True}
        locked.state = State.CHECKING
        locked.step, locked.done, locked.total = "read", 0, 0
        locked.save(update_fields=["mapping", "state", "step", "done", "total"])
        columns_keep(locked.owner, USE, mapping)
        defer("list_check", import_id=locked.pk)


def defer(job: str, **about: int) -> None:
    """Have it done once this transaction is in."""
    from hopluc.registry import jobs  # noqa: PLC0415  jobs are doors to these services

    getattr(jobs, job).defer(**about)


def list_locked(sent: ListImport, by: User) -> ListImport:
    """Raises NotYourRegistry, ListBusy."""
    locked = ListImport.objects.select_for_update(of=("self",)).select_related("owner").get(pk=sent.pk)
    if not lists_seen(by).filter(pk=locked.pk).exists():
        raise NotYourRegistry(place=locked.owner.name)
    if locked.state in AT_WORK:
        raise ListBusy(name=locked.name, state=locked.get_state_display())
    return locked


# The jobs. Each may be run twice without harm.


def list_read(*, import_id: int) -> None:
    """Open the file: its columns as guessed, or as they were confirmed for the same headings before."""
    sent = ListImport.objects.select_related("file", "owner").get(pk=import_id)
    if sent.state not in (State.WAITING, State.READING):
        return
    _report(sent, "read", 0, 1, state=State.READING)
    asked = (sent.mapping or {}).get("asked", {})
    result = _bounded(sent, OPEN, asked)
    if "problem" in result:
        _fail(sent, result["problem"])
        return
    if kept := columns_kept(sent.owner, USE, result["mapping"]):
        result["mapping"]["columns"] = kept
    sent.mapping = {**result, "kept": bool(kept), "year": sent.since.year - 1}
    sent.state, sent.problem = State.MAPPING, None
    sent.save(update_fields=["mapping", "state", "problem"])


@uncollected()
def list_check(*, import_id: int) -> None:
    """Read the rows by the confirmed columns, compare them with the registry, and keep what would become of each."""
    sent = ListImport.objects.select_related("file", "by").get(pk=import_id)
    if sent.state != State.CHECKING or sent.mapping is None:
        return
    columns = [one for one in columns_from(sent.mapping["mapping"]) if one.role != IGNORED]
    parts: Parts = SimpleQueue()
    with ThreadPoolExecutor(1) as beside:  # while the bounded process reads, rows are compared and kept
        reading = beside.submit(_read, sent, _asked(sent.mapping["mapping"], columns), parts)
        reading.add_done_callback(lambda _done: parts.put(None))
        known = known_of(sent, columns)
        decided = dict(sent.rows.exclude(decision="").values_list("number", "decision"))
        try:
            checked = parts_checked(sent, _arriving(sent, parts, reading), columns, known, decided=decided)
            rows_keep(sent, checked, decided, known, reading)
        except Unread as unread:
            _fail(sent, unread.problem)


class Unread(Exception):
    """The file cannot be read to its end, or no row of it says anything: nothing of it is kept."""

    def __init__(self, problem: Json) -> None:
        super().__init__(problem["code"])
        self.problem = problem


def _read(sent: ListImport, asked: Json, parts: Parts) -> Json:
    """Hands the rows on, and says now and then how far it is: it has a connection of its own, so that this is seen at once."""
    shown = monotonic()

    def report(_step: str, done: int, total: int, *read: Any) -> None:
        nonlocal shown
        for part in read:
            parts.put(part)
        if monotonic() > shown + SHOWN_EVERY:
            shown = monotonic()
            _report(sent, "compare", done, total)

    try:
        return _bounded(sent, READ, asked, report)
    finally:
        connection.close()


def _arriving(sent: ListImport, parts: Parts, reading: Future[Json]) -> Iterator[list[Row]]:
    """The rows that are not taken over yet, in parts, as they are read. Their end raises Unread."""
    taken = set(sent.rows.filter(state="taken").values_list("number", flat=True))

    def arriving() -> Iterator[list[Row]]:
        for numbers, said, issues in iter(parts.get, None):
            rows = rows_of(numbers, said, {int(number): _issues(each) for number, each in issues.items()})
            yield [row for row in rows if row.number not in taken]
        if "problem" in (result := reading.result()):
            raise Unread(result["problem"])

    return arriving()


def _asked(mapping: Json, columns: Iterable[ListColumn]) -> Json:
    """What the bounded process is told."""
    read = [one.as_json() for one in columns]
    return {"sheet": mapping["sheet"], "header": mapping["header"] or [0, 0], "columns": read}


@transaction.atomic
def rows_keep(
    sent: ListImport, parts: Iterable[list[Checked]], decided: dict[int, str], known: Known, reading: Future[Json]
) -> None:
    """In place of what was kept of rows that are not taken over; only while nothing else happens to the list. Raises Unread.

    The database takes rows in while the next are compared: it is asked nothing before the last is there.
    """
    if not _mine(sent):
        return
    waiting = ImportRow.objects.filter(list_import=sent, state__in=WAITING_ROWS)
    waiting._raw_delete("default")
    found: list[Checked] = []

    def staged() -> Iterator[tuple[Any, ...]]:
        for part in parts:
            found.extend(part)
            yield from _staged(sent.pk, part, decided)

    rows_copy(ImportRow, COLUMNS, staged())
    again = compare_with_others(found, known.snapshot)
    waiting.filter(number__in=[one.row.number for one in again])._raw_delete("default")
    rows_copy(ImportRow, COLUMNS, _staged(sent.pk, again, decided))
    mapping = {**(sent.mapping or {}), "passed": reading.result()["passed"]}
    ListImport.objects.filter(pk=sent.pk, state=State.CHECKING).update(state=State.CHECKED, mapping=mapping)


def _mine(sent: ListImport) -> bool:
    """Whether it is still to be checked: until the end of the transaction nobody else begins with that.

    The list itself is not locked, since how far it is is written there.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('registry_list_check'), %s)", [sent.pk])
    return ListImport.objects.filter(pk=sent.pk, state=State.CHECKING).exists()


COLUMNS = (
    "list_import_id",
    "number",
    "name",
    "state",
    "warned",
    "organisation_id",
    "decision",
    "values",
    "outcome",
    "made",
)


written = json.JSONEncoder(ensure_ascii=False, default=str).encode


def _staged(pk: int, checked: Iterable[Checked], decided: dict[int, str]) -> Iterator[tuple[Any, ...]]:
    for one in checked:
        row = one.row
        values, outcome = written(row.values), written(one.outcome())
        name = row.values.get("name", "")[:300]
        yield (
            pk,
            row.number,
            name,
            one.state,
            one.warned,
            one.organisation,
            decided.get(row.number, ""),
            values,
            outcome,
            "{}",
        )


def row_decide(*, row: ImportRow, decision: str, by: User) -> ImportRow:
    """What somebody says of a row: `new`, `skip`, the id of the organisation that it is about, or nothing after all.

    Raises NotYourRegistry, ListBusy.
    """
    with transaction.atomic():
        sent = list_locked(row.list_import, by)
        locked = ImportRow.objects.select_for_update(of=("self",)).get(pk=row.pk)
        if locked.state == "taken" or not _possible(locked, decision):
            return locked
        locked.decision = decision
        if decision != "skip":
            again = Row(locked.number, locked.values, kept_issues(locked))
            assert sent.mapping is not None
            columns = columns_from(sent.mapping["mapping"])
            (one,) = rows_checked(sent, [again], columns, known_of(sent, columns), decided={locked.number: decision})
            locked.state, locked.organisation_id, locked.warned = one.state, one.organisation, one.warned
            locked.outcome = {**one.outcome(), "candidates": locked.outcome["candidates"]}
        locked.save()
        return locked


def _possible(row: ImportRow, decision: str) -> bool:
    asked = {str(pk) for pk, _score in row.outcome["candidates"]}
    return decision in {"", "new", "skip"} | asked


def kept_issues(row: ImportRow) -> list[Issue]:
    """What is wrong with the cells themselves stays; what came of the comparison is found anew."""
    return [each for each in _issues(row.outcome["issues"]) if each.code.startswith("L1") or each.code == "L211"]


def _issues(listed: Iterable[Json]) -> list[Issue]:
    return [Issue(each["code"], each["role"], each["about"]) for each in listed]


def rows_counted(sent: ListImport) -> dict[str, int]:
    """Rows by state; those left out by somebody are `skipped`, those to be checked are also `warned`."""
    rows = ImportRow.objects.filter(list_import=sent).order_by()
    found: dict[str, int] = {}
    for state, skipped, warned, n in rows.values_list("state", "decision", "warned").annotate(n=Count("pk")):
        key = "skipped" if skipped == "skip" and state != "taken" else state
        found[key] = found.get(key, 0) + n
        if warned:
            found["warned"] = found.get("warned", 0) + n
    return found


def _bounded(sent: ListImport, work: str, request: Json, report: Report = lambda *_step: None) -> Json:
    asked = {"path": sent.file.data.path, "name": sent.name, **request}
    try:
        return bounded(work, asked, seconds=SECONDS, megabytes=MEGABYTES, report=report)
    except OutOfBounds as bound:
        code, vi, en = OUT_OF_BOUNDS[bound.why]
        return {"problem": {"code": code, "vi": vi, "en": en}}


def _report(sent: ListImport, step: str, done: int, total: int, **more: Any) -> None:
    ListImport.objects.filter(pk=sent.pk).update(step=step, done=done, total=total, **more)


def _fail(sent: ListImport, problem: Json) -> None:
    ListImport.objects.filter(pk=sent.pk).update(state=State.FAILED, problem=problem)


def lists_seen(by: User) -> QuerySet[ListImport]:
    """The lists of the province in whose registry somebody has a part; at a commune, those of one's own agency."""
    own = Q(owner__in=agencies(by, "keep registry"))
    return ListImport.objects.filter(own | Q(owner__province__in=scope_of(by, "keep registry").provinces))
