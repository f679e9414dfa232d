"""Every page in both sizes, languages and themes (in the long run): axe finds nothing, nothing scrolls sideways, nothing errs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hopluc.accounts.models import Role
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import special_day_save
from hopluc.documents import jobs, review, sheets
from hopluc.documents.models import Item
from hopluc.documents.services import document_begin, document_bin
from hopluc.documents.tests import making
from hopluc.documents.tests.test_sheets import WRONG
from hopluc.forms.loading import forms_load
from hopluc.forms.messaging import message_send
from hopluc.plans.services import plan_issue
from tests.browser.conftest import DESKTOP, MANNERS, PHONE, SIZES
from tests.vanban.workbooks import xlsx

AXE = (Path(__file__).parents[1] / "vendor" / "axe.min.js").read_text()
RUN = """async () => {
  const found = await axe.run({ resultTypes: ["violations"], preload: false });
  return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.html.slice(0, 160) + " " + node.failureSummary).join(" | ")}`);
}"""
THEME = "(theme) => { document.documentElement.dataset.bsTheme = theme; }"
SIDEWAYS = """() => {
  const room = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= room) return "";
  const scrolls = (each) => getComputedStyle(each).overflowX !== "visible";
  const inScroller = (each) => each.offsetParent && each.parentElement && (scrolls(each.parentElement) || inScroller(each.parentElement));
  const beyond = (each) => each.getBoundingClientRect().right > room + 1;
  const wide = [...document.querySelectorAll("body *")].filter((each) => beyond(each) && !inScroller(each));
  return wide.slice(0, 4).map((each) => each.outerHTML.slice(0, 100)).join(" | ") || "something";
}"""


def accept_all(document, by):
    for item in document.versions.latest("number").items.filter(state="pending"):
        review.item_accept(document=document, item_id=item.pk, revision=item.revision, by=by)


def places(administrator) -> dict[str, str]:
    """The addresses of one page of every kind, with something on it."""
    draft = making.document(by=administrator)
    issued = making.document(making.TEXT.replace("1627", "1628"), by=administrator)
    accept_all(issued, administrator)
    plan = plan_issue(document=issued, by=administrator)
    ready = making.document(making.TEXT.replace("1627", "1629"), by=administrator)
    accept_all(ready, administrator)
    corrected = making.document(making.TEXT.replace("1627", "1630"), by=administrator)
    making.corrected(corrected, making.TEXT.replace("cán bộ quản lý", "cán bộ quản lý, kế toán"), by=administrator)
    failed = making.sent(making.file(b"", "trong.docx"), by=administrator)
    jobs.version_read(failed.pk)
    waiting = making.sent(making.file("chờ", "cho.txt"), by=administrator)
    sheet = making.sent(making.file(xlsx(WRONG), "bang.xlsx"), by=administrator)
    jobs.version_read(sheet.pk)
    sheet.refresh_from_db()
    sheets.columns_choose(version=sheet, roles={}, by=administrator)
    jobs.sheet_try(sheet.pk)
    hand = document_begin(title="Kế hoạch gõ tay", owner=making.agency(), by=administrator)
    binned = making.sent(making.file("bỏ", "bo.txt"), by=administrator)
    document_bin(document=binned.document, by=administrator)
    special = special_day_save(
        entry=SpecialDay(day=date(2027, 12, 14), kind="off", name="Nghỉ bão"), by=administrator.pk
    )
    forms_load()
    message = message_send(to=administrator, subject="Nhắc việc", body="Xem trang Việc của tôi.")
    task, target, duty = plan.tasks.first(), plan.targets.first(), plan.duties.first()
    return {
        "home": "/",
        "search": "/search/?q=hop+tac+xa",
        "documents": "/documents/",
        "none found": "/documents/?q=khôngcógì",
        "bin": "/documents/bin/",
        "begin": "/documents/begin/",
        "read": f"/documents/{draft.pk}/",
        "failed": f"/documents/{failed.document_id}/",
        "waiting": f"/documents/{waiting.document_id}/",
        "issued": f"/documents/{issued.pk}/",
        "header": f"/documents/{draft.pk}/header/",
        "source": f"/documents/{draft.pk}/source/#words=219-354",
        "review": f"/documents/{draft.pk}/review/",
        "review, corrected": f"/documents/{corrected.pk}/review/",
        "review by hand": f"/documents/{hand.pk}/review/",
        "columns": f"/documents/{sheet.document_id}/columns/",
        "to be issued": f"/plans/issue/{ready.pk}/",
        "not to be issued": f"/plans/issue/{draft.pk}/",
        "plans": "/plans/",
        "plan": f"/plans/{plan.pk}/",
        "task": f"/plans/{plan.pk}/tasks/{task.pk}/",
        "targets": f"/plans/{plan.pk}/targets/",
        "target": f"/plans/{plan.pk}/targets/{target.pk}/",
        "calendar": f"/plans/{plan.pk}/calendar/",
        "duty": f"/plans/{plan.pk}/calendar/{duty.pk}/",
        "chain": f"/plans/{plan.pk}/chain/",
        "history": f"/plans/{plan.pk}/history/",
        "working days": "/working-days/2027/",
        "working days, asked": "/working-days/2027/?start=05/02/2027&count=5&way=after",
        "working days, asked wrongly": "/working-days/2027/?start=1/1/9999&count=5&way=after",
        "a day of one's own": f"/working-days/entries/{special.pk}/",
        "a day to remove": f"/working-days/entries/{special.pk}/remove/",
        "forms": "/forms/filings/",
        "definitions": "/forms/",
        "definition": "/forms/definitions/cap-nhat-nhiem-vu/1/",
        "cases": "/cases/",
        "messages": "/messages/",
        "message": f"/messages/{message.pk}/",
        "outbox": "/messages/outbox/",
        "people": "/people/",
        "new person": "/people/new/",
        "person": f"/people/{administrator.pk}/",
        "password": "/password/",
        "nowhere": "/documents/999999/",
    }


def faults(page, name, size=DESKTOP) -> list[str]:
    """What axe finds, in the light on a desktop and in the dark on a phone; what makes the page scroll sideways on either."""
    if page.evaluate("() => typeof axe") == "undefined":
        page.evaluate(AXE)
    page.evaluate(THEME, "light" if size is DESKTOP else "dark")
    found = [f"{name}: {each}" for each in page.evaluate(RUN)]
    if size is DESKTOP:
        page.set_viewport_size(PHONE)
        found += sideways(page, f"{name} at 360")
        page.set_viewport_size(DESKTOP)
    return found + sideways(page, name)


def sideways(page, name) -> list[str]:
    wide = page.evaluate(SIDEWAYS)
    return [f"{name}: the page scrolls sideways for {wide}"] * bool(wide)


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_every_page(visit, size, language):
    administrator = making.person("Nguyễn Thị Ánh", Role.ADMINISTRATOR)
    administrator.password = "a password, so that there is one to change"
    administrator.save()
    page = visit(administrator, size=size, language=language)
    found = []
    for name, path in places(administrator).items():
        page.goto(path)
        found += faults(page, name, size)
    visit.troubles[:] = [trouble for trouble in visit.troubles if "status of 404" not in trouble]
    assert not found, "\n".join(found)
    assert page.locator("html").get_attribute("lang") == language


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_every_form_of_the_review(visit, size, language):
    """What opens within the page: edit, split, merge, add, and two versions of one item."""
    hoa, nam = making.person("Nguyễn Thị Hoa"), making.person("Trần Văn Nam")
    plan = making.document(by=hoa)
    page = visit(hoa, f"/documents/{plan.pk}/review/", size=size, language=language)
    found = []
    for kind, address in (("task", "II/1"), ("target", "I/1")):
        item = making.at(plan, address, kind)
        for act in ("edit", "split", "merge") if kind == "task" else ("edit",):
            page.locator(f"#item-{item.pk} .item-text").click()  # an item shows its acts when it is the current one
            page.locator(f"#item-{item.pk} [data-act={act}]").click()
            page.locator(f"#item-{item.pk}[data-editing]").wait_for()
            found += faults(page, f"{act} {kind}", size)
            page.locator(f"#item-{item.pk} [data-cancel]").click()
            page.locator(f"#item-{item.pk}:not([data-editing])").wait_for()
    page.locator("[data-add]").click()
    page.locator("#review-new [data-editing]").wait_for()
    found += faults(page, "add", size)
    page.locator("#review-new [data-cancel]").click()
    item = making.at(plan, "II/2")
    page.locator(f"#item-{item.pk} .item-text").click()
    page.locator(f"#item-{item.pk} [data-act=edit]").click()
    page.locator(f"#item-{item.pk}[data-editing]").wait_for()
    review.item_reject(document=plan, item_id=item.pk, revision=item.revision, by=nam)
    page.locator(f"#item-{item.pk} form button.btn-primary").click()
    page.locator(".item-stale").wait_for()
    found += faults(page, "stale", size)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("size", SIZES)
def test_pages_without_anything_and_the_way_in(visit, size):
    page = visit(None, "/sign-in/", size=size)
    found = faults(page, "sign in", size)
    page = visit(making.person(), size=size)
    for path in ("/", "/documents/", "/documents/bin/", "/plans/", "/search/?q=xyz"):
        page.goto(path)
        found += faults(page, f"{path}, empty", size)
    assert not found, "\n".join(found)
    assert not Item.objects.exists()
