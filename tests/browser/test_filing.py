"""A form being filled in: saved as one types, two people at one field, handed in and signed, by keyboard and on a phone."""

from __future__ import annotations

from datetime import date

import pytest
from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.forms.levels import own_head
from hopluc.forms.models import Filing
from hopluc.forms.services import Asked, Period, filing_open, row_add, value_save, version_draft, version_publish
from hopluc.forms.tests.making import SOUND
from tests.browser.conftest import MANNERS, SIZES
from tests.browser.test_every_page import faults

YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def filing(transactional_db) -> Filing:
    version = version_draft(
        code="bao-cao", title_vi="Báo cáo thử", title_en="Trial report", schema=SOUND, starts_on=date(2020, 1, 1)
    )
    version_publish(version=version)
    at = making.agency()
    return filing_open(
        code="bao-cao", agency=at, period=YEAR, asked=Asked(due_on=date(2026, 12, 15), levels=(own_head(at),))
    )


def values(filing: Filing) -> dict:
    return Filing.objects.get(pk=filing.pk).values


@pytest.mark.parametrize("size", SIZES)
def test_it_is_saved_as_one_types_and_handed_in_by_keyboard(visit, filing, size):
    officer = making.person("Trần An", Role.OFFICER)
    page = visit(officer, f"/forms/filings/{filing.pk}/", size=size)
    page.get_by_label("Total").press_sequentially("6")
    expect(page.locator("#n-total")).to_contain_text("Đã lưu")  # by waiting alone, without leaving the field
    assert values(filing) == {"total": 6}
    page.get_by_label("Total").press("Tab")
    page.keyboard.type("2")
    page.keyboard.press("Tab")
    page.keyboard.type("3")
    page.keyboard.press("Tab")
    expect(page.locator("#e-total")).to_have_text("Tổng 6 khác nam cộng nữ 5.")
    page.get_by_label("Women").fill("hai")
    page.get_by_label("Women").press("Tab")
    expect(page.locator("#n-women")).to_contain_text("1.234")
    page.get_by_label("Women").fill("4")
    page.get_by_label("Women").press("Enter")
    expect(page.locator("#e-total")).to_be_empty()
    page.get_by_label("State").select_option("Đã xong")
    expect(page.locator("#filing-left")).to_contain_text("có thể nộp")
    page.get_by_role("button", name="Thêm dòng").press("Enter")
    page.get_by_label("Name: Name").press_sequentially("Nguyễn Văn A")
    page.get_by_role("button", name="Nộp biểu").click()  # what was just typed is saved first
    expect(page.locator(".ff-state")).to_contain_text("Chờ duyệt")
    kept = values(filing)
    [row] = kept["members"]
    assert kept == {
        "total": 6,
        "men": 2,
        "women": 4,
        "state": "done",
        "members": [row],
        f"members.{row}.name": "Nguyễn Văn A",
    }


@pytest.mark.parametrize("theirs", [True, False], ids=["take theirs", "keep mine"])
def test_two_people_at_one_field_choose(visit, filing, theirs):
    an, chi = making.person("Trần An", Role.OFFICER), making.person("Lê Chi", Role.OFFICER)
    page = visit(an, f"/forms/filings/{filing.pk}/")
    value_save(filing=filing, path="state", typed="open", seen=0, by=chi)
    page.get_by_label("State").select_option("Đã xong")
    note = page.locator("#n-state")
    expect(note).to_contain_text("Lê Chi")
    assert values(filing) == {"state": "open"}
    if theirs:
        note.get_by_role("button", name="Lấy của người kia").press("Enter")
        expect(page.get_by_label("State")).to_have_value("open")
        expect(note).not_to_contain_text("Lê Chi")
    else:
        note.get_by_role("button", name="Giữ bản của tôi").press("Enter")
        expect(note).to_contain_text("Đã lưu")
    assert values(filing) == {"state": "open" if theirs else "done"}


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_the_pages_of_a_filing_are_sound(visit, filing, size, language):
    officer, head = making.person("Trần An", Role.OFFICER), making.person("Phạm Quốc", Role.HEAD)
    row_add(filing=filing, table="members", by=officer)
    value_save(filing=filing, path="women", typed="4", seen=0, by=officer)
    page = visit(officer, f"/forms/filings/{filing.pk}/", size=size, language=language)
    found = faults(page, "filling in", size)
    page.locator("header.top, .page-head").get_by_role("button").last.click()
    page.locator(".note.red").wait_for()
    found += faults(page, "what is missing", size)
    Filing.objects.filter(pk=filing.pk).update(state=Filing.State.WAITING)
    page = visit(head, f"/forms/filings/{filing.pk}/", size=size, language=language)
    found += faults(page, "deciding", size)
    assert not found, "\n".join(found)
