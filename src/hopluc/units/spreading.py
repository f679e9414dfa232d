"""Where the figures of a unit lie on the map of another day: in one unit, in known parts, or somewhere among several."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

from hopluc.units.lineage import Step, Tier, Unit
from hopluc.units.territory import Territory

ONE = Fraction(1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A share of a unit's figures that lies among some units of one map; `open` where it may lie in none of them."""

    share: Fraction
    among: frozenset[str]
    open: bool = False

    @property
    def certain(self) -> bool:
        return len(self.among) == 1 and not self.open


class Way(StrEnum):
    """Where to look for what became of a unit that nothing took over from."""

    BOTH = "both"
    DOWN = "down"  # its parts
    UP = "up"  # the whole that it lay in


NOWHERE = Part(ONE, frozenset(), open=True)


class Spread:
    """How figures of any unit and day lie on the map of day `on` at a tier."""

    def __init__(self, territory: Territory, *, on: date, tier: Tier) -> None:
        self.territory = territory
        self.on = on
        self.tier = tier
        self._tree = territory.on(on)
        self._parts: dict[tuple[str, date], list[Part]] = {}
        self._onwards: dict[tuple[str, date, Way], tuple[Part, ...]] = {}
        self._backs: dict[tuple[str, date, Way], Part] = {}

    def parts(self, unit: Unit, day: date) -> list[Part]:
        """The figures of a unit as it was that day, in parts whose shares make one."""
        if (found := self._parts.get((unit.key, day))) is None:
            found = self._parts[unit.key, day] = self._spread(unit, day)
        return found

    def _spread(self, unit: Unit, day: date) -> list[Part]:
        found = [self._at_tier(part) for part in self._moved(unit, day, Way.BOTH)]
        if unit.tier.above(self.tier):  # it lies among those that its own parts became
            smaller = self.territory.on(day).within(unit.key, self.tier)
            within = self._at_tier(_together(part for one in smaller for part in self._moved(one, day, Way.BOTH)))
            found = [_narrowed(part, within) for part in found]
        return _merged(found)

    def _at_tier(self, part: Part) -> Part:
        among: set[str] = set()
        elsewhere = part.open
        for key in part.among:
            units = self._of_tier(key)
            among.update(units)
            elsewhere = elsewhere or not units
        return Part(part.share, frozenset(among), elsewhere)

    def _of_tier(self, key: str) -> list[str]:
        """The unit of the tier that this one lies in, or those that lie in it."""
        if self._tree.units[key].tier.above(self.tier):
            return [unit.key for unit in self._tree.within(key, self.tier)]
        unit = self._tree.ancestor(key, self.tier)
        return [unit.key] if unit else []

    def _moved(self, unit: Unit, day: date, way: Way) -> tuple[Part, ...]:
        return self._onward(unit, way) if day <= self.on else (self._back(unit, day, way),)

    def _onward(self, unit: Unit, way: Way) -> tuple[Part, ...]:
        if unit.span.end is None or self.on < unit.span.end:
            return (Part(ONE, frozenset((unit.key,))),)
        steps = self.territory.lineage.after(unit)
        if (heir := _heir(steps)) is not None:
            return self._onward(heir, way)
        known = unit.key, unit.span.end, way
        if known not in self._onwards:
            parts = self._divided(steps, way) if steps else [self._around(unit, unit.span.end - DAY, way)]
            self._onwards[known] = tuple(_merged(parts))
        return self._onwards[known]

    def _divided(self, steps: list[Step[Unit]], way: Way) -> Iterator[Part]:
        for share, targets, elsewhere in _shared(steps):
            parts = [part for target in targets for part in self._onward(target, way)]
            if len(targets) > 1 or elsewhere:
                parts = [_together(parts)]
            for part in parts:
                yield Part(share * part.share, part.among, part.open or elsewhere)

    def _back(self, unit: Unit, day: date, way: Way) -> Part:
        """Back in time nothing says which part of a figure came from which of several units."""
        known = unit.key, day, way
        if known not in self._backs:
            self._backs[known] = _together(self._origins(unit, day, way))
        return self._backs[known]

    def _origins(self, unit: Unit, day: date, way: Way) -> Iterator[Part]:
        steps = [step for step in self.territory.lineage.before(unit) if self.on < step.on <= day]
        for step in steps:
            yield self._back(step.member, step.on - DAY, way)
        if unit.span.holds(self.on):
            yield Part(ONE, frozenset((unit.key,)))
        elif all(step.on != unit.span.start for step in steps):
            yield self._around(unit, unit.span.start, way)

    def _around(self, unit: Unit, day: date, way: Way) -> Part:
        """A unit that nothing took over from, or that came from nothing: where its parts are; else, within which whole."""
        tree = self.territory.on(day)
        down = NOWHERE
        if way is not Way.UP:
            down = _together(part for one in tree.children(unit.key) for part in self._moved(one, day, Way.DOWN))
        if way is Way.DOWN or not down.open:
            return down
        parent = tree.parent(unit)
        up = _together(self._moved(parent, day, Way.UP)) if parent else NOWHERE
        return Part(ONE, down.among | up.among, up.open)


def _heir(steps: list[Step[Unit]]) -> Unit | None:
    """Who took over everything."""
    if len(steps) != 1 or ((link := steps[0].link) is not None and link.share is not None and link.share != 1):
        return None
    return steps[0].member


def _shared(steps: list[Step[Unit]]) -> Iterator[tuple[Fraction, list[Unit], bool]]:
    """Shares and who gets each: one unit, or several where nobody said how much; and whether some may be elsewhere.

    Shares that cannot be right say nothing.
    """
    said = [(Fraction(step.link.share), step.member) for step in steps if step.link and step.link.share is not None]
    rest = ONE - sum(share for share, _ in said)
    if rest < 0 or any(share <= 0 for share, _ in said):
        yield ONE, [step.member for step in steps], False
        return
    for share, member in said:
        yield share, [member], False
    unsaid = [step.member for step in steps if not step.link or step.link.share is None]
    if rest:
        yield rest, unsaid or [step.member for step in steps], not unsaid


def _together(parts: Iterable[Part]) -> Part:
    """One part of which nobody knows how it divides."""
    found = list(parts) or [NOWHERE]
    return Part(ONE, frozenset().union(*(part.among for part in found)), any(part.open for part in found))


def _narrowed(part: Part, within: Part) -> Part:
    """The same part among fewer units, where it is known to lie within these."""
    if within.open or not (among := part.among & within.among):
        return part
    return Part(part.share, among, part.open)


def _merged(parts: Iterable[Part]) -> list[Part]:
    found = list(parts)
    if len(found) == 1:
        return found
    shares: dict[tuple[frozenset[str], bool], Fraction] = defaultdict(Fraction)
    for part in found:
        shares[part.among, part.open] += part.share
    return [Part(share, among, elsewhere) for (among, elsewhere), share in shares.items()]
