"""The map of a day: which provinces there were, what they were made of, what lies in a unit."""

from __future__ import annotations

from datetime import date

import pytest

from hopluc.units import tree
from hopluc.units.models import Unit
from hopluc.units.outlines import _neighbours, tones
from hopluc.units.tests.making import BEFORE, JULY, places_load


@pytest.fixture(scope="module")
def kept_places(kept):
    places_load()


@pytest.fixture
def places(kept_places, db):
    """Once for the module; each test leaves it as it was."""


def provinces(day: date) -> dict[str, tree.Province]:
    return {one.unit.name: one for one in tree.Atlas().on(day)}


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 63), (date(2025, 6, 30), 63), (JULY, 34), (date(2007, 1, 1), 0)])
def test_provinces_of_a_day(places, day, count):
    assert len(provinces(day)) == count


def test_a_province_is_made_of_others_and_became_another(places):
    before, after = provinces(BEFORE), provinces(JULY)
    assert [one.name for one in before["Bắc Kạn"].became] == ["Thái Nguyên"]
    assert [one.name for one in after["Thái Nguyên"].made_of] == ["Bắc Kạn", "Thái Nguyên"]
    assert (before["Bắc Kạn"].districts, before["Bắc Kạn"].communes) == (8, 108)
    assert (after["Thái Nguyên"].districts, after["Thái Nguyên"].communes) == (0, 92)


def test_names_are_those_of_the_day_and_so_is_their_order(places):
    assert provinces(date(2024, 12, 31))["Thừa Thiên Huế"].unit.kind == "tỉnh"
    assert provinces(date(2025, 1, 1))["Huế"].unit.kind == "thành phố"
    names = list(provinces(date(2024, 12, 31)))
    assert names.index("Thừa Thiên Huế") == names.index("Tiền Giang") - 1


def test_days_of_change(places):
    events = {event.on: event for event in tree.Atlas().events}
    assert (events[date(2008, 8, 1)].began, events[JULY].began) == (63, 34)
    assert events[date(2025, 1, 1)].renamed == (("tỉnh Thừa Thiên Huế", "thành phố Huế"),)
    assert events[date(2026, 4, 30)].renamed == (("tỉnh Đồng Nai", "thành phố Đồng Nai"),)


def test_communes_of_a_unit_on_a_day(places):
    old, now, district = (Unit.objects.get(key=key) for key in ("06.2008", "19.2025", "064.2008"))
    assert tree.communes_of(old, BEFORE).count() == 108
    assert not tree.communes_of(old, JULY)
    assert [str(unit) for unit in tree.communes_of(now, JULY, "tan ky")] == ["xã Tân Kỳ"]
    assert {unit.parent for unit in tree.communes_of(district, BEFORE)} == {district}


def test_what_a_commune_was_made_of(places):
    commune = Unit.objects.get(key="02104.2025")
    assert [(link.unit.name, link.share) for link in tree.relatives(commune)[0]] == [
        ("Cao Kỳ", 1),
        ("Hòa Mục", 1),
        ("Tân Sơn", 1),
    ]


def test_a_former_province_is_drawn_as_todays_communes(places):
    within, lit = tree.outline_of(Unit.objects.get(key="06.2008"))
    assert {unit.key for unit in within} == {"19.2025"}
    assert "02104.2025" in lit
    assert 30 < len(lit) < 92


def test_search_finds_former_units_after_those_of_today(places):
    found = [(unit.key, unit.validity.upper) for unit in tree.units_named("bac kan", on=JULY)]
    assert ("06.2008", JULY) in found
    ends = [end is not None for _key, end in found]
    assert ends == sorted(ends)


def test_search_finds_a_name_of_before(places):
    assert [unit.key for unit in tree.units_named("thừa thiên", on=JULY)] == ["46.2008"]


def test_neighbours_never_have_one_colour():
    near, colours = _neighbours("provinces-2025.json", "code"), tones()
    assert len(near) == 34
    assert near["19"] >= {"04", "20", "24", "01", "08"}
    assert [(one, other) for one, others in near.items() for other in others if colours[one] == colours[other]] == []
