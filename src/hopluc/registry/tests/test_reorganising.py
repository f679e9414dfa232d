"""Merger, consolidation, division, split, conversion: all goes on, and on no day is anything counted twice or lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from psycopg.types.range import DateRange

from hopluc.registry.copies import deviations
from hopluc.registry.errors import EventNotPossible, KindsDiffer, SharesWrong, TooFew
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.models import Fact, Membership, Organisation
from hopluc.registry.services import (
    Founding,
    Part,
    PartySaid,
    Said,
    Value,
    fact_change,
    group_convert,
    member_add,
    organisation_divide,
    organisation_separate,
    organisations_consolidate,
    organisations_merge,
)
from hopluc.registry.services.people import party_ensure
from hopluc.registry.tests.conftest import TODAY

DAY = date(2026, 9, 1)
BEFORE = date(2026, 8, 31)
PAPER = "Nghị quyết đại hội 05/NQ ngày 01/9/2026"
SAID = Said("", DAY, PAPER)
CAPITAL = number_of("charter_capital")


@pytest.fixture
def filled(found, registrar):
    """A cooperative with members of its own and one of all of them; a fund whose third cannot be shared evenly."""

    def filled(name: str, **about) -> Organisation:
        one = found(**about)
        for who in ("chung", f"{name} 1", f"{name} 2", f"{name} 3"):
            party = party_ensure(PartySaid(f"Bà {who}", number=f"{abs(hash(who)) % 10**12:012}"))
            member_add(
                organisation=one,
                party=party,
                kind="official",
                since=date(2025, 9, 1),
                contribution=Decimal(100_000_001),
                by=registrar,
            )
        fund = Value(amount=Decimal(1_000_000))
        fact_change(
            organisation=one, what="development_fund", value=fund, since=date(2026, 1, 1), source=PAPER, by=registrar
        )
        return one

    return filled


def totals(day: date) -> dict[str, object]:
    """What there is in all organisations together on a day."""
    rows = Membership.objects.filter(validity__contains=day)
    facts = Fact.objects.filter(validity__contains=day)
    return {
        "parties": set(rows.values_list("party", flat=True)),
        "contributions": rows.aggregate(sum=Sum("contribution"))["sum"],
        "capital": facts.filter(what=CAPITAL).aggregate(sum=Sum("amount"))["sum"],
        "funds": facts.filter(what=number_of("development_fund")).aggregate(sum=Sum("amount"))["sum"],
    }


def founding(commune, name: str = "Hợp tác xã Mới", **about) -> Founding:
    return Founding(kind="htx", name=name, unit=commune, day=DAY, document=PAPER, main_industry="0127", **about)


def kept() -> None:
    assert totals(DAY) == totals(BEFORE)
    assert not list(deviations(on=TODAY))


def test_merging_passes_everything_to_the_one_that_stays(filled, registrar):
    one, two, heir = filled("một"), filled("hai"), filled("ba")
    organisations_merge(sources=[one, two], target=heir, said=SAID, by=registrar)
    kept()
    heir.refresh_from_db()
    one.refresh_from_db()
    assert (heir.members, heir.charter_capital) == (10, 3_000_000_000)
    assert (one.legal_status, one.ended_on) == ("ended", DAY)
    assert {each.source for each in heir.predecessors.all()} == {one, two}
    shared = heir.memberships.get(party__name="Bà chung", validity__contains=DAY)
    assert shared.contribution == 300_000_003
    assert Organisation.objects.filter(ended_on=None).count() == 1


def test_a_long_register_takes_no_more_queries_than_a_short_one(filled, registrar):
    short, long, heir = filled("một"), filled("hai"), filled("ba")
    parties = [party_ensure(PartySaid(f"Ông {n}", number=f"{n:012}")) for n in range(1, 31)]
    Membership.objects.bulk_create(
        Membership(organisation=long, party=each, number=10 + n, kind="official", validity=DateRange(BEFORE, None))
        for n, each in enumerate(parties)
    )
    asked = []
    for source in (short, long):
        with CaptureQueriesContext(connection) as queries:
            organisations_merge(sources=[source], target=heir, said=SAID, by=registrar)
        asked.append(len(queries))
    assert asked[1] <= asked[0]
    numbers = list(heir.memberships.filter(validity__contains=DAY).values_list("number", flat=True))
    assert len(numbers) == len(set(numbers)) == 40


def test_consolidating_makes_a_new_one_of_both(filled, commune, registrar):
    one, two = filled("một"), filled("hai")
    heir = organisations_consolidate(sources=[one, two], founding=founding(commune), by=registrar)
    kept()
    assert (heir.members, heir.charter_capital, heir.founded_on) == (7, 2_000_000_000, DAY)
    assert {each.kind for each in one.events.all()} == {"found", "consolidate"}


def test_dividing_shares_to_the_last_dong_and_every_member_is_with_one(filled, commune, registrar):
    one = filled("một")
    rows = list(one.memberships.all())
    parts = [
        Part(founding(commune, "Hợp tác xã Phần một"), Decimal("33.3"), frozenset({rows[0].pk})),
        Part(founding(commune, "Hợp tác xã Phần hai"), Decimal("66.7"), frozenset({rows[1].pk, rows[2].pk})),
    ]
    first, second = organisation_divide(source=one, parts=parts, said=SAID, by=registrar)
    kept()
    assert (first.members, second.members) == (2, 2)  # whom no part names is with the first
    assert second.charter_capital == 667_000_000


def test_a_split_leaves_the_rest_where_it_was(filled, commune, registrar):
    one = filled("một")
    row = one.memberships.order_by("pk")[0]
    part = Part(founding(commune), Decimal(25), frozenset({row.pk}))
    (new,) = organisation_separate(source=one, parts=[part], said=SAID, by=registrar)
    kept()
    one.refresh_from_db()
    assert (one.ended_on, one.members, one.charter_capital) == (None, 3, 750_000_000)
    assert (new.members, new.charter_capital) == (1, 250_000_000)


def test_a_group_becomes_a_cooperative_with_its_code_and_its_history(filled, commune, registrar):
    group = filled("tổ", kind="tht", code="0100109106")
    heir = group_convert(group=group, founding=founding(commune), by=registrar)
    kept()
    group.refresh_from_db()
    assert (heir.kind, heir.code, heir.members, heir.name) == ("htx", "0100109106", 4, "Hợp tác xã Mới")
    assert (group.ended_on, group.code) == (DAY, "0100109106")
    assert heir.predecessors.get().event.kind == "convert"


def test_the_heir_stands_in_the_union_for_those_that_it_took_over(found, registrar):
    union, one, heir = found("lhhtx"), found(), found()
    for each in (one, heir):
        member_add(
            organisation=union,
            party=each.party,
            kind="official",
            since=date(2025, 9, 1),
            contribution=Decimal(10),
            by=registrar,
        )
    organisations_merge(sources=[one], target=heir, said=SAID, by=registrar)
    (row,) = union.memberships.filter(validity__contains=DAY)
    assert (row.party, row.contribution) == (heir.party, 20)


def test_what_cannot_be_joined_or_divided_is_refused_whole(filled, commune, registrar):
    one, group = filled("một"), filled("tổ", kind="tht")
    about = {"said": SAID, "by": registrar}
    refused = [
        (KindsDiffer, lambda: organisations_merge(sources=[group], target=one, **about)),
        (TooFew, lambda: organisations_consolidate(sources=[one], founding=founding(commune), by=registrar)),
        (TooFew, lambda: organisation_divide(source=one, parts=[], **about)),
        (
            SharesWrong,
            lambda: organisation_divide(
                source=one,
                parts=[Part(founding(commune, f"Hợp tác xã {n}"), Decimal(60)) for n in ("A", "B")],
                **about,
            ),
        ),
        (EventNotPossible, lambda: group_convert(group=one, founding=founding(commune), by=registrar)),
    ]
    for refusal, act in refused:
        with pytest.raises(refusal), transaction.atomic():
            act()
    assert Organisation.objects.filter(ended_on=None).count() == 2
    kept()
