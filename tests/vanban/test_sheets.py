"""The task sheet: wording of its cells, and the workbook and text made of it."""

import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest

from tests.vanban.samples import REVIEW, TEACH, analysis
from vanban import wording
from vanban.sheets import as_tsv, as_xlsx, sheets

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


class Book:
    """A workbook as a reader of its file sees it."""

    def __init__(self, data: bytes) -> None:
        self.parts = zipfile.ZipFile(BytesIO(data))
        self.strings = ["".join(si.itertext()) for si in self.xml("xl/sharedStrings.xml")]
        self.names = [sheet.get("name") for sheet in self.xml("xl/workbook.xml").iter(f"{MAIN}sheet")]

    def xml(self, part: str) -> ET.Element:
        return ET.fromstring(self.parts.read(part))

    def page(self, number: int) -> ET.Element:
        return self.xml(f"xl/worksheets/sheet{number}.xml")

    def rows(self, number: int) -> list[list[object]]:
        return [list(map(self.cell, row)) for row in self.page(number).iter(f"{MAIN}row")]

    def cell(self, cell: ET.Element) -> object:
        value = cell.findtext(f"{MAIN}v")
        return value and (self.strings[int(value)] if cell.get("t") == "s" else float(value))

    def table(self, number: int) -> list[dict[str, object]]:
        rows = iter(self.rows(number))
        titles = next(row for row in rows if row and row[0] == "TT")
        return [dict(zip(titles, row, strict=True)) for row in rows]


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(as_xlsx(analysis()))


def test_the_task_sheet_says_who_does_what_by_when(book):
    first, _, third = book.table(1)
    assert first == {
        "TT": 1,
        "Nhiệm vụ": TEACH,
        "Cơ quan chủ trì": "Sở Tài chính",
        "Cơ quan phối hợp": "Hội Làm vườn",
        "Sản phẩm": "",
        "Thời hạn": "Hằng năm, trước ngày 15/12",
        "Hạn": "",
        "Lĩnh vực": "Tuyên truyền, nhận thức",
        "Địa chỉ trong văn bản": "II/1/-1",
        "Cần xem lại": "",
    }
    assert third["Sản phẩm"] == "Cơ sở dữ liệu"


def test_a_due_day_is_a_date_of_the_spreadsheet(book):
    _, second, third = book.table(1)
    assert [date(1899, 12, 30) + timedelta(row["Hạn"]) for row in (second, third)] == [
        date(2023, 6, 30),
        date(2025, 12, 31),
    ]
    assert "dd/mm/yyyy" in book.parts.read("xl/styles.xml").decode()


def test_a_day_before_the_calendar_of_spreadsheets_is_text():
    plan = analysis()
    early = replace(plan.tasks[1].deadline, end=date(1899, 1, 2))
    old = replace(plan, tasks=(replace(plan.tasks[1], deadline=early),))
    assert Book(as_xlsx(old)).table(1)[0]["Hạn"] == "02/01/1899"


def test_doubts_give_their_reason(book):
    _, second, _ = book.table(1)
    assert "quý II" in second["Cần xem lại"]
    assert "cơ quan chủ trì" in second["Cần xem lại"]
    assert "lĩnh vực" not in second["Cần xem lại"]  # of that the reader was sure


@pytest.mark.parametrize("words", [REVIEW, "+84 tổ hợp tác", "- rà soát", "@SUM(A1)", "http://a.vn", "{=A1}", "0123"])
def test_words_are_never_a_formula_a_link_or_a_number(words):
    plan = analysis()
    task = replace(plan.tasks[0], text=words, deliverable=words)
    book = Book(as_xlsx(replace(plan, tasks=(task,), header=replace(plan.header, title=words))))
    assert not list(book.page(1).iter(f"{MAIN}f"))
    assert not list(book.page(1).iter(f"{MAIN}hyperlink"))
    assert (book.table(1)[0]["Nhiệm vụ"], book.table(1)[0]["Sản phẩm"]) == (words, words)


def test_the_sheet_names_its_document(book):
    top = [row[0] for row in book.rows(1)[:3]]
    assert top[1:] == [
        "Kế hoạch số 1627/KH-UBND ngày 24/02/2023 của Ủy ban nhân dân tỉnh Khánh Hòa",
        "Thực hiện Nghị quyết số 20-NQ/TW về kinh tế tập thể",
    ]


def test_the_sheet_prints_on_a4_landscape_with_its_header_on_each_page(book):
    page = book.page(1)
    setup = page.find(f"{MAIN}pageSetup").attrib
    assert (setup["paperSize"], setup["orientation"], setup["fitToHeight"]) == ("9", "landscape", "0")
    names = {name.get("name"): name.text for name in book.xml("xl/workbook.xml").iter(f"{MAIN}definedName")}
    assert names["_xlnm.Print_Titles"] == "'Nhiệm vụ'!$5:$5"
    assert page.find(f"{MAIN}autoFilter").get("ref") == "A5:J8"
    assert page.find(f".//{MAIN}pane").get("ySplit") == "5"


def test_all_is_in_times_new_roman(book):
    fonts = {font.get("val") for font in book.xml("xl/styles.xml").iter(f"{MAIN}name")}
    assert fonts == {"Times New Roman"}


def test_targets_and_duties_have_sheets_of_their_own(book):
    assert book.names == ["Nhiệm vụ", "Chỉ tiêu", "Báo cáo"]
    first, second = book.table(2)
    assert (first["Mức phải đạt"], second["Mức phải đạt"]) == ("ít nhất 16 hợp tác xã", "0,5–12%")
    assert second["Thời gian, phạm vi"] == "đến năm 2030"
    (duty,) = book.table(3)
    assert (duty["Nơi nhận báo cáo"], duty["Kỳ báo cáo"]) == ("Sở Tài chính", "Hằng năm")
    assert (duty["Hạn gửi"], duty["Cần xem lại"]) == ("Trước ngày 15/12", "Chưa chắc")


def test_a_plan_without_targets_and_duties_has_one_sheet():
    assert Book(as_xlsx(replace(analysis(), targets=(), duties=()))).names == ["Nhiệm vụ"]


def test_a_document_without_tasks_gives_an_empty_sheet():
    assert Book(as_xlsx(replace(analysis(), tasks=()))).table(1) == []


def test_the_same_plan_gives_the_same_workbook():
    assert as_xlsx(analysis()) == as_xlsx(analysis())


def test_a_task_longer_than_a_cell_is_cut_visibly():
    plan = analysis()
    long = replace(plan, tasks=(replace(plan.tasks[0], text="dài " * 20_000),))
    words = Book(as_xlsx(long)).table(1)[0]["Nhiệm vụ"]
    assert (len(words), words[-1]) == (32_767, "…")


def lines(text: str) -> Iterator[list[str]]:
    return (line.split("\t") for line in text.splitlines())


def test_tab_separated_text_has_a_line_a_task_and_no_formula():
    header, *rows = lines(as_tsv(sheets(analysis())[0]))
    assert header[:2] == ["TT", "Nhiệm vụ"]
    assert [len(row) for row in rows] == [len(header)] * 3
    assert rows[1][1] == f"'{REVIEW}"
    assert rows[1][6] == "30/06/2023"


def test_tabs_and_line_ends_within_words_do_not_break_the_text():
    plan = analysis()
    torn = replace(plan, tasks=(replace(plan.tasks[0], deliverable="một\thai\nba"),))
    assert next(lines(as_tsv(sheets(torn)[0]).split("\n", 1)[1]))[4] == "một hai ba"


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0"), (16, "16"), (1234.5, "1.234,5"), (1_200_000, "1.200.000"), (0.25, "0,25")]
)
def test_numbers(value, words):
    assert wording.number(value) == words
