"""Members and officers: the same party wherever a person or an organisation appears."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.folding import fold
from hopluc.registry.errors import MemberAlready, NoContribution, NotAMember, PartyUnclear, SourceNeeded
from hopluc.registry.models import Membership, Officer, Organisation, Party
from hopluc.registry.services.keeping import changing, check_day, shown, tidy


@dataclass(frozen=True, slots=True)
class PartySaid:
    """Somebody as a list names them; the number tells them from others of the name."""

    name: str
    kind: str = Party.Kind.PERSON
    number: str = ""
    foreign: bool = False
    born: date | None = None
    sex: str = ""
    ethnicity: str = ""
    phone: str = ""
    address: str = ""


def party_ensure(said: PartySaid) -> Party:
    """The party with this number, or a new one; an organisation of the registry is its own. Raises PartyUnclear."""
    name, number = tidy(said.name), tidy(said.number)
    if number and (known := _known(said.kind, number)):
        if fold(known.name) != fold(name):
            raise PartyUnclear(number=number, party=known.name, name=name)
        return known
    about = {each: getattr(said, each) for each in ("foreign", "born", "sex", "ethnicity", "phone", "address")}
    return Party.objects.create(kind=said.kind, name=name, number=number, **about)


def _known(kind: str, number: str) -> Party | None:
    if kind == Party.Kind.ORGANISATION:
        registered = Organisation.objects.filter(code=number).select_related("party").order_by("-founded_on").first()
        return registered.party if registered else Party.objects.filter(kind=kind, number=number).first()
    return Party.objects.exclude(kind=Party.Kind.ORGANISATION).filter(number=number).first()


def member_add(
    *,
    organisation: Organisation,
    party: Party,
    kind: str,
    since: date,
    by: User,
    contribution: Decimal | None = None,
    promised: Decimal | None = None,
) -> Membership:
    """A member from a day on. Raises NotYourRegistry, HasEnded, InTheFuture, BeforeFounding, MemberAlready, NoContribution."""
    if kind == Membership.Kind.SERVICE and contribution:
        raise NoContribution
    with changing(organisation, by=by, act="member.added") as one:
        check_day(one, since)
        known = one.memberships.filter(party=party, validity__overlap=DateRange(since, None)).first()
        if known:
            raise MemberAlready(party=party, name=one.name, since=shown(known.validity.lower))
        last = one.memberships.aggregate(last=Max("number"))["last"] or 0
        return Membership.objects.create(
            organisation=one,
            party=party,
            number=last + 1,
            kind=kind,
            validity=DateRange(since, None),
            contribution=contribution,
            promised=promised,
        )


@transaction.atomic
def member_said(*, organisation: Organisation, said: PartySaid, by: User, **terms: Any) -> Membership:
    """A member as a list or a form names them: the party that is known, or a new one. Raises as `member_add`, and PartyUnclear."""
    return member_add(organisation=organisation, party=party_ensure(said), by=by, **terms)


@transaction.atomic
def officer_said(*, organisation: Organisation, said: PartySaid, by: User, **terms: Any) -> Officer:
    """The same for an officer. Raises as `officer_appoint`, and PartyUnclear."""
    return officer_appoint(organisation=organisation, party=party_ensure(said), by=by, **terms)


def member_leave(*, membership: Membership, day: date, by: User) -> Membership:
    """No member any more from a day on. Raises NotYourRegistry, InTheFuture, BeforeFounding, NotAMember."""
    with changing(membership.organisation, by=by, act="member.left") as one:
        check_day(one, day)
        row = one.memberships.select_related("party").get(pk=membership.pk)
        if day not in row.validity or day == row.validity.lower:
            raise NotAMember(party=row.party, name=one.name, day=shown(day))
        row.validity = DateRange(row.validity.lower, day)
        row.save(update_fields=["validity"])
        return row


def officer_appoint(
    *, organisation: Organisation, party: Party, post: str, since: date, source: str, by: User, qualification: str = ""
) -> Officer:
    """Somebody has a post from a day on; another post of theirs here ends then.

    Raises NotYourRegistry, HasEnded, InTheFuture, BeforeFounding, SourceNeeded.
    """
    if not tidy(source):
        raise SourceNeeded(fact=Officer.Post(post).label)
    with changing(organisation, by=by, act="officer.appointed") as one:
        check_day(one, since)
        held = one.officers.filter(party=party)
        held.filter(validity__startswith__gte=since).delete()
        _leave(held.filter(validity__contains=since).first(), since)
        return Officer.objects.create(
            organisation=one,
            party=party,
            post=post,
            qualification=qualification,
            validity=DateRange(since, None),
            source=tidy(source),
        )


def officer_leave(*, officer: Officer, day: date, by: User) -> None:
    """Raises NotYourRegistry, InTheFuture, BeforeFounding."""
    with changing(officer.organisation, by=by, act="officer.left") as one:
        check_day(one, day)
        _leave(one.officers.filter(pk=officer.pk, validity__contains=day, validity__startswith__lt=day).first(), day)


def _leave(officer: Officer | None, day: date) -> None:
    if officer:
        officer.validity = DateRange(officer.validity.lower, day)
        officer.save(update_fields=["validity"])
