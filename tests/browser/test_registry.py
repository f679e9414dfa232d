"""The registry's pages in both sizes and languages, and the way from a search to an event that is entered."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.registry.demo import demo_make
from hopluc.registry.models import Membership, Organisation
from hopluc.units.tests.making import places_load
from tests.browser.conftest import DESKTOP, MANNERS
from tests.browser.test_every_page import faults


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_pages_of_the_registry(visit, size, language):
    places_load()
    demo_make(cooperatives=40, groups=40)
    by = making.person("Lý Thị Mai", Role.REGISTRY, making.agency("so-tc"))
    row = Membership.objects.filter(party__kind="person").first()
    one = Organisation.objects.filter(events__kind="suspend").first()
    page = visit(by, size=size, language=language)
    found = []

    def look(name: str, path: str) -> None:
        page.goto(path)
        found.extend(faults(page, name, size))
        if folder := os.environ.get("HOPLUC_SHOTS"):
            page.screenshot(path=f"{folder}/{name} {language}.png", full_page=True)

    look("directory", "/registry/")
    look("nothing found", "/registry/?q=khôngcógì")
    look("organisation", f"/registry/{row.organisation_id}/")
    look("suspended once", f"/registry/{one.pk}/")
    look("members", f"/registry/{row.organisation_id}/members/")
    look("member", f"/registry/members/{row.pk}/")
    look("new organisation", "/registry/new/")
    look("seat", f"/registry/{row.organisation_id}/facts/seat/")
    assert not found, "\n".join(found)
    if size is DESKTOP:
        enter(page, row.organisation)


def enter(page, one: Organisation) -> None:
    page.goto("/registry/")
    page.locator("#f-q").fill(one.code)
    row = page.locator("#organisations tbody tr")
    expect(row).to_have_count(1)
    row.get_by_role("link").click()
    page.locator(".actions .btn-primary").click()
    page.locator("select[name=kind]").select_option("stop")
    page.locator("input[name=day]").fill("01/11/2026")
    page.locator("input[name=number]").fill("12/BB-ĐHTV")
    page.locator("input[name=issued_on]").fill("30/10/2026")
    page.locator("input[name=issuer]").fill("Đại hội thành viên")
    with page.expect_navigation():
        page.locator(".form-end .btn-primary").click()
    expect(page.locator(".timeline li").first).to_contain_text("12/BB-ĐHTV")
    one.refresh_from_db()
    assert one.operating == "stopped"
