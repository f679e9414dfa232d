"""Acts of a review: what each does to its items."""

from __future__ import annotations

import re

import pytest

from hopluc.documents import review
from hopluc.documents.finding import value_of_words
from hopluc.documents.models import Act, Item
from hopluc.documents.tests import making
from hopluc.documents.tests.making import act, at, edit
from hopluc.units.models import Body
from hopluc.units.services import body_named


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


@pytest.mark.parametrize(("typed", "said"), [("15/12", "12-15"), ("6-5", "06-05"), ("29/2", "02-29"), ("", None)])
def test_a_day_to_report_is_typed_as_people_write_it(plan, hoa, typed, said):
    duty = plan.versions.get().items.filter(kind="duty").first()
    assert edit(plan, duty, by=hoa, due=typed).value["due"] == said


@pytest.mark.parametrize(
    ("typed", "said"),
    [("1.234,5", 1234.5), ("12.345.678", 12345678), ("0,5", 0.5), ("0.5", 0.5), ("1.5", 1.5), ("16", 16), ("-3", -3)],
)
def test_a_number_is_what_was_meant(plan, hoa, typed, said):
    assert edit(plan, at(plan, "I/1", "target"), by=hoa, low=typed).value["low"] == said


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
