"""Official documents in Word: read back with our own reader and with python-docx, and in the order that Word asks for."""

from __future__ import annotations

import shutil
import struct
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from tests.vanban.official import figures, letter, png, report, tasks
from tests.vanban.reading_files import tables, texts
from tests.vanban.word_order import W, misplaced
from vanban import read
from vanban.errors import LayoutMissing, NoSuchAuthority, NotAPicture
from vanban.messages import sentence
from vanban.writing import layout, write
from vanban.writing.model import Authority, Cell, Column, Head, Item, Paragraph, Picture, Run, Signature, Table

ND30, HD36 = layout("nd30"), layout("hd36")


@pytest.fixture(scope="module")
def written() -> bytes:
    return write(report(), ND30)


@pytest.fixture(scope="module")
def opened(written):
    return docx.Document(BytesIO(written))


def lines(data: bytes) -> list[str]:
    return texts(read(data, name="a.docx"))


def styled(opened, style: str) -> list[str]:
    name = next(element.name for element in ND30.elements.values() if element.key == style)
    found = [p.text for p in opened.paragraphs if p.style.name == name]
    inside = [p.text for t in opened.tables for row in t.rows for cell in row.cells for p in cell.paragraphs]
    assert found or inside
    return found


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def test_our_own_reader_finds_every_element_in_its_place(written):
    found = lines(written)
    for line in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/BC-UBND",
        "Thái Nguyên, ngày 05 tháng 12 năm 2026",
        "BÁO CÁO",
        "Kính gửi: Bộ Tài chính",
        "I. KẾT QUẢ THỰC HIỆN",
        "1. Phát triển hợp tác xã",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "Nguyễn Văn An",
        "Nơi nhận:",
        "- Lưu: VT, KT.",
        "Phụ lục II",
        "CHỈ TIÊU KINH TẾ TẬP THỂ",
    ):
        assert line in found, line
    assert "(Kèm theo Báo cáo số 05/BC-UBND ngày 05 tháng 12 năm 2026 của Ủy ban nhân dân tỉnh Thái Nguyên)" in found


def test_points_follow_the_vietnamese_alphabet_and_begin_anew(written):
    found = [line[:2] for line in lines(written) if line[1:2] == ")"]
    assert found == ["a)", "b)", "c)", "d)", "đ)", "e)", "a)"]


def test_looks_are_styles_not_formatting_by_hand(opened):
    assert styled(opened, "kind") == ["BÁO CÁO"]
    assert styled(opened, "roman") == ["I. KẾT QUẢ THỰC HIỆN", "II. KIẾN NGHỊ"]
    named = opened.styles["Tên loại văn bản"]
    assert (named.font.size.pt, named.font.bold) == (14, True)
    body = opened.element.body
    for look in ("rFonts", "sz", "b", "i", "jc", "spacing"):
        assert not body.findall(f".//{W}{look}"), look


def test_pages_are_a4_with_the_margins_of_the_decree(opened):
    section = opened.sections[0]
    sizes = [section.page_width, section.page_height, section.left_margin, section.right_margin, section.top_margin]
    assert [round(size.mm) for size in sizes] == [210, 297, 30, 15, 20]


def test_a_wide_table_lies_on_a_page_of_its_own(opened):
    upright, side = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [s.orientation for s in opened.sections] == [upright, side, upright, upright, side]


def test_page_numbers_hide_on_the_first_page_and_begin_anew_in_each_annex(opened):
    starts = [s._sectPr.find(W + "pgNumType") is not None for s in opened.sections]
    assert starts == [False, False, False, True, True]
    assert [s.different_first_page_header_footer for s in opened.sections] == [True, False, False, True, True]
    header = opened.sections[0].header.paragraphs[0]
    assert header._p.find(W + "fldSimple").get(W + "instr").strip() == "PAGE"
    assert header.style.paragraph_format.alignment == 1
    assert opened.sections[0].first_page_header.paragraphs[0].text == ""


def test_a_table_repeats_its_head_and_puts_numbers_to_the_right(opened):
    table = next(t for t in opened.tables if t.style.name == "Bảng số liệu")
    assert [row._tr.find(f"{W}trPr/{W}tblHeader") is not None for row in table.rows] == [True] + [False] * 6
    assert table.cell(1, 3).paragraphs[0].style.name == "Bảng: số"
    assert [c.text for c in table.rows[6].cells] == ["Tổng cộng", "Tổng cộng", "Tổng cộng", "60"]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(165, abs=0.5)


def test_merged_heads_keep_every_column(written):
    wide = tables(read(written, name="a.docx"))[-1]
    assert [cell.text for cell in wide.rows[-1].cells] == ["", "Tổng cộng", "", "1.025", "1.100", "1.060", "99,1"]


def test_whose_words_they_are_goes_along_unseen(written):
    marks = part(written, "customXml/item1.xml")
    assert [(mark.get("by"), [of.text for of in mark]) for mark in marks] == [
        ("computed", ["H01", "H02"]),
        ("person", []),
    ]
    body = part(written, "word/document.xml")
    assert [mark.get(W + "name") for mark in body.iter(W + "bookmarkStart")] == ["_m1", "_m2"]


def test_a_draft_shows_which_words_are_computed():
    body = part(write(report(), ND30, shaded=True), "word/document.xml")
    shaded = [run for run in body.iter(W + "r") if run.find(f"{W}rPr/{W}shd") is not None]
    assert [run.findtext(W + "t")[:17] for run in shaded] == ["Trong năm 2026, t"]
    assert list(misplaced(body)) == []


def test_a_picture_says_in_words_what_it_shows(opened):
    (shape,) = opened.inline_shapes
    assert (shape.width.mm, shape.height.mm) == (120, 60)
    assert shape._inline.docPr.get("descr") == "Biểu đồ số hợp tác xã qua các năm"


def test_the_same_picture_twice_is_stored_once():
    twice = write(report(blocks=(Picture(png(), "a", 10), Picture(png(), "b", 20), Picture(png(8, 8), "c", 20))), ND30)
    names = zipfile.ZipFile(BytesIO(twice)).namelist()
    assert [name for name in names if "media" in name] == ["word/media/image1.png", "word/media/image2.png"]


@pytest.mark.parametrize(
    ("data", "ending"),
    [
        (b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x0a\x00\x28" + bytes(8), "jpeg"),
        (bytes(24) + struct.pack("<iiii", 5, 5, 45, 15) + b" EMF" + bytes(60), "emf"),
    ],
)
def test_other_pictures_keep_their_proportions(data, ending):
    made = write(report(blocks=(Picture(data, "Hình", 100),)), ND30)
    assert f"word/media/image1.{ending}" in zipfile.ZipFile(BytesIO(made)).namelist()
    assert [int(size.get("cy")) for size in part(made, "word/document.xml").iter("{*}extent")] == [25 * 36_000]


@pytest.mark.parametrize("data", [b"", b"GIF89a" + bytes(60), b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0"])
def test_what_is_no_picture_is_refused_by_its_name(data):
    with pytest.raises(NotAPicture, match="Bản đồ"):
        write(report(blocks=(Picture(data, "Bản đồ", 10),)), ND30)


def test_everything_is_vietnamese_in_times_new_roman(written):
    defaults = part(written, "word/styles.xml").find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    assert set(defaults.find(W + "rFonts").attrib.values()) == {"Times New Roman"}
    assert len(defaults.find(W + "rFonts").attrib) == 4
    assert defaults.find(W + "lang").get(W + "val") == "vi-VN"


@pytest.mark.parametrize(
    "made",
    [write(report(), ND30), write(letter(), ND30), write(report(code="BC/TU"), HD36)],
    ids=["report", "letter", "party"],
)
def test_word_finds_its_elements_in_the_order_it_asks_for(made):
    for name in ("document", "styles", "settings", "header1"):
        assert list(misplaced(part(made, f"word/{name}.xml"))) == []
    numbers = [mark.get(W + "id") for mark in part(made, "word/document.xml").iter(W + "bookmarkStart")]
    assert len(set(numbers)) == len(numbers)
    known = {style.get(W + "styleId") for style in part(made, "word/styles.xml").iter(W + "style")}
    used = {e.get(W + "val") for e in part(made, "word/document.xml").iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    assert used <= known


def test_the_same_document_gives_the_same_bytes(written):
    assert write(report(), ND30) == written


def test_party_documents_have_their_own_letterhead():
    found = lines(write(report(code="BC/TU"), HD36))
    assert {"ĐẢNG CỘNG SẢN VIỆT NAM", "Số 05-BC/TU", "*", "T/M ỦY BAN NHÂN DÂN", "I- KẾT QUẢ THỰC HIỆN"} <= set(found)
    assert not any("CỘNG HÒA" in line or "Độc lập" in line for line in found)


def test_a_letter_says_what_it_is_about_below_its_number():
    found = lines(write(letter(), ND30))
    assert found.index("Số: /STC-KTHT") < found.index("V/v đôn đốc báo cáo kết quả phát triển kinh tế tập thể")
    assert found.index("Kính gửi:") + 1 == found.index("- Các sở, ban, ngành;")


def test_a_layout_whose_text_is_not_at_hand_is_refused():
    with pytest.raises(LayoutMissing, match="05-HD/VPTW") as error:
        layout("hd05")
    assert "còn thiếu khổ giấy, lề trang, cỡ chữ" in sentence(error.value)


def test_an_authority_that_the_party_does_not_know_is_refused():
    signed = report(code="BC/TU", signature=Signature((Authority("Giám đốc", "TUQ"),)))
    with pytest.raises(NoSuchAuthority, match="T/M"):
        write(signed, HD36)


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 9), "ngày 09 tháng 01 năm 2026"),
        (date(2026, 3, 10), "ngày 10 tháng 3 năm 2026"),
    ],
)
def test_days_below_ten_and_the_first_two_months_have_a_nought(day, words):
    made = report(head=replace(report().head, day=day))
    assert f"Thái Nguyên, {words}" in lines(write(made, ND30))


def test_a_table_is_taken_row_by_row():
    """A generator is enough, and is asked once."""
    taken = []

    def rows():
        for at in range(3):
            taken.append(at)
            yield (str(at), Cell("hai dòng", down=2) if not at else "x") if at != 1 else (str(at),)

    made = Table((Column(20), Column(20)), rows())
    found = tables(read(write(report(blocks=(made,), annexes=()), ND30), name="a.docx"))
    assert taken == [0, 1, 2]
    assert [[c.text for c in row.cells] for row in found[0].rows][-1] == ["2", "x"]


def test_a_row_with_a_cell_too_many_is_no_table():
    with pytest.raises(ValueError, match="zip"):
        write(report(blocks=(replace(tasks(), rows=[("1", "2", "3", "4", "5")]),)), ND30)


anything = st.text(max_size=60)


@settings(max_examples=examples(40), deadline=None, database=None)
@given(anything, anything, anything)
def test_any_text_survives_writing_and_reading_back(words, bold, cell):
    """What XML cannot hold is left out; all else is there, in its order."""
    made = report(
        blocks=(
            Paragraph((Run("<" + words + ">"), Run("[" + bold + "]", bold=True))),
            Item("letter", "x" + words + "y"),
            replace(figures(), rows=[("1", "<" + cell + ">", "", "", "", "", "")]),
        ),
        annexes=(),
        head=Head(f"A{words}", f"B{bold}", f"C{cell}"),
    )
    opened = docx.Document(BytesIO(write(made, ND30)))
    body = [p.text for p in opened.paragraphs if p.style.name == "Nội dung văn bản"]
    assert body == [kept(f"<{words}>[{bold}]"), kept(f"a) x{words}y")]
    assert kept(f"<{cell}>") in [c.text for t in opened.tables for row in t.rows for c in row.cells]


def kept(text: str) -> str:
    """Text as a Word file holds it."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\v", "\n").replace("\f", "\n")
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


@pytest.mark.thorough
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_libreoffice_shows_the_pages(written, tmp_path):
    tmp_path.joinpath("a.docx").write_bytes(written)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "a.docx"]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    shown = read(tmp_path / "a.pdf")
    assert shown.pages == 6
