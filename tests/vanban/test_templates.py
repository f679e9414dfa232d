"""Templates that a province changes in Word: every blank is found and filled, the looks stay, what is wrong is named."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.examples import examples
from tests.vanban.official import blocks, figures, letter, png, report, tasks
from tests.vanban.reading_files import packed, para, run, word
from tests.vanban.test_writing import kept
from tests.vanban.word_order import W, misplaced
from vanban.errors import BlocksInLine, BrokenBlank, Damaged, NotWord, UnknownBlank
from vanban.messages import sentence
from vanban.writing import blanks, check, fill, layout, write
from vanban.writing.model import Heading, Mark, Paragraph, Picture

ND30 = layout("nd30")


def template(*texts: str) -> bytes:
    """A file that python-docx wrote, as Word would: another program's styles, none of ours."""
    made = docx.Document()
    for text in texts:
        made.add_paragraph(text)
    return saved(made)


def saved(made) -> bytes:
    buffer = BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def opened(data: bytes):
    return docx.Document(BytesIO(data))


def paragraphs(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in opened(data).paragraphs]


def test_a_blank_is_filled_wherever_it_stands():
    made = docx.Document()
    made.add_paragraph("Kính gửi: {{ noi_gui }}, {{Nơi gửi}}")
    made.add_table(1, 1).cell(0, 0).text = "{{noi_gui}}"
    made.sections[0].header.paragraphs[0].text = "Gửi {{noi_gui}}"
    made.sections[0].footer.paragraphs[0].text = "{{so}}"
    done = opened(fill(saved(made), {"noi_gui": "Sở Tài chính", "so": "5"}, ND30))
    assert done.paragraphs[0].text == "Kính gửi: Sở Tài chính, Sở Tài chính"
    assert done.tables[0].cell(0, 0).text == "Sở Tài chính"
    assert done.sections[0].header.paragraphs[0].text == "Gửi Sở Tài chính"
    assert done.sections[0].footer.paragraphs[0].text == "5"


def test_a_blank_in_capitals_is_filled_in_capitals():
    assert paragraphs(fill(template("{{TÊN CƠ QUAN}}"), {"ten_co_quan": "Sở Tài chính"}, ND30)) == ["SỞ TÀI CHÍNH"]


@pytest.mark.parametrize("cut", range(1, 13))
def test_a_blank_that_word_tore_apart_is_found(cut):
    """It takes the looks that it begins with; what stands behind it keeps its own."""
    made = docx.Document()
    line = made.add_paragraph()
    text = "{{ten_don_vi}}"
    for words, size in (("Gửi ", 11), (text[:cut], 16), (text[cut:], 9), (" ngay", 10)):
        line.add_run(words).font.size = Pt(size)
    (done,) = opened(fill(saved(made), {"ten_don_vi": "Sở Y tế"}, ND30)).paragraphs
    assert [(r.text, r.font.size.pt) for r in done.runs if r.text] == [("Gửi ", 11), ("Sở Y tế", 16), (" ngay", 10)]


def test_styles_of_the_template_are_kept():
    made = docx.Document()
    made.styles["Heading 1"].font.size = Pt(33)
    made.add_paragraph("{{a}}", style="Heading 1")
    made.add_paragraph("{{noi_dung}}")
    done = opened(fill(saved(made), {"a": "x", "noi_dung": (Heading("roman", "Kết quả"), Paragraph("Tốt."))}, ND30))
    assert [(p.text, p.style.name) for p in done.paragraphs] == [
        ("x", "Heading 1"),
        ("I. KẾT QUẢ", "Đề mục I"),
        ("Tốt.", "Nội dung văn bản"),
    ]
    assert done.styles["Heading 1"].font.size.pt == 33
    assert done.styles["Nội dung văn bản"].font.size.pt == 14


def test_a_row_comes_once_for_each_of_its_rows():
    made = docx.Document()
    table = made.add_table(3, 2)
    for cell, text in zip(
        table._cells, ("TT", "Nhiệm vụ", "{{viec.tt}}", "{{viec.ten}} ({{nam}})", "Tổng", "{{nam}}"), strict=True
    ):
        cell.text = text
    rows = [{"tt": "1", "ten": "Rà soát"}, {"tt": "2", "ten": "Báo cáo"}]
    done = opened(fill(saved(made), {"viec": rows, "nam": "2027"}, ND30)).tables[0]
    said = [[cell.text for cell in row.cells] for row in done.rows]
    assert said == [["TT", "Nhiệm vụ"], ["1", "Rà soát (2027)"], ["2", "Báo cáo (2027)"], ["Tổng", "2027"]]


def test_a_report_goes_into_its_template_whole():
    """Tables, pictures, marks and pages on their side; the file stays one that Word opens."""
    start = write(report(blocks=(Paragraph("{{noi_dung}}"),), annexes=()), ND30)
    done = fill(start, {"noi_dung": blocks()}, ND30)
    names = zipfile.ZipFile(BytesIO(done)).namelist()
    assert len(set(names)) == len(names)
    assert {"word/media/filled1_1.png", "customXml/filled1_marks.xml"} <= set(names)
    for part in ("word/document.xml", "word/styles.xml"):
        assert list(misplaced(etree.fromstring(zipfile.ZipFile(BytesIO(done)).read(part)))) == []
    upright, side = WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE
    assert [section.orientation for section in opened(done).sections] == [upright, side, upright]
    assert [s.different_first_page_header_footer for s in opened(done).sections] == [True, False, False]
    assert check(done, ND30) == ()
    assert [p.text for p in opened(done).paragraphs if p.text][-2:] == [
        "II. KIẾN NGHỊ",
        "Đề nghị Bộ Tài chính xem xét.",
    ]


def test_the_same_values_give_the_same_bytes():
    start = template("{{a}}", "{{b}}")
    values = {"a": "x", "b": (Picture(png(), "Hình", 20), Paragraph("y", mark=Mark("computed", ("H01",))))}
    assert fill(start, values, ND30) == fill(start, values, ND30)


def test_a_template_without_blanks_says_what_it_said():
    start = write(letter(), ND30)
    assert blanks(start) == ()
    assert paragraphs(fill(start, {}, ND30)) == paragraphs(start)


def test_a_page_can_list_the_blanks():
    found = blanks(template("Kính gửi: {{Nơi gửi}}", "x", "{{so}} và {{NGÀY}}"))
    assert [(each.key, each.words, each.at) for each in found] == [
        ("noi_gui", "Nơi gửi", "paragraph 1 “Kính gửi: {{Nơi gửi}}”"),
        ("so", "so", "paragraph 3 “{{so}} và {{NGÀY}}”"),
        ("ngay", "NGÀY", "paragraph 3 “{{so}} và {{NGÀY}}”"),
    ]


@pytest.mark.parametrize(
    ("texts", "values", "error", "words"),
    [
        (
            ("Gửi {{noi_guii}}",),
            {"noi_gui": "x", "so": "1"},
            UnknownBlank,
            "“{{noi_guii}}” ở đoạn 1 “Gửi {{noi_guii}}”",
        ),
        (("{{viec.tenn}}",), {"viec": [{"ten": "x"}]}, UnknownBlank, "các ô điền được: viec.ten."),
        (("{{viec}}",), {"viec": [{"ten": "x"}]}, UnknownBlank, "“{{viec}}”"),
        (("{{}}",), {"so": "1"}, UnknownBlank, "các ô điền được: so."),
        (("x", "Số {{so", "}} y"), {"so": "1"}, BrokenBlank, "“{{so” ở đoạn 2 “Số {{so”"),
        (("Nay {{noi_dung}}",), {"noi_dung": (Paragraph("x"),)}, BlocksInLine, "“{{noi_dung}}” ở đoạn 1"),
    ],
)
def test_what_is_wrong_with_a_template_is_named_with_its_place(texts, values, error, words):
    with pytest.raises(error) as raised:
        fill(template(*texts), values, ND30, name="mẫu báo cáo.docx")
    assert "mẫu báo cáo.docx" in sentence(raised.value)
    assert words in sentence(raised.value)


def test_a_file_that_is_no_template_is_refused():
    with pytest.raises(NotWord):
        blanks(b"%PDF-1.7", name="a.pdf")
    with pytest.raises((Damaged, NotWord)):
        blanks(template("x")[:-40])


def test_blanks_in_a_text_box_are_filled():
    made = docx.Document()
    box = "<w:pict><v:textbox xmlns:v='urn:v'><w:txbxContent><w:p>{}</w:p></w:txbxContent></v:textbox></w:pict>"
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    paragraph = made.add_paragraph("Ngoài {{a}}")
    paragraph._p.append(etree.fromstring(f"<w:r {space}>{box.format(run('Trong {{b}}'))}</w:r>"))
    done = fill(saved(made), {"a": "một", "b": "hai"}, ND30)
    found = etree.fromstring(zipfile.ZipFile(BytesIO(done)).read("word/document.xml")).iter(f"{W}t")
    assert [text.text for text in found] == ["Ngoài một", "Trong hai"]


def test_a_wide_table_in_a_cell_stays_upright():
    made = docx.Document()
    made.add_table(1, 1).cell(0, 0).text = "{{bang}}"
    made.add_paragraph("x")
    done = opened(fill(saved(made), {"bang": (figures(),)}, ND30))
    assert len(done.sections) == 1
    widths = [column.width.mm for column in done.tables[0].cell(0, 0).tables[0].columns]
    assert sum(widths) == pytest.approx(done.tables[0].columns[0].width.mm - 4, abs=1)
    assert done.tables[0].cell(0, 0).tables[0].cell(2, 1).text == "Chỉ tiêu số 1"
    assert list(misplaced(done.element)) == []


BRACKETS = word(para("<{{a}}|{{b}}>"))


@settings(max_examples=examples(60), deadline=None, database=None)
@given(st.text(max_size=40), st.text(max_size=40))
def test_any_value_is_filled_as_it_is(first, second):
    done = fill(BRACKETS, {"a": first, "b": second}, ND30)
    found = etree.fromstring(zipfile.ZipFile(BytesIO(done)).read("word/document.xml")).iter(
        f"{W}t", f"{W}tab", f"{W}br"
    )
    said = {f"{W}tab": "\t", f"{W}br": "\n"}
    assert "".join(said.get(part.tag) or part.text or "" for part in found) == kept(f"<{first}|{second}>")


def test_values_are_not_read_for_blanks():
    assert paragraphs(fill(template("{{a}}{{b}}"), {"a": "{{b}}", "b": "x"}, ND30)) == ["{{b}}x"]


def test_marks_of_the_template_are_not_used_twice():
    marked = replace(report(), annexes=(), blocks=(Paragraph("x", mark=Mark("person")), Paragraph("{{a}}")))
    done = fill(write(marked, ND30), {"a": (Paragraph("y", mark=Mark("person")),)}, ND30)
    names = [
        mark.get(mark.tag.replace("bookmarkStart", "name")) for mark in opened(done).element.iter("{*}bookmarkStart")
    ]
    assert names == ["_m1", "_m2"]


def test_pictures_of_the_template_stay_beside_those_put_in():
    start = write(
        report(annexes=(), blocks=(Picture(png(2, 2), "a", 10), Paragraph("{{a}}"), Paragraph("{{b}}"))), ND30
    )
    once = fill(start, {"a": (Picture(png(4, 4), "b", 10),), "b": "{{c}}"}, ND30)
    done = opened(fill(once, {"c": (Picture(png(6, 6), "c", 10),)}, ND30))
    shown = [
        (s._inline.docPr.get("descr"), s._inline.docPr.id, s._inline.graphic.graphicData.pic.blipFill.blip.embed)
        for s in done.inline_shapes
    ]
    assert [(alt, number) for alt, number, _ in shown] == [("a", 1), ("b", 2), ("c", 3)]
    assert [done.part.related_parts[key].image.px_width for *_, key in shown] == [2, 4, 6]


def test_what_is_put_in_fits_the_page_of_the_template():
    """Letter paper with wide margins, and another font: tables as wide as its text, letters as the layout wants."""
    made = opened(template("{{a}}"))
    section = made.sections[0]
    room = section.page_width.mm - section.left_margin.mm - section.right_margin.mm
    done = opened(fill(saved(made), {"a": (tasks(), figures(), Picture(png(), "x", 400, "Hình"))}, ND30))
    turned = section.page_height.mm - section.left_margin.mm - section.right_margin.mm
    assert [round(sum(column.width.mm for column in t.columns)) for t in done.tables] == [round(room), round(turned)]
    assert done.inline_shapes[0].width.mm == pytest.approx(room, abs=0.1)
    assert {done.styles[name].font.name for name in ("Bảng: chữ", "Tên hình")} == {"Times New Roman"}


@pytest.mark.parametrize("name", ["word/styles.xml", "word/_rels/document.xml.rels", "[Content_Types].xml"])
def test_a_template_with_a_broken_part_is_damaged(name):
    archive = zipfile.ZipFile(BytesIO(template("{{a}}")))
    parts = {each: archive.read(each) for each in archive.namelist()}
    values = {"a": (Picture(png(), "x", 10), Paragraph("x"))}
    with pytest.raises((Damaged, NotWord)):
        fill(packed({**parts, name: parts[name][:200]}), values, ND30)
