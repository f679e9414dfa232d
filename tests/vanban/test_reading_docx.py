"""Word documents: numbers, tables, tracked changes, text boxes; each case in XML as Word writes it."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest

from tests.vanban.reading_files import (
    check_places,
    form,
    packed,
    para,
    run,
    table,
    tables,
    texts,
    use,
    word,
)
from vanban.reading import read
from vanban.values import Paragraph


def lines(body: str, **parts: str) -> list[str]:
    document = read(word(body, **parts))
    check_places(document)
    return texts(document)


# Automatic numbers

OUTLINE = form(0, ("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%3)"), ("bullet", "-"), ("bullet", "+"))


def numbered(*levels: int, numbering: str, name: int = 1) -> list[str]:
    body = "".join(para("X", number=(name, level)) for level in levels)
    return [line.removesuffix("X").strip() for line in lines(body, numbering=numbering)]


def test_levels_count_and_begin_again_below_a_higher_one():
    numbering = OUTLINE + use(1, 0)
    wanted = ["I.", "1.", "2.", "a)", "b)", "-", "+", "-", "3.", "a)", "II.", "1."]
    assert numbered(0, 1, 1, 2, 2, 3, 4, 3, 1, 2, 0, 1, numbering=numbering) == wanted


def test_a_number_may_repeat_those_above_it():
    numbering = form(0, ("upperRoman", "%1."), ("decimal", "%1.%2."), ("decimal", "%1.%2.%3")) + use(1, 0)
    assert numbered(0, 1, 1, 2, numbering=numbering) == ["I.", "I.1.", "I.2.", "I.2.1"]
    legal = numbering.replace('<w:lvlText w:val="%1.%2."/>', '<w:isLgl/><w:lvlText w:val="%1.%2."/>')
    assert numbered(0, 0, 1, numbering=legal) == ["I.", "II.", "2.1."]


def test_a_level_reached_without_those_above_it():
    assert numbered(1, 0, numbering=form(0, ("decimal", "%1."), ("decimal", "%1.%2.")) + use(1, 0)) == ["1.1.", "1."]


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("decimal", ["9.", "10."]),
        ("decimalZero", ["09.", "10."]),
        ("lowerLetter", ["i.", "j."]),
        ("upperLetter", ["I.", "J."]),
        ("lowerRoman", ["ix.", "x."]),
        ("vietnameseCounting", ["9.", "10."]),
        ("none", ["", ""]),
    ],
)
def test_kinds_of_numbers(kind, wanted):
    assert numbered(0, 0, numbering=form(0, (kind, "%1."), start=9) + use(1, 0)) == wanted


@pytest.mark.parametrize(
    ("sign", "wanted"), [("-", "-"), ("–", "–"), ("+", "+"), ("\uf0b7", "•"), ("o", "•"), ("", "•")]
)
def test_bullets(sign, wanted):
    assert numbered(0, numbering=form(0, ("bullet", sign)) + use(1, 0)) == [wanted]


def test_uses_of_one_form_count_on_unless_one_starts_again():
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = form(0, ("decimal", "%1.")) + use(1, 0) + use(2, 0) + use(3, 0, again)
    body = "".join(para("x", number=(name, 0)) for name in (1, 1, 2, 3, 3, 1))
    assert lines(body, numbering=numbering) == ["1. x", "2. x", "3. x", "1. x", "2. x", "3. x"]


def test_a_level_may_go_on_counting_below_the_next_heading():
    numbering = form(0, ("decimal", "Chương %1"), ("decimal", "Điều %2.")) + use(1, 0)
    kept = numbering.replace('<w:lvlText w:val="Điều', '<w:lvlRestart w:val="0"/><w:lvlText w:val="Điều')
    assert numbered(0, 1, 1, 0, 1, numbering=kept) == ["Chương 1", "Điều 1.", "Điều 2.", "Chương 2", "Điều 3."]
    assert numbered(0, 1, 1, 0, 1, numbering=numbering)[-1] == "Điều 1."


def test_styles_bring_numbers_and_a_paragraph_may_refuse_them():
    styles = (
        '<w:style w:type="paragraph" w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="H3"><w:basedOn w:val="H3"/></w:style>'
    )
    numbering = form(0, ("decimal", "%1."), ("lowerLetter", "%2)")) + use(1, 0)
    body = para("A", style="H1") + para("B", style="H2") + para("C", style="H1", number=(0, 0)) + para("D", style="H3")
    assert lines(body, styles=styles, numbering=numbering) == ["1. A", "2. B", "C", "D"]
    tied = numbering.replace('<w:lvl w:ilvl="1">', '<w:lvl w:ilvl="1"><w:pStyle w:val="H1"/>')
    assert lines(para("a", style="H1"), styles=styles, numbering=tied) == ["a) a"]


def test_a_list_style_stands_for_its_form():
    styles = (
        '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    linked = '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
    numbering = form(0, ("lowerLetter", "%1)")) + linked + use(1, 0) + use(2, 1)
    assert lines(para("x", number=(2, 0)), styles=styles, numbering=numbering) == ["a) x"]


def test_an_empty_paragraph_counts_and_says_nothing_but_in_a_cell():
    numbering = form(0, ("decimal", "%1.")) + use(1, 0)
    listed = {"number": (1, 0)}
    assert lines(para("", **listed) + para("x", **listed), numbering=numbering) == ["2. x"]
    rows = [["TT", "Nhiệm vụ", "Sở"], [para("", **listed), "Rà soát", "A"], [para("", **listed), "Báo cáo", "B"]]
    assert lines(table(*rows), numbering=numbering)[1:] == ["1. | Rà soát | A", "2. | Báo cáo | B"]


# Text


def test_tracked_changes_are_read_as_if_accepted():
    body = (
        f"<w:p>{run('Giao ')}<w:del>{run('Sở A').replace('w:t', 'w:delText')}</w:del><w:ins>{run('Sở B')}</w:ins>"
        f"<w:moveFrom>{run(' cũ')}</w:moveFrom><w:moveTo>{run(' chủ trì')}</w:moveTo></w:p>"
    )
    assert lines(body) == ["Giao Sở B chủ trì"]


def test_a_struck_out_end_of_paragraph_joins_two():
    first = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Giao Sở A')}</w:p>"
    assert lines(first + para("; Sở B phối hợp")) == ["Giao Sở A; Sở B phối hợp"]


def test_links_tags_fields_and_content_controls_are_text():
    body = (
        f"<w:p><w:hyperlink>{run('Luật')}</w:hyperlink>{run(' ')}<w:smartTag>{run('Hợp')}</w:smartTag>"
        f"<w:sdt><w:sdtContent>{run(' tác')}</w:sdtContent></w:sdt>"
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText> PAGE </w:instrText></w:r>"
        f"<w:fldSimple>{run(' xã')}</w:fldSimple></w:p>"
    )
    assert lines(f"<w:sdt><w:sdtContent>{body}</w:sdtContent></w:sdt>") == ["Luật Hợp tác xã"]


@pytest.mark.parametrize("change", ["ins", "del", "moveFrom", "moveTo"])
def test_tracked_changes_are_told(change):
    changed = f"<w:p>{run('Giao')}<w:{change}>{run(' Sở B')}</w:{change}></w:p>"
    assert [notice.code for notice in read(word(changed)).notices] == ["R201"]
    assert read(word(para("Giao Sở B"))).notices == ()


def test_footnotes_are_told():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert [notice.code for notice in read(word(f"<w:p>{run('Giao')}{mark}</w:p>")).notices] == ["R202"]


def test_footnote_marks_and_hidden_text_are_left_out():
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    assert lines(f"<w:p>{run('Rà soát')}{mark}{run('nháp', '<w:vanish/>')}{run(', báo cáo')}</w:p>") == [
        "Rà soát, báo cáo"
    ]


def test_capitals_are_shown_as_capitals():
    small = run(" a", '<w:caps w:val="false"/>')
    assert lines(f"<w:p>{run('Kế hoạch', '<w:caps/>')}{small}</w:p>") == ["KẾ HOẠCH a"]


def test_special_signs():
    signs = "<w:r><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:softHyphen/><w:t>c</w:t><w:tab/><w:t>d\u200be\u00adf</w:t></w:r>"
    assert lines(f"<w:p>{signs}</w:p>") == ["a-bc def"]
    assert lines('<w:p><w:r><w:sym w:font="Wingdings" w:char="F0B7"/><w:t> Rà soát</w:t></w:r></w:p>') == ["• Rà soát"]


def breaks(*parts: str) -> str:
    return f"<w:p><w:r>{'<w:br/>'.join(f'<w:t>{part}</w:t>' for part in parts)}</w:r></w:p>"


def test_a_soft_break_parts_blocks_and_nothing_else():
    assert lines(breaks("Giao Sở A:", "- Rà soát", "các quỹ;", "- Báo cáo.", "Sở B", "")) == [
        "Giao Sở A:",
        "- Rà soát các quỹ;",
        "- Báo cáo.",
        "Sở B",
    ]


def test_a_sentence_torn_by_a_page_is_one_paragraph():
    assert lines(para("nhằm mục tiêu bảo vệ môi") + para("3") + para("trường, tạo việc làm.") + para("Sở A")) == [
        "nhằm mục tiêu bảo vệ môi trường, tạo việc làm.",
        "Sở A",
    ]


def test_text_boxes_are_read_once():
    box = f"<w:txbxContent>{para('Trong khung')}</w:txbxContent>"
    both = (
        f"<mc:AlternateContent><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert lines(f"<w:p>{run('Ngoài khung')}<w:r>{both}</w:r></w:p>") == ["Ngoài khung", "Trong khung"]


def bold(body: str, **parts: str) -> list[bool]:
    return [block.bold for block in read(word(body, **parts)).blocks if isinstance(block, Paragraph)]


def test_bold_is_what_is_bold_in_all_its_letters():
    mixed = f"<w:p>{run('a', '<w:b/>')}{run('b')}</w:p>"
    on = run("b", '<w:b w:val="1"/>')
    spaced = f"<w:p>{run('a', '<w:b/>')}{run(' ')}{on}</w:p>"
    off = run("a", '<w:b w:val="0"/>')
    assert bold(para("A.", bold=True) + mixed + spaced + f"<w:p>{off}</w:p>") == [True, False, True, False]


def test_headings_and_bold_styles_are_bold():
    styles = (
        '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T2"><w:basedOn w:val="T1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="T3"><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T4"><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="T5"><w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>'
    )
    assert bold("".join(para("A.", style=f"T{n}") for n in range(1, 6)), styles=styles) == [True] * 4 + [False]


# Tables

HEAD = ["TT", "Nhiệm vụ", "Đơn vị"]


def test_a_cell_merged_downwards_stands_once_and_counts_in_each_row():
    restart = f'<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para("Sở A")}'
    body = table(HEAD, ["1", "Rà soát", "@"], ["2", "Báo cáo", "^"], ["3", "Tổng kết", "Sở B"])
    document = read(word(body.replace(f"{para('@')}", restart)))
    check_places(document)
    [found] = tables(document)
    assert texts(document)[1:] == ["1 | Rà soát | Sở A", "2 | Báo cáo | Sở A", "3 | Tổng kết | Sở B"]
    assert found.rows[1].cells[2] is found.rows[2].cells[2]
    assert document.content.splitlines()[1:3] == ["1\tRà soát\tSở A", "2\tBáo cáo\t"]


def test_a_cell_merged_sideways_keeps_the_columns():
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{para("Phần một")}</w:tc>'
    body = table(HEAD, ["I", "@"], ["1", "Rà soát", "Sở A"]).replace(f"<w:tc>{para('@')}</w:tc>", wide)
    assert lines(body)[1:] == ["I | Phần một | ", "1 | Rà soát | Sở A"]


def test_a_cell_merged_as_old_files_merge_keeps_the_columns():
    wide = f'<w:tc><w:tcPr><w:hMerge w:val="restart"/></w:tcPr>{para("Phần một")}</w:tc>'
    rest = "<w:tc><w:tcPr><w:hMerge/></w:tcPr><w:p/></w:tc>"
    body = table(HEAD, ["I", "@"], ["1", "Rà soát", "Sở A"]).replace(f"<w:tc>{para('@')}</w:tc>", wide + rest)
    assert lines(body)[1:] == ["I | Phần một | ", "1 | Rà soát | Sở A"]


def test_edges_that_were_dragged_do_not_shift_columns():
    def cells(*spans: int) -> str:
        return "".join(f'<w:tc><w:tcPr><w:gridSpan w:val="{n}"/></w:tcPr>{para(f"x{n}")}</w:tc>' for n in spans)

    rows = "".join(f"<w:tr>{cells(*spans)}</w:tr>" for spans in [(1, 2, 2), (2, 2, 1), (3, 2)])
    assert lines(f"<w:tbl>{rows}</w:tbl>") == ["x1 | x2 | x2", "x2 | x2 | x1", "x3 |  | x2"]


def test_paragraphs_and_tables_in_a_cell_are_one_text():
    inner = f"{para('Rà soát')}{para('- quỹ')}{table(['a', 'b'])}{para('')}"
    assert lines(table(HEAD, ["1", inner, "Sở A"]))[1:] == ["1 | Rà soát - quỹ a b | Sở A"]


def test_a_row_that_was_struck_out_is_gone():
    body = table(HEAD, ["1", "Rà soát", "A"], ["2", "Báo cáo", "B"])
    at = body.rindex("<w:tr>") + len("<w:tr>")
    assert lines(body[:at] + "<w:trPr><w:del/></w:trPr>" + body[at:])[1:] == ["1 | Rà soát | A"]


def test_a_table_broken_in_two_is_one_with_its_header_once():
    parts = table(HEAD, ["1", "Rà soát", "A"]) + para("") + table(HEAD, ["2", "Báo cáo", "B"])
    document = read(word(parts + para("Kết thúc.") + table(HEAD, ["3", "Khác", "C"])))
    assert [len(found.rows) for found in tables(document)] == [3, 2]


def test_a_row_that_goes_on_below_the_header_again_is_one():
    upper = table(HEAD, ["1", "Rà soát, đánh giá các", "Sở A"])
    lower = table(HEAD, ["", "hợp tác xã", ""], ["2", "Báo cáo", "B"])
    document = read(word(upper + para("") + lower))
    check_places(document)
    assert texts(document)[1:] == ["1 | Rà soát, đánh giá các hợp tác xã | Sở A", "2 | Báo cáo | B"]


def test_a_page_break_within_a_sentence_parts_nothing():
    page = '<w:br w:type="page"/>'
    assert lines(f"<w:p><w:r><w:t>bảo vệ môi</w:t>{page}<w:t>trường.</w:t></w:r></w:p>") == ["bảo vệ môi trường."]


def test_a_letter_beyond_ascii_stands_in_lists_as_text():
    numbering = form(0, ("lowerLetter", "%1)"), ("lowerLetter", "đ)")) + use(1, 0)
    assert numbered(0, 0, 1, numbering=numbering) == ["a)", "b)", "đ)"]


def test_a_table_in_a_text_box_or_content_control_is_read():
    rows = table(HEAD, ["1", "Rà soát", "A"])
    assert lines(f"<w:sdt><w:sdtContent>{rows}{para('giữa')}{rows}</w:sdtContent></w:sdt>") == [
        "TT | Nhiệm vụ | Đơn vị",
        "1 | Rà soát | A",
        "giữa",
        "TT | Nhiệm vụ | Đơn vị",
        "1 | Rà soát | A",
    ]
    box = f"<w:p><w:r><w:pict><w:txbxContent>{rows}</w:txbxContent></w:pict></w:r></w:p>"
    assert "Rà soát" in lines(box)


# Letterhead and signature

LEFT = breaks("ỦY BAN NHÂN DÂN", "TỈNH A") + para("Số: 1/KH-UBND")
RIGHT = para("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + para("Độc lập - Tự do - Hạnh phúc")
COLUMNS = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH A",
    "Số: 1/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
]


def test_a_letterhead_is_read_left_side_first():
    assert lines(table([LEFT, RIGHT])) == COLUMNS
    assert lines(table(["ỦY BAN NHÂN DÂN", COLUMNS[3]], ["TỈNH A", COLUMNS[4]], ["Số: 1/KH-UBND", ""])) == COLUMNS


def test_a_letterhead_typed_with_tabs_is_read_left_side_first():
    def tabbed(*parts: str) -> str:
        return f"<w:p><w:r>{'<w:tab/>'.join(f'<w:t>{part}</w:t>' for part in parts)}</w:r></w:p>"

    body = tabbed("ỦY BAN NHÂN DÂN", COLUMNS[3]) + tabbed("TỈNH A", "", COLUMNS[4]) + para("KẾ HOẠCH")
    assert lines(body) == ["ỦY BAN NHÂN DÂN", "TỈNH A", *COLUMNS[3:], "KẾ HOẠCH"]
    assert lines(tabbed("Tổng số", "15") + tabbed("1.", "Sở A")) == ["Tổng số 15", "1. Sở A"]


def test_a_signature_is_read_left_side_first():
    left = breaks("Nơi nhận:", "- Như trên;", "- Lưu: VT.")
    right = para("TM. ỦY BAN NHÂN DÂN", bold=True) + para("") + para("Nguyễn Văn A", bold=True)
    assert lines(table([left, right])) == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "Nguyễn Văn A",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        [["STT", "Nhiệm vụ"], ["1", "Nơi nhận"], ["2", "Báo cáo"]],
        [["Việc", "Sở"], ["Kỷ niệm 95 năm thành lập Đảng Cộng sản Việt Nam", "A"], ["Báo cáo", "B"]],
        [["Số", "Ngày"], ["1", "2"]],
    ],
)
def test_a_table_of_two_columns_that_places_nothing_stays_a_table(rows):
    [found] = tables(read(word(table(*rows))))
    assert len(found.rows) == len(rows)


# The package


def test_a_document_saved_by_a_library_is_read():
    made = docx.Document()
    made.add_heading("KẾ HOẠCH", 1)
    made.add_paragraph("Rà soát", style="List Bullet")
    made.add_paragraph("Báo cáo", style="List Number")
    grid = made.add_table(3, 3)
    for cell, text in zip(grid._cells, "TT|Nhiệm vụ|Sở|1|a|b|2|c|".split("|"), strict=True):
        cell.text = text
    grid.cell(1, 2).merge(grid.cell(2, 2))
    made.sections[0].header.paragraphs[0].text = "đầu trang"
    buffer = BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue())
    check_places(document)
    assert texts(document) == ["KẾ HOẠCH", "• Rà soát", "1. Báo cáo", "TT | Nhiệm vụ | Sở", "1 | a | b", "2 | c | b"]


def test_the_main_part_may_have_another_name_and_the_strict_namespace():
    document = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"><w:body>{para("A")}</w:body></w:document>'
    relation = '<Relationship Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/b.xml"/>'
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    named = f'<Relationships xmlns="{space}">{relation}</Relationships>'
    assert texts(read(packed({"_rels/.rels": named, "word/b.xml": document}))) == ["A"]


def test_pages_are_taken_from_the_file_unless_they_cannot_be_right():
    space = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"

    def pages(count: str, text: str) -> int | None:
        part = f'<Properties xmlns="{space}"><Pages>{count}</Pages></Properties>'
        return read(word(para(text), **{"docProps/app.xml": part})).pages

    assert pages("3", "x") == 3
    assert pages("1", "Rà soát " * 2000) is None
    assert pages("0", "x") is None
    assert pages("nhiều", "x") is None
    assert read(word(para("x"))).pages is None
