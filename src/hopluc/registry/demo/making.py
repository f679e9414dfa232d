"""The invented registry, brought into the tables by COPY as one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localdate, now
from psycopg.types.range import DateRange

from hopluc.core.bulk import ids_take, rows_copy
from hopluc.core.fields import LONGEST
from hopluc.core.sorting import sort_key
from hopluc.registry.demo.invented import Happening, Invented, Person, Year, organisation, person
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.industries import sector_of, size_sector_of
from hopluc.registry.models import Batch, Event, Fact, Figures, Membership, Officer, Organisation, Party
from hopluc.registry.sizes import size_of
from hopluc.units.models import Lineage, Tier, Unit

NAME = "Dữ liệu mẫu"
SOURCE = "Dữ liệu mẫu, không có thật"
SHARES = (("Thái Nguyên", 0.37), ("Thanh Hóa", 0.42), ("Khánh Hòa", 0.21))
UNIONS, FUNDS, REGISTERS = 5, 10, 40
AT_ONCE = 2_000  # ids taken
REDRAWN = date(2025, 7, 1)  # since then the communes of today
DAY = timedelta(days=1)
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of today, the one before it that it is the greatest part of, and their province."""

    here: int
    name: str
    province: int
    before: int | None = None
    since: date = REDRAWN  # of the one before


Ids = dict[type[Model], Iterator[int]]


@dataclass(slots=True)
class Made:
    """Rows of the tables, each of the batch, with its id."""

    batch: int
    ids: Ids
    at: datetime
    rows: dict[type[Model], list[Row]] = field(default_factory=dict)

    def add(self, model: type[Model], *row: Any) -> int:
        """With the next id of its own; gives that."""
        pk = next(self.ids[model])
        self.rows.setdefault(model, []).append((pk, *row, self.batch))
        return pk


@transaction.atomic
def demo_make(*, cooperatives: int = 600, groups: int = 2_000, seed: int = 2026, today: date | None = None) -> int:
    """Invent them; gives how many. Nothing where organisations, or none of the communes of the three provinces, are there."""
    day = today or localdate()
    places = places_of([name for name, _share in SHARES], day)
    if Organisation.objects.exists() or not places:
        return 0
    random = Random(seed)  # noqa: S311  the same data each time
    with connection.cursor() as cursor:  # with many checks left to the end, each takes far longer
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    batch = Batch.objects.create(kind=Batch.Kind.DEMONSTRATION, name=NAME)
    kinds = ["lhhtx"] * min(UNIONS, cooperatives) + ["qtdnd"] * min(FUNDS, max(cooperatives - UNIONS, 0))
    kinds += ["htx"] * (cooperatives - len(kinds)) + ["tht"] * groups
    found = list(_invented(random, kinds, places, day))
    made = made_for(batch)
    fill(made, found, random, day, people=people_of(random, day))
    batch.rows = write(made)
    batch.save(update_fields=["rows"])
    with connection.cursor() as cursor:  # the first lists need not wait for the server's own statistics
        cursor.execute(
            "ANALYZE registry_organisation, registry_fact, registry_event, registry_membership, registry_party"
        )
    return len(found)


def made_for(batch: Batch) -> Made:
    return Made(batch.pk, {model: _ids(model) for model in COLUMNS}, now())


def write(made: Made) -> int:
    """All of it into the tables; gives how many rows."""
    return sum(
        rows_copy(model, ("id", *columns, "batch_id"), made.rows.get(model, ())) for model, columns in COLUMNS.items()
    )


def _ids(model: type[Model]) -> Iterator[int]:
    while True:
        yield from ids_take(model, AT_ONCE)


def places_of(names: Collection[str], today: date) -> dict[str, list[Place]]:
    """By province: its communes, each with its greatest part before the communes were redrawn."""
    now_there = Unit.objects.on(today).filter(tier=Tier.COMMUNE, parent__name__in=names, parent__tier=Tier.PROVINCE)
    units = {unit.pk: unit for unit in now_there.select_related("parent").defer("words").order_by("pk")}
    best: dict[int, tuple[int, date]] = {}
    links = Lineage.objects.filter(target__in=units, source__tier=Tier.COMMUNE).order_by(
        "source__validity", "source_id"
    )
    whole = [row for row in links.values_list("source_id", "target_id", "source__validity") if row[2].lower]
    parted = {source for source, n in Counter(source for source, *_rest in whole).items() if n > 1}
    for source, target, validity in whole:
        if source not in parted:  # else its seat may lie elsewhere today
            best.setdefault(target, (source, validity.lower))
    found: dict[str, list[Place]] = {}
    for unit in units.values():
        assert unit.parent
        before = best.get(unit.pk, (None, REDRAWN))
        found.setdefault(unit.parent.name, []).append(Place(unit.pk, unit.name, unit.parent.pk, *before))
    return found


def _invented(
    random: Random, kinds: list[str], places: dict[str, list[Place]], today: date
) -> Iterator[tuple[Invented, Place]]:
    names = [name for name, _share in SHARES if name in places]
    weights = [share for name, share in SHARES if name in places]
    for turn, kind in enumerate(kinds, 1):
        place = random.choice(places[random.choices(names, weights)[0]])
        since = place.since if place.before else REDRAWN
        yield organisation(random, turn, kind, place.name, since=since, today=today), place


def people_of(random: Random, today: date) -> Iterator[Person]:
    """As many as are asked for, each with a number of their own."""
    return (person(random, turn, today) for turn in count(1))


def fill(
    made: Made,
    found: list[tuple[Invented, Place]],
    random: Random,
    today: date,
    *,
    people: Iterator[Person],
    registers: int = REGISTERS,
) -> None:
    """Everything of each; a register with people of some cooperatives, a director of each."""
    cooperatives = []
    for one, place in found:
        if one.kind == "lhhtx":
            continue
        party = _party(made, one)
        with_register = one.kind == "htx" and one.ended is None and 12 <= one.official <= 120 and registers > 0
        members = one.official + one.associates
        pk = made.add(Organisation, *_columns(one, place, party, members, one.official, today))
        if with_register:
            registers -= 1
            _register(made, pk, one, random, people)
        if one.kind == "htx":
            cooperatives.append((one, party))
            director = next(people)
            lasting = DateRange(one.founded, one.ended)
            made.add(Officer, pk, _person(made, director), "representative", director.qualification, lasting, SOURCE)
        _about(made, pk, one, place)
    _unions(made, found, cooperatives, random, today)


def _about(made: Made, pk: int, one: Invented, place: Place) -> None:
    _facts(made, pk, one, place)
    _events(made, pk, one)
    for year in one.years:
        if one.ended is None or year.year <= one.ended.year:
            _figures(made, pk, year)


def _party(made: Made, one: Invented) -> int:
    return made.add(Party, "organisation", one.name, one.code, False, None, "", "", "", "")


def _person(made: Made, who: Person) -> int:
    address = "Địa chỉ mẫu"
    return made.add(Party, "person", who.name, who.number, False, who.born, who.sex, who.ethnicity, who.phone, address)


def _columns(one: Invented, place: Place, party: int, members: int, official: int, today: date) -> Row:
    """As `registry.copies` works them out."""
    last = next((year for year in reversed(one.years) if one.ended is None or year.year <= one.ended.year), None)
    capital = next(amount for since, amount in reversed(one.capital) if one.ended is None or since < one.ended)
    known = {"official_members": official or None, "revenue": last.revenue if last else None, "capital": capital}
    size = size_of(size_sector_of(one.industry), known, on=today).key if one.kind in ("htx", "lhhtx") else ""
    return (
        party,
        one.kind,
        one.code,
        one.registered,
        one.founded,
        one.ended,
        one.name,
        "",
        one.status,
        one.operating,
        place.here,
        place.province,
        "",
        sector_of(one.industry, kind=one.kind),
        one.industry,
        capital,
        one.governance,
        size,
        members,
        official,
        last.year if last else None,
        last.revenue if last else None,
        sort_key(one.name[:LONGEST]),
    )


def _facts(made: Made, pk: int, one: Invented, place: Place) -> None:
    then = place.before if one.founded < REDRAWN else place.here
    lasting = DateRange(one.founded, one.ended)
    texts = [("name", one.name), ("code", one.code), ("main_industry", one.industry), ("governance", one.governance)]
    for key, text in texts:
        if text:
            _fact(made, pk, key, lasting, text)
    made.add(Fact, pk, number_of("seat"), 0, lasting, "", None, then, SOURCE)
    for key, amount in (
        ("official_members", one.official),
        ("associate_members", one.associates),
        *one.choices.items(),
    ):
        if amount:
            _fact(made, pk, key, lasting, amount=amount)
    _changing(made, pk, "charter_capital", list(one.capital), one.ended, amounts=True)
    statuses = [(one.founded, "active"), *((each.day, each.status) for each in one.events if each.status)]
    working = [(one.founded, "working"), *((each.day, each.operating) for each in one.events if each.operating)]
    _changing(made, pk, "legal_status", statuses, one.ended)
    _changing(made, pk, "operating", working, one.ended)


def _changing(
    made: Made, pk: int, key: str, values: Sequence[tuple[date, Any]], ended: date | None, *, amounts: bool = False
) -> None:
    """Values one after the other, each until the next; none on or after the end."""
    held = [(since, value) for since, value in values if ended is None or since < ended]
    held = [(since, value) for turn, (since, value) in enumerate(held) if not turn or held[turn - 1][1] != value]
    for (since, value), after in zip(held, [*(since for since, _value in held[1:]), ended], strict=True):
        _fact(made, pk, key, DateRange(since, after), **({"amount": value} if amounts else {"text": value}))


def _fact(made: Made, pk: int, key: str, lasting: DateRange, text: str = "", *, amount: int | None = None) -> None:
    made.add(Fact, pk, number_of(key), 0, lasting, text, amount, None, SOURCE)


def _events(made: Made, pk: int, one: Invented) -> None:
    kind = "found_group" if one.kind == "tht" else "found"
    before = ""
    first = Happening(kind, one.founded, "active")
    for each in (first, *one.events):
        filed = each.day - 2 * DAY
        made.add(
            Event,
            pk,
            each.kind,
            each.day,
            filed - 4 * DAY,
            filed,
            each.day,
            each.until,
            SOURCE,
            before,
            each.status,
            "",
            made.at,
        )
        before = each.status or before


def _figures(made: Made, pk: int, year: Year) -> None:
    period = DateRange(date(year.year - 1, 12, 15), date(year.year, 12, 15))
    made.add(
        Figures,
        pk,
        year.year,
        period,
        year.revenue,
        year.profit,
        year.income,
        year.assets,
        year.indivisible,
        year.members,
        year.workers,
        year.managers,
        year.managers_trained,
        SOURCE,
    )


def _register(made: Made, pk: int, one: Invented, random: Random, people: Iterator[Person]) -> None:
    """As many members as were declared, with shares of the capital."""
    total = one.capital[-1][1]
    shares = [random.uniform(0.5, 1.5) for _turn in range(one.official + one.associates)]
    paid_in = total if random.random() < 0.7 else int(total * 0.9)  # some have not paid in all
    parts = [int(paid_in * share / sum(shares)) for share in shares]
    parts[0] += paid_in - sum(parts)
    for number, part in enumerate(parts, 1):
        kind, paid = "official" if number <= one.official else "capital", Decimal(part)
        made.add(Membership, pk, _person(made, next(people)), number, kind, DateRange(one.founded, None), paid, paid)


def _unions(
    made: Made,
    found: list[tuple[Invented, Place]],
    cooperatives: list[tuple[Invented, int]],
    random: Random,
    today: date,
) -> None:
    """Their members are cooperatives, each the same party as in its own right."""
    lasting = [(one, party) for one, party in cooperatives if one.ended is None]
    for one, place in found:
        if one.kind == "lhhtx" and lasting:
            size = min(one.official, len(lasting))
            one = replace(one, official=size, events=())  # noqa: PLW2901  none of so few ends
            pk = made.add(Organisation, *_columns(one, place, _party(made, one), size, size, today))
            for number, (member, party) in enumerate(random.sample(lasting, size), 1):
                since = max(one.founded, member.founded)
                made.add(Membership, pk, party, number, "official", DateRange(since, None), Decimal(50_000_000), None)
            _about(made, pk, one, place)


COLUMNS: dict[type[Model], tuple[str, ...]] = {  # in the order in which they go in
    Party: ("kind", "name", "number", "foreign", "born", "sex", "ethnicity", "phone", "address"),
    Organisation: (
        "party_id", "kind", "code", "registered", "founded_on", "ended_on", "name", "other_names", "legal_status",
        "operating", "unit_id", "province_id", "address", "sector", "industry", "charter_capital", "governance", "size",
        "members", "official_members", "figures_year", "revenue", "sort_key",
    ),
    Fact: ("organisation_id", "what", "item", "validity", "text", "amount", "unit_id", "source"),
    Officer: ("organisation_id", "party_id", "post", "qualification", "validity", "source"),
    Membership: ("organisation_id", "party_id", "number", "kind", "validity", "contribution", "promised"),
    Event: (
        "organisation_id", "kind", "day", "decided_on", "filed_on", "answered_on", "until", "document", "status_before",
        "status_after", "note", "at",
    ),
    Figures: (
        "organisation_id", "year", "period", "revenue", "profit", "income", "assets", "indivisible_assets", "members",
        "workers", "managers", "managers_trained", "source",
    ),
}  # fmt: skip
