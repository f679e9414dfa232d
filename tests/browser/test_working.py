"""What is due is answered in few key presses; files are dropped, refusals stand at their field, two people see both versions."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils.timezone import localdate
from playwright.sync_api import Page, expect

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.documents.review import item_add
from hopluc.documents.services import document_begin
from hopluc.documents.shaping import BLANK
from hopluc.plans.models import Answer, Evidence, Occurrence, Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.working.services import answer, note_add, request_make
from hopluc.plans.working.values import Update
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure
from tests.browser.conftest import MANNERS
from tests.browser.test_every_page import faults

TEN = 10
HABITS = [f"Hướng dẫn hợp tác xã số {number} lập phương án sản xuất kinh doanh hằng năm" for number in range(TEN)]


@pytest.fixture
def agency(transactional_db) -> Agency:
    return agency_ensure(key="so-tc", province="tỉnh Thái Nguyên")


def person(name: str, agency: Agency, role: Role) -> User:
    user = User.objects.create_user(username=uuid4().hex[:12], name=name, password="x")
    post_give(user=user, agency=agency, role=role)
    return user


@pytest.fixture
def binh(agency: Agency) -> User:
    return person("Trần Văn Bình", agency, Role.COORDINATOR)


@pytest.fixture
def ha(agency: Agency) -> User:
    return person("Lê Thu Hà", agency, Role.OFFICER)


@pytest.fixture
def plan(agency: Agency, binh: User, ha: User) -> Plan:
    """Ten yearly tasks of one department, all overdue since last week."""
    document = document_begin(title="Kế hoạch phát triển kinh tế tập thể", owner=agency, by=binh)
    for text in HABITS:
        value = {**BLANK["task"], "text": text, "lead": ["so-tc"], "deadline": {"raw": "hằng năm", "kind": "annual"}}
        item_add(document=document, kind="task", value=value, by=binh)
    made = plan_issue(document=document, by=binh)
    day = localdate() - timedelta(days=7)
    for row in Occurrence.objects.filter(plan=made, due_on__year=localdate().year):
        Occurrence.objects.filter(pk=row.pk).update(
            due_on=day, first_due_on=day, touched_on=day, period=(day - timedelta(days=200), day + timedelta(days=1))
        )
    return made


class Counted:
    """The hand of somebody at work: each key press and click counts, Ctrl+Enter as one."""

    def __init__(self, page: Page) -> None:
        self.page, self.acts = page, 0

    def press(self, key: str) -> None:
        self.acts += 1
        self.page.keyboard.press(key)

    def click(self, selector: str) -> None:
        self.acts += 1
        self.page.locator(selector).first.click()


def test_ten_items_are_answered_in_twenty_key_presses(visit, plan, ha):
    page = visit(ha, "/work/")
    expect(page.locator("[data-group=overdue] [data-item]")).to_have_count(TEN)
    hand = Counted(page)
    for turn in range(TEN):
        hand.press("2")
        hand.press("Control+Enter")
        expect(page.locator(".work-saved")).to_have_count(turn + 1)
    assert hand.acts <= 2 * TEN
    assert set(Occurrence.objects.filter(answer__isnull=False).values_list("state", flat=True)) == {"reported"}
    assert Answer.objects.count() == TEN
    expect(page.locator(".work-saved").first).to_contain_text("Đã lưu")


def test_ten_items_are_answered_at_once_in_a_few_clicks(visit, plan, ha):
    page = visit(ha, "/work/")
    hand = Counted(page)
    hand.press("a")
    expect(page.locator("[data-chosen]")).to_have_text("Đã chọn 10")
    page.fill("#several-words", "Đang thực hiện theo tiến độ")
    hand.click("#several button")
    expect(page.locator(".flash")).to_contain_text("Đã trả lời 10 việc")
    assert hand.acts <= 3
    assert Answer.objects.filter(words="Đang thực hiện theo tiến độ").count() == TEN


def test_a_file_is_dropped_and_what_is_refused_stands_at_its_field(visit, plan, ha, tmp_path):
    page = visit(ha, "/work/")
    page.keyboard.press("Enter")
    form = page.locator("[data-form]")
    form.wait_for()
    wrong = tmp_path / "phan-mem.exe"
    wrong.write_bytes(b"MZ")
    form.locator("input[type=file]").set_input_files(wrong)
    page.keyboard.press("w")
    page.keyboard.type("Đã hướng dẫn")
    page.keyboard.press("Control+Enter")
    expect(form.locator(".work-files .errorlist")).to_contain_text("phan-mem.exe")
    expect(form.locator("textarea")).to_have_value("Đã hướng dẫn")
    drop = """(form) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File(["%PDF-1.7"], "bao-cao.pdf", { type: "application/pdf" }));
      form.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true }));
    }"""
    form.locator("form").evaluate(drop)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".work-saved")).to_have_count(1)
    assert Evidence.objects.get().name == "bao-cao.pdf"


def test_two_people_who_answer_one_item_see_both_versions(visit, plan, ha, binh):
    page = visit(ha, "/work/")
    page.keyboard.press("w")
    page.locator("[data-form] textarea").wait_for()
    row = Occurrence.objects.get(pk=page.locator("[data-form]").get_attribute("id").removeprefix("o-"))
    answer(occurrence=row.pk, by=binh, update=Update(key=uuid4(), seen=0, claim="in_progress", words="Mới làm một nửa"))
    expect(page.locator("[data-form] textarea")).to_be_focused()
    page.keyboard.type("Đã làm gần xong")
    page.keyboard.press("Control+Enter")
    both = page.locator(".work-unseen")
    expect(both).to_contain_text("Trần Văn Bình đã trả lời trong lúc bạn viết")
    expect(both).to_contain_text("Mới làm một nửa")
    expect(both).to_contain_text("Đã làm gần xong")


def test_reports_are_confirmed_by_key_or_all_at_once(visit, plan, ha, binh):
    for row in Occurrence.objects.filter(due_on__lt=localdate())[:4]:
        answer(occurrence=row.pk, by=ha, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong"))
    page = visit(binh, "/work/?group=confirm")
    page.keyboard.press("c")
    expect(page.locator(".work-saved")).to_have_text("Đã xác nhận")
    page.keyboard.press("r")
    page.locator("[data-form] textarea").wait_for()
    page.keyboard.type("Thiếu danh sách")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".work-saved")).to_have_count(2)
    page.goto("/work/?group=confirm")
    page.locator("[form=confirm-all]").click()
    expect(page.locator(".flash")).to_contain_text("Đã xác nhận 2 báo cáo")
    assert sorted(Occurrence.objects.filter(answer__isnull=False).values_list("state", flat=True)) == [
        "confirmed", "confirmed", "confirmed", "returned",
    ]  # fmt: skip


def test_a_name_is_offered_after_an_at_sign(visit, plan, ha, binh):
    row = Occurrence.objects.filter(due_on__lt=localdate()).first()
    page = visit(ha, f"/work/{row.pk}/")
    page.locator("#note-words").click()
    page.keyboard.type("Nhờ @binh")
    expect(page.locator("[role=option]")).to_have_text(["Trần Văn Bình"])
    page.keyboard.press("Enter")
    expect(page.locator("#note-words")).to_have_value("Nhờ @Trần Văn Bình ")
    page.keyboard.type("xem giúp")
    page.locator(".work-note button").click()
    expect(page.locator(".work-notes")).to_contain_text("nhắc Trần Văn Bình")


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_every_page_of_work(visit, plan, ha, binh, size, language):
    rows = list(Occurrence.objects.filter(due_on__lt=localdate()).order_by("pk"))
    for row in rows[:2]:
        answer(occurrence=row.pk, by=ha, update=Update(key=uuid4(), seen=0, claim="reported", words="Xong", percent=90))
    until = localdate() + timedelta(days=30)
    asked = request_make(
        line=rows[2].line, kind="extension", by=ha, reason="Chờ kinh phí", occurrence=rows[2].pk, until=until
    )
    note_add(task=rows[0].line.task, by=ha, words="Nhờ xem giúp", occurrence=rows[0], mentions=[binh])
    line, task = rows[0].line_id, rows[0].line.task_id
    page = visit(binh, "/work/", size=size, language=language)
    found = faults(page, "my work", size)
    page.keyboard.press("Enter")
    page.locator("[data-form]").wait_for()
    found += faults(page, "form", size)
    addresses = [
        "/work/?group=confirm", "/work/?mine=1", "/work/?group=decide", f"/work/{rows[0].pk}/", f"/work/{rows[0].pk}/verdict/",
        f"/work/{rows[3].pk}/answer/", f"/work/{rows[3].pk}/ask/", f"/work/{rows[3].pk}/evidence/", f"/work/tasks/{task}/",
        f"/work/tasks/{task}/note/", f"/work/tasks/{task}/lead/", f"/work/lines/{line}/owner/", f"/work/lines/{line}/give/",
        f"/work/requests/{asked.pk}/", f"/plans/{plan.pk}/", f"/plans/{plan.pk}/tasks/{task}/",
    ]  # fmt: skip
    for address in addresses:
        page.goto(address)
        if "/plans/" in address and "/tasks/" in address:
            page.locator(".work-panel").wait_for()
        found += faults(page, address, size)
    assert not found, "\n".join(found)


def test_without_scripts_an_item_is_answered_by_plain_forms(visit, browser, plan, ha):
    page = visit(ha)
    plain = browser.new_context(
        java_script_enabled=False, base_url=visit.address, storage_state=page.context.storage_state()
    )
    page = plain.new_page()
    page.goto("/work/")
    page.locator("[data-act=answer]").first.click()
    page.fill("textarea[name=words]", "Đã hướng dẫn")
    page.locator("[data-save]").click()
    expect(page.locator(".flash, .note").first).to_contain_text("Đã lưu")
    page.goto("/work/")
    page.locator(".work-pick").nth(1).check()
    page.fill("#several-words", "Đang làm")
    with page.expect_navigation():
        page.locator("#several button").click()
    assert Answer.objects.count() == 2
