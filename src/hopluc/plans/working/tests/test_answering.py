"""Answers are kept, whoever sends them and however often; what they claim stands until the plan's owner says so."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
from django.core.files.base import ContentFile
from django.db import ProgrammingError, transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import Role, User
from hopluc.plans.errors import (
    AlreadyConfirmed,
    AnsweredSince,
    LineClosed,
    NoEvidence,
    NoReasonGiven,
    NothingSaid,
    NothingToConfirm,
    NotWhatItSays,
    NotYourPlan,
    NotYourWork,
    WrongKindOfFile,
)
from hopluc.plans.models import Answer, Evidence, Line, Occurrence
from hopluc.plans.tests.conftest import person
from hopluc.plans.working.services import answer, confirm_or_return, plan_close
from hopluc.plans.working.values import Figure, Proof, Update

DAY = date(2026, 11, 20)


@pytest.fixture
def due(line: Line) -> Occurrence:
    return line.occurrences.order_by("due_on").first()


def said(due: Occurrence, by: User, claim: str = "in_progress", *, seen: int = 0, key: UUID | None = None, **more):
    return answer(
        occurrence=due.pk, by=by, today=DAY, update=Update(key=key or uuid4(), seen=seen, claim=claim, **more)
    )


def test_an_answer_moves_the_occurrence_on(due, head):
    found = said(due, head, words="Đã mở  hai lớp", percent=40, figure=Figure(Decimal(2), "lớp"))
    assert (found.state, found.revision, found.again, found.unseen) == ("in_progress", 1, False, ())
    due.refresh_from_db()
    assert (due.percent, due.typed, due.touched_on, due.answer.words) == (40, True, DAY, "Đã mở hai lớp")


def test_what_is_sent_twice_is_kept_once(due, head):
    key = uuid4()
    first = said(due, head, words="Xong", key=key)
    second = said(due, head, words="Xong", key=key)
    assert (second.said, second.again, Answer.objects.count()) == (first.said, True, 1)


def test_two_people_who_answer_one_item_are_both_kept_and_told(due, head, home):
    other = person("canbo2", home, Role.OFFICER)
    said(due, head, words="Đã mở lớp", percent=50)
    second = said(due, other, words="Chưa mở lớp", percent=10)
    assert [one.words for one in second.unseen] == ["Đã mở lớp"]
    assert second.said.beside
    due.refresh_from_db()
    assert (due.answer.words, due.percent, due.answers.count()) == ("Chưa mở lớp", 10, 2)
    third = said(due, other, seen=2, words="Đã mở lớp thứ nhất")
    assert (third.unseen, third.said.beside) == ((), False)


def test_only_people_of_the_agency_that_holds_it_answer(due, officer, stranger):
    for somebody in (officer, stranger):
        with pytest.raises(NotYourWork):
            said(due, somebody, words="x")
    assert not Answer.objects.exists()


def test_an_answer_says_something(due, head):
    assert said(due, head).state == "in_progress"  # a new state is something
    with pytest.raises(NothingSaid):
        said(due, head, words="  ")


def test_a_report_is_confirmed_or_returned_by_the_owner_of_the_plan(due, head, coordinator, officer):
    reported = said(due, head, "reported", words="Xong")
    about = {"occurrence": due.pk, "answer": reported.said.pk, "today": DAY}
    for somebody in (head, officer):
        with pytest.raises(NotYourPlan):
            confirm_or_return(**about, confirmed=True, by=somebody)
    with pytest.raises(NoReasonGiven):
        confirm_or_return(**about, confirmed=False, by=coordinator)
    assert confirm_or_return(**about, confirmed=False, by=coordinator, reason="Thiếu danh sách").state == "returned"
    with pytest.raises(NothingToConfirm):
        confirm_or_return(**about, confirmed=True, by=coordinator)
    again = said(due, head, "reported", seen=1, words="Gửi lại")
    assert confirm_or_return(**about | {"answer": again.said.pk}, confirmed=True, by=coordinator).state == "confirmed"
    due.refresh_from_db()
    assert (due.reported_on, due.confirmed_on) == (DAY, DAY)
    with pytest.raises(AlreadyConfirmed):
        said(due, head, words="Thêm")


def test_an_answer_that_was_not_read_is_not_confirmed(due, head, coordinator):
    first = said(due, head, "reported", words="Xong").said.pk
    said(due, head, "reported", seen=1, words="Sửa số liệu")
    with pytest.raises(AnsweredSince):
        confirm_or_return(occurrence=due.pk, answer=first, confirmed=True, by=coordinator)


def test_after_closing_answers_are_refused_and_those_before_are_kept(due, head, coordinator, plan):
    said(due, head, words="Một nửa")
    plan_close(plan=plan, by=coordinator, reason="Hết thời gian thực hiện")
    with pytest.raises(LineClosed, match="12/KH-UBND"):
        said(due, head, seen=1, words="Phần còn lại")
    assert [each.words for each in due.answers.all()] == ["Một nửa"]


def test_answers_cannot_be_changed_or_taken_away(due, head):
    kept = said(due, head, words="Một").said.pk
    for act in (
        lambda: Answer.objects.filter(pk=kept).update(words="Hai"),
        lambda: Answer.objects.filter(pk=kept)._raw_delete("default"),
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            act()


@pytest.fixture
def document_due(due):
    due.line.task.deliverable = "Kế hoạch của UBND tỉnh"
    due.line.task.save()
    return due


def test_done_needs_the_evidence_of_its_kind(document_due, head, plan, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with pytest.raises(NoEvidence):
        said(document_due, head, "reported", words="Đã ban hành")
    assert not Answer.objects.exists()
    found = said(document_due, head, "reported", evidence=[Proof("document", symbol=" 12/KH-UBND ")])
    assert found.state == "reported"
    row = Evidence.objects.get()
    assert (row.symbol, row.document, row.answer_id) == ("12/KH-UBND", plan.document, found.said.pk)
    document_due.refresh_from_db()
    assert (document_due.percent, document_due.typed) == (100, False)


def test_a_document_that_the_base_does_not_hold_is_kept_by_its_number(document_due, head):
    said(document_due, head, "reported", evidence=[Proof("document", symbol="99/KH-SNV")])
    assert Evidence.objects.get().document is None
    document_due.refresh_from_db()
    assert document_due.percent == 0


def file(name: str, content: bytes = b"%PDF-1.7 ...", kind: str = "file") -> Proof:
    return Proof(kind, file=ContentFile(content, name=name), name=name)


def test_files_are_what_they_say_and_are_kept_once(due, head, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    for proof, problem in (
        (file("a.exe"), WrongKindOfFile),
        (file("a.pdf", b"MZ..."), NotWhatItSays),
        (file("a.pdf", kind="photo"), WrongKindOfFile),
    ):
        with pytest.raises(problem):
            said(due, head, evidence=[proof])
    said(due, head, evidence=[file("biên bản.pdf", kind="minutes"), file("b.pdf")])
    assert {row.name for row in Evidence.objects.all()} == {"biên bản.pdf", "b.pdf"}
    assert len({row.file_id for row in Evidence.objects.all()}) == 1


def test_a_figure_counts_towards_what_is_to_be_reached(due, head):
    due.line.task.deliverable = "Số hợp tác xã thành lập mới"
    due.line.task.save()
    Line.objects.filter(pk=due.line_id).update(aim=81)
    said(due, head, figure=Figure(Decimal(45), "hợp tác xã"))
    due.refresh_from_db()
    assert (due.percent, due.typed) == (55, False)


def test_whoever_left_answers_no_more(due, head):
    post = head.posts.get()
    post.ends_on = localdate() - timedelta(days=1)
    post.save()
    with pytest.raises(NotYourWork):
        said(due, User.objects.get(pk=head.pk), words="x")
