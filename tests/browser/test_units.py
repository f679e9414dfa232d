"""From the slider to a province to an agency: as anyone looks it up, and as who is signed in goes on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.units.tests.making import departments, places_load
from tests.browser.conftest import MANNERS
from tests.browser.test_every_page import faults


@pytest.fixture
def agencies(transactional_db):
    places_load()
    return departments()


@pytest.fixture
def anh(agencies):
    user = User.objects.create_user(username="anh", name="Nguyễn Thị Ánh", password="x")
    post_give(user=user, agency=agencies["now"], role=Role.ADMINISTRATOR)
    return user


def test_the_slider_leads_through_the_provinces_to_an_agency(visit, anh, agencies):
    page = visit(anh, "/units/")
    shapes = page.locator("figure[data-map] .map-unit path")
    expect(page.locator(".units-figures b").first).to_have_text("34")
    expect(page.locator("a.map-unit[aria-label*='Thái Nguyên']").first).to_have_attribute(
        "aria-label", re.compile("hợp thành từ tỉnh Bắc Kạn, tỉnh Thái Nguyên")
    )
    assert page.locator(".map-islands").count() == 2  # Hoàng Sa, Trường Sa
    before = shapes.count()
    page.locator(".days-range").focus()
    page.keyboard.press("Home")
    expect(page.locator(".units-figures b").first).to_have_text("63")
    expect(page.locator("#on")).to_have_value("01/08/2008")
    expect(page.locator(".days-range")).to_be_focused()
    expect(page.locator("a.map-unit[aria-label^='tỉnh Bắc Kạn']")).to_have_count(1)
    assert shapes.count() > before
    expect(page).to_have_url(re.compile(r"on=01/08/2008"))

    page.locator("a.map-unit[aria-label^='tỉnh Bắc Kạn']").focus()
    expect(page.locator("[data-says]")).to_have_text("tỉnh Bắc Kạn: nay thuộc tỉnh Thái Nguyên")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/units/06\.2008/"))
    expect(page.locator(".map-unit.lit")).not_to_have_count(0)
    page.locator("#within a", has_text="Cơ quan đã kết thúc").or_(
        page.locator("#within a", has_text="Cơ quan")
    ).last.click()
    page.locator("table a", has_text="Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn").first.click()
    page.wait_for_url(re.compile(rf"/agencies/{agencies['plan'].pk}/"))
    expect(page.locator(".line-bar.is-current")).to_contain_text("Sở Kế hoạch và Đầu tư tỉnh Bắc Kạn")
    page.locator("a.line-bar", has_text="Sở Tài chính tỉnh Thái Nguyên").click()
    page.wait_for_url(re.compile(rf"/agencies/{agencies['now'].pk}/"))


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_the_pages_of_units(visit, anh, agencies, size, language):
    plan, now = agencies["plan"].pk, agencies["now"].pk
    found = []
    page = visit(None, "/units/", size=size, language=language)
    page.locator(".map-unit").first.wait_for()
    found += faults(page, "anyone's map", size)
    page = visit(anh, size=size, language=language)
    for path in (
        "/units/?on=01/01/2024", "/units/?q=cao+ky", "/units/19.2025/", "/units/06.2008/?on=01/01/2026",
        "/units/19.2025/?show=agencies", "/units/02104.2025/", f"/agencies/{plan}/", f"/agencies/{now}/?show=people",
        f"/agencies/{now}/?show=tasks", f"/agencies/{now}/hand-over/", f"/agencies/{now}/end/", f"/agencies/{plan}/move/",
        "/units/19.2025/agencies/new/", "/search/?q=so+khdt",
    ):  # fmt: skip
        page.goto(path)
        if page.locator("[data-map]").count():
            page.locator(".map-unit").first.wait_for()
        found += faults(page, path, size)
    assert not found, "\n".join(found)
