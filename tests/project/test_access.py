"""Every address with every role: each asks for a right or is listed as public, and what it shows is what one may see."""

from __future__ import annotations

import re
from http.cookies import SimpleCookie
from pathlib import Path

import pytest
import yaml
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from hopluc.accounts.models import Role
from hopluc.accounts.rights import RIGHTS
from tests.project.world import HERE, ROLES, WORDS, World, build

TABLE = yaml.safe_load((Path(__file__).parent / "access.yaml").read_text(encoding="utf-8"))
ADDRESSES = TABLE["addresses"]
WHO = ["anonymous", "nobody", *ROLES]
PUBLIC = {"account_inactive", "account_login", "account_logout", "favicon", "set_language"}
SIGN_IN = "/sign-in/"


def addresses(resolver: URLResolver | None = None, space: str = "") -> dict[str, URLPattern]:
    """Every address of the application, by its name."""
    found: dict[str, URLPattern] = {}
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            found |= addresses(entry, f"{entry.namespace}:" if entry.namespace else space)
        else:
            found[f"{space}{entry.name}"] = entry
    return found


def test_every_address_has_its_line():
    assert sorted(addresses()) == sorted(ADDRESSES)


def test_every_view_asks_for_the_right_of_its_line():
    asked = {name: getattr(entry.callback, "right", None) for name, entry in addresses().items()}
    stated = {
        name: line["right"] if line["right"] in RIGHTS and line["right"] != "sign in" else None
        for name, line in ADDRESSES.items()
    }
    assert asked == stated


def test_only_known_addresses_are_public():
    assert {name for name, line in ADDRESSES.items() if line["right"] == "public"} == PUBLIC


def test_the_table_of_rights_is_that_of_the_program():
    roles = {who: role for who, (_agency, _province, role) in ROLES.items()}
    for right in ("see", "draft", "administer"):
        assert set(TABLE["rights"][right]) == {who for who, role in roles.items() if role in RIGHTS[right].roles}
    assert set(TABLE["reach"]["province"]) == {
        who for who, (_agency, province, _role) in ROLES.items() if province == HERE
    }


@pytest.fixture(scope="module")
def world(kept) -> World:
    return build()


def client_of(world: World, who: str) -> Client:
    client = Client(raise_request_exception=True)
    if who != "anonymous":
        client.force_login(world.people[who])
    return client


def expected(line: dict, who: str, method: str) -> int:
    if line["right"] == "public":
        return line.get("anonymous" if who == "anonymous" else "signed_in", line[method])
    if line[method] == 405:
        return 405
    if who == "anonymous" and who not in TABLE["rights"][line["right"]]:
        return 302
    if who not in TABLE["rights"][line["right"]]:
        return 403
    return line[method] if who in TABLE["reach"][line["reach"]] else 404


@pytest.mark.django_db
@pytest.mark.parametrize("who", WHO)
def test_each_address_answers_as_its_line_says(world, who):
    wrong = []
    client = client_of(world, who)
    signed_in = {name: cookie.value for name, cookie in client.cookies.items()}
    for name, line in ADDRESSES.items():
        url = reverse(name, kwargs={key: world.things.get(thing, thing) for key, thing in line.get("with", {}).items()})
        for method in ("get", "post"):
            with transaction.atomic():  # what one request does, the next does not see
                client.cookies = SimpleCookie(signed_in)
                answer = getattr(client, method)(url)
                b"".join(answer.streaming_content if answer.streaming else ())  # closes the file
                transaction.set_rollback(True)
            if answer.status_code != expected(line, who, method):
                wrong.append((name, method, answer.status_code, expected(line, who, method)))
            if who == "anonymous" and answer.status_code == 302 and line["right"] != "public":
                assert answer["Location"].startswith(SIGN_IN), name
    assert wrong == []


def shown(client: Client, url: str, name: str) -> set[int]:
    """Ids of the things of one kind that a page links to."""
    page = client.get(url).content.decode()
    links = {re.split(r"[?#]", link)[0] for link in re.findall(r'href="(/[^"]*)"', page)}
    matches = [resolve(link) for link in links if not link.startswith("/static/")]
    return {match.kwargs.get("task_id", match.kwargs["pk"]) for match in matches if match.view_name == name}


def visible_documents(world: World, who: str) -> set[int]:
    """By hand: one's own agency's, and those of the province from which a plan was issued."""
    key, province, role = ROLES[who]
    issued = {plan.document_id for plan in world.plans}
    return {
        document.pk
        for document in world.documents
        if not document.binned_at
        and (
            (
                role in (Role.COORDINATOR, Role.ADMINISTRATOR)
                and (document.owner.body.key, document.owner.province.full_name) == (key, province)
            )
            or (document.pk in issued and document.owner.province.full_name == province)
        )
    }


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROLES)
def test_lists_and_searches_show_what_one_may_see(world, who):
    client, province = client_of(world, who), ROLES[who][1]
    plans = {plan.pk for plan in world.plans if plan.owner.province.full_name == province}
    tasks = {task.pk for plan in world.plans if plan.owner.province.full_name == province for task in plan.tasks.all()}
    documents = visible_documents(world, who)
    assert shown(client, reverse("plans:list"), "plans:detail") == plans
    assert shown(client, f"{reverse('search')}?q=ke+hoach", "plans:detail") == plans
    assert shown(client, f"{reverse('search')}?q={WORDS}&kind=tasks", "plans:task") == tasks
    titled = {document.pk for document in world.documents if document.pk in documents and "ạ" in document.title}
    assert shown(client, f"{reverse('search')}?q=hoạch&kind=documents", "documents:detail") == titled
    if ROLES[who][2] in RIGHTS["draft"].roles:
        assert shown(client, reverse("documents:list"), "documents:detail") == documents
    if ROLES[who][2] in RIGHTS["administer"].roles:
        people = {world.people[other].pk for other, (_agency, where, _role) in ROLES.items() if where == province}
        assert shown(client, reverse("accounts:people"), "accounts:person") == people


@pytest.mark.django_db
@pytest.mark.parametrize("who", ROLES)
def test_an_export_holds_the_tasks_of_its_plan(world, who):
    plan = world.plans[0]
    answer = client_of(world, who).get(reverse("plans:download", args=[plan.pk, "tasks", "csv"]))
    if plan.owner.province.full_name != ROLES[who][1]:
        assert answer.status_code == 404
        return
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert [task.text in body.decode("utf-8-sig") for task in plan.tasks.all()] == [True]
    assert not any(task.text in body.decode("utf-8-sig") for other in world.plans[1:] for task in other.tasks.all())
