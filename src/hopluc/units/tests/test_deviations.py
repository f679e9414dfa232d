"""What a province enters of its own: agencies, ends, successors, days; and what is refused, in words."""

from __future__ import annotations

from copy import deepcopy
from datetime import date

import pytest
from django.utils.translation import override

from hopluc.units import errors, services
from hopluc.units.ancestry import ancestry_of
from hopluc.units.holders import Paths
from hopluc.units.models import Agency, Succession
from hopluc.units.services import agency_ensure
from hopluc.units.tests.making import BEFORE, JULY, MARCH, departments, places_load

TODAY = date(2026, 11, 1)


@pytest.fixture(scope="module")
def kept_agencies(kept) -> dict[str, Agency]:
    places_load()
    return departments()


@pytest.fixture
def agencies(kept_agencies, db) -> dict[str, Agency]:
    return deepcopy(kept_agencies)


def holders(agency: Agency) -> list[str]:
    return [holding.agency.key for holding in Paths([agency.pk], on=TODAY).of(agency.pk) if holding.agency]


def test_an_agency_is_added_from_a_day(agencies):
    unit = agencies["now"].unit
    body = services.body_named("new:Sở Quy hoạch")
    made = services.agency_add(unit=unit, body=body, name="Sở Quy hoạch tỉnh Thái Nguyên", on=date(2026, 1, 1))
    assert (made.province, made.own, made.validity.lower) == (unit, True, date(2026, 1, 1))
    with pytest.raises(errors.AlreadyThere, match=r"Sở Quy hoạch.*01/02/2026"), override("vi"):
        services.agency_add(unit=unit, body=body, name="Sở Quy hoạch", on=date(2026, 2, 1))
    with pytest.raises(errors.NotInForce):
        services.agency_add(unit=unit, body=body, name="Sở Quy hoạch", on=date(2020, 1, 1))


def test_all_work_goes_over_and_the_agency_ends_the_day_before(agencies):
    target = agency_ensure(key="so-nv", province="tỉnh Thái Nguyên", on=JULY)
    services.succession_add(source=agencies["now"], target=target, on=date(2026, 2, 1), basis="Nghị quyết 5")
    source = Agency.objects.get(pk=agencies["now"].pk)
    assert (source.validity.upper, source.own) == (date(2026, 2, 1), True)
    assert holders(agencies["plan"]) == [target.key]


def test_a_field_goes_over_and_the_agency_goes_on(agencies):
    target = agency_ensure(key="so-nv", province="tỉnh Thái Nguyên", on=JULY)
    services.succession_add(
        source=agencies["now"], target=target, on=date(2026, 2, 1), field="đấu thầu", basis="Nghị quyết 5"
    )
    assert Agency.objects.get(pk=agencies["now"].pk).validity.upper is None
    held = Paths([agencies["now"].pk], on=TODAY).of(agencies["now"].pk, text="Tập huấn về đấu thầu cho hợp tác xã")
    assert [holding.agency for holding in held] == [target]


def test_a_day_moves_with_all_that_hangs_on_it(agencies):
    services.succession_move(source=agencies["plan"], on=MARCH, to=date(2025, 2, 20), basis="Nghị quyết tỉnh")
    plan = Agency.objects.get(pk=agencies["plan"].pk)
    link = plan.successors.get()
    assert (plan.validity.upper, link.on, link.own) == (date(2025, 2, 20), date(2025, 2, 20), True)
    assert holders(plan) == [agencies["now"].key]


def test_a_successor_that_began_that_day_begins_with_the_first_whose_work_comes(agencies):
    """Two departments become a third on one day; the province did so later, one after the other."""
    new = agency_ensure(key="so-nnmt", province="tỉnh Bắc Kạn", on=BEFORE)
    new.validity = type(new.validity)(MARCH, JULY)
    new.save()
    sources = []
    for key in ("so-nnptnt", "so-tnmt"):
        source = agency_ensure(key=key, province="tỉnh Bắc Kạn", on=BEFORE)
        source.validity = type(source.validity)(source.validity.lower, MARCH)
        source.save()
        Succession.objects.create(source=source, target=new, on=MARCH, basis="Nghị định")
        sources.append(source)
    services.succession_move(source=sources[0], on=MARCH, to=date(2025, 3, 10))
    new.refresh_from_db()
    assert new.validity.lower == MARCH  # the other still came that day
    services.succession_move(source=sources[1], on=MARCH, to=date(2025, 3, 5))
    new.refresh_from_db()
    assert new.validity.lower == date(2025, 3, 5)


@pytest.mark.parametrize(
    ("change", "problem", "words"),
    [
        ({"target": "plan", "on": date(2026, 1, 1)}, errors.SuccessorNotInForce, "Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn"),
        ({"target": "now", "on": date(2026, 1, 1)}, errors.Circle, "Sở Tài chính tỉnh Thái Nguyên"),
        ({"target": "money", "on": date(2020, 1, 1)}, errors.NotInForce, "31/12/2019"),
    ],
)
def test_what_is_refused_names_agencies_and_day(agencies, change, problem, words):
    target = agencies[change["target"]]
    with pytest.raises(problem) as refused, override("vi"):
        services.succession_add(source=agencies["now"], target=target, on=change["on"], basis="Nghị quyết 5")
    assert words in str(refused.value)
    assert Agency.objects.get(pk=agencies["now"].pk).validity.upper is None  # nothing half-saved
    assert not agencies["now"].successors.exists()


def test_two_fields_may_not_come_back_on_the_same_day(agencies):
    day, other = date(2026, 2, 1), agency_ensure(key="so-nv", province="tỉnh Thái Nguyên", on=JULY)
    services.succession_add(source=agencies["now"], target=other, on=day, field="đấu thầu", basis="Nghị quyết 5")
    with pytest.raises(errors.Circle, match=r"Sở Nội vụ.*Sở Tài chính.*01/02/2026"), override("vi"):
        services.succession_add(source=other, target=agencies["now"], on=day, field="tiền lương", basis="Nghị quyết 5")


def test_an_end_that_a_succession_says_otherwise_is_refused(agencies):
    with pytest.raises(errors.OtherDays, match=r"01/07/2025"), override("vi"):
        services.agency_end(agency=agencies["money"], last=date(2025, 5, 31))
    services.agency_end(agency=agencies["now"], last=date(2026, 5, 31))
    assert holders(agencies["plan"]) == []


def test_what_people_enter_has_a_history(agencies):
    services.agency_end(agency=agencies["now"], last=date(2026, 5, 31))
    events = agencies["now"].events.order_by("pgh_id") if hasattr(agencies["now"], "events") else None
    assert events is not None
    assert [event.own for event in events] == [True]


def test_ancestry_holds_all_before_and_after(agencies):
    for one in agencies.values():
        assert {agency.pk for agency in ancestry_of(one).agencies} >= {agencies["plan"].pk, one.pk}
    assert ancestry_of(agencies["now"]).before == {agency.pk for agency in agencies.values()}
    assert ancestry_of(agencies["plan"]).before == {agencies["plan"].pk}
