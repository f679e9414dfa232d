"""The data files: every date, unit and source holds together, and what nobody has read stays empty and says so."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest

from hopluc.core.ruling import Verdict
from hopluc.registry.fact_kinds import by_number, fact_kinds
from hopluc.registry.industries import industry_of, is_industry, sector_of, sectors
from hopluc.registry.lifecycle import event_kinds, judged, months_later, possible, statuses
from hopluc.registry.limits import findings, rules
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.registry.sizes import size_of, size_rules

DAY = timedelta(days=1)
BEFORE, SINCE = date(2026, 7, 22), date(2026, 7, 23)
BILLION = 1_000_000_000


class EveryDay:
    """A calendar on which every day is worked."""

    def covers(self, day: date) -> bool:
        return day.year < 2030

    def add(self, day: date, count: int) -> date:
        return day + timedelta(days=count)


def test_statuses_are_those_of_the_model():
    assert set(statuses(group=False)) == set(statuses(group=True)) == set(LegalStatus.values)


@pytest.mark.parametrize("event", event_kinds().values(), ids=lambda event: event.key)
def test_an_event_leads_from_status_to_status(event):
    assert event.kinds <= set(Kind.values)
    assert event.before <= set(LegalStatus.values) - {"ended"}
    assert event.after in {"", *LegalStatus.values}
    assert event.operating in {"", *Operating.values}
    for one, other in pairwise(rule.in_force for rule in event.rules):
        assert one.end is not None
        assert other.start == one.end + DAY, "two rules of one event on a day, or a gap between decrees"
    assert all(rule.in_force.source for rule in event.rules)


@pytest.mark.parametrize("kind", Kind.values)
def test_whatever_has_not_ended_can_still_end(kind):
    reached, waiting = {"active"}, ["active"]
    while waiting:
        for event in possible(kind, waiting.pop()):
            if event.after and event.after not in reached:
                reached.add(event.after)
                waiting.append(event.after)
    for status in reached - {"ended"}:
        assert possible(kind, status), status
    assert "ended" in reached
    assert not possible(kind, "ended")


def test_an_event_is_judged_by_the_rule_of_its_day():
    days = {"decided": BEFORE - 3 * DAY, "filed": BEFORE - 2 * DAY, "answered": BEFORE}
    notify = event_kinds()["notify"]
    rule, before = judged(notify, {**days, "day": BEFORE}, EveryDay())
    assert rule is not None
    assert "92/2024" in rule.in_force.source
    assert [each.verdict for each in before] == [Verdict.MET, Verdict.MET]
    rule, since = judged(notify, {**days, "day": SINCE}, EveryDay())
    assert rule is not None
    assert "295/2026" in rule.in_force.source
    assert [each.verdict for each in since] == [Verdict.MET, Verdict.UNMET]  # one working day now, not three


def test_before_any_rule_that_was_read_nothing_is_judged():
    assert judged(event_kinds()["notify"], {"day": date(2015, 1, 1)}, EveryDay()) == (None, ())


def test_a_suspension_of_a_year_is_kept_and_a_day_more_is_not():
    suspend, start = event_kinds()["suspend"], date(2026, 8, 3)
    days = {"filed": start - 10 * DAY, "answered": start - 9 * DAY, "day": start, "first": start}
    year = months_later(start, 12)
    for until, verdict in ((year - DAY, Verdict.MET), (year, Verdict.UNMET)):
        _rule, found = judged(suspend, {**days, "until": until}, EveryDay())
        assert (
            next(each.verdict for each in found if each.limit.end == "until" and each.limit.start == "day") is verdict
        )


def test_suspensions_one_after_another_last_24_months_at_most_since_the_new_decree():
    suspend, first = event_kinds()["suspend"], date(2025, 1, 1)
    days = {"first": first, "day": date(2026, 8, 1), "until": date(2027, 1, 1), "filed": date(2026, 7, 1)}
    _rule, found = judged(suspend, days, EveryDay())
    assert [each.verdict for each in found if each.limit.start == "first"] == [Verdict.UNMET]


@pytest.mark.parametrize(
    ("kind", "known", "unmet"),
    [
        ("htx", {"official_members": 4}, {"R01"}),
        ("lhhtx", {"official_members": 4}, set()),
        ("htx", {"largest_official": 31, "charter_capital": 100}, {"R02"}),
        ("lhhtx", {"largest_official": 31, "charter_capital": 100}, set()),
        ("htx", {"foreign_official": 7, "official_members": 20}, {"R05"}),
        ("htx", {"foreign_official": 6, "official_members": 20}, set()),
        ("htx", {"fund_rate_external": 5}, set()),
        ("lhhtx", {"fund_rate_external": 5}, {"R07"}),
        ("htx", {"full_governance": 0, "micro": 0}, {"R11"}),
        ("htx", {"full_governance": 0}, set()),  # its size is not known
        ("htx", {"contributed_capital": 90, "charter_capital": 100, "months_of_capital": 8}, {"R06"}),
        ("htx", {"contributed_capital": 90, "charter_capital": 100, "months_of_capital": 6}, set()),
    ],
)
def test_limits_of_the_law(kind, known, unmet):
    found = findings(kind, known, on=SINCE)
    assert {each.rule.key for each in found if each.ruling.verdict is Verdict.UNMET} == unmet


def test_each_limit_holds_once_a_day_and_names_its_article():
    assert all("Điều" in rule.in_force.source for rule in rules())
    for kind in Kind.values:
        for day in (BEFORE, SINCE):
            keys = [each.rule.key for each in findings(kind, {}, on=day)]
            assert len(keys) == len(set(keys))
    assert len(findings("htx", {}, on=SINCE)) == 13
    assert not findings("htx", {}, on=date(2024, 6, 30)), "the law of 2023 says nothing of the days before it"


@pytest.mark.parametrize(
    ("sector", "members", "revenue", "capital", "size"),
    [
        ("agriculture", 300, 50 * BILLION, 0, "large"),
        ("agriculture", 300, 0, 10 * BILLION, "large"),
        ("agriculture", 299, 50 * BILLION, 0, "medium"),
        ("agriculture", 49, 50 * BILLION, 0, "micro"),
        ("agriculture", 60, None, BILLION, "small"),
        ("agriculture", 60, None, 0, "unknown"),  # revenue might make it a small one
        ("industry", 100, 80 * BILLION, 0, "large"),
        ("industry", 50, BILLION, 0, "unknown"),  # medium and small have not been read
        ("finance", 500, BILLION, 0, "unknown"),
    ],
)
def test_size_class(sector, members, revenue, capital, size):
    known = {"official_members": members, "revenue": revenue, "capital": capital}
    assert size_of(sector, known, on=SINCE).key == size


def test_there_is_no_size_class_before_the_decree():
    found = size_of("agriculture", {"official_members": 500}, on=date(2024, 10, 31))
    assert (found.key, found.rule) == ("unknown", None)


def test_size_sectors_and_report_sectors_are_those_that_exist():
    known = {rule.sector for rule in size_rules()}
    for code in ("0111", "0893", "1010", "3511", "4101", "4933", "6419", "9512"):
        found = industry_of(code)
        assert found is not None
        assert found.size in known
        assert found.report in sectors()
    assert sector_of("6419", kind="qtdnd") == "credit"
    assert not is_industry("00x")


def test_facts_keep_their_numbers_apart():
    assert len(by_number()) == len(fact_kinds())
