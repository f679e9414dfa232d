"""The change of 1 July 2025 as it is in the data: 63 provinces and 10,035 communes became 34 and 3,321."""

from __future__ import annotations

import csv
import random
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from hopluc.units.aggregation import Aggregated, Figure, aggregate
from hopluc.units.lineage import Link, Span, Tier, Unit
from hopluc.units.territory import Territory

DATA = Path(__file__).parents[1] / "data"
BEFORE, AFTER = date(2025, 6, 30), date(2025, 7, 1)
both_ways = pytest.mark.parametrize(("then", "on"), [(BEFORE, AFTER), (AFTER, BEFORE)], ids=["forwards", "backwards"])


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def unit(row: dict[str, str]) -> Unit:
    end = date.fromisoformat(row["to"]) if row["to"] else None
    return Unit(
        row["key"], Tier(row["tier"]), row["code"], row["parent"] or None, Span(date.fromisoformat(row["from"]), end)
    )


@pytest.fixture(scope="module")
def territory() -> Territory:
    units = [unit(row) for row in rows("units.csv")]
    ends = {one.key: one.span.end for one in units if one.span.end}
    links = [
        Link(row["from"], row["to"], ends[row["from"]], Fraction(row["share"]) if row["share"] else None)
        for row in rows("lineage.csv")
    ]
    return Territory(units, links)


def random_figures(territory: Territory, tier: Tier, day: date) -> list[Figure]:
    pick = random.Random(2025)
    return [Figure(one.key, day, Decimal(pick.randint(-(10**6), 10**12))) for one in territory.on(day).tier(tier)]


def assert_conserved(found: Aggregated, figures: list[Figure]) -> None:
    assert not found.refused
    assert found.total == sum(int(figure.value) for figure in figures)
    assert found.total == sum(found.values.values()) + sum(one.amount for one in found.inseparable)


@pytest.mark.thorough
def test_nothing_is_wrong_with_it(territory: Territory):
    assert territory.check() == []


@both_ways
@pytest.mark.parametrize("tier", Tier)
@pytest.mark.parametrize("of", Tier)
def test_figures_are_conserved(territory: Territory, of: Tier, tier: Tier, then: date, on: date):
    figures = random_figures(territory, of, then)
    assert_conserved(aggregate(figures, territory, on=on, tier=tier), figures)


def test_every_province_of_today_has_the_figures_of_its_old_communes(territory: Territory):
    """By communes and by provinces the change gives the same sums, whole."""
    figures = random_figures(territory, Tier.COMMUNE, BEFORE)
    by_communes = aggregate(figures, territory, on=AFTER, tier=Tier.PROVINCE)
    old = aggregate(figures, territory, on=BEFORE, tier=Tier.PROVINCE).values
    assert len(old) == 63
    assert all(value.denominator == 1 for value in old.values())
    by_provinces = aggregate(
        [Figure(key, BEFORE, Decimal(int(value))) for key, value in old.items()],
        territory,
        on=AFTER,
        tier=Tier.PROVINCE,
    )
    assert len(by_communes.values) == 34
    assert by_communes.values == by_provinces.values
    assert not by_communes.inseparable


def test_bac_kan_and_thai_nguyen_are_one(territory: Territory):
    figures = [Figure("06.2008", date(2020, 12, 31), Decimal(12)), Figure("19.2008", date(2020, 12, 31), Decimal(30))]
    assert aggregate(figures, territory, on=AFTER, tier=Tier.PROVINCE).values == {"19.2025": 42}
    (back,) = aggregate([Figure("19.2025", AFTER, Decimal(42))], territory, on=BEFORE, tier=Tier.PROVINCE).inseparable
    assert back.candidates == ("06.2008", "19.2008")


def test_what_was_split_stays_among_its_successors(territory: Territory):
    """Exactly the communes that lineage divides without shares are inseparable, among exactly the communes it names."""
    figures = random_figures(territory, Tier.COMMUNE, BEFORE)
    found = aggregate(figures, territory, on=AFTER, tier=Tier.COMMUNE)
    parts = Counter(row["from"] for row in rows("lineage.csv") if not row["share"])
    assert {one.figure.unit: len(one.candidates) for one in found.inseparable} == parts
    assert not any(one.open for one in found.inseparable)


def test_district_figures_go_up_to_the_province(territory: Territory):
    figures = random_figures(territory, Tier.DISTRICT, BEFORE)
    found = aggregate(figures, territory, on=AFTER, tier=Tier.PROVINCE)
    assert not found.inseparable
    assert len(found.values) == 34
