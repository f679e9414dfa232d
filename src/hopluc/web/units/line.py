"""Agencies before and after one another as a drawing: a row for each, time from left to right, links where work went on."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from hopluc.units.ancestry import Ancestry
from hopluc.units.models import Agency, Succession

WIDTH = 960
LEFT, RIGHT = 12, 948  # of the axis
APART = 150  # between two days on which something happened, at least
TOP, ROW, BRANCH = 44, 54, 20  # pixels: above the first row, of a row, of each branch of a row
BAR = 12
BESIDE = 10  # between the ways down of two branches
YEAR, DAY = 46, 84  # pixels that a year needs to have its number: from another, from a day


@dataclass(frozen=True, slots=True)
class Mark:
    """A day or a year on the axis."""

    x: float
    text: date | int
    anchor: str = "middle"


@dataclass(frozen=True, slots=True)
class Bar:
    agency: Agency
    x: float
    width: float
    y: int
    name_x: float
    current: bool
    goes_on: bool

    @property
    def name_y(self) -> int:
        return self.y - 8

    @property
    def anchor(self) -> str:
        return "end" if self.name_x > self.x else "start"


@dataclass(frozen=True, slots=True)
class Branch:
    """A succession: down or up from one bar to another."""

    link: Succession
    path: str
    x: float
    y: float
    label: tuple[float, float]  # where the words about its field end


@dataclass(frozen=True, slots=True)
class Drawing:
    width: int
    height: int
    days: tuple[Mark, ...]
    years: tuple[Mark, ...]
    bars: tuple[Bar, ...]
    branches: tuple[Branch, ...]
    top: int = TOP - 18

    @property
    def bottom(self) -> int:
        return self.height - 8


class Axis:
    """Where a day stands: by time, but days on which something happened lie so far apart that they can be read."""

    def __init__(self, days: set[date]) -> None:
        self.days = sorted(days)
        gaps = [max((b - a).days, 1) for a, b in zip(self.days, self.days[1:], strict=False)]
        least = min(APART, (RIGHT - LEFT) / max(len(gaps), 1))
        room = (RIGHT - LEFT) - least * len(gaps)
        self.at = [float(LEFT)]
        for gap in gaps:
            self.at.append(self.at[-1] + least + room * gap / sum(gaps))

    def x(self, day: date) -> float:
        for place, (a, b) in enumerate(zip(self.days, self.days[1:], strict=False)):
            if day <= b:
                share = max((day - a).days, 0) / max((b - a).days, 1)
                return round(self.at[place] + share * (self.at[place + 1] - self.at[place]), 1)
        return round(self.at[-1], 1)

    def years(self) -> list[Mark]:
        """Every so many years, where there is room beside the days."""
        days = [self.x(day) for day in self.days]
        found: list[Mark] = []
        for year in range(self.days[0].year + 1, self.days[-1].year + 1):
            x = self.x(date(year, 1, 1))
            if all(abs(x - other) >= DAY for other in days) and (not found or x - found[-1].x >= YEAR):
                found.append(Mark(x, year))
        return found


def drawn(ancestry: Ancestry, *, today: date) -> Drawing:
    """The line of time of an agency."""
    agencies = _in_order(ancestry)
    axis = Axis(_days(ancestry, agencies, today))
    split: dict[int, list[Succession]] = defaultdict(list)
    for link in ancestry.links:
        if link.field:
            split[link.source_id].append(link)
    bars: dict[int, Bar] = {}
    y = TOP + 22
    for agency in agencies:
        bars[agency.pk] = _bar(agency, axis, y, today, current=agency.pk == ancestry.agency.pk)
        y += ROW + BRANCH * len(split[agency.pk])
    branches = [_branch(link, axis, bars, split) for link in ancestry.links]
    days = tuple(_mark(axis, day, today) for day in axis.days)
    return Drawing(WIDTH, y - 10, days, tuple(axis.years()), tuple(bars.values()), tuple(branches))


def _in_order(ancestry: Ancestry) -> list[Agency]:
    """Oldest first; of those that began together, the one that handed over first."""
    over = {link.source_id: link.on for link in reversed(ancestry.links)}
    return sorted(
        ancestry.agencies, key=lambda one: (one.validity.lower, over.get(one.pk, date.max), one.sort_key, one.pk)
    )


def _days(ancestry: Ancestry, agencies: list[Agency], today: date) -> set[date]:
    days = {link.on for link in ancestry.links} | {one.validity.lower for one in agencies}
    days |= {one.validity.upper for one in agencies if one.validity.upper}
    return {*days, max(today, *days)} if days else {today}


def _mark(axis: Axis, day: date, today: date) -> Mark:
    x = axis.x(day)
    anchor = "start" if x <= LEFT + 1 else "end" if x >= RIGHT - 1 else "middle"
    return Mark(x, day, anchor if day != today or anchor == "end" else "middle")


def _bar(agency: Agency, axis: Axis, y: int, today: date, *, current: bool) -> Bar:
    ends = agency.validity.upper
    start, end = axis.x(agency.validity.lower), axis.x(ends or max(today, axis.days[-1]))
    name_x = end if start > (LEFT + RIGHT) / 2 else start  # so that a long name stays within the drawing
    return Bar(agency, start, max(end - start, 3), y, name_x, current, ends is None)


def _branch(link: Succession, axis: Axis, bars: dict[int, Bar], split: dict[int, list[Succession]]) -> Branch:
    source, target = bars[link.source_id], bars[link.target_id]
    x, end = axis.x(link.on), target.y + BAR / 2
    if not link.field:
        return Branch(link, f"M{x} {source.y + BAR / 2}V{end}", x, end, (x, end))
    turn = split[link.source_id].index(link)
    level = source.y + BAR + BRANCH * (turn + 1) - 6
    down = x + BESIDE * (turn + 1)  # each branch has its own way down
    return Branch(link, f"M{x} {source.y + BAR / 2}V{level}H{down}V{end}", down, end, (x - 8, level + 4))
