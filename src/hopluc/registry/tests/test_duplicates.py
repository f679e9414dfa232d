"""Two records of one organisation: found, told apart, merged into one and parted again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from hopluc.registry.copies import deviations
from hopluc.registry.duplicates import duplicates_find, merge_undo, pair_dismiss, pair_merge
from hopluc.registry.errors import MergeBuiltOn, NotYourRegistry
from hopluc.registry.models import Fact, Figures, LikePair, Membership, Organisation, Party
from hopluc.registry.services import PartySaid, figures_enter, member_said
from hopluc.registry.tests.conftest import TODAY
from hopluc.registry.tests.test_pages import page, signed_in

CODE = "0100109106"


@pytest.fixture
def two(found, registrar) -> tuple[Organisation, Organisation]:
    """One with a code and figures, one with a telephone number, members and older figures."""
    one = found(name="Hợp tác xã Chè Tân Cương", code=CODE)
    other = found(name="Hợp tác xã Che Tân Cương", phone="0912345612", charter_capital=None)
    figures_enter(organisation=one, year=2025, values={"revenue": 5}, source="BC", by=registrar)
    for year in (2025, 2026):
        figures_enter(organisation=other, year=year, values={"revenue": 7}, source="BC", by=registrar)
    said = PartySaid("Bà Hoa", number="019190000001")
    member_said(
        organisation=other, said=said, kind="official", since=date(2025, 9, 1), contribution=Decimal(9), by=registrar
    )
    found(name="Hợp tác xã Chè Tân Cương 2", code="0101248141")
    return one, other


def looked_through(one: Organisation) -> LikePair:
    duplicates_find(province_id=one.province_id)
    return LikePair.objects.get(state="open")


def everything() -> list[list[tuple]]:
    models = ((Organisation, ("pk", "name", "code", "members", "revenue")), (Party, ("pk", "name")), (Fact, ("pk", "organisation", "text", "validity")),
              (Figures, ("pk", "organisation", "revenue")), (Membership, ("pk", "organisation", "party")))  # fmt: skip
    return [list(model.objects.order_by("pk").values_list(*columns)) for model, columns in models]


def test_the_pair_alone_is_found_and_once_told_apart_not_again(two, registrar, stranger):
    pair = looked_through(two[0])
    assert (pair.one, pair.other) == (two[0].pk, two[1].pk)
    with pytest.raises(NotYourRegistry):
        pair_dismiss(pair=pair, by=stranger)
    pair_dismiss(pair=pair, by=registrar)
    assert duplicates_find(province_id=two[0].province_id) == 0


def test_merged_records_are_one_and_part_again_as_they_were(two, registrar):
    before, pair = everything(), looked_through(two[0])
    kept = pair_merge(pair=pair, keep=two[0].pk, by=registrar)
    assert not Organisation.objects.filter(pk=two[1].pk).exists()
    assert (kept.name, kept.code, kept.members, kept.revenue) == ("Hợp tác xã Chè Tân Cương", CODE, 1, 7)
    assert dict(kept.figures.values_list("year", "revenue")) == {2025: 5, 2026: 7}
    assert kept.facts.get(what=10).text == "0912345612"
    assert not list(deviations(on=TODAY))
    pair.refresh_from_db()
    merge_undo(pair=pair, by=registrar)
    assert everything() == before
    assert not list(deviations(on=TODAY))


def test_a_merge_that_was_built_on_is_not_undone(two, registrar):
    pair = looked_through(two[0])
    kept = pair_merge(pair=pair, keep=two[0].pk, by=registrar)
    kept.facts.get(what=10).delete()
    pair.refresh_from_db()
    with pytest.raises(MergeBuiltOn):
        merge_undo(pair=pair, by=registrar)


def test_pairs_are_decided_on_their_page(two, registrar, stranger):
    pair, client = looked_through(two[0]), signed_in(registrar)
    shown = page(client, "duplicates")
    assert "0912345612" in shown
    assert "gần giống" in shown or "giống" in shown
    assert (
        signed_in(stranger).post(reverse("registry:duplicate", args=[pair.pk]), {"act": "dismiss"}).status_code == 404
    )
    address = reverse("registry:duplicate", args=[pair.pk])
    assert client.post(address, {"act": str(two[0].pk)}).status_code == 302
    assert "Hoàn tác việc gộp" in page(client, "duplicates", state="merged")
    client.post(address, {"act": "undo"})
    client.post(address, {"act": "dismiss"})
    pair.refresh_from_db()
    assert pair.state == "dismissed"
    assert Organisation.objects.filter(pk=two[1].pk).exists()
