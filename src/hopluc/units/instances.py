"""Kinds × units: the agencies that every unit is known to have, and who took over from whom. Pure; from the shipped data."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import groupby

from hopluc.units import frozen
from hopluc.units.frozen import UnitRow
from hopluc.units.kind_values import Kind, Period, Succession
from hopluc.units.kinds import agency_of, kind, kinds, offered, successions

BEGINNING = date(2008, 8, 1)  # of what is known of places and agencies


@dataclass(frozen=True, slots=True)
class AgencyRow:
    key: str  # `so-tc/19.2025`
    kind: str
    unit: UnitRow | None
    start: date
    end: date | None
    name: str
    aliases: tuple[str, ...]
    parent: str  # key; empty where nothing stands above it


@dataclass(frozen=True, slots=True)
class SuccessionRow:
    source: str
    target: str
    on: date
    field: str
    basis: str


def agencies(units: Iterable[UnitRow]) -> list[AgencyRow]:
    """Those of the centre and of these units; whatever stands above an agency before it."""
    found = [row for unit in (None, *units) for row in agencies_within(unit)]
    return sorted(found, key=lambda row: depth(row.kind))


def agency_row(of: Kind, unit: UnitRow | None, period: Period, turn: int = 0) -> AgencyRow | None:
    """An agency of this kind for the days that its unit and the kind have in common; None where they have none."""
    start = max(filter(None, (period.start, unit.start if unit else BEGINNING)))
    ends = [day for day in (period.end, unit.end if unit else None) if day]
    end = min(ends, default=None)
    if end and end <= start:
        return None
    last = end - timedelta(days=1) if end else date.max
    named = agency_of(of, unit.kind if unit else "", unit.name if unit else "", last)
    above = _above(named.parent, unit)
    key = f"{of.key}/{unit.key if unit else ''}" + (f"/{turn + 1}" if turn else "")
    return AgencyRow(key, of.key, unit, start, end, named.name, named.aliases, above)


@cache
def depth(key: str) -> int:
    """How many kinds stand above one, at most."""
    return 1 + max((depth(parent.key) for parent in kind(key).parents), default=-1)


def agencies_within(unit: UnitRow | None) -> Iterator[AgencyRow]:
    """Those that a unit, or the centre, is known to have without anybody naming them."""
    level = unit.tier if unit else "central"
    for one in _kinds_of(level):
        if _given(one.key, unit):
            rows = (agency_row(one, unit, period, turn) for turn, period in enumerate(one.periods))
            yield from filter(None, rows)


@cache
def _kinds_of(level: str) -> list[Kind]:
    return [one for one in kinds() if one.level == level]


@cache
def _heirs_of(key: str) -> tuple[str, ...]:
    """Kinds to which the whole work of this one went: a unit that had this one has them, entered or not."""
    return tuple(
        one.after for one in successions() if one.before == key and one.after and one.field is None and not one.fallback
    )


@cache
def _inherited_by(key: str) -> tuple[str, ...]:
    return tuple(one.key for one in kinds() if key in _heirs_of(one.key))


def _above(key: str | None, unit: UnitRow | None) -> str:
    """The key of the agency above: of the same unit, of the one around it, or of the centre."""
    if key is None:
        return ""
    level = kind(key).level
    if level == "central":
        return f"{key}/" if _given(key, None) else ""
    while unit and unit.tier != level:
        unit = units_by_key().get(unit.parent)
    return f"{key}/{unit.key}" if unit and _given(key, unit) else ""


def _given(key: str, unit: UnitRow | None) -> bool:
    """Whether a unit is known to have this kind of agency: by itself, or because it took over from one that it had."""
    place = (unit.kind, unit.name) if unit else ("", "")
    if kind(key).is_given(*place):
        return True
    fits = kind(key).fits(*place) and not kind(key).when_needed
    return fits and any(_given(before, unit) for before in _inherited_by(key))


@cache
def units_by_key() -> dict[str, UnitRow]:
    return {row.key: row for row in frozen.units()}


def handovers(rows: Iterable[AgencyRow]) -> list[SuccessionRow]:
    """Who took over from whom: kinds from kinds in one unit, and the agencies of a unit from those of the units it became."""
    index = Index(rows)
    return [*index.within_units(), *index.between_units()]


class Index:
    """Agencies by unit and kind, and what became of each unit."""

    def __init__(self, rows: Iterable[AgencyRow]) -> None:
        self.rows = list(rows)
        self.at: dict[str, dict[str, list[AgencyRow]]] = defaultdict(lambda: defaultdict(list))
        for row in self.rows:
            self.at[row.unit.key if row.unit else ""][row.kind].append(row)
        self.became: dict[str, list[frozen.LineageRow]] = defaultdict(list)
        for link in frozen.lineage():
            self.became[link.source].append(link)

    def within_units(self) -> Iterator[SuccessionRow]:
        for place, (before, on), options in self._changes():
            for source in self.at[place].get(before, ()):
                if source.start < on and (source.end is None or source.end >= on):
                    yield from self._given_over(source, on, options, place)

    def _changes(self) -> Iterator[tuple[str, tuple[str, date], list[Succession]]]:
        groups = _options()
        for place, agencies in self.at.items():
            unit = units_by_key().get(place)
            for (before, on), options in groups.items():
                if before in agencies and (unit is None or unit.holds(on)):
                    yield place, (before, on), options

    def between_units(self) -> Iterator[SuccessionRow]:
        for source in self.rows:
            if source.unit and source.end and source.end == source.unit.end:
                for link in self.became[source.unit.key]:
                    yield from self._into(source, source.end, link)

    def _into(self, source: AgencyRow, on: date, link: frozen.LineageRow) -> Iterator[SuccessionRow]:
        same = self._in_force(link.target, source.kind, on)
        if same:
            yield SuccessionRow(source.key, same.key, on, "", link.basis)
        else:
            yield from self._given_over(source, on, _options().get((source.kind, on), []), link.target)

    def _given_over(
        self, source: AgencyRow, on: date, options: list[Succession], place: str
    ) -> Iterator[SuccessionRow]:
        having = {key for key in self.at[place] if self._in_force(place, key, on)}
        for one in offered(options, having):
            target = self._in_force(place, one.after, on) if one.after else None
            ended = source.end == on
            field = one.field.name if one.field and not one.rest else ""
            if target and (ended or field):
                yield SuccessionRow(source.key, target.key, on, field, one.origin.source)

    def _in_force(self, place: str, key: str, on: date) -> AgencyRow | None:
        rows = self.at[place].get(key, ())
        return next((row for row in rows if row.start <= on and (row.end is None or on < row.end)), None)


@cache
def _options() -> dict[tuple[str, date], list[Succession]]:
    ordered = sorted(successions(), key=lambda one: (one.before, one.on))
    return {key: list(group) for key, group in groupby(ordered, key=lambda one: (one.before, one.on))}
