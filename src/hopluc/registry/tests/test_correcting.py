"""What was entered in error: an earlier value of a line of time, and a founding that never was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.apps import apps
from django.test import Client
from django.urls import reverse

from hopluc.registry.copies import deviations
from hopluc.registry.fact_kinds import number_of
from hopluc.registry.models import Organisation
from hopluc.registry.services import Value, fact_change
from hopluc.registry.tallies import tallies_deviating
from hopluc.registry.tests.conftest import TODAY
from hopluc.registry.tests.test_pages import page, signed_in

PHONES = (("0208 1", date(2025, 9, 1)), ("0208 2", date(2026, 3, 1)), ("0208 3", date(2026, 9, 1)))
TYPED = {"text": "0208 9", "since": "01/03/2026", "source": "Thông báo 7", "reason": "Gõ nhầm số"}


@pytest.fixture
def one(found, registrar) -> Organisation:
    one: Organisation = found(name="Hợp tác xã Chè Tân Cương", code="0100109106", day=date(2025, 8, 1))
    for text, since in PHONES:
        fact_change(organisation=one, what="phone", value=Value(text), since=since, source="Báo cáo", by=registrar)
    return one


def line(one: Organisation) -> list[tuple[str, date, date | None]]:
    rows = one.facts.filter(what=number_of("phone")).order_by("validity")
    return [(row.text, row.validity.lower, row.validity.upper) for row in rows]


def test_an_earlier_value_is_corrected_and_history_keeps_it_with_the_reason(one, registrar, stranger):
    client, second = signed_in(registrar), one.facts.get(text="0208 2")
    address = reverse("registry:correct", args=[second.pk])
    assert address in page(client, "change", one.pk, "phone")
    assert signed_in(stranger).post(address, TYPED).status_code == 404
    assert client.post(address, TYPED).status_code == 302
    assert line(one)[1] == ("0208 9", date(2026, 3, 1), date(2026, 9, 1))
    history = apps.get_model("registry", "FactEvent").objects.filter(pgh_obj_id=second.pk).order_by("pgh_id")
    assert [row.text for row in history][-2:] == ["0208 2", "0208 9"]
    assert history.last().pgh_context.metadata["reason"] == "Gõ nhầm số"


def test_what_stands_there_is_offered_as_an_office_types_it(one, registrar):
    fact_change(
        organisation=one, what="e_commerce", value=Value(amount=Decimal(1)), since=TODAY, source="Báo cáo", by=registrar
    )
    client = signed_in(registrar)
    capital, trade = (one.facts.get(what=number_of(what)) for what in ("charter_capital", "e_commerce"))
    assert 'value="1.000.000.000"' in client.get(reverse("registry:correct", args=[capital.pk])).content.decode()
    assert '<option value="1" selected>' in client.get(reverse("registry:correct", args=[trade.pk])).content.decode()


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 4, 1)])
def test_a_wrong_first_day_moves_the_end_of_the_value_before(one, registrar, day):
    address = reverse("registry:correct", args=[one.facts.get(text="0208 2").pk])
    typed = {**TYPED, "since": f"{day:%d/%m/%Y}"}
    assert signed_in(registrar).post(address, typed).status_code == 302
    first, last = PHONES[0], PHONES[2]
    assert line(one) == [(*first, day), ("0208 9", day, last[1]), (*last, None)]
    assert not list(deviations(on=TODAY))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"since": "01/09/2025"}, "02/09/2025"),
        ({"since": "01/09/2026"}, "31/08/2026"),
        ({"reason": " "}, "bắt buộc"),
        ({"text": "0208 2", "source": "Báo cáo"}, "đã có giá trị này"),
    ],
)
def test_what_would_overlap_or_says_nothing_is_refused(one, registrar, typed, words):
    before = line(one)
    answer = signed_in(registrar).post(
        reverse("registry:correct", args=[one.facts.get(text="0208 2").pk]), {**TYPED, **typed}
    )
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert line(one) == before


def test_a_founding_entered_in_error_is_annulled_where_nothing_stands_on_it(one, found, registrar):
    client, other = signed_in(registrar), found(name="Hợp tác xã Nhập nhầm")
    address = reverse("registry:annul", args=[other.events.get().pk])
    assert address in page(client, "organisation", other.pk)
    assert "được đưa ra khỏi sổ đăng ký" in client.get(address).content.decode()
    refused = client.post(reverse("registry:annul", args=[one.events.get().pk]), {"reason": "Nhầm"})
    assert refused.status_code == 422
    assert "Điện thoại" in refused.content.decode()
    assert client.post(address, {"reason": "Nhập hai lần"}, follow=True).status_code == 200
    listed = page(Client(), "list")
    assert other.name not in listed
    assert one.name in listed
    gone = apps.get_model("registry", "PartyEvent").objects.filter(pgh_obj_id=other.party_id).order_by("pgh_id").last()
    assert (gone.name, gone.pgh_label, gone.pgh_context.metadata["reason"]) == (other.name, "delete", "Nhập hai lần")
    assert found(name=other.name).pk != other.pk  # the name is free again
    assert not tallies_deviating()
    assert not list(deviations(on=TODAY))
