"""Organisations of a place: on the map of any day, against targets; where there are none."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import Role, User
from hopluc.indicators.loading import indicators_load
from hopluc.indicators.models import Aim, Indicator
from hopluc.indicators.origins import Origin, register
from hopluc.registry.tests.conftest import commune, country, found, kept_registrar, person, places, registrar  # noqa: F401
from hopluc.units.models import Unit
from hopluc.units.services import agency_ensure


@register("tests.target")
def targets_named(ids, viewer: User) -> dict[int, Origin]:
    return {pk: Origin("Kế hoạch 45/KH-UBND", "/plans/") for pk in ids}


@pytest.fixture
def in_bac_kan(found) -> Unit:  # noqa: F811
    """A commune of today that lay in Bắc Kạn, with a cooperative and a group."""
    unit = Unit.objects.get(tier="commune", parent__name="Thái Nguyên", name="Ba Bể", validity__upper_inf=True)
    found(unit=unit, name="Hợp tác xã Chè Ba Bể")
    found("tht", unit=unit, name="Tổ hợp tác Ba Bể")
    return unit


def overview(client: Client, **query: str):
    answer = client.get(reverse("economy:overview"), query)
    assert answer.status_code == 200
    return answer


def counts(answer) -> dict[str, int]:
    return {one.name: one.standing.of("organisations") for one in answer.context["lines"]}


def test_today_is_counted_on_the_map_of_any_day(in_bac_kan):
    now = counts(overview(Client(), unit=""))
    assert now["tỉnh Thái Nguyên"] == 2
    then = counts(overview(Client(), unit="", on="30/06/2025"))
    assert (then["tỉnh Bắc Kạn"], then["tỉnh Thái Nguyên"], sum(then.values())) == (2, 0, 2)
    old = Unit.objects.get(tier="province", name="Bắc Kạn")
    assert [one["count"] for one in overview(Client(), unit=old.key).context["figures"]][:2] == ["1", "1"]
    parts = overview(Client(), unit=in_bac_kan.parent.key, on="30/06/2025").context["former"]
    assert {one.name: one.standing.of("organisations") for one in parts} == {"tỉnh Bắc Kạn": 2, "tỉnh Thái Nguyên": 0}


def test_a_number_opens_its_rows(in_bac_kan):
    page = overview(Client(), unit=in_bac_kan.key)
    assert "Hợp tác xã Chè Ba Bể" in page.content.decode()
    (address,) = {url for line in page.context["lines"] for what, _n, url in line.cells if what == "tổ chức" and url}
    rows = Client().get(address).context["page"].object_list
    assert [one.name for one in rows] == ["Hợp tác xã Chè Ba Bể", "Tổ hợp tác Ba Bể"]


def test_targets_stand_beside_what_is_counted_for_who_may_see_them(in_bac_kan):
    indicators_load()
    by = person("ke-hoach", agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"), Role.COORDINATOR)
    aim = {"indicator": Indicator.objects.get(code="H01"), "unit": in_bac_kan.parent, "by": 2030, "words": "Mục tiêu"}
    Aim.objects.create(
        op="between", low=180, high=200, **aim, origin="tests.target", origin_id=1, whole_id=1, confirmed_by=by
    )
    client = Client()
    client.force_login(by)
    (line,) = overview(client, unit=in_bac_kan.parent.key).context["aims"]
    assert (line.today, line.missing, line.reached) == ("1 hợp tác xã", "179", False)
    assert line.said_in == "Kế hoạch 45/KH-UBND"
    assert overview(Client(), unit=in_bac_kan.parent.key).context["aims"] == []


def test_white_spots_are_the_communes_without(in_bac_kan, found):  # noqa: F811
    other = Unit.objects.get(tier="commune", parent=in_bac_kan.parent, name="Chợ Rã", validity__upper_inf=True)
    found("tht", unit=other, name="Tổ hợp tác Chợ Rã")
    for lacking, white in (("htx", [False, True]), ("any", [False, False])):
        query = {"unit": in_bac_kan.parent.key, "lacking": lacking}
        listed = Client().get(reverse("economy:download", args=["csv"]), query).content.decode("utf-8-sig")
        assert [name in listed for name in (in_bac_kan.full_name, other.full_name)] == white
        page = Client().get(reverse("economy:white_spots"), query).context["page"]
        assert page.paginator.count == len(listed.splitlines()) - listed.splitlines().index(next(line for line in listed.splitlines() if line.startswith("TT"))) - 1  # fmt: skip


def test_one_search_finds_organisations_too(in_bac_kan):
    client = Client()
    client.force_login(person("tim", agency_ensure(key="so-tc", province="tỉnh Lào Cai"), Role.OFFICER))
    said = client.get(reverse("search"), {"q": "che ba be"}).content.decode()
    assert "Hợp tác xã" in said
    assert "/registry/" in said
