"""Administrative units as they stood on a day: the provinces, what lies in a unit, what it was made of and became."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Length

from hopluc.core.search import search_query
from hopluc.core.sorting import sort_key
from hopluc.units.figures import edition
from hopluc.units.models import FormerName, Lineage, Unit


@dataclass(frozen=True, slots=True)
class Named:
    """A unit with the kind and name that it bore on the day asked for, or bears now."""

    pk: int
    key: str
    code: str
    kind: str
    name: str
    start: date
    end: date | None  # the day after the last

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Province:
    """A province on a day."""

    unit: Named
    districts: int
    communes: int
    made_of: tuple[Named, ...]  # the provinces that it was made of
    became: tuple[Named, ...]  # those that it is part of now; none while it goes on


@dataclass(frozen=True, slots=True)
class Event:
    """A day on which the map of the provinces changed: those that began, and those that took another kind or name."""

    on: date
    began: int
    renamed: tuple[tuple[str, str], ...] = ()  # before, after


# Asked for in rows, not in objects: making them took longer than finding them.
PLACES = """
SELECT id, key, code, kind, name, lower(validity), upper(validity), sort_key FROM units_unit WHERE tier = 'province'
"""
FORMER = """
SELECT f.unit_id, f.kind, f.name, lower(f.validity), upper(f.validity) FROM units_formername f JOIN units_unit u ON u.id = f.unit_id
WHERE u.tier = 'province' ORDER BY f.validity
"""
LINKS = """
SELECT l.source_id, l.target_id FROM units_lineage l JOIN units_unit u ON u.id = l.source_id WHERE u.tier = 'province'
"""


class Former(NamedTuple):
    """A kind and name that a province bore once."""

    kind: str
    name: str
    start: date
    end: date


class Atlas:
    """Every province that there ever was, asked of the database once; any day can be read from it."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(PLACES)
            rows = cursor.fetchall()
            cursor.execute(FORMER)
            former = cursor.fetchall()
            cursor.execute(LINKS)
            links = cursor.fetchall()
        self._units = {pk: Named(pk, *about) for pk, *about, _key in rows}
        self._turns = {pk: key for pk, *_about, key in rows}
        self._former: dict[int, list[Former]] = defaultdict(list)
        for pk, *name in former:
            self._former[pk].append(Former(*name))
        self._sources: dict[int, list[int]] = defaultdict(list)
        self._targets: dict[int, list[int]] = defaultdict(list)
        for source, target in links:
            self._sources[target].append(source)
            self._targets[source].append(target)

    @cached_property
    def events(self) -> list[Event]:
        """The days of change, oldest first."""
        began = Counter(unit.start for unit in self._units.values())
        renamed: dict[date, list[tuple[str, str]]] = defaultdict(list)
        for unit in self._units.values():
            for row in self._former[unit.pk]:
                renamed[row.end].append((f"{row.kind} {row.name}", self._called(unit, row.end).full_name))
        return [Event(day, began[day], tuple(renamed[day])) for day in sorted({*began, *renamed})]

    def on(self, day: date) -> list[Province]:
        """The provinces of a day in Vietnamese order, with what they were made of and are part of now."""
        counts = units_counted(day)
        found = [
            Province(
                self._called(unit, day),
                *counts.get(unit.pk, (0, 0)),
                self._all(self._sources[unit.pk]),
                self._all(self._targets[unit.pk]),
            )
            for unit in self._units.values()
            if unit.start <= day and (unit.end is None or day < unit.end)
        ]
        return sorted(found, key=lambda one: sort_key(one.unit.name))  # of that day's name

    def _all(self, units: Iterable[int]) -> tuple[Named, ...]:
        return tuple(self._units[pk] for pk in sorted(units, key=self._turns.__getitem__))

    def _called(self, unit: Named, day: date) -> Named:
        """The unit with its kind and name of a day."""
        then = next((row for row in self._former[unit.pk] if row.start <= day < row.end), None)
        return replace(unit, kind=then.kind, name=then.name) if then else unit


def atlas() -> Atlas:
    """Kept until other data are loaded, as the territory is."""
    loaded = edition()
    return _kept(loaded) if loaded else Atlas()


@lru_cache(1)
def _kept(_edition: str) -> Atlas:
    return Atlas()


COUNTED = """
WITH communes AS (
    SELECT parent_id, count(*) AS n FROM units_unit WHERE tier = 'commune' AND validity @> %(day)s::date GROUP BY parent_id
)
SELECT coalesce(above.parent_id, communes.parent_id), count(above.id), sum(communes.n)
FROM communes LEFT JOIN units_unit above ON above.id = communes.parent_id AND above.tier = 'district'
GROUP BY 1
"""  # communes lie in provinces or in districts, as the day is


def units_counted(day: date) -> dict[int, tuple[int, int]]:
    """How many districts and how many communes each province had on a day; by the province's id."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, {"day": day})
        return {province: (districts, int(communes)) for province, districts, communes in cursor.fetchall()}


NAME_THEN = "SELECT kind || ' ' || name FROM units_formername WHERE unit_id = units_unit.id AND validity @> %s"


def named_then(units: QuerySet[Unit], day: date) -> QuerySet[Unit]:
    """Units with the names of a day: read each by `called`."""
    return units.annotate(name_then=RawSQL(NAME_THEN, [day]))  # noqa: S611  the day is a parameter


def called(unit: Unit) -> str:
    """`tỉnh Đồng Nai`: the kind and name of the day that `named_then` was asked for."""
    then: str | None = getattr(unit, "name_then", None)
    return then or str(unit)


def communes_of(unit: Unit, day: date, typed: str = "") -> QuerySet[Unit]:
    """The communes that lay in a province or a district on a day, in Vietnamese order; those whose name holds the words."""
    above = Unit.objects.filter(Q(pk=unit.pk) | Q(parent=unit, tier="district", validity__contains=day)).values("pk")
    found = Unit.objects.on(day).filter(parent__in=above, tier="commune").select_related("parent")
    found = found.defer("words", "parent__words")  # what is searched is not shown
    return named_then(_worded(found, typed), day)


def with_relatives(communes: QuerySet[Unit], *, ended: bool) -> QuerySet[Unit]:
    """Communes with those that they were made of; those of a map that has ended, with those that they became."""
    name, other = ("successors", "target") if ended else ("predecessors", "source")
    return communes.prefetch_related(Prefetch(name, Lineage.objects.select_related(other)))


def districts_of(unit: Unit, day: date) -> QuerySet[Unit]:
    return Unit.objects.on(day).filter(parent=unit, tier="district").defer("words")


def units_named(typed: str, *, on: date) -> QuerySet[Unit]:
    """Units whose name, or an earlier one, holds the words typed; those in force and the greater ones first."""
    found = _worded(Unit.objects.all(), typed) if search_query(typed) else Unit.objects.none()
    ended = Q(validity__endswith__lte=on)
    return (
        found.annotate(ended=ended)
        .select_related("parent__parent")
        .order_by(F("ended").asc(nulls_first=True), Length("code"), Length("name"), "sort_key", "key")
    )


def _worded(units: QuerySet[Unit], typed: str) -> QuerySet[Unit]:
    query = search_query(typed)
    if query is None:
        return units
    renamed = FormerName.objects.filter(words=query).values("unit")
    return units.filter(Q(words=query) | Q(pk__in=renamed))


@dataclass(frozen=True, slots=True)
class Link:
    """A unit that gave its territory, or a part of it, to another."""

    unit: Unit
    on: date
    share: Any  # Decimal, 1 for the whole; None: a part, how much is not known
    basis: str


def relatives(unit: Unit) -> tuple[list[Link], list[Link]]:
    """The units from which this one took territory, and those that took its own; in Vietnamese order."""
    rows = Lineage.objects.filter(Q(target=unit) | Q(source=unit))
    rows = rows.select_related("source__parent__parent", "target__parent__parent")
    made_of = [Link(row.source, row.on, row.share, row.basis) for row in rows if row.target_id == unit.pk]
    became = [Link(row.target, row.on, row.share, row.basis) for row in rows if row.source_id == unit.pk]
    return _ordered(made_of), _ordered(became)


def _ordered(links: list[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.unit.sort_key, link.unit.key))


def successors_of(units: Iterable[Unit], *, on: date) -> dict[int, list[Unit]]:
    """Those that took over the territory of each of these units by a day; in one query."""
    found: dict[int, list[Unit]] = defaultdict(list)
    rows = Lineage.objects.filter(source__in=list(units), on__lte=on).select_related("target__parent")
    for row in rows.order_by("target__sort_key"):
        found[row.source_id].append(row.target)
    return found


def outline_of(unit: Unit) -> tuple[set[Unit], set[str]]:
    """Of whose outlines a unit is drawn: the province or provinces of today, and the keys of their communes in it.

    A unit of before 1 July 2025 is drawn as the communes that took its territory: approximate where one was divided.
    """
    if unit.validity.upper is None:
        province = unit.parent or unit
        return {province}, set() if unit.tier == "province" else {unit.key}
    within = Q(source=unit) | Q(source__parent=unit) | Q(source__parent__parent=unit)
    rows = Lineage.objects.filter(within, target__tier="commune").select_related("target__parent")
    targets = {row.target for row in rows}
    return {target.parent for target in targets if target.parent}, {target.key for target in targets}


def around(unit: Unit) -> list[Unit]:
    """What a unit lies in, the province first."""
    return [*around(unit.parent), unit.parent] if unit.parent else []
