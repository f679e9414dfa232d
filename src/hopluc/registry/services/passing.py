"""How what an organisation has goes to those after it: members with their capital, amounts to the last đồng, values that stand side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from django.db.models import Max
from psycopg.types.range import DateRange

from hopluc.registry.errors import CapitalShared
from hopluc.registry.fact_kinds import FactKind, by_number, fact_kinds
from hopluc.registry.models import Fact, Membership, Organisation
from hopluc.registry.services.keeping import value_now, value_put

HUNDRED = Decimal(100)
Shares = Mapping[Organisation, Decimal]  # percent of each
NOT_PASSED = ("older_number",)  # the heir has numbers of its own


def members_of(organisation: Organisation, day: date) -> list[Membership]:
    return list(organisation.memberships.filter(validity__contains=day).select_related("party").order_by("number"))


def member_move(row: Membership, heir: Organisation, day: date) -> None:
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


def stand_in(row: Membership, heir: Organisation, day: date) -> None:
    """Where a source is a member itself (of a union), its heir is from that day."""
    if row.organisation_id == heir.pk:
        return
    member_move(
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


def amounts_share(
    source: Organisation,
    shares: Shares,
    day: date,
    document: str,
    *,
    capital: Mapping[Organisation, Decimal] | None = None,
) -> None:
    """Each heir adds its share of what the source owns to what it has; to the last đồng, and no more.

    `capital` says the charter capital of each heir where percents do not. Raises CapitalShared.
    """
    for fact in source.facts.filter(validity__contains=day, amount__isnull=False).order_by("what", "item"):
        kind = by_number()[fact.what]
        if not _is_shared(kind):
            continue
        assert fact.amount is not None
        named = capital if kind.key == "charter_capital" and capital else None
        parts = _capitals(fact.amount, named, source, shares) if named else parted(fact.amount, shares, _grain(kind))
        for heir, amount in parts.items():
            _add(kind, fact, heir, amount, own=heir == source, since=day, source=document)


def _is_shared(kind: FactKind) -> bool:
    return kind.type == "money" or kind.key in ("land", "official_members", "associate_members")


def _add(
    kind: FactKind, fact: Fact, heir: Organisation, amount: Decimal, *, own: bool, since: date, source: str
) -> None:
    """`own`: the heir is the source itself, which goes on with less."""
    if kind.several:
        item = fact.item if own else next_item(heir, kind)
        if amount or own:
            value_put(heir, kind.key, since=since, source=source, text=fact.text, amount=amount, item=item)
        return
    known = None if own else value_now(heir, kind.key, on=since)
    whole = amount + (known.amount or Decimal(0) if known else Decimal(0))
    value_put(heir, kind.key, since=since, source=source, text=fact.text, amount=whole)


def _capitals(
    whole: Decimal, named: Mapping[Organisation, Decimal], source: Organisation, shares: Shares
) -> dict[Organisation, Decimal]:
    """What the parts say; where the source goes on, it keeps the rest."""
    parts = dict(named)
    together = sum(parts.values(), Decimal(0))
    if together > whole or (source not in shares and together != whole):
        raise CapitalShared(sum=f"{together:,.0f}".replace(",", "."), capital=f"{whole:,.0f}".replace(",", "."))
    return {source: whole - together, **parts} if source in shares else parts


def _grain(kind: FactKind) -> Decimal:
    """Land is shared to the hundredth of a hectare; đồng and members are whole."""
    return Decimal("0.01") if kind.key == "land" else Decimal(1)


def parted(amount: Decimal, shares: Shares, grain: Decimal = Decimal(1)) -> dict[Organisation, Decimal]:
    """Parts by percent, rounded down to the grain; the first has what is left over."""
    parts = {
        heir: (amount * percent / HUNDRED / grain).to_integral_value(ROUND_FLOOR) * grain
        for heir, percent in shares.items()
    }
    first = next(iter(parts))
    parts[first] += amount - sum(parts.values(), Decimal(0))
    return parts


def values_pass(source: Organisation, heir: Organisation, day: date, document: str) -> None:
    """Industries, branches, products and links that stand side by side: those that the heir has not already."""
    kinds = {kind.no: kind for kind in fact_kinds().values() if kind.several and kind.key not in NOT_PASSED}
    held = {(row.what, row.text, row.unit_id) for row in _side_by_side(heir, kinds, day)}
    for row in _side_by_side(source, kinds, day):
        kind = kinds[row.what]
        if _is_shared(kind) or (row.what, row.text, row.unit_id) in held:
            continue
        item = row.item if kind.type == "industry" else next_item(heir, kind)
        value_put(
            heir, kind.key, since=day, source=document, text=row.text, amount=row.amount, unit=row.unit, item=item
        )


def _side_by_side(one: Organisation, kinds: Iterable[int], day: date) -> list[Fact]:
    rows = one.facts.filter(what__in=list(kinds), validity__contains=day)
    return list(rows.select_related("unit").order_by("what", "item"))


def next_item(organisation: Organisation, kind: FactKind) -> int:
    """A place for one more value of a kind that has several, after the first, which lists fill."""
    last = organisation.facts.filter(what=kind.no).aggregate(last=Max("item"))["last"]
    return (last or 0) + 1
