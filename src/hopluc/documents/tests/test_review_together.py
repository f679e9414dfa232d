"""Several people review: any run of acts can be undone to where it began."""

from __future__ import annotations

import contextlib

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopluc.core.errors import Problem
from hopluc.documents import review
from hopluc.documents.errors import NothingToUndo
from hopluc.documents.finding import value_of_words
from hopluc.documents.models import Document, Item
from hopluc.documents.tests import making
from tests.examples import examples

# Any run of acts

WORDS = st.sampled_from(["Rà soát chính sách", "Sở Tài chính chủ trì", "Báo cáo"])
TYPED = st.fixed_dictionaries(
    {},
    optional={
        "text": WORDS,
        "lead": st.lists(st.sampled_from(["so-tc", "so-nv"]), max_size=2),
        "deadline": st.sampled_from(["", "quý II/2026", "hằng năm, trước ngày 15/12", "thường xuyên"]),
        "deliverable": st.sampled_from(["", "Báo cáo"]),
    },
)
PICK = st.integers(0, 30)
ACTS = st.one_of(
    st.tuples(st.sampled_from(["accept", "reject", "reopen"]), PICK),
    st.tuples(st.just("edit"), PICK, TYPED),
    st.tuples(st.just("split"), PICK, st.integers(0, 150)),
    st.tuples(st.just("merge"), PICK, PICK),
    st.tuples(st.just("add"), st.integers(0, 700), st.integers(1, 200)),
    st.tuples(st.just("sure")),
    st.tuples(st.just("undo")),
)


def do(plan: Document, by, verb, *more):
    """One act on whichever item stands at that turn, as a page that was loaded just now would ask for it."""
    items = list(plan.versions.get().items.exclude(state="replaced").filter(kind="task").order_by("pk"))
    if verb == "sure":
        return review.items_accept_sure(document=plan, by=by)
    if verb == "undo":
        return review.review_undo(document=plan, by=by)
    if verb == "add":
        value = value_of_words(plan.versions.get(), (more[0], more[0] + more[1]), "task")
        return review.item_add(document=plan, kind="task", value=value, by=by)
    item = items[more[0] % len(items)]
    about = {"document": plan, "item_id": item.pk, "revision": item.revision, "by": by}
    if verb == "edit":
        return review.item_edit(**about, typed=more[1])
    if verb == "split":
        return review.item_split(**about, cut=more[1])
    if verb == "merge":
        return review.items_merge(document=plan, seen=making.seen([item, items[more[1] % len(items)]]), by=by)
    return getattr(review, f"item_{verb}")(**about)


@settings(max_examples=examples(20), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=st.lists(ACTS, min_size=1, max_size=8))
def test_undoing_all_that_one_did_puts_back_the_beginning(plan, hoa, run):
    with transaction.atomic():
        before = making.picture(plan)
        for verb, *more in run:
            with contextlib.suppress(Problem):  # refused: nothing happened, as its own tests show
                do(plan, hoa, verb, *more)
        with contextlib.suppress(NothingToUndo):
            while True:
                review.review_undo(document=plan, by=hoa)
        assert making.picture(plan) == before
        transaction.set_rollback(True)


@settings(max_examples=examples(12), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(run=st.lists(st.tuples(st.booleans(), ACTS), min_size=1, max_size=8))
def test_whatever_two_people_do_the_page_of_the_changes_tells_all_of_it(plan, hoa, nam, run):
    """Items with a stamp after the clock that a page knows are those that differ from what it shows."""
    with transaction.atomic():
        for first, (verb, *more) in run:
            before = {item.pk: (item.revision, item.state, item.value) for item in Item.objects.all()}
            plan.refresh_from_db()
            clock = plan.clock
            with contextlib.suppress(Problem):
                do(plan, hoa if first else nam, verb, *more)
            after = {item.pk: (item.revision, item.state, item.value) for item in Item.objects.all()}
            told = set(Item.objects.filter(stamp__gt=clock).values_list("pk", flat=True))
            assert {pk for pk, seen in after.items() if before.get(pk) != seen} == told
        transaction.set_rollback(True)
