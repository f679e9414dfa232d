"""The lines of a task: which agency, who answers for it, and how far it is now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from hopluc.plans.desk.items import left_words, looks_of
from hopluc.plans.desk.seen import occurrences_now
from hopluc.plans.desk.words import WORDS
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.states import OPEN, Clock


@dataclass(frozen=True, slots=True)
class LineRow:
    line: Line
    now: Occurrence | None  # where it stands; nothing where nothing was asked for yet
    state: str  # key of `interface.STATES`; empty without an occurrence
    left: str

    @property
    def word(self) -> str | Promise:
        return WORDS[self.state]


def lines_shown(lines: Iterable[Line], *, clock: Clock) -> list[LineRow]:
    """One query more than the lines."""
    listed = list(lines)
    now = occurrences_now([line.pk for line in listed])
    return [_row(line, now.get(line.pk), clock) for line in listed]


def _row(line: Line, now: Occurrence | None, clock: Clock) -> LineRow:
    if now is None:
        return LineRow(line, None, "", "")
    left = left_words(clock.left(now.due_on), now.due_on, clock.today) if now.state in OPEN else ""
    return LineRow(line, now, looks_of(now, clock), left)
