"""Acts of a review: what each does to its items, what it refuses, and that undoing puts everything back."""

from __future__ import annotations

import re

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
    NothingToUndo,
    NotYours,
    NoWords,
    ReviewClosed,
    StaleItem,
    UndoOvertaken,
)
from hopluc.documents.finding import value_of_words
from hopluc.documents.models import Act, Item
from hopluc.documents.tests import making
from hopluc.documents.tests.making import at
from hopluc.units.models import Body
from hopluc.units.services import body_named


def act(verb, document, item, *, by, **more):
    return getattr(review, verb)(document=document, item_id=item.pk, revision=item.revision, by=by, **more)


def edit(document, item, *, by, **typed):
    act("item_edit", document, item, by=by, typed=typed)
    return Item.objects.get(pk=item.pk)


# What each does


@pytest.mark.parametrize(
    ("verb", "state"), [("item_accept", "accepted"), ("item_reject", "rejected"), ("item_reopen", "pending")]
)
def test_a_decision_changes_the_state_and_tells_who(plan, hoa, verb, state):
    item = at(plan, "II/1")
    act(verb, plan, item, by=hoa)
    now = at(plan, "II/1")
    assert (now.state, now.value, now.revision, now.changed_by) == (state, item.value, item.revision + 1, hoa)


def test_every_act_advances_the_clock_of_the_document(plan, hoa):
    before = plan.clock
    act("item_accept", plan, at(plan, "II/1"), by=hoa)
    act("item_reject", plan, at(plan, "II/2"), by=hoa)
    plan.refresh_from_db()
    assert plan.clock == before + 2
    assert [at(plan, address).stamp for address in ("II/1", "II/2")] == [before + 1, before + 2]
    assert list(Act.objects.order_by("clock").values_list("verb", "clock")) == [
        ("accept", before + 1),
        ("reject", before + 2),
    ]


def test_an_edited_task_is_accepted_and_leaves_no_doubt(plan, hoa):
    item = edit(
        plan, at(plan, "II/3"), by=hoa,
        text=" Đẩy mạnh \n chuyển đổi số ", lead=["so-tc", "so-nv", "so-tc"], deliverable="Báo cáo", topic="digital",
        deadline="quý II/2026",
    )  # fmt: skip
    value = item.value
    assert (item.state, item.sureness) == ("accepted", 1.0)
    assert (value["text"], value["lead"], value["deliverable"]) == (
        "Đẩy mạnh chuyển đổi số",
        ["so-tc", "so-nv"],
        "Báo cáo",
    )
    assert value["deadline"]["end"] == "2026-06-30"
    assert value["notices"] == []
    assert set(value["confidence"].values()) == {1.0}
    assert item.found["lead"] == []


def test_what_is_not_typed_stays(plan, hoa):
    before = at(plan, "II/1").value
    after = edit(plan, at(plan, "II/1"), by=hoa, deliverable="Báo cáo").value
    assert {key for key in after if after[key] != before[key]} == {"deliverable", "confidence"}


def test_what_a_person_typed_is_no_longer_shown_as_read_from_the_source(plan, hoa):
    value = edit(plan, at(plan, "II/1"), by=hoa, lead=["so-nv"]).value
    assert "lead" not in value["spans"]
    assert value["spans"]["coordinate"]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("15/12/2026", {"kind": "by", "end": "2026-12-15"}),
        ("hằng năm, trước ngày 15/12", {"kind": "recurring", "rule": "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"}),
        ("quý II/2026", {"kind": "by", "end": "2026-06-30"}),
        ("2026-2030", {"kind": "range", "start": "2026-01-01", "end": "2030-12-31"}),
        ("thường xuyên", {"kind": "ongoing"}),
        ("trước ngày 30/6", {"kind": "by", "end": "2026-06-30"}),  # the year is read from the day of issue
    ],
)
def test_a_deadline_is_typed_in_words(plan, hoa, words, expected):
    deadline = edit(plan, at(plan, "II/3"), by=hoa, deadline=words).value["deadline"]
    assert {key: deadline[key] for key in expected} == expected


def test_a_deadline_may_be_taken_away(plan, hoa):
    assert edit(plan, at(plan, "II/1"), by=hoa, deadline="  ").value["deadline"] is None


def test_the_words_of_the_source_mean_what_they_meant(plan, hoa):
    item = at(plan, "II/1")
    before = item.value["deadline"]
    assert edit(plan, item, by=hoa, deadline=before["raw"]).value["deadline"] == before


def test_a_target_is_typed_with_numbers_as_vietnamese_write_them(plan, hoa):
    item = edit(
        plan,
        at(plan, "I/1", "target"),
        by=hoa,
        indicator="số hợp tác xã",
        op="=",
        low="1.234,5",
        high="2.000",
        unit="tỷ",
    )
    assert [item.value[key] for key in ("indicator", "op", "low", "high", "unit")] == [
        "số hợp tác xã",
        "=",
        1234.5,
        2000,
        "tỷ",
    ]
    item = edit(plan, item, by=hoa, high="", low="0,5", **{"from": "2021", "unit": ""})
    assert [item.value[key] for key in ("low", "high", "from", "unit")] == [0.5, None, 2021, None]


def test_a_duty_is_typed(plan, hoa):
    duty = plan.versions.get().items.filter(kind="duty").first()
    value = edit(
        plan, duty, by=hoa, **{"from": ["so-nv"], "to": ["ubnd-tinh"], "frequency": "quarterly", "due": "06-15"}
    ).value
    assert [value[key] for key in ("from", "to", "via", "frequency", "due")] == [
        ["so-nv"],
        ["ubnd-tinh"],
        [],
        "quarterly",
        "06-15",
    ]


@pytest.mark.parametrize(("typed", "kept"), [("15/12", "12-15"), ("6-5", "06-05"), ("29/2", "02-29"), ("", None)])
def test_a_day_to_report_is_typed_as_people_write_it(plan, hoa, typed, kept):
    duty = plan.versions.get().items.filter(kind="duty").first()
    assert edit(plan, duty, by=hoa, due=typed).value["due"] == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("1.234,5", 1234.5), ("12.345.678", 12345678), ("0,5", 0.5), ("0.5", 0.5), ("1.5", 1.5), ("16", 16), ("-3", -3)],
)
def test_a_number_is_what_was_meant(plan, hoa, typed, kept):
    assert edit(plan, at(plan, "I/1", "target"), by=hoa, low=typed).value["low"] == kept


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_form_that_is_saved_as_it_came_changes_no_number(client, plan, hoa, language):
    item = at(plan, "I/1", "target")
    act("item_edit", plan, item, by=hoa, typed={"low": "1.234,5", "high": "0,5", "by": "2030", "from": ""})
    client.force_login(hoa)
    client.cookies.load({"django_language": language})
    address = f"/documents/{plan.pk}/review/{item.pk}/edit/"
    fields = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', client.get(address).content.decode()))
    assert client.post(address, fields | {"op": item.value["op"]}).status_code == 200
    now = Item.objects.get(pk=item.pk).value
    assert [now[name] for name in ("low", "high", "by", "from")] == [1234.5, 0.5, 2030, None]


def test_a_body_that_no_list_has_is_kept_by_its_name(db):
    key = body_named("new:  Hội Làm vườn  tỉnh ")
    assert Body.objects.get(key=key).name == "Hội Làm vườn tỉnh"
    assert body_named("new:Sở Tài chính") == "so-tc"
    assert body_named("so-nv") == "so-nv"


def test_a_task_is_split_with_its_words_in_the_source(plan, hoa):
    item = at(plan, "II/4")
    cut = item.value["text"].index("tổng hợp")
    parts = act("item_split", plan, item, by=hoa, cut=cut)
    content = plan.versions.get().content
    assert [part.value["text"] for part in parts] == [item.value["text"][:cut].strip(), item.value["text"][cut:]]
    for part in parts:
        assert " ".join(content[slice(*part.value["span"])].split()) == part.value["text"]
    assert [part.value["lead"] for part in parts] == [["so-nnmt"]] * 2
    assert [(part.state, part.value["at"]) for part in parts] == [("pending", "II/4.1"), ("pending", "II/4.2")]
    assert Item.objects.get(pk=item.pk).state == "replaced"


def test_parts_lie_only_where_their_words_do(plan, hoa):
    """The time stands in the second half: the first part's source words do not reach into it."""
    item = at(plan, "II/4")
    first, second = act("item_split", plan, item, by=hoa, cut=item.value["text"].index("tổng hợp"))
    for part in (first, second):
        low, high = part.value["span"]
        for spans in part.value["spans"].values():
            assert all(low <= start and end <= high for start, end in spans)


def test_tasks_are_merged(plan, hoa):
    items = [at(plan, "II/1"), at(plan, "II/2")]
    made = review.items_merge(document=plan, seen=making.seen(items), by=hoa)
    one, other = (item.value for item in items)
    assert made.value["text"] == f"{one['text']} {other['text']}"
    assert (made.value["lead"], made.value["coordinate"]) == (["so-tc", "so-nv"], ["lmhtx-tinh"])
    assert made.value["span"] == [one["span"][0], other["span"][1]]
    assert made.value["spans"]["text"] == [one["span"], other["span"]]
    assert (made.state, made.origin) == ("pending", "merged")
    assert {Item.objects.get(pk=item.pk).state for item in items} == {"replaced"}


def test_words_selected_in_the_source_are_read(plan, hoa):
    version = plan.versions.get()
    start = version.content.index("Sở Nội vụ")
    end = version.content.index("\n", start)
    value = value_of_words(version, (start, end), "task")
    assert (value["text"], value["span"]) == (version.content[start:end], [start, end])
    assert value["lead"] == ["so-nv"]
    assert value["deadline"]["end"] == "2026-06-30"
    made = review.item_add(document=plan, kind="task", value=value, by=hoa)
    assert (made.position, made.state, made.origin, made.found) == (start, "accepted", "added", None)


@pytest.mark.parametrize("kind", ["task", "target", "duty"])
def test_any_words_can_be_added_as_anything(plan, kind):
    version = plan.versions.get()
    for span in ((0, 0), (0, 5), (5, 10**9), (10**9, 10**9 + 4), (200, 100)):
        value = value_of_words(version, span, kind)
        start, end = value["span"]
        assert 0 <= start <= end <= len(version.content)


def test_what_is_sure_is_accepted_at_once(plan, hoa):
    count = review.items_accept_sure(document=plan, by=hoa)
    states = {item.pk: (item.state, item.sureness) for item in plan.versions.get().items.all()}
    assert count == sum(sureness >= review.SURE for _, sureness in states.values()) == 3
    assert all((state == "accepted") == (sureness >= review.SURE) for state, sureness in states.values())
    assert Act.objects.count() == 1


def test_what_somebody_decided_is_not_accepted_as_sure(plan, hoa):
    sure = plan.versions.get().items.filter(sureness__gte=review.SURE).first()
    act("item_reject", plan, sure, by=hoa)
    review.items_accept_sure(document=plan, by=hoa)
    sure.refresh_from_db()
    assert sure.state == "rejected"


# What is refused, with nothing changed


def refuses(error, plan, work, match=None):
    before, acts = making.picture(plan), Act.objects.count()
    with pytest.raises(error, match=match) as refusal:
        work()
    assert making.picture(plan) == before
    assert Act.objects.count() == acts
    return refusal.value


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


# Undo


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
