"""Working days as an administrator keeps them: look, ask, enter a day, see what moves, take it back; a reader only looks."""

from __future__ import annotations

from datetime import date

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.core.models import SpecialDay
from hopluc.core.workdays import Calendar
from hopluc.documents.tests import making
from hopluc.plans.services import plan_issue
from tests.browser.conftest import SIZES
from tests.browser.test_every_page import accept_all


def last_working_day(day: int) -> date:
    """The last working day up to such a day of December next year, on or before which reports are due."""
    year = localdate().year + 1
    return Calendar.build(year, year, []).on_or_before(date(year, 12, day))


@pytest.mark.parametrize("size", SIZES)
def test_a_day_is_entered_by_keyboard_seen_to_move_dates_and_taken_back(visit, size):
    administrator = making.person("Nguyễn Thị Ánh", Role.ADMINISTRATOR)
    document = making.document(by=administrator)
    accept_all(document, administrator)
    plan_issue(document=document, by=administrator)
    last = last_working_day(15)
    day = f"{last:%d/%m/%Y}"
    page = visit(administrator, f"/working-days/{last.year}/", size=size)
    page.get_by_role("link", name="Nhập một ngày").press("Enter")
    page.get_by_label("Ngày", exact=True).press_sequentially(day)
    page.get_by_label("Ngày nghỉ").press("Space")
    page.get_by_label("Tên gọi").press_sequentially("Nghỉ lũ")
    page.get_by_label("Tên gọi").press("Enter")
    heading = page.get_by_role("heading", name="2 mốc sẽ dời")
    expect(heading).to_be_focused()
    expect(page.get_by_role("link", name="Báo cáo Sở Tài chính")).to_be_visible()
    assert not SpecialDay.objects.exists()
    page.get_by_label("Căn cứ").press_sequentially("Công điện 9/CĐ-UBND")
    page.get_by_role("button", name="Lưu và dời các mốc").press("Enter")
    expect(page.get_by_role("heading", name="2 mốc đã dời")).to_be_visible()
    entered = page.locator(f"tr#day-{last:%Y-%m-%d}")
    expect(entered).to_contain_text("Công điện 9/CĐ-UBND")
    cell = page.locator(f".wd-month a[href='#day-{last:%Y-%m-%d}']")
    cell.focus()
    expect(cell.locator(".wd-tip")).to_be_in_viewport()
    cell.press("Enter")
    expect(entered).to_be_in_viewport()
    page.locator("#flash").get_by_role("button", name="Hoàn tác").press("Enter")
    expect(page.locator("#flash")).to_contain_text("Đã hoàn tác")
    expect(entered).to_have_count(0)
    assert not SpecialDay.objects.exists()


def test_a_day_that_was_changed_in_the_preview_is_looked_at_again(visit):
    administrator = making.person("Nguyễn Thị Ánh", Role.ADMINISTRATOR)
    document = making.document(by=administrator)
    accept_all(document, administrator)
    plan_issue(document=document, by=administrator)
    page = visit(administrator, "/working-days/new/")
    for each, count in (
        (last_working_day(15), 2),
        (last_working_day(31), 1),
    ):  # the report of the year is due on the 31st
        page.get_by_label("Ngày", exact=True).fill(f"{each:%d/%m/%Y}")
        page.get_by_label("Tên gọi").fill("Nghỉ lũ")
        page.get_by_role("button", name="Lưu").click()
        expect(page.get_by_role("heading", name=f"{count} mốc sẽ dời")).to_be_visible()
    assert not SpecialDay.objects.exists()


def test_somebody_who_only_reads_asks_a_question(visit):
    page = visit(making.person("Lê Thu Hà", Role.VIEWER), "/working-days/2026/")
    expect(page.get_by_role("link", name="Nhập một ngày")).to_have_count(0)
    page.get_by_label("Tìm ngày").fill("5")
    page.get_by_label("Ngày", exact=True).fill("13/02/2026")
    page.get_by_label("Ngày", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="27/02/2026")).to_contain_text("Tết Nguyên đán (mùng 1)")
    page.get_by_role("link", name="2027").click()
    expect(page.locator(".note")).to_contain_text("dự kiến")
