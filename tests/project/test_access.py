"""Every address with every role: each asks for a right or is listed as public, and what it shows is what one may see."""

from __future__ import annotations

from unittest import mock

import pytest
from django.db.models import Q

from hopluc.accounts.models import Role
from hopluc.accounts.rights import RIGHTS, realm
from hopluc.units.models import Agency
from tests.project.walk import ADDRESSES, ANONYMOUS, METHODS, SAMPLED, Walk, addresses
from tests.project.world import ROLES, World, build

PUBLIC = {"account_inactive", "account_login", "account_logout", "favicon", "set_language", "work:feed"}
WHO = [
    ANONYMOUS, "nobody", *ROLES, "former", "to come", "of the merged", "of the divided", "below", "of the whole", "central",
]  # fmt: skip
KEYS = {"right", "reach", "with", *METHODS, "anonymous", "signed_in", "answering", "directing"}
THINGS = {"draft", "issued", "plan", "person", "binned", "sheet", "agency", "unit", "import", "group", "committee", "filing", "case", "round", "call", "compiled", "passage", "message", "received", "workbook", "feed", "occurrence", "line", "task", "request", "evidence", "figure", "organisation", "membership", "list", "pair", "proposal", "happening", "small_group", "fact", "delegate", "concern"}  # fmt: skip


@pytest.fixture(autouse=True)
def _no_office(monkeypatch):
    """Who may have a PDF is asked; LibreOffice itself would take seconds for each."""
    monkeypatch.setattr("hopluc.reports.views.paper.can_convert", lambda: False)


@pytest.fixture(scope="module")
def world(kept) -> World:
    return build()


def test_every_address_has_its_line():
    assert sorted(addresses()) == sorted(ADDRESSES)


def test_every_view_asks_for_the_right_of_its_line():
    asked = {name: getattr(entry.callback, "right", None) for name, entry in addresses().items()}
    stated = {
        name: line["right"] if line["right"] in RIGHTS and not name.startswith("account_") else None
        for name, line in ADDRESSES.items()
    }
    assert asked == stated


def test_only_known_addresses_are_public():
    assert {name for name, line in ADDRESSES.items() if line["right"] == "public"} <= PUBLIC


@pytest.mark.parametrize("name", ADDRESSES)
def test_a_line_says_what_the_walk_needs(name):
    line = ADDRESSES[name]
    assert KEYS >= line.keys() >= {"right", *METHODS}
    if line["right"] != "public":
        assert (line["reach"] == "all") is not bool(THINGS & set(line.get("with", {}).values()))


@pytest.mark.django_db
def test_the_world_holds_everybody_and_everything(world):
    assert {ANONYMOUS, *world.people} == set(WHO)
    assert set(Role.values) <= world.people.keys()
    assert set(world.held) == {
        "own", "below", "beside", "merged", "divided", "Lạng Sơn: own", "Lạng Sơn: given to Thái Nguyên",
    }  # fmt: skip


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
@pytest.mark.parametrize("sample", [True, pytest.param(False, marks=pytest.mark.thorough)], ids=["sample", "whole"])
def test_everybody_gets_what_the_table_gives_and_nothing_else(world, who, sample):
    """`sample`: at every fourth address, the one after it for the next viewer, about one of the things."""
    walk = Walk(world)
    walk.over(who, sample=WHO.index(who) % SAMPLED if sample else None)
    assert list(map(str, walk.tally.findings)) == []
    assert walk.tally.checks > len(ADDRESSES) // (SAMPLED if sample else 1)


@pytest.mark.django_db
@pytest.mark.parametrize("who", [ANONYMOUS, "administrator"])
def test_no_other_method_is_taken(world, who):
    walk = Walk(world)
    walk.other_methods(who)
    assert list(map(str, walk.tally.findings)) == []


@pytest.mark.django_db
def test_pages_of_things_show_nothing_of_others(world):
    walk = Walk(world)
    walk.objects("administrator", ("own", "merged", "Lạng Sơn: given to Thái Nguyên"))
    assert list(map(str, walk.tally.findings)) == []


# What the walk would be worth if it found nothing: each way to give too much is planted, and must be found.


@pytest.mark.django_db
def test_a_right_that_reaches_everything_is_found(world, monkeypatch):
    monkeypatch.setattr("tests.project.walk.ADDRESSES", {"plans:detail": ADDRESSES["plans:detail"]})
    with (
        mock.patch("hopluc.plans.selectors.near", everything),
        mock.patch("hopluc.documents.selectors.near", everything),
    ):
        walk = Walk(world)
        walk.over("viewer")
    found = {(leak.address, leak.about) for leak in walk.tally.leaks}
    assert ("plans:detail", "get Lạng Sơn: own") in found
    assert ("plans:list", "listed") in found
    assert ("plans:list", "counted") in found
    assert ("search", "marks") in found
    assert any(address == "plans:download" for address, _about in found)
    assert any(address == "documents:original" for address, _about in found)


@pytest.mark.django_db
def test_drafts_given_to_a_whole_province_are_found(world, monkeypatch):
    monkeypatch.setattr("tests.project.walk.ADDRESSES", {"documents:review": ADDRESSES["documents:review"]})
    with mock.patch("hopluc.documents.selectors.drafting", of_the_province):
        walk = Walk(world)
        walk.over("coordinator")
    found = {(leak.address, leak.about) for leak in walk.tally.leaks}
    assert ("documents:review", "get beside") in found
    assert ("documents:list", "listed") in found


def everything(_viewer, *, document):
    return Q(pk__isnull=False)


def of_the_province(user):
    return Agency.objects.filter(province__in=realm(user, "draft").provinces).values("pk")
