"""The page of working days without a browser: what it refuses, counts and asks of the database."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopluc.accounts.models import Role
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import special_day_events, special_day_remove, special_day_save
from hopluc.documents.tests import making

QUERIES = 15
FORM = {"day": "30/12/2030", "kind": "off", "name": "Nghỉ bão", "source": ""}


@pytest.fixture
def client(db) -> Client:
    client = Client()
    client.force_login(making.person("Nguyễn Thị Ánh", Role.ADMINISTRATOR))
    return client


@pytest.mark.parametrize(
    ("about", "said"),
    [
        ({"day": "24/12/2030"}, "Ngày 24/12/2030 đã được nhập: “Nghỉ lũ”."),
        ({"day": "01/01/9999"}, "Ngày 01/01/9999 nằm ngoài lịch: lịch chỉ có từ năm 2000 đến năm 2099."),
        ({"kind": "work"}, "Ngày 30/12/2030 vốn là ngày làm việc."),
        ({"day": "28/12/2030"}, "Ngày 28/12/2030 vốn là ngày nghỉ: Thứ bảy."),
        ({"day": "31/02/2030"}, "Nhập một ngày hợp lệ."),
        ({"name": " "}, "Trường này là bắt buộc."),
        ({"kind": "half"}, "half"),
    ],
)
def test_what_cannot_stand_is_refused_in_one_sentence_and_stays_in_the_form(client, about, said):
    SpecialDay.objects.create(day=date(2030, 12, 24), kind="off", name="Nghỉ lũ")
    answer = client.post("/working-days/new/", FORM | about)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert f'value="{(FORM | about)["day"]}"' in page
    assert SpecialDay.objects.count() == 1


def test_an_entry_may_keep_its_own_day(client):
    special = SpecialDay.objects.create(day=date(2030, 12, 30), kind="off", name="Nghỉ lũ")
    assert client.post(f"/working-days/entries/{special.pk}/", FORM).status_code == 302
    special.refresh_from_db()
    assert special.name == "Nghỉ bão"


@pytest.mark.parametrize(
    ("question", "status", "said"),
    [
        ("count=5&way=after&start=22/11/2026", 200, "thứ hai, 30/11/2026"),
        ("count=1&way=before&start=23/2/2026", 200, "thứ sáu, 13/02/2026"),
        ("count=1000&way=after&start=31/12/2098", 422, "nằm ngoài lịch: lịch chỉ có từ năm 2000 đến năm 2099"),
        ("count=1&way=after&start=31/12/9999", 422, "nằm ngoài lịch: lịch chỉ có từ năm 2000 đến năm 2099"),
        ("count=1&way=before&start=1/1/1", 422, 'role="alert"'),
        ("count=0&way=after&start=22/11/2026", 422, 'role="alert"'),
        ("count=99999999999999999999&way=up&start=", 422, 'role="alert"'),
    ],
)
def test_a_question_is_answered_or_put_right(client, question, status, said):
    answer = client.get(f"/working-days/2026/?{question}")
    assert (answer.status_code, said in answer.content.decode()) == (status, True)


@pytest.mark.parametrize("address", ["1999/", "2100/", "99999999999/", "undo/99999999999/"])
def test_what_there_is_not(client, address):
    assert (client.post if address.startswith("undo") else client.get)(f"/working-days/{address}").status_code == 404


@pytest.mark.parametrize("step", ["0", "99999999999", "x", "1 or 1"])
def test_a_step_that_there_is_not_shows_the_year_alone(client, step):
    assert client.get("/working-days/2026/", {"step": step}).status_code == 200


def test_the_edges_of_the_calendar_are_shown(client):
    assert "2000" in client.get("/working-days/2000/").content.decode()
    assert "/working-days/2100/" not in client.get("/working-days/2099/").content.decode()


def test_a_year_with_much_history_asks_no_more(client):
    for day in range(7, 12):  # Monday to Friday
        special = special_day_save(entry=SpecialDay(day=date(2026, 12, day), kind="off", name="x"), by=1)
        if day % 2:
            special_day_remove(entry=special, by=1)
    with CaptureQueriesContext(connection) as asked:
        assert client.get("/working-days/2026/").status_code == 200
    assert len(asked) <= QUERIES


def test_a_step_is_undone_only_while_it_is_the_newest(client):
    special = special_day_save(entry=SpecialDay(day=date(2030, 12, 30), kind="off", name="Nghỉ bão"), by=1)
    made = special_day_events()[0].pk
    special.name = "Nghỉ lũ"
    special_day_save(entry=special, by=1)
    page = client.post(f"/working-days/undo/{made}/", follow=True).content.decode()
    assert "đã được sửa tiếp sau bước này nên không hoàn tác được" in page
    assert SpecialDay.objects.get().name == "Nghỉ lũ"
    client.post(f"/working-days/undo/{special_day_events()[0].pk}/")
    assert SpecialDay.objects.get().name == "Nghỉ bão"


@pytest.mark.parametrize(
    ("role", "shown"), [(Role.VIEWER, False), (Role.OFFICER, False), (Role.COORDINATOR, False), (Role.INSPECTOR, True)]
)
def test_who_entered_a_day_is_for_those_who_oversee(client, role, shown):
    client.post("/working-days/new/", FORM, follow=True)  # and its message is read
    client.force_login(making.person("Lê Thu Hà", role))
    page = client.get("/working-days/2030/").content.decode()
    assert "Nghỉ bão" in page
    assert ("Nguyễn Thị Ánh" in page) is shown
    assert "/working-days/undo/" not in page
