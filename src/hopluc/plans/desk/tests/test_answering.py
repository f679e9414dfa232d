"""My work: what is due is listed by what to do, and answered in place, alone or several at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import Role
from hopluc.plans.models import Answer, Evidence, Line, Occurrence
from hopluc.plans.tests.conftest import person
from hopluc.plans.working.services import answer, confirm_or_return, plan_close
from hopluc.plans.working.values import Update

PDF = b"%PDF-1.7 words"
QUERIES = 15  # of a page of one occurrence
LISTED = 13  # of My work
DAY = timedelta(days=1)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def counts(page) -> dict[str, str]:
    return {group.value: words for group, words in page.context["counts"]}


def test_what_is_overdue_stands_first_with_its_number_as_a_link(browse, head, due):
    page = browse(head).get("/work/")
    assert counts(page) == {"overdue": "1 overdue"}
    assert '<a href="?group=overdue">1 overdue</a>' in text(page)
    assert due.line.task.text in text(page)
    assert '<span class="state red">' in text(page)


def test_work_that_was_made_up_is_marked(browse, head, due):
    assert not browse(head).get("/work/").context["invented"]
    due.plan.__class__.objects.filter(pk=due.plan_id).update(invented=True)
    for address in ("/work/", f"/work/{due.pk}/", "/overview/", f"/plans/{due.plan_id}/"):
        assert "Sample data" in text(browse(head).get(address))


def test_one_group_is_listed_page_by_page(browse, head, due):
    page = browse(head).get("/work/?group=overdue")
    assert page.context["page"].paginator.count == 1
    assert [section.group for section in page.context["sections"]] == ["overdue"]
    assert not browse(head).get("/work/?group=soon").context["sections"][0].items


def test_only_me_leaves_out_what_colleagues_answer_for(browse, head, home, due):
    other = person("canbo2", home, Role.OFFICER)
    assert counts(browse(other).get("/work/")) == {"overdue": "1 overdue"}
    assert not counts(browse(other).get("/work/?mine=1"))
    assert counts(browse(head).get("/work/?mine=1")) == {"overdue": "1 overdue"}


def test_who_has_nothing_due_is_shown_how_an_answer_looks(browse, home, due):
    page = text(browse(person("canbo2", home, Role.OFFICER)).get("/work/?mine=1"))
    assert "Nothing is due" in page
    assert "125/BC-SNV" in page


def test_the_form_says_beforehand_what_done_needs(browse, head, due):
    due.line.task.__class__.objects.filter(pk=due.line.task_id).update(deliverable="Báo cáo kết quả")
    page = text(browse(head).get(f"/work/{due.pk}/answer/", headers={"hx-request": "true"}))
    assert "needs one of these as proof: <b>issued document, file</b>" in page
    assert "<html" not in page


def test_an_answer_is_kept_and_said_when(send, head, due):
    page = send(head, due, words="Đã mở lớp", percent="40", figure="1,234.5", unit="lớp")
    assert page.status_code == 200
    assert "Saved " in text(page)
    kept = Answer.objects.get()
    assert (kept.words, kept.percent, str(kept.figure), kept.unit) == ("Đã mở lớp", 40, "1234.500000", "lớp")


def test_without_scripts_the_form_leads_back_to_the_list(send, browse, head, due):
    page = browse(head).get(f"/work/{due.pk}/answer/?next=/work/%3Fmine=1")
    assert 'value="/work/?mine=1"' in text(page)
    answered = send(head, due, htmx=False, words="Đã mở lớp", next="/work/?mine=1")
    assert (answered.status_code, answered["Location"]) == (302, "/work/?mine=1")
    away = send(head, due, htmx=False, words="x", next="https://example.org/")
    assert away["Location"] == f"/work/{due.pk}/"


def test_what_is_sent_twice_is_kept_once(send, head, due):
    key = uuid4()
    pages = [send(head, due, key=key, words="Xong") for _turn in range(2)]
    assert [page.status_code for page in pages] == [200, 200]
    assert Answer.objects.count() == 1


def test_two_people_who_answer_one_item_see_both_versions(send, head, home, due):
    other = person("canbo2", home, Role.OFFICER)
    send(head, due, words="Đã mở hai lớp", percent="50")
    page = text(send(other, due, words="Chưa mở lớp nào", percent="10"))
    assert "Bà giamdoc answered while you were writing. Both answers are kept" in page
    assert "Đã mở hai lớp" in page
    assert "Chưa mở lớp nào" in page
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("sent", "field", "sentence"),
    [
        ({"percent": "150", "words": "x"}, "percent", "150 is no percent"),
        ({"words": "x" * 1001}, "words", "The text has 1001 characters"),
        ({"claim": "in_progress", "words": ""}, "words", "Say something new"),
        ({"files": SimpleUploadedFile("a.exe", b"MZ")}, "files", "“a.exe” cannot be taken as file"),
        ({"files": SimpleUploadedFile("a.pdf", b"MZ")}, "files", "“a.pdf” does not hold what its name says"),
    ],
)
def test_what_is_refused_is_said_at_its_field_and_nothing_is_lost(send, head, due, sent, field, sentence):
    Occurrence.objects.filter(pk=due.pk).update(state="not_started")
    if field == "words" and not sent["words"]:
        send(head, due)
    before = Answer.objects.count()
    page = send(head, due, **{"unit": "lớp", **sent})
    assert page.status_code == 422
    assert sentence in page.context["form"].errors[field][0]
    assert 'value="lớp"' in text(page)
    assert Answer.objects.count() == before
    assert not Evidence.objects.exists()


def test_done_without_its_proof_is_refused_at_the_number(send, head, due):
    due.line.task.__class__.objects.filter(pk=due.line.task_id).update(deliverable="Báo cáo kết quả")
    refused = send(head, due, claim="reported")
    assert refused.status_code == 422
    assert "needs proof here" in refused.context["form"].errors["symbol"][0]
    assert send(head, due, claim="reported", symbol="125/BC-SNV").status_code == 200
    assert Evidence.objects.get().symbol == "125/BC-SNV"


def test_files_are_kept_as_evidence_and_given_only_to_those_who_follow(send, browse, head, coordinator, stranger, due):
    assert send(head, due, claim="reported", files=SimpleUploadedFile("a.pdf", PDF)).status_code == 200
    address = f"/work/evidence/{Evidence.objects.get().pk}/"
    answered = browse(coordinator).get(address)
    assert b"".join(answered.streaming_content) == PDF
    assert answered["Content-Disposition"].startswith("attachment")
    assert browse(stranger).get(address).status_code == 404


def test_an_answer_after_the_plan_was_closed_is_refused_with_a_sentence(send, head, coordinator, plan, due):
    plan_close(plan=plan, by=coordinator, reason="Hết kỳ")
    page = send(head, due, words="x")
    assert page.status_code == 422
    assert "takes no more answers" in text(page)


def test_an_answer_after_it_was_confirmed_is_refused_with_a_sentence(send, head, coordinator, due):
    kept = answer(occurrence=due.pk, by=head, update=Update(key=uuid4(), seen=0, claim="reported"))
    confirm_or_return(occurrence=due.pk, answer=kept.said.pk, confirmed=True, by=coordinator)
    assert "takes no more answers" in text(send(head, due, words="x"))


def test_only_people_of_the_agency_see_the_form(browse, officer, stranger, due):
    for somebody in (officer, stranger):
        assert browse(somebody).get(f"/work/{due.pk}/answer/").status_code == 404


def test_several_are_answered_at_once_or_none(browse, head, home, line, due):
    other = next_year(due)
    client, sent = browse(head), {"key": uuid4(), "claim": "in_progress", "words": "Đang làm"}
    chosen = [f"{due.pk}:0", f"{other.pk}:0"]
    for _turn in range(2):  # sent twice, kept once
        page = client.post("/work/several/", {**sent, "chosen": chosen}, follow=True)
    assert "2 items were answered." in text(page)
    assert Answer.objects.count() == 2
    type(line.task).objects.filter(pk=line.task_id).update(deliverable="Báo cáo")
    refused = client.post("/work/several/", {"key": uuid4(), "claim": "reported", "chosen": chosen}, follow=True)
    assert "Nothing was saved." in text(refused)
    assert Answer.objects.count() == 2
    assert "Nothing was chosen." in text(client.post("/work/several/", sent, follow=True))


def next_year(due: Occurrence) -> Occurrence:
    """One more occurrence of the same line."""
    day = due.due_on + timedelta(days=2)
    return Occurrence.objects.create(
        line=due.line,
        plan_id=due.plan_id,
        period=(day, day + timedelta(days=1)),
        due_on=day,
        first_due_on=day,
        touched_on=day,
    )


def test_reports_are_confirmed_one_by_one_or_all_at_once(browse, head, coordinator, due):
    rows = [due, next_year(due)]
    for row in rows:
        answer(occurrence=row.pk, by=head, update=Update(key=uuid4(), seen=0, claim="reported", words="Đã mở"))
    client = browse(coordinator)
    page = client.get("/work/")
    assert counts(page)["confirm"] == "2 to confirm"
    chosen = [f"{row.pk}:{row.answers.get().pk}" for row in rows]
    assert all(f'value="{each}"' in text(page) for each in chosen)
    assert "2 reports were confirmed." in text(client.post("/work/confirm/", {"chosen": chosen}, follow=True))
    assert {row.state for row in Occurrence.objects.filter(pk__in=[row.pk for row in rows])} == {"confirmed"}


def test_a_report_is_returned_with_a_reason_that_its_author_reads_first(browse, head, coordinator, due):
    kept = answer(occurrence=due.pk, by=head, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong"))
    client, address = browse(coordinator), f"/work/{due.pk}/verdict/"
    sent = {"answer": kept.said.pk, "verdict": "return"}
    assert "Say why." in text(client.post(address, sent, headers={"hx-request": "true"}))
    said = client.post(address, {**sent, "reason": "Thiếu biên bản"}, headers={"hx-request": "true"})
    assert "Returned" in text(said)
    page = browse(head).get("/work/")
    assert counts(page) == {"returned": "1 returned"}
    assert "Thiếu biên bản" in text(page)


def test_an_answer_that_was_not_read_is_not_confirmed(browse, head, coordinator, due):
    first = answer(occurrence=due.pk, by=head, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong"))
    answer(occurrence=due.pk, by=head, update=Update(key=uuid4(), seen=1, claim="reported", words="Chưa hẳn"))
    page = browse(coordinator).post(f"/work/{due.pk}/verdict/", {"answer": first.said.pk, "verdict": "confirm"})
    assert "It was answered again since you looked" in text(page)
    due.refresh_from_db()
    assert due.state == "reported"


@pytest.mark.parametrize("query", ["", "?group=overdue", "?group=confirm", "?group=decide", "?mine=1"])
def test_a_page_asks_few_queries_however_many_rows(browse, head, coordinator, plan, due, query):
    numbers = []
    client = browse(coordinator)
    for _turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/work/{query}").status_code == 200
        numbers.append(len(asked))
        for _row in range(3):
            due = next_year(due)
            answer(occurrence=due.pk, by=head, update=Update(key=uuid4(), seen=0, claim="reported", words="Đã mở"))
        Line.objects.filter(plan=plan).exclude(pk=due.line_id).update(state="waiting", owner=None, stand_in=False)
    assert max(numbers) <= LISTED, numbers


def test_what_presses_less_shows_fewer_rows_and_leads_to_all(browse, head, due):
    today = localdate()
    begun = today - 100 * DAY
    kinds = {"overdue": (-30, today), "soon": (0, today), "stale": (200, begun), "open": (200, today)}
    for turn in range(48):
        ahead, touched = list(kinds.values())[turn % 4]
        period = DateRange(begun - turn * DAY, today + 300 * DAY)
        Occurrence.objects.create(
            line=due.line,
            plan=due.plan,
            period=period,
            due_on=today + ahead * DAY,
            first_due_on=today,
            touched_on=touched,
        )
    page = browse(head).get("/work/")
    shown = {str(section.group): (len(section.items), section.count) for section in page.context["sections"]}
    assert shown == {"overdue": (10, 13), "soon": (10, 12), "stale": (5, 12), "open": (5, 12)}
    assert '<a href="?group=stale">7 more items</a>' in text(page)
    for group, (_few, count) in shown.items():
        assert browse(head).get(f"/work/?group={group}").context["page"].paginator.count == count


def test_numbers_of_documents_are_offered_as_one_types(browse, coordinator, officer, plan):
    found = browse(officer).get("/work/documents/?q=12/KH").json()["results"]
    assert [one["value"] for one in found] == ["12/KH-UBND"]
    assert browse(officer).get("/work/documents/?q=1").json() == {"results": []}


def test_today_is_not_overdue(browse, head, due):
    Occurrence.objects.filter(pk=due.pk).update(due_on=localdate())
    assert counts(browse(head).get("/work/")) == {"soon": "1 due soon"}
