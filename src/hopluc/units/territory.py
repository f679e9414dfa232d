"""Administrative units through time: the tree of any day."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cached_property

from hopluc.units.lineage import Lineage, Link, Span, Tier, Unit
from hopluc.units.soundness import Fault, Wrong, faults

# A tier that is done away with may hand over upwards; an island district became a commune-level zone.
ACROSS = {(Tier.DISTRICT, Tier.PROVINCE), (Tier.DISTRICT, Tier.COMMUNE)}


class Tree:
    """The units in force on one day."""

    def __init__(self, units: Iterable[Unit]) -> None:
        self.units = {unit.key: unit for unit in units}

    @cached_property
    def _children(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = defaultdict(list)
        for unit in self.units.values():
            if (parent := self.parent(unit)) is not None:
                found[parent.key].append(unit)
        return found

    def tier(self, tier: Tier) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.tier is tier]

    def parent(self, unit: Unit) -> Unit | None:
        """The unit that it lies in, where that one is in force and of a higher tier."""
        parent = self.units.get(unit.parent) if unit.parent is not None else None
        return parent if parent is not None and parent.tier.above(unit.tier) else None

    def children(self, key: str) -> list[Unit]:
        return self._children.get(key, [])

    def ancestor(self, key: str, tier: Tier) -> Unit | None:
        """The unit of a tier that this one lies in, or itself; None where it is above that tier, or lies in none."""
        unit = self.units.get(key)
        while unit is not None and tier.above(unit.tier):
            unit = self.parent(unit)
        return unit if unit is not None and unit.tier is tier else None

    def within(self, key: str, tier: Tier) -> Iterator[Unit]:
        """The units of a tier that lie in this one."""
        for child in self.children(key):
            if child.tier is tier:
                yield child
            else:
                yield from self.within(child.key, tier)


class Territory:
    """All units of all times and how one became another, indexed once."""

    def __init__(self, units: Iterable[Unit], links: Iterable[Link]) -> None:
        self.lineage = Lineage(units, links)
        self.units = self.lineage.members
        spans = [unit.span for unit in self.units]
        self._changes = sorted({span.start for span in spans} | {span.end for span in spans if span.end})
        self._trees: dict[int, Tree] = {}

    def on(self, day: date) -> Tree:
        """The tree of a day, made once for all days between two changes."""
        period = bisect_right(self._changes, day)
        if period not in self._trees:
            self._trees[period] = Tree(unit for unit in self.units if unit.span.holds(day))
        return self._trees[period]

    def at(self, key: str, day: date) -> Unit | None:
        return self.lineage.at(key, day)

    def successors(self, key: str) -> list[Link]:
        """The links that lead from a unit, in the order of the data."""
        return self._links[0][key]

    def predecessors(self, key: str) -> list[Link]:
        """The links that lead to a unit, in the order of the data."""
        return self._links[1][key]

    def check(self) -> list[Fault]:
        """What is wrong with the units and links; none may stand where figures are to be relied on."""
        return [*faults(self.lineage), *self._across(), *self._misplaced(), *self._lost()]

    @cached_property
    def _links(self) -> tuple[dict[str, list[Link]], dict[str, list[Link]]]:
        sources: dict[str, list[Link]] = defaultdict(list)
        targets: dict[str, list[Link]] = defaultdict(list)
        for link in self.lineage.links:
            sources[link.source].append(link)
            targets[link.target].append(link)
        return sources, targets

    def _across(self) -> Iterator[Fault]:
        for link in self.lineage.links:
            source, target = self.lineage.ending(link.source, link.on), self.at(link.target, link.on)
            if source and target and source.tier is not target.tier and (source.tier, target.tier) not in ACROSS:
                yield Fault(Wrong.OTHER_TIER, link.source, link.target, link.on)

    def _misplaced(self) -> Iterator[Fault]:
        for unit in self.units:
            if unit.parent is None:
                if unit.tier is not Tier.PROVINCE:
                    yield Fault(Wrong.NO_PARENT, unit.key, None, unit.span.start)
                continue
            parents = self.lineage.lives(unit.parent)
            if any(not parent.tier.above(unit.tier) for parent in parents):
                yield Fault(Wrong.PARENT_TIER, unit.key, unit.parent, unit.span.start)
            elif (day := _uncovered(unit.span, [parent.span for parent in parents])) is not None:
                yield Fault(Wrong.PARENT_NOT_IN_FORCE, unit.key, unit.parent, day)

    def _lost(self) -> Iterator[Fault]:
        """Land does not end: only a tier may, on one day."""
        for unit in self.units:
            end = unit.span.end
            if end is not None and not self.lineage.after(unit) and self.on(end).tier(unit.tier):
                yield Fault(Wrong.NO_SUCCESSOR, unit.key, None, end)


def _uncovered(span: Span, by: list[Span]) -> date | None:
    """The first day of a span on which none of the others, the earliest first, is in force."""
    day = span.start
    for one in by:
        if one.holds(day):
            if one.end is None or (span.end is not None and span.end <= one.end):
                return None
            day = one.end
    return day
