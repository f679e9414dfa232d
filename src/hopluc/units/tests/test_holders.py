"""Who holds today what was given to an agency once: through merged departments, merged provinces and divided work."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from psycopg.types.range import DateRange

from hopluc.units import frozen
from hopluc.units.aggregation import Figure, aggregate
from hopluc.units.figures import territory
from hopluc.units.holders import Paths
from hopluc.units.lineage import Tier
from hopluc.units.loading import places_load
from hopluc.units.meaning import agencies_meant
from hopluc.units.models import Agency, GroupMember, Lineage, OwnGroup, Succession, Unit
from hopluc.units.realm import realm_of
from hopluc.units.services import bodies_ensure
from hopluc.units.tests.territories import load_cases

PLACES = {"Bắc Kạn", "Thái Nguyên", "Ninh Thuận", "Khánh Hòa", "Thanh Hóa", "Hà Nội"}
CHANGE, TODAY = date(2025, 7, 1), date(2026, 1, 1)


@pytest.fixture(scope="module")
def kept_country(kept) -> None:
    """Six provinces of before 1 July 2025 and what became of them; the districts and communes of two."""
    provinces = [row for row in frozen.units() if row.tier == "province" and row.name in PLACES]
    above = {"06.2008", "19.2008"}
    within = above | {row.key for row in frozen.units() if row.parent in above}
    communes = [row for row in frozen.units() if row.parent in within or row.parent == "19.2025"]
    places_load([*provinces, *communes])


@pytest.fixture
def country(kept_country, db) -> None:
    """Once for the module; each test leaves it as it was."""


def agency(kind: str, place: str, on: date) -> Agency:
    found = Agency.objects.filter(body__key=kind, validity__startswith__lte=on)
    unit = next(
        (row.key for row in frozen.units() if row.full_name == place and row.start <= on and row.holds(on)), None
    )
    return found.filter(unit__key=unit).order_by("-validity")[0]


def test_who_holds_what(country):
    wrong: list[tuple[str, object]] = []
    for case in load_cases("holders"):
        first = agency(case["kind"], case["of"], case["given"])
        paths = Paths([first.pk], on=case["day"])
        (held,) = paths.of(first.pk, case.get("text", ""), case.get("topic", ""), given=case["given"])
        found: dict[str, Any] = {"agency": held.agency and held.agency.name, "candidates": list(held.candidates)}
        found["words"] = list(next((step.words for step in held.steps if step.words), ()))
        if differing := {key: found[key] for key, value in case["expect"].items() if found[key] != value}:
            wrong.append((case["name"], differing))
    assert wrong == []


def test_work_goes_by_field_only_where_an_agency_for_it_was_entered(country):
    home = agency("so-nv", "tỉnh Thanh Hóa", date(2024, 1, 1))
    text = "các tổ chức tôn giáo"
    assert [held.agency for held in Paths([home.pk], on=date(2025, 6, 1)).of(home.pk, text)] == [home]
    heir = Agency.objects.create(
        key="so-dttg/38.2008", body=agency("so-tc", "tỉnh Thanh Hóa", date(2024, 1, 1)).body, unit=None, own=True,
        name="Sở Dân tộc và Tôn giáo tỉnh Thanh Hóa", validity=DateRange(date(2025, 3, 1), None),
    )  # fmt: skip
    Succession.objects.create(source=home, target=heir, on=date(2025, 3, 1), field="tôn giáo", basis="NQ", own=True)
    (held,) = Paths([home.pk], on=date(2025, 6, 1)).of(home.pk, text)
    assert (held.agency, held.steps[0].words) == (heir, ("tôn giáo",))
    assert Paths([home.pk], on=date(2025, 6, 1)).of(home.pk, "thi đua")[0].agency == home


def test_a_commune_that_was_split_has_several_holders(country):
    link = Lineage.objects.filter(share=None).select_related("source")[0]
    source = Agency.objects.get(body__key="ubnd-xa", unit=link.source)
    held = Paths([source.pk], on=TODAY).of(source.pk)
    assert {one.agency.unit for one in held if one.agency} == {other.target for other in link.source.successors.all()}
    assert len(held) > 1


def test_what_a_name_means_in_a_place_on_a_day(country):
    before = Unit.objects.get(key="06.2008")
    meant = agencies_meant(
        dict.fromkeys(["so-khdt", "g:ubnd-huyen", "g:so-nganh", "g:lien-quan", "bo-khdt"], ""),
        unit=before,
        on=date(2021, 5, 1),
    )
    assert [one.name for one in meant["so-khdt"].agencies] == ["Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn"]
    assert [one.name for one in meant["bo-khdt"].agencies] == ["Bộ Kế hoạch và Đầu tư"]
    assert len(meant["g:ubnd-huyen"].agencies) == 8
    assert {one.province_id for one in meant["g:so-nganh"].agencies} == {before.pk}
    assert meant["g:lien-quan"].chosen


def test_groups_are_of_their_day(country):
    after = Unit.objects.get(key="19.2025")
    meant = agencies_meant(dict.fromkeys(["g:ubnd-huyen", "g:ubnd-xa"], ""), unit=after, on=TODAY)
    assert len(meant["g:ubnd-xa"].agencies) == len(meant["g:ubnd-huyen"].agencies) == 92
    before = agencies_meant(dict.fromkeys(["g:ubnd-xa"], ""), unit=Unit.objects.get(key="06.2008"), on=date(2021, 5, 1))
    assert len(before["g:ubnd-xa"].agencies) == 108


def test_a_group_of_ones_own_has_the_members_of_its_day(country):
    bodies_ensure({"g:own-1": "Tổ công tác"})
    owner = agency("so-tc", "tỉnh Thái Nguyên", TODAY)
    group = OwnGroup.objects.create(body=owner.body.__class__.objects.get(key="g:own-1"), owner=owner)
    for kind, days in (("so-nnmt", (date(2025, 7, 1), None)), ("so-ct", (date(2025, 7, 1), date(2025, 9, 1)))):
        member = agency(kind, "tỉnh Thái Nguyên", TODAY)
        GroupMember.objects.create(group=group, agency=member, validity=DateRange(*days))
    meant = agencies_meant(dict.fromkeys(["g:own-1"], ""), unit=owner.unit, on=TODAY)
    assert [one.body.key for one in meant["g:own-1"].agencies] == ["so-nnmt"]


def test_a_document_may_name_what_has_just_ended(country):
    unit = Unit.objects.get(key="06.2008")
    meant = agencies_meant(dict.fromkeys(["so-nnptnt"], ""), unit=unit, on=date(2025, 3, 10))
    assert [one.name for one in meant["so-nnptnt"].agencies] == ["Sở Nông nghiệp và Phát triển nông thôn tỉnh Bắc Kạn"]


def test_a_post_reaches_what_its_agency_took_over(country):
    today, before = agency("so-tc", "tỉnh Thái Nguyên", TODAY), date(2021, 1, 1)
    realm = realm_of([today], on=TODAY)
    for kind, place in (("so-khdt", "tỉnh Bắc Kạn"), ("so-tc", "tỉnh Bắc Kạn"), ("so-khdt", "tỉnh Thái Nguyên")):
        assert agency(kind, place, before).pk in realm.agencies
    assert agency("so-nnptnt", "tỉnh Bắc Kạn", before).pk not in realm.below
    assert set(Unit.objects.filter(pk__in=realm.provinces).values_list("key", flat=True)) == {
        "06.2008", "19.2008", "19.2025",
    }  # fmt: skip


def test_a_post_of_an_agency_that_ended_reaches_what_its_successor_does(country):
    old = agency("so-khdt", "tỉnh Bắc Kạn", date(2021, 1, 1))
    new = agency("so-tc", "tỉnh Thái Nguyên", TODAY)
    assert realm_of([old], on=TODAY).provinces == realm_of([new], on=TODAY).provinces
    assert new.pk in realm_of([old], on=TODAY).agencies
    assert new.pk not in realm_of([old], on=date(2025, 4, 1)).agencies


def test_the_committee_of_a_province_stands_above_its_departments_and_communes(country):
    realm = realm_of([agency("ubnd-tinh", "tỉnh Thái Nguyên", TODAY)], on=TODAY)
    below = Agency.objects.filter(pk__in=realm.below, unit__key="19.2025")
    assert {"so-tc", "so-nnmt", "ubnd-tinh"} <= {one.body.key for one in below.select_related("body")}
    assert Agency.objects.filter(pk__in=realm.below, body__key="ubnd-xa").on(TODAY).count() == 92


def refused(change) -> bool:
    try:
        with transaction.atomic():
            change()
    except IntegrityError:
        return True
    return False


def test_the_database_refuses_what_cannot_be(country):
    old, new = Unit.objects.get(key="06.2008"), Unit.objects.get(key="19.2025")
    before = date(2021, 1, 1)
    department, heir = agency("so-khdt", "tỉnh Bắc Kạn", before), agency("so-tc", "tỉnh Bắc Kạn", before)
    about = {"basis": "NQ", "own": True}
    impossible = {
        "backwards": lambda: Lineage.objects.create(source=new, target=old, on=CHANGE),
        "a gap": lambda: Lineage.objects.create(source=old, target=new, on=TODAY),
        "of itself": lambda: Lineage.objects.create(source=old, target=old, on=CHANGE),
        "a validity that leaves its lineage": lambda: Unit.objects.filter(pk=old.pk).update(
            validity=DateRange(date(2008, 8, 1), TODAY)
        ),
        "two of a kind": lambda: Agency.objects.create(
            key="x", body=heir.body, unit=heir.unit, province=heir.province, name="x", validity=heir.validity
        ),
        "back to what ended": lambda: Succession.objects.create(
            source=heir, target=department, on=date(2025, 3, 1), **about
        ),
        "before the end": lambda: (
            Succession.objects.create(source=department, target=heir, on=before, field="x", **about)
            and Succession.objects.create(source=heir, target=department, on=before, field="x", **about)
        ),
        "never in force": lambda: Agency.objects.filter(pk=heir.pk).update(validity=DateRange(before, before)),
    }
    assert [name for name, change in impossible.items() if not refused(change)] == []


def test_figures_of_merged_provinces_count_in_their_successor(country):
    figures = [Figure(key, date(2024, 12, 31), Decimal(value)) for key, value in (("06.2008", 150), ("19.2008", 700))]
    counted = aggregate(figures, territory(), on=TODAY, tier=Tier.PROVINCE)
    assert (counted.values, counted.inseparable) == ({"19.2025": 850}, [])
