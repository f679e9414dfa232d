"""What stands on an organisation's row for lists, worked out from facts, members and figures; and where it does not agree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from hopluc.core.bulk import rows_update
from hopluc.core.fields import LONGEST
from hopluc.core.sorting import sort_key
from hopluc.registry.fact_kinds import by_number, number_of
from hopluc.registry.industries import sector_of, size_sector_of
from hopluc.registry.models import Fact, Figures, Membership, Organisation
from hopluc.registry.places import places_today
from hopluc.registry.sizes import size_of

CHUNK = 1_000
DAY = timedelta(days=1)
TEXTS = {
    "name": "name",
    "code": "code",
    "governance": "governance",
    "legal_status": "legal_status",
    "operating": "operating",
}
Values = dict[str, Any]  # of the columns of an organisation


class Told(NamedTuple):
    """The value of a fact; rows of the model take ten times as long to make."""

    text: str = ""
    amount: Decimal | None = None
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Deviation:
    organisation: int
    column: str
    stands: object
    due: object


def copies(organisations: Iterable[Organisation], *, on: date) -> dict[int, Values]:
    """The columns of each organisation (its id) as they should be on a day; of one that has ended, as they last were."""
    listed = list(organisations)
    facts = _facts(listed, on)
    members, figures = _members(listed, on), _figures(listed)
    places = places_today(
        {fact.unit_id for held in facts.values() if (fact := held.get("seat")) and fact.unit_id}, on=on
    )
    return {
        one.pk: _columns(one, facts[one.pk], members.get(one.pk), figures.get(one.pk), places, on) for one in listed
    }


def _columns(
    one: Organisation,
    facts: dict[str, Told],
    members: tuple[int, int] | None,
    figures: Figures | None,
    places: dict[int, tuple[int, int]],
    on: date,
) -> Values:
    found: Values = {column: facts[key].text for key, column in TEXTS.items() if key in facts}
    seat = facts.get("seat")
    if seat and seat.unit_id in places:
        found["unit_id"], found["province_id"] = places[seat.unit_id]
        found["address"] = seat.text
    names = [facts[key].text for key in ("short_name", "foreign_name") if key in facts]
    industry = facts["main_industry"].text if "main_industry" in facts else ""
    capital = facts["charter_capital"].amount if "charter_capital" in facts else None
    declared = tuple(int(fact.amount or 0) if (fact := facts.get(key)) else 0 for key in DECLARED)
    every, official = members or (sum(declared), declared[0])
    found |= {
        "other_names": "; ".join(names)[:400],
        "industry": industry,
        "sector": sector_of(industry, kind=one.kind),
        "charter_capital": capital,
        "members": every,
        "official_members": official,
        "figures_year": figures.year if figures else None,
        "revenue": figures.revenue if figures else None,
    }
    known = {
        "official_members": official or None,
        "revenue": figures.revenue if figures else None,
        "capital": figures.equity if figures and figures.equity is not None else capital,
    }
    found["size"] = size_of(size_sector_of(industry), known, on=on).key if one.kind in ("htx", "lhhtx") else ""
    return found


DECLARED = ("official_members", "associate_members")
COPIED = [
    number_of(key)
    for key in (*TEXTS, *DECLARED, "seat", "short_name", "foreign_name", "main_industry", "charter_capital")
]


def _facts(listed: list[Organisation], on: date) -> dict[int, dict[str, Told]]:
    """The values in force, by key of their kind."""
    found: dict[int, dict[str, Told]] = {one.pk: {} for one in listed}
    known = by_number()
    days = defaultdict(list)
    for one in listed:
        days[min(on, one.ended_on - DAY) if one.ended_on else on].append(one.pk)
    for day, ids in days.items():
        rows = Fact.objects.filter(organisation__in=ids, what__in=COPIED, item=0, validity__contains=day).order_by()
        for pk, what, text, amount, unit in rows.values_list("organisation_id", "what", "text", "amount", "unit_id"):
            found[pk][known[what].key] = Told(text, amount, unit)
    for one in listed:  # what it is since it ended
        if one.ended_on:
            found[one.pk].pop("legal_status", None)
            found[one.pk]["legal_status"] = Told("ended")
            found[one.pk]["operating"] = Told("stopped")
    return found


def _members(listed: list[Organisation], on: date) -> dict[int, tuple[int, int]]:
    """How many members the register has, and of them official ones; nothing where it has none at all."""
    rows = Membership.objects.filter(organisation__in=[one.pk for one in listed]).values_list("organisation").order_by()
    now = Q(validity__contains=on)
    counted = rows.annotate(n=Count("pk", filter=now), official=Count("pk", filter=now & Q(kind="official")))
    return {pk: (n, official) for pk, n, official in counted}


def _figures(listed: list[Organisation]) -> dict[int, Figures]:
    newest = Figures.objects.filter(organisation=OuterRef("organisation")).order_by("-year").values("pk")[:1]
    rows = Figures.objects.filter(organisation__in=[one.pk for one in listed]).filter(pk=Subquery(newest))
    return {row.organisation_id: row for row in rows}


def copies_keep(organisation: Organisation, *, on: date) -> Organisation:
    """Bring the row up to what is true."""
    for column, value in copies([organisation], on=on)[organisation.pk].items():
        setattr(organisation, column, value)
    organisation.save()
    return organisation


def copies_keep_all(ids: Collection[int], *, on: date) -> None:
    """The same for many at once, within the transaction of what changed them."""
    listed = sorted(ids)
    for start in range(0, len(listed), CHUNK):
        chunk = list(Organisation.objects.filter(pk__in=listed[start : start + CHUNK]).defer("words"))
        due = copies(chunk, on=on)
        columns = sorted({column for values in due.values() for column in values} | {"sort_key"})
        rows_update(Organisation, columns, (_row(one, columns, due[one.pk]) for one in chunk))


def _row(one: Organisation, columns: Iterable[str], values: Values) -> list[Any]:
    name = str(values.get("name", one.name))
    values = {**values, "sort_key": sort_key(name[:LONGEST])}
    return [one.pk, *(values[column] if column in values else getattr(one, column) for column in columns)]


def deviations(*, on: date, among: QuerySet[Organisation] | None = None) -> Iterator[Deviation]:
    """Where a row says something else than its facts, members and figures; of all, or of some."""
    rows = (
        (Organisation.objects.all() if among is None else among)
        .order_by("pk")
        .defer("words")
        .iterator(chunk_size=CHUNK)
    )
    while chunk := list(islice(rows, CHUNK)):
        due = copies(chunk, on=on)
        for one in chunk:
            for column, value in due[one.pk].items():
                stands = getattr(one, column)
                if not _same(stands, value):
                    yield Deviation(one.pk, column, stands, value)


def _same(stands: object, due: object) -> bool:
    if isinstance(stands, Decimal | int) and isinstance(due, Decimal | int):
        return Decimal(stands) == Decimal(due)
    return stands == due


def copies_renew(*, on: date) -> int:
    """What changes as a day comes: a suspension that was notified before, a commune that became part of another."""
    begun = Organisation.objects.filter(facts__validity__startswith=on)
    moved = Organisation.objects.filter(unit__validity__endswith__lte=on, ended_on=None)
    return _renewed(set(begun.values_list("pk", flat=True)) | set(moved.values_list("pk", flat=True)), on)


def copies_repair(*, on: date) -> int:
    """Bring every row up that does not agree; gives how many."""
    return _renewed({each.organisation for each in deviations(on=on)}, on)


def _renewed(ids: Collection[int], on: date) -> int:
    for pk in sorted(ids):
        with transaction.atomic():
            copies_keep(Organisation.objects.select_for_update().get(pk=pk), on=on)
    return len(ids)
