"""What is due goes out as an Excel form of the agency, comes back, is looked at, and is taken over whole or not at all."""

from __future__ import annotations

from datetime import timedelta
from operator import itemgetter
from pathlib import Path
from unittest import mock
from uuid import uuid4

import pytest
from django.utils.timezone import localdate

from hopluc.accounts.models import Role
from hopluc.core.errors import Problem
from hopluc.forms.models import ReceivedSheet
from hopluc.forms.services import sheet_make
from hopluc.forms.tests.sheets import cells_of, edited, upload
from hopluc.plans.desk.workbook import work_sheet_apply, work_sheet_look, work_sheet_receive, work_spec
from hopluc.plans.models import Answer, Evidence, Occurrence
from hopluc.plans.tests.conftest import person
from hopluc.plans.working.services import answer, plan_close
from hopluc.plans.working.values import Update
from tests.cases import cases

CASES = cases(Path(__file__).parent / "cases/workbook.yaml")
SHEET = "Công việc"


@pytest.fixture(autouse=True)
def _at_once(monkeypatch):
    """Files are read here, not in a process of their own: that is tested with the forms."""
    monkeypatch.setattr("hopluc.forms.sheets._read", lambda file, name: cells_of(file.read(), name))


@pytest.fixture
def later(due: Occurrence) -> Occurrence:
    """Another period of the same line, overdue for longer: it stands above."""
    first = due.due_on - timedelta(days=400)
    return Occurrence.objects.create(
        line=due.line, plan=due.plan, period=(first, first + timedelta(days=20)), due_on=first + timedelta(days=19),
        first_due_on=first + timedelta(days=19), touched_on=first,
    )  # fmt: skip


@pytest.fixture
def form(home, due, later) -> bytes:
    """Row 8 is the earlier period, row 9 the later one; G state, H words, I figure, J unit, K document, L percent."""
    return sheet_make(work_spec(home, today=localdate()))


@pytest.fixture
def sent(form, head):
    """`sent({"H8": "…"})`: the form with these cells typed, kept."""

    def receive(cells, by=head, **edits):
        typed = {f"{SHEET}!{cell}": value for cell, value in cells.items()}
        return work_sheet_receive(upload=upload(edited(form, {"type": typed, **edits})), by=by)

    return receive


def issues(looked) -> list[str]:
    return [f"{one.cell} {one.code}".strip() for one in looked.found.issues]


def test_the_form_holds_what_is_due_with_its_day_and_empty_cells(form, due):
    page = next(page for page in cells_of(form)["pages"] if page["name"] == SHEET)
    text = {(row, column): value for row, column, _kind, value in page["cells"]}
    assert [text[row, 3] for row in (7, 8)] == [
        f"{due.due_on - timedelta(days=381):%d/%m/%Y}",
        f"{due.due_on:%d/%m/%Y}",
    ]
    assert due.line.task.text in text[8, 2]
    assert text[8, 4] == "Quá hạn"
    assert (8, 6) not in text


def test_what_comes_back_is_looked_at_first_then_taken_as_one_act(sent, head, due, later):
    received = sent({
        "G8": "Đã xong", "H8": "Đã mở ba lớp", "I8": 1234.5, "J8": "lượt", "K8": "125/BC-SNV", "L8": 1, "H9": "Đang chuẩn bị",
    })  # fmt: skip
    looked = work_sheet_look(received=received, by=head)
    assert (issues(looked), [change.row.pk for change in looked.changes]) == ([], [later.pk, due.pk])
    assert not Answer.objects.exists()
    assert work_sheet_apply(received=received, by=head) == 2
    done = Answer.objects.get(occurrence=later)
    assert (done.claim, done.words, str(done.figure), done.unit, done.percent) == (
        "reported", "Đã mở ba lớp", "1234.500000", "lượt", 100,
    )  # fmt: skip
    assert Evidence.objects.get(answer=done).symbol == "125/BC-SNV"
    assert Occurrence.objects.get(pk=due.pk).state == "in_progress"
    with pytest.raises(Problem, match=r"bieu\.xlsx"):
        work_sheet_apply(received=received, by=head)


@pytest.mark.parametrize("case", CASES, ids=itemgetter("name"))
def test_what_is_wrong_is_said_by_cell_and_nothing_is_taken(case, sent, head, due):
    due.line.task.__class__.objects.filter(pk=due.line.task_id).update(deliverable=case.get("deliverable", ""))
    received = sent(case.get("type", {}), **case.get("edit", {}))
    looked = work_sheet_look(received=received, by=head)
    assert issues(looked) == case.get("issues", [])
    assert case.get("says", "") in " ".join(map(str, looked.found.issues))
    assert [change.update.words for change in looked.changes] == case.get("words", [])
    if case.get("issues"):
        with pytest.raises(Problem):
            work_sheet_apply(received=received, by=head)
        assert not Answer.objects.exists()


def test_a_form_that_others_answered_meanwhile_is_stale_at_that_row(sent, head, home, due, later):
    received = sent({"H8": "Một", "H9": "Hai"})
    other = person("canbo2", home, Role.OFFICER)
    answer(occurrence=due.pk, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong rồi"), by=other)
    assert issues(work_sheet_look(received=received, by=head)) == ["G9 S406"]
    with pytest.raises(Problem):
        work_sheet_apply(received=received, by=head)
    assert Answer.objects.count() == 1


def test_a_form_of_a_closed_plan_is_no_longer_asked(sent, head, coordinator, plan):
    received = sent({"H8": "Một"})
    plan_close(plan=plan, by=coordinator, reason="Hết hiệu lực")
    assert issues(work_sheet_look(received=received, by=head)) == ["G8 S408"]


def test_a_form_that_was_taken_over_says_so_when_it_comes_again(sent, head, later):
    work_sheet_apply(received=sent({"H8": "Một"}), by=head)
    assert work_sheet_look(received=sent({"H8": "Một"}), by=head).again
    assert not work_sheet_look(received=sent({"H9": "Hai"}), by=head).found.issues


def test_another_agencys_form_and_last_years_are_refused_with_a_sentence(sent, officer):
    with pytest.raises(Problem, match="được lập cho Sở Nội vụ tỉnh Khánh Hòa") as other:
        sent({"H8": "Một"}, by=officer)
    assert other.value.code == "H633"
    later = mock.patch("hopluc.plans.desk.workbook.localdate", return_value=localdate() + timedelta(days=366))
    with later, pytest.raises(Problem) as old:
        sent({"H8": "Một"})
    assert old.value.code == "H634"


def test_the_pages_lead_from_the_download_to_the_answer(browse, head, home, due, later):
    client = browse(head)
    assert "/work/excel/" in client.get("/work/").content.decode()
    page = client.get("/work/excel/").content.decode()
    assert f"/work/excel/{home.pk}/" in page
    data = client.get(f"/work/excel/{home.pk}/").content
    wrong = client.post("/work/excel/", {"file": upload(b"%PDF", "a.pdf")})
    assert (wrong.status_code, "“a.pdf”" in wrong.content.decode()) == (422, True)
    assert client.post("/work/excel/").status_code == 422
    file = upload(edited(data, {"type": {f"{SHEET}!H8": "Đã mở ba lớp", f"{SHEET}!L9": "một nửa"}}))
    look = client.post("/work/excel/", {"file": file})
    shown = client.get(look["Location"]).content.decode()
    assert "Công việc, L9" in shown
    assert client.post(look["Location"]).status_code == 422
    look = client.post("/work/excel/", {"file": upload(edited(data, {"type": {f"{SHEET}!H8": "Đã mở ba lớp"}}))})
    assert "Đã mở ba lớp" in client.get(look["Location"]).content.decode()
    assert client.post(look["Location"]).status_code == 302
    assert Answer.objects.get().words == "Đã mở ba lớp"
    assert ReceivedSheet.objects.get(applied_at__isnull=False).pages == []
    assert browse(person("canbo2", home, Role.OFFICER)).get(look["Location"]).status_code == 404
