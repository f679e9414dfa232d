"""Task sheets of offices: opened whatever their format, columns guessed, rows read as tasks, wrong cells named."""

import json
import zipfile
from collections import Counter
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.vanban.samples import analysis
from tests.vanban.workbooks import HEAD, codes, reading, xlsx
from vanban import analyse, read
from vanban.errors import Damaged, Empty, NotASheet, Protected, TooLarge, UnknownEncoding
from vanban.messages import CELLS
from vanban.sheets import as_tsv, as_xlsx, sheets
from vanban.tasksheets import Mapping, best_sheet, guess, open_workbook, read_rows
from vanban.tasksheets.cells import Cell, Merge, Place, make_sheet
from vanban.tasksheets.issues import SENTENCES
from vanban.tasksheets.mapping import ROLES, Column, NoMapping

FILES = Path(__file__).with_name("files")
DIRECTIVES = sorted(Path(__file__).with_name("golden").glob("documents/*.txt"))
TEACH = (1, "Mở lớp bồi dưỡng", "Sở Nội vụ", "Sở Tài chính", "Lớp học", "Quý II/2025")
CHECK = (2, "Rà soát hợp tác xã", "Sở Tài chính", None, "Báo cáo", date(2025, 6, 30))


def roles(data: bytes, name: str = "a.xlsx") -> list[str]:
    book = open_workbook(data, name)
    return [column.role for column in guess(book.sheets[best_sheet(book)]).columns]


def leads(found) -> list[tuple[str, ...]]:
    return [task.lead for task in found.tasks]


# Columns


def test_a_plain_sheet():
    found = reading(xlsx([HEAD, TEACH, CHECK]))
    first, second = found.tasks
    assert (first.at, first.lead, first.coordinate) == ("1", ("so-nv",), ("so-tc",))
    assert (first.deliverable, first.deadline.end) == ("Lớp học", date(2025, 6, 30))
    assert (second.deadline.kind, second.deadline.end) == ("by", date(2025, 6, 30))
    assert (found.rows, found.issues) == ((2, 3), ())
    assert found.agencies == {"so-nv": "Sở Nội vụ", "so-tc": "Sở Tài chính"}


@pytest.mark.parametrize("order", [(5, 4, 3, 2, 1, 0), (2, 0, 5, 1, 4, 3)])
def test_columns_may_stand_in_any_order(order):
    moved = [[row[i] for i in order] for row in (HEAD, TEACH, CHECK)]
    plain, other = reading(xlsx([HEAD, TEACH, CHECK])), reading(xlsx(moved))
    assert [(t.text, t.lead, t.coordinate, t.deliverable, t.deadline.end) for t in other.tasks] == [
        (t.text, t.lead, t.coordinate, t.deliverable, t.deadline.end) for t in plain.tasks
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (("STT", "Đầu việc", "Đầu mối", "Bên phối hợp", "Đầu ra", "Hạn chót"), "number text lead coordinate deliverable deadline"),
        (("Số TT", "Nội dung công việc", "Đơn vị thực hiện", "Phối hợp", "Kết quả", "Tiến độ"), "number text lead coordinate deliverable deadline"),
        (("Nhóm", "Việc cần làm", "Phòng", "Ngày bắt đầu", "Ngày kết thúc", "Ghi chú"), "topic text ignored start end note"),
    ],
)  # fmt: skip
def test_other_offices_use_other_words(head, expected):
    assert roles(xlsx([("KẾ HOẠCH",), (), head, ("1", "Rà soát")])) == expected.split()


def test_what_a_name_leaves_open_the_cells_tell():
    rows = [("Nhiệm vụ", "Thời hạn", "Ai làm", "Tiến độ báo cáo")]
    rows += [
        (f"Việc {i}", "30/6/2025", f"Sở {name}", "đang làm") for i, name in enumerate(("Y tế", "Nội vụ", "Tài chính"))
    ]
    assert roles(xlsx(rows)) == ["text", "deadline", "lead", "ignored"]


def test_a_header_of_two_rows_with_merged_cells():
    rows = [
        ("KẾ HOẠCH NĂM 2025",),
        ("TT", "Nội dung", "Cơ quan thực hiện", None, "Thời gian", None),
        (None, None, "Chủ trì", "Phối hợp", "Bắt đầu", "Kết thúc"),
        ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)"),
        (1, "Rà soát", "Sở Y tế", "Sở Nội vụ", date(2025, 1, 15), "31/3/2025"),
    ]
    found = reading(xlsx(rows, ["A1:F1", "A2:A3", "B2:B3", "C2:D2", "E2:F2"]))
    (task,) = found.tasks
    assert (task.lead, task.coordinate) == (("so-yt",), ("so-nv",))
    assert (task.deadline.kind, task.deadline.start, task.deadline.end) == (
        "range",
        date(2025, 1, 15),
        date(2025, 3, 31),
    )
    assert [found.content[slice(*span)] for span in task.spans["deadline"]] == ["15/01/2025", "31/3/2025"]


def test_the_sheet_with_the_tasks_is_found():
    book = open_workbook(xlsx([HEAD, TEACH], before=[("Bìa",), ("Người lập", "Ngày")]), "a.xlsx")
    assert book.sheets[best_sheet(book)].name == "Kế hoạch"


def test_a_mapping_is_kept_and_found_again():
    one, other = (open_workbook(xlsx(rows), "a.xlsx").sheets[0] for rows in ([HEAD, TEACH], [("A",), HEAD, CHECK]))
    mapping = guess(one)
    kept = json.loads(json.dumps(mapping.as_json()))
    assert Mapping.from_json(kept) == mapping
    assert kept["fingerprint"] == guess(other).fingerprint
    assert kept["fingerprint"] != guess(open_workbook(xlsx([HEAD[:5], TEACH]), "a.xlsx").sheets[0]).fingerprint


@pytest.mark.parametrize(
    "value", [None, {}, {"sheet": "a", "columns": [1]}, {"sheet": "a", "header": [2, 1], "columns": []},
              {"sheet": "a", "columns": [{"index": 0, "name": "", "role": "boss"}]}],
)  # fmt: skip
def test_what_is_no_mapping_is_refused(value):
    with pytest.raises(NoMapping):
        Mapping.from_json(value)


def test_a_person_may_name_header_and_columns():
    sheet = open_workbook(xlsx([("x", "y"), ("Rà soát", "Sở Y tế")]), "a.xlsx").sheets[0]
    assert codes(read_rows(sheet, guess(sheet))) == [("A1", "S101")]
    chosen = Mapping(sheet.name, (1, 1), (Column(0, "x", "text"), Column(1, "y", "lead")))
    assert leads(read_rows(sheet, chosen)) == [("so-yt",)]
    twice = Mapping(sheet.name, (1, 1), (Column(0, "x", "text"), Column(1, "y", "text")))
    assert ("B1", "S102") in codes(read_rows(sheet, twice))


# Rows


def test_groups_sections_and_numbers_below_numbers():
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Sản phẩm", "Thời hạn"),
        ("I", "Phát triển nguồn nhân lực", None, None, None, None),
        (1, "Mở lớp", "Sở Nội vụ", None, None, "2025"),
        (2, "Rà soát", "Sở Y tế", None, None, "2025"),
        ("a", "Rà soát cấp tỉnh", None, None, None, "2025"),
        ("II. Đất đai", None, None, None, None, None),
        (1, "Giao đất", "Sở Tài chính", None, None, "2025"),
        ("Sở Công Thương", None, None, None, None, None),
        (1, "Hội chợ", None, None, None, "2025"),
    ]
    found = reading(xlsx(rows, ["A6:F6", "A8:F8"]))
    assert [task.at for task in found.tasks] == ["I/1", "I/2", "I/2/a", "II/1", "II/§1/1"]
    assert leads(found) == [("so-nv",), ("so-yt",), ("so-yt",), ("so-tc",), ("so-ct",)]
    assert [task.inherited for task in found.tasks] == [{}, {}, {"lead": "I/2"}, {}, {"lead": "II/§1"}]
    assert found.issues == ()


def test_a_cell_merged_downwards_speaks_for_all_its_rows():
    rows = [HEAD, TEACH, (2, "Rà soát", None, None, None, "2025"), (3, "Báo cáo", None, None, None, "2025")]
    found = reading(xlsx(rows, ["C2:C3"]))
    assert leads(found) == [("so-nv",), ("so-nv",), ()]
    assert found.tasks[1].inherited == {"lead": "1"}
    assert {found.content[slice(*task.spans["lead"][0])] for task in found.tasks[:2]} == {"Sở Nội vụ"}
    assert codes(found) == [("C4", "S202")]


@pytest.mark.parametrize(
    ("cell", "lead", "coordinate"),
    [
        ("Chủ trì: Sở Y tế; phối hợp: Sở Nội vụ, Công an tỉnh", ("so-yt",), ("so-nv", "cong-an-tinh")),
        ("Sở Y tế chủ trì, phối hợp với Sở Nội vụ", ("so-yt",), ("so-nv",)),
        ("Sở Y tế\nSở Nội vụ", ("so-yt", "so-nv"), ()),
        ("- Sở Y tế;\n- UBND các xã", ("so-yt", "g:ubnd-xa"), ()),
    ],
)
def test_one_cell_for_all_who_act(cell, lead, coordinate):
    found = reading(xlsx([("TT", "Nhiệm vụ", "Cơ quan thực hiện", "Thời hạn"), (1, "Rà soát", cell, "2025")]))
    assert (found.tasks[0].lead, found.tasks[0].coordinate, found.issues) == (lead, coordinate, ())


def test_what_stands_below_the_table_is_no_task():
    below = [(None, "Nơi nhận: như trên", None, None, None, "GIÁM ĐỐC"), (None, "Lưu: VT", None, None, None, "Trần A")]
    found = reading(xlsx([HEAD, TEACH, (), *below]))
    assert (len(found.tasks), codes(found)) == (1, [("B4", "S104")])


def test_a_sum_ends_the_table_in_whatever_column_it_stands():
    head = ("Nơi làm", "Nhiệm vụ", "Chủ trì", "Hạn")
    found = reading(xlsx([head, ("Xã", "Rà soát", "Sở Tài chính", "30/6/2025"), ("Tổng cộng", "1")]))
    assert (len(found.tasks), codes(found)) == (1, [("A3", "S104")])


def test_a_day_in_words_beside_a_task_is_when_it_is_due_and_ends_no_table():
    task = ("Rà soát", "Sở Tài chính", "ngày 30 tháng 6 năm 2025")
    found = reading(xlsx([("Nhiệm vụ", "Chủ trì", "Hạn xong"), task, ("Mở lớp", *task[1:])]))
    assert [task.deadline.end for task in found.tasks] == [date(2025, 6, 30)] * 2
    assert found.issues == ()


def test_header_rows_that_each_page_repeats_are_left_out():
    assert len(reading(xlsx([HEAD, TEACH, HEAD, CHECK])).tasks) == 2


@pytest.mark.parametrize(
    ("cell", "kind", "end"),
    [
        ("30/6/2025", "by", date(2025, 6, 30)),
        (date(2025, 6, 30), "by", date(2025, 6, 30)),
        ("Quý III", "by", date(2025, 9, 30)),
        ("2025-2026", "range", date(2026, 12, 31)),
        (2026, "by", date(2026, 12, 31)),
        ("Thường xuyên", "ongoing", None),
        ("Hằng năm", "annual", None),
    ],
)
@pytest.mark.parametrize("title", ["Thời hạn", "Hạn", "Thời gian thực hiện"])
def test_times_as_offices_write_them(title, cell, kind, end):
    found = reading(
        xlsx([("TT", "Nhiệm vụ", "Chủ trì", title), (1, "Rà soát", "Sở Y tế", cell)]), issued_on=date(2025, 1, 2)
    )
    deadline = found.tasks[0].deadline
    assert (deadline.kind, deadline.end, found.issues) == (kind, end, ())
    assert found.content[slice(*found.tasks[0].spans["deadline"][0])] == deadline.raw


def test_a_topic_by_its_name_or_its_words():
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Lĩnh vực"),
        (1, "Rà soát", "Sở Y tế", "Đất đai"),
        (2, "Rà", "Sở Y tế", "Bóng đá"),
    ]
    found = reading(xlsx(rows))
    assert found.tasks[0].topic == "land"
    assert codes(found) == [("D3", "S213")]


# Wrong cells


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ((1, None, "Sở Y tế", None, None, "2025"), [("B2", "S201")]),
        ((1, "Rà soát", "Anh Tuấn", None, None, "2025"), [("C2", "S203")]),
        ((1, "Rà soát", "Sở Y tế; anh Tuấn", None, None, "2025"), [("C2", "S204")]),
        ((1, "Rà soát", "Sở Y tế", "nhiều nơi", None, "2025"), [("D2", "S204")]),
        ((1, "Rà soát", None, None, None, "2025"), [("C2", "S202")]),
        ((1, "Rà soát", "Sở Y tế", None, None, "31/02/2025"), [("F2", "S205")]),
        ((1, "Rà soát", "Sở Y tế", None, None, "sớm nhất có thể"), [("F2", "S206")]),
        ((1, "Rà soát", "Sở Y tế", None, None, "từ 01/6/2025 đến 01/3/2025"), [("F2", "S207")]),
        ((1, "Rà soát", "Sở Y tế", None, ("=A9", "#REF!"), "2025"), [("E2", "S209")]),
        ((1, "Rà soát", ("=A9", ""), None, None, "2025"), [("C2", "S202"), ("C2", "S210")]),
        ((1, "rà soát " * 2600, "Sở Y tế", None, None, "2025"), [("B2", "S212")]),
        ((1, "Rà soát", "Sở Y tế", "-", "Không", "2025"), []),
    ],
)  # fmt: skip
def test_a_wrong_cell_is_named(row, expected):
    found = reading(xlsx([HEAD, row, (2, "Việc khác", "Sở Nội vụ", None, None, "2026")]))
    assert codes(found) == expected
    assert found.tasks[-1].lead == ("so-nv",)


def test_columns_of_start_and_end_are_checked_against_each_other():
    rows = [
        ("TT", "Nhiệm vụ", "Chủ trì", "Bắt đầu", "Kết thúc"),
        (1, "Rà soát", "Sở Y tế", "1/6/2025", date(2025, 5, 1)),
    ]
    found = reading(xlsx(rows))
    assert codes(found) == [("E2", "S207")]
    assert found.issues[0].vietnamese == "Ngày kết thúc 01/05/2025 trước ngày bắt đầu 01/06/2025."


def test_two_columns_of_times_that_differ():
    rows = [("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn", "Hạn"), (1, "Rà soát", "Sở Y tế", "Quý I/2025", date(2025, 5, 1))]
    found = reading(xlsx(rows))
    assert (codes(found), found.tasks[0].deadline.end) == ([("E2", "S208")], date(2025, 3, 31))


def test_the_same_task_twice():
    again = (7, *CHECK[1:])
    found = reading(xlsx([HEAD, TEACH, CHECK, again]))
    assert (codes(found), len(found.tasks)) == ([("B4", "S211")], 3)
    assert "3" in found.issues[0].english


def test_a_sheet_without_columns_of_bodies_or_tasks():
    assert codes(reading(xlsx([("TT", "Nhiệm vụ", "Thời hạn"), (1, "Rà soát", "2025")]))) == [("B1", "S103")]
    assert codes(reading(xlsx([HEAD]))) == [("B1", "S105")]


def test_every_code_has_both_languages():
    assert SENTENCES.keys() == CELLS.keys()
    issue = reading(xlsx([HEAD, (1, "Rà soát", "Anh Tuấn", None, None, "2025")])).issues[0]
    assert issue.as_json() == {
        "sheet": "Kế hoạch",
        "cell": "C2",
        "row": 2,
        "column": "C",
        "level": "error",
        "code": "S203",
        "message": {"vi": issue.vietnamese, "en": issue.english},
    }
    assert all("Anh Tuấn" in words for words in (issue.vietnamese, issue.english))


# Formats


@pytest.mark.parametrize("name", ["task-sheet.ods", "task-sheet.xls"])
def test_other_formats_say_the_same(name):
    found = reading((FILES / name).read_bytes(), name)
    assert leads(found) == [("so-nv",), ("so-nv",), ("so-tc",)]
    assert [task.deadline.end for task in found.tasks] == [date(2025, 6, 30), date(2025, 12, 31), date(2026, 12, 31)]
    assert found.tasks[1].inherited == {"lead": "1"}
    assert codes(found) == ([("D4", "S209")] if name.endswith("ods") else [])


TEXT = 'TT{0}Nhiệm vụ{0}Chủ trì{0}Hạn\r\n1{0}"Rà soát; báo cáo,\nđề xuất"{0}Sở Tài chính{0}2025-06-30\r\n'


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_with_separators(separator, encoding):
    found = reading(TEXT.format(separator).encode(encoding), "a.csv")
    (task,) = found.tasks
    assert (task.text, task.lead, task.deadline.end) == ("Rà soát; báo cáo, đề xuất", ("so-tc",), date(2025, 6, 30))


def test_text_in_windows_1258():
    words = "TT;Nhi\u00ea\u0323m vu\u0323;Chu\u0309 tri\u0300\n1;Ra\u0300 soa\u0301t;Sở Tài chính\n"
    data = words.replace("ở", "ơ\u0309").replace("à", "a\u0300").replace("í", "i\u0301").encode("cp1258")
    assert leads(reading(data, "a.csv")) == [("so-tc",)]


def test_shown_as_a_person_sees_it():
    rows = [(3.0, 1.5, True, date(2025, 6, 3), "a\tb\x07c")]
    found = read_rows(sheet := open_workbook(xlsx(rows), "a.xlsx").sheets[0], guess(sheet))
    assert found.content == "3\t1.5\tTRUE\t03/06/2025\ta b c\n"


def test_layout_gives_merged_cells_once():
    found = reading(
        xlsx(
            [("KẾ HOẠCH", None, None), ("TT", "Nhiệm vụ", "Chủ trì"), (1, "A", "Sở Y tế"), (2, "B", None)],
            ["A1:C1", "C3:C4"],
        )
    )
    rows = found.layout[0]["table"]
    words = [[found.content[slice(*cell["span"])] for cell in row] for row in rows]
    assert words == [["KẾ HOẠCH"], ["TT", "Nhiệm vụ", "Chủ trì"], ["1", "A", "Sở Y tế"], ["2", "B"]]
    assert (rows[0][0]["columns"], rows[2][2]["rows"]) == (3, 2)


# Files that cannot be read


def package(**parts: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in parts.items():
            packed.writestr(name.replace("__", "/") + ".xml", text)
    return out.getvalue()


def with_part(part: str, text: str) -> bytes:
    """The plain workbook with one part replaced."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(xlsx([HEAD, TEACH]))) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return out.getvalue()


FAR = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", Empty),
        (b" \n\t", Empty),
        (xlsx([(None,)]), Empty),
        (xlsx([HEAD, TEACH])[:3000], Damaged),
        (with_part("xl/worksheets/sheet1.xml", "<worksheet"), Damaged),
        (with_part("xl/worksheets/sheet1.xml", FAR), TooLarge),
        (with_part("xl/worksheets/sheet1.xml", FAR.replace('r="XFD1048576"', "")), TooLarge),
        (with_part("xl/sharedStrings.xml", " " * 210_000_000), TooLarge),
        (package(xl__workbook="<workbook/>"), Damaged),
        (("x," * 150).encode(), TooLarge),
        (b"x\n" * 20_001, TooLarge),
        (b"\x89PNG\r\n\x1a\n", NotASheet),
        (b"%PDF-1.7", NotASheet),
        (bytes(range(256)) * 20, NotASheet),
        (b"<!DOCTYPE html><table><tr><td>TT</table>", NotASheet),
        ((FILES / "locked.docx").read_bytes(), Protected),
        ((FILES / "task-sheet.xls").read_bytes()[:2000], Damaged),
        ("Привет; мир\n".encode("koi8-r") * 20, UnknownEncoding),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_refused(data, error):
    with pytest.raises(error):
        open_workbook(data, "ke-hoach.xlsx" if data[:2] == b"PK" else "ke-hoach.xls")


def test_cells_that_only_have_a_look_do_not_make_a_sheet_large():
    part = FAR.replace('<c r="XFD1048576"><v>1</v></c>', '<c r="XFD1048576" s="1"/>')
    assert len(open_workbook(with_part("xl/worksheets/sheet1.xml", part), "a.xlsx").sheets[0].rows) == 1


# Whole plans


def test_the_projects_own_sheet_reads_back():
    plan = analysis()
    found = reading(as_xlsx(plan))
    for task, back in zip(plan.tasks, found.tasks, strict=True):
        assert (back.text, back.coordinate, back.deliverable) == (task.text, task.coordinate, task.deliverable)
        assert (back.deadline.kind, back.deadline.end, back.deadline.rule) == (
            task.deadline.kind,
            task.deadline.end,
            task.deadline.rule,
        )
    # Where the cell names nobody, the words of the task may: `giao các đơn vị rà soát`.
    assert leads(found) == [("so-tc",), ("g:lien-quan",), ("so-tc",)]
    assert len(reading(as_tsv(sheets(plan)[0]).encode(), "a.tsv").tasks) == len(plan.tasks)


def test_the_sheets_of_the_five_directives_read_back():
    """Every task; lead, product, time and topic of each exactly; of one, the words name a helper that no cell names."""
    same: Counter[str] = Counter()
    for path in DIRECTIVES:
        plan = analyse(read(path))
        found = reading(as_xlsx(plan), issued_on=plan.header.issued_on, issuer=plan.header.issuer or "")
        assert {issue.code for issue in found.issues} <= {"S202"}
        for task, back in zip(plan.tasks, found.tasks, strict=True):
            same["tasks"] += task.text == back.text
            for name in ("lead", "coordinate", "deliverable", "topic"):
                same[name] += getattr(task, name) == getattr(back, name)
            same["deadline"] += rule(task) == rule(back)
    total = same["tasks"]
    print(dict(same))
    assert total == 254
    assert same == {"tasks": total, "lead": total, "deliverable": total, "deadline": total, "topic": total} | {
        "coordinate": total - 1
    }


def rule(task):
    return (due := task.deadline) and (due.kind, due.start, due.end, due.rule)


def test_a_thousand_rows():
    rows = [
        HEAD,
        *(
            (i, f"Rà soát hợp tác xã số {i}", "Sở Tài chính; Sở Y tế", "UBND các xã", "Báo cáo", "2025")
            for i in range(1, 1001)
        ),
    ]
    found = reading(xlsx(rows))
    assert (len(found.tasks), found.issues) == (1000, ())
    assert Counter(leads(found)) == {("so-tc", "so-yt"): 1000}


WORDS = st.sampled_from(
    ["", "TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn", "Bắt đầu", "Kết thúc", "Lĩnh vực", "I", "II", "1", "1.1", "a", "-",
     "Sở Tài chính", "Sở Y tế\nSở Nội vụ", "Chủ trì: Sở Y tế; phối hợp: UBND xã", "31/02/2025", "từ 01/6/2025 đến 01/3/2025",
     "Quý I", "Rà soát hợp tác xã", "A. NHÂN LỰC", "Nơi nhận:", "(1)", "Điều 1. Báo cáo", "Hằng năm"]
)  # fmt: skip
CELLS_OF = st.one_of(WORDS.map(Cell), st.text(max_size=12).map(Cell), st.just(Cell("#REF!", error="#REF!")))
GRIDS = st.lists(st.lists(CELLS_OF, max_size=6), max_size=9)
MERGES = st.lists(st.tuples(*[st.integers(0, 6)] * 4), max_size=4)


def test_a_task_sheet_in_an_old_code_page_is_read():
    data = "TT;Néi dung;C¬ quan chñ tr×\n1;Rµ so¸t hîp t¸c x·;Së Tµi chÝnh".encode("cp1252")
    [sheet] = open_workbook(data, "a.csv").sheets
    assert [[cell.text for cell in row] for row in sheet.rows][1] == ["1", "Rà soát hợp tác xã", "Sở Tài chính"]


@settings(max_examples=examples(150), deadline=None)
@given(
    grid=GRIDS,
    merges=MERGES,
    roles=st.none() | st.lists(st.sampled_from(ROLES), max_size=7),
    year=st.sampled_from([None, 2025]),
)
def test_any_grid_gives_tasks_or_issues(grid, merges, roles, year):
    cells = {Place(r, c): cell for r, row in enumerate(grid) for c, cell in enumerate(row) if cell != Cell()}
    areas = [Merge(min(a, c), min(b, d), max(a, c), max(b, d)) for a, b, c, d in merges]
    sheet = make_sheet("a", "a", cells, areas)
    mapping = guess(sheet)
    if roles is not None:
        mapping = Mapping("a", (1, 1), tuple(Column(i, "", role) for i, role in enumerate(roles)))
    found = read_rows(sheet, mapping, issued_on=date(year, 1, 2) if year else None)
    assert found.tasks or found.issues
    assert len({task.at for task in found.tasks}) == len(found.tasks) == len(found.rows)
    for task in found.tasks:
        assert found.content[slice(*task.span)] == task.text
        assert all(0 <= a < b <= len(found.content) for spans in task.spans.values() for a, b in spans)
        assert {*task.lead, *task.coordinate} <= found.agencies.keys()
    json.dumps(found.as_json())
    spans = [cell["span"] for row in found.layout[0]["table"] for cell in row]
    assert spans == sorted(spans)
    assert not set("\x00\x07\r") & set(found.content)


@settings(max_examples=examples(100), deadline=None)
@given(data=st.binary(max_size=300) | st.text(max_size=200).map(str.encode), name=st.sampled_from(["a.csv", "a.xlsx"]))
def test_any_bytes_open_or_are_refused(data, name):
    try:
        book = open_workbook(data, name)
    except (Empty, NotASheet, UnknownEncoding, Damaged, TooLarge, Protected):
        return
    assert book.sheets
