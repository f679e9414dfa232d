"""Rows of a list into the registry: all that are ready in one transaction and one act of history, the rest wait."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate, now
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.bulk import ids_take, rows_copy, rows_update
from hopluc.core.fields import LONGEST
from hopluc.core.history import acting
from hopluc.core.sorting import sort_key
from hopluc.registry.copies import copies_keep_all
from hopluc.registry.errors import NothingToTake
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.intake.checking import REPRESENTATIVE, SEAT, Checked
from hopluc.registry.intake.columns import FIGURES, columns_from
from hopluc.registry.intake.judging import known_of, rows_checked
from hopluc.registry.intake.places import street_of
from hopluc.registry.intake.snapshot import HEADS
from hopluc.registry.intake.staging import defer, kept_issues, list_locked
from hopluc.registry.intake.values import Row
from hopluc.registry.models import (
    Batch,
    Event,
    Fact,
    Figures,
    ImportRow,
    ListImport,
    Membership,
    Officer,
    Organisation,
    Party,
    Succession,
)
from hopluc.registry.models.figures import AMOUNTS, COUNTS

State = ListImport.State
FROM_FOUNDING = ("name", "code", "short_name", "foreign_name")  # of a new one; all else holds from the day of the list
DATED: tuple[type[Model], ...] = (Fact, Event, Officer, Membership, Figures, Succession)
FIGURE_COLUMNS = (*AMOUNTS, *COUNTS)
COLUMNS: dict[type[Model], tuple[str, ...]] = {
    Party: ("kind", "name", "number", "foreign", "sex", "ethnicity", "phone", "address"),
    Organisation: (
        "party_id", "kind", "code", "registered", "founded_on", "name", "other_names", "legal_status", "operating", "unit_id",
        "province_id", "address", "sector", "industry", "governance", "size", "members", "official_members", "sort_key",
    ),
    Fact: ("organisation_id", "what", "item", "validity", "text", "amount", "unit_id", "source"),
    Event: ("organisation_id", "kind", "day", "document", "status_before", "status_after", "note", "by_id", "at"),
    Officer: ("organisation_id", "party_id", "post", "qualification", "validity", "source"),
    Figures: ("organisation_id", "year", "period", *FIGURE_COLUMNS, "source"),
}  # fmt: skip


def import_take(*, sent: ListImport, by: User) -> None:
    """Have all rows taken over that are ready. Raises NotYourRegistry, ListBusy, NothingToTake."""
    with transaction.atomic():
        locked = list_locked(sent, by)
        ready = rows_ready(locked)
        if locked.state != State.CHECKED or not ready.exists():
            raise NothingToTake
        ListImport.objects.filter(pk=locked.pk).update(
            state=State.TAKING, step="compare", done=0, total=ready.count(), by=by
        )
        defer("list_take", import_id=locked.pk)


def rows_ready(sent: ListImport) -> Any:
    return ImportRow.objects.filter(list_import=sent, state__in=("new", "changed")).exclude(decision="skip")


def list_take(*, import_id: int) -> None:
    """Rows that would now become something else than what was shown are left waiting, as they would become now."""
    with transaction.atomic():
        sent = (
            ListImport.objects.select_for_update(of=("self",)).select_related("by", "owner", "batch").get(pk=import_id)
        )
        if sent.state != State.TAKING or sent.mapping is None:
            return
        staged = list(rows_ready(sent))
        _lock({row.organisation_id for row in staged if row.organisation_id})
        agreed, others = _checked_again(sent, staged)
        with acting(sent.by_id, act="registry.list.taken", list_import=sent.pk):
            if agreed:
                _take(sent, agreed)
            _restage(others)
        ListImport.objects.filter(pk=sent.pk).update(state=State.CHECKED, batch=sent.batch)


def _lock(ids: set[int]) -> None:
    list(Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))


Pairs = list[tuple[ImportRow, Checked]]


def _checked_again(sent: ListImport, staged: Sequence[ImportRow]) -> tuple[Pairs, Pairs]:
    """Those that would still become what was shown, and those that would not."""
    assert sent.mapping is not None
    rows = [Row(row.number, row.values, kept_issues(row)) for row in staged]
    decided = {row.number: row.decision for row in staged}
    columns = columns_from(sent.mapping["mapping"])
    found = rows_checked(sent, rows, columns, known_of(sent, columns), decided=decided)
    pairs = list(zip(staged, found, strict=True))
    agreed = [(row, one) for row, one in pairs if _same(row, one)]
    return agreed, [(row, one) for row, one in pairs if not _same(row, one)]


def _same(row: ImportRow, one: Checked) -> bool:
    changes = json.loads(json.dumps(one.outcome()["changes"], default=str))
    before, now = (sorted(each, key=lambda change: change[0]) for each in (row.outcome["changes"], changes))
    return (row.state, row.organisation_id, before) == (one.state, one.organisation, now)


def _restage(pairs: Pairs) -> None:
    rows = ((row.pk, one.state, one.organisation, one.warned, _json(one.outcome())) for row, one in pairs)
    rows_update(ImportRow, ("state", "organisation_id", "warned", "outcome"), rows)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, cls=DjangoJSONEncoder)


@dataclass(slots=True)
class Writing:
    """Rows on their way into the tables, and of each row of the list what it made and what stood there before."""

    sent: ListImport
    batch: Batch
    ids: dict[type[Model], Iterator[int]]
    rows: dict[type[Model], list[tuple[Any, ...]]] = field(default_factory=dict)
    made: dict[int, dict[str, Any]] = field(default_factory=dict)  # by id of the row of the list

    def add(self, model: type[Model], *row: Any) -> int:
        pk = next(self.ids[model])
        self.rows.setdefault(model, []).append((pk, *row, self.batch.pk))
        return pk

    def fact(self, row: ImportRow, organisation: int, key: str, since: date, value: Any) -> None:
        kind = fact_kinds()[key]
        text, amount, unit = "", None, None
        if key == SEAT:
            text, unit = value
        elif kind.is_amount:
            amount = Decimal(value)
        else:
            text = value
        validity = DateRange(since, None)
        pk = self.add(Fact, organisation, kind.no, 0, validity, text, amount, unit, self.source(row))
        self.made[row.pk].setdefault("facts", []).append(pk)

    def source(self, row: ImportRow) -> str:
        return f"{self.sent.source}, dòng {row.number}"


def _take(sent: ListImport, pairs: Pairs) -> None:
    batch = sent.batch or Batch.objects.create(kind=Batch.Kind.IMPORT, name=sent.name, by=sent.by)
    sent.batch = batch
    writing = Writing(sent, batch, {model: _ids(model, len(pairs)) for model in COLUMNS})
    with connection.cursor() as cursor:  # with many checks left to the end, each takes far longer
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    at, known = now(), [pair for pair in pairs if pair[1].organisation is not None]
    for row, one in pairs:
        writing.made[row.pk] = {"taking": len(sent.marks)}
        if one.organisation is None:
            _found(writing, row, one, at)
        else:
            _change(writing, row, one)
    _end_facts(writing, known)
    _end_heads(writing, known)
    _rename(writing, known)
    renewed = _figures(writing, pairs)
    written = sum(
        rows_copy(model, ("id", *columns, "batch_id"), writing.rows.get(model, ()))
        for model, columns in COLUMNS.items()
    )
    Batch.objects.filter(pk=batch.pk).update(rows=batch.rows + written + renewed)
    copies_keep_all({_organisation(row, writing) for row, _one in pairs}, on=localdate())
    rows = ((row.pk, "taken", _organisation(row, writing), _json(writing.made[row.pk])) for row, _one in pairs)
    rows_update(ImportRow, ("state", "organisation_id", "made"), rows)
    ListImport.objects.filter(pk=sent.pk).update(taken_at=at, undone_at=None, marks=[*sent.marks, marks_now()])


def marks_now() -> dict[str, int]:
    """The last id that each table of dated rows, and its history, has given: what is greater came later.

    Whoever writes about an organisation takes its ids while it holds that organisation's row.
    """
    found = {}
    with connection.cursor() as cursor:
        for model in DATED:
            events = apps.get_model("registry", f"{model.__name__}Event")
            for table, key in ((model._meta.db_table, "id"), (events._meta.db_table, "pgh_id")):
                cursor.execute(
                    "SELECT last_value FROM pg_sequences WHERE format('%%I.%%I', schemaname, sequencename) = pg_get_serial_sequence(%s, %s)",
                    [table, key],
                )
                row = cursor.fetchone()
                found[table] = (row[0] if row else 0) or 0
    return found


def _ids(model: type[Model], some: int) -> Iterator[int]:
    while True:
        yield from ids_take(model, max(100, some))


def _organisation(row: ImportRow, writing: Writing) -> int:
    return int(writing.made[row.pk].get("organisation") or row.organisation_id or 0)


# New organisations.


def _found(writing: Writing, row: ImportRow, one: Checked, at: Any) -> None:
    """Its row for lists is filled by `copies_keep_all` from what is entered here."""
    values, place, since = one.row.values, one.place, writing.sent.since
    assert place is not None
    founded = date.fromisoformat(values["founded"])
    name, code, kind = values["name"], values.get("code", ""), values["kind"]
    party = writing.add(Party, "organisation", name, code, False, "", "", "", "")
    pk = writing.add(
        Organisation, party, kind, code, kind != "tht" or bool(code), founded, name, "", "active", "working", place.here,
        place.province, "", "", "", "", "", 0, 0, sort_key(name[:LONGEST]),
    )  # fmt: skip
    writing.made[row.pk] |= {"organisation": pk, "parties": [party]}
    seated = max(founded, place.first or founded)
    writing.fact(row, pk, SEAT, seated, (street_of(values.get("address", "")), place.pk))
    for key, status in (("legal_status", "active"), ("operating", "working")):
        writing.fact(row, pk, key, founded, status)
    for key, value in values.items():
        if key in fact_kinds():
            writing.fact(row, pk, key, founded if key in FROM_FOUNDING else max(founded, since), value)
    event = "found_group" if kind == "tht" else "found"
    writing.add(Event, pk, event, founded, writing.source(row), "", "active", "", writing.sent.by_id, at)
    if head := values.get(REPRESENTATIVE):
        _head(writing, row, pk, kind, head)


def _head(writing: Writing, row: ImportRow, organisation: int, kind: str, name: str) -> None:
    party = writing.add(Party, "person", name[:300], "", False, "", "", "", "")
    post = Officer.Post.HEAD if kind == "tht" else Officer.Post.REPRESENTATIVE
    validity = DateRange(writing.sent.since, None)
    officer = writing.add(Officer, organisation, party, post, "", validity, writing.source(row))
    made = writing.made[row.pk]
    made.setdefault("parties", []).append(party)
    made["officers"] = [officer]


# Organisations that the registry has.


def _change(writing: Writing, row: ImportRow, one: Checked) -> None:
    assert one.organisation is not None
    for key, _before, after in one.changes:
        if key in fact_kinds():
            writing.fact(row, one.organisation, key, writing.sent.since, after)
        elif key == REPRESENTATIVE:
            _head(writing, row, one.organisation, one.row.values.get("kind", ""), after)


def _changed(pairs: Pairs, what: str) -> dict[int, ImportRow]:
    return {
        one.organisation: row for row, one in pairs if one.organisation and any(key == what for key, *_ in one.changes)
    }


def _end_facts(writing: Writing, pairs: Pairs) -> None:
    """A value that held before ends the day before the list's; one of that very day gives way."""
    since = writing.sent.since
    asked = {
        (one.organisation, fact_kinds()[key].no): row
        for row, one in pairs
        for key, *_ in one.changes
        if key in fact_kinds()
    }
    held = Fact.objects.filter(
        organisation__in={pk for pk, _what in asked},
        what__in={what for _pk, what in asked},
        item=0,
        validity__contains=since,
    )
    ended, gone = [], []
    for fact in held.order_by().values(*FACT):
        if row := asked.get((fact["organisation_id"], fact["what"])):
            lower, upper = fact["validity"].lower, fact["validity"].upper
            writing.made[row.pk].setdefault("facts_before", []).append({**fact, "validity": [lower, upper]})
            if lower < since:
                ended.append((fact["id"], DateRange(lower, since)))
            else:
                gone.append(fact["id"])
    rows_update(Fact, ("validity",), ended)
    Fact.objects.filter(pk__in=gone)._raw_delete("default")


FACT = ("id", "organisation_id", "what", "item", "validity", "text", "amount", "unit_id", "source", "batch_id")
OFFICER = ("id", "organisation_id", "party_id", "post", "qualification", "validity", "source", "batch_id")


def _end_heads(writing: Writing, pairs: Pairs) -> None:
    """Who stood for them before does so no more."""
    since, rows = writing.sent.since, _changed(pairs, REPRESENTATIVE)
    held = Officer.objects.filter(organisation__in=rows, post__in=HEADS, validity__upper_inf=True)
    ended, gone = [], []
    for officer in held.order_by().values(*OFFICER):
        lower = officer["validity"].lower
        before = writing.made[rows[officer["organisation_id"]].pk].setdefault("officers_before", [])
        before.append({**officer, "validity": [lower, None]})
        if lower < since:
            ended.append((officer["id"], DateRange(lower, since)))
        else:
            gone.append(officer["id"])
    rows_update(Officer, ("validity",), ended)
    Officer.objects.filter(pk__in=gone)._raw_delete("default")


def _rename(writing: Writing, pairs: Pairs) -> None:
    """The party bears the name and the code of its organisation."""
    changed = {
        one.organisation: (row, {key: after for key, _before, after in one.changes if key in ("name", "code")})
        for row, one in pairs
    }
    changed = {pk: each for pk, each in changed.items() if each[1]}
    parties = Party.objects.filter(organisation__in=changed).values_list("organisation", "pk", "name", "number")
    rows = []
    for organisation, pk, name, number in parties:
        row, after = changed[organisation]
        writing.made[row.pk]["party_before"] = [pk, name, number]
        rows.append((pk, after.get("name", name), after.get("code", number)))
    rows_update(Party, ("name", "number"), rows)


# Figures of both.


def _figures(writing: Writing, pairs: Pairs) -> int:
    """Rows of years: those that are there get what the list says, others are new; gives how many were there."""
    said = {}
    for row, one in pairs:
        for year, values in _years(one).items():
            said[_organisation(row, writing), year] = (row, values)
    known = Figures.objects.filter(organisation__in={pk for pk, _year in said}, year__in={year for _pk, year in said})
    renewed = []
    for before in known.values("id", "organisation_id", "year", *FIGURE_COLUMNS, "source"):
        if found := said.pop((before["organisation_id"], before["year"]), None):
            row, values = found
            writing.made[row.pk].setdefault("figures_before", []).append(before)
            renewed.append(
                (before["id"], *({**before, **values}[name] for name in FIGURE_COLUMNS), writing.source(row))
            )
    for (organisation, year), (row, values) in said.items():
        period = DateRange(date(year, 1, 1), date(year + 1, 1, 1))
        pk = writing.add(
            Figures, organisation, year, period, *(values.get(name) for name in FIGURE_COLUMNS), writing.source(row)
        )
        writing.made[row.pk].setdefault("figures", []).append(pk)
    return rows_update(Figures, (*FIGURE_COLUMNS, "source"), renewed)


def _years(one: Checked) -> dict[int, dict[str, Decimal]]:
    pairs: Iterable[tuple[str, Any]] = one.row.values.items()
    if one.organisation is not None:
        pairs = ((key, after) for key, _before, after in one.changes)
    found: dict[int, dict[str, Decimal]] = {}
    for key, value in pairs:
        if key.startswith(FIGURES):
            name, _colon, year = key.removeprefix(FIGURES).partition(":")
            found.setdefault(int(year), {})[name] = Decimal(value)
    return found
