"""Values that stand side by side: industries, branches, products, land, links. Each has days and a source of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.registry.errors import DaysWrong, SourceNeeded, ValueGone, ValueOverlaps
from hopluc.registry.fact_kinds import FactKind, by_number, fact_kinds
from hopluc.registry.models import Fact, Organisation
from hopluc.registry.services.facts import Value, checked
from hopluc.registry.services.keeping import changing, check_day, shown, tidy
from hopluc.registry.services.passing import next_item

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stated:
    """A value from a day to a day (the last; none: still), by a source."""

    value: Value
    since: date
    until: date | None
    source: str

    @property
    def days(self) -> DateRange:
        return DateRange(self.since, self.until + DAY if self.until else None)


def value_add(*, organisation: Organisation, what: str, stated: Stated, by: User) -> Fact:
    """One more beside those there are.

    Raises NotYourRegistry, HasEnded, InTheFuture, BeforeFounding, DaysWrong, FactUnclear, NotInForceThen, SourceNeeded, ValueOverlaps.
    """
    kind = fact_kinds()[what]
    assert kind.several, what
    with changing(organisation, by=by, act="value.added") as one:
        return _written(Fact(organisation=one, what=kind.no), kind, stated, one)


def value_correct(*, fact: Fact, stated: Stated, by: User) -> Fact:
    """Another text, amount, place, day or source; history keeps what stood before. Raises as `value_add`, and ValueGone."""
    with _held(fact, by=by, act="value.corrected") as (row, one):
        return _written(row, by_number()[row.what], stated, one)


def value_remove(*, fact: Fact, by: User) -> None:
    """It was entered in error, and never was so. Raises NotYourRegistry, HasEnded, ValueGone."""
    with _held(fact, by=by, act="value.removed") as (row, _one):
        row.delete()


@contextmanager
def _held(fact: Fact, *, by: User, act: str) -> Iterator[tuple[Fact, Organisation]]:
    with changing(fact.organisation, by=by, act=act) as one:
        row = one.facts.filter(pk=fact.pk).first()
        if row is None or row.validity != fact.validity:
            raise ValueGone
        yield row, one


def _written(row: Fact, kind: FactKind, stated: Stated, one: Organisation) -> Fact:
    check_day(one, stated.since)
    if stated.until and stated.until < stated.since:
        raise DaysWrong(first=shown(stated.since), last=shown(stated.until))
    if not tidy(stated.source):
        raise SourceNeeded(fact=kind.words)
    said = checked(kind, stated.value, stated.since)
    _check_alone(row, kind, said, stated, one)
    if kind.type != "industry":
        said = replace(said, item=row.item if row.pk else next_item(one, kind))
    row.item, row.text, row.amount, row.unit = said.item, said.text, said.amount, said.unit
    row.validity, row.source = stated.days, tidy(stated.source)
    row.save()
    return row


def _check_alone(row: Fact, kind: FactKind, said: Value, stated: Stated, one: Organisation) -> None:
    """The same is not said twice of a day. Raises ValueOverlaps."""
    beside = one.facts.filter(what=kind.no, validity__overlap=stated.days).exclude(pk=row.pk)
    if other := beside.filter(text=said.text, unit=said.unit, amount=said.amount).first():
        until = shown(other.validity.upper - DAY) if other.validity.upper else "…"
        raise ValueOverlaps(
            value=said.text or said.amount or said.unit, days=f"{shown(other.validity.lower)} – {until}"
        )
