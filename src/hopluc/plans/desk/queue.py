"""What is due, in the order of what to do now: the first rows of every group, in few queries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Case, F, IntegerField, Prefetch, Value, When, Window
from django.db.models.functions import RowNumber

from hopluc.plans.models import Answer, Evidence, Occurrence, Request
from hopluc.plans.working.selectors import ANSWERING, COLUMNS, MAKERS, Due, Group, Place, answering, deciding, group_is
from hopluc.plans.working.states import Clock

PROOF = ("answer", "kind", "symbol", "name", "figure", "unit", "document__id")
FIRST = 10  # rows of a group among others
OTHERS = (Group.CONFIRM, Group.DECIDE)  # of the rest, which one is done with once for all, the number alone is shown
PROOFS = Prefetch("evidence", Evidence.objects.select_related("document").only(*PROOF))
Listed = dict[Group, list[Due]]


def due_first(place: Place, counts: Mapping[Group, int], *, clock: Clock) -> Listed:
    """The first rows of each group that has any: two queries for all that the viewer answers for, two for what waits for them."""
    found: Listed = {group: [] for group in Group if counts[group]}
    if any(counts[group] for group in ANSWERING):
        for group, due in _answered_for(place, clock):
            found[group].append(due)
    for group in OTHERS:
        if counts[group]:
            found[group] = _first(place, group, clock)
    return found


def _answered_for(place: Place, clock: Clock) -> Iterable[tuple[Group, Due]]:
    """Which rows stand first is found before anything is looked up of them."""
    groups = Case(
        *(When(group_is(group, clock), then=Value(turn)) for turn, group in enumerate(ANSWERING)),
        output_field=IntegerField(),
    )
    turn = Window(RowNumber(), partition_by=[F("rank")], order_by=["due_on", "pk"])
    rows = answering(place).annotate(rank=groups).filter(rank__isnull=False).annotate(turn=turn)
    first = list(rows.filter(turn__lte=FIRST).order_by("rank", "turn").values_list("rank", "pk"))
    make, columns = MAKERS[Occurrence], COLUMNS[Occurrence]
    shown = Occurrence.objects.filter(pk__in=[pk for _rank, pk in first]).values_list("pk", *columns)
    found = {pk: make(row, clock) for pk, *row in shown}
    return [(ANSWERING[rank], found[pk]) for rank, pk in first]


def _first(place: Place, group: Group, clock: Clock) -> list[Due]:
    rows = deciding(group, place)
    assert rows is not None, "counted, so there are some"
    make = MAKERS[rows.model]
    return [make(row, clock) for row in rows.values_list(*COLUMNS[rows.model])[:FIRST]]


def answers_shown(dues: Iterable[Due]) -> dict[int, Answer]:
    """The answers that count, by id, each with who gave it, what proves it and what was said to it. Two queries."""
    ids = {due.answer for due in dues if due.answer}
    if not ids:
        return {}
    rows = Answer.objects.select_related("by", "verdict").prefetch_related(PROOFS)
    return {row.pk: row for row in rows.filter(pk__in=ids)}


def requests_shown(dues: Iterable[Due]) -> dict[int, Request]:
    ids = {due.request for due in dues if due.request}
    rows = Request.objects.select_related("by", "to", "line__holder")
    return {row.pk: row for row in rows.filter(pk__in=ids)} if ids else {}
