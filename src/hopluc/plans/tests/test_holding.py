"""Who holds a task today stands under the name as written, where it is another, with the path."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from hopluc.accounts.models import User
from hopluc.plans.expansion import Setting
from hopluc.plans.holding import Holders, words_of
from hopluc.plans.models import Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.places import BEFORE, DEPARTMENTS, MERGED, TODAY, agency, below, province, took_over
from hopluc.plans.tests.test_expansion import led_by
from hopluc.units.services import agency_ensure
from tests.cases import cases

CASES = cases(Path(__file__).parent / "cases" / "holding.yaml")
OLD, NEW = "Bắc Kạn", "Thái Nguyên"


@pytest.fixture
def changes(owner: Any) -> None:
    """What became of the agencies of Bắc Kạn: first the departments, then the province."""
    agency_ensure(key="chinh-phu")
    kept = {key: agency(key, OLD, BEFORE) for key in ("so-tc", "so-nv", "so-gddt")}
    gone = {key: agency(key, OLD, BEFORE, until=DEPARTMENTS) for key in ("so-khdt", "so-ldtbxh")}
    took_over(gone["so-khdt"], kept["so-tc"], DEPARTMENTS)
    took_over(gone["so-ldtbxh"], kept["so-nv"], DEPARTMENTS)
    took_over(gone["so-ldtbxh"], kept["so-gddt"], DEPARTMENTS, "giáo dục nghề nghiệp")
    for key, source in kept.items():
        took_over(source, agency(key, NEW, TODAY), MERGED)
    below("ubnd-huyen", province(OLD, BEFORE), "huyện", "Ba Bể", "district")


def issued(make_document: Any, by: User, *bodies: str, text: str = "", symbol: str = "1/KH-UBND") -> Plan:
    document = make_document(symbol=symbol)
    led_by(document, *bodies)
    item = document.versions.get().items.get(kind="task", state="accepted")
    item.value = {**item.value, "text": text or item.value["text"]}
    item.save()
    return plan_issue(document=document, by=by, setting=Setting(province(OLD, BEFORE), BEFORE))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_what_is_said_of_a_body(
    changes: None, make_document: Any, coordinator: User, client: Client, case: Any
) -> None:
    plan = issued(make_document, coordinator, case["body"], text=case.get("text", ""))
    task = plan.tasks.get()
    with override("vi"):
        assert words_of(Holders([task], on=TODAY).of(task, "lead")) == case["says"]
    client.force_login(coordinator)
    for address in (f"/plans/{plan.pk}/", f"/plans/{plan.pk}/?print=1", f"/plans/{plan.pk}/tasks/{task.pk}/"):
        page = client.get(address).content.decode()
        assert ("plan-now" in page or "plan-held" in page) is bool(case["says"])
        assert case["says"] in page
    assert case.get("path", "") in page
    assert (("01/07/2025" in page) and ("Nghị định 45/2025/NĐ-CP" in page)) is case["says"].startswith("nay")


def test_before_the_change_nothing_is_said(changes: None, make_document: Any, coordinator: User) -> None:
    plan = issued(make_document, coordinator, "so-khdt")
    task = plan.tasks.get()
    assert Holders([task], on=date(2025, 2, 28)).of(task, "lead") == []


def test_a_province_that_only_took_in_others_kept_its_names(owner: Any, make_document: Any, coordinator: User) -> None:
    took_over(agency("so-tc", "Khánh Hòa", BEFORE), agency("so-tc", "Khánh Hòa", TODAY), MERGED)
    document = make_document()
    led_by(document, "so-tc")
    plan = plan_issue(document=document, by=coordinator, setting=Setting(province("Khánh Hòa", BEFORE), BEFORE))
    task = plan.tasks.get()
    assert Holders([task], on=TODAY).of(task, "lead") == []


def test_the_sheet_names_them_in_a_column_of_their_own(
    changes: None, make_document: Any, coordinator: User, client: Client
) -> None:
    plan = issued(make_document, coordinator, "so-khdt")
    client.force_login(coordinator)
    rows = client.get(f"/plans/{plan.pk}/tasks.csv").content.decode("utf-8-sig").splitlines()
    assert "Nay do cơ quan giữ" in rows[0]
    assert "Sở Kế hoạch và Đầu tư: nay: Sở Tài chính tỉnh Thái Nguyên" in rows[1]


def test_the_page_asks_no_more_for_more_bodies(
    changes: None, make_document: Any, coordinator: User, client: Client
) -> None:
    client.force_login(coordinator)
    asked = []
    for bodies in (("so-khdt",), ("so-khdt", "so-tc", "so-ldtbxh", "g:ubnd-huyen")):
        plan = issued(make_document, coordinator, *bodies, symbol=f"{len(bodies)}/KH-UBND")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/plans/{plan.pk}/")
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 15
