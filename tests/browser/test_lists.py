"""A list of organisations on its way through the pages: sent, its columns, a decision, taken over, undone; and a pair of duplicates."""

from __future__ import annotations

import os
from datetime import date

from playwright.sync_api import expect

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.registry.demo import demo_make
from hopluc.registry.duplicates import duplicates_find
from hopluc.registry.intake import staging, taking, undoing
from hopluc.registry.models import ListImport, Organisation
from hopluc.registry.tests.lists import HEADINGS, book
from hopluc.units.tests.making import places_load
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.test_every_page import faults


def test_the_way_of_a_list(visit, transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    places_load()
    demo_make(cooperatives=20, groups=20)
    by = making.person("Lý Thị Mai", Role.REGISTRY, making.agency("so-tc", "tỉnh Thái Nguyên"))
    one = Organisation.objects.filter(kind="htx", ended_on=None).select_related("unit").first()
    commune = one.unit.full_name
    rows = [
        HEADINGS,
        [1, one.name, one.code, commune, one.founded_on, 77, "0987654321"],
        [3, "HTX Nấm Xanh", "", commune, date(2025, 8, 1), "nhiều", ""],
    ]
    page = visit(by, "/registry/imports/", size=DESKTOP)
    found = []

    def look(name: str) -> None:
        for size in (DESKTOP, PHONE):
            page.set_viewport_size(size)
            found.extend(faults(page, name, size))
            if folder := os.environ.get("HOPLUC_SHOTS"):
                page.screenshot(path=f"{folder}/{name} {size['width']}.png", full_page=True)
        page.set_viewport_size(DESKTOP)

    look("lists")
    file = {"name": "danh-sach.xlsx", "mimeType": "application/octet-stream", "buffer": book(rows)}
    page.locator("#id_list").set_input_files([file])
    page.locator("form[data-upload] .upload-foot button").click()
    page.wait_for_url("**/registry/imports/*/")
    sent = ListImport.objects.get()
    staging.list_read(import_id=sent.pk)
    expect(page.locator("#column-1")).to_have_value("name")
    look("columns of a list")
    page.locator(".import-foot .btn-primary").click()
    page.wait_for_url("**/registry/imports/*/")
    staging.list_check(import_id=sent.pk)
    expect(page.locator("#row-2 .import-changes")).to_contain_text("0987654321")
    expect(page.locator("#row-3")).to_contain_text("cột F")
    look("rows of a list")
    page.locator("#row-2 button[value=skip]").click()
    expect(page.locator("#row-2")).to_contain_text("bỏ qua")
    page.locator("#row-2 button[name=decision]").click()
    page.locator(".actions form .btn-primary").click()
    taking.list_take(import_id=sent.pk)
    expect(page.locator("#row-2")).to_contain_text("đã nhập")
    page.locator(".actions form button:not(.btn-primary)").click()
    undoing.list_undo(import_id=sent.pk, by_id=by.pk)
    expect(page.locator("h1")).to_contain_text("Đã hoàn tác")

    Organisation.objects.filter(
        pk=Organisation.objects.exclude(pk=one.pk).filter(kind="htx", ended_on=None).first().pk
    ).update(name=one.name, founded_on=one.founded_on, unit=one.unit, province=one.province, code="")
    duplicates_find(province_id=one.province_id)
    page.goto("/registry/duplicates/")
    expect(page.locator(".pair").first).to_contain_text(one.name)
    look("duplicates")
    assert not found, "\n".join(found)
