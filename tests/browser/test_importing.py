"""The whole way of a workbook: downloaded, edited, sent, corrected, saved, passwords taken away, undone."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from hopluc.accounts.models import PeopleImport, Role, User
from hopluc.accounts.workbook.columns import MARK
from hopluc.accounts.workbook.exporting import Book
from hopluc.accounts.workbook.writing import write_workbook
from tests.browser.conftest import SIZES
from tests.browser.test_every_page import faults
from vanban.tasksheets import open_workbook

NEW = {"username": "binh", "name": "Nguyễn Văn Bình", "role": "Cán bộ", MARK: ""}


@pytest.fixture
def administrator(transactional_db) -> User:
    return import_module("hopluc.documents.tests.making").person("Lê Thị Quản", role=Role.ADMINISTRATOR)


def edited(path: Path, **cells: str) -> Path:
    """A workbook in the shape of the downloaded one, with one new row; what it leaves out stays as it is."""
    lists = {"agencies": (), "kinds": (), "units": (), "roles": ()}
    path.write_bytes(write_workbook(Book((), ({**NEW, **cells},), lists)))
    return path


def sent(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    page.locator("[data-upload] button.btn-primary").click()
    page.wait_for_url("**/people/import/*/")


@pytest.mark.parametrize("size", SIZES)
def test_the_way_of_a_workbook(visit, administrator, tmp_path, size):
    page = visit(administrator, "/people/", size=size)
    page.locator("a[href='/people/import/']").click()
    found = faults(page, "import", size)
    with page.expect_download() as download:
        page.locator("a[download]").click()
    book = open_workbook(download.value.path().read_bytes(), "tep.xlsx")
    assert [sheet.name for sheet in book.sheets][:2] == ["Cơ quan", "Nhân sự"]
    agency = str(administrator.posts.get().agency)

    sent(page, edited(tmp_path / "sai.xlsx", agency="Sở Mơ"))
    expect(page.locator("tbody")).to_contain_text("C2")
    found += faults(page, "errors", size)
    page.locator("a.btn-primary[href='/people/import/']").click()

    sent(page, edited(tmp_path / "dung.xlsx", agency=agency))
    expect(page.locator("tbody")).to_contain_text("Nguyễn Văn Bình")
    assert not User.objects.filter(username="binh").exists()
    found += faults(page, "preview", size)

    page.locator("form[action$='/apply/'] button").click()
    with page.expect_download() as download:
        page.locator("a[download='mat-khau-tam.xlsx']").click()
    kept = open_workbook(download.value.path().read_bytes(), "mat-khau-tam.xlsx")
    password = next(row[2].text for row in kept.sheets[0].rows if row[0].text == "binh")
    assert User.objects.get(username="binh").check_password(password)
    found += faults(page, "saved", size)

    page.locator("main a[href='/people/import/']").last.click()
    found += faults(page, "earlier imports", size)
    with page.expect_navigation():
        page.locator("form[action$='/undo/'] button").click()
    expect(page.locator("main table")).to_contain_text("dung.xlsx")
    assert not User.objects.filter(username="binh").exists()
    assert PeopleImport.objects.get().undone_at
    assert not found, "\n".join(found)
