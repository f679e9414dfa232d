"""Steering committees: founded with their decision, seats by post, whoever holds the post today sits there."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.documents.errors import NotYours
from hopluc.plans.expansion import Setting
from hopluc.plans.models import Committee
from hopluc.plans.services import plan_issue
from hopluc.plans.steering import (
    committee_change,
    committee_end,
    committee_found,
    committee_history,
    committees_listed,
    seat_add,
    seat_change,
    seats_of,
)
from hopluc.plans.tests.conftest import person
from hopluc.plans.tests.places import BEFORE, DEPARTMENTS, MERGED, TODAY, agency, province, took_over
from hopluc.plans.tests.test_expansion import led_by
from hopluc.units.models import Agency

NAME = "Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh Khánh Hòa"
ABOUT = {"name": NAME, "founded_by": "Quyết định 12/QĐ-UBND", "founded_on": date(2025, 8, 1)}


@pytest.fixture
def committee(owner: Agency, coordinator: User) -> Committee:
    assert owner.province
    return committee_found(unit=owner.province, standing=owner, by=coordinator, **ABOUT)


def test_one_of_a_kind_in_a_place_at_a_time(committee: Committee, owner: Agency, coordinator: User) -> None:
    again = {"unit": committee.unit, "standing": owner, "by": coordinator, **ABOUT}
    with pytest.raises(ValidationError):
        committee_found(**again)
    committee_end(committee=committee, last_day=date(2025, 12, 31), by=coordinator)
    second = committee_found(**again | {"founded_on": date(2026, 1, 1)})
    assert [each.pk for each in committees_listed(coordinator, today=TODAY)] == [second.pk, committee.pk]


def test_seats_stand_in_the_order_of_their_duties(committee: Committee, owner: Agency, coordinator: User) -> None:
    for title, duty in (
        ("Thư ký", "secretary"),
        ("Giám đốc", "deputy"),
        ("Chủ tịch", "head"),
        ("Trưởng phòng", "member"),
    ):
        seat_add(committee=committee, title=title, agency=owner, duty=duty, by=coordinator)
    titles = [each.seat.title for each in seats_of(committee, viewer=coordinator, on=TODAY)]
    assert titles == ["Chủ tịch", "Giám đốc", "Trưởng phòng", "Thư ký"]


def test_whoever_holds_the_post_today_sits_there(committee: Committee, coordinator: User, stranger: User) -> None:
    old, new = agency("so-khdt", "Khánh Hòa", BEFORE, until=DEPARTMENTS), agency("so-ct", "Khánh Hòa", BEFORE)
    took_over(old, new, DEPARTMENTS)
    seat = seat_add(committee=committee, title="Giám đốc Sở", agency=old, duty="member", by=coordinator)
    director = person("giam-doc", new, Role.HEAD)
    director.posts.update(title="Giám đốc sở")
    post_give(user=person("pho", new, Role.HEAD), agency=new, role=Role.OFFICER, title="Phó Giám đốc Sở")
    (found,) = seats_of(committee, viewer=coordinator, on=date(2025, 8, 1).replace(year=2025, month=6, day=30))
    assert (found.people, found.moved) == ((), [new])  # the seat does not begin before the committee
    seat_change(seat=seat, title="Giám đốc Sở", agency=old, duty="deputy", by=coordinator)
    took_over(new, agency("so-ct", "Khánh Hòa", TODAY), MERGED)
    today = agency("so-ct", "Khánh Hòa", TODAY)
    director.posts.update(agency=today)
    (found,) = seats_of(committee, viewer=coordinator, on=TODAY)
    assert (found.seat.duty, found.people, found.moved) == ("deputy", (str(director),), [today])
    assert seats_of(committee, viewer=stranger, on=TODAY)[0].people == ()  # people are known in their province


def test_a_committee_ends_with_its_seats(committee: Committee, owner: Agency, coordinator: User) -> None:
    first = seat_add(committee=committee, title="Chủ tịch", agency=owner, duty="head", by=coordinator)
    later = {"title": "Giám đốc", "agency": owner, "duty": "member", "starts_on": date(2026, 3, 1)}
    seat_add(committee=committee, by=coordinator, **later)
    committee_end(committee=committee, last_day=date(2025, 12, 31), by=coordinator)
    first.refresh_from_db()
    assert [seat.validity.upper for seat in committee.members.all()] == [TODAY]
    with pytest.raises(ValidationError):
        seat_add(committee=committee, by=coordinator, **later)
    said = [past.words for past in committee_history(committee)]
    assert len(said) == 6  # founded, two seats, ended: the committee, one seat shortened, one taken away


def test_only_the_standing_agency_changes_it(
    committee: Committee, owner: Agency, stranger: User, officer: User
) -> None:
    for other in (stranger, officer):
        with pytest.raises(NotYours):
            committee_change(committee=committee, standing=owner, by=other, **ABOUT)
        with pytest.raises(NotYours):
            seat_add(committee=committee, title="Chủ tịch", agency=owner, duty="head", by=other)


def test_another_province_sees_it_only_with_a_seat(committee: Committee, coordinator: User, stranger: User) -> None:
    assert not committees_listed(stranger, today=TODAY).exists()
    seat_add(committee=committee, title="Khách", agency=stranger.posts.get().agency, duty="member", by=coordinator)
    assert committees_listed(stranger, today=TODAY).get() == committee


def test_a_task_of_the_committee_leads_to_it(
    committee: Committee, make_document: Any, coordinator: User, client: Client
) -> None:
    document = make_document()
    led_by(document, "bcd-kttt-tinh")
    plan = plan_issue(document=document, by=coordinator, setting=Setting(province("Khánh Hòa", TODAY), TODAY))
    client.force_login(coordinator)
    link = f'href="/plans/committees/{committee.pk}/"'
    address = f"/plans/{plan.pk}/tasks/{plan.tasks.get().pk}/"
    assert link in client.get(address).content.decode()
    committee_end(committee=committee, last_day=date(2025, 12, 31), by=coordinator)
    assert link not in client.get(address).content.decode()


def test_its_pages(owner: Agency, coordinator: User, officer: User, client: Client) -> None:
    client.force_login(coordinator)
    sent = {"name": NAME, "unit": owner.province_id, "standing": owner.pk, "founded_by": "Quyết định 12/QĐ-UBND"}
    refused = client.post("/plans/committees/create/", sent)
    assert refused.status_code == 422
    client.post("/plans/committees/create/", {**sent, "founded_on": "01/08/2025"})
    committee = Committee.objects.get()
    assert (committee.body.key, committee.validity.lower) == ("bcd-kttt-tinh", date(2025, 8, 1))
    at = f"/plans/committees/{committee.pk}/"
    client.post(f"{at}seats/create/", {"title": "Chủ tịch", "agency": owner.pk, "duty": "head"})
    seat = committee.members.get()
    client.post(
        f"{at}seats/{seat.pk}/",
        {"title": "Phó Chủ tịch", "agency": owner.pk, "duty": "head", "starts_on": "01/09/2025"},
    )
    client.post(f"{at}change/", {**sent, "founded_by": "Quyết định 13/QĐ-UBND", "founded_on": "01/08/2025"})
    client.force_login(officer)
    page = client.get(at).content.decode()
    assert all(words in page for words in ("Phó Chủ tịch", "Trưởng ban", "Quyết định 13/QĐ-UBND", "01/09/2025"))
    assert NAME in client.get("/plans/committees/").content.decode()
    client.force_login(coordinator)
    client.post(f"{at}end/", {"last_day": "31/12/2025"})
    committee.refresh_from_db()
    assert committee.validity.upper == TODAY
