"""The pages of a plan: filters, search, order, source words, calendar, chain, history, rights, number of queries."""

from __future__ import annotations

from datetime import date
from typing import Any

import pghistory
import pytest
from django.db import connection
from django.http import QueryDict
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hopluc.accounts.models import User
from hopluc.documents.review import review_reopen
from hopluc.plans.calendar import calendar
from hopluc.plans.chain import chain_above, plans_below
from hopluc.plans.excerpts import excerpts
from hopluc.plans.filters import Filters
from hopluc.plans.history import changes_of_tasks, tasks_changed
from hopluc.plans.models import Plan
from hopluc.plans.outline import outline_of
from hopluc.plans.selectors import plans_listed, tasks_filtered, tasks_tallied
from hopluc.plans.services import plan_issue

QUERIES = 15
TABS = ("", "targets/", "calendar/", "chain/", "history/", "tasks.xlsx", "targets.csv", "duties.csv", "?print=1")


def found(plan: Plan, query: str) -> list[str]:
    filters = Filters.of(QueryDict(query))
    return [task.at for task in tasks_filtered(plan, filters, outline_of(plan, {}))]


def test_a_plan_without_a_symbol_is_called_by_whole_words() -> None:
    title = "Thực hiện Nghị quyết số 134/NQ-CP ngày 25/9/2020 của Chính phủ ban hành Chương trình hành động"
    assert Plan(type="Kế hoạch", title=title).name.endswith("của Chính phủ ban…”")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["I/1/a", "I/1/b", "II/1", "II/2"]),
        ("body=so-tc", ["I/1/a", "II/1"]),
        ("body=so-tc&role=lead", ["I/1/a"]),
        ("role=coordinate", ["I/1/a", "II/1"]),
        ("role=none", ["II/1"]),
        ("topic=human", ["I/1/b"]),
        ("deadline=annual", ["I/1/b"]),
        ("deadline=none", ["II/1", "II/2"]),
        ("heading=0", ["I/1/a", "I/1/b"]),
        ("heading=2&role=none", ["II/1"]),
        ("q=đào tạo", ["I/1/b"]),
        ("q=dao tao", ["I/1/b"]),
        ("q=đao tao", []),  # a mark that is typed must be there
        ("q=hop tac xa", ["I/1/a", "I/1/b"]),
        ("q=' OR 1=1 --", []),
        ("role=boss&deadline=soon&heading=-1&sort=secret", ["I/1/a", "I/1/b", "II/1", "II/2"]),
        ("heading=99", ["I/1/a", "I/1/b", "II/1", "II/2"]),
        ("sort=-position", ["II/2", "II/1", "I/1/b", "I/1/a"]),
        ("sort=text", ["II/1", "II/2", "I/1/b", "I/1/a"]),  # Ánh, Ăn, Đào, Sở
        ("sort=deadline", ["I/1/a", "I/1/b", "II/1", "II/2"]),
        ("sort=lead", ["II/2", "I/1/b", "I/1/a", "II/1"]),  # Liên minh, Sở Nội vụ, Sở Tài chính, nobody
    ],
)
def test_filters(plan: Plan, query: str, expected: list[str]) -> None:
    assert found(plan, query) == expected


def test_topics_sort_by_their_names_in_the_language_of_the_page(plan: Plan) -> None:
    # Đào tạo, Khác, Thành lập mới, Tuyên truyền
    assert found(plan, "sort=topic") == ["I/1/b", "II/1", "II/2", "I/1/a"]


def test_counts_agree_with_what_the_filters_give(plan: Plan) -> None:
    tally = tasks_tallied(plan)
    assert tally.topics == {"awareness": 1, "human": 1, "other": 1, "found": 1}
    assert tally.deadlines == {"by": 1, "annual": 1, "": 2}
    assert tally.unassigned == len(found(plan, "role=none"))
    for body in tally.bodies:
        assert body.lead == len(found(plan, f"body={body.key}&role=lead"))
        assert body.coordinate == len(found(plan, f"body={body.key}&role=coordinate"))
    roots = outline_of(plan, tally.headings).roots
    assert [(node.heading.at, node.tasks) for node in roots] == [("I", 2), ("II", 2)]


def test_the_address_says_the_filter_without_what_is_empty() -> None:
    filters = Filters.of(QueryDict("q=&body=so-tc&role=lead&sort="))
    assert filters.query == "?body=so-tc&role=lead"
    assert Filters.of(QueryDict(filters.query[1:])) == filters


def test_an_excerpt_marks_the_words_of_each_value(plan: Plan) -> None:
    task = plan.tasks.first()
    assert task
    (excerpt,) = excerpts(plan.version_id, task.spans)
    assert "".join(piece.text for piece in excerpt.pieces) == f"a) {task.text}"
    marked = {piece.text: set(piece.fields) for piece in excerpt.pieces}
    assert marked["a) "] == set()
    assert marked["Sở Tài chính"] == {"text", "lead"}
    assert marked["trước ngày 15/12/2030"] == {"text", "deadline"}


def test_the_calendar_holds_what_is_ahead_only(plan: Plan) -> None:
    duties = list(plan.duties.all())
    found_days = calendar(plan, duties, today=date(2030, 12, 15))
    kinds = {
        month: [(str(entry.day), entry.kind) for entry in found_days.entries(month)] for month in found_days.months
    }
    assert kinds["2030-12"] == [("2030-12-15", "task"), ("2030-12-20", "duty"), ("2030-12-31", "task")]
    assert kinds["2031-03"] == [("2031-03-20", "duty")]
    assert max(kinds) <= "2031-12"
    assert calendar(plan, duties, today=date(2030, 12, 16)).passed == 1


def test_the_chain_links_what_is_held(plan: Plan, make_document: Any, coordinator: User, stranger: User) -> None:
    assert [(link.reference.symbol, link.plan) for link in chain_above(plan, viewer=coordinator)] == [
        ("20-NQ/TW", None)
    ]
    above = plan_issue(document=make_document(symbol="20-NQ/TW"), by=coordinator)
    assert [link.plan for link in chain_above(plan, viewer=coordinator)] == [above]
    assert [link.plan for link in plans_below(above, viewer=coordinator)] == [plan]
    assert plans_below(above, viewer=stranger) == []


def test_history_tells_who_changed_what_and_why(plan: Plan, coordinator: User, client: Client) -> None:
    task = plan.tasks.first()
    assert task
    with pghistory.context(user=coordinator.pk, reason="Gia hạn theo đề nghị."):
        task.topic = "legal"
        task.save()
    (line,) = changes_of_tasks(list(tasks_changed(plan)))
    assert (line.who, line.why, [change.field for change in line.changes]) == (
        str(coordinator),
        "Gia hạn theo đề nghị.",
        ["topic"],
    )
    client.force_login(coordinator)
    for address in ("history/", f"tasks/{task.pk}/"):
        assert "Gia hạn theo đề nghị." in client.get(f"/plans/{plan.pk}/{address}").content.decode()


def test_plans_are_for_their_province_only(plan: Plan, officer: User, stranger: User, client: Client) -> None:
    assert list(plans_listed(viewer=officer)) == [plan]
    assert list(plans_listed(viewer=stranger)) == []
    things = [
        f"tasks/{plan.tasks.first().pk}/",
        f"targets/{plan.targets.first().pk}/",
        f"calendar/{plan.duties.first().pk}/",
    ]
    for user, status in ((officer, 200), (stranger, 404)):
        client.force_login(user)
        for tab in (*TABS, *things):
            assert client.get(f"/plans/{plan.pk}/{tab}").status_code == status, tab


def test_a_task_opens_under_its_own_plan_only(
    plan: Plan, make_document: Any, coordinator: User, client: Client
) -> None:
    other = plan_issue(document=make_document(symbol="13/KH-UBND"), by=coordinator)
    client.force_login(coordinator)
    assert client.get(f"/plans/{plan.pk}/tasks/{other.tasks.first().pk}/").status_code == 404


def test_drafts_are_for_coordinators_of_the_owner(plan: Plan, officer: User, stranger: User, client: Client) -> None:
    for user, status in ((officer, 403), (stranger, 404)):
        client.force_login(user)
        assert client.get(f"/plans/issue/{plan.document_id}/").status_code == status
        assert client.post(f"/plans/reopen/{plan.document_id}/").status_code == status
    plan.version.refresh_from_db()
    assert plan.version.closed_at


def test_the_list_shows_plans_in_force_and_finds_without_marks(plan: Plan, coordinator: User) -> None:
    review_reopen(document=plan.document, by=coordinator)
    second = plan_issue(document=plan.document, by=coordinator, reason="Bổ sung.")
    assert [(each.pk, each.task_count) for each in plans_listed(viewer=coordinator)] == [(second.pk, 4)]
    assert list(plans_listed(viewer=coordinator, state="replaced")) == [plan]
    assert list(plans_listed(viewer=coordinator, typed="kinh te 12/KH")) == [second]
    assert list(plans_listed(viewer=coordinator, typed="ngân hàng")) == []


def test_htmx_gets_the_part_it_asks_for(plan: Plan, officer: User, client: Client) -> None:
    client.force_login(officer)
    table = client.get(f"/plans/{plan.pk}/?q=dao&body=", headers={"HX-Request": "true", "HX-Target": "tasks"})
    assert table["HX-Push-Url"] == f"/plans/{plan.pk}/?q=dao"
    assert "<html" not in table.content.decode()
    task = plan.tasks.first()
    panel = client.get(f"/plans/{plan.pk}/tasks/{task.pk}/?q=dao", headers={"HX-Request": "true", "HX-Target": "panel"})
    shown = panel.content.decode()
    start, end = task.spans["lead"][0]
    assert f"/documents/{plan.document_id}/source/?version=1#words={start}-{end}" in shown
    assert "<mark" in shown
    assert f'href="/plans/{plan.pk}/?q=dao"' in shown  # closing leads back to the same list


def test_no_page_asks_more_than_its_share(plan: Plan, coordinator: User, client: Client) -> None:
    client.force_login(coordinator)
    things = [
        f"tasks/{plan.tasks.first().pk}/?q=hop",
        f"targets/{plan.targets.first().pk}/",
        f"calendar/{plan.duties.first().pk}/",
    ]
    for address in [*(f"{plan.pk}/{tab}" for tab in (*TABS, *things)), "", f"issue/{plan.document_id}/"]:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"/plans/{address}").status_code == 200
        beside = 2 * address.startswith(f"{plan.pk}/tasks/")  # a task and the table that it stands beside
        beside += address.startswith(f"{plan.pk}/calendar/")  # a duty's rounds of reporting, and the plan's
        assert len(queries) <= QUERIES + beside, address
