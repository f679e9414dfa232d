"""A round of reporting from its opening to an approved report, as its people do it."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.forms.loading import forms_load
from hopluc.forms.models import Filing
from hopluc.forms.services import value_save, version_in_force
from hopluc.reports.models import Campaign
from hopluc.reports.opening import period_named
from hopluc.reports.services import Round, campaign_open, letter_save, report_begin
from hopluc.reports.tests.test_signing import LETTER
from tests.browser.conftest import DESKTOP, LONG, PHONE
from tests.browser.test_every_page import faults


@pytest.mark.parametrize("size", [pytest.param(DESKTOP, id="1440"), pytest.param(PHONE, id="360", marks=LONG)])
def test_a_round_is_opened_filled_in_and_approved(visit, transactional_db, size):
    forms_load()
    finance, farming = making.agency("so-tc"), making.agency("so-nnmt")
    binh = making.person("Trần Bình", Role.COORDINATOR, finance)
    an, quoc = making.person("Trần An", Role.OFFICER, farming), making.person("Phạm Quốc", Role.HEAD, farming)

    page = visit(binh, "/reports/", size=size)
    page.get_by_role("link", name="Mở đợt báo cáo").first.click()
    page.get_by_label("Biểu", exact=True).select_option(label="Báo cáo tiến độ thực hiện kế hoạch")
    page.get_by_role("checkbox", name="Các sở, ban, ngành").uncheck()
    page.get_by_role("combobox", name="Cơ quan khác báo cáo").press_sequentially("nong nghiep")
    page.get_by_role("option", name="Sở Nông nghiệp và Môi trường").click()
    page.keyboard.press("Tab")  # the list of agencies closes
    expect(page.get_by_role("combobox", name="Cơ quan khác báo cáo")).to_have_attribute("aria-expanded", "false")
    found = faults(page, "opening", size)
    page.get_by_role("button", name="Mở đợt").click()
    expect(page.locator(".round-progress")).to_contain_text("0/1")
    expect(page.get_by_role("row").last).to_contain_text("Chưa bắt đầu")
    found += faults(page, "a round", size)
    campaign = Campaign.objects.get()

    filling = visit(an, "/reports/", size=size)
    filling.get_by_role("link", name=campaign.title).first.click()
    filling.get_by_label("Kết quả thực hiện nhiệm vụ được giao").fill("Đã hoàn thành các nhiệm vụ trong kỳ.")
    filling.get_by_label("Kết quả thực hiện nhiệm vụ được giao").press("Tab")
    expect(filling.locator("#filing-left")).to_contain_text("có thể nộp")
    filling.get_by_role("button", name="Nộp biểu").click()
    expect(filling.locator(".ff-state")).to_contain_text("Chờ duyệt")

    address = filling.url
    for user in (quoc, binh):  # the head signs, then whoever compiles approves
        deciding = visit(user, address, size=size)
        deciding.get_by_role("button", name="Duyệt", exact=True).click()
        expect(deciding.get_by_role("button", name="Duyệt", exact=True)).to_have_count(0)
    page.reload()
    expect(page.locator(".round-progress")).to_contain_text("1/1")
    expect(page.get_by_role("row").last).to_contain_text("Đã duyệt")
    assert not found, "\n".join(found)


def test_what_was_entered_before_the_scripts_had_come_is_saved(visit, transactional_db):
    """On a slow line the fields stand there well before whatever saves them."""
    forms_load()
    finance, farming = making.agency("so-tc"), making.agency("so-nnmt")
    binh, an = making.person("Trần Bình", Role.COORDINATOR, finance), making.person("Trần An", Role.OFFICER, farming)
    year = period_named(2026, "year")
    asked = Round(version_in_force("bc-tien-do", on=year.ends_on), "Báo cáo năm", year, date(2026, 12, 15))
    made = campaign_open(owner=finance, asked=asked, called=[farming], by=binh)
    filing = Filing.objects.get(call__campaign=made)

    held = []

    def hold(route):
        held.append(route)

    filling = visit(an)
    filling.route("**/htmx.min.js", hold)
    filling.goto(f"/forms/filings/{filing.pk}/", wait_until="commit")
    done = filling.get_by_label("Kết quả thực hiện nhiệm vụ được giao")
    done.fill("Đã hoàn thành các nhiệm vụ trong kỳ.")
    done.press("Tab")
    held[0].continue_()
    expect(filling.locator("#filing-left")).to_contain_text("có thể nộp")


INSIDE = "(button) => { const [inner, outer] = [button, button.closest('.sheet')].map((each) => each.getBoundingClientRect()); return inner.bottom <= outer.bottom; }"


def test_whoever_decides_sees_both_buttons_and_whoever_fills_in_what_a_bare_box_asks(visit, transactional_db):
    """The yearly form has a wide table: what else there is to do stands above it."""
    forms_load()
    finance, farming = making.agency("so-tc"), making.agency("so-nnmt")
    binh, an = making.person("Trần Bình", Role.COORDINATOR, finance), making.person("Trần An", Role.OFFICER, farming)
    quoc = making.person("Phạm Quốc", Role.HEAD, farming)
    year = period_named(2026, "year")
    version = version_in_force("bc-ktth-nam", on=year.ends_on)
    asked = Round(version, "Báo cáo năm", year, date(2026, 12, 15))
    made = campaign_open(owner=finance, asked=asked, called=[farming], by=binh)
    filing = Filing.objects.get(call__campaign=made)
    Filing.objects.filter(pk=filing.pk).update(last={"main.h01.estimate": "9"})
    for path in ("development", "policies"):
        value_save(filing=filing, path=path, typed="Ổn định.", seen=0, by=an)

    filling = visit(an, f"/forms/filings/{filing.pk}/")
    row = filling.locator("#r-main-h01")
    expect(row.get_by_text("Lý do chênh lệch")).to_be_visible()
    expect(row).to_contain_text("Kỳ trước: 9")
    filling.get_by_role("button", name="Nộp biểu").click()
    expect(filling.locator(".ff-state")).to_contain_text("Chờ duyệt")

    deciding = visit(quoc, filling.url)
    button = deciding.get_by_role("button", name="Trả lại")
    expect(button).to_be_visible()
    assert button.evaluate(INSIDE)


def test_what_was_signed_is_listed_without_an_empty_page_below_it(visit, transactional_db):
    forms_load()
    finance = making.agency("so-tc")
    binh, quoc = making.person("Trần Bình", Role.COORDINATOR, finance), making.person("Phạm Quốc", Role.HEAD, finance)
    year = period_named(2026, "year")
    version = version_in_force("bc-ktth-nam", on=year.ends_on)
    asked = Round(version, "Báo cáo năm", year, date(2026, 12, 15))
    made = campaign_open(owner=finance, asked=asked, called=[making.agency("so-nnmt")], by=binh)
    letter_save(report=report_begin(campaign=made, by=binh), letter=LETTER, by=binh)

    page = visit(quoc, f"/reports/{made.pk}/document/")
    page.get_by_role("button", name="Ký báo cáo").click()
    editions = page.get_by_role("region", name="Các bản đã ký")
    expect(editions).to_contain_text("Phạm Quốc ký")
    assert editions.bounding_box()["height"] < page.viewport_size["height"] / 2
