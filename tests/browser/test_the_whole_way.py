"""From a file to an issued plan, as a coordinator goes it: a true worker reads, a true browser shows."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from urllib.parse import quote

import pytest
from django.db import connection
from playwright.sync_api import Page, expect

from hopluc.accounts.models import Role
from hopluc.accounts.services import post_give, user_create
from hopluc.documents import jobs, review
from hopluc.documents.models import Document
from hopluc.documents.tests import making
from hopluc.documents.tests.test_sheets import PLAIN, WRONG
from hopluc.plans.models import Plan
from tests.vanban.workbooks import xlsx

PASSWORD = "mot-mat-khau-dai"
LIT = "(words) => [...(CSS.highlights.get('current') ?? [])].map(String).join(' ').includes(words)"
READING = 60_000  # milliseconds that a worker may take to start and to read


@pytest.fixture
def worker(transactional_db, settings, tmp_path):
    """The worker as `hopluc worker` runs it, on the test's database and files."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE procrastinate_jobs CASCADE")  # what other tests asked for
    settings.MEDIA_ROOT = tmp_path / "files"
    where = connection.get_connection_params()  # of the embedded server too, whose port is nowhere else
    user, password, name = (quote(str(where[part]), safe="") for part in ("user", "password", "dbname"))
    environment = os.environ | {
        "DATABASE_URL": f"postgresql://{user}:{password}@{where['host']}:{where['port']}/{name}",
        "HOPLUC_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "hopluc.config.settings",
        "PYTHONWARNINGS": "ignore",
    }
    with subprocess.Popen([sys.executable, "-m", "django", "procrastinate", "worker"], env=environment) as process:
        yield
        process.terminate()


def upload(page: Page, name: str, data: bytes) -> None:
    page.goto("/documents/")
    page.locator("#id_files").set_input_files([{"name": name, "mimeType": "application/octet-stream", "buffer": data}])
    expect(page.locator("[data-drop-files] .file-name")).to_have_text(name)
    page.locator("form[data-upload] .upload-foot button").click()
    page.wait_for_url(re.compile(r"/documents/\d+/$"))


def test_from_a_file_to_a_plan(visit, worker):
    hoa = user_create(username="hoa", name="Nguyễn Thị Hoa", password=PASSWORD)
    post_give(user=hoa, agency=making.agency(), role=Role.COORDINATOR)
    page = visit(None, "/documents/")
    page.locator("[name=login]").fill("hoa")
    page.locator("[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#id_files")).to_be_attached()
    upload(page, "thanh-hoa.docx", making.golden("originals/thanh-hoa-2020.docx"))
    expect(page.locator("#status progress").first).to_be_visible()
    expect(page.locator("#status .found")).to_be_visible(timeout=READING)  # the page comes anew by itself
    document = Document.objects.get()
    tasks = document.versions.get().items.filter(kind="task").count()
    expect(page.locator("#status .figures li").first).to_contain_text(str(tasks))

    page.goto(f"/plans/issue/{document.pk}/")
    expect(page.locator(".plan-items li").first).to_be_visible()
    expect(page.locator("form#issue")).to_have_count(0)
    page.locator(".plan-items a").first.click()
    page.wait_for_url(re.compile(rf"/documents/{document.pk}/review/"))
    expect(page.locator(".item-current")).to_be_visible()
    for _ in range(document.versions.get().items.count()):
        page.keyboard.press("Enter")
    expect(page.locator("#review-items [data-state=pending]")).to_have_count(0)
    page.locator(f".actions a[href='/plans/issue/{document.pk}/']").click()
    page.locator("button[form=issue]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    plan = Plan.objects.get()
    assert plan.tasks.count() == tasks

    page.locator("#f-q").fill("tuyen truyen")  # without tone marks
    page.keyboard.press("Enter")
    expect(page.locator("#tasks tbody tr")).to_have_count(2)
    page.locator("#tasks tbody a").first.click()
    excerpt = page.locator("#panel .plan-excerpt").first
    words = excerpt.locator("mark").first.text_content()
    excerpt.locator("a").click()
    page.wait_for_url(re.compile("#words="))
    page.wait_for_function(LIT, arg=words.strip()[:30])
    page.goto(f"/plans/{plan.pk}/")
    with page.expect_download() as download:
        page.locator("#exports a[href*='.xlsx']").click()
    assert download.value.path().read_bytes().startswith(b"PK")


def test_the_same_file_again_leads_to_its_document(visit, hoa):
    document = making.document(by=hoa)
    page = visit(hoa)
    upload(page, "ten-khac.txt", making.TEXT.encode())
    assert page.url.endswith(f"/documents/{document.pk}/")
    expect(page.locator("#flash")).to_contain_text("ten-khac.txt")


@pytest.mark.thorough
def test_what_cannot_be_read_says_why_and_what_to_do(visit, hoa):
    page = visit(hoa)
    upload(page, "anh.docx", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR")
    jobs.version_read(Document.objects.get().versions.get().pk)
    expect(page.locator("#status [role=alert]")).to_contain_text("D202")


def test_a_corrected_file_carries_the_review_over(visit, hoa):
    document = making.document(by=hoa)
    item = making.at(document, "II/1")
    review.item_accept(document=document, item_id=item.pk, revision=item.revision, by=hoa)
    page = visit(hoa, f"/documents/{document.pk}/")
    page.locator("details summary", has_text="Gửi").click()
    text = making.TEXT.replace("cán bộ quản lý", "cán bộ quản lý, kế toán")
    page.locator("#corrected").set_input_files([{"name": "sua.txt", "mimeType": "text/plain", "buffer": text.encode()}])
    page.locator("form:has(#corrected) button").click()
    expect(page.locator("#status progress").first).to_be_visible()
    jobs.version_read(document.versions.latest("number").pk)
    expect(page.locator("#status .found")).to_be_visible()
    page.goto(f"/documents/{document.pk}/review/")
    expect(page.locator(".review-carried")).to_contain_text("7")
    expect(page.locator(".item-before")).to_have_count(1)
    expect(page.locator("#review-items [data-state=accepted]")).to_have_count(1)


def test_a_task_sheet_with_its_columns(visit, hoa):
    page = visit(hoa)
    upload(page, "bang.xlsx", xlsx(WRONG))
    document = Document.objects.get()
    jobs.version_read(document.versions.get().pk)
    page.goto(f"/documents/{document.pk}/columns/")
    with page.expect_navigation():  # the job is done here once the columns are kept
        page.locator("form:has(select[name=column-0]) button").click()
    jobs.sheet_try(document.versions.get().pk)
    expect(page.locator("td b", has_text="C3").first).to_be_visible()
    expect(page.locator("form[action$='/columns/take/']")).to_have_count(0)

    upload(page, "dung.xlsx", xlsx(PLAIN))
    document = Document.objects.latest("pk")
    jobs.version_read(document.versions.get().pk)
    page.goto(f"/documents/{document.pk}/columns/")
    with page.expect_navigation():  # the job is done here once the columns are kept
        page.locator("form:has(select[name=column-0]) button").click()
    jobs.sheet_try(document.versions.get().pk)
    page.locator("form[action$='/columns/take/'] button").click()
    page.wait_for_url(re.compile("/review/$"))
    expect(page.locator("#review-items .item")).to_have_count(2)


def test_a_plan_typed_by_hand(visit, hoa):
    page = visit(hoa, "/documents/begin/")
    page.locator("[name=title]").fill("Kế hoạch năm 2027")
    page.locator("form.form-narrow button").click()
    page.wait_for_url(re.compile("/review/$"))
    for text in ("Rà soát chính sách", "Lập dự toán"):
        page.locator("[data-add]").click()
        page.locator("#review-new #f-text").fill(text)
        page.keyboard.press("Control+Enter")
        expect(page.locator("#review-items .item-text", has_text=text)).to_be_visible()
    document = Document.objects.get()
    page.goto(f"/plans/issue/{document.pk}/")
    page.locator("button[form=issue]").click()
    page.wait_for_url(re.compile(r"/plans/\d+/$"))
    expect(page.locator("#tasks tbody tr")).to_have_count(2)
