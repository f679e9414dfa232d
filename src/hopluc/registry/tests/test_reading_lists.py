"""A list while it is read: cells as the file keeps them, rows that say the same, a file that breaks off."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import chain
from tempfile import NamedTemporaryFile
from unicodedata import normalize

import pytest
import xlsxwriter
from psycopg.types.range import DateRange

from hopluc.core.tests.here import bounded_here
from hopluc.registry.errors import SheetTaken
from hopluc.registry.intake import staging
from hopluc.registry.intake.checking import Checked
from hopluc.registry.intake.columns import ListColumn, columns_from
from hopluc.registry.intake.comparing import compare_with_each_other
from hopluc.registry.intake.guessing import guess_columns
from hopluc.registry.intake.opening import open_list
from hopluc.registry.intake.values import Row, rows_read
from hopluc.registry.tests.conftest import person
from hopluc.registry.tests.lists import HEADINGS, book, checked, codes, states, taken
from hopluc.units.models import Agency, Body
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
    columns += [ListColumn(0, "", "address") for _n in range(2)]
    rows = chain.from_iterable(part.rows for part in rows_read(cells, 1, columns))
    assert [row.values.get("products", "") for row in rows] == ["1", "TRUE", "1", "FALSE", "0"]


def test_a_failed_formula_is_told_in_any_column_and_a_total_is_passed_over():
    columns = [ListColumn(at, "", role) for at, role in enumerate(("number", "name", "phone", "address"))]
    wrong = Cell("#REF!", error="#REF!")
    cells = [[wrong, "HTX Một", "0208", "Xóm 1"], ["", "Tổng cộng", "2", "x"], ["2", "HTX Hai", wrong, "Xóm 2"]]
    (part,) = rows_read(cells, 0, columns)
    assert [(row.number, [(each.code, each.role) for each in row.issues]) for row in part.rows] == [
        (1, [("L101", "number")]),
        (3, [("L101", "phone")]),
    ]
    assert part.passed == [2]


ABOUT_NONE = [
    ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"],
    ["I", "Hợp tác xã nông nghiệp"],
    ["", "Huyện Đồng Hỷ"],
    ["", "Tổng cộng", "", "", "", 999],
    HEADINGS,
    ["", "NGƯỜI LẬP BIỂU", "", "", "GIÁM ĐỐC"],
    ["", "(Ký, ghi rõ họ tên)", "", "", "(Ký tên, đóng dấu)"],
    ["", "", "", "Thái Nguyên, ngày 20 tháng 11 năm 2026"],
    [16],
]
ABOUT_ONE = [
    ["", "", "0100109106"],
    [15, "", "", "Xã Một", date(2025, 8, 1)],
    ["", "HTX Chè", "", "Xã Một"],
    [7, "Rau sạch"],
]


def rows_of(lines, headings):
    columns = columns_from(guess_columns(open_workbook(book([HEADINGS, [1, "HTX A", "", "Xã A"]]), "a.xlsx").sheets[0]))
    cells = open_values(book([headings, *lines]), "a.xlsx", "Danh sách")
    (part,) = rows_read(cells, 1, columns[: len(headings)])
    return [row.number for row in part.rows], part.passed


def test_a_row_of_little_is_an_organisation_or_named_as_passed_over():
    assert rows_of([*ABOUT_NONE, *ABOUT_ONE, []], HEADINGS) == ([11, 12, 13, 14], [*range(2, 11)])


def test_a_list_of_names_alone_has_rows():
    columns = [ListColumn(0, "Tên HTX", "name")]
    (part,) = rows_read([["HTX Chè"], ["Tổng cộng"], [""]], 0, columns)
    assert ([row.number for row in part.rows], part.passed) == ([1], [2])


def test_words_with_their_tone_marks_apart_become_whole():
    columns = [ListColumn(0, "Tên", "name"), ListColumn(1, "Xã", "commune")]
    (part,) = rows_read([[normalize("NFD", "HTX Nấm Đông"), normalize("NFD", "Phường Phan Đình Phùng")]], 0, columns)
    assert part.rows[0].values == {"name": "Hợp tác xã Nấm Đông", "kind": "htx", "commune": "Phường Phan Đình Phùng"}


def test_of_several_sheets_one_with_rows_is_read_and_the_others_are_named():
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as made:
        for name, rows in {"Mẫu": 0, "Xã Một": 2, "Xã Hai": 1, "Ghi chú": 0}.items():
            page = made.add_worksheet(name)
            for number, row in enumerate(
                [HEADINGS, *[[1, "HTX Chè", "", "Xã"]] * rows] if name != "Ghi chú" else [["x"]]
            ):
                page.write_row(number, 0, row)
    assert _opened(out.getvalue()) == ("Xã Một", ["Xã Hai"])
    assert _opened(out.getvalue(), sheet="Mẫu", header=[1, 1]) == ("Mẫu", ["Xã Một", "Xã Hai"])


def _opened(data, **asked):
    with NamedTemporaryFile(suffix=".xlsx") as kept:
        kept.write(data)
        kept.flush()
        found = open_list({"path": kept.name, "name": "a.xlsx", **asked}, lambda *_step: None)
    return found["mapping"]["sheet"], found["others"]


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


def test_a_code_alone_says_who_is_meant(registrar, found, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    found(name="Hợp tác xã Chè", code="0100109106")
    sent = checked(book([HEADINGS, ["", "", "0100109106"], ["", "", "0101248141"]]), registrar)
    assert states(sent) == {2: "same", 3: "error"}
    assert codes(sent.rows.get(number=3)) == {"L201"}


def test_a_list_without_rows_says_so_and_keeps_what_was_there(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    sent = checked(book([["DANH SÁCH"], HEADINGS]), registrar)
    assert (sent.state, sent.problem["code"]) == ("failed", "H767")
    assert "“Danh sách”" in sent.problem["vi"]
    assert "dòng 2" in sent.problem["vi"]


def test_two_new_rows_that_say_the_same_are_both_wrong(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    line = ["HTX Nấm", "", commune.name, date(2025, 8, 1), 10, ""]
    again = ["Hợp tác xã  NẤM", "0100109106", *line[2:]]
    others = [["THT Nấm", *line[1:]], ["HTX Nấm", "", commune.name, date(2025, 9, 1), 10, ""]]
    sent = checked(book([HEADINGS, *([n, *row] for n, row in enumerate([line, again, *others], 1))]), registrar)
    assert states(sent) == {2: "error", 3: "error", 4: "new", 5: "new"}
    assert codes(sent.rows.get(number=2)) == {"L212"}


def test_another_sheet_is_refused_once_rows_of_one_were_taken_over(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    sent = taken(
        checked(book([HEADINGS, [1, "HTX Một", "", commune.name, date(2025, 8, 1), 10, ""]]), registrar), registrar
    )
    with pytest.raises(SheetTaken):
        staging.header_choose(sent=sent, sheet="Xã Hai", header=(1, 1), by=registrar)
    staging.header_choose(sent=sent, sheet="Danh sách", header=(1, 1), by=registrar)


def test_a_file_that_breaks_off_leaves_what_was_kept_before(registrar, commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    line = [1, "HTX Một", "0100109106", commune.name, date(2025, 8, 1), 10, ""]
    sent = checked(book([HEADINGS, line]), registrar)
    before = list(sent.rows.values())

    def broken(_sent, _work, _asked, report):
        report("rows", 2, 9, [[2], {"name": ["HTX Khác"]}, {}])
        return {"problem": {"code": "H223", "vi": "Dừng", "en": "It stopped."}}

    monkeypatch.setattr(staging, "_bounded", broken)
    staging.columns_choose(sent=sent, columns=columns_from(sent.mapping["mapping"]), year=2025, by=registrar)
    staging.list_check(import_id=sent.pk)
    sent.refresh_from_db()
    assert (sent.state, sent.problem["code"]) == ("failed", "H223")
    assert list(sent.rows.values()) == before


def test_a_commune_takes_in_its_own_and_not_its_neighbours(registrar, found, commune, other_commune, monkeypatch):
    monkeypatch.setattr(staging, "bounded", bounded_here)
    theirs = found(unit=other_commune, name="Hợp tác xã Lúa Vàng", code="0101248141")
    body = Body.objects.create(key="phong-thu", name="Phòng Kinh tế")
    ever = DateRange(date(2025, 7, 1), None)
    office = Agency.objects.create(
        key="phong-thu", body=body, name=body.name, unit=commune, province=commune.parent, validity=ever
    )
    rows = [
        [1, "HTX Nấm", "", commune.name, date(2025, 8, 1), 10, ""],
        [2, "HTX Sen", "", other_commune.name, date(2025, 8, 1), 10, ""],
        [3, theirs.name, theirs.code, "", "", "", "0912345678"],
    ]
    sent = checked(book([HEADINGS, *rows]), person("can-bo-xa", office))
    assert states(sent) == {2: "new", 3: "error", 4: "error"}
    assert codes(sent.rows.get(number=3)) == codes(sent.rows.get(number=4)) == {"L206"}
