"""What is due, in the order of what to do now: the first rows of every group, in few queries."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Model, Prefetch

from hopluc.plans.models import Answer, Evidence, Occurrence, Request
from hopluc.plans.working.selectors import SHOWN, Due, due_rows
from hopluc.plans.working.states import Clock
from hopluc.plans.working.waiting import ANSWERING, DECIDING, Group, Place, answering, deciding

FIRST = {  # rows of a group among others: what presses shows most; of the rest a link leads to all
    Group.RETURNED: 10,
    Group.OVERDUE: 10,
    Group.SOON: 10,
    Group.STALE: 5,
    Group.OPEN: 5,
    Group.REPORTED: 3,  # nothing is to be done about it
    Group.CONFIRM: 10,
    Group.DECIDE: 5,
}  # what is not here is done with once for all: its number is shown alone
STARTS = """
SELECT grouped, max(n), array_agg(id ORDER BY turn) FROM (
    SELECT id, grouped, row_number() OVER (PARTITION BY grouped ORDER BY due_on, id) AS turn,
        count(*) OVER (PARTITION BY grouped) AS n
    FROM due WHERE grouped IS NOT NULL
) turned WHERE turn <= (%(first)s::int[])[grouped + 1] GROUP BY grouped
"""
PROOF = ("answer", "kind", "symbol", "name", "figure", "unit", "document__id")
PROOFS = Prefetch("evidence", Evidence.objects.select_related("document").only(*PROOF))
SAID = (
    "occurrence",
    "words",
    "figure",
    "unit",
    "at",
    "by",
    "by__name",
    "verdict__reason",
    "verdict__at",
    "verdict__answer",
)
Counts = dict[Group, int]
Listed = dict[Group, tuple[Due, ...]]


def due_first(place: Place, *, clock: Clock) -> tuple[Counts, Listed]:
    """How much stands in each group, and the first rows of each that has any. At most six queries."""
    counts: Counts = dict.fromkeys(Group, 0)
    first: dict[Group, list[int]] = {group: [] for group in Group}
    for count, group, ids in (*_answering(place, clock), *_deciding(place)):
        counts[group], first[group] = count, ids
    rows: dict[tuple[type[Model], int], Due] = {}
    for model in (Occurrence, Request):
        ids = [pk for group in FIRST for pk in first[group] if SHOWN.get(group, Occurrence) is model]
        rows |= {(model, pk): due for pk, due in zip(ids, due_rows(model, ids, clock), strict=True)}
    shown = {group: tuple(rows[SHOWN.get(group, Occurrence), pk] for pk in first[group]) for group in FIRST}
    return counts, {group: dues for group, dues in shown.items() if dues}


def _answering(place: Place, clock: Clock) -> list[tuple[int, Group, list[int]]]:
    rows = answering(STARTS, place, clock, first=[FIRST[group] for group in ANSWERING])
    return [(count, ANSWERING[turn], ids) for turn, count, ids in rows]


def _deciding(place: Place) -> list[tuple[int, Group, list[int]]]:
    selects = [
        f"SELECT '{group}', (SELECT count(*) {found}), ARRAY(SELECT one.id {found} ORDER BY {order} LIMIT {FIRST[group]})"
        if group in FIRST
        else f"SELECT '{group}', count(*), '{{}}' {found}"
        for group, (found, order) in DECIDING.items()
    ]
    return [(count, Group(group), ids) for group, count, ids in deciding(" UNION ALL ".join(selects), place)]


def answers_shown(dues: Iterable[Due]) -> dict[int, Answer]:
    """The answers that count, by id, each with who gave it, what proves it and what was said to it. Two queries."""
    ids = {due.answer for due in dues if due.answer}
    if not ids:
        return {}
    rows = Answer.objects.select_related("by", "verdict").only(*SAID).prefetch_related(PROOFS)
    return {row.pk: row for row in rows.filter(pk__in=ids)}


def requests_shown(dues: Iterable[Due]) -> dict[int, Request]:
    ids = {due.request for due in dues if due.request}
    rows = Request.objects.select_related("by", "to", "line__holder")
    return {row.pk: row for row in rows.filter(pk__in=ids)} if ids else {}
