"""A cooperative's director sees their own organisation and proposes; the registry decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from hopluc.accounts.models import Role, User
from hopluc.core.files import file_store
from hopluc.registry.errors import NotYourRegistry
from hopluc.registry.intake.cleaning import lists_clean
from hopluc.registry.models import ImportRow, ListImport, Organisation, Proposal
from hopluc.registry.proposals import delegate_name
from hopluc.registry.services.keeping import value_now
from hopluc.registry.tests.conftest import person
from hopluc.units.services import agency_ensure

Found = Callable[..., Organisation]


@pytest.fixture
def own(found: Found, registrar: User) -> tuple[Client, Organisation]:
    """A director's browser and the director's organisation."""
    one = found()
    director = person("giam-doc", agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"), Role.COOPERATIVE)
    delegate_name(user=director, organisation=one, by=registrar)
    return browser(director), one


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def propose(client: Client, what: str, **typed: str) -> Proposal:
    answer = client.post(reverse("registry:propose", args=[what]), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    return Proposal.objects.latest("pk")


def decide(client: Client, proposal: Proposal, **said: str) -> Proposal:
    client.post(reverse("registry:proposal", args=[proposal.pk]), said)
    proposal.refresh_from_db()
    return proposal


def test_an_accepted_change_is_a_fact_with_the_proposal_as_its_source(
    own: tuple[Client, Organisation], registrar: User
) -> None:
    client, one = own
    proposal = propose(client, "phone", text="0912 345 612", since=f"{localdate():%d/%m/%Y}")
    assert value_now(one, "phone", on=localdate()) is None
    assert "0912 345 612" in browser(registrar).get(reverse("registry:proposals")).content.decode()
    assert decide(browser(registrar), proposal, act="accept").state == "accepted"
    fact = value_now(one, "phone", on=localdate())
    assert fact
    assert (fact.text, fact.source) == ("0912 345 612", f"Đề nghị của hợp tác xã ngày {localdate():%d/%m/%Y}")


@pytest.mark.parametrize(
    ("what", "typed"),
    [
        ("figures", {"year": "2025", "revenue": "1500000000"}),
        ("officer", {"name": "Bà Ma Thị Nga", "kind": "person", "post": "director", "since": "01/09/2026"}),
        ("seat", {"text": "Xóm 5", "since": "01/09/2026"}),
        ("industry", {"text": "0118", "since": "01/09/2026"}),
        ("branch", {"text": "Chi nhánh Sông Công", "since": "01/09/2026"}),
    ],
)
def test_what_may_be_proposed_can_be_accepted(
    own: tuple[Client, Organisation], registrar: User, what: str, typed: dict[str, str]
) -> None:
    client, one = own
    if what in ("seat", "branch"):
        typed = {**typed, "unit": str(one.unit_id)}
    assert decide(browser(registrar), propose(client, what, **typed), act="accept").state == "accepted"
    one.refresh_from_db()
    written = {
        "figures": lambda: one.figures.get(year=2025).revenue == 1_500_000_000,
        "officer": lambda: one.officers.get(post="director").party.name == "Bà Ma Thị Nga",
        "seat": lambda: one.address == "Xóm 5",
        "industry": lambda: one.facts.filter(text="0118").exists(),
        "branch": lambda: one.facts.filter(text="Chi nhánh Sông Công").exists(),
    }
    assert written[what]()


def test_a_returned_change_says_why_and_nothing_else_changes(own: tuple[Client, Organisation], registrar: User) -> None:
    client, one = own
    proposal = propose(client, "phone", text="0912 345 612", since=f"{localdate():%d/%m/%Y}")
    assert decide(browser(registrar), proposal, act="return").state == "waiting"  # without a reason
    assert decide(browser(registrar), proposal, act="return", reason="Thiếu một số").state == "returned"
    assert decide(browser(registrar), proposal, act="accept").state == "returned"
    assert value_now(one, "phone", on=localdate()) is None
    assert "Thiếu một số" in client.get(reverse("registry:own")).content.decode()


def test_only_ones_own_register_is_open(own: tuple[Client, Organisation], found: Found, stranger: User) -> None:
    client, one = own
    other = found()
    assert client.get(reverse("registry:organisation", args=[one.pk])).context["sees"]
    assert not client.get(reverse("registry:organisation", args=[other.pk])).context["sees"]
    assert client.get(reverse("registry:members", args=[one.pk])).status_code == 403
    assert client.get("/").headers["Location"] == reverse("registry:own")
    proposal = propose(client, "phone", text="0912 345 612", since=f"{localdate():%d/%m/%Y}")
    assert decide(browser(stranger), proposal, act="accept").state == "waiting"
    with pytest.raises(NotYourRegistry):
        delegate_name(user=stranger, organisation=other, by=stranger)


def test_what_an_old_list_said_is_forgotten(registrar: User) -> None:
    owner = registrar.posts.get().agency
    stored = file_store(ContentFile(b"Ten\n"))
    lists = [
        ListImport.objects.create(
            owner=owner, by=registrar, file=stored, name="a.csv", since=localdate(), source="a", state="checked",
            mapping={"mapping": {}, "preview": [["Bà Nga"]]},
        )
        for _turn in range(2)
    ]  # fmt: skip
    old, young = lists
    ListImport.objects.filter(pk=old.pk).update(sent_at=now() - timedelta(days=31))
    for one in lists:
        for number, state in ((1, "same"), (2, "taken")):
            ImportRow.objects.create(list_import=one, number=number, state=state, values={"phone": "0912345612"})
    lists_clean(on=now())
    rows = ImportRow.objects.order_by("pk").values_list("list_import", "number", "values")
    kept = {"phone": "0912345612"}
    assert list(rows) == [(old.pk, 2, {}), (young.pk, 1, kept), (young.pk, 2, kept)]
    old.refresh_from_db()
    assert old.mapping == {"mapping": {}, "preview": []}
