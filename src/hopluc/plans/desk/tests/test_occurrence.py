"""One occurrence: what was said stands in order with its proof, requests are asked and decided, people are named, notes mention."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from hopluc.accounts.models import Role
from hopluc.plans.desk.tests.test_answering import PDF, QUERIES, text
from hopluc.plans.models import Evidence, Line, Mention, Note, Occurrence, Request
from hopluc.plans.tests.conftest import person
from hopluc.plans.working.services import answer, confirm_or_return
from hopluc.plans.working.values import Update
from hopluc.units.services import agency_ensure


def reported(due, by, words="Đã mở hai lớp", seen=0):
    return answer(occurrence=due.pk, by=by, update=Update(key=uuid4(), seen=seen, claim="reported", words=words)).said


def test_answers_verdicts_and_requests_stand_in_order_with_who_said_them(browse, send, head, coordinator, due):
    first = reported(due, head)
    confirm_or_return(occurrence=due.pk, answer=first.pk, confirmed=False, reason="Thiếu biên bản", by=coordinator)
    send(head, due, claim="reported", seen=1, symbol="12/KH-UBND", files=SimpleUploadedFile("anh.png", PNG))
    page = browse(head).get(f"/work/{due.pk}/")
    assert [entry.kind for entry in page.context["story"]] == ["answer", "verdict", "answer", "owner"]
    said = text(page)
    assert "“Thiếu biên bản”" in said
    assert f'<img src="/work/evidence/{Evidence.objects.get(name="anh.png").pk}/" alt="anh.png"' in said
    assert "12/KH-UBND</a>" in said  # the store of documents holds it


def test_a_percent_that_was_typed_stands_while_it_is_open_and_not_beside_a_confirmation(browse, head, coordinator, due):
    said = Update(key=uuid4(), seen=0, claim="reported", words="Đã mở hai lớp", percent=10)
    kept = answer(occurrence=due.pk, by=head, update=said).said
    lead = 'class="lead work-state"'
    assert "10 %" in text(browse(head).get(f"/work/{due.pk}/")).partition(lead)[2].partition("</p>")[0]
    confirm_or_return(occurrence=due.pk, answer=kept.pk, confirmed=True, reason="", by=coordinator)
    assert "10 %" not in text(browse(head).get(f"/work/{due.pk}/")).partition(lead)[2].partition("</p>")[0]


PNG = b"\x89PNG\r\n\x1a\n rest"


def test_whoever_only_sees_the_plan_reads_no_answers(browse, stranger, head, owner, due):
    reported(due, head)
    viewer = person("nguoixem", owner_of_another_department(owner), Role.VIEWER)
    page = text(browse(viewer).get(f"/work/{due.pk}/"))
    assert "Answers and evidence are for the agencies" in page
    assert "Đã mở hai lớp" not in page
    assert browse(stranger).get(f"/work/{due.pk}/").status_code == 404


def owner_of_another_department(owner):
    return agency_ensure(key="so-ct", province="tỉnh Khánh Hòa")


def test_more_time_is_asked_and_granted_and_the_first_deadline_stays(browse, head, coordinator, due):
    until = localdate() + timedelta(days=40)
    sent = {"kind": "extension", "until": f"{until:%d/%m/%Y}", "reason": "Chờ kinh phí"}
    client = browse(head)
    assert client.post(f"/work/{due.pk}/ask/", {**sent, "until": "01/01/2020"}).status_code == 422
    assert client.post(f"/work/{due.pk}/ask/", sent).status_code == 302
    asked = Request.objects.get()
    deciding = browse(coordinator)
    assert "1 request to decide" in text(deciding.get("/work/"))
    assert "Chờ kinh phí" in text(deciding.get(f"/work/requests/{asked.pk}/"))
    granted = {"decision": "grant", "until": f"{until:%d/%m/%Y}"}
    assert deciding.post(f"/work/requests/{asked.pk}/", {"decision": "deny"}).status_code == 422
    assert deciding.post(f"/work/requests/{asked.pk}/", granted).status_code == 302
    page = text(client.get(f"/work/{due.pk}/"))
    assert f"first deadline: {due.first_due_on:%d/%m/%Y}" in page
    assert f"{until:%d/%m/%Y}" in page


def test_an_owner_and_a_successor_are_named_among_the_people_of_the_agency(browse, head, home, officer, line, due):
    other = person("canbo2", home, Role.OFFICER)
    address = f"/work/lines/{line.pk}/owner/"
    client = browse(head)
    assert "Bà canbo2" in text(client.get(address))
    assert client.post(address, {"owner": officer.pk}).status_code == 422
    assert client.post(address, {"owner": other.pk, "successor": head.pk}).status_code == 302
    line.refresh_from_db()
    assert (line.owner, line.successor) == (other, head)
    story = client.get(f"/work/{due.pk}/").context["story"]
    assert [(entry.before, entry.after) for entry in story] == [("Bà giamdoc", "Bà canbo2"), ("", "Bà giamdoc")]


def test_a_task_that_nobody_leads_is_given_to_an_agency(browse, coordinator, home, plan):
    task = plan.tasks.get(at="II/1")
    client = browse(coordinator)
    assert f'href="/work/tasks/{task.pk}/lead/"' in text(client.get("/work/?group=unled"))
    assert client.post(f"/work/tasks/{task.pk}/lead/", {"agency": home.pk}).status_code == 302
    assert Line.objects.get(task=task).holder == home
    assert "agency leads this task" in text(client.get(f"/work/tasks/{task.pk}/"))


def test_a_line_is_given_to_another_agency(browse, coordinator, owner, line, due):
    client = browse(coordinator)
    assert client.post(f"/work/lines/{line.pk}/give/", {"agency": owner.pk, "reason": "x"}).status_code == 302
    line.refresh_from_db()
    assert line.holder == owner


def test_a_note_mentions_people_of_the_agencies_concerned(browse, head, coordinator, line, due):
    client, address = browse(coordinator), f"/work/tasks/{line.task_id}/note/"
    offered = client.get(f"/work/tasks/{line.task_id}/people/?q=giam").json()["results"]
    assert [one["value"] for one in offered] == ["Bà giamdoc"]
    sent = {"words": "@Bà giamdoc xem giúp, cả @Ai đó nữa", "occurrence": due.pk}
    assert client.post(address, sent).status_code == 302
    assert Mention.objects.get().user == head
    page = text(browse(head).get(f"/work/{due.pk}/"))
    assert "xem giúp" in page
    assert "mentions Bà giamdoc" in page
    assert client.post(address, {"words": " "}).status_code == 422
    assert Note.objects.count() == 1


def test_evidence_is_laid_beside_by_whoever_has_a_part(browse, officer, due):
    client, address = browse(officer), f"/work/{due.pk}/evidence/"
    refused = client.post(address, {"files": SimpleUploadedFile("a.exe", b"MZ"), "file_kind": "file"})
    assert "cannot be taken as file" in text(refused)
    assert client.post(address, {"files": SimpleUploadedFile("a.pdf", PDF), "file_kind": "file"}).status_code == 302
    assert "Evidence added" in text(client.get(f"/work/{due.pk}/"))


@pytest.mark.parametrize("address", ["/work/{due}/", "/work/tasks/{task}/"])
def test_a_page_asks_few_queries_however_much_was_said(browse, head, line, due, address):
    client, numbers = browse(head), []
    for turn in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address.format(due=due.pk, task=line.task_id)).status_code == 200
        numbers.append(len(asked))
        for each in range(3):
            reported(due, head, words=f"Lần {turn} {each}", seen=due.answers.count())
            Evidence.objects.create(occurrence=due, answer=due.answers.last(), kind="document", symbol="1", by=head)
            Note.objects.create(task=line.task, occurrence=due, by=head, words="x")
    assert max(numbers) <= QUERIES, numbers
    assert numbers[1] == numbers[2]
    assert Occurrence.objects.get(pk=due.pk).revision == 9
