"""Figures of units as they were, on the map of any day at any tier: for every report and map.

Additive figures (members, capital, cooperatives) are added again along the lineage of units. What no source divides is
shown as inseparable among its candidates and never guessed; together the two are always the total, exactly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from hopluc.units.lineage import Tier, Unit
from hopluc.units.spreading import Part, Spread
from hopluc.units.territory import Territory


@dataclass(frozen=True, slots=True)
class Figure:
    """An additive figure of a unit as it was on a day, in the unit of measure of whoever asks."""

    unit: str
    day: date
    value: Decimal


class Why(StrEnum):
    """Why a figure cannot be placed; its unit and day fill the sentence."""

    UNKNOWN_UNIT = "unknown_unit"
    NOT_IN_FORCE = "not_in_force"
    NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, slots=True)
class Refused:
    figure: Figure
    why: Why


@dataclass(frozen=True, slots=True)
class Inseparable:
    """An amount of a figure that lies among the candidates, nobody knows how much in which.

    `open` where part of it may lie in none of them: a unit without successor, shares that do not make the whole, or a
    tier that the map of that day does not have.
    """

    figure: Figure
    amount: Fraction
    candidates: tuple[str, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class Aggregated:
    """Sums by unit. `total` is that of `values` and `inseparable` together, and of all figures that were not refused."""

    values: dict[str, Fraction]
    inseparable: list[Inseparable]
    total: Fraction
    refused: list[Refused]


@dataclass(frozen=True, slots=True)
class Ratio:
    """Two sums of one unit; partial where one of them is missing, or an inseparable amount may belong to it."""

    numerator: Fraction
    denominator: Fraction
    partial: bool

    @property
    def value(self) -> Fraction | None:
        """Numerator by denominator, where both are wholly known and there is something to divide by."""
        return self.numerator / self.denominator if self.denominator and not self.partial else None


class _Sums:
    """Exact sums by unit, held as integers by denominator: adding fractions one by one reduces them each time."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, int], int] = defaultdict(int)

    def add(self, key: str, numerator: int, denominator: int) -> None:
        self._held[key, denominator] += numerator

    def all(self) -> dict[str, Fraction]:
        sums: dict[str, Fraction] = {}
        for (key, denominator), numerator in self._held.items():
            sums[key] = sums.get(key, 0) + Fraction(numerator, denominator)
        return sums


def aggregate(figures: Iterable[Figure], territory: Territory, *, on: date, tier: Tier) -> Aggregated:
    """Sum figures by the units of a tier on the map of a day, later or earlier than theirs.

    Figures whose unit is unknown or not in force on their day, and values that are no finite number, are refused: they
    stand in `refused` and count nowhere.
    """
    spread = Spread(territory, on=on, tier=tier)
    sums, total = _Sums(), _Sums()
    inseparable: list[Inseparable] = []
    refused: list[Refused] = []
    for figure in figures:
        unit = _unit(figure, territory)
        if isinstance(unit, Why):
            refused.append(Refused(figure, unit))
            continue
        top, bottom = figure.value.as_integer_ratio()
        total.add("", top, bottom)
        for part in spread.parts(unit, figure.day):
            if part.certain:
                (key,) = part.among
                sums.add(key, top * part.share.numerator, bottom * part.share.denominator)
            else:
                inseparable.append(_inseparable(figure, part))
    return Aggregated(sums.all(), inseparable, total.all().get("", Fraction()), refused)


def _inseparable(figure: Figure, part: Part) -> Inseparable:
    return Inseparable(figure, Fraction(figure.value) * part.share, tuple(sorted(part.among)), part.open)


def _unit(figure: Figure, territory: Territory) -> Unit | Why:
    if not figure.value.is_finite():
        return Why.NOT_A_NUMBER
    if unit := territory.at(figure.unit, figure.day):
        return unit
    return Why.NOT_IN_FORCE if territory.lineage.lives(figure.unit) else Why.UNKNOWN_UNIT


def ratio(numerators: Aggregated, denominators: Aggregated) -> dict[str, Ratio]:
    """Ratios by unit, each from its own two sums: never a mean of ratios.

    Both must be on the same map at the same tier. Whether every unit has sent its figures is for the caller to know.
    """
    doubtful = {key for side in (numerators, denominators) for one in side.inseparable for key in one.candidates}
    keys = numerators.values.keys() | denominators.values.keys() | doubtful
    return {key: _ratio(key, numerators, denominators, doubtful) for key in sorted(keys)}


def _ratio(key: str, numerators: Aggregated, denominators: Aggregated, doubtful: set[str]) -> Ratio:
    above, below = numerators.values.get(key), denominators.values.get(key)
    partial = above is None or below is None or key in doubtful
    return Ratio(above or Fraction(), below or Fraction(), partial)
