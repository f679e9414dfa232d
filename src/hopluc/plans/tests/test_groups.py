"""Groups of one's own: put together, renamed, given tasks; members come and go by their days."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from hopluc.accounts.models import User
from hopluc.documents.errors import NotYours
from hopluc.plans.expansion import Setting
from hopluc.plans.groups import group_create, group_rename, groups_kept, member_add, member_end
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.places import BEFORE, DEPARTMENTS, TODAY, agency, province
from hopluc.plans.tests.test_expansion import given, led_by
from hopluc.units.models import Agency, OwnGroup


@pytest.fixture
def group(owner: Agency, coordinator: User) -> OwnGroup:
    return group_create(name="Tổ giúp việc  Ban Chỉ đạo", owner=owner, by=coordinator)


def test_a_plan_takes_the_members_of_its_day(group: OwnGroup, make_document: Any, coordinator: User) -> None:
    early, late = agency("so-nv", "Khánh Hòa", TODAY), agency("so-ct", "Khánh Hòa", TODAY)
    member = member_add(group=group, agency=early, starts_on=date(2025, 8, 1), ends_on=None, by=coordinator)
    member_end(member=member, last_day=date(2025, 12, 31), by=coordinator)
    member_add(group=group, agency=late, starts_on=date(2026, 1, 1), ends_on=None, by=coordinator)
    for day, name in ((date(2025, 12, 31), early.name), (date(2026, 1, 1), late.name)):
        document = make_document(symbol=f"{day}")
        led_by(document, group.body.key)
        plan = plan_issue(document=document, by=coordinator, setting=Setting(province("Khánh Hòa", day), day))
        assert given(plan) == {f"g:own-{group.body.pk}": [name]}


@pytest.mark.parametrize(
    ("first", "last"), [("2025-09-01", None), ("2025-08-01", "2025-09-30"), ("2025-09-30", "2025-09-01")]
)
def test_no_agency_is_in_it_twice_or_backwards(
    group: OwnGroup, coordinator: User, first: str, last: str | None
) -> None:
    there = agency("so-nv", "Khánh Hòa", TODAY)
    member_add(group=group, agency=there, starts_on=date(2025, 9, 30), ends_on=None, by=coordinator)
    with pytest.raises(ValidationError):
        member_add(
            group=group,
            agency=there,
            starts_on=date.fromisoformat(first),
            ends_on=date.fromisoformat(last) if last else None,
            by=coordinator,
        )


def test_an_agency_that_ended_does_not_come_in(group: OwnGroup, coordinator: User) -> None:
    gone = agency("so-khdt", "Khánh Hòa", BEFORE, until=DEPARTMENTS)
    with pytest.raises(ValidationError):
        member_add(group=group, agency=gone, starts_on=TODAY, ends_on=None, by=coordinator)


def test_others_neither_see_nor_change_it(group: OwnGroup, stranger: User, officer: User) -> None:
    for other in (stranger, officer):
        assert not groups_kept(other).exists()
        with pytest.raises(NotYours):
            group_rename(group=group, name="Khác", by=other)


def test_it_is_offered_by_type_ahead_to_its_keepers_alone(
    group: OwnGroup, coordinator: User, stranger: User, client: Client
) -> None:
    for user, expected in ((coordinator, [group.body.key]), (stranger, [])):
        client.force_login(user)
        found = client.get("/bodies/?q=to giup viec").json()["results"]
        assert [each["value"] for each in found] == expected


def test_its_pages(group: OwnGroup, coordinator: User, client: Client) -> None:
    client.force_login(coordinator)
    there = agency("so-nv", "Khánh Hòa", TODAY)
    at = f"/plans/groups/{group.pk}/"
    client.post(at, {"agency": there.pk, "starts_on": "01/08/2025"})
    member = group.members.get()
    client.post(f"{at}name/", {"name": "Tổ công tác"})
    assert "Tổ công tác" in client.get("/plans/groups/").content.decode()
    refused = client.post(at, {"agency": there.pk, "starts_on": "01/09/2025"})
    assert (refused.status_code, "đã ở trong nhóm" in refused.content.decode()) == (422, True)
    client.post(f"{at}members/{member.pk}/end/", {"last_day": "31/07/2025"})
    assert not group.members.exists()  # it left before it came
