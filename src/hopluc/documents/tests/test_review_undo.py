"""Undoing puts everything back, and loses nobody's work."""

from __future__ import annotations

import pytest

from hopluc.documents import review
from hopluc.documents.errors import (
    NothingToUndo,
    UndoOvertaken,
)
from hopluc.documents.finding import value_of_words
from hopluc.documents.tests import making
from hopluc.documents.tests.making import act, at, refuses


def one_act(verb, plan, by):
    item, other = at(plan, "II/1"), at(plan, "II/2")
    value = value_of_words(plan.versions.get(), (0, 20), "task")
    typed = {"text": "Xem lại", "lead": [], "deadline": "thường xuyên"}
    {
        "accept": lambda: act("item_accept", plan, item, by=by),
        "reject": lambda: act("item_reject", plan, item, by=by),
        "reopen": lambda: act("item_reopen", plan, item, by=by),
        "edit": lambda: act("item_edit", plan, item, by=by, typed=typed),
        "split": lambda: act("item_split", plan, item, by=by, cut=20),
        "merge": lambda: review.items_merge(document=plan, seen=making.seen([item, other]), by=by),
        "add": lambda: review.item_add(document=plan, kind="task", value=value, by=by),
        "accept_sure": lambda: review.items_accept_sure(document=plan, by=by),
    }[verb]()


VERBS = ["accept", "reject", "reopen", "edit", "split", "merge", "add", "accept_sure"]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("decided", ["item_accept", "item_reject", None])
def test_undo_puts_back_exactly_what_was(plan, hoa, verb, decided):
    if decided:
        act(decided, plan, at(plan, "II/1"), by=hoa)
    before = making.picture(plan)
    one_act(verb, plan, hoa)
    assert (
        verb == "reopen"
        or (verb == "accept" and decided)
        or (verb, decided) == ("reject", "item_reject")
        or making.picture(plan) != before
    )
    undone = review.review_undo(document=plan, by=hoa)
    assert (undone.verb, undone.undone) == (verb, True)
    assert making.picture(plan) == before


def test_undo_goes_further_back_each_time(plan, hoa):
    pictures = [making.picture(plan)]
    for verb in ("accept", "edit", "split", "add"):
        one_act(verb, plan, hoa) if verb != "split" else act("item_split", plan, at(plan, "II/4"), by=hoa, cut=30)
        pictures.append(making.picture(plan))
    for picture in reversed(pictures[:-1]):
        review.review_undo(document=plan, by=hoa)
        assert making.picture(plan) == picture
    refuses(NothingToUndo, plan, lambda: review.review_undo(document=plan, by=hoa))


def test_undo_after_an_undo_and_a_new_act(plan, hoa):
    one_act("accept", plan, hoa)
    review.review_undo(document=plan, by=hoa)
    before = making.picture(plan)
    one_act("edit", plan, hoa)
    review.review_undo(document=plan, by=hoa)
    assert making.picture(plan) == before


def test_undo_is_of_ones_own_acts(plan, hoa, nam):
    act("item_accept", plan, at(plan, "II/1"), by=hoa)
    act("item_accept", plan, at(plan, "II/2"), by=nam)
    review.review_undo(document=plan, by=hoa)
    assert (at(plan, "II/1").state, at(plan, "II/2").state) == ("pending", "accepted")
    refuses(NothingToUndo, plan, lambda: review.review_undo(document=plan, by=hoa))


def test_an_undo_that_would_lose_somebodys_work_is_refused_whole(plan, hoa, nam):
    review.items_accept_sure(document=plan, by=hoa)
    sure = plan.versions.get().items.filter(state="accepted", kind="task").first()
    act("item_reject", plan, sure, by=nam)
    refuses(UndoOvertaken, plan, lambda: review.review_undo(document=plan, by=hoa), match="Trần Văn Nam")


def test_an_added_item_that_somebody_took_up_is_not_undone(plan, hoa, nam):
    value = value_of_words(plan.versions.get(), (0, 20), "task")
    made = review.item_add(document=plan, kind="task", value=value, by=hoa)
    act("item_reject", plan, made, by=nam)
    refuses(UndoOvertaken, plan, lambda: review.review_undo(document=plan, by=hoa))
