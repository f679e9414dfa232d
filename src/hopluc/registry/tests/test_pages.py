"""Pages of the registry: what is public, what is masked, what the forms take."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from hopluc.accounts.models import PersonalLook
from hopluc.registry.models import Organisation
from hopluc.registry.services import PartySaid, figures_enter, member_add
from hopluc.registry.services.people import party_ensure

PAPER = {"number": "02/GCN", "issued_on": "01/08/2025", "issuer": "UBND xã Tân Cương"}
NUMBER, PHONE = "019190000001", "0912345612"


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def one(found, registrar) -> Organisation:
    one = found(name="Hợp tác xã Chè Tân Cương", code="0100109106")
    hoa = party_ensure(PartySaid("Nguyễn Thị Hoa", number=NUMBER, phone=PHONE))
    member_add(
        organisation=one,
        party=hoa,
        kind="official",
        since=date(2025, 9, 1),
        contribution=Decimal(50_000_000),
        by=registrar,
    )
    for year, revenue in ((2025, 2_000_000_000), (2026, 2_500_000_000)):
        figures_enter(organisation=one, year=year, values={"revenue": revenue}, source="Báo cáo", by=registrar)
    return one


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"registry:{name}", args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_anyone_finds_an_organisation_with_or_without_tone_marks(one, found):
    found("tht", name="Tổ hợp tác Nuôi ong")
    for typed in ("che tan cuong", "Chè Tân", "0100109106"):
        listed = page(Client(), "list", q=typed)
        assert one.name in listed
        assert "Nuôi ong" not in listed
    assert one.name not in page(Client(), "list", q="chê tân")  # other marks are other words
    assert one.name not in page(Client(), "list", kind="tht")


def test_a_list_and_its_export_have_the_same_rows(one, found, commune, other_commune):
    found(unit=other_commune, name="Hợp tác xã Lúa vàng")
    for query in ({}, {"unit": commune.key}, {"sector": "crops", "q": "lua"}, {"status": "ended"}):
        listed = Client().get(reverse("registry:list"), query).context["page"].object_list
        sheet = Client().get(reverse("registry:download", args=["csv"]), query).content.decode("utf-8-sig")
        assert [one.name in sheet for one in Organisation.objects.order_by("pk")] == [
            one in list(listed) for one in Organisation.objects.order_by("pk")
        ]


def test_a_list_offers_the_communes_of_the_province_chosen(one, commune):
    listed = page(Client(), "list", unit=commune.key)
    province = listed.index(f'<option value="{commune.parent.key}">')
    assert 0 < province < listed.index(f'<option value="{commune.key}" selected>')
    assert commune.key not in page(Client(), "list", unit="")


def test_figures_members_and_rules_are_for_the_offices_of_the_province(one, registrar, stranger):
    public = page(signed_in(stranger), "organisation", one.pk)
    assert one.name in public
    assert "2.500" not in public
    assert "Số thành viên" not in page(Client(), "list")
    assert "Điều 74" not in public
    assert signed_in(stranger).get(reverse("registry:members", args=[one.pk])).status_code == 404
    own = page(signed_in(registrar), "organisation", one.pk)
    assert "2.500" in own
    assert "Điều 74" in own


def test_personal_data_are_masked_and_each_look_is_on_record(one, registrar, officer):
    row = one.memberships.get()
    assert NUMBER not in page(signed_in(officer), "members", one.pk)
    address = reverse("registry:look", args=[row.pk])
    asked = {"field": "Party.number", "purpose": "task"}
    assert signed_in(officer).post(address, asked).status_code == 403  # the post has not the purpose
    assert signed_in(registrar).post(address, {"field": "Party.number"}).status_code == 422
    assert not PersonalLook.objects.exists()
    shown = signed_in(registrar).post(address, asked).content.decode()
    assert NUMBER in shown
    assert PHONE not in shown
    assert [(look.viewer, look.field, look.subject) for look in PersonalLook.objects.all()] == [
        (registrar, "Party.number", row.party_id)
    ]


def test_an_organisation_and_an_event_are_entered_on_pages(registrar, commune):
    client = signed_in(registrar)
    typed = {
        "kind": "htx",
        "name": "Hợp tác xã Rau sạch",
        "day": "01/08/2025",
        "unit": str(commune.pk),
        **PAPER,
        "charter_capital": "1.500.000.000",
        "registered": "on",
    }
    refused = client.post(reverse("registry:found"), {**typed, "name": "Rau sạch"})
    assert refused.status_code == 422
    assert "không bắt đầu bằng" in refused.content.decode()
    assert client.post(reverse("registry:found"), typed).status_code == 302
    one = Organisation.objects.get()
    assert one.charter_capital == 1_500_000_000
    record = reverse("registry:record", args=[one.pk])
    event = {"kind": "suspend", "day": "10/08/2026", **PAPER, "until": "31/12/2026"}
    dates = {"filed_on": "07/08/2026", "answered_on": "07/08/2026"}
    assert client.post(record, {**event, **dates}).status_code == 302
    shown = page(client, "organisation", one.pk)
    assert "Nghị định 295/2026/NĐ-CP, Điều 48" in shown
    assert "không đạt" not in shown
    assert "chưa đạt" in shown  # notified one working day before, not three
    assert client.post(record, {**event, "kind": "dissolved"}).status_code == 422


def test_a_seat_moves_to_a_commune_that_was_searched(one, registrar, other_commune):
    client = signed_in(registrar)
    found = client.get(reverse("registry:communes"), {"q": other_commune.name}).json()["results"]
    assert str(other_commune.pk) in {each["value"] for each in found}
    typed = {"unit": str(other_commune.pk), "text": "Xóm 3", "since": "01/03/2026", "source": "Thông báo 7"}
    assert client.post(reverse("registry:change", args=[one.pk, "seat"]), typed).status_code == 302
    one.refresh_from_db()
    assert (one.unit, one.address) == (other_commune, "Xóm 3")


def test_people_are_entered_by_number(one, found, registrar):
    client, group = signed_in(registrar), found("tht", name="Tổ hợp tác Nuôi ong")
    hoa = {"name": "Nguyễn Thị Hoa", "kind": "person", "number": NUMBER, "since": "01/10/2025"}
    add = reverse("registry:member_add", args=[group.pk])
    assert client.post(add, {**hoa, "membership": "official", "contribution": "5.000.000"}).status_code == 302
    assert client.post(add, {**hoa, "membership": "official"}).status_code == 422  # a member already
    post = {"post": "head", "source": "Biên bản 1"}
    assert client.post(reverse("registry:officer_add", args=[group.pk]), {**hoa, **post}).status_code == 302
    assert group.memberships.get().party == one.memberships.get().party == group.officers.get().party
