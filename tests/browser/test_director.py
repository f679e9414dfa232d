"""A cooperative's director on a phone: signs in, sees the cooperative's facts, proposes a change; the registry accepts it."""

from __future__ import annotations

import os

from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from hopluc.accounts.models import Role, User
from hopluc.documents.tests import making
from hopluc.registry.demo import demo_make
from hopluc.registry.directors import director_sign_in
from hopluc.registry.models import Organisation
from hopluc.units.tests.making import places_load
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_every_page import faults

OWN = "mot mat khau rieng 2026"


def test_the_way_of_a_change_that_a_director_proposes(visit, transactional_db):
    places_load()
    demo_make(cooperatives=20, groups=20)
    one = Organisation.objects.filter(kind="htx", ended_on=None).select_related("province").first()
    clerk = making.person("Lý Thị Mai", Role.REGISTRY, making.agency("so-tc", one.province.full_name))
    user, password = director_sign_in(organisation=one, name="Nông Thị Hương", username="nong.huong", by=clerk)
    found: list[str] = []

    def look(page: Page, name: str) -> None:
        for size in (PHONE, DESKTOP):
            page.set_viewport_size(size)
            found.extend(faults(page, name, size))
            if folder := os.environ.get("HOPLUC_SHOTS"):
                page.screenshot(path=f"{folder}/{name} {size['width']}.png", full_page=True)
        page.set_viewport_size(PHONE)

    page = visit(path="/sign-in/", size=PHONE)
    page.locator("input[name=login]").fill("nong.huong")
    page.locator("input[name=password]").fill(password)
    page.locator("input[name=password]").press("Enter")
    expect(page.locator("input[name=password1]")).to_be_visible()  # one of their own first
    for field, typed in (("oldpassword", password), ("password1", OWN), ("password2", OWN)):
        if page.locator(f"input[name={field}]").count():
            page.locator(f"input[name={field}]").fill(typed)
    page.locator("input[name=password2]").press("Enter")
    expect(page.locator("h1")).to_contain_text(one.name)
    look(page, "own organisation")
    page.locator(".actions .btn-primary").click()
    expect(page.locator("#rules-title")).to_be_visible()
    look(page, "own facts")
    page.goto("/registry/own/phone/")
    page.locator("input[name=text]").fill("0912 345 612")
    page.locator("input[name=since]").fill(f"{localdate():%d/%m/%Y}")
    look(page, "a proposal")
    page.locator(".form-end .btn-primary").click()
    expect(page.locator("#sent-title + ul li")).to_contain_text("0912 345 612")

    desk = visit(clerk, "/registry/proposals/", size=DESKTOP)
    expect(desk.locator(".sheet").first).to_contain_text("0912 345 612")
    desk.locator("button[value=accept]").first.click()
    expect(desk.locator(".empty-page")).to_be_visible()

    page.goto("/registry/own/")
    expect(page.locator("#sent-title + ul li .state")).to_contain_text("chấp nhận")
    page.locator(".actions .btn-primary").click()
    expect(page.locator(".registry-facts").first).to_contain_text("0912 345 612")
    assert User.objects.get(pk=user.pk).temporary_since is None
    assert not found, "\n".join(found)
