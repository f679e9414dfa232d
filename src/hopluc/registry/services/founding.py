"""New organisations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.core.search import search_query
from hopluc.registry.copies import copies_keep
from hopluc.registry.errors import InTheFuture, NameBegins, NameTaken, NotInForceThen
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.lifecycle import event_kinds
from hopluc.registry.models import Event, Organisation, Party
from hopluc.registry.models.organisations import Kind
from hopluc.registry.naming import BEGINNINGS
from hopluc.registry.papers import Paper
from hopluc.registry.services.facts import Value, checked, code_free
from hopluc.registry.services.keeping import check_keeps, shown, stated, tidy, value_put
from hopluc.registry.services.recording import paper_columns
from hopluc.units.models import Unit

SIMILAR = 200  # of the names that share all words, how many are compared


@dataclass(frozen=True, slots=True)
class Founding:
    """What the application for registration, or a group's notice, says."""

    kind: str
    name: str
    unit: Unit  # the commune of its seat, as it was on the day
    day: date
    document: str = ""
    code: str = ""
    address: str = ""
    registered: bool = True
    main_industry: str = ""
    charter_capital: Decimal | None = None
    official_members: int | None = None
    associate_members: int | None = None
    short_name: str = ""
    foreign_name: str = ""
    phone: str = ""
    governance: str = ""
    decided_on: date | None = None
    filed_on: date | None = None
    answered_on: date | None = None
    paper: Paper = field(default_factory=Paper)

    @property
    def cited(self) -> str:
        return self.document or self.paper.words


def organisation_found(*, founding: Founding, by: User) -> Organisation:
    """A new organisation with its first facts.

    Raises NotYourRegistry, NameBegins, NameTaken, CodeTaken, NotInForceThen, InTheFuture, DocumentMissing, FactUnclear.
    """
    check_keeps(by, founding.unit)
    with transaction.atomic(), acting(by.pk, act="registry.organisation.founded"):
        code_free(tidy(founding.code), besides=[])
        return made(founding, by=by)


def made(founding: Founding, *, by: User) -> Organisation:
    """Within the transaction of the act that it is part of."""
    name, document = tidy(founding.name), stated(founding.cited)
    _check(founding, name)
    facts = _facts(founding, name)
    party = Party.objects.create(kind=Party.Kind.ORGANISATION, name=name, number=tidy(founding.code))
    organisation = Organisation(
        party=party,
        kind=founding.kind,
        registered=founding.registered or founding.kind != Kind.GROUP,
        founded_on=founding.day,
        name=name,
        unit=founding.unit,
        province=province_of(founding.unit),
    )
    organisation.save()
    for key, value in facts.items():
        value_put(
            organisation,
            key,
            since=founding.day,
            source=document,
            text=value.text,
            amount=value.amount,
            unit=value.unit,
        )
    for key, status in (("legal_status", "active"), ("operating", "working")):
        value_put(organisation, key, since=founding.day, source=document, text=status)
    Event.objects.create(
        organisation=organisation,
        kind="found_group" if founding.kind == Kind.GROUP else "found",
        day=founding.day,
        decided_on=founding.decided_on,
        filed_on=founding.filed_on,
        answered_on=founding.answered_on,
        document=document,
        **paper_columns(founding.paper),
        status_after="active",
        by=by,
    )
    return copies_keep(organisation, on=localdate())


assert {"found", "found_group"} <= event_kinds().keys()


def _check(founding: Founding, name: str) -> None:
    if founding.day > localdate():
        raise InTheFuture(day=shown(founding.day))
    if founding.day not in founding.unit.validity:
        raise NotInForceThen(unit=founding.unit.full_name, day=shown(founding.day))
    beginning = BEGINNINGS[founding.kind]
    if not name.lower().startswith(f"{beginning.lower()} "):
        raise NameBegins(name=name, beginning=beginning)
    name_free(name, founding)


def name_free(name: str, founding: Founding) -> None:
    """Cooperatives and unions are compared nationwide, registered groups with such groups, others within their commune.

    Source: Nghị định 295/2026/NĐ-CP, Điều 15–18; Nghị định 294/2026/NĐ-CP, Điều 19. Raises NameTaken.
    """
    others = Organisation.objects.filter(ended_on=None, words=search_query(name)).select_related("unit")
    if founding.kind != Kind.GROUP:
        others = others.exclude(kind=Kind.GROUP)
    elif founding.registered:
        others = others.filter(kind=Kind.GROUP, registered=True)
    else:
        others = others.filter(kind=Kind.GROUP, unit=founding.unit)
    for other in others.defer("words")[:SIMILAR]:
        if other.name.lower() == name.lower():
            raise NameTaken(name=name, code=other.code or "–", place=other.unit.full_name)


def _facts(founding: Founding, name: str) -> dict[str, Value]:
    said = {
        "name": Value(name),
        "seat": Value(founding.address, unit=founding.unit),
        "code": Value(founding.code),
        "short_name": Value(founding.short_name),
        "foreign_name": Value(founding.foreign_name),
        "phone": Value(founding.phone),
        "governance": Value(founding.governance),
        "main_industry": Value(founding.main_industry),
        "charter_capital": Value(amount=founding.charter_capital),
        "official_members": Value(amount=_decimal(founding.official_members)),
        "associate_members": Value(amount=_decimal(founding.associate_members)),
    }
    kinds = fact_kinds()
    return {
        key: checked(kinds[key], value, founding.day)
        for key, value in said.items()
        if value.text.strip() or value.amount is not None or value.unit
    }


def _decimal(count: int | None) -> Decimal | None:
    return None if count is None else Decimal(count)


def province_of(unit: Unit) -> Unit:
    while unit.parent:
        unit = unit.parent
    return unit
