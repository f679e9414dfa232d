"""Kinds of agency through time: what a unit has, who belongs to a group, what the data must not say."""

from __future__ import annotations

from datetime import date
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from hopluc.units import kinds
from hopluc.units.kind_checks import problems_of
from hopluc.units.kind_reading import catalogue_of
from tests.cases import cases
from vanban.bodies import mentions
from vanban.lexicon import load
from vanban.names import listed

CASES: dict[str, list[dict[str, Any]]] = cases(Path(__file__).parent / "cases" / "kinds.yaml")
LEVELS = ("thành phố", "thị xã", "đặc khu", "phường", "huyện", "tỉnh", "quận", "xã")
ANY_DAY = (date(2015, 1, 1), date(2025, 2, 28), date(2025, 3, 1), date(2025, 3, 15), date(2025, 7, 1), date(2026, 9, 1))


def unit(full: str) -> tuple[str, str]:
    level = next((one for one in LEVELS if full.startswith(f"{one} ")), "")
    return level, full.removeprefix(level).strip()


@pytest.mark.parametrize("case", CASES["names"], ids=itemgetter("name"))
def test_what_a_unit_calls_its_agency(case: dict[str, Any]):
    agency = kinds.agency_of(kinds.kind(case["kind"]), *unit(case["of"]), case["day"])
    assert (agency.name, agency.parent) == (case["name"], case["parent"])
    assert set(case.get("also", ())) <= set(agency.aliases)
    assert agency.name not in agency.aliases


@pytest.mark.parametrize("case", CASES["units"], ids=itemgetter("name"))
def test_what_a_unit_has(case: dict[str, Any]):
    asked = (*unit(case["of"]), case["level"], case["day"])
    given = {one.kind for one in kinds.agencies_of(*asked)}
    every = {one.kind for one in kinds.agencies_of(*asked, every=True)}
    assert given <= every
    assert (set(case["has"]) - given, set(case["lacks"]) & given) == (set(), set())
    assert (set(case["may"]) - every, set(case["never"]) & every) == (set(), set())


@pytest.mark.parametrize("case", CASES["groups"], ids=lambda case: f"{case['key']} {case['day']}")
def test_who_belongs_to_a_group(case: dict[str, Any]):
    found = kinds.members(case["key"], case["day"])
    assert (set(case["has"]) - set(found.kinds), set(case["lacks"]) & set(found.kinds)) == (set(), set())
    assert (found.chosen, found.scope) == (case["chosen"], case["scope"])
    assert list(found.through) == case.get("through", list(found.through))


@pytest.mark.parametrize("case", CASES["faults"], ids=itemgetter("name"))
def test_what_the_data_must_not_say(case: dict[str, Any]):
    every = {"level": "province", "name": "{unit}", "title": "Sở", "source": "law"}
    sound = [{"key": "a", "to": date(2025, 3, 1)}, {"key": "b", "from": date(2025, 3, 1)}, {"key": "c"}]
    entries = [{**every, **one} for one in (*sound, *case.get("kinds", ()))]
    steps = [{"from": "a", "to": "b", "day": date(2025, 3, 1)}, *case.get("succession", ())]
    tables = {
        "sources": {"law": "Nghị định"},
        "set": [{"name": "all", "kinds": entries}],
        "field": [{"key": "f", "name": "f", "words": [], "topics": [], "source": "law"}],
        "succession": [{"source": "law", "on": one.get("day"), **one} for one in steps],
    }
    groups = [{"source": "law", **one} for one in case.get("groups", ())]
    found = problems_of(catalogue_of(tables, {"sources": tables["sources"], "group": groups}))
    assert sorted(f"{one.code} {one.entry}" for one in found) == sorted(case["expect"])


def test_a_fault_of_the_files_stops_the_program_and_names_the_entry(monkeypatch):
    tables = {name: kinds.table(name) for name in ("kinds", "groups")}
    tables["kinds"]["succession"] = [one for one in tables["kinds"]["succession"] if one["from"] != "so-khdt"]
    monkeypatch.setattr(kinds, "table", tables.__getitem__)
    with pytest.raises(kinds.KindsBroken, match="so-khdt: it ends on 2025-03-01"):
        kinds.catalogue.__wrapped__()


def test_every_body_that_vanban_knows_is_a_kind_or_a_group():
    known = {body for kind in kinds.kinds() for body in kind.bodies} | {group.key for group in kinds.groups()}
    assert [key for key, _name, _also in listed() if key not in known] == []


def test_every_group_can_be_resolved_on_any_day():
    for group in kinds.groups():
        for day in ANY_DAY:
            found = kinds.members(group.key, day)
            assert found.kinds or found.chosen, (group.key, day)


def test_topics_of_fields_are_topics_that_vanban_gives():
    named = {topic for field in kinds.catalogue().fields for topic in field.topics}
    assert named <= set(load("topics")) - {"leads"}


@pytest.mark.parametrize("place", ["tỉnh Thái Nguyên", "thành phố Hà Nội", "thành phố Hồ Chí Minh"])
@pytest.mark.parametrize("day", ANY_DAY)
def test_vanban_reads_an_agency_by_its_name_as_the_kind_it_is(place: str, day: date):
    """A document that names the agency in full is about that agency; branches of a region are known by their number."""
    known = {key for key, _name, _also in listed()}
    wrong = []
    for agency in kinds.agencies_of(*unit(place), "province", day, every=True):
        bodies = set(kinds.kind(agency.kind).bodies) & known
        read = {mention.key for mention in mentions(agency.name) if mention.span == (0, len(agency.name))}
        if bodies and not bodies & read:
            wrong.append((agency.name, read))
    assert wrong == []


@pytest.mark.parametrize(
    "name", ["Ủy ban nhân dân xã Cao Kỳ", "Ủy ban nhân dân đặc khu Lý Sơn", "Hội Nông dân xã Cao Kỳ"]
)
def test_a_name_that_vanban_has_no_kind_for_leads_to_the_agency(name: str):
    agencies = [*kinds.agencies_of("xã", "Cao Kỳ", "commune", date(2026, 1, 1), every=True)]
    agencies += kinds.agencies_of("đặc khu", "Lý Sơn", "commune", date(2026, 1, 1))
    assert [mention.key for mention in mentions(name)] == [one.slug for one in agencies if one.name == name]


def test_no_unit_is_found_under_the_name_that_another_gives_its_agency():
    agencies = kinds.agencies_of("tỉnh", "Thái Nguyên", "province", date(2024, 1, 1), every=True)
    also = [alias for agency in agencies for alias in agency.aliases]
    assert [alias for alias in also if any(name in alias for name in ("Hà Nội", "Sài Gòn", "Lê Hồng Phong"))] == []
