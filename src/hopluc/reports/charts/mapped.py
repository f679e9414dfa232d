"""What the maps of a report show: a figure of each commune of the province, and the outlines that they are drawn by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from hopluc.forms.schema.definition import Chart
from hopluc.reports.compiling.figures import Return, exact, figure
from hopluc.units.land import Land
from hopluc.units.lineage import Tier
from hopluc.units.spreading import Spread
from hopluc.units.territory import Territory

Json = Any


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune and its figure."""

    key: str
    name: str
    value: Fraction | None


@dataclass(frozen=True)
class Maps:
    """By the key of the chart; nothing where the report is not of a province of today."""

    land: Land | None = None
    spots: Mapping[str, tuple[Spot, ...]] | None = None

    def of(self, chart: Chart) -> tuple[Spot, ...]:
        return (self.spots or {}).get(chart.key, ())

    def kept(self) -> Json:
        """As a snapshot has it: whatever becomes of units and outlines, the same map is drawn from it."""
        if self.land is None or not self.spots:
            return {}
        told = {
            key: [[spot.key, spot.name, None if spot.value is None else str(spot.value)] for spot in spots]
            for key, spots in self.spots.items()
        }
        return {"land": self.land.kept, "spots": told}

    @classmethod
    def read(cls, kept: Json) -> Maps:
        if not kept:
            return cls()
        spots = {
            key: tuple(Spot(each, name, None if value is None else exact(value)) for each, name, value in told)
            for key, told in kept["spots"].items()
        }
        return cls(Land.read(kept["land"]), spots)


def spotted(
    charts: Iterable[Chart],
    returns: Sequence[Return],
    communes: Mapping[str, str],
    *,
    territory: Territory,
    on: date,
) -> dict[str, tuple[Spot, ...]]:
    """The figure of each commune (name by key) on a day's map, for each chart: what its own agency said, along its lineage.

    What lies among several communes is on none of them.
    """
    spread = Spread(territory, on=on, tier=Tier.COMMUNE)
    placed = [
        (each, key, part.share)
        for each in returns
        if each.place is not None and each.day is not None
        for part in spread.parts(each.place, each.day)
        if part.certain and (key := next(iter(part.among))) in communes
    ]
    return {chart.key: tuple(_spots(_path(chart), placed, communes)) for chart in charts}


def _path(chart: Chart) -> str:
    return f"{chart.table}.{chart.rows[0]}.{chart.columns[0]}"


def _spots(path: str, placed: Iterable[tuple[Return, str, Fraction]], communes: Mapping[str, str]) -> Iterable[Spot]:
    found: dict[str, Fraction] = defaultdict(Fraction)
    for each, key, share in placed:
        if (value := figure(each.values, path)) is not None:
            found[key] += value * share
    return (Spot(key, name, found.get(key)) for key, name in communes.items())
