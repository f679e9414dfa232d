"""Acts of a review at one moment: each has one winner. A module of its own, beside no transaction that a module keeps."""

from __future__ import annotations

import pytest

from hopluc.documents import review
from hopluc.documents.errors import StaleItem
from hopluc.documents.models import Act, Item
from hopluc.documents.tests import making
from hopluc.documents.tests.making import at, at_once

pytestmark = pytest.mark.django_db(transaction=True)


def names(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_of_two_acts_on_one_item_at_one_moment_one_is_told_that_it_is_late():
    hoa, nam = making.person("Nguyễn Thị Hoa"), making.person("Trần Văn Nam")
    plan = making.document(by=hoa)
    item = at(plan, "II/1")
    about = {"document": plan, "item_id": item.pk, "revision": item.revision}
    outcomes = at_once(
        lambda: review.item_edit(**about, typed={"text": "Một"}, by=hoa),
        lambda: review.item_reject(**about, by=nam),
    )
    assert names(outcomes) == ["NoneType", "StaleItem"]
    winner = Act.objects.get()
    late = next(outcome for outcome in outcomes if isinstance(outcome, StaleItem))
    assert str(winner.by) in str(late)
    now = Item.objects.get(pk=item.pk)
    assert (now.revision, now.changed_by) == (item.revision + 1, winner.by)
    assert now.state == {"edit": "accepted", "reject": "rejected"}[winner.verb]


def test_acts_on_different_items_at_one_moment_all_count():
    people = [making.person(f"Người {turn}") for turn in range(4)]
    plan = making.document(by=people[0])
    before = plan.clock
    items = [at(plan, f"II/{turn}") for turn in range(1, 5)]
    outcomes = at_once(*(
        lambda item=item, by=by: review.item_accept(document=plan, item_id=item.pk, revision=item.revision, by=by)
        for item, by in zip(items, people, strict=True)
    ))  # fmt: skip
    assert outcomes == [None] * 4
    assert sorted(Act.objects.values_list("clock", flat=True)) == [before + turn for turn in range(1, 5)]
    assert sorted(Item.objects.filter(state="accepted").values_list("stamp", flat=True)) == [
        before + turn for turn in range(1, 5)
    ]


def test_one_act_is_undone_once_though_asked_twice_at_one_moment():
    hoa = making.person()
    plan = making.document(by=hoa)
    before = making.picture(plan)
    item = at(plan, "II/1")
    review.item_accept(document=plan, item_id=item.pk, revision=item.revision, by=hoa)
    outcomes = at_once(*[lambda: review.review_undo(document=plan, by=hoa)] * 2)
    assert names(outcomes) == ["Act", "NothingToUndo"]
    assert making.picture(plan) == before
