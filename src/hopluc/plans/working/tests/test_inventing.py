"""What is made up for a demonstration stands as if each had been said on its day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from operator import itemgetter
from typing import Any
from uuid import uuid4

import pytest
from django.utils.timezone import get_current_timezone, localdate

from hopluc.accounts.models import User
from hopluc.plans.errors import NoEvidence, NotLater
from hopluc.plans.models import Answer, Evidence, Line, Occurrence, Plan, Request, Verdict
from hopluc.plans.working.inventing import Judgement, Lived, Saying, Wish, requests_invent, work_invent
from hopluc.plans.working.making import occurrences_before
from hopluc.plans.working.services import answer, confirm_or_return, request_decide, request_make
from hopluc.plans.working.values import Figure, Proof, Update

DAY = timedelta(days=1)
COLUMNS = ("state", "percent", "typed", "revision", "touched_on", "reported_on", "confirmed_on")
STORIES: list[dict[str, Any]] = [
    {"name": "begun", "said": [{"claim": "in_progress", "words": "Đang làm", "percent": 40}]},
    {"name": "done", "said": [{"claim": "reported", "words": "Xong", "symbol": "12/BC-SNV"}]},
    {"name": "begun, done", "said": [{"claim": "in_progress", "percent": 40}, {"claim": "reported", "words": "Xong"}]},
    {"name": "done, confirmed", "said": [{"claim": "reported", "words": "Xong", "judged": ""}]},
    {"name": "returned", "said": [{"claim": "reported", "words": "Xong", "judged": "Thiếu số liệu"}]},
    {
        "name": "returned, done again, confirmed",
        "said": [
            {"claim": "reported", "words": "Xong", "judged": "Thiếu số liệu"},
            {"claim": "reported", "figure": Decimal(12), "judged": ""},
        ],
    },
]  # fmt: skip


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), tzinfo=get_current_timezone()) + timedelta(hours=9)


@pytest.fixture
def pair(line: Line) -> list[Occurrence]:
    """Two alike: one is made up, the other answered."""
    first = localdate() - 100 * DAY
    return [
        Occurrence.objects.create(
            line=line, plan=line.plan, period=(first, first + (20 + turn) * DAY), due_on=first + 19 * DAY, first_due_on=first + 19 * DAY,
            touched_on=first,
        )
        for turn in range(2)
    ]  # fmt: skip


@pytest.mark.parametrize("story", STORIES, ids=itemgetter("name"))
def test_made_up_is_as_said(story, pair, head: User, coordinator: User):
    made, worked = pair
    first = localdate() - 90 * DAY
    sayings = []
    for turn, about in enumerate(story["said"]):
        day, said = first + 10 * turn * DAY, {key: value for key, value in about.items() if key != "judged"}
        judged = Judgement(coordinator.pk, at(day + 3 * DAY), about["judged"]) if "judged" in about else None
        sayings.append(Saying(head.pk, at(day), judged=judged, **said))
        _say(worked, said, head, day)
        if judged:
            _judge(worked, judged.reason, coordinator, day + 3 * DAY)
    work_invent(plans=[made.plan_id], lived=[Lived(made.pk, sayings)])
    mine, theirs = (Occurrence.objects.filter(pk=row.pk).values(*COLUMNS).get() for row in pair)
    assert mine == theirs
    for model, columns in (
        (Answer, ("number", "seen", "claim", "words", "figure", "percent", "by")),
        (Evidence, ("kind", "symbol", "answer__number")),
        (Verdict, ("kind", "reason", "by", "answer__number")),
    ):
        rows = [list(model.objects.filter(occurrence=row).order_by("pk").values_list(*columns)) for row in pair]
        assert rows[0] == rows[1]
    assert Occurrence.objects.get(pk=made.pk).answer == Answer.objects.filter(occurrence=made).last()
    assert Plan.objects.get(pk=made.plan_id).invented


@pytest.mark.parametrize("answer", [None, "", "Không lùi được"], ids=["waiting", "granted", "denied"])
def test_more_time_that_was_made_up_is_as_asked_and_decided(answer, pair, head: User, coordinator: User):
    made, worked = pair
    until, asked = localdate() + 30 * DAY, localdate() - 9 * DAY
    decided = None if answer is None else Judgement(coordinator.pk, at(asked + 3 * DAY), answer)
    requests_invent([Wish(made.line_id, head.pk, at(asked), "Thiếu kinh phí", made.pk, until, decided=decided)])
    known = {"line": worked.line, "by": head, "reason": "Thiếu kinh phí", "occurrence": worked.pk}
    said = request_make(kind="extension", until=until, **known)
    if answer is not None:
        request_decide(request=said.pk, by=coordinator, granted=not answer, reason=answer)
    days, rows = (
        [Occurrence.objects.filter(pk=row.pk).values("due_on", "first_due_on").get() for row in pair],
        [Request.objects.filter(occurrence=row).values("kind", "state", "until", "answer", "decided_by").get() for row in pair],
    )  # fmt: skip
    assert days[0] == days[1]
    assert rows[0] == rows[1]
    assert localdate(Request.objects.get(occurrence=made).at) == asked


def test_more_time_is_not_made_up_for_an_earlier_day(pair, head):
    made = pair[0]
    with pytest.raises(NotLater):
        requests_invent([Wish(made.line_id, head.pk, at(localdate()), "Thiếu kinh phí", made.pk, made.due_on)])


def _say(row: Occurrence, said: dict[str, Any], by: User, day: date) -> None:
    symbol, figure = said.get("symbol"), said.get("figure")
    update = Update(
        key=uuid4(), seen=Occurrence.objects.get(pk=row.pk).revision, claim=said["claim"], words=said.get("words", ""), percent=said.get("percent"),
        figure=None if figure is None else Figure(figure), evidence=[Proof("document", symbol=symbol)] if symbol else [],
    )  # fmt: skip
    answer(occurrence=row.pk, update=update, by=by, today=day)


def _judge(row: Occurrence, reason: str, by: User, day: date) -> None:
    last = Occurrence.objects.get(pk=row.pk).answer_id
    assert last
    confirm_or_return(occurrence=row.pk, answer=last, confirmed=not reason, by=by, reason=reason, today=day)


def test_what_would_need_proof_is_not_made_up_without(pair, head):
    made = pair[0]
    made.line.task.__class__.objects.filter(pk=made.line.task_id).update(deliverable="Báo cáo kết quả")
    with pytest.raises(NoEvidence):
        work_invent(
            plans=[made.plan_id], lived=[Lived(made.pk, [Saying(head.pk, at(localdate()), "reported", "Xong")])]
        )
    assert not Answer.objects.exists()


def test_what_comes_again_is_there_for_years_before_once(line: Line):
    since, today = localdate().replace(year=localdate().year - 2, month=1, day=1), localdate()
    before = line.occurrences.count()
    assert occurrences_before([line.plan_id], since=since, today=today)
    assert line.occurrences.count() == before + 2
    assert not occurrences_before([line.plan_id], since=since, today=today)
