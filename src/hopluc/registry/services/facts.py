"""Facts that change from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.registry.errors import (
    CodeTaken,
    FactUnclear,
    LaterKnown,
    NotInForceThen,
    SameAsBefore,
    SourceNeeded,
)
from hopluc.registry.fact_kinds import FactKind, fact_kinds
from hopluc.registry.industries import is_industry
from hopluc.registry.models import Fact, Organisation
from hopluc.registry.services.keeping import changing, check_day, shown, tidy, value_put
from hopluc.units.models import Unit

BY_EVENT = ("legal_status", "operating")  # changed by events alone
HUNDRED = 100


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
