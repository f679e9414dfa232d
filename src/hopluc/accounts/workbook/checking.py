"""Rows of a workbook + what the database holds → what would change, and what is wrong. Pure: it asks and writes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple, dataclass
from hashlib import sha256

from hopluc.accounts.workbook.agencies import AgenciesRead, Draft, read_agencies
from hopluc.accounts.workbook.columns import SheetRows
from hopluc.accounts.workbook.facts import AgencyFact, Facts
from hopluc.accounts.workbook.issues import Issue, Issues
from hopluc.accounts.workbook.people import Ground, PeopleRead, read_people
from hopluc.accounts.workbook.successions import Successions, read_successions


@dataclass(frozen=True, slots=True)
class Outcome:
    agencies: tuple[Draft, ...]  # new or different
    successions: Successions
    people: PeopleRead
    issues: tuple[Issue, ...]
    after: AgenciesRead

    @property
    def is_empty(self) -> bool:
        """Nothing would change."""
        return not (
            self.agencies
            or self.successions.put
            or self.successions.dropped
            or self.people.accounts
            or self.people.posts
        )

    @property
    def fingerprint(self) -> str:
        """Two outcomes that change the same agree in it."""
        parts = [self.values, self.successions, self.people]
        return sha256(repr(parts).encode()).hexdigest()

    @property
    def values(self) -> tuple[AgencyFact, ...]:
        return tuple(draft.value for draft in self.agencies)


def check(agencies: SheetRows, people: SheetRows, facts: Facts) -> Outcome:
    """Issues come in the order of the sheets, their rows and columns; with any of them nothing may be applied."""
    of_agencies, of_people = Issues(agencies), Issues(people)
    read = read_agencies(agencies, facts, of_agencies)
    successions = read_successions(read, facts, of_agencies)
    heirs = {one.source: one for one in (*facts.successions, *successions.put) if not one.field}
    ground = Ground(facts, read.after, read.names, heirs)
    persons = read_people(people, ground, of_people)
    issues = (*of_agencies.in_order(), *of_people.in_order())
    return Outcome(tuple(_different(read, facts)), successions, persons, issues, read)


def _different(read: AgenciesRead, facts: Facts) -> Iterator[Draft]:
    for draft in read.drafts:
        known = facts.agencies.get(draft.value.key)
        if known is None or astuple(known)[:-2] != astuple(draft.value)[:-2]:  # whoever entered it
            yield draft
