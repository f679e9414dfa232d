"""Figures on the map of another day, faults of a territory, and who answers today: small cases that can be read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from operator import itemgetter

import pytest

from hopluc.units.aggregation import Aggregated, Figure, Ratio, Why, aggregate, ratio
from hopluc.units.lineage import Tier
from hopluc.units.soundness import Fault, Wrong
from hopluc.units.tests.territories import load_cases, territory_of

by_name = itemgetter("name")
SPLIT = next(case for case in load_cases("aggregation") if case["name"].startswith("a split commune is shown"))


def figures_of(rows: list) -> list[Figure]:
    return [Figure(unit, day, Decimal(str(value))) for unit, day, value in rows]


def aggregated(case: dict) -> Aggregated:
    return aggregate(figures_of(case["figures"]), territory_of(case), on=case["day"], tier=Tier(case["tier"]))


@pytest.mark.parametrize("case", load_cases("aggregation"), ids=by_name)
def test_aggregate(case):
    found, expect = aggregated(case), case["expect"]
    assert found.values == {key: Fraction(value) for key, value in expect.get("values", {}).items()}
    assert [(one.amount, list(one.candidates), ["open"] if one.open else []) for one in found.inseparable] == [
        (Fraction(amount), among, left_out) for amount, among, *left_out in expect.get("inseparable", ())
    ]
    assert [(one.figure.unit, one.figure.day, one.why) for one in found.refused] == [
        (unit, day, Why(why)) for unit, day, why in expect.get("refused", ())
    ]
    assert found.total == sum(found.values.values()) + sum(one.amount for one in found.inseparable)


@pytest.mark.parametrize("case", load_cases("soundness"), ids=by_name)
def test_check(case):
    assert territory_of(case).check() == [Fault(Wrong(wrong), *about) for wrong, *about in case["expect"]]


def test_every_fault_has_a_case():
    assert {wrong for case in load_cases("soundness") for wrong, *_ in case["expect"]} == set(Wrong)


def test_the_tree_of_a_day():
    territory = territory_of(next(case for case in load_cases("aggregation") if "abolished" in case["name"]))
    before, after = territory.on(date(2025, 6, 30)), territory.on(date(2025, 7, 1))
    assert [unit.key for unit in before.tier(Tier.PROVINCE)] == ["p"]
    assert [unit.key for unit in before.within("p", Tier.COMMUNE)] == ["old-1", "old-2"]
    assert [unit.key for unit in after.children("q")] == ["new-1", "new-2", "new-3"]
    assert before.ancestor("old-1", Tier.DISTRICT).key == "d"
    assert before.ancestor("old-1", Tier.PROVINCE).key == "p"
    assert before.ancestor("p", Tier.COMMUNE) is after.ancestor("old-1", Tier.PROVINCE) is None
    assert [link.target for link in territory.successors("old-2")] == ["new-2", "new-1"]
    assert [link.source for link in territory.predecessors("new-1")] == ["old-1", "old-2"]


def on_communes(*rows: tuple[str, int]) -> Aggregated:
    """Figures of 2026, and of the commune `old` that was split between `east` and `west`, by today's communes."""
    figures = [Figure(unit, date(2020 if unit == "old" else 2026, 1, 1), Decimal(value)) for unit, value in rows]
    return aggregate(figures, territory_of(SPLIT), on=date(2026, 1, 1), tier=Tier.COMMUNE)


def test_a_ratio_comes_from_its_parts():
    """Two figures of one unit: 1 of 10 and 30 of 30 make 31 of 40, not the mean of 10% and 100%."""
    found = ratio(on_communes(("far", 1), ("far", 30)), on_communes(("far", 10), ("far", 30)))
    assert found == {"far": Ratio(Fraction(31), Fraction(40), partial=False)}
    assert found["far"].value == Fraction(31, 40)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ([("east", 1), ("old", 1)], [("east", 4)]),  # some of what was split may be its own
        ([("east", 1)], [("east", 4), ("old", 1)]),
        ([("east", 1)], [("far", 4)]),  # nothing to divide by
        ([("far", 1)], [("east", 4)]),  # nothing to divide
    ],
)
def test_a_ratio_is_partial_where_a_part_is_not_known(above, below):
    found = ratio(on_communes(*above), on_communes(*below))["east"]
    assert found.partial
    assert found.value is None


def test_no_ratio_to_nothing():
    found = ratio(on_communes(("far", 1)), on_communes(("far", 0)))["far"]
    assert not found.partial
    assert found.value is None
