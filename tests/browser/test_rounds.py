"""A round of reporting from its opening to an approved report, as its people do it."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.forms.loading import forms_load
from hopluc.reports.models import Campaign
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
