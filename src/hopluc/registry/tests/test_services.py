"""What the registry takes and refuses; one day's truth for facts, events, members and the row for lists."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.core.ruling import Verdict
from hopluc.registry.copies import copies_renew, copies_repair, deviations
from hopluc.registry.errors import (
    BeforeFounding,
    CodeTaken,
    EventNotPossible,
    FactUnclear,
    HasEnded,
    InTheFuture,
    LastDayMissing,
    LaterKnown,
    MemberAlready,
    NameBegins,
    NameTaken,
    NotInForceThen,
    NotYourRegistry,
    OutOfOrder,
    PartyUnclear,
    SameAsBefore,
)
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.known import findings_of
from hopluc.registry.models import Fact, Membership, Organisation
from hopluc.registry.services import (
    PartySaid,
    Said,
    Value,
    event_record,
    fact_change,
    figures_enter,
    member_add,
    member_leave,
    officer_appoint,
)
from hopluc.registry.services.people import party_ensure
from hopluc.registry.tallies import tallies_deviating
from hopluc.registry.tests.conftest import TODAY, person
from hopluc.units.models import Lineage, Unit
from hopluc.units.services import agency_add, bodies_ensure

PAPER = "Quyết định 12/QĐ ngày 01/9/2026"


def event(one: Organisation, kind: str, day: date, by, **about):
    return event_record(organisation=one, said=Said(kind, day, PAPER, **about), by=by)


def sound() -> bool:
    return not list(deviations(on=TODAY)) and not tallies_deviating()


def test_a_new_organisation_stands_in_the_list_with_its_first_facts(found, commune):
    one = found(code="0100109106", official_members=12)
    assert (one.unit, one.province.name, one.sector, one.members) == (commune, "Thái Nguyên", "crops", 12)
    assert (one.legal_status, one.operating, one.size) == ("active", "working", "micro")
    assert [each.kind for each in one.events.all()] == ["found"]
    assert sound()


@pytest.mark.parametrize(
    ("about", "refusal"),
    [
        ({"name": "Công ty Chè sạch"}, NameBegins),
        ({"day": date(2999, 1, 1)}, InTheFuture),
        ({"day": date(2020, 1, 1)}, NotInForceThen),  # the commune is of July 2025
        ({"charter_capital": Decimal(-1)}, FactUnclear),
        ({"main_industry": "chè"}, FactUnclear),
        ({"code": "0100109106"}, CodeTaken),
        ({"name": "HỢP TÁC XÃ chè  sạch thứ nhất"}, NameTaken),
    ],
)
def test_what_is_no_founding_is_refused_whole(found, about, refusal):
    found(code="0100109106", name="Hợp tác xã Chè sạch thứ nhất")
    with pytest.raises(refusal), transaction.atomic():
        found(**about)
    assert Organisation.objects.count() == 1


def test_groups_without_certificate_may_bear_one_name_in_two_communes(found, commune, other_commune):
    found("tht", name="Tổ hợp tác Nuôi ong", registered=False)
    found("tht", name="Tổ hợp tác Nuôi ong", registered=False, unit=other_commune)
    with pytest.raises(NameTaken), transaction.atomic():
        found("tht", name="Tổ hợp tác nuôi ong", registered=False)


def test_only_those_who_keep_the_registry_there_write(found, officer, stranger, commune, other_commune):
    for by in (officer, stranger):
        with pytest.raises(NotYourRegistry):
            found(by=by)
    bodies_ensure({"ubnd-xa": "Ủy ban nhân dân cấp xã"})
    committee = agency_add(unit=commune, body="ubnd-xa", name=f"Ủy ban nhân dân {commune.full_name}", on=TODAY)
    clerk = person("xa", committee)
    assert found(by=clerk).unit == commune
    with pytest.raises(NotYourRegistry):
        found(by=clerk, unit=other_commune)


def test_a_life_from_suspension_to_its_end(found, registrar):
    one = found()
    event(one, "suspend", date(2026, 1, 5), registrar, until=date(2026, 6, 30))
    one.refresh_from_db()
    assert one.legal_status == "suspended"
    event(one, "resume", date(2026, 7, 1), registrar)
    event(one, "dissolve", date(2026, 8, 3), registrar)
    one.refresh_from_db()
    assert (one.legal_status, one.operating) == ("closing", "stopped")
    event(one, "dissolved", date(2026, 9, 1), registrar)
    one.refresh_from_db()
    assert (one.legal_status, one.ended_on, one.name != "") == ("ended", date(2026, 9, 1), True)
    assert not one.facts.filter(validity__contains=TODAY).exists()
    assert sound()


@pytest.mark.parametrize(
    ("kind", "day", "about", "refusal"),
    [
        ("resume", date(2026, 8, 1), {}, EventNotPossible),  # it is not suspended
        ("dissolved", date(2026, 8, 1), {}, EventNotPossible),  # nobody has decided to
        ("end_group", date(2026, 8, 1), {}, EventNotPossible),  # of groups alone
        ("merge", date(2026, 8, 1), {}, EventNotPossible),  # entered with the others
        ("suspend", date(2026, 8, 1), {}, LastDayMissing),
        ("suspend", date(2025, 7, 1), {"until": date(2026, 8, 1)}, BeforeFounding),
        ("dissolve", date(2999, 1, 1), {}, InTheFuture),
        ("suspend", date(2025, 9, 1), {"until": date(2025, 10, 1)}, OutOfOrder),  # it is back from an address since
    ],
)
def test_an_event_that_cannot_be_is_refused_in_a_sentence(found, registrar, kind, day, about, refusal):
    one = found()
    event(one, "leave_address", date(2025, 10, 1), registrar)
    event(one, "back_at_address", date(2025, 11, 1), registrar)
    with pytest.raises(refusal) as caught, transaction.atomic():
        event(one, kind, day, registrar, **about)
    assert "%(" not in str(caught.value)
    assert one.events.count() == 3


def test_nothing_changes_in_what_has_ended(found, registrar):
    one = found()
    event(one, "dissolve", date(2026, 8, 3), registrar)
    event(one, "dissolved", date(2026, 9, 1), registrar)
    with pytest.raises(HasEnded):
        fact_change(organisation=one, what="phone", value=Value("0208"), since=TODAY, source=PAPER, by=registrar)
    with pytest.raises(EventNotPossible):
        event(one, "correct", TODAY, registrar)


def test_a_fact_holds_from_day_to_day(found, registrar):
    one = found()

    def capital(amount: int, since: date):
        value = Value(amount=Decimal(amount))
        fact_change(organisation=one, what="charter_capital", value=value, since=since, source=PAPER, by=registrar)

    capital(2_000_000_000, date(2026, 3, 1))
    one.refresh_from_db()
    assert one.charter_capital == 2_000_000_000
    before = one.facts.get(what=number_of("charter_capital"), validity__contains=date(2026, 2, 28))
    assert before.amount == 1_000_000_000
    capital(3_000_000_000, date(2026, 3, 1))  # of that very day: corrected
    assert one.facts.filter(what=number_of("charter_capital")).count() == 2
    with pytest.raises(SameAsBefore):
        capital(3_000_000_000, date(2026, 4, 1))
    with pytest.raises(LaterKnown):
        capital(5, date(2026, 1, 1))
    assert sound()


def test_the_database_itself_refuses_two_values_on_a_day(found):
    one = found()
    name = one.facts.get(what=number_of("name"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Fact.objects.create(
            organisation=one,
            what=name.what,
            validity=DateRange(date(2026, 1, 1), None),
            text="Hợp tác xã khác",
            source="x",
        )


def test_members_are_one_party_everywhere_and_once_at_a_time(found, registrar):
    one, other = found(), found()
    said = PartySaid("Nguyễn Thị Hoa", number="019190000001")
    hoa = party_ensure(said)
    assert party_ensure(PartySaid("Nguyen thi Hoa", number="019190000001")) == hoa
    with pytest.raises(PartyUnclear):
        party_ensure(PartySaid("Trần Văn Bình", number="019190000001"))
    first = member_add(
        organisation=one, party=hoa, kind="official", since=date(2025, 9, 1), contribution=Decimal(5), by=registrar
    )
    member_add(organisation=other, party=hoa, kind="service", since=date(2025, 9, 1), by=registrar)
    with pytest.raises(MemberAlready):
        member_add(organisation=one, party=hoa, kind="capital", since=TODAY, by=registrar)
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            organisation=one, party=hoa, number=9, kind="official", validity=DateRange(date(2026, 1, 1), None)
        )
    member_leave(membership=first, day=date(2026, 1, 1), by=registrar)
    member_add(organisation=one, party=hoa, kind="official", since=date(2026, 5, 1), by=registrar)
    one.refresh_from_db()
    assert (one.members, one.official_members) == (1, 1)
    assert sound()


def test_the_register_shows_where_the_limits_are_broken(found, registrar):
    one = found()
    for turn, amount in enumerate([400, 150, 150, 100]):
        party = party_ensure(PartySaid(f"Thành viên {turn}"))
        about = {"organisation": one, "party": party, "kind": "official", "since": date(2025, 9, 1), "by": registrar}
        member_add(**about, contribution=Decimal(amount * 1_000_000))
    one.refresh_from_db()
    verdicts = {each.rule.key: each.ruling.verdict for each in findings_of(one, on=TODAY)}
    assert verdicts["R01"] is Verdict.UNMET  # four members
    assert verdicts["R02"] is Verdict.UNMET  # 400 of 1,000 million
    assert verdicts["R04"] is Verdict.MET
    assert verdicts["R06"] is Verdict.UNMET  # 800 of 1,000 million after 15 months
    assert verdicts["R13"] is Verdict.UNKNOWN


def test_figures_of_the_newest_year_stand_in_the_list(found, registrar):
    one = found()
    for year, revenue in ((2026, 3_000_000_000), (2025, 2_000_000_000)):
        figures_enter(organisation=one, year=year, values={"revenue": revenue}, source="Báo cáo", by=registrar)
    one.refresh_from_db()
    assert (one.figures_year, one.revenue) == (2026, 3_000_000_000)
    assert sound()


def test_a_post_changes_hands_on_a_day(found, registrar):
    one, binh = found(), party_ensure(PartySaid("Trần Văn Bình"))
    for post, since in (("director", date(2025, 9, 1)), ("chair", date(2026, 2, 1))):
        officer_appoint(organisation=one, party=binh, post=post, since=since, source=PAPER, by=registrar)
    assert [(each.post, each.validity.upper) for each in one.officers.order_by("validity")] == [
        ("director", date(2026, 2, 1)),
        ("chair", None),
    ]


def test_a_seat_of_an_old_commune_is_listed_in_the_one_it_became(found, commune):
    link = Lineage.objects.filter(target=commune, source__tier="commune").order_by("pk").first()
    assert link
    old = Unit.objects.get(pk=link.source_id)
    one = found(unit=old, day=date(2024, 9, 1))
    assert one.unit == commune or Lineage.objects.filter(source=old).count() > 1
    assert one.facts.get(what=number_of("seat")).unit == old
    assert sound()


def test_the_check_finds_a_row_that_says_something_else(found):
    one = found()
    Organisation.objects.filter(pk=one.pk).update(members=7, name="Hợp tác xã khác")
    assert {(each.column, each.stands) for each in deviations(on=TODAY)} == {
        ("members", 7),
        ("name", "Hợp tác xã khác"),
    }
    assert copies_repair(on=TODAY) == 1
    assert sound()


def test_a_suspension_that_was_notified_before_begins_on_its_day(found, registrar):
    one, begins = found(), localdate() + timedelta(days=5)
    event(one, "suspend", begins, registrar, until=begins + timedelta(days=30))
    one.refresh_from_db()
    assert one.legal_status == "active"
    assert copies_renew(on=begins) == 1
    one.refresh_from_db()
    assert one.legal_status == "suspended"
