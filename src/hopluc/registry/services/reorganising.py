"""Merger, consolidation, division, split and conversion: rights, assets, debts, members and history go on, nothing counts twice.

What ends does so on the day on which the successor has it all; so on any day each member and each đồng is with one of them.
Source: Luật Hợp tác xã số 17/2023/QH15, Điều 92–95, 108.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from django.db import transaction
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.registry.copies import copies_keep
from hopluc.registry.errors import EventNotPossible, HasEnded, KindsDiffer, NotYourRegistry, SharesWrong, TooFew
from hopluc.registry.fact_kinds import by_number, fact_kinds
from hopluc.registry.lifecycle import event_kinds, fits
from hopluc.registry.models import Event, Membership, Organisation, Succession
from hopluc.registry.models.organisations import Kind
from hopluc.registry.selectors import may_keep
from hopluc.registry.services.facts import code_free
from hopluc.registry.services.founding import Founding, made
from hopluc.registry.services.keeping import check_keeps, locked_one, shown, value_now, value_put
from hopluc.registry.services.recording import Said, happened, not_possible, status_on

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Part:
    """What one successor of a division gets: so many percent of assets and debts, and these members (ids of their rows)."""

    founding: Founding
    percent: Decimal
    members: frozenset[int] = field(default_factory=frozenset)


def organisations_merge(
    *, sources: Sequence[Organisation], target: Organisation, day: date, document: str, by: User
) -> Organisation:
    """Some go into another (sáp nhập), which goes on with all that they had.

    Raises NotYourRegistry, KindsDiffer, TooFew, EventNotPossible, OutOfOrder, InTheFuture, DocumentMissing.
    """
    with _act("merge", [*sources, target], by):
        gone = _locked(sources, "merge", at_least=1)
        heir = locked_one(target)
        _alike([*gone, heir])
        _check_possible(heir, "take_over", day)
        for source in gone:
            _pass_on(source, {heir: HUNDRED}, Said("merge", day, document), by=by)
        happened(heir, Said("take_over", day, document), by=by)
        return copies_keep(heir, on=localdate())


def organisations_consolidate(*, sources: Sequence[Organisation], founding: Founding, by: User) -> Organisation:
    """Some become a new one (hợp nhất). Raises as merging does, and what founding raises."""
    with _act("consolidate", sources, by, founding):
        gone = _locked(sources, "consolidate", at_least=2)
        _alike(gone, founding.kind)
        heir = _new(founding, by, besides=gone)
        for source in gone:
            _pass_on(source, {heir: HUNDRED}, Said("consolidate", founding.day, founding.document), by=by)
        return copies_keep(heir, on=localdate())


def organisation_divide(
    *, source: Organisation, parts: Sequence[Part], day: date, document: str, by: User
) -> list[Organisation]:
    """One becomes several (chia), and is no more. Members that no part names go to the first.

    Raises as merging does, SharesWrong, and what founding raises.
    """
    with _act("divide", [source], by, *(part.founding for part in parts)):
        (gone,) = _locked([source], "divide", at_least=1)
        if len(parts) < 2:
            raise TooFew(event=event_kinds()["divide"].words, n=2)
        _whole(sum((part.percent for part in parts), Decimal(0)))
        heirs = {_new(_of_kind(part, gone, day), by, besides=[gone]): part for part in parts}
        shares = {heir: part.percent for heir, part in heirs.items()}
        to = {pk: heir for heir, part in heirs.items() for pk in part.members}
        _pass_on(gone, shares, Said("divide", day, document), by=by, to=to)
        return [copies_keep(heir, on=localdate()) for heir in heirs]


def organisation_separate(
    *, source: Organisation, parts: Sequence[Part], day: date, document: str, by: User
) -> list[Organisation]:
    """New ones take a part of one that goes on (tách). Raises as dividing does."""
    with _act("separate", [source], by, *(part.founding for part in parts)):
        (kept,) = _locked([source], "separate", at_least=1)
        if not parts:
            raise TooFew(event=event_kinds()["separate"].words, n=1)
        rest = HUNDRED - sum((part.percent for part in parts), Decimal(0))
        if rest < 0:
            _whole(HUNDRED - rest)
        event = happened(kept, Said("separate", day, document), by=by)
        heirs = {_new(_of_kind(part, kept, day), by, besides=[kept]): part for part in parts}
        shares = {kept: rest, **{heir: part.percent for heir, part in heirs.items()}}
        _share_amounts(kept, shares, day, document)
        leaving = {pk: heir for heir, part in heirs.items() for pk in part.members}
        for row in _members(kept, day):
            if row.pk in leaving:
                _move(row, leaving[row.pk], day)
        Succession.objects.bulk_create(Succession(source=kept, target=heir, event=event) for heir in heirs)
        return [copies_keep(one, on=localdate()) for one in shares][1:]


def group_convert(*, group: Organisation, founding: Founding, by: User) -> Organisation:
    """A group becomes a cooperative (chuyển đổi): its code goes with it. Raises as merging does, and what founding raises."""
    with _act("convert", [group], by, founding):
        (gone,) = _locked([group], "convert", at_least=1)
        code = gone.code or founding.code
        _check_possible(gone, "convert", founding.day)
        heir = _new(replace(founding, kind=Kind.COOPERATIVE, code=""), by, besides=[gone])
        _pass_on(gone, {heir: HUNDRED}, Said("convert", founding.day, founding.document), by=by)
        if code:
            code_free(code, besides=[gone.pk, heir.pk])
            value_put(heir, "code", since=founding.day, source=founding.document, text=code)
            heir.party.number = code
            heir.party.save(update_fields=["number"])
        return copies_keep(heir, on=localdate())


# What all of them share.


@contextmanager
def _act(name: str, concerned: Iterable[Organisation], by: User, *foundings: Founding) -> Iterator[None]:
    """One transaction and one act of history. Raises NotYourRegistry."""
    for one in concerned:
        if not may_keep(by, one):
            raise NotYourRegistry(place=one.unit.full_name)
    for founding in foundings:
        check_keeps(by, founding.unit)
    with transaction.atomic(), acting(by.pk, act=f"registry.{name}"):
        yield


def _locked(sources: Sequence[Organisation], event: str, *, at_least: int) -> list[Organisation]:
    """In the order of their ids, so that two acts never wait for each other. Raises TooFew, HasEnded."""
    rows = {one.pk: one for one in sources}
    if len(rows) < at_least:
        raise TooFew(event=event_kinds()[event].words, n=at_least)
    found = [locked_one(rows[pk]) for pk in sorted(rows)]
    for one in found:
        if one.ended_on:
            raise HasEnded(name=one.name, day=shown(one.ended_on))
    return found


def _alike(organisations: Sequence[Organisation], kind: str = "") -> None:
    first = organisations[0]
    for one in organisations:
        if one.kind != (kind or first.kind):
            raise KindsDiffer(name=one.name, other=first.name)


def _check_possible(organisation: Organisation, event: str, day: date) -> None:
    kind = event_kinds()[event]
    if not fits(kind, organisation.kind, status_on(organisation, day)):
        raise EventNotPossible(**not_possible(organisation, kind, day))


def _whole(total: Decimal) -> None:
    if total != HUNDRED:
        raise SharesWrong(sum=total.normalize())


def _of_kind(part: Part, source: Organisation, day: date) -> Founding:
    return replace(part.founding, kind=source.kind, day=day)


def _new(founding: Founding, by: User, *, besides: Sequence[Organisation]) -> Organisation:
    """The successor; what it will own comes from those before it, so no capital of its own is counted beside."""
    if founding.code:
        code_free(founding.code, besides=[one.pk for one in besides])
    return made(replace(founding, charter_capital=None, official_members=None, associate_members=None), by=by)


def _pass_on(
    source: Organisation,
    shares: Mapping[Organisation, Decimal],
    said: Said,
    *,
    by: User,
    to: Mapping[int, Organisation] | None = None,
) -> None:
    """All that a source has goes to its heirs, by their shares; it ends that day, which is its event."""
    first = next(iter(shares))
    _share_amounts(source, shares, said.day, said.document)
    for row in _members(source, said.day):
        _move(row, (to or {}).get(row.pk, first), said.day)
    for row in source.party.memberships.filter(validity__contains=said.day).select_related("organisation", "party"):
        _stand_in(row, first, said.day)
    event: Event = happened(source, said, by=by)
    Succession.objects.bulk_create(Succession(source=source, target=heir, event=event) for heir in shares)
    copies_keep(source, on=localdate())


def _members(organisation: Organisation, day: date) -> Iterable[Membership]:
    return list(organisation.memberships.filter(validity__contains=day).select_related("party").order_by("number"))


def _move(row: Membership, heir: Organisation, day: date) -> None:
    """A member goes to an heir with the capital it has; one who is there already has both together."""
    _end(row, day)
    there = heir.memberships.filter(party=row.party, validity__contains=day).first()
    if there is None and row.party_id == heir.party_id:
        return  # the heir was a member of what it took over
    kind, number, sums = row.kind, _next_number(heir), (row.contribution, row.promised)
    if there:
        _end(there, day)
        kind = min((row.kind, there.kind), key=list(Membership.Kind.values).index)
        number, sums = there.number, (_both(row.contribution, there.contribution), _both(row.promised, there.promised))
    Membership.objects.create(
        organisation=heir,
        party=row.party,
        number=number,
        kind=kind,
        validity=DateRange(day, None),
        contribution=sums[0],
        promised=sums[1],
    )


def _stand_in(row: Membership, heir: Organisation, day: date) -> None:
    """Where a source is a member itself (of a union), its heir is from that day."""
    if row.organisation_id == heir.pk:
        return
    _move(
        Membership(  # the same row, with the heir in it
            pk=row.pk,
            organisation=row.organisation,
            party=heir.party,
            number=row.number,
            kind=row.kind,
            validity=row.validity,
            contribution=row.contribution,
            promised=row.promised,
        ),
        row.organisation,
        day,
    )


def _end(row: Membership, day: date) -> None:
    """It ends the day before; what began that very day never was."""
    rows = Membership.objects.filter(pk=row.pk)
    if row.validity.lower >= day:
        rows.delete()
    else:
        rows.update(validity=DateRange(row.validity.lower, day))


def _next_number(heir: Organisation) -> int:
    last = heir.memberships.order_by("-number").values_list("number", flat=True).first()
    return (last or 0) + 1


def _both(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if one is None and other is None else (one or Decimal(0)) + (other or Decimal(0))


def _share_amounts(source: Organisation, shares: Mapping[Organisation, Decimal], day: date, document: str) -> None:
    """Each heir adds its share of what the source owns to what it has; to the last đồng, and no more."""
    members = {fact_kinds()[key].no for key in ("official_members", "associate_members")}
    kinds = by_number()
    for fact in list(source.facts.filter(validity__contains=day, amount__isnull=False, item=0)):
        kind = kinds[fact.what]
        if kind.type != "money" and kind.key != "land" and fact.what not in members:
            continue
        assert fact.amount is not None
        for heir, amount in parted(fact.amount, shares).items():
            known = None if heir == source else value_now(heir, kind.key, on=day)
            whole = amount + (known.amount or Decimal(0) if known else Decimal(0))
            value_put(heir, kind.key, since=day, source=document, amount=whole)


def parted(amount: Decimal, shares: Mapping[Organisation, Decimal]) -> dict[Organisation, Decimal]:
    """Parts by percent, rounded down to whole ones; the first has what is left over."""
    parts = {heir: (amount * percent / HUNDRED).to_integral_value(ROUND_FLOOR) for heir, percent in shares.items()}
    first = next(iter(parts))
    parts[first] += amount - sum(parts.values(), Decimal(0))
    return parts
