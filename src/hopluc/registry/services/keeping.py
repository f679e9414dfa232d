"""What every write shares: whether one may, dated values, the row for lists."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.registry.copies import copies_keep
from hopluc.registry.errors import BeforeFounding, DocumentMissing, HasEnded, InTheFuture, NotYourRegistry
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.models import Fact, Organisation
from hopluc.registry.selectors import keeps, may_keep
from hopluc.units.models import Unit


def shown(day: date | None) -> str:
    return date_format(day) if day else ""


def tidy(text: str) -> str:
    return " ".join(text.split())


def check_keeps(by: User, unit: Unit) -> None:
    """Raises NotYourRegistry."""
    if not keeps(by, unit):
        raise NotYourRegistry(place=unit.full_name)


@contextmanager
def changing(organisation: Organisation, *, by: User, act: str, ended_too: bool = False) -> Iterator[Organisation]:
    """The organisation, locked; after what is done within, its row for lists agrees. Raises NotYourRegistry, HasEnded."""
    if not may_keep(by, organisation):
        raise NotYourRegistry(place=organisation.unit.full_name)
    with transaction.atomic(), acting(by.pk, act=f"registry.{act}"):
        locked = locked_one(organisation)
        if locked.ended_on and not ended_too:
            raise HasEnded(name=locked.name, day=shown(locked.ended_on))
        yield locked
        copies_keep(locked, on=localdate())


def locked_one(organisation: Organisation) -> Organisation:
    rows = Organisation.objects.select_for_update(of=("self",)).select_related("party", "unit", "province")
    return rows.get(pk=organisation.pk)


def check_day(organisation: Organisation, day: date) -> None:
    """Raises InTheFuture, BeforeFounding."""
    if day > localdate():
        raise InTheFuture(day=shown(day))
    if day < organisation.founded_on:
        raise BeforeFounding(day=shown(day), name=organisation.name, founded=shown(organisation.founded_on))


def stated(document: str) -> str:
    """Raises DocumentMissing."""
    text = tidy(document)
    if not any(sign.isalnum() for sign in text):
        raise DocumentMissing
    return text


def value_put(
    organisation: Organisation,
    key: str,
    *,
    since: date,
    source: str,
    text: str = "",
    amount: Decimal | int | None = None,
    unit: Unit | None = None,
    item: int = 0,
) -> Fact:
    """A value from a day on, for good: the one before ends there; one that began that very day is corrected."""
    what = fact_kinds()[key].no
    rows = organisation.facts.filter(what=what, item=item)
    rows.filter(validity__startswith__gte=since).delete()
    if before := rows.filter(validity__contains=since).first():
        before.validity = DateRange(before.validity.lower, since)
        before.save(update_fields=["validity"])
    whole = None if amount is None else Decimal(amount)
    return Fact.objects.create(
        organisation=organisation,
        what=what,
        item=item,
        validity=DateRange(since, None),
        text=text,
        amount=whole,
        unit=unit,
        source=source,
    )


def value_now(organisation: Organisation, key: str, *, on: date) -> Fact | None:
    return organisation.facts.filter(what=fact_kinds()[key].no, item=0, validity__contains=on).first()


def all_end(organisation: Organisation, day: date) -> None:
    """An organisation is no more: its facts, officers and members end the day before; it leaves the unions that it was in."""
    organisation.ended_on, organisation.legal_status, organisation.operating = day, "ended", "stopped"
    organisation.save(update_fields=["ended_on", "legal_status", "operating"])
    for rows in (
        organisation.facts,
        organisation.officers,
        organisation.memberships,
        organisation.party.memberships,
    ):
        rows.filter(validity__startswith__gte=day).delete()  # what began later never was
        for row in rows.filter(Q(validity__endswith=None) | Q(validity__endswith__gt=day)):
            row.validity = DateRange(row.validity.lower, day)
            row.save(update_fields=["validity"])
