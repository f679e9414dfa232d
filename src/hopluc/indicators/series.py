"""Values of units by year, on the territory of any unit of any time: the one place where indicators are added up.

A year's figure of a unit is what was said of it itself; failing that, the sum of what was said of the units that lay there then
(`units.aggregation`), the greater ones first. Ratios come from their two sums. What cannot be divided or added is said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import groupby

from hopluc.indicators.models import Indicator, Value
from hopluc.indicators.paths import ratio
from hopluc.units.aggregation import Figure, aggregate
from hopluc.units.lineage import Tier
from hopluc.units.lineage import Unit as Place
from hopluc.units.spreading import Spread
from hopluc.units.territory import Territory

DAY = timedelta(days=1)
Pick = Callable[[Value], Decimal | None]


class How(StrEnum):
    """How a figure of a year came about."""

    SAID = "said"  # of the unit itself
    ADDED = "added"  # of the units that lay there
    RATIO = "ratio"  # from two other indicators
    INSEPARABLE = "inseparable"  # said of a territory that reaches beyond, nobody knows how it divides
    NOT_ADDED = "not_added"  # said of parts, and may not be added up


@dataclass(frozen=True, slots=True)
class Point:
    """An indicator of a unit in a year; without a figure, `how` says why."""

    year: int
    how: How
    figure: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    rows: tuple[Value, ...] = ()  # what it comes from
    missing: tuple[str, ...] = ()  # keys of units that lay there and said nothing
    inseparable: Fraction | None = None  # said of this and other territory together
    among: tuple[str, ...] = ()  # keys of the units that it lies among

    @property
    def whole(self) -> bool:
        return self.figure is not None and not self.missing and self.inseparable is None


class Series:
    """The years of some indicators on the territory of one unit, from rows that were fetched before."""

    def __init__(self, unit: Place, territory: Territory, rows: Iterable[Value], *, today: date) -> None:
        self.unit = unit
        self.territory = territory
        end = unit.span.end
        self.spread = Spread(territory, on=end - DAY if end and end <= today else today, tier=unit.tier)
        self._rows: dict[tuple[int, int], list[Value]] = defaultdict(list)
        for row in rows:
            if row.period.upper == date(row.period.lower.year + 1, 1, 1) and row.period.lower.month == 1:
                self._rows[row.indicator_id, row.period.lower.year].append(row)

    def years(self, indicator: Indicator) -> list[int]:
        """Those of which something is said of the indicator or of its parts."""
        asked = {indicator.pk, indicator.numerator_id, indicator.denominator_id}
        return sorted({year for key, year in self._rows if key in asked})

    def points(self, indicator: Indicator) -> dict[int, Point]:
        found = {year: self.point(indicator, year) for year in self.years(indicator)}
        return {year: point for year, point in found.items() if point}

    def point(self, indicator: Indicator, year: int) -> Point | None:
        """None where nothing is said."""
        rows = self._rows[indicator.pk, year]
        if own := next((row for row in rows if row.unit.key == self.unit.key), None):
            return _said(own, year)
        if indicator.is_ratio:
            return self._of_parts(indicator, rows, year) or self._of_others(indicator, year)
        added = self._added(rows, year, lambda row: row.figure)
        if added and not indicator.additive:
            return Point(year, How.NOT_ADDED, rows=added.rows)
        return added

    def _of_parts(self, indicator: Indicator, rows: list[Value], year: int) -> Point | None:
        """A ratio from the parts of the same ratio of the units that lay there."""
        parts = [row for row in rows if row.numerator is not None]
        above = self._added(parts, year, lambda row: row.numerator)
        below = self._added(parts, year, lambda row: row.denominator)
        return _divided(indicator, above, below, How.ADDED) if above and below else None

    def _of_others(self, indicator: Indicator, year: int) -> Point | None:
        if not (indicator.numerator and indicator.denominator):
            return None
        above, below = self.point(indicator.numerator, year), self.point(indicator.denominator, year)
        return _divided(indicator, above, below, How.RATIO) if above and below else None

    def _added(self, rows: list[Value], year: int, pick: Pick) -> Point | None:
        """The sum of what lies in the unit, of the first tier of which anything is said there."""
        for tier in Tier:
            here = [row for row in rows if row.unit.tier == tier and self._touches(row)]
            if here:
                return self._sum(here, tier, year, pick)
        return None

    def _touches(self, row: Value) -> bool:
        day = _day(row)
        place = self.territory.at(row.unit.key, day)
        return place is not None and any(self.unit.key in part.among for part in self.spread.parts(place, day))

    def _sum(self, rows: list[Value], tier: Tier, year: int, pick: Pick) -> Point:
        figures = [Figure(row.unit.key, _day(row), value) for row in rows if (value := pick(row)) is not None]
        found = aggregate(figures, self.territory, on=self.spread.on, tier=self.unit.tier)
        shared = [one for one in found.inseparable if self.unit.key in one.candidates]
        figure = found.values.get(self.unit.key)
        return Point(
            year,
            How.ADDED if figure is not None else How.INSEPARABLE,
            figure,
            rows=tuple(rows),
            missing=self._missing(tier, {row.unit.key for row in rows}, year),
            inseparable=sum((one.amount for one in shared), Fraction()) if shared else None,
            among=tuple(sorted({key for one in shared for key in one.candidates})),
        )

    def _missing(self, tier: Tier, said: set[str], year: int) -> tuple[str, ...]:
        """Units of the tier that lay in the territory at the end of the year, or of their own time, and said nothing."""
        day = min(date(year, 12, 31), self.spread.on)
        there = list(_lay(self.territory, self.unit, day))
        tree = self.territory.on(day)
        due = [one.key for place in there for one in ([place] if place.tier is tier else tree.within(place.key, tier))]
        return tuple(sorted(set(due) - said)) if not said & {self.unit.key} else ()


def _said(row: Value, year: int) -> Point:
    parts = [None if part is None else Fraction(part) for part in (row.numerator, row.denominator)]
    figure = Fraction(row.figure)
    if parts[0] is not None and parts[1]:  # exactly, not as it was rounded to be kept
        figure = ratio(parts[0], parts[1], scale=row.indicator.scale)
    return Point(year, How.SAID, figure, parts[0], parts[1], (row,))


def _divided(indicator: Indicator, above: Point, below: Point, how: How) -> Point:
    rows = tuple(dict.fromkeys([*above.rows, *below.rows]))
    missing = tuple(sorted({*above.missing, *below.missing}))
    if above.figure is None or not below.figure:
        return Point(above.year, How.INSEPARABLE, rows=rows, missing=missing, among=above.among or below.among)
    return Point(
        above.year,
        how,
        ratio(above.figure, below.figure, scale=indicator.scale),
        above.figure,
        below.figure,
        rows,
        missing,
        above.inseparable if above.inseparable is not None else below.inseparable,
        above.among or below.among,
    )


def _day(row: Value) -> date:
    """The last day of the period on which the unit was there."""
    end: date = row.period.upper
    over: date | None = row.unit.validity.upper
    return (min(end, over) if over else end) - DAY


def _lay(territory: Territory, unit: Place, day: date) -> Iterable[Place]:
    """The units of a day from which a unit took its territory, or which took it."""
    if unit.span.holds(day):
        return [unit]
    steps = territory.lineage.before(unit) if day < unit.span.start else territory.lineage.after(unit)
    found = {place.key: place for step in steps for place in _lay(territory, step.member, day)}
    return found.values()


def by_indicator(rows: Iterable[Value]) -> Mapping[int, list[Value]]:
    ordered = sorted(rows, key=lambda row: row.indicator_id)
    return {key: list(found) for key, found in groupby(ordered, key=lambda row: row.indicator_id)}
