"""Every main page speaks both languages, and the Vietnamese one wholly."""

from __future__ import annotations

from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from scripts.messages import entries
from tests.project.world import World, build

SPOKEN = ("alt", "aria-label", "placeholder", "title")  # attributes that are read out or shown
PAGES = {
    "home": {},
    "search": {},
    "accounts:people": {},
    "accounts:create": {},
    "accounts:person": {"pk": "person"},
    "accounts:post_change": {"pk": "person", "post_id": "post"},
    "documents:list": {},
    "documents:begin": {},
    "documents:bin": {},
    "documents:detail": {"pk": "draft"},
    "documents:review": {"pk": "draft"},
    "documents:columns": {"pk": "sheet"},
    "registry:list": {},
    "registry:organisation": {"pk": "any_organisation"},
    "indicators:list": {},
    "indicators:indicator": {"pk": "any_indicator"},
    "indicators:enter": {"pk": "any_indicator"},
    "plans:list": {},
    "plans:issue": {"document_id": "draft"},
    "plans:detail": {"pk": "plan"},
    "plans:targets": {"pk": "plan"},
    "plans:calendar": {"pk": "plan"},
    "plans:chain": {"pk": "plan"},
    "plans:timeline": {"pk": "plan"},
    "plans:history": {"pk": "plan"},
    "account_change_password": {},
}
ENGLISH = {
    entry.msgid for entry in entries().values() if entry.msgid not in (entry.msgstr, *entry.msgstr_plural.values())
}


class Spoken(HTMLParser):
    """The words of a page outside scripts, and its language."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.words: set[str] = set()
        self.language = ""
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "html":
            self.language = dict(attrs)["lang"] or ""
        self.words |= {value for name, value in attrs if name in SPOKEN and value}

    def handle_data(self, data: str) -> None:
        if self.inside not in ("script", "style"):
            self.words.add(" ".join(data.split()))


@pytest.fixture(scope="module")
def world(kept) -> World:
    return build()


def page_of(world: World, name: str, language: str) -> Spoken:
    client = Client()
    client.force_login(world.people["administrator"])
    client.post(reverse("set_language"), {"language": language})
    things = {key: world.things[thing] for key, thing in PAGES[name].items()}
    answer = client.get(reverse(name, kwargs=things), {"q": "ra soat"} if name == "search" else {})
    assert answer.status_code == 200, name
    return Spoken(answer.content.decode())


@pytest.mark.django_db
def test_pages_are_wholly_vietnamese(world):
    for name in PAGES:
        page = page_of(world, name, "vi")
        assert page.language == "vi"
        assert page.words & ENGLISH == set(), name


@pytest.mark.thorough
@pytest.mark.django_db
def test_pages_answer_in_english(world):
    for name in PAGES:
        page = page_of(world, name, "en")
        assert page.language == "en"
        assert len(page.words & ENGLISH) > 10, name


def test_the_page_to_sign_in_speaks_both(client):
    for language in ("vi", "en"):
        client.post(reverse("set_language"), {"language": language})
        assert Spoken(client.get(reverse("account_login")).content.decode()).language == language
