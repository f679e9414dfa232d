"""What a review refuses, with nothing changed."""

from __future__ import annotations

import pytest

from hopluc.accounts.models import Role
from hopluc.documents import review
from hopluc.documents.errors import (
    CannotMerge,
    CannotSplit,
    ItemGone,
    NoSuchDay,
    NoSuchDeadline,
    NoSuchNumber,
    NotYours,
    NoWords,
    ReviewClosed,
    StaleItem,
)
from hopluc.documents.finding import value_of_words
from hopluc.documents.tests import making
from hopluc.documents.tests.making import act, at, edit, refuses


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"deadline": "khi nào tiện"}, NoSuchDeadline),
        ({"deadline": "31/02/2026"}, NoSuchDeadline),
        ({"text": " \n"}, NoWords),
    ],
)
def test_a_task_that_cannot_be_understood(plan, hoa, typed, error):
    refuses(error, plan, lambda: edit(plan, at(plan, "II/1"), by=hoa, **typed))


@pytest.mark.parametrize("typed", ["mười sáu", "1,2,3", "1e400", "nan", "inf", "12 %"])
def test_a_number_that_is_none(plan, hoa, typed):
    refuses(NoSuchNumber, plan, lambda: edit(plan, at(plan, "I/1", "target"), by=hoa, low=typed), match=None)


def test_a_year_that_is_none(plan, hoa):
    refuses(NoSuchNumber, plan, lambda: edit(plan, at(plan, "I/1", "target"), by=hoa, **{"from": "2026,5"}))


@pytest.mark.parametrize("due", ["13-40", "mai", "02-30", "31/4", "15/12/2026"])
def test_a_day_to_report_that_is_none(plan, hoa, due):
    duty = plan.versions.get().items.filter(kind="duty").first()
    refuses(NoSuchDay, plan, lambda: edit(plan, duty, by=hoa, due=due))


@pytest.mark.parametrize("cut", [0, 10_000])
def test_a_part_without_words(plan, hoa, cut):
    refuses(CannotSplit, plan, lambda: act("item_split", plan, at(plan, "II/1"), by=hoa, cut=cut))


def test_what_cannot_be_merged(plan, hoa):
    task, target = at(plan, "II/1"), at(plan, "I/1", "target")
    duties = list(plan.versions.get().items.filter(kind="duty"))
    for items in ([task], [task, target], duties, [task, task]):
        refuses(
            (CannotMerge, StaleItem),
            plan,
            lambda items=items: review.items_merge(document=plan, seen=making.seen(items), by=hoa),
        )


@pytest.mark.parametrize(
    "verb", ["item_accept", "item_reject", "item_reopen", "item_edit", "item_split", "items_merge"]
)
def test_who_saw_an_older_item_changes_nothing(plan, hoa, nam, verb):
    stale, other = at(plan, "II/1"), at(plan, "II/2")
    edit(plan, at(plan, "II/1"), by=nam, text="Rà soát chính sách")
    more = {"item_edit": {"typed": {"text": "Xem lại chính sách"}}, "item_split": {"cut": 20}}.get(verb, {})

    def late():
        if verb == "items_merge":
            return review.items_merge(document=plan, seen=making.seen([other, stale]), by=hoa)
        return act(verb, plan, stale, by=hoa, **more)

    refusal = refuses(StaleItem, plan, late, match="Trần Văn Nam")
    assert refusal.item.value["text"] == "Rà soát chính sách"


def test_a_replaced_item_is_out_of_reach(plan, hoa):
    item = at(plan, "II/4")
    act("item_split", plan, item, by=hoa, cut=30)
    item.refresh_from_db()
    refuses(StaleItem, plan, lambda: act("item_accept", plan, item, by=hoa))


def test_an_item_of_another_document_is_out_of_reach(plan, hoa):
    other = making.document(making.TEXT.replace("1627", "1628"), by=hoa)
    refuses(ItemGone, plan, lambda: act("item_accept", plan, at(other, "II/1"), by=hoa))


def everything(plan, by):
    item, other = at(plan, "II/1"), at(plan, "II/2")
    value = value_of_words(plan.versions.get(), (0, 20), "task")
    yield lambda: act("item_accept", plan, item, by=by)
    yield lambda: act("item_reject", plan, item, by=by)
    yield lambda: act("item_reopen", plan, item, by=by)
    yield lambda: act("item_edit", plan, item, by=by, typed={"text": "a"})
    yield lambda: act("item_split", plan, item, by=by, cut=20)
    yield lambda: review.items_merge(document=plan, seen=making.seen([item, other]), by=by)
    yield lambda: review.item_add(document=plan, kind="task", value=value, by=by)
    yield lambda: review.items_accept_sure(document=plan, by=by)
    yield lambda: review.review_undo(document=plan, by=by)


def test_a_closed_review_stays_as_it_is(plan, hoa):
    act("item_accept", plan, at(plan, "II/1"), by=hoa)
    version = plan.versions.get()
    review.review_close(version=version, at=version.read_at)
    for work in everything(plan, hoa):
        refuses(ReviewClosed, plan, work)
    review.review_reopen(document=plan, by=hoa)
    act("item_reject", plan, at(plan, "II/1"), by=hoa)


@pytest.mark.parametrize(
    ("role", "key"), [(Role.COORDINATOR, "so-tc"), (Role.OFFICER, "ubnd-tinh"), (Role.VIEWER, "ubnd-tinh")]
)
def test_others_change_nothing(plan, role, key):
    stranger = making.person("Người khác", role, making.agency(key))
    for work in everything(plan, stranger):
        refuses(NotYours, plan, work)
    refuses(NotYours, plan, lambda: review.review_reopen(document=plan, by=stranger))
