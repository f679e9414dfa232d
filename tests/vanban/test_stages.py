"""The stages between layout and tasks, each by its cases: bodies, actors, labels, orders, outline, tables, tasks."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

import pytest

from tests.vanban.case_files import assert_matches, load_cases
from vanban import analyse
from vanban.actors import find_roles
from vanban.annexes import columns, is_task_table, row_items
from vanban.bodies import introduced, mentions, shown_name
from vanban.labels import find_labels, is_label_line
from vanban.orders import classify
from vanban.outline import outline
from vanban.reading.plain import read_plain
from vanban.tasks import called_itself
from vanban.values import Document, Item, Passage, Row, Table, Task

Case = dict[str, Any]


def document(text: str) -> Document:
    return Document("case", "txt", "", None, text, read_plain(text))


def table(rows: list[list[str]]) -> Table:
    return Table(tuple(Row(tuple(Passage.plain(cell, 0) for cell in row)) for row in rows))


@pytest.mark.parametrize("case", load_cases("bodies"), ids=itemgetter("name"))
def test_bodies(case: Case) -> None:
    text = case["text"]
    found = mentions(text, called_itself(case.get("issuer", "")) | introduced(text))
    if "keys" in case:
        assert [m.key for m in found] == case["keys"]
    if "names" in case:
        assert [shown_name(m) for m in found] == case["names"]
    for m in found:
        assert text[slice(*m.span)] == m.raw


@pytest.mark.parametrize("case", load_cases("actors"), ids=itemgetter("name"))
def test_actors(case: Case) -> None:
    roles = find_roles(case["text"], heading=case.get("heading", False), issuer=case.get("issuer", ""))
    found = {"lead": [m.key for m in roles.lead], "coordinate": [m.key for m in roles.coordinate]}
    assert found == {"lead": case.get("lead", []), "coordinate": case.get("coordinate", [])}


@pytest.mark.parametrize("case", load_cases("labels"), ids=itemgetter("name"))
def test_labels(case: Case) -> None:
    found = find_labels(Passage.plain(case["text"], 0), inside=case.get("inside", False))
    said = {field: getattr(found, field) for field in ("lead", "coordinate", "time", "deliverable")}
    assert {field: value.text for field, value in said.items() if value} == (case["expect"] or {})
    if "line" in case:
        assert is_label_line(case["text"]) == case["line"]


@pytest.mark.parametrize("case", [c for c in load_cases("orders") if "heading" in c], ids=itemgetter("name"))
def test_sections(case: Case) -> None:
    assert classify(case["heading"], inside=case.get("inside", False)) == case["zone"]


@pytest.mark.parametrize("case", [c for c in load_cases("orders") if "block" in c], ids=itemgetter("name"))
def test_orders(case: Case) -> None:
    """A block in a section of tasks, or under the heading that the case names."""
    found = tasks(f"I. {case.get('under', 'NHIỆM VỤ, GIẢI PHÁP')}\n\n{case['block']}\n")
    assert bool(found) == case["task"]


@pytest.mark.parametrize("case", load_cases("outlines"), ids=itemgetter("name"))
def test_outline(case: Case) -> None:
    assert [item.at for item in outline(document(case["text"])).items if item.counted] == (case["at"] or [])


@pytest.mark.parametrize("case", load_cases("tables"), ids=itemgetter("name"))
def test_tables(case: Case) -> None:
    found = table(case["rows"])
    assert is_task_table(found) == case["tasks"]
    if "roles" in case:
        assert list(columns(found)) == case["roles"]
    if case["tasks"]:
        rows = list(row_items(found, columns(found), 0, "annex", "annex"))
        assert_matches([row_as_said(item) for item in rows], case["expect"])


def row_as_said(item: Item) -> Case:
    return {"at": item.at, "task": item.passage.text} | {role: cell.text for role, cell in item.cells if role != "task"}


@pytest.mark.parametrize("case", load_cases("tasks"), ids=itemgetter("name"))
def test_tasks(case: Case) -> None:
    found = analyse(document(case["text"]))
    assert_matches([task_as_said(task) for task in found.tasks], case["expect"])
    assert set(case.get("notices", ())) <= {notice.code for notice in found.notices}


def tasks(text: str) -> tuple[Task, ...]:
    return analyse(document(text)).tasks


def task_as_said(task: Task) -> Case:
    time = task.deadline
    deadline = time and {"kind": time.kind, "end": time.end, "rule": time.rule, "raw": time.raw}
    return {
        "at": task.at,
        "text": task.text,
        "where": task.where,
        "lead": list(task.lead),
        "coordinate": list(task.coordinate),
        "deliverable": task.deliverable,
        "deadline": deadline,
    }


AIMS = """KẾ HOẠCH

PHỤ LỤC I
CHỈ TIÊU

TT\tChỉ tiêu\tĐVT\tThực hiện năm 2024\tKế hoạch năm 2025\tMục tiêu đến năm 2030
1\tSố hợp tác xã\tHTX\t120\t130\t≥ 180
2\tTỷ lệ hợp tác xã khá, tốt\t%\t45,5\t50 - 55\ttrên 70
3\tGhi chú\t\t\tchưa giao\t"""


def test_a_table_of_aims_gives_targets_and_no_tasks():
    found = analyse(document(AIMS))
    assert found.tasks == ()
    values = [(t.indicator, t.op, t.low, t.high, t.unit, t.by) for t in found.targets]
    assert values == [
        ("số hợp tác xã", "=", 130, None, "htx", 2025),
        ("số hợp tác xã", ">=", 180, None, "htx", 2030),
        ("tỷ lệ hợp tác xã khá, tốt", "~", 50, 55, "%", 2025),
        ("tỷ lệ hợp tác xã khá, tốt", ">", 70, None, "%", 2030),
    ]
    assert [found.document.content[slice(*t.span)] for t in found.targets][::2] == [
        "Số hợp tác xã",
        "Tỷ lệ hợp tác xã khá, tốt",
    ]
