"""Work that nobody did, for a demonstration: answers, evidence and verdicts of years, written at once.

What stands afterwards is what `answering` would have left had each been said on its day. The plans are marked, and pages say so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate

from hopluc.core.bulk import ids_take, rows_copy
from hopluc.plans.errors import NotLater
from hopluc.plans.models import Answer, Evidence, Occurrence, Plan, Request, Verdict
from hopluc.plans.working.proving import evidence_required
from hopluc.plans.working.standards import standards
from hopluc.plans.working.values import Claim

STATES = """
UPDATE plans_occurrence o SET state = m.state, percent = m.percent, typed = m.typed, answer_id = m.answer_id,
    revision = m.revision, touched_on = m.touched_on, reported_on = m.reported_on, confirmed_on = m.confirmed_on
FROM unnest(%s::bigint[], %s::text[], %s::int[], %s::bool[], %s::bigint[], %s::int[], %s::date[], %s::date[], %s::date[])
    AS m(id, state, percent, typed, answer_id, revision, touched_on, reported_on, confirmed_on) WHERE m.id = o.id
"""
LATER = "UPDATE plans_occurrence o SET due_on = m.due_on FROM unnest(%s::bigint[], %s::date[]) AS m(id, due_on) WHERE m.id = o.id"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A report was confirmed, or returned with a reason; what was asked for was granted, or denied with a reason."""

    by: int
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Saying:
    """An answer on its day, and what was said to it."""

    by: int
    at: datetime
    claim: Claim
    words: str = ""
    percent: int | None = None
    symbol: str = ""  # number of an issued document that proves it
    figure: Decimal | None = None
    unit: str = ""
    judged: Judgement | None = None


@dataclass(frozen=True, slots=True)
class Lived:
    """All that was said of an occurrence (its id), in its order."""

    occurrence: int
    sayings: Sequence[Saying]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of a plan's owner on a day: more time for an occurrence (its id), or a line for another agency; and
    what was said to it, if anything yet. A transfer is never granted here: it would have changed who did the rest.
    """

    line: int
    by: int
    at: datetime
    reason: str
    occurrence: int | None = None
    until: date | None = None
    to: int | None = None  # an agency
    decided: Judgement | None = None

    @property
    def granted(self) -> bool:
        return self.decided is not None and not self.decided.reason


@transaction.atomic
def requests_invent(wishes: Sequence[Wish]) -> None:
    """Keep what was made up as asked for and decided. Raises NotLater."""
    days = dict(Occurrence.objects.filter(pk__in=[each.occurrence for each in wishes]).values_list("pk", "due_on"))
    for each in wishes:
        if each.occurrence and (each.until is None or each.until <= days[each.occurrence]):
            raise NotLater(due=date_format(days[each.occurrence]))
    rows_copy(Request, ("line_id", "by_id", "at", "reason", "occurrence_id", "until", "to_id", "kind", "state", "decided_by_id", "decided_at", "answer"), map(_wish, wishes))  # fmt: skip
    longer = [(each.occurrence, each.until) for each in wishes if each.granted and each.occurrence]
    with connection.cursor() as cursor:
        cursor.execute(LATER, [[pk for pk, _day in longer], [day for _pk, day in longer]])


def _wish(each: Wish) -> tuple[Any, ...]:
    kind = Request.Kind.EXTENSION if each.occurrence else Request.Kind.TRANSFER
    asked = (each.line, each.by, each.at, each.reason, each.occurrence, each.until, each.to, kind)
    if not each.decided:
        return (*asked, Request.State.ASKED, None, None, "")
    state = Request.State.GRANTED if each.granted else Request.State.DENIED
    return (*asked, state, each.decided.by, each.decided.at, each.decided.reason)


@transaction.atomic
def work_invent(*, plans: Collection[int], lived: Sequence[Lived]) -> None:
    """Keep what was made up about occurrences of these plans that nobody has answered. Raises NoEvidence."""
    told = [each for each in lived if each.sayings]
    _check(told)
    numbers = iter(ids_take(Answer, sum(len(each.sayings) for each in told)))
    rows: tuple[list[Any], list[Any], list[Any], list[Any]] = ([], [], [], [])
    for each in told:
        _write(each, numbers, *rows)
    answers, evidence, verdicts, states = rows
    rows_copy(Answer, ("id", "occurrence_id", "number", "seen", "key", "by_id", "at", "claim", "words", "figure", "unit", "indicator", "percent"), answers)  # fmt: skip
    rows_copy(Evidence, ("occurrence_id", "answer_id", "kind", "by_id", "at", "symbol", "name", "unit", "indicator"), evidence)  # fmt: skip
    rows_copy(Verdict, ("occurrence_id", "answer_id", "kind", "reason", "by_id", "at"), verdicts)
    with connection.cursor() as cursor:
        cursor.execute(STATES, [list(column) for column in zip(*states, strict=True)] if states else [[]] * 9)
    Plan.objects.filter(pk__in=plans).update(invented=True)


def _check(told: Sequence[Lived]) -> None:
    """Whether what is claimed to be done is proven, as it would have to be."""
    ids = [each.occurrence for each in told]
    deliverables = dict(Occurrence.objects.filter(pk__in=ids).values_list("pk", "line__task__deliverable"))
    for each in told:
        given: set[str] = set()
        for saying in each.sayings:
            given |= {"document"} if saying.symbol else set()
            given |= {"figure"} if saying.figure is not None else set()
            if saying.claim == "reported":
                evidence_required(standards().kind_of(deliverables[each.occurrence]), given)


def _write(each: Lived, numbers: Iterator[int], answers: list[Any], evidence: list[Any], verdicts: list[Any], states: list[Any]) -> None:  # fmt: skip
    state, percent, reported, confirmed = "", None, None, None
    pk = 0
    for number, said in enumerate(each.sayings, start=1):
        pk, day = next(numbers), localdate(said.at)
        key: UUID = uuid4()
        answers.append((pk, each.occurrence, number, number - 1, key, said.by, said.at, said.claim, said.words, said.figure, said.unit, "", said.percent))  # fmt: skip
        if said.symbol:
            evidence.append((each.occurrence, pk, "document", said.by, said.at, said.symbol, "", "", ""))
        state = said.claim
        percent = said.percent if said.percent is not None else percent
        reported = (reported or day) if said.claim == "reported" else None
        if judged := said.judged:
            kind = "return" if judged.reason else "confirm"
            verdicts.append((each.occurrence, pk, kind, judged.reason, judged.by, judged.at))
            state = "returned" if judged.reason else "confirmed"
            reported = None if judged.reason else reported
            confirmed = None if judged.reason else localdate(judged.at)
    touched: date = localdate(each.sayings[-1].at)
    states.append((each.occurrence, state, percent or 0, percent is not None, pk, len(each.sayings), touched, reported, confirmed))  # fmt: skip
