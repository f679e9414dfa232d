"""Territories for tests: read from cases, and made at random over a land whose plots are known."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

from hopluc.units.lineage import Link, Span, Tier, Unit
from hopluc.units.territory import Territory
from tests.cases import named_cases

CASES = Path(__file__).parent / "cases"
DAY = timedelta(days=1)


def load_cases(name: str) -> list[dict[str, Any]]:
    """The cases of `cases/<name>.yaml`; each has a `name` of its own."""
    return named_cases(CASES / f"{name}.yaml")


def territory_of(case: dict[str, Any]) -> Territory:
    """`units: [[key, tier, parent, start, end]]` and `links: [[source, target, on, share]]`; the last may be left out."""
    units = [unit_of(*row) for row in case["units"]]
    return Territory(units, [link_of(*row) for row in case.get("links", ())])


def unit_of(key: str, tier: str, parent: str | None, start: date, end: date | None = None) -> Unit:
    return Unit(key, Tier(tier), key, parent, Span(start, end))


def link_of(source: str, target: str, on: date, share: str | None = None) -> Link:
    return Link(source, target, on, Fraction(share) if share is not None else None)


Plots = frozenset[int]


@dataclass(frozen=True)
class Place:
    """A unit as it is in one era, with the plots of land that it covers."""

    key: str
    tier: Tier
    parent: str | None
    plots: Plots


@dataclass
class Land:
    """A territory made at random. Each era has a map whose units cover all plots, so that what is true is known."""

    starts: list[date]
    eras: list[dict[str, Place]] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)

    @property
    def territory(self) -> Territory:
        return Territory(self.units, self.links)

    def day(self, pick: random.Random, era: int) -> date:
        return self.starts[era] + DAY * pick.randrange((self.starts[era + 1] - self.starts[era]).days)

    def places(self, era: int, tier: Tier) -> list[Place]:
        return [place for place in self.eras[era].values() if place.tier is tier]


def land(pick: random.Random, *, shares: str = "none", gaps: bool = False) -> Land:
    """Some eras of a small country: units merge, split, give land to others, keep or change key, parent and tier above.

    `shares`: of a source, by plots: `none`, `all`, or `some` of them, some too small. `gaps` leaves out links.
    """
    plots = list(range(pick.randint(2, 9)))
    starts = [date(2000, 1, 1)]
    for _ in range(pick.randint(2, 4)):
        starts.append(starts[-1] + DAY * pick.randint(1, 400))
    made = Land(starts)
    lives: dict[str, Unit] = {}
    for era, start in enumerate(starts[:-1]):
        _next_era(made, lives, _map(pick, plots, era), start, pick, gaps=gaps)
        lives = {key: life for key, life in lives.items() if key in made.eras[era]}
    made.units += lives.values()
    made.links = _with_shares(made, shares, pick)
    return made


def _map(pick: random.Random, plots: list[int], era: int) -> list[Place]:
    """A map of new keys, provinces first; some eras have no districts."""
    provinces = pick.randint(1, 3)
    districts = pick.choice((0, pick.randint(1, 5)))
    communes = defaultdict(set)
    for plot in plots:
        communes[pick.randint(1, 2 * len(plots))].add(plot)
    above: dict[str, set[int]] = defaultdict(set)
    upper: dict[str, str] = {f"d{n}.{era}": f"p{pick.randint(1, provinces)}.{era}" for n in range(1, districts + 1)}
    places = []
    for number, land_of in communes.items():
        parent = pick.choice(list(upper)) if upper else f"p{pick.randint(1, provinces)}.{era}"
        places.append(Place(f"c{number}.{era}", Tier.COMMUNE, parent, frozenset(land_of)))
        above[parent] |= land_of
    for key in [key for key in above if key in upper]:
        above[upper[key]] |= above[key]
    places += [
        Place(key, Tier.DISTRICT if key in upper else Tier.PROVINCE, upper.get(key), frozenset(land_of))
        for key, land_of in above.items()
    ]
    return sorted(places, key=lambda place: (list(Tier).index(place.tier), place.key))


def _next_era(
    made: Land, lives: dict[str, Unit], fresh: list[Place], start: date, pick: random.Random, *, gaps: bool
) -> None:
    before = made.eras[-1] if made.eras else {}
    renamed = _kept_keys(before, fresh, pick)
    now = {}
    for place in fresh:
        key, parent = renamed.get(place.key, place.key), renamed.get(place.parent or "", place.parent)
        now[key] = replace(place, key=key, parent=parent)
    going_on = {
        key
        for key, place in now.items()
        if key in before
        and before[key].parent == place.parent
        and before[key].plots <= place.plots
        and pick.random() < 0.7
    }
    for key, life in list(lives.items()):
        if key not in going_on:
            made.units.append(replace(life, span=Span(life.span.start, start)))
    for key, place in now.items():
        if key not in going_on:
            lives[key] = Unit(key, place.tier, key, place.parent, Span(start))
    made.links += _links(before, now, going_on, start, pick, gaps=gaps)
    made.eras.append(now)


def _kept_keys(before: dict[str, Place], fresh: list[Place], pick: random.Random) -> dict[str, str]:
    """Some new units bear the key of an old one of their tier with which they share land."""
    renamed: dict[str, str] = {}
    for place in fresh:
        old = [one.key for one in before.values() if one.tier is place.tier and one.plots & place.plots]
        free = [key for key in old if key not in renamed.values()]
        if free and pick.random() < 0.6:
            renamed[place.key] = pick.choice(free)
    return renamed


def _links(
    before: dict[str, Place],
    now: dict[str, Place],
    going_on: set[str],
    start: date,
    pick: random.Random,
    *,
    gaps: bool,
) -> list[Link]:
    found = []
    for source in before.values():
        targets = [one for one in now.values() if one.tier is source.tier and one.plots & source.plots]
        if source.key in going_on:
            continue
        if [one.key for one in targets] == [source.key] and pick.random() < 0.5:
            continue  # the key going on says it
        found += [Link(source.key, one.key, start) for one in targets]
    return _with_gaps(found, before, now, pick) if gaps else found


def _with_gaps(links: list[Link], before: dict[str, Place], now: dict[str, Place], pick: random.Random) -> list[Link]:
    """Without some changes below provinces, each left out whole, and none in which a key goes on."""
    kept = []
    while links:
        change, keys = [links[0]], {links[0].source, links[0].target}
        while more := [link for link in links if link not in change and {link.source, link.target} & keys]:
            change += more
            keys |= {key for link in more for key in (link.source, link.target)}
        links = [link for link in links if link not in change]
        if before[change[0].source].tier is Tier.PROVINCE or keys & before.keys() & now.keys() or pick.random() < 0.5:
            kept += change
    return kept


def _with_shares(made: Land, shares: str, pick: random.Random) -> list[Link]:
    if shares == "none":
        return made.links
    found = []
    hows: dict[tuple[str, date], str] = {}
    for link in made.links:
        era = made.starts.index(link.on)
        source, target = made.eras[era - 1][link.source], made.eras[era][link.target]
        share = Fraction(len(source.plots & target.plots), len(source.plots))
        how = hows.setdefault((link.source, link.on), pick.choice(("all", "unsaid", "small")))
        if shares == "some" and how != "all" and pick.random() < 0.5:
            found.append(replace(link, share=None if how == "unsaid" else share / 3))
        else:
            found.append(replace(link, share=share))
    return found
