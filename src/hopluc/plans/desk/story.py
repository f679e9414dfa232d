"""What happened to an occurrence, the latest first: answers with their proof, verdicts, requests, people who answered for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.apps import apps

from hopluc.accounts.models import User
from hopluc.plans.models import Answer, Evidence, Line, Occurrence, Request, Verdict
from hopluc.plans.working.selectors import answers_of, evidence_of


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened; `kind` is the name of the field that it is told by."""

    at: datetime
    who: str  # empty: the program itself
    kind: str
    answer: Answer | None = None
    counts: bool = False  # of an answer: it is the one that counts
    verdict: Verdict | None = None
    proofs: Sequence[Evidence] = ()
    request: Request | None = None
    before: str = ""  # of people and agencies
    after: str = ""


def story_of(row: Occurrence, requests: Iterable[Request]) -> list[Entry]:
    """For whoever may follow its task; `requests` are those of its line. Four queries."""
    entries = [*_answers(row), *_asked(row, requests), *_owners(row.line)]
    return sorted(entries, key=lambda entry: entry.at)[::-1]  # of one moment, what came later stands first


def _answers(row: Occurrence) -> Iterator[Entry]:
    """Answers with their proof and what was said to them; evidence that was laid beside."""
    proofs: dict[int | None, list[Evidence]] = {}
    for evidence in evidence_of(row):
        proofs.setdefault(evidence.answer_id, []).append(evidence)
    for answer in answers_of(row):
        counts = answer.pk == row.answer_id
        yield Entry(answer.at, answer.by.name, "answer", answer, counts=counts, proofs=proofs.get(answer.pk, ()))
        verdict = getattr(answer, "verdict", None)
        if verdict:
            yield Entry(verdict.at, verdict.by.name, "verdict", verdict=verdict)
    for evidence in proofs.get(None, ()):
        yield Entry(evidence.at, evidence.by.name, "evidence", proofs=[evidence])


def _asked(row: Occurrence, requests: Iterable[Request]) -> Iterator[Entry]:
    for request in requests:
        if request.occurrence_id in (None, row.pk):
            yield Entry(request.at, request.by.name, "request", request=request)
            if request.decided_at and request.decided_by:
                yield Entry(request.decided_at, request.decided_by.name, "decision", request=request)


def _owners(line: Line) -> Iterator[Entry]:
    """Changes of who answers for it: each row of history is what stood before a change."""
    events: Any = apps.get_model("plans", "LineEvent")._default_manager
    rows = list(events.filter(pgh_obj=line.pk).order_by("pgh_id").select_related("pgh_context"))
    owners = [*((row.owner_id, row) for row in rows), (line.owner_id, None)]
    ids = {pk for pk in (*(owner for owner, _row in owners), *map(_by, rows)) if pk}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if rows else {}
    for (was, row), (now, _next) in pairwise(owners):
        if was != now:
            who = names.get(_by(row) or 0, "")
            yield Entry(row.pgh_created_at, who, "owner", before=names.get(was or 0, ""), after=names.get(now or 0, ""))


def _by(row: Any) -> int | None:
    return row.pgh_context.metadata.get("user") if row and row.pgh_context else None
