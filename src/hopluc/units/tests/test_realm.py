"""What a post reaches: who holds the work of its agency today, what that took over, what stands below, which provinces."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from hopluc.units.models import Agency, Unit
from hopluc.units.realm import Realm, realm_of
from hopluc.units.tests.places import DEPARTMENTS, PROVINCES, agency, hand_over, land, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 1)
DAY = timedelta(days=1)


def ids(*rows: Agency | Unit) -> frozenset[int]:
    return frozenset(row.pk for row in rows)


def test_no_post_reaches_nothing():
    assert realm_of([], on=TODAY) == Realm()


def test_before_a_merger_each_has_its_own():
    at = land()
    assert realm_of([at.finance_old], on=DEPARTMENTS - DAY).agencies == ids(at.finance_old)
    found = realm_of([at.planning], on=DEPARTMENTS - DAY)
    assert found == Realm(ids(at.planning), ids(at.planning), ids(at.old))


def test_from_the_day_of_a_merger_the_successor_has_what_was_before():
    at = land()
    assert realm_of([at.finance_old], on=DEPARTMENTS).agencies == ids(at.finance_old, at.planning)
    assert realm_of([at.finance_old], on=PROVINCES - DAY).provinces == ids(at.old)


def test_a_merged_province_has_the_agencies_and_plans_of_all_it_was_made_of():
    at = land()
    found = realm_of([at.finance], on=TODAY)
    assert found.agencies == ids(at.finance, at.finance_old, at.finance_lost, at.planning)
    assert found.below == found.agencies | ids(at.branch)
    assert found.provinces == ids(at.new, at.old, at.lost)


@pytest.mark.parametrize("name", ["planning", "finance_old", "finance_lost"])
def test_a_post_at_an_agency_that_ended_goes_on_at_its_successor(name):
    at = land()
    assert realm_of([getattr(at, name)], on=TODAY) == realm_of([at.finance], on=TODAY)


def test_whoever_took_over_one_field_has_nothing_else_of_it():
    at = land()
    assert at.labour.pk not in realm_of([at.finance_old], on=DEPARTMENTS).below
    assert at.labour.pk in realm_of([at.home], on=DEPARTMENTS).agencies
    assert at.finance_old.pk not in realm_of([at.labour], on=DEPARTMENTS).below


def test_an_agency_that_ended_without_a_successor_keeps_its_own():
    at = land()
    assert realm_of([at.branch], on=TODAY) == Realm(ids(at.branch), ids(at.branch), ids(at.lost))


def test_what_stands_below_is_reached_and_what_stands_above_is_not():
    at = land()
    council = agency("ubnd-tinh", at.new)
    hall = agency("ubnd-xa", unit("01.2025", "Tân Kỳ", start=PROVINCES, parent=at.new), above=council)
    office = agency("vp-xa", hall.unit, above=hall)
    found = realm_of([council], on=TODAY)
    assert (found.agencies, found.below) == (ids(council), ids(council, hall, office))
    assert realm_of([hall], on=TODAY).below == ids(hall, office)
    assert realm_of([hall], on=TODAY).provinces == ids(at.new, at.old, at.lost)


def test_each_part_of_a_divided_commune_has_what_it_left_but_no_post_goes_on_in_all_of_them():
    at = land()
    gone, whole = (agency("ubnd-xa", unit(f"{code}.2008", code, end=PROVINCES, parent=at.old)) for code in ("02", "03"))
    parts = [agency("ubnd-xa", unit(f"{code}.2025", code, start=PROVINCES, parent=at.new)) for code in ("04", "05")]
    hand_over(gone, *parts)
    hand_over(whole, parts[0])
    assert realm_of([parts[0]], on=TODAY).agencies == ids(parts[0], gone, whole)
    assert realm_of([parts[1]], on=TODAY).agencies == ids(parts[1], gone)
    assert realm_of([gone], on=TODAY).agencies == ids(gone)
    assert realm_of([whole], on=TODAY) == realm_of([parts[0]], on=TODAY)


def test_a_body_of_no_province_reaches_no_province():
    ministry = agency("bo-tc", None)
    assert realm_of([ministry], on=TODAY) == Realm(ids(ministry), ids(ministry))


def test_several_posts_reach_what_each_does_in_one_query(django_assert_num_queries):
    at = land()
    with django_assert_num_queries(1):
        found = realm_of([at.home, at.finance], on=TODAY)
    assert found.agencies == realm_of([at.home], on=TODAY).agencies | realm_of([at.finance], on=TODAY).agencies
