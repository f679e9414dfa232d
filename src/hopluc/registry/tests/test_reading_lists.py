"""A list while it is read: cells as the file keeps them, rows that say the same, a file that breaks off."""

from __future__ import annotations

from datetime import date
from itertools import chain

import pytest
from django.urls import reverse

from hopluc.core.tests.here import bounded_here
from hopluc.registry.intake import staging
from hopluc.registry.intake.checking import Checked
from hopluc.registry.intake.columns import ListColumn, columns_from
from hopluc.registry.intake.comparing import compare_with_each_other
from hopluc.registry.intake.values import Row, rows_read
from hopluc.registry.tests.lists import HEADINGS, book, checked, states
from vanban.tasksheets.cells import Cell, cell_of
from vanban.tasksheets.opening import open_values, open_workbook

ROWS = [
    HEADINGS,
    ["Các huyện phía bắc"] * 7,
    [1, "HTX Một", "0100109106", "", date(2020, 1, 2), 12.5, "=A1"],
    [True, "HTX Hai", False, "–", date(2021, 3, 4), "1.250", " x\ny "],
]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_values_of_a_file_are_those_of_its_cells(name):
    merged = [(1, 0, 1, 6, "Các huyện phía bắc")]
    data = book(ROWS, top=2, merges=merged) if name == "a.xlsx" else "Tên;Mã\nHTX Một;01\nHTX Hai;2,5\n".encode()
    sheet = open_workbook(data, name).sheets[0]
    values = open_values(data, name, "Danh sách")
    assert [tuple(map(cell_of, row)) for row in values] == list(sheet.rows)


def test_true_is_no_other_than_one_only_as_a_key():
    columns = [ListColumn(0, "Tên", "name"), ListColumn(1, "Sản phẩm", "products")]
    cells = [["Tên", "Sản phẩm"], *([f"HTX Vườn {n}", value] for n, value in enumerate((1.0, True, 1, False, 0.0)))]
    rows = chain.from_iterable(rows_read(cells, 1, [*columns, *(ListColumn(0, "", "address") for _n in range(2))]))
    assert [row.values.get("products", "") for row in rows] == ["1", "TRUE", "1", "FALSE", "0"]


def test_a_failed_formula_is_told_in_any_column_and_a_total_is_passed_over():
    columns = [ListColumn(at, "", role) for at, role in enumerate(("number", "name", "phone", "address"))]
    wrong = Cell("#REF!", error="#REF!")
    cells = [[wrong, "HTX Một", "0208", "Xóm 1"], ["", "Tổng cộng", "2", "x"], ["2", "HTX Hai", wrong, "Xóm 2"]]
    found = list(chain.from_iterable(rows_read(cells, 0, columns)))
    assert [(row.number, [(each.code, each.role) for each in row.issues]) for row in found] == [
        (1, [("L101", "number")]),
        (3, [("L101", "phone")]),
    ]


def test_of_many_rows_with_one_code_a_few_are_named():
    found = [Checked(Row(number, {"code": "0100109106"})) for number in range(1, 31)]
    assert compare_with_each_other(found) == found
    assert found[0].row.issues[0].about["rows"] == "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"
    assert {one.state for one in found} == {"error"}


def test_rows_far_apart_that_say_the_same_are_both_wrong(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    monkeypatch.setattr("hopluc.registry.intake.values.PART", 1)  # each row comes alone
    line = [1, "HTX Một", "0100109106", commune.name, date(2025, 8, 1), 10, ""]
    sent = checked(book([HEADINGS, line, [2, "HTX Hai", "", *line[3:]], [3, "HTX Ba", *line[2:]]]), registrar)
    assert states(sent) == {2: "error", 3: "new", 4: "error"}


def test_a_file_that_breaks_off_leaves_what_was_kept_before(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    line = [1, "HTX Một", "0100109106", commune.name, date(2025, 8, 1), 10, ""]
    sent = checked(book([HEADINGS, line]), registrar)
    before = list(sent.rows.values())

    def broken(_sent, _work, _asked, report):
        report("rows", 2, 9, [[2, '{"name": "HTX Khác"}', []]])
        return {"problem": {"code": "H223", "vi": "Dừng", "en": "It stopped."}}

    monkeypatch.setattr(staging, "_bounded", broken)
    staging.columns_choose(sent=sent, columns=columns_from(sent.mapping["mapping"]), year=2025, by=registrar)
    staging.list_check(import_id=sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.problem["code"]) == ("failed", "H223")
    assert list(sent.rows.values()) == before


def test_a_code_alone_says_whom_a_row_is_about(registrar, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    alone = [["", "", code, "", "", "", ""] for code in ("0100109106", 100109106, "1907P00012", 2025)]
    sent = checked(book([HEADINGS, *alone]), registrar)
    assert states(sent) == {2: "error", 3: "error", 4: "error"}  # a year is the title of a section
    assert {issue["code"] for row in sent.rows.all() for issue in row.outcome["issues"]} >= {"L201"}


def test_a_list_without_rows_is_told_and_another_sheet_may_be_chosen(registrar, client, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    sent = checked(book([HEADINGS, ["", "Tổng cộng", "", "", "", 12, ""]]), registrar)
    assert (sent.state, sent.problem["code"]) == ("failed", "H767")
    client.force_login(registrar)
    address = reverse("registry:import", args=[sent.pk])
    assert "không có dòng nào" in client.get(address).text
    assert "Danh sách" in client.get(f"{address}?columns=1").text
    assert (
        staging.columns_choose(sent=sent, columns=columns_from(sent.mapping["mapping"]), year=2025, by=registrar)
        is None
    )
