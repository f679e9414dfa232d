"""Facts that change from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.registry.errors import (
    BetweenNeighbours,
    CodeTaken,
    CorrectionReasonNeeded,
    FactUnclear,
    LaterKnown,
    NotInForceThen,
    SameAsBefore,
    SourceNeeded,
    ValueGone,
)
from hopluc.registry.fact_kinds import FactKind, by_number, fact_kinds
from hopluc.registry.industries import is_industry
from hopluc.registry.models import Fact, Organisation
from hopluc.registry.services.keeping import changing, check_day, shown, tidy, value_put
from hopluc.units.models import Unit

BY_EVENT = ("legal_status", "operating")  # changed by events alone
HUNDRED = 100
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Value:
    """What is said: a text, an amount, or a unit with the address in it."""

    text: str = ""
    amount: Decimal | None = None
    unit: Unit | None = None
    item: int = 0  # which one, of kinds with several at a time; of an industry its code does


def fact_change(*, organisation: Organisation, what: str, value: Value, since: date, source: str, by: User) -> Fact:
    """A fact has this value from a day on. A value of that very day is corrected; history keeps both.

    Raises NotYourRegistry, HasEnded, InTheFuture, BeforeFounding, FactUnclear, NotInForceThen, LaterKnown, SameAsBefore,
    SourceNeeded, CodeTaken.
    """
    kind = fact_kinds()[what]
    said = checked(kind, value, since)
    if not tidy(source):
        raise SourceNeeded(fact=kind.words)
    with changing(organisation, by=by, act="fact.changed") as one:
        check_day(one, since)
        _check_free(one, kind, said)
        _check_order(one, kind, said, since)
        fact = value_put(
            one,
            what,
            since=since,
            source=tidy(source),
            text=said.text,
            amount=said.amount,
            unit=said.unit,
            item=said.item,
        )
        if what == "name":
            one.party.name = said.text
            one.party.save(update_fields=["name"])
        return fact


def fact_correct(*, fact: Fact, value: Value, since: date, source: str, reason: str, by: User) -> Fact:
    """What was entered wrongly, also of days long past: another value, source or first day. The value before it ends where this
    one begins, so that no two hold on one day; history keeps what stood there, with the reason.

    Raises NotYourRegistry, HasEnded, ValueGone, CorrectionReasonNeeded, InTheFuture, BeforeFounding, BetweenNeighbours, FactUnclear,
    NotInForceThen, SameAsBefore, SourceNeeded, CodeTaken.
    """
    kind, why = by_number()[fact.what], tidy(reason)
    if not why:
        raise CorrectionReasonNeeded
    if not tidy(source):
        raise SourceNeeded(fact=kind.words)
    said = checked(kind, value, since)
    with changing(fact.organisation, by=by, act="fact.corrected") as one, acting(by.pk, reason=why):
        row = one.facts.filter(pk=fact.pk).first()
        if row is None or row.validity != fact.validity:
            raise ValueGone
        _check_other(row, kind, said, since, tidy(source))
        check_day(one, since)
        _check_free(one, kind, said)
        _begin(row, since)
        row.text, row.amount, row.unit, row.source = said.text, said.amount, said.unit, tidy(source)
        row.save()
        if kind.key == "name" and row.validity.upper is None:
            one.party.name = said.text
            one.party.save(update_fields=["name"])
        return row


def _check_other(row: Fact, kind: FactKind, said: Value, since: date, source: str) -> None:
    """Raises SameAsBefore."""
    now = (row.text, row.amount, row.unit_id, row.validity.lower, row.source)
    if now == (said.text, said.amount, said.unit.pk if said.unit else None, since, source):
        raise SameAsBefore(fact=kind.words, since=shown(since))


def _begin(row: Fact, since: date) -> None:
    """Its first day, which moves the end of the value right before it. Raises BetweenNeighbours."""
    if since == row.validity.lower:
        return
    lines = row.organisation.facts.filter(what=row.what, item=row.item, validity__startswith__lt=row.validity.lower)
    before = lines.order_by("validity").last()
    adjoins = before is not None and before.validity.upper == row.validity.lower
    first = row.organisation.founded_on
    if before is not None:
        first = before.validity.lower + DAY if adjoins else before.validity.upper
    last = (row.validity.upper or localdate() + DAY) - DAY
    if not first <= since <= last:
        raise BetweenNeighbours(day=shown(since), first=shown(first), last=shown(last))
    moved = [row]
    if before is not None and adjoins:
        before.validity = DateRange(before.validity.lower, since)
        moved.insert(0 if since < row.validity.lower else 1, before)  # what gives way goes first: never two on one day
    row.validity = DateRange(since, row.validity.upper)
    for one in moved:
        one.save(update_fields=["validity"])


def checked(kind: FactKind, value: Value, since: date) -> Value:
    """The value in its one form. Raises FactUnclear, NotInForceThen."""
    text = tidy(value.text)
    if kind.key in BY_EVENT:
        raise FactUnclear(fact=kind.words, value=text, wanted=_("an event instead, which changes the status"))
    if kind.is_amount:
        return Value(text if kind.several else "", _amount(kind, value.amount), item=value.item)
    if kind.type == "place":
        if value.unit is None or since not in value.unit.validity:
            raise NotInForceThen(unit=value.unit.full_name if value.unit else "", day=shown(since))
        return Value(text, unit=value.unit, item=value.item)
    if kind.type == "industry":
        if not is_industry(text):
            raise FactUnclear(fact=kind.words, value=text, wanted=_("a code of the industries (VSIC), such as 0118"))
        return Value(text, item=int(text) if kind.several else 0)
    if kind.type == "choice" and text not in dict(kind.choices):
        raise FactUnclear(fact=kind.words, value=text, wanted=", ".join(str(words) for _key, words in kind.choices))
    if not text:
        raise FactUnclear(fact=kind.words, value="“”", wanted=_("a text"))
    return Value(text, item=value.item)


def _amount(kind: FactKind, amount: Decimal | None) -> Decimal:
    if amount is None or amount < 0:
        raise FactUnclear(fact=kind.words, value=amount, wanted=_("a number that is not below 0"))
    if kind.type == "percent" and amount > HUNDRED:
        raise FactUnclear(fact=kind.words, value=amount, wanted=_("a percentage from 0 to 100"))
    if kind.type == "yes" and amount not in (0, 1):
        raise FactUnclear(fact=kind.words, value=amount, wanted=_("yes or no"))
    if kind.type == "money" and amount != int(amount):
        raise FactUnclear(fact=kind.words, value=amount, wanted=_("whole đồng"))
    return amount


def _check_free(organisation: Organisation, kind: FactKind, said: Value) -> None:
    if kind.key == "code":
        code_free(said.text, besides=[organisation.pk])


def code_free(code: str, *, besides: list[int]) -> None:
    """A code belongs to one organisation, for ever. Raises CodeTaken."""
    if code and (other := Organisation.objects.filter(code=code).exclude(pk__in=besides).first()):
        raise CodeTaken(code=code, name=other.name)


def _check_order(organisation: Organisation, kind: FactKind, said: Value, since: date) -> None:
    rows = organisation.facts.filter(what=kind.no, item=said.item)
    if later := rows.filter(validity__startswith__gt=since).order_by("validity").first():
        raise LaterKnown(fact=kind.words, since=shown(later.validity.lower), day=shown(since))
    now = rows.filter(validity__contains=since).first()
    same = now and (now.text, now.amount, now.unit_id) == (said.text, said.amount, said.unit.pk if said.unit else None)
    if now and same:
        raise SameAsBefore(fact=kind.words, since=shown(now.validity.lower))
