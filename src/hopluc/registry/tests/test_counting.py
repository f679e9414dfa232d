"""Counters agree with what they count; the directory is the same by counters and by rows."""

from __future__ import annotations

from datetime import date

import pytest

from hopluc.registry import listing
from hopluc.registry.demo import demo_make
from hopluc.registry.listing import Listing
from hopluc.registry.models import Organisation, PlaceTally
from hopluc.registry.selectors import ALL, Sought, organisations_listed
from hopluc.registry.tallies import tallies_deviating, tallies_gather, tallies_recount
from hopluc.registry.territories import standing_of, years_of
from hopluc.registry.tests.conftest import TODAY
from hopluc.units.models import Unit


@pytest.fixture
def many(places) -> Unit:
    demo_make(cooperatives=40, groups=60, today=TODAY)
    return Organisation.objects.first().province


def test_pages_and_counts_are_those_of_the_rows(many):
    for sought in (
        Sought(),
        Sought(status=ALL, province=many, kind="tht"),
        Sought(operating="stopped", sector="crops"),
        Sought(typed="dong tam", status=ALL),
        Sought(status=ALL, founded=2024),
    ):
        for sort in ("name", "-name", "-capital", "capital", "-founded", "members"):
            rows = list(organisations_listed(sought, sort=sort))
            assert list(Listing(sought, sort)[:200]) == rows
        of_kinds = Listing(sought, "name").counts
        assert of_kinds.total == len(rows)
        assert of_kinds.kinds.get("htx", 0) == len([one for one in rows if one.kind == "htx"]) or sought.kind


def test_a_search_that_finds_too_many_lists_the_first(many, monkeypatch):
    monkeypatch.setattr(listing, "MOST", 7)
    found = Listing(Sought(typed="hop tac", status=ALL), "name")
    assert (len(found), found.counts.more) == (7, True)
    assert found[:7] == list(organisations_listed(Sought(typed="hop tac", status=ALL))[:7])
    assert not Listing(Sought(typed="khong co", status=ALL), "name").counts.more


def test_a_facet_that_leaves_few_of_too_many_is_counted_whole(many, monkeypatch):
    groups = Sought(typed="hop tac", status=ALL, kind="tht", sector="crops")
    few = list(organisations_listed(groups))
    monkeypatch.setattr(listing, "MOST", len(few))
    found = Listing(groups, "name")
    assert found[:100] == few
    assert (len(found), found.counts.more, found.counts.kinds) == (len(few), False, None)


def test_gathering_and_counting_anew_change_no_number(many):
    before = standing_of(None, today=TODAY)[0].of("organisations")
    Organisation.objects.filter(kind="htx").update(charter_capital=5)
    tallies_gather()
    assert not tallies_deviating()
    assert PlaceTally.objects.values("unit", "kind").distinct().count() == PlaceTally.objects.count()
    PlaceTally.objects.all().delete()
    assert tallies_deviating()
    tallies_recount()
    assert not tallies_deviating()
    assert standing_of(None, today=TODAY)[0].of("organisations") == before


def test_years_of_a_province_are_those_of_its_communes(found, commune, registrar):
    found("tht", name="Tổ hợp tác Nuôi ong", day=date(2026, 5, 1))
    found()
    province = years_of(commune.parent, today=TODAY)
    assert province == years_of(commune, today=TODAY)
    numbers = [(one.year, sum(one.founded.values()), one.at_end) for one in province]
    assert numbers == [(2025, 1, 1), (2026, 1, 2)]
