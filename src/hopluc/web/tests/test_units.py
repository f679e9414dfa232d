"""The pages of units and agencies: for anyone, for who is signed in, for the administrator of the province."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.documents.review import item_add
from hopluc.documents.services import document_begin
from hopluc.documents.shaping import BLANK
from hopluc.plans.models import Assignee, Assignment
from hopluc.plans.services import plan_issue
from hopluc.units.models import Agency, Body, Unit
from hopluc.units.services import agency_ensure
from hopluc.units.tests.making import JULY, departments, places_load

QUERIES = 15


@pytest.fixture(scope="module")
def kept_agencies(kept) -> dict[str, Agency]:
    places_load()
    return departments()


@pytest.fixture
def agencies(kept_agencies, db) -> dict[str, Agency]:
    return deepcopy(kept_agencies)


def signed_in(agency: Agency, role: Role = Role.OFFICER) -> Client:
    user = User.objects.create_user(username=role, name="Nguyễn Thị Ánh", password=role)
    post_give(user=user, agency=agency, role=role, title="Chuyên viên", starts_on=date(2025, 7, 1))
    client = Client(raise_request_exception=True)
    client.force_login(user)
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def text(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html).split())


def test_anyone_looks_up_the_map_of_a_day(agencies, client):
    before, after = page(client, "/units/?on=30/06/2025"), page(client, "/units/?on=01/07/2025")
    assert before.count("/units/06.2008/")
    assert not after.count('href="/units/06.2008/?on')
    assert "theo danh mục tháng 6/2025" in before
    assert "theo danh mục tháng 6/2025" not in after
    assert "provinces-2008" in before
    assert "provinces-2025" in after
    assert "Đăng nhập" in before  # the way in, instead of an account


def test_the_map_knows_name_address_colour_and_what_became_of_each(agencies, client):
    drawn = client.get("/units/?on=01/01/2024").context["map"]
    units = json.loads(drawn.units)
    name, address, tone, note, _short = units["06.2008"]
    assert (name, note, drawn.approximate) == ("tỉnh Bắc Kạn", "nay thuộc tỉnh Thái Nguyên", True)
    assert address == "/units/06.2008/?on=01/01/2024"
    assert tone == units["19.2008"][2] != units["20.2008"][2]


@pytest.mark.parametrize(
    ("typed", "words", "count"),
    [
        ("32/13/2025", "“32/13/2025” không phải là ngày", 34),
        ("01/01/1990", "Chưa có dữ liệu về những ngày trước 01/08/2008", 63),
        ("01/01/2099", "Ngày này chưa đến", 34),
    ],
)
def test_a_day_outside_of_what_is_known_earns_one_sentence(agencies, client, typed, words, count):
    answer = client.get("/units/", {"on": typed})
    assert words in answer.content.decode()
    assert len(answer.context["rows"]) == count


def test_htmx_gets_the_day_alone(agencies, client):
    answer = client.get("/units/?on=01/01/2024", headers={"HX-Request": "true"})
    assert "<html" not in answer.content.decode()
    assert 'id="units-day"' in answer.content.decode()
    assert "HX-Request" in answer["Vary"]


def test_a_former_province_shows_its_last_day_and_what_it_became(agencies, client):
    shown = page(client, "/units/06.2008/?on=01/01/2026")
    assert "tỉnh Bắc Kạn không tồn tại vào ngày 01/01/2026. Đang xem ngày 30/06/2025." in text(shown)
    assert 'href="/units/19.2025/"' in shown
    assert "1–50 trong 108" in text(shown)
    assert "Tân Kỳ" in text(page(client, "/units/19.2025/?q=tan+ky"))


def test_a_commune_tells_where_it_came_from_and_what_is_not_known(agencies, client):
    assert "toàn bộ" in text(page(client, "/units/02104.2025/"))
    split = Unit.objects.filter(parent__key="19.2025", predecessors__share=None).first()
    assert split is not None
    assert "một phần, không tách được" in text(page(client, f"/units/{split.key}/"))


def test_what_is_not_known_for_certain_stands_on_the_page(agencies, client):
    province = Unit.objects.get(key="04.2025")
    Unit.objects.create(
        key="01636.2025",
        tier="commune",
        code="01636",
        parent=province,
        validity=province.validity,
        kind="xã",
        name="Phục Hòa",
    )
    assert "Chưa rõ một phần xã Hồng Quang" in page(client, "/units/01636.2025/")


@pytest.mark.parametrize("typed", ["so khdt bac kan", "Sở Kế hoạch và Đầu tư Bắc Kạn"])
def test_search_finds_a_former_agency_and_who_it_is_now(agencies, client, typed):
    words = "đến 28/02/2025 → nay Sở Tài chính tỉnh Thái Nguyên"
    assert words in text(page(client, f"/units/?q={typed}"))
    inside = page(signed_in(agencies["now"]), f"/search/?q={typed}")
    assert words in text(inside)
    assert f"/agencies/{agencies['plan'].pk}/" in inside


def test_search_finds_units_of_today_and_of_before(agencies, client):
    found = text(page(client, "/units/?q=xa+cao+ky"))
    assert "xã Cao Kỳ" in found
    assert "đến 30/06/2025 → nay xã Tân Kỳ" in found


def test_an_agency_shows_its_line_of_time(agencies):
    client = signed_in(agencies["now"])
    answer = client.get(reverse("units:agency", args=[agencies["plan"].pk]))
    drawing = answer.context["drawing"]
    ends = {bar.agency.key: (bar.x, bar.x + bar.width) for bar in drawing.bars}
    plan, money, now = (ends[agencies[name].key] for name in ("plan", "money", "now"))
    assert plan[1] < money[1] == now[0]
    assert [branch.link.basis for branch in drawing.branches] == ["Nghị quyết hợp nhất", "Nghị quyết 202/2025/QH15"]
    assert "Nghị quyết hợp nhất" in text(answer.content.decode())
    assert "Công việc nay do Sở Tài chính tỉnh Thái Nguyên" in text(answer.content.decode())


def test_people_of_an_agency_are_for_its_own_province(agencies):
    address = reverse("units:agency", args=[agencies["now"].pk]) + "?show=people"
    other = agency_ensure(key="so-tc", province="tỉnh Lạng Sơn")
    assert "Chuyên viên" in page(signed_in(agencies["now"]), address)
    assert "Nguyễn Thị Ánh" not in text(page(signed_in(other, Role.INSPECTOR), address)).replace("Tài khoản", "")[600:]


def test_an_agency_holds_the_tasks_of_those_whose_work_came_to_it(agencies):
    client = signed_in(agencies["now"], Role.COORDINATOR)
    by = User.objects.get()
    document = document_begin(title="Kế hoạch cũ", owner=agencies["now"], by=by)
    item_add(document=document, kind="task", value={**BLANK["task"], "text": "Rà soát hợp tác xã"}, by=by)
    task = plan_issue(document=document, by=by).tasks.get()
    given = Assignment.objects.create(plan=task.plan, task=task, body=Body.objects.get(key="so-khdt"), role="lead")
    Assignee.objects.create(assignment=given, agency=agencies["plan"])
    now, before = (reverse("units:agency", args=[agencies[name].pk]) + "?show=tasks" for name in ("now", "plan"))
    assert "Rà soát hợp tác xã" in page(client, now)
    assert "Rà soát hợp tác xã" not in page(client, before)


def test_an_administrator_enters_a_successor_and_another_cannot(agencies):
    target = agency_ensure(key="so-nv", province="tỉnh Thái Nguyên", on=JULY)
    client = signed_in(agencies["now"], Role.ADMINISTRATOR)
    address = reverse("units:hand_over", args=[agencies["now"].pk])
    sent = {"target": target.pk, "on": "01/02/2026", "field": "", "basis": "Nghị quyết 5/NQ-HĐND"}
    stranger = signed_in(agency_ensure(key="so-tc", province="tỉnh Lạng Sơn"), Role.VIEWER)
    assert stranger.post(address, sent).status_code == 403
    assert client.post(address, sent).status_code == 302
    assert "đến 31/01/2026" not in page(client, reverse("units:agency", args=[target.pk]))
    assert Agency.objects.get(pk=agencies["now"].pk).validity.upper == date(2026, 2, 1)
    refused = client.post(address, sent | {"on": "01/01/2020"})
    assert refused.status_code == 422
    assert "không hoạt động vào ngày 31/12/2019" in refused.content.decode()


def test_an_agency_is_added_under_a_name_of_its_own(agencies):
    client = signed_in(agencies["now"], Role.ADMINISTRATOR)
    address = reverse("units:agency_add", args=["19.2025"])
    assert client.post(address, {"kind": "", "name": "", "on": "01/01/2026"}).status_code == 422
    assert client.post(address, {"kind": "", "name": "Sở Quy hoạch", "on": "01/01/2026"}).status_code == 302
    assert Agency.objects.get(name="Sở Quy hoạch").own
    assert client.get(reverse("units:agency_add", args=["20.2025"])).status_code == 404  # another province


def test_the_choice_of_successors_is_the_own_province(agencies):
    client = signed_in(agencies["now"], Role.ADMINISTRATOR)
    agency_ensure(key="so-nv", province="tỉnh Lạng Sơn", on=JULY)
    mine = agency_ensure(key="so-nv", province="tỉnh Thái Nguyên", on=JULY)
    found = client.get(reverse("units:choose"), {"of": agencies["now"].pk, "q": "so noi vu"}).json()["results"]
    assert [(one["value"], one["note"]) for one in found] == [(mine.pk, "từ 01/07/2025")]


def test_no_page_asks_much(agencies, django_assert_max_num_queries):
    client = signed_in(agencies["now"], Role.ADMINISTRATOR)
    agency = reverse("units:agency", args=[agencies["now"].pk])
    for address in (
        "/units/", "/units/?on=01/01/2024", "/units/?q=tan+ky", "/units/06.2008/", "/units/19.2025/?q=tan",
        "/units/19.2025/?show=agencies", "/units/02104.2025/", "/units/02104.2008/", "/units/064.2008/",
        agency, f"{agency}?show=people", f"{agency}?show=tasks", "/search/?q=so+khdt", "/search/?q=tan+ky&kind=units",
    ):  # fmt: skip
        with django_assert_max_num_queries(QUERIES):
            page(client, address)
