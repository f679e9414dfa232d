"""How what an organisation has goes to those after it: members with their capital, amounts to the last đồng, values that stand side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from django.contrib.postgres.fields import DateRangeField
from django.db.models import DateField, F, Func, Max, Value
from psycopg.types.range import DateRange

from hopluc.registry.errors import CapitalShared
from hopluc.registry.fact_kinds import FactKind, by_number, fact_kinds
from hopluc.registry.models import Fact, Membership, Organisation
from hopluc.registry.services.keeping import value_now, value_put

HUNDRED = Decimal(100)
BATCH = 5_000  # rows of one statement
Shares = Mapping[Organisation, Decimal]  # percent of each
NOT_PASSED = ("older_number",)  # the heir has numbers of its own


def members_of(organisation: Organisation, day: date) -> list[Membership]:
    return list(organisation.memberships.filter(validity__contains=day).select_related("party").order_by("number"))


def members_move(moves: Sequence[tuple[Membership, Organisation]], day: date) -> None:
    """Members go to heirs with the capital they have; one who is there already has both together.

    As many queries for a register of 100,000 as for one of ten.
    """
    there = _there({heir.pk for _row, heir in moves}, {row.party_id for row, _heir in moves}, day)
    numbers = _last_numbers({heir.pk for _row, heir in moves})
    kept = {(heir.pk, row.party_id): there.get((heir.pk, row.party_id)) for row, heir in moves}
    made = []
    for row, heir in moves:
        known = kept[heir.pk, row.party_id]
        if known is None and row.party_id == heir.party_id:
            continue  # the heir was a member of what it took over
        if known is None:
            numbers[heir.pk] += 1
        made.append(_moved(row, known, heir, known.number if known else numbers[heir.pk], day))
    _end([*(row for row, _heir in moves), *filter(None, kept.values())], day)
    Membership.objects.bulk_create(made, batch_size=BATCH)


def _moved(row: Membership, there: Membership | None, heir: Organisation, number: int, day: date) -> Membership:
    one = Membership(organisation=heir, party=row.party, number=number, kind=row.kind, validity=DateRange(day, None))
    one.contribution, one.promised = row.contribution, row.promised
    if there:
        one.kind = min((row.kind, there.kind), key=list(Membership.Kind.values).index)
        one.contribution = _both(row.contribution, there.contribution)
        one.promised = _both(row.promised, there.promised)
    return one


def _there(heirs: Collection[int], parties: Collection[int], day: date) -> dict[tuple[int, int], Membership]:
    """Who of these is a member of an heir already, by heir and party."""
    rows = Membership.objects.filter(organisation__in=heirs, party__in=parties, validity__contains=day)
    return {(row.organisation_id, row.party_id): row for row in rows}


def _last_numbers(heirs: Collection[int]) -> Counter[int]:
    rows = Membership.objects.filter(organisation__in=heirs).order_by().values_list("organisation")
    return Counter(dict(rows.annotate(last=Max("number"))))


def stand_in(row: Membership, heir: Organisation, day: date) -> None:
    """Where a source is a member itself (of a union), its heir is from that day."""
    if row.organisation_id == heir.pk:
        return
    own = copy(row)  # the same row, with the heir in it
    own.party = heir.party
    members_move([(own, row.organisation)], day)


def _end(rows: Sequence[Membership], day: date) -> None:
    """They end the day before; what began that very day never was."""
    young = [row.pk for row in rows if row.validity.lower >= day]
    Membership.objects.filter(pk__in=young).delete()
    since = Func(F("validity"), function="lower", output_field=DateField())
    until = Func(since, Value(day, DateField()), function="daterange", output_field=DateRangeField())
    Membership.objects.filter(pk__in={row.pk for row in rows} - set(young)).update(validity=until)


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
