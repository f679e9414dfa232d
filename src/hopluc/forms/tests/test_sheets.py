"""Excel forms: whatever is written comes back the same; what was moved, forged or made worse is said by cell."""

from __future__ import annotations

from dataclasses import replace
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopluc.core.bounded import bounded
from hopluc.core.errors import Problem
from hopluc.core.tests.here import bounded_here
from hopluc.forms import sheets
from hopluc.forms.excel.signing import unpack
from hopluc.forms.excel.spec import SheetColumn, SheetPage, SheetRow, SheetSpec, row_marks
from hopluc.forms.excel.understanding import understand
from hopluc.forms.excel.writing import write
from hopluc.forms.filing_sheets import filing_sheet_apply, filing_sheet_look, filing_sheet_receive, filing_spec
from hopluc.forms.models import Filing, ReceivedSheet
from hopluc.forms.schema.definition import Choice, Field, Words
from hopluc.forms.services import columns_of, row_add, sheet_make, sheet_open, sheet_read, value_save
from hopluc.forms.tests.sheets import cells_of, edited, filled, upload
from tests.cases import cases
from tests.examples import examples

CASES = cases(Path(__file__).parent / "cases/sheets.yaml")
STATES = (
    Choice("in_progress", Words("Đang thực hiện", "In progress")),
    Choice("reported", Words("Đã hoàn thành", "Done")),
)


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    monkeypatch.setattr(sheets, "bounded", bounded_here)


def asked(key: str, kind: str, label: str, **about) -> SheetColumn:
    return SheetColumn(Field(key, kind, Words(label, label), **about))


COLUMNS = (
    SheetColumn(Field("name", "text", Words("Nhiệm vụ", "Task")), locked=True),
    SheetColumn(Field("due", "date", Words("Hạn", "Due")), locked=True),
    asked("state", "choice", "Trạng thái", choices=STATES),
    asked("line", "text", "Kết quả"),
    asked("percent", "percent", "Tỷ lệ"),
    asked("figure", "decimal", "Số liệu"),
    asked("money", "money", "Kinh phí"),
    asked("day", "date", "Ngày"),
    asked("held", "yes_no", "Vướng mắc"),
)
ROWS = (
    SheetRow("11", {"name": "Rà soát hợp tác xã", "due": "2026-06-30", "state": "in_progress", "percent": "40"}, 3),
    SheetRow("12", {"name": "Đào tạo cán bộ", "due": "2026-12-15"}, 1),
    SheetRow("13", {"name": "Báo cáo năm"}, 1),
)
BLANK = SheetSpec(
    "cap-nhat-nhiem-vu", 1, 7, "Sở Nội vụ", "2026", "Cập nhật nhiệm vụ",
    (SheetPage("tasks", "Nhiệm vụ", COLUMNS, ROWS), SheetPage("more", "Việc thêm", (COLUMNS[3], COLUMNS[7]), (), 5)),
)  # fmt: skip


def read(data: bytes, spec: SheetSpec = BLANK):
    cells = cells_of(data)
    signature, *lines = cells["hidden"]
    return understand(spec, unpack("".join(lines), signature), cells["pages"])


def issues(found) -> list[str]:
    return [f"{one.sheet}!{one.cell} {one.code}".replace("! ", " ") for one in found.issues]


def test_a_form_that_nobody_touched_says_nothing():
    found = read(write(BLANK))
    assert (found.answers, found.issues, found.ignored) == ({}, [], [])


def test_the_same_form_gives_the_same_bytes():
    assert write(BLANK) == write(BLANK)


TEXT = st.text("aăâđêôơưƯ 1=+-@'\"<&_x0D\n", max_size=20).map(lambda text: " ".join(text.split()))
VALUES = {
    "state": st.sampled_from(["in_progress", "reported"]),
    "line": TEXT,
    "percent": st.decimals(0, 100, places=3),
    "figure": st.decimals(-(10**9), 10**9, places=4),
    "money": st.integers(-(10**18), 10**18),
    "day": st.dates(),
    "held": st.booleans(),
}


def kept(key, drawn):
    """A drawn value as fields keep it."""
    if drawn is None or drawn == "":
        return None
    if key == "day":
        return drawn.isoformat()
    if key in ("percent", "figure"):
        whole = f"{drawn:f}".rstrip("0").rstrip(".")
        return "0" if whole in ("-0", "") else whole
    return drawn


ANSWERS = st.fixed_dictionaries({key: st.none() | value for key, value in VALUES.items()})


@settings(max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ANSWERS, min_size=3, max_size=3), st.booleans())
def test_whatever_is_written_comes_back_the_same(drawn, moved):
    given_ = [{key: kept(key, value) for key, value in answers.items()} for answers in drawn]
    rows = tuple(replace(row, cells={**row.cells, **answers}) for row, answers in zip(ROWS, given_, strict=True))
    data = filled(BLANK, replace(BLANK, pages=(replace(BLANK.pages[0], rows=rows), BLANK.pages[1])))
    if moved:
        data = edited(
            data, {"swap_columns": {"Nhiệm vụ": ["D", "F"]}, "insert_column": {"Nhiệm vụ": "E"}, "add_sheet": ["Nháp"]}
        )
    found = read(data)
    assert found.issues == []
    for row, answers in zip(ROWS, given_, strict=True):
        said = found.answers.get("tasks", {}).get(row.key, {})
        assert {key: said.get(key, row.cells.get(key)) for key in answers} == answers


@pytest.mark.parametrize("case", CASES, ids=itemgetter("name"))
def test_a_damaged_form_is_said_by_cell(case):
    rows = tuple(
        replace(row, revision=case.get("since", {}).get(row.key, row.revision))
        for row in ROWS
        if row.key not in case.get("gone", [])
    )
    cells = case.get("now", {})
    rows = tuple(replace(row, cells={**row.cells, **cells.get(row.key, {})}) for row in rows)
    spec = replace(BLANK, pages=(replace(BLANK.pages[0], rows=rows), BLANK.pages[1]))
    found = read(edited(write(BLANK), case["edit"]), spec)
    assert issues(found) == case.get("issues", [])
    assert found.answers == case.get("answers", {})
    assert found.ignored == case.get("ignored", [])
    assert case.get("says", "") in " ".join(map(str, found.issues))


REFUSED = [
    ({"drop_mark": True}, {}, "H630"),
    ({"forge": ['"agency":7', '"agency":8']}, {}, "H631"),
    ({}, {"form": "bao-cao"}, "H632"),
    ({}, {"agency": 8}, "H633"),
    ({}, {"period": "2027"}, "H634"),
    ({}, {"version": 2}, "H639"),
]


@pytest.mark.parametrize(("edit", "now", "code"), REFUSED, ids=[code for *_, code in REFUSED])
def test_a_form_that_is_not_this_one_is_refused_with_a_sentence(edit, now, code):
    data = edited(sheet_make(BLANK), edit)
    with pytest.raises(Problem) as refused:
        sheet_read(sheet_open(upload(data)), replace(BLANK, **now))
    assert refused.value.code == code
    assert "bieu.xlsx" in str(refused.value)


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"a;b\n1;2\n", "a.csv", "H630"),
        (b"%PDF-1.4", "a.pdf", "H630"),
        (b"", "a.xlsx", "H635"),
        (b"PK\x03\x04xl/", "a.xlsx", "H635"),
    ],
)
def test_a_file_that_is_no_form_is_refused_with_a_sentence(data, name, code):
    with pytest.raises(Problem) as refused:
        sheet_open(upload(data, name))
    assert refused.value.code == code


def test_marks_see_each_change_of_a_row():
    page = BLANK.pages[0]
    marks = {
        row_marks(page, replace(ROWS[0], cells={**ROWS[0].cells, **change}))
        for change in ({}, {"line": "x"}, {"name": "y"})
    }
    assert len(marks) == 3


# A filing as an Excel form


def typed(filing: Filing, office, **values: str) -> None:
    for path, text in values.items():
        value_save(filing=filing, path=path.replace("__", "."), typed=text, seen=99, by=office.an)


def test_a_filing_goes_out_and_comes_back_as_one_act(filing, office, monkeypatch):
    monkeypatch.setattr(sheets, "bounded", bounded)
    typed(filing, office, total="5", capital__own__amount="1000")
    row = row_add(filing=filing, table="members", by=office.an)
    filing = Filing.objects.get(pk=filing.pk)
    data = edited(sheet_make(filing_spec(filing)), {
        "type": {"Biểu!C7": 2, "Biểu!C8": 3, "Biểu!C9": "Đã xong", "2. Capital!C6": 2500000, "2. Capital!E7": 0.125,
                 "3. Members!B6": "Nguyễn Văn A", "3. Members!C6": "01/03/2026", "3. Members!B8": "Trần B"},
    })  # fmt: skip
    received = filing_sheet_receive(filing=filing, upload=upload(data), by=office.an)
    look = filing_sheet_look(filing=filing, received=received)
    assert look.issues == []
    assert Filing.objects.get(pk=filing.pk).revision == filing.revision
    filing_sheet_apply(filing=filing, received=received, by=office.an)
    now = Filing.objects.get(pk=filing.pk)
    assert now.revision == filing.revision + 1
    assert now.values["members"][0] == row
    added = now.values["members"][1]
    assert now.values == {
        "total": 5, "men": 2, "women": 3, "state": "done", "capital.own.amount": 2500000, "capital.lent.share": "12.5",
        "members": [row, added], f"members.{row}.name": "Nguyễn Văn A", f"members.{row}.since": "2026-03-01", f"members.{added}.name": "Trần B",
    }  # fmt: skip
    assert "bieu.xlsx" in now.marks["men"]["source"]
    with pytest.raises(Problem, match=r"bieu\.xlsx"):
        filing_sheet_apply(filing=filing, received=received, by=office.an)


def test_a_wrong_cell_keeps_all_of_it_out(filing, office):
    data = edited(sheet_make(filing_spec(filing)), {"type": {"Biểu!C7": 2, "Biểu!C8": "ba"}})
    received = filing_sheet_receive(filing=filing, upload=upload(data), by=office.an)
    with pytest.raises(Problem) as refused:
        filing_sheet_apply(filing=filing, received=received, by=office.an)
    assert [(one.cell, one.code) for one in refused.value.issues] == [("C8", "S410")]
    assert Filing.objects.get(pk=filing.pk).values == {}


def test_what_was_saved_meanwhile_is_not_overwritten(filing, office):
    data = edited(sheet_make(filing_spec(filing)), {"type": {"Biểu!C7": 2}})
    received = filing_sheet_receive(filing=filing, upload=upload(data), by=office.an)
    typed(filing, office, men="9", note="khác")
    with pytest.raises(Problem) as refused:
        filing_sheet_apply(filing=filing, received=received, by=office.an)
    assert [one.code for one in refused.value.issues] == ["S406"]
    assert Filing.objects.get(pk=filing.pk).values == {"men": 9, "note": "khác"}


def test_only_one_sheet_of_a_person_waits(filing, office):
    data = sheet_make(filing_spec(filing))
    for _turn in range(2):
        filing_sheet_receive(filing=filing, upload=upload(data), by=office.an)
    assert ReceivedSheet.objects.count() == 1


def test_a_form_gives_the_columns_of_a_sheet_of_many_answers(version):
    columns = columns_of(version)
    assert [column.key for column in columns] == [
        "total",
        "men",
        "women",
        "state",
        "note",
        "revenue",
        "audited",
        "rate",
    ]
    page = SheetPage(
        "tasks",
        "Việc",
        (SheetColumn(Field("name", "text", Words("Việc", "Task")), locked=True), *columns),
        (SheetRow("1", {"name": "A", "men": 2}),),
    )
    assert read(write(replace(BLANK, pages=(page,))), replace(BLANK, pages=(page,))).issues == []
