"""Merger, consolidation, division, split and conversion: rights, assets, debts, members and history go on, nothing counts twice.

What ends does so on the day on which the successor has it all; so on any day each member and each đồng is with one of them.
Source: Luật Hợp tác xã số 17/2023/QH15, Điều 92–95, 108.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.core.workdays import calendar_around
from hopluc.registry.copies import copies_keep
from hopluc.registry.errors import (
    ChangedLater,
    EventNotPossible,
    HasEnded,
    KindsDiffer,
    MemberInTwoParts,
    NotYourRegistry,
    SharesWrong,
    TooEarly,
    TooFew,
)
from hopluc.registry.fact_kinds import by_number
from hopluc.registry.lifecycle import event_kinds, fits, too_early
from hopluc.registry.models import Event, Membership, Organisation, Succession
from hopluc.registry.models.organisations import Kind
from hopluc.registry.selectors import may_keep
from hopluc.registry.services.facts import code_free
from hopluc.registry.services.founding import Founding, made
from hopluc.registry.services.keeping import check_day, check_keeps, locked_one, shown, value_put
from hopluc.registry.services.passing import (
    HUNDRED,
    Shares,
    amounts_share,
    members_move,
    members_of,
    stand_in,
    values_pass,
)
from hopluc.registry.services.recording import Said, happened, not_possible, status_on
from hopluc.registry.services.watching import Watch


@dataclass(frozen=True, slots=True)
class Part:
    """What one successor of a division gets: so many percent of assets and debts, and these members (ids of their rows).

    `capital` is its charter capital in đồng, where it is not so many percent too.
    """

    founding: Founding
    percent: Decimal
    members: frozenset[int] = field(default_factory=frozenset)
    capital: Decimal | None = None


def organisations_merge(*, sources: Sequence[Organisation], target: Organisation, said: Said, by: User) -> Organisation:
    """Some go into another (sáp nhập), which goes on with all that they had.

    Raises NotYourRegistry, KindsDiffer, TooFew, EventNotPossible, OutOfOrder, InTheFuture, ChangedLater, DocumentMissing.
    """
    with _act("merge", [*sources, target], by):
        *gone, heir = _together(sources, "merge", at_least=1, also=target)
        _alike([*gone, heir])
        _check(heir, "take_over", said.day, goes_on=True)
        watch = Watch([*gone, heir], said.day)
        events = [_pass_on(source, {heir: HUNDRED}, replace(said, kind="merge"), by=by) for source in gone]
        events.append(happened(heir, replace(said, kind="take_over"), by=by))
        watch.keep(events)
        return copies_keep(heir, on=localdate())


def organisations_consolidate(
    *, sources: Sequence[Organisation], founding: Founding, by: User, note: str = ""
) -> Organisation:
    """Some become a new one (hợp nhất). Raises as merging does, and what founding raises."""
    with _act("consolidate", sources, by, founding):
        gone = _together(sources, "consolidate", at_least=2)
        _alike(gone, founding.kind)
        watch, said = Watch(gone, founding.day), _said("consolidate", founding, note)
        heir = _new(founding, by, besides=gone)
        events = [_pass_on(source, {heir: HUNDRED}, said, by=by) for source in gone]
        watch.keep(events, new=[heir])
        return copies_keep(heir, on=localdate())


def organisation_divide(*, source: Organisation, parts: Sequence[Part], said: Said, by: User) -> list[Organisation]:
    """One becomes several (chia), and is no more. What no part names, members too, goes to the first.

    Raises as merging does, SharesWrong, CapitalShared, MemberInTwoParts, and what founding raises.
    """
    with _act("divide", [source], by, *(part.founding for part in parts)):
        (gone,) = _together([source], "divide", at_least=1)
        if len(parts) < 2:
            raise TooFew(event=event_kinds()["divide"].words, n=2)
        _whole(sum((part.percent for part in parts), Decimal(0)))
        watch = Watch([gone], said.day)
        heirs = _heirs(parts, gone, said, by)
        shares = {heir: part.percent for heir, part in heirs.items()}
        event = _pass_on(
            gone, shares, replace(said, kind="divide"), by=by, to=_members_to(heirs), capital=_capital(heirs)
        )
        watch.keep([event], new=list(heirs))
        return [copies_keep(heir, on=localdate()) for heir in heirs]


def organisation_separate(*, source: Organisation, parts: Sequence[Part], said: Said, by: User) -> list[Organisation]:
    """New ones take a part of one that goes on (tách). Raises as dividing does."""
    with _act("separate", [source], by, *(part.founding for part in parts)):
        (kept,) = _together([source], "separate", at_least=1)
        if not parts:
            raise TooFew(event=event_kinds()["separate"].words, n=1)
        rest = HUNDRED - sum((part.percent for part in parts), Decimal(0))
        if rest < 0:
            _whole(HUNDRED - rest)
        _check(kept, "separate", said.day, goes_on=True)
        watch = Watch([kept], said.day)
        event = happened(kept, replace(said, kind="separate"), by=by)
        heirs = _heirs(parts, kept, said, by)
        shares = {kept: rest, **{heir: part.percent for heir, part in heirs.items()}}
        amounts_share(kept, shares, said.day, event.document, capital=_capital(heirs))
        leaving = _members_to(heirs)
        rows = members_of(kept, said.day)
        members_move([(row, leaving[row.pk]) for row in rows if row.pk in leaving], said.day)
        Succession.objects.bulk_create(Succession(source=kept, target=heir, event=event) for heir in heirs)
        watch.keep([event], new=list(heirs))
        return [copies_keep(one, on=localdate()) for one in shares][1:]


def group_convert(*, group: Organisation, founding: Founding, by: User, note: str = "") -> Organisation:
    """A group becomes a cooperative (chuyển đổi): its code goes with it.

    Raises as merging does, TooEarly, and what founding raises.
    """
    with _act("convert", [group], by, founding):
        (gone,) = _together([group], "convert", at_least=1)
        code = gone.code or founding.code
        _check(gone, "convert", founding.day)
        watch, said = Watch([gone], founding.day), _said("convert", founding, note)
        heir = _new(replace(founding, kind=Kind.COOPERATIVE, code=""), by, besides=[gone])
        event = _pass_on(gone, {heir: HUNDRED}, said, by=by)
        if code:
            code_free(code, besides=[gone.pk, heir.pk])
            value_put(heir, "code", since=founding.day, source=event.document, text=code)
            heir.party.number = code
            heir.party.save(update_fields=["number"])
        watch.keep([event], new=[heir])
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


def _together(
    sources: Sequence[Organisation], event: str, *, at_least: int, also: Organisation | None = None
) -> list[Organisation]:
    """Locked in the order of their ids, so that two acts never wait for each other; `also` the last. Raises TooFew, HasEnded."""
    rows = {one.pk: one for one in sources if also is None or one.pk != also.pk}
    if len(rows) < at_least:
        raise TooFew(event=event_kinds()[event].words, n=at_least)
    wanted = {**rows, **({also.pk: also} if also else {})}
    found = {pk: locked_one(wanted[pk]) for pk in sorted(wanted)}
    for one in found.values():
        if one.ended_on:
            raise HasEnded(name=one.name, day=shown(one.ended_on))
    return [*(found[pk] for pk in sorted(rows)), *([found[also.pk]] if also else [])]


def _alike(organisations: Sequence[Organisation], kind: str = "") -> None:
    first = organisations[0]
    for one in organisations:
        if one.kind != (kind or first.kind):
            raise KindsDiffer(name=one.name, other=first.name)


def _check(organisation: Organisation, event: str, day: date, *, goes_on: bool = False) -> None:
    """Raises InTheFuture, BeforeFounding, EventNotPossible, TooEarly, ChangedLater."""
    check_day(organisation, day)
    kind = event_kinds()[event]
    if not fits(kind, organisation.kind, status_on(organisation, day)):
        raise EventNotPossible(**not_possible(organisation, kind, day))
    if found := too_early(kind, {"day": day, "founded": organisation.founded_on}, calendar_around([day])):
        rule, limit = found
        raise TooEarly(event=kind.words, name=organisation.name, due=shown(limit.due), source=rule.in_force.source)
    _check_later(organisation, day, goes_on=goes_on)


def _check_later(organisation: Organisation, day: date, *, goes_on: bool) -> None:
    """What begins later would be lost: all of one that ends, amounts and members of one that goes on. Raises ChangedLater."""
    facts = organisation.facts.filter(validity__startswith__gt=day)
    if goes_on:
        facts = facts.filter(amount__isnull=False)
    members = organisation.memberships.filter(validity__startswith__gt=day)
    officers = organisation.officers.filter(validity__startswith__gt=day)
    named: list[tuple[date, object]] = [
        (row.validity.lower, by_number()[row.what].words) for row in facts.order_by("validity")[:1]
    ]
    named += [(row.validity.lower, row.party.name) for row in members.select_related("party")[:1]]
    if not goes_on:
        named += [(row.validity.lower, row.party.name) for row in officers.select_related("party")[:1]]
    for since, what in named:
        raise ChangedLater(name=organisation.name, since=shown(since), day=shown(day), what=what)


def _whole(total: Decimal) -> None:
    if total != HUNDRED:
        raise SharesWrong(sum=f"{total.normalize():f}")


def _said(kind: str, founding: Founding, note: str) -> Said:
    days = {name: getattr(founding, name) for name in ("decided_on", "filed_on", "answered_on")}
    return Said(kind, founding.day, founding.document, paper=founding.paper, note=note, **days)


def _heirs(parts: Sequence[Part], source: Organisation, said: Said, by: User) -> dict[Organisation, Part]:
    """The new ones, each founded by the document of the event."""
    found = {}
    for part in parts:
        days = {
            name: getattr(said, name) for name in ("day", "document", "paper", "decided_on", "filed_on", "answered_on")
        }
        found[_new(replace(part.founding, kind=source.kind, **days), by, besides=[source])] = part
    return found


def _members_to(heirs: Mapping[Organisation, Part]) -> dict[int, Organisation]:
    """Ids of rows of members. Raises MemberInTwoParts."""
    found: dict[int, Organisation] = {}
    for heir, part in heirs.items():
        if twice := part.members & found.keys():
            row = Membership.objects.get(pk=min(twice))
            raise MemberInTwoParts(number=row.number)
        found |= dict.fromkeys(part.members, heir)
    return found


def _capital(heirs: Mapping[Organisation, Part]) -> dict[Organisation, Decimal] | None:
    """None where no part says its own."""
    if all(part.capital is None for part in heirs.values()):
        return None
    return {heir: part.capital or Decimal(0) for heir, part in heirs.items()}


def _new(founding: Founding, by: User, *, besides: Sequence[Organisation]) -> Organisation:
    """The successor; what it will own comes from those before it, so no capital of its own is counted beside."""
    if founding.code:
        code_free(founding.code, besides=[one.pk for one in besides])
    return made(replace(founding, charter_capital=None, official_members=None, associate_members=None), by=by)


def _pass_on(
    source: Organisation,
    shares: Shares,
    said: Said,
    *,
    by: User,
    to: Mapping[int, Organisation] | None = None,
    capital: Mapping[Organisation, Decimal] | None = None,
) -> Event:
    """All that a source has goes to its heirs, by their shares; it ends that day, which is its event."""
    _check(source, said.kind, said.day)
    first = next(iter(shares))
    amounts_share(source, shares, said.day, said.cited, capital=capital)
    values_pass(source, first, said.day, said.cited)
    members_move([(row, (to or {}).get(row.pk, first)) for row in members_of(source, said.day)], said.day)
    for row in source.party.memberships.filter(validity__contains=said.day).select_related("organisation", "party"):
        stand_in(row, first, said.day)
    event: Event = happened(source, said, by=by)
    Succession.objects.bulk_create(Succession(source=source, target=heir, event=event) for heir in shares)
    copies_keep(source, on=localdate())
    return event


assert {"merge", "take_over", "consolidate", "divide", "separate", "convert"} <= event_kinds().keys()
