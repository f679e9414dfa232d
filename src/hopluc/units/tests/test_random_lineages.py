"""What holds of figures over any lineage. Lands are made at random with known plots; a failure prints the seed."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopluc.units.aggregation import Aggregated, Figure, aggregate
from hopluc.units.lineage import Link, Span, Tier, Unit
from hopluc.units.soundness import Wrong
from hopluc.units.territory import Territory
from hopluc.units.tests.territories import Land, Place, land
from tests.examples import examples

BOUNDED = settings(max_examples=examples(60), deadline=None, print_blob=True, database=None)
seeds = st.integers(min_value=0, max_value=2**32 - 1)
every_tier = pytest.mark.parametrize("tier", Tier)


def conserved(found: Aggregated, figures: Iterable[Figure]) -> bool:
    given_ = sum((Fraction(figure.value) for figure in figures), Fraction())
    return found.total == given_ == sum(found.values.values()) + sum(one.amount for one in found.inseparable)


def holding(made: Land, era: int, tier: Tier, plots: frozenset[int]) -> set[str]:
    return {place.key for place in made.places(era, tier) if place.plots & plots}


def eras_and_days(made: Land, pick: random.Random) -> tuple[tuple[int, date], tuple[int, date]]:
    """An era and a day in it for the figures, and for the map."""
    first, second = (pick.randrange(len(made.eras)) for _ in range(2))
    return (first, made.day(pick, first)), (second, made.day(pick, second))


@every_tier
@BOUNDED
@given(seed=seeds)
def test_nothing_is_lost_or_made(tier: Tier, seed: int):
    pick = random.Random(seed)
    made = land(pick, shares=pick.choice(("none", "some", "all")), gaps=pick.random() < 0.5)
    figures = []
    for _ in range(pick.randint(1, 12)):
        era = pick.randrange(len(made.eras))
        value = Decimal(pick.randint(-(10**30), 10**30)).scaleb(pick.randint(-40, 3))
        figures.append(Figure(pick.choice(list(made.eras[era])), made.day(pick, era), value))
    _, (_, on) = eras_and_days(made, pick)
    found = aggregate(figures, made.territory, on=on, tier=tier)
    assert not found.refused
    assert conserved(found, figures)


@every_tier
@BOUNDED
@given(seed=seeds)
def test_a_figure_lies_where_its_land_lies(tier: Tier, seed: int):
    """Every figure, forwards and backwards: what counts in one unit lies there whole; candidates leave none out."""
    pick = random.Random(seed)
    made = land(pick, gaps=pick.random() < 0.5)
    (era, day), (later, on) = eras_and_days(made, pick)
    territory = made.territory
    for place in made.eras[era].values():
        found = aggregate([Figure(place.key, day, Decimal(1))], territory, on=on, tier=tier)
        true = holding(made, later, tier, place.plots)
        if found.values:
            assert set(found.values) == true
        else:
            (one,) = found.inseparable
            assert true <= set(one.candidates)
            assert one.open == (not true)


@BOUNDED
@given(seed=seeds)
def test_known_land_is_found_without_gaps(seed: int):
    """Over one change with all links, a commune's candidates are exactly the units that hold its land."""
    pick = random.Random(seed)
    made = land(pick)
    era = pick.randrange(len(made.eras) - 1)
    there, back = made.day(pick, era), made.day(pick, era + 1)
    territory = made.territory
    for figures_of, day, on, map_of in ((era, there, back, era + 1), (era + 1, back, there, era)):
        for place in made.places(figures_of, Tier.COMMUNE):
            found = aggregate([Figure(place.key, day, Decimal(1))], territory, on=on, tier=Tier.COMMUNE)
            candidates = set(found.values) or set(found.inseparable[0].candidates)
            assert candidates == holding(made, map_of, Tier.COMMUNE, place.plots)


@every_tier
@BOUNDED
@given(seed=seeds)
def test_true_sums_lie_within_what_is_known(tier: Tier, seed: int):
    """Shares in proportion to land, figures too: each unit has at least what counts there, at most that and the rest."""
    pick = random.Random(seed)
    made = land(pick, shares=pick.choice(("some", "all")), gaps=pick.random() < 0.3)
    (era, day), (later, on) = eras_and_days(made, pick)
    found = aggregate(by_plots(made.places(era, Tier.COMMUNE), day), made.territory, on=on, tier=tier)
    loose = Counter()
    for one in found.inseparable:
        for key in [place.key for place in made.places(later, tier)] if one.open else one.candidates:
            loose[key] += one.amount
    for place in made.places(later, tier):
        sure = found.values.get(place.key, 0)
        assert sure <= len(place.plots) <= sure + loose[place.key]


@pytest.mark.parametrize("tier", [Tier.PROVINCE, Tier.COMMUNE])
@BOUNDED
@given(seed=seeds)
def test_shares_that_are_all_given_divide_everything(tier: Tier, seed: int):
    pick = random.Random(seed)
    made = land(pick, shares="all")
    era = pick.randrange(len(made.eras))
    later = pick.randrange(era, len(made.eras))
    days = made.starts[era], made.starts[later]
    found = aggregate(by_plots(made.places(era, Tier.COMMUNE), days[0]), made.territory, on=days[1], tier=tier)
    assert not found.inseparable
    assert found.values == {place.key: len(place.plots) for place in made.places(later, tier)}


def by_plots(places: list[Place], day: date) -> list[Figure]:
    return [Figure(place.key, day, Decimal(len(place.plots))) for place in places]


@pytest.mark.parametrize("upper", [Tier.PROVINCE, Tier.DISTRICT])
@BOUNDED
@given(seed=seeds)
def test_a_higher_tier_is_the_sum_of_the_lower(upper: Tier, seed: int):
    """A province has what its communes have, and what lies somewhere among them."""
    pick = random.Random(seed)
    made = land(pick, shares=pick.choice(("none", "some", "all")), gaps=pick.random() < 0.5)
    (era, day), (_, on) = eras_and_days(made, pick)
    territory = made.territory
    figures = [Figure(place.key, day, Decimal(pick.randint(0, 999)) / 10) for place in made.places(era, Tier.COMMUNE)]
    high, low = (aggregate(figures, territory, on=on, tier=tier) for tier in (upper, Tier.COMMUNE))
    tree = territory.on(on)
    expected: Counter[str] = Counter()
    for keys, amount in [((key,), value) for key, value in low.values.items()] + [
        (one.candidates, one.amount) for one in low.inseparable if not one.open
    ]:
        above = {found.key if (found := tree.ancestor(key, upper)) else None for key in keys}
        if len(above) == 1 and None not in above:
            expected[above.pop()] += amount
    assert {key: value for key, value in high.values.items() if value} == {k: v for k, v in expected.items() if v}


@BOUNDED
@given(seed=seeds)
def test_whole_lineages_have_no_fault(seed: int):
    pick = random.Random(seed)
    made = land(pick, shares=pick.choice(("none", "some", "all")))
    assert made.territory.check() == []


@BOUNDED
@given(seed=seeds)
def test_gaps_are_found(seed: int):
    """A unit that ends and whose links are left out is named, unless its tier ends with it."""
    pick = random.Random(seed)
    made = land(pick)
    ends = [link for link in made.links if made.territory.at(link.source, link.on) is None]
    if not ends:
        return
    lost = pick.choice(ends)
    links = [link for link in made.links if (link.source, link.on) != (lost.source, lost.on)]
    (fault,) = Territory(made.units, links).check()
    assert (fault.wrong, fault.key, fault.day) == (Wrong.NO_SUCCESSOR, lost.source, lost.on)


@every_tier
@BOUNDED
@given(seed=seeds)
def test_broken_data_end_and_lose_nothing(tier: Tier, seed: int):
    """Units and links of pure chance, with circles, overlaps and gaps."""
    pick = random.Random(seed)
    keys = "abcdef"

    def day() -> date:
        return date(2020, 1, 1) + timedelta(days=pick.randrange(8))

    units = [
        Unit(
            pick.choice(keys),
            pick.choice(list(Tier)),
            "",
            pick.choice((None, *keys)),
            Span(day(), pick.choice((None, day()))),
        )
        for _ in range(pick.randint(1, 12))
    ]
    shares = (None, None, Fraction(1, 2), Fraction(1), Fraction(3, 2), Fraction(-1))
    ends = [(unit.key, unit.span.end) for unit in units if unit.span.end] or [("a", day())]
    links = [Link(*pick.choice([(k, pick.choice(keys), d) for k, d in ends]), pick.choice(shares)) for _ in range(10)]
    territory = Territory(units, links)
    territory.check()
    figures = [Figure(unit.key, unit.span.start, Decimal(pick.randint(1, 99))) for unit in units]
    found = aggregate(figures, territory, on=day(), tier=tier)
    refused = {one.figure for one in found.refused}
    assert conserved(found, [figure for figure in figures if figure not in refused])
