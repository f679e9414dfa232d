"""How many organisations a place has today, with their members and capital: of any unit of any time, from the counters.

A unit that has ended, or the map of a past day, is counted from today's communes along the lineage. What lies in a commune that came
from several units of that map is in none of them: it is said apart, and never guessed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from django.db import connection
from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import ExtractYear

from hopluc.registry.models import FacetTally, Organisation, PlaceTally, YearTally
from hopluc.registry.models.organisations import LegalStatus, Operating
from hopluc.units.figures import territory
from hopluc.units.lineage import Tier
from hopluc.units.models import Unit
from hopluc.units.spreading import Spread
from hopluc.units.territory import Territory

DAY = timedelta(days=1)
SUMS = ("organisations", "members", "capital")


@dataclass(slots=True)
class Standing:
    """Sums by kind: organisations, members, capital (đồng)."""

    kinds: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))

    def add(self, kind: str, organisations: int, members: int, capital: int) -> None:
        self.kinds[kind].update(organisations=organisations, members=members, capital=int(capital))

    def of(self, what: str, kind: str = "") -> int:
        """Of one kind, or of all."""
        return self.kinds[kind][what] if kind else sum(sums[what] for sums in self.kinds.values())

    def with_(self, other: Standing) -> None:
        for kind, sums in other.kinds.items():
            self.kinds[kind].update(sums)


@dataclass(frozen=True, slots=True)
class Reach:
    """Communes of today (ids): those wholly within a unit, and those of which a part may lie there."""

    whole: frozenset[int]
    partly: frozenset[int] = frozenset()


def reach_of(unit: Unit, *, today: date) -> Reach:
    ended = unit.validity.upper is not None and unit.validity.upper <= today
    if not ended and unit.tier == Tier.COMMUNE:
        return Reach(frozenset([unit.pk]))
    if not ended:
        return Reach(frozenset(_communes(today).filter(parent=unit).values_list("pk", flat=True)))
    on = unit.validity.upper - DAY
    lying = _lying(territory(), on, Tier(unit.tier), today)
    keys = {key: among for key, among in lying.items() if unit.key in among}
    ids = dict(_communes(today).filter(key__in=keys).values_list("key", "pk"))
    whole = frozenset(pk for key, pk in ids.items() if len(keys[key]) == 1)
    return Reach(whole, frozenset(ids.values()) - whole)


def _communes(on: date) -> QuerySet[Unit]:
    return Unit.objects.on(on).filter(tier=Tier.COMMUNE)


@lru_cache(16)
def _lying(country: Territory, on: date, tier: Tier, today: date) -> Mapping[str, frozenset[str]]:
    """By key of each commune of today: the units of a tier, on the map of a day, in which it may lie."""
    spread = Spread(country, on=on, tier=tier)
    communes = country.on(today).tier(Tier.COMMUNE)
    return {one.key: frozenset(key for part in spread.parts(one, today) for key in part.among) for one in communes}


def standing_of(unit: Unit | None, *, today: date) -> tuple[Standing, Standing]:
    """What is there for certain, and what lies there or beside it, of a place or the whole country."""
    if unit is None or (unit.tier == Tier.PROVINCE and unit.validity.upper is None):
        return _of_provinces(unit).get(unit.pk if unit else 0, Standing()), Standing()
    reach = reach_of(unit, today=today)
    found = standing_of_communes(reach.whole | reach.partly)
    return _sum(found, reach.whole), _sum(found, reach.partly)


def _sum(found: Mapping[int, Standing], ids: Collection[int]) -> Standing:
    total = Standing()
    for pk in ids:
        if pk in found:
            total.with_(found[pk])
    return total


def _of_provinces(unit: Unit | None = None, *, each: bool = False) -> dict[int, Standing]:
    """Of one province by its id, of all together by 0, or of `each`."""
    rows = FacetTally.objects.exclude(legal_status=LegalStatus.ENDED).order_by()
    if unit:
        rows = rows.filter(province=unit)
    by = ("province", "kind") if each or unit else ("kind",)
    found: dict[int, Standing] = defaultdict(Standing)
    for row in rows.values_list(*by).annotate(*(Sum(one) for one in SUMS)):
        *place, kind, organisations, members, capital = row
        found[place[0] if place else 0].add(kind, organisations, members, capital)
    return found


def standing_of_provinces(on: date, *, today: date, within: Unit | None = None) -> tuple[dict[str, Standing], Standing]:
    """By key of the provinces of a day's map; and what lies in several of them. Of the country, or of one province of today."""
    if within is None:
        keys, then = (
            dict(Unit.objects.on(day).filter(tier=Tier.PROVINCE).order_by().values_list("pk", "key"))
            for day in (today, on)
        )
        if keys.keys() <= then.keys():
            return _standing_of_today(keys)
    if within:
        inside = reach_of(within, today=today).whole
        lying = {pk: place for pk, place in _provinces_of(territory(), on, today).items() if pk in inside}
        arrays = _arrays(lying)
    else:
        arrays = _whole_country(territory(), on, today)
    found: dict[str, Standing] = defaultdict(Standing)
    with connection.cursor() as cursor:  # added up where they lie: there are thousands of communes
        cursor.execute(IN_PLACES, arrays)
        for place, *row in cursor.fetchall():
            found[place].add(*row)
    return found, found.pop("", Standing())


def _standing_of_today(keys: Mapping[int, str]) -> tuple[dict[str, Standing], Standing]:
    now, elsewhere = {}, Standing()
    for pk, standing in _of_provinces(each=True).items():
        if pk in keys:
            now[keys[pk]] = standing
        else:  # a province that ended today: tonight its rows go on to the next
            elsewhere.with_(standing)
    return now, elsewhere


EMPTY = '""'  # in an array
IN_PLACES = """
SELECT place, kind, sum(organisations), sum(members), sum(capital)
FROM registry_placetally JOIN unnest(%s::bigint[], %s::text[]) AS lying (unit, place) ON unit = unit_id GROUP BY place, kind
"""


@lru_cache(16)
def _provinces_of(country: Territory, on: date, today: date) -> dict[int, str]:
    """Today's communes (ids) and the province of a day in which each lies; empty where it came from several."""
    lying = _lying(country, on, Tier.PROVINCE, today)
    ids = dict(_communes(today).filter(key__in=lying).values_list("key", "pk"))
    return {pk: next(iter(lying[key])) if len(lying[key]) == 1 else "" for key, pk in ids.items()}


@lru_cache(16)
def _whole_country(country: Territory, on: date, today: date) -> tuple[str, str]:
    return _arrays(_provinces_of(country, on, today))


def _arrays(lying: Mapping[int, str]) -> tuple[str, str]:
    """As PostgreSQL writes arrays: keys of units are digits and a point."""
    return f"{{{','.join(map(str, lying))}}}", f"{{{','.join(place or EMPTY for place in lying.values())}}}"


def standing_of_communes(ids: Collection[int] | None) -> dict[int, Standing]:
    """By id of each commune that has any; of all where none are named."""
    rows = PlaceTally.objects.order_by()
    if ids is not None:
        rows = rows.filter(unit__in=ids)
    found: dict[int, Standing] = defaultdict(Standing)
    for unit, *row in rows.values_list("unit", "kind").annotate(*(Sum(one) for one in SUMS)):
        found[unit].add(*row)
    return found


def working_of(unit: Unit | None) -> dict[str, int]:
    """Cooperatives that have not ended, by whether they work."""
    rows = FacetTally.objects.filter(kind="htx").exclude(legal_status=LegalStatus.ENDED).order_by()
    rows = rows.filter(province=unit) if unit else rows
    return dict(rows.values_list("operating").annotate(n=Sum("organisations")))


STOPPED, WORKING = Operating.STOPPED.value, Operating.WORKING.value


@dataclass(frozen=True, slots=True)
class Year:
    """What was founded and what ended in a year, by kind, and how many there were when it ended."""

    year: int
    founded: Mapping[str, int]
    ended: Mapping[str, int]
    at_end: int


def years_of(unit: Unit | None, *, today: date, newest: int = 10) -> list[Year]:
    """The newest years, oldest first; of a place whose communes are wholly its own."""
    return _years(_year_rows(unit, today), newest, today.year)


def _year_rows(unit: Unit | None, today: date) -> Iterable[tuple[str, int, int, int]]:
    if unit is None or (unit.tier == Tier.PROVINCE and unit.validity.upper is None):
        rows = YearTally.objects.order_by()
        rows = rows.filter(province=unit) if unit else rows
        return rows.values_list("kind", "year").annotate(Sum("founded"), Sum("ended"))
    there = Organisation.objects.filter(unit__in=reach_of(unit, today=today).whole).order_by()
    founded = there.values_list("kind", ExtractYear("founded_on")).annotate(n=Count("pk"))
    ended = there.filter(ended_on__isnull=False).values_list("kind", ExtractYear("ended_on")).annotate(n=Count("pk"))
    return [*((kind, year, n, 0) for kind, year, n in founded), *((kind, year, 0, n) for kind, year, n in ended)]


def _years(rows: Iterable[tuple[str, int, int, int]], newest: int, last: int) -> list[Year]:
    founded: dict[int, Counter[str]] = defaultdict(Counter)
    ended: dict[int, Counter[str]] = defaultdict(Counter)
    for kind, year, began, over in rows:
        founded[year][kind] += began
        ended[year][kind] += over
    first = max(min(founded, default=last), last - newest + 1)
    total = sum(founded[year].total() - ended[year].total() for year in {*founded, *ended} if year < first)
    found = []
    for year in range(first, last + 1):
        total += founded[year].total() - ended[year].total()
        found.append(Year(year, founded[year], ended[year], total))
    return found


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of today with what it has."""

    pk: int
    key: str
    full_name: str
    name: str
    province_key: str
    province: str
    standing: Standing

    @property
    def organisations(self) -> int:
        return self.standing.of("organisations")


def communes_standing(unit: Unit | None, *, today: date, ids: Collection[int] | None = None) -> list[Commune]:
    """Today's communes of a province, of those named or of the country, in Vietnamese order, those with nothing too."""
    rows = _communes(today)
    if ids is not None:
        rows = rows.filter(pk__in=ids)
    elif unit is not None:
        rows = rows.filter(parent=unit)
    listed = list(
        rows.order_by("parent__sort_key", "sort_key").values_list(
            "pk", "key", "kind", "name", "parent__key", "parent__kind", "parent__name"
        )
    )
    found = standing_of_communes(None if unit is None and ids is None else [row[0] for row in listed])
    return [
        Commune(pk, key, f"{kind} {name}", name, above, f"{top} {province}", found.get(pk) or Standing())
        for pk, key, kind, name, above, top, province in listed
    ]


def spots(communes: Iterable[Commune], lacking: str) -> list[Commune]:
    """White spots: without any organisation, or without one of a kind."""
    kind = "" if lacking == "any" else lacking
    return [one for one in communes if not one.standing.of("organisations", kind)]
