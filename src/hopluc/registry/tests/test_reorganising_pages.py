"""Reorganisations on pages: typed, looked at, saved; and events annulled, after which all is as it was."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms.models import model_to_dict
from django.urls import reverse

from hopluc.registry.copies import deviations
from hopluc.registry.models import Event, Fact, Membership, Officer, Organisation, Succession
from hopluc.registry.services import PartySaid, Said, Value, event_annul, event_record, fact_change, member_add
from hopluc.registry.services.people import party_ensure
from hopluc.registry.tests.conftest import TODAY, first_commune, founder
from hopluc.registry.tests.test_pages import page, signed_in
from hopluc.registry.tests.test_proposals import own  # noqa: F401  a director's browser

DAY = date(2026, 9, 1)
PAPER = {"number": "05/NQ", "issued_on": "01/09/2026", "issuer": "Đại hội thành viên"}
ACT = {"day": "01/09/2026", **PAPER}


@pytest.fixture(scope="module")
def kept_one(kept_registrar) -> Organisation:
    """Six members, a branch, land that cannot be halved evenly."""
    registrar = deepcopy(kept_registrar)
    found = founder(registrar, first_commune())
    one = found(name="Hợp tác xã Chè Tân Cương", code="0100109106", day=date(2025, 8, 1))
    for turn in range(6):
        party = party_ensure(PartySaid(f"Bà {turn}", number=f"{turn + 1:012}"))
        terms = {"kind": "official", "since": date(2025, 9, 1), "contribution": Decimal(10_000_001)}
        member_add(organisation=one, party=party, by=registrar, **terms)
    about = {"organisation": one, "since": date(2025, 9, 1), "source": "Báo cáo", "by": registrar}
    fact_change(what="land", value=Value(amount=Decimal("3.25")), **about)
    fact_change(what="industry", value=Value("0118"), **about)
    return one


@pytest.fixture
def one(kept_one, registrar) -> Organisation:
    return deepcopy(kept_one)


def rows() -> list[object]:
    """All that holds, without what keeps an organisation's number of itself."""
    dated = [model_to_dict(row) for model in (Fact, Officer, Membership) for row in model.objects.order_by("pk")]
    lists = [model_to_dict(row) for row in Organisation.objects.order_by("pk")]
    return [*dated, *lists, *Succession.objects.all()]


def looked(client, name: str, one: Organisation, typed: dict[str, object], status: int = 200):
    answer = client.post(reverse(f"registry:{name}", args=[one.pk]), {**typed, "act": "check"})
    assert answer.status_code == status, answer.content.decode()
    return answer


def saved(client, name: str, one: Organisation, typed: dict[str, object]) -> Organisation:
    """By the two steps of the page; nothing is saved by the first."""
    before = rows()
    seen = looked(client, name, one, typed)
    assert rows() == before
    kept = seen.context["asked"].form["kept"].value() or ""
    posted = {**typed, "act": "save", "checked": seen.context["checked"], "kept": kept}
    posted.pop("file", None)
    answer = client.post(reverse(f"registry:{name}", args=[one.pk]), posted)
    assert answer.status_code == 302, answer.content.decode()
    assert not list(deviations(on=TODAY))
    return Organisation.objects.get(pk=int(answer.headers["Location"].split("/")[-2]))


def parts(commune, *about: dict[str, object]) -> dict[str, object]:
    typed: dict[str, object] = {"parts": len(about)}
    for turn, part in enumerate(about):
        given = {"name": f"Hợp tác xã Phần {turn + 1}", "unit": commune.pk, **part}
        typed |= {f"part-{turn}-{name}": value for name, value in given.items()}
    return typed


def test_a_division_is_seen_before_it_is_saved_and_can_be_annulled(one, registrar, commune):
    client, before = signed_in(registrar), rows()
    typed = {**ACT, **parts(commune, {"percent": "40", "members": "1-2"}, {"percent": "60", "members": "3, 5-6"})}
    typed["file"] = SimpleUploadedFile("nghi-quyet.pdf", b"%PDF-1.7 nghi quyet")
    shown = looked(client, "divide", one, typed).content.decode()
    for words in ("Bà 0, Bà 1, Bà 3", "không tính hai lần", "Luật Hợp tác xã số 17/2023/QH15, Điều 92", "600"):
        assert words in shown, words
    typed["file"] = SimpleUploadedFile("nghi-quyet.pdf", b"%PDF-1.7 nghi quyet")
    first = saved(client, "divide", one, typed)
    second = Organisation.objects.get(name="Hợp tác xã Phần 2")
    assert (first.members, second.members) == (3, 3)
    assert {fact.amount for fact in Fact.objects.filter(what=60, validity__contains=DAY)} == {
        Decimal("1.3"),
        Decimal("1.95"),
    }
    assert first.facts.filter(text="0118").exists()  # what no part names
    event = one.events.get(kind="divide")
    assert (event.number, event.issuer, event.file_name) == ("05/NQ", "Đại hội thành viên", "nghi-quyet.pdf")
    for organisation, words in ((one, "Tiếp tục là"), (second, "Kế thừa từ")):
        assert words in page(client, "organisation", organisation.pk)
    assert client.get(reverse("registry:paper", args=[event.pk])).getvalue() == b"%PDF-1.7 nghi quyet"
    address = reverse("registry:annul", args=[event.pk])
    assert second.name in client.get(address).content.decode()
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "Nhập nhầm hợp tác xã"}).status_code == 302
    assert rows() == before
    assert not list(deviations(on=TODAY))
    shown = page(client, "organisation", one.pk)
    assert "Nhập nhầm hợp tác xã" in shown
    assert "05/NQ" in shown


def test_what_was_built_on_a_split_stands_against_its_annulment(one, registrar, commune):
    client = signed_in(registrar)
    new = saved(client, "separate", one, {**ACT, **parts(commune, {"percent": "10", "capital": "250000000"})})
    one.refresh_from_db()
    assert (new.charter_capital, one.charter_capital, one.ended_on) == (250_000_000, 750_000_000, None)
    event = one.events.get(kind="separate")
    about = {"organisation": new, "what": "phone", "source": "Thông báo", "by": registrar}
    fact_change(value=Value("0208 1"), since=date(2026, 10, 1), **about)
    answer = client.post(reverse("registry:annul", args=[event.pk]), {"reason": "Nhầm"})
    assert answer.status_code == 422
    assert "đã thay đổi" in answer.content.decode()


def test_several_become_one_and_come_apart_again(one, found, registrar, commune):
    client, other = signed_in(registrar), found(name="Hợp tác xã Lúa vàng")
    member_add(
        organisation=other, party=party_ensure(PartySaid("Bà 0", number=f"{1:012}")), kind="official",
        since=date(2025, 9, 1), contribution=Decimal(5), by=registrar,
    )  # fmt: skip
    before = rows()
    new = {"new-name": "Hợp tác xã Chung", "new-unit": commune.pk}
    shown = looked(client, "consolidate", one, {**ACT, **new, "others": [other.pk]}).content.decode()
    assert "1 người có tên trong nhiều sổ" in shown
    heir = saved(client, "consolidate", one, {**ACT, **new, "others": [other.pk]})
    assert (heir.members, heir.charter_capital) == (6, 2_000_000_000)
    assert heir.memberships.get(party__name="Bà 0").contribution == 10_000_006
    event_annul(event=other.events.get(kind="consolidate"), reason="Nhầm", by=registrar)  # of either
    assert rows() == before
    heir = saved(client, "merge", one, {**ACT, "target": other.pk})
    assert heir == other
    event_annul(event=other.events.get(kind="take_over"), reason="Nhầm", by=registrar)
    assert rows() == before
    assert not list(deviations(on=TODAY))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"part-0-percent": "50"}, "90"),
        ({"part-0-members": "1-2", "part-1-members": "2"}, "hai phần"),
        ({"part-0-members": "99"}, "số 99"),
        ({"part-0-members": "một"}, "“một”"),
        ({"part-0-capital": "1", "part-1-capital": "2"}, "1.000.000.000"),
        ({"day": "01/08/2025"}, "sau ngày"),  # members came later
        ({"day": "01/01/2099"}, "chưa đến"),
        ({"issuer": ""}, "Cơ quan, tổ chức ban hành"),
    ],
)
def test_what_cannot_be_divided_so_is_refused_in_a_sentence(one, registrar, commune, typed, words):
    whole = {**ACT, **parts(commune, {"percent": "60"}, {"percent": "40"}), **typed}
    shown = looked(signed_in(registrar), "divide", one, whole, 422).content.decode()
    assert words in shown
    assert Organisation.objects.count() == 1


def test_a_group_converts_after_a_year_of_its_life(found, registrar, commune):
    client, group = signed_in(registrar), found("tht", name="Tổ hợp tác Nuôi ong", day=date(2025, 10, 1), code="1")
    typed = {**ACT, "new-name": "Hợp tác xã Ong rừng", "new-unit": commune.pk}
    shown = looked(client, "convert", group, typed, 422).content.decode()
    assert "01/10/2026" in shown
    assert "Điều 62" in shown
    heir = saved(client, "convert", group, {**typed, "day": "01/10/2026"})
    assert (heir.kind, heir.code) == ("htx", "1")
    assert client.get(reverse("registry:divide", args=[heir.pk])).status_code == 200
    assert client.get(reverse("registry:divide", args=[group.pk])).status_code == 404


@pytest.mark.parametrize("kind", ["suspend", "dissolve"])
def test_an_event_of_one_is_annulled_and_later_values_are_there_again(one, registrar, kind):
    about = {"organisation": one, "what": "phone", "source": "Thông báo", "by": registrar}
    fact_change(value=Value("0208 1"), since=date(2026, 10, 1), **about)
    before = rows()
    said = Said(kind, DAY, "Thông báo 5", until=date(2026, 12, 31) if kind == "suspend" else None)
    event = event_record(organisation=one, said=said, by=registrar)
    if kind == "dissolve":
        last = event_record(organisation=one, said=Said("dissolved", date(2026, 9, 15), "TB 9"), by=registrar)
        assert not one.facts.filter(text="0208 1").exists()
        client = signed_in(registrar)
        refused = client.post(reverse("registry:annul", args=[event.pk]), {"reason": "Nhầm"})
        assert "Hủy sự kiện đó trước" in refused.content.decode()
        event_annul(event=last, reason="Nhầm", by=registrar)
    event_annul(event=event, reason="Nhầm", by=registrar)
    assert rows() == before
    again = event_record(organisation=one, said=said, by=registrar)  # it may be entered anew
    assert again.status_before == "active"


def test_an_event_of_a_list_is_annulled_by_what_it_says(one, registrar):
    before = rows()
    event = event_record(organisation=one, said=Said("leave_address", DAY, "TB 5"), by=registrar)
    Event.objects.filter(pk=event.pk).update(made=None)
    event_annul(event=event, reason="Nhầm", by=registrar)
    assert rows() == before


def test_documents_of_events_are_for_those_who_may_see_them(own, registrar, stranger, officer):  # noqa: F811
    director, one = own
    record = reverse("registry:record", args=[one.pk])
    typed = {"kind": "correct", **ACT, "day": "02/09/2026"}
    for name, data in (("a.exe", b"MZ"), ("a.pdf", b"khong phai")):
        refused = signed_in(registrar).post(record, {**typed, "file": SimpleUploadedFile(name, data)})
        assert refused.status_code == 422
    typed["file"] = SimpleUploadedFile("quyet-dinh.pdf", b"%PDF")
    assert signed_in(registrar).post(record, typed).status_code == 302
    event = one.events.get(kind="correct")
    paper, own_paper = (reverse(f"registry:{name}", args=[event.pk]) for name in ("paper", "own_paper"))
    assert signed_in(officer).get(paper).getvalue() == b"%PDF"
    assert director.get(own_paper).getvalue() == b"%PDF"
    assert own_paper in director.get(reverse("registry:organisation", args=[one.pk])).content.decode()
    assert signed_in(stranger).get(paper).status_code == 404
    assert "quyet-dinh.pdf" not in page(signed_in(stranger), "organisation", one.pk)
