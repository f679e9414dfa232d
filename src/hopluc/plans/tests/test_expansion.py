"""Which agencies a plan means: of its place and day, groups by their members, some by the coordinator's choice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopluc.accounts.models import Role, User
from hopluc.documents.models import Document, Item, Reference
from hopluc.documents.review import review_reopen
from hopluc.plans.expansion import Setting, place_of, setting_of
from hopluc.plans.models import Assignee, Plan
from hopluc.plans.selectors import plans_visible
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.conftest import person
from hopluc.plans.tests.places import BEFORE, DEPARTMENTS, MERGED, TODAY, agency, below, province, took_over
from hopluc.units.models import Agency, FormerName, Succession, Unit
from hopluc.units.selectors import provinces_in_force
from hopluc.units.services import agency_ensure, bodies_ensure
from tests.cases import cases

CASES = cases(Path(__file__).parent / "cases" / "places.yaml")


@pytest.fixture
def places(db: None) -> None:
    for name, on in (("Bắc Kạn", BEFORE), ("Ninh Thuận", BEFORE), ("Thái Nguyên", BEFORE), ("Thái Nguyên", TODAY)):
        province(name, on)
    hue = province("Huế", BEFORE)
    FormerName.objects.create(unit=hue, validity=hue.validity, kind="tỉnh", name="Thừa Thiên Huế", basis="Nghị quyết")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_the_place_of_a_plan(places: None, case: dict[str, Any]) -> None:
    owner = agency("so-tc", "Thái Nguyên", TODAY)
    document = Document(owner=owner, province=case["province"], title="Kế hoạch")
    unit, whence = place_of(document, list(provinces_in_force(case["day"])), case["day"])
    assert unit is not None
    assert (str(unit), whence) == (case["unit"], case["whence"])
    assert unit.validity.lower == case.get("since", unit.validity.lower)


def test_a_commune_orders_its_own_agencies(places: None) -> None:
    commune = below("ubnd-xa", province("Thái Nguyên", TODAY), "xã", "Tân Kỳ")
    document = Document(owner=commune, province="Thái Nguyên", title="Kế hoạch")
    assert place_of(document, list(provinces_in_force(TODAY)), TODAY)[0] == commune.unit


def test_two_provinces_of_one_name_are_asked_about(places: None) -> None:
    twin = province("Thái Nguyên", TODAY)
    other = Unit.objects.create(
        key="x", tier="province", code="99", validity=twin.validity, kind="thành phố", name=twin.name
    )
    document = Document(owner=agency("so-tc", "Thái Nguyên", TODAY), province="Thái Nguyên", title="Kế hoạch")
    assert place_of(document, [twin, other], TODAY)[1] == "ambiguous"


def test_without_a_date_it_is_as_old_as_the_newest_that_it_cites(make_document: Callable[..., Document]) -> None:
    document = make_document()
    version = document.versions.get()
    assert setting_of(document, version).since == "today"
    for day in (date(2014, 12, 24), date(2013, 2, 21), date(2999, 1, 1)):
        Reference.objects.create(version=version, relation="mentions", date=day, start=0, end=1)
    found = setting_of(document, version)
    assert (found.day, found.since) == (date(2014, 12, 24), "cited")


def given(plan: Plan) -> dict[str, list[str]]:
    rows = Assignee.objects.filter(assignment__task__plan=plan).order_by("agency__name")
    found: dict[str, list[str]] = {}
    for key, name in rows.values_list("assignment__body__key", "agency__name"):
        found.setdefault(key, []).append(name)
    return found


def led_by(document: Document, *keys: str) -> None:
    """Give the first task to these bodies alone."""
    first = document.versions.get().items.filter(kind="task").first()
    assert first
    first.value = {**first.value, "lead": list(keys), "coordinate": []}
    first.save()
    Item.objects.filter(version__document=document, kind="task").exclude(pk=first.pk).update(state="rejected")


def issued(document: Document, by: User, **setting: Any) -> Plan:
    return plan_issue(document=document, by=by, setting=Setting(**setting) if setting else None)


def test_each_body_is_given_to_the_agency_of_its_place(make_document: Any, coordinator: User) -> None:
    here, there = agency("so-nv", "Khánh Hòa", TODAY), agency("so-nv", "Lào Cai", TODAY)
    plan = issued(make_document(), coordinator)
    assert (str(plan.unit), here.name in given(plan)["so-nv"], there.name in given(plan)["so-nv"]) == (
        "tỉnh Khánh Hòa",
        True,
        False,
    )
    assert given(plan)["so-tc"] == ["Sở Tài chính tỉnh Khánh Hòa"] * 2  # it leads one and helps with another
    assert "lmhtx-tinh" not in given(plan)  # there is none: the name stays, nobody receives it


def test_a_group_is_given_to_its_members_of_that_day(make_document: Any, coordinator: User) -> None:
    unit = province("Khánh Hòa", TODAY)
    names = sorted(below("ubnd-xa", unit, "xã", name).name for name in ("Ba", "Bốn", "Hai"))
    document = make_document()
    led_by(document, "g:ubnd-xa")
    assert given(issued(document, coordinator, unit=unit, day=TODAY))["g:ubnd-xa"] == names


def test_whom_a_coordinator_chose_is_kept_for_the_next_edition(make_document: Any, coordinator: User) -> None:
    unit, chosen = province("Khánh Hòa", TODAY), agency("so-ct", "Khánh Hòa", TODAY)
    document = make_document()
    led_by(document, "g:lien-quan")
    first = issued(document, coordinator, unit=unit, day=TODAY, chosen={"g:lien-quan": frozenset([chosen.pk])})
    assert given(first) == {"g:lien-quan": [chosen.name]}
    review_reopen(document=document, by=coordinator)
    second = plan_issue(document=document, by=coordinator, reason="Bổ sung.")
    assert (given(second), second.unit, second.as_of) == (given(first), unit, TODAY)


def test_nobody_may_be_chosen_and_nobody_of_another_day(make_document: Any, coordinator: User) -> None:
    unit = province("Khánh Hòa", TODAY)
    gone = agency("so-khdt", "Khánh Hòa", BEFORE, until=DEPARTMENTS)
    document = make_document()
    led_by(document, "g:lien-quan")
    plan = issued(document, coordinator, unit=unit, day=TODAY, chosen={"g:lien-quan": frozenset([gone.pk])})
    assert given(plan) == {}


def test_a_body_that_ended_before_the_document_is_still_meant(make_document: Any, coordinator: User) -> None:
    unit = province("Khánh Hòa", BEFORE)
    gone = agency("so-khdt", "Khánh Hòa", BEFORE, until=DEPARTMENTS)
    document = make_document()
    led_by(document, "so-khdt")
    assert given(issued(document, coordinator, unit=unit, day=date(2025, 4, 1))) == {"so-khdt": [gone.name]}


def test_an_agency_named_in_full_is_found_by_its_name(make_document: Any, coordinator: User) -> None:
    unit = province("Khánh Hòa", TODAY)
    commune = below("ubnd-xa", unit, "xã", "Tân Kỳ")
    bodies_ensure({"uy-ban-nhan-dan-xa-tan-ky": "Ủy ban nhân dân xã Tân Kỳ"})
    document = make_document()
    led_by(document, "uy-ban-nhan-dan-xa-tan-ky")
    plan = issued(document, coordinator, unit=unit, day=TODAY)
    assert given(plan) == {"uy-ban-nhan-dan-xa-tan-ky": [commune.name]}


def test_what_is_made_when_named_comes_with_who_takes_over(make_document: Any, coordinator: User) -> None:
    unit = province("Bắc Kạn", BEFORE)
    province("Thái Nguyên", TODAY)
    document = make_document()
    led_by(document, "bcd-kttt-tinh")
    name = "Ban Chỉ đạo đổi mới, phát triển kinh tế tập thể, hợp tác xã tỉnh {}"
    assert given(issued(document, coordinator, unit=unit, day=BEFORE)) == {"bcd-kttt-tinh": [name.format("Bắc Kạn")]}
    made = Agency.objects.get(name=name.format("Bắc Kạn"))
    assert [step.target.name for step in Succession.objects.filter(source=made)] == [name.format("Thái Nguyên")]


def test_many_tasks_cost_no_more_queries(make_document: Any, coordinator: User) -> None:
    for turn in range(30):
        below("ubnd-xa", province("Khánh Hòa", TODAY), "xã", f"Số {turn}")
    asked = []
    for times in (1, 60):
        document = make_document()
        led_by(document, "g:ubnd-xa")
        item = document.versions.get().items.get(state="accepted", kind="task")
        Item.objects.bulk_create(
            Item(version=item.version, kind="task", value=item.value, position=item.position, state="accepted")
            for _turn in range(times - 1)
        )
        with CaptureQueriesContext(connection) as queries:
            plan = issued(document, coordinator, unit=province("Khánh Hòa", TODAY), day=TODAY)
        assert Assignee.objects.filter(assignment__task__plan=plan).count() == 30 * times
        asked.append(len(queries))
    assert asked[1] <= asked[0]  # the first also asks for the rights of whoever issues


def test_who_has_a_part_may_see_the_plan_wherever_they_are(make_document: Any, coordinator: User) -> None:
    ministry = agency_ensure(key="bo-tc")
    officer = person("bo", ministry, Role.OFFICER)
    document = make_document()
    led_by(document, "bo-tc")
    other = issued(make_document(symbol="13/KH-UBND"), coordinator)
    plan = issued(document, coordinator)
    assert list(plans_visible(officer)) == [plan]
    assert other not in plans_visible(officer)


def test_who_took_over_from_them_may_see_it_too(make_document: Any, coordinator: User) -> None:
    old, new = agency("so-khdt", "Bắc Kạn", BEFORE), agency("so-tc", "Thái Nguyên", TODAY)
    took_over(old, new, MERGED)
    document = make_document()
    led_by(document, "so-khdt")
    plan = issued(document, coordinator, unit=old.unit, day=BEFORE)
    assert plan in plans_visible(person("thai-nguyen", new, Role.OFFICER))


def test_the_page_shows_who_would_receive_it(make_document: Any, coordinator: User, client: Client) -> None:
    below("ubnd-xa", province("Khánh Hòa", TODAY), "xã", "Diên Điền")
    document = make_document()
    led_by(document, "g:ubnd-xa", "lmhtx-tinh", "g:lien-quan")
    client.force_login(coordinator)
    shown = client.get(f"/plans/issue/{document.pk}/").content.decode()
    assert "Ủy ban nhân dân xã Diên Điền" in shown
    assert "1 tên gọi không có cơ quan tương ứng" in shown
    assert 'name="chosen-g:lien-quan"' in shown
    assert "Chưa chọn cơ quan nào" in shown


def test_place_and_day_can_be_changed_on_the_page(make_document: Any, coordinator: User, client: Client) -> None:
    old = agency("so-nv", "Khánh Hòa", BEFORE)
    document = make_document()
    client.force_login(coordinator)
    asked = {"unit": str(old.unit_id), "day": "24/02/2023"}
    shown = client.get(f"/plans/issue/{document.pk}/", asked).content.decode()
    assert f'<option value="{old.unit_id}" selected>' in shown
    chosen = agency("so-ct", "Khánh Hòa", BEFORE)
    led_by(document, "so-nv", "g:lien-quan")
    client.post(f"/plans/issue/{document.pk}/", {**asked, "asks": "g:lien-quan", "chosen-g:lien-quan": str(chosen.pk)})
    plan = Plan.objects.get()
    assert (plan.unit, plan.as_of) == (old.unit, date(2023, 2, 24))
    assert given(plan) == {"so-nv": [old.name], "g:lien-quan": [chosen.name]}


def test_a_day_that_is_none_is_refused(make_document: Any, coordinator: User, client: Client) -> None:
    document = make_document()
    client.force_login(coordinator)
    answer = client.post(f"/plans/issue/{document.pk}/", {"unit": "none", "day": "31/02/2023"})
    assert (answer.status_code, "31/02/2023" in answer.content.decode()) == (422, True)
    assert not Plan.objects.exists()


def test_a_place_unknown_on_that_day_is_said(make_document: Any, coordinator: User, client: Client) -> None:
    document = make_document()
    Document.objects.filter(pk=document.pk).update(province="Bắc Kạn", issued_on=TODAY)
    client.force_login(coordinator)
    assert "“Bắc Kạn” mà văn bản nêu không phải là tỉnh" in client.get(f"/plans/issue/{document.pk}/").content.decode()


def test_agencies_to_choose_are_of_the_place_and_day(owner: Agency, coordinator: User, client: Client) -> None:
    agency("so-ct", "Lào Cai", TODAY)
    here = agency("so-ct", "Khánh Hòa", TODAY)
    client.force_login(coordinator)
    answer = client.get("/plans/agencies/", {"unit": here.unit_id, "on": "01/01/2026", "q": "cong thuong"}).json()
    assert [found["text"] for found in answer["results"]] == [here.name]
