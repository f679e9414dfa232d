"""The review as people do it: by keyboard, at the source's own words, two at a time."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from hopluc.documents import review
from hopluc.documents.models import Item
from hopluc.documents.tests import making
from tests.browser.conftest import DESKTOP, PHONE

LIT = """([name, words]) => {
  const said = [...(CSS.highlights.get(name) ?? [])].map(String).join("").split(/\\s+/).join(" ").trim();
  return said === words;
}"""


def open_review(visit, user, document, **manner) -> Page:
    page = visit(user, f"/documents/{document.pk}/review/", **manner)
    expect(page.locator(".item-current")).to_be_visible()
    expect(page.locator("[data-source] [data-s]")).not_to_have_count(0)
    page.wait_for_function("() => document.fonts.status === 'loaded'")  # lines do not move under a hand any more
    return page


def card(page: Page, item: Item):
    return page.locator(f"#item-{item.pk}")


def choose(page: Page, item: Item) -> None:
    card(page, item).locator(".item-text").click()
    expect(card(page, item)).to_have_class(re.compile("item-current"))


def lit(page: Page, words: str, name: str = "current") -> None:
    """Wait until the words that are lit in the source are these."""
    page.wait_for_function(LIT, arg=[name, " ".join(words.split())])


def state(page: Page, item: Item, wanted: str) -> None:
    expect(card(page, item)).to_have_attribute("data-state", wanted)


@pytest.fixture
def plan(hoa):
    return making.document(by=hoa)


@pytest.mark.thorough
def test_a_directive_of_eighty_tasks_by_keyboard_alone(visit, hoa):
    document = making.document(making.golden("khanh-hoa-2023.txt").decode(), by=hoa)
    items = document.versions.get().items
    tasks = items.filter(kind="task").count()
    assert tasks >= 80
    page = open_review(visit, hoa, document)
    count = items.count()
    for _ in range(count):
        page.keyboard.press("Enter")  # as fast as one can: what was accepted is sent while the next is up
    expect(page.locator(".review-counts strong")).to_have_text(f"{count}/{count}", timeout=60_000)
    assert not items.exclude(state="accepted").exists()


def test_the_words_of_the_current_item_are_lit_in_the_source(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    for _ in range(4):
        item = Item.objects.get(pk=page.locator(".item-current").get_attribute("data-item"))
        content = plan.versions.get().content
        lit(page, content[slice(*item.value["span"])])
        page.keyboard.press("j")
    item = making.at(plan, "II/1")
    choose(page, item)
    card(page, item).locator(".fact").first.click()
    lit(page, "Sở Tài chính", "value")


def test_an_item_that_is_clicked_brings_its_words_into_sight(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    item = making.at(plan, "II/4")
    source = page.locator("[data-source]")
    source.evaluate("(area) => { area.style.height = area.style.minHeight = '90px'; area.scrollTop = 0; }")
    choose(page, item)
    page.wait_for_function(
        "(start) => { const at = [...document.querySelectorAll('[data-source] [data-s]')].filter((each) => Number(each.dataset.s) <= start);"
        " const words = at.at(-1).getBoundingClientRect(), area = document.querySelector('[data-source]').getBoundingClientRect();"
        " return words.bottom > area.top && words.top < area.bottom; }",
        arg=item.value["span"][0],
    )
    assert source.evaluate("(area) => area.scrollTop") > 0


def test_a_click_into_the_source_finds_its_item(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    page.locator("[data-source]").get_by_text("chuyển đổi số").click()
    expect(card(page, making.at(plan, "II/3"))).to_have_class(re.compile("item-current"))


def test_an_item_is_corrected_with_bodies_by_type_ahead_and_a_deadline_in_words(visit, hoa, plan):
    item = making.at(plan, "II/3")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    form = card(page, item)
    form.locator("#f-lead-ts-control").click()
    page.keyboard.type("so tai chinh")
    form.get_by_role("option", name="Sở Tài chính", exact=True).click()
    form.locator("#f-deadline").fill("mỗi năm, trước ngày 15/12")
    expect(form.locator("#f-meaning")).to_contain_text("hằng năm, trước ngày 15/12")
    page.keyboard.press("Control+Enter")
    state(page, item, "accepted")
    expect(card(page, item).locator(".fact dd").first).to_have_text("Sở Tài chính")
    item.refresh_from_db()
    assert item.value["lead"] == ["so-tc"]
    assert item.value["deadline"]["rule"] == "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"


@pytest.mark.parametrize("key", ["Enter", "Tab"])
def test_bodies_typed_faster_than_they_are_found_are_those_that_were_typed(visit, hoa, plan, key):
    item = making.at(plan, "II/3")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    form = card(page, item)
    field, chosen = form.locator("#f-lead-ts-control"), form.locator("#f-lead + .ts-wrapper .item")
    field.click()
    expect(form.locator("#f-lead + .ts-wrapper").get_by_role("option")).not_to_have_count(0)
    for count, name in enumerate(["Sở Tài chính", "Sở Nội vụ"], start=1):
        field.focus()
        page.keyboard.type(name.lower())
        page.keyboard.press(key)
        expect(chosen).to_have_count(count)
        expect(chosen.last).to_contain_text(name)
        page.wait_for_timeout(500)  # what was still to be asked for opens no list
        expect(form.locator("#f-lead + .ts-wrapper .ts-dropdown")).to_be_hidden()
    page.keyboard.press("Control+Enter")
    state(page, item, "accepted")
    item.refresh_from_db()
    assert item.value["lead"] == ["so-tc", "so-nv"]


@pytest.mark.thorough
def test_a_form_that_htmx_has_not_taken_up_yet_never_leaves_the_page(visit, hoa, plan):
    item = making.at(plan, "II/3")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    form = card(page, item).locator("form[hx-post]")
    form.evaluate("(form) => { window.stayed = true; form.replaceWith(form.cloneNode(true)); }")  # put in without htmx
    form.locator("#f-text").fill("Gõ nhanh")
    page.keyboard.press("Control+Enter")
    state(page, item, "accepted")
    expect(card(page, item).locator(".item-text")).to_have_text("Gõ nhanh")
    assert page.evaluate("() => window.stayed")
    item.refresh_from_db()
    assert item.revision == 1


def test_a_deadline_that_nobody_understands_stays_in_the_form(visit, hoa, plan):
    item = making.at(plan, "II/3")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    card(page, item).locator("#f-deadline").fill("khi nào tiện")
    page.keyboard.press("Control+Enter")
    expect(card(page, item).locator("form [role=alert]")).to_contain_text("khi nào tiện")
    expect(card(page, item).locator("#f-deadline")).to_have_value("khi nào tiện")
    item.refresh_from_db()
    assert item.state == "pending"


def test_reject_and_undo(visit, hoa, plan):
    item = making.at(plan, "II/2")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("x")
    state(page, item, "rejected")
    page.keyboard.press("u")
    state(page, item, "pending")


def test_split_at_the_cursor_and_undo(visit, hoa, plan):
    item = making.at(plan, "II/4")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("s")
    text = card(page, item).locator("#f-split")
    cut = item.value["text"].index("tổng hợp")
    expect(text).to_be_focused()
    text.evaluate("(area, at) => area.setSelectionRange(at, at)", cut)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".item-text", has_text=re.compile("^tổng hợp kết quả"))).to_be_visible()
    expect(card(page, item)).to_have_count(0)
    page.locator(".item-text", has_text=re.compile("^tổng hợp kết quả")).click()
    content = plan.versions.get().content
    lit(page, content[content.index("tổng hợp kết quả") : item.value["span"][1]])
    page.keyboard.press("u")
    state(page, item, "pending")
    expect(page.locator(".item-text", has_text=re.compile("^tổng hợp kết quả"))).to_have_count(0)


def test_merge_with_the_next(visit, hoa, plan):
    one, other = making.at(plan, "II/1"), making.at(plan, "II/2")
    page = open_review(visit, hoa, plan)
    choose(page, one)
    page.keyboard.press("m")
    expect(card(page, one).locator("[data-first]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(
        page.locator(".item-text", has_text="hỗ trợ hợp tác xã, hoàn thành").filter(has_text="bồi dưỡng")
    ).to_be_visible()
    expect(card(page, other)).to_have_count(0)


def test_words_selected_in_the_source_become_an_item(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    before = page.locator(".item").count()
    page.locator("[data-source] p", has_text="Phát triển kinh tế tập thể năm 2026").click(click_count=3)
    page.keyboard.press("a")
    form = page.locator("#review-new [data-editing]")
    expect(form.locator("#f-text")).to_have_value("Phát triển kinh tế tập thể năm 2026")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#review-items .item")).to_have_count(before + 1)
    added = making.with_words(plan, "Phát triển kinh tế tập thể năm 2026")
    choose(page, added)
    lit(page, "Phát triển kinh tế tập thể năm 2026")


def test_all_sure_ones_at_once(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    page.keyboard.press("Shift+A")
    expect(page.locator(".review-said")).to_contain_text("3")
    expect(page.locator("#review-items [data-state=accepted]")).to_have_count(3)
    page.keyboard.press("u")
    expect(page.locator("#review-items [data-state=accepted]")).to_have_count(0)


def test_when_all_is_reviewed_the_way_to_issuing_is_in_sight(visit, hoa, plan):
    page = open_review(visit, hoa, plan)
    onwards = page.locator("#review-progress").get_by_role("link")
    expect(onwards).to_have_count(0)
    for _ in range(plan.versions.get().items.count()):
        page.keyboard.press("Enter")
    expect(onwards).to_be_in_viewport()
    onwards.click()
    expect(page).to_have_url(re.compile("/plans/issue/"))


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1440", "360"])
def test_by_touch_or_mouse(visit, hoa, plan, size):
    item = making.at(plan, "II/2")
    page = open_review(visit, hoa, plan, size=size)
    if size is PHONE:
        page.locator("[data-show=source]").click()
        expect(page.locator("[data-source]")).to_be_visible()
        page.locator("[data-show=items]").click()
    choose(page, item)
    card(page, item).locator("[data-act=accept]").click()
    state(page, item, "accepted")


def test_two_reviewers_see_each_other(visit, hoa, nam, plan):
    item, other = making.at(plan, "II/1"), making.at(plan, "II/4")
    first, second = open_review(visit, hoa, plan), open_review(visit, nam, plan)
    choose(first, item)
    first.keyboard.press("Enter")
    expect(card(second, item)).to_have_attribute("data-state", "accepted", timeout=5_000)
    expect(card(second, item).locator(".item-by")).to_contain_text("Nguyễn Thị Hoa")
    choose(second, other)
    second.keyboard.press("s")
    expect(card(second, other).locator("#f-split")).to_be_focused()
    card(second, other).locator("#f-split").evaluate("(area) => area.setSelectionRange(30, 30)")
    second.keyboard.press("Control+Enter")
    expect(first.locator("#review-items [data-state=pending].item", has_text="chuỗi giá trị; tổng hợp")).to_have_count(
        1, timeout=5_000
    )


@pytest.mark.parametrize("kept", ["theirs", "mine"])
def test_a_late_correction_shows_both_versions_and_loses_neither(visit, hoa, nam, plan, kept):
    item = making.at(plan, "II/3")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    card(page, item).locator("#f-text").fill("Bản của Hoa")
    review.item_edit(document=plan, item_id=item.pk, revision=item.revision, typed={"text": "Bản của Nam"}, by=nam)
    page.keyboard.press("Control+Enter")
    expect(page.locator(".stale-theirs")).to_contain_text("Bản của Nam")
    expect(page.locator(".stale-mine #f-text")).to_have_value("Bản của Hoa")
    page.locator(f".stale-{kept} .btn").last.click()
    state(page, item, "accepted")
    expect(card(page, item).locator(".item-text")).to_have_text("Bản của Nam" if kept == "theirs" else "Bản của Hoa")
    item.refresh_from_db()
    assert item.value["text"] == ("Bản của Nam" if kept == "theirs" else "Bản của Hoa")


def test_what_others_do_does_not_tear_away_what_is_being_typed(visit, hoa, nam, plan):
    item, other = making.at(plan, "II/3"), making.at(plan, "II/1")
    page = open_review(visit, hoa, plan)
    choose(page, item)
    page.keyboard.press("e")
    card(page, item).locator("#f-text").fill("Đang gõ dở")
    for each in (item, other):
        review.item_accept(document=plan, item_id=each.pk, revision=each.revision, by=nam)
    state(page, other, "accepted")
    expect(card(page, item).locator("#f-text")).to_have_value("Đang gõ dở")
