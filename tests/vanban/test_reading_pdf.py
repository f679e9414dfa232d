"""PDF: lines by their places become paragraphs and tables, over page breaks."""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest

from tests.vanban.reading_files import (
    DOCUMENTS,
    NAMES,
    Bar,
    Mark,
    Picture,
    Stroke,
    Text,
    check_places,
    pdf,
    tables,
    texts,
)
from vanban.reading import read
from vanban.reading.page.geometry import Box, Word
from vanban.reading.pdf.stamps import filled_in
from vanban.values import Document, Paragraph

LEFT, RIGHT, TOP, BOTTOM = 85.0, 540.0, 80.0, 780.0
SIZE, PITCH = 13.0, 17.0
WIDE = 0.5  # of the size: every letter


def width(text: str, size: float = SIZE) -> float:
    return WIDE * size * len(text)


def wrapped(text: str, indent: float) -> list[list[str]]:
    """Words of each line."""
    lines: list[list[str]] = [[]]
    for word in text.split():
        room = RIGHT - LEFT - (indent if len(lines) == 1 else 0)
        if lines[-1] and width(" ".join([*lines[-1], word])) > room:
            lines.append([])
        lines[-1].append(word)
    return lines


def typeset(
    paragraphs: Iterable[str], *, indent: float = 0, gap: float = 0, justified: bool = False, numbered: bool = False
) -> list[list[Mark]]:
    """Pages of paragraphs, as a word processor sets them."""
    pages: list[list[Mark]] = [[]]
    foot = TOP
    for text in paragraphs:
        lines = wrapped(text, indent)
        for index, words in enumerate(lines):
            if foot > BOTTOM:
                pages.append([])
                foot = TOP
            left = LEFT + (indent if index == 0 else 0)
            line = Text(left, foot, " ".join(words))
            spare = RIGHT - left - width(line.words) if justified and index < len(lines) - 1 else 0
            pages[-1].append(replace(line, spread=spare / max(1, len(words) - 1)))
            foot += PITCH
        foot += gap
    if numbered:
        for number, page in enumerate(pages[1:], start=2):
            page.insert(0, Text(310, 50, str(number)))
    return pages


def shown(pages: Iterable[Sequence[Mark]], **options: bool) -> list[str]:
    document = read(pdf(pages, **options))
    check_places(document)
    return texts(document)


HABITS = {
    "indented": {"indent": 28.0},
    "spaced": {"gap": 6.0},
    "spaced a little": {"gap": 3.0},
    "both, justified": {"indent": 28.0, "gap": 6.0, "justified": True},
    "indented, justified": {"indent": 28.0, "justified": True},
    "spaced, justified": {"gap": 6.0, "justified": True},
}


@pytest.mark.parametrize("habit", HABITS)
@pytest.mark.parametrize("name", ["bac-kan-2015", "ninh-thuan-2022"])
def test_paragraphs_of_a_document_come_back(name, habit):
    blocks = read(DOCUMENTS / f"{name}.txt").blocks
    wanted = [block.passage.text for block in blocks if isinstance(block, Paragraph)]
    found = shown(typeset(wanted, numbered=True, **HABITS[habit]))
    lost = [text for text in wanted if text not in found]
    assert len(lost) <= (0 if "gap" in HABITS[habit] else 2), lost  # a last line may fill its line by chance


@pytest.mark.parametrize("name", NAMES)
def test_a_printed_document_has_the_blocks_of_its_text(name):
    plain, printed = read(DOCUMENTS / f"{name}.txt"), read(DOCUMENTS / "originals" / f"{name}.pdf")
    check_places(printed)
    found = texts(printed)
    assert len([text for text in texts(plain) if text not in found]) <= (1 if name == "thanh-hoa-2020" else 0)
    assert [len(table.rows) for table in tables(printed)] == [len(t.rows) for t in tables(plain) if len(t.rows) > 1]


# Lines


def test_a_line_that_breaks_at_a_hyphen_or_slash():
    lines = [
        "Các sở, ban, ngành, địa phương tiếp tục thực hiện Nghị quyết số 20-",
        "NQ/TW, Quyết định số 461/QĐ-TTg và các văn bản có liên quan đến QĐ/",
        "UBND về kinh tế tập thể, hợp tác xã, góp phần phát triển kinh tế -",
        "xã hội.",
    ]
    [found] = shown([[Text(LEFT, 100 + PITCH * at, text) for at, text in enumerate(lines)]])
    assert "20-NQ/TW" in found
    assert "QĐ/UBND" in found
    assert found.endswith("kinh tế - xã hội.")


def test_words_of_one_line_are_read_from_left_to_right():
    assert shown([[Text(200, 100, "hợp"), Text(230, 100.5, "tác"), Text(LEFT, 99.5, "1. Phát triển")]]) == [
        "1. Phát triển hợp tác"
    ]


def test_footnotes_and_their_marks_are_left_out():
    body = [
        Text(LEFT, 100, "1. Rà soát các hợp tác xã"),
        Text(LEFT + width("1. Rà soát các hợp tác xã"), 95, "1", size=8),
    ]
    area = [Text(LEFT, 140, "2. Diện tích 5 m"), Text(LEFT + width("2. Diện tích 5 m"), 135, "2", size=8)]
    note = [Stroke(LEFT, 700, LEFT + 144, 700), Text(LEFT, 715, "1 Theo báo cáo của sở.", size=10)]
    assert shown([[*body, *area, *note]]) == ["1. Rà soát các hợp tác xã", "2. Diện tích 5 m2"]


def test_small_print_that_is_no_footnote_stays():
    note = [
        Text(LEFT, 100, "1. Rà soát " * 5),
        Stroke(LEFT, 700, 300, 700),
        Text(LEFT, 715, "Nơi nhận: Như trên.", size=10),
    ]
    assert shown([note])[-1] == "Nơi nhận: Như trên."


def test_a_title_of_several_lines_is_one_block_below_its_kind():
    def centred(text: str, foot: float) -> Text:
        return Text((LEFT + RIGHT - width(text)) / 2, foot, text, bold=True)

    title = ["Triển khai thực hiện chương trình hành động của", "Tỉnh ủy về kinh tế tập thể, hợp tác xã"]
    lines = [centred("KẾ HOẠCH", 100), *(centred(text, 117 + PITCH * at) for at, text in enumerate(title))]
    text = "Căn cứ Luật Hợp tác xã, Ủy ban nhân dân tỉnh ban hành kế hoạch như sau. " * 3
    body = typeset([text] * 3, indent=28, gap=6, justified=True)[0]
    marks = [*lines, *(replace(mark, foot=mark.foot + 90) for mark in body if isinstance(mark, Text))]
    document = read(pdf([marks]))
    assert texts(document)[:2] == ["KẾ HOẠCH", " ".join(title)]
    assert [block.bold for block in document.blocks if isinstance(block, Paragraph)] == [
        True,
        True,
        False,
        False,
        False,
    ]


def test_furniture_is_left_out():
    works = ["Rà soát", "Báo cáo", "Tổng kết", "Khen thưởng", "Đào tạo", "Vay vốn", "Giao đất"]
    pages = typeset([f"{n}. {works[n % 7]} theo quy định của pháp luật hiện hành." for n in range(120)], gap=6)
    assert len(pages) == 4
    for number, page in enumerate(pages, start=1):
        page += [Text(LEFT, 40, f"Kế hoạch của tỉnh A, trang {number} trên 4"), Text(300, 820, f"- {number} -")]
    stamp = [
        Text(300, 60, "Người ký: Ủy ban nhân dân tỉnh A", size=9),
        Text(300, 70, "Thời gian ký: 09.01.2025 10:21", size=9),
    ]
    pages[0] += stamp
    found = shown(pages)
    assert len(found) == 120
    assert found[0].startswith("0. Rà soát")


def test_text_across_the_page_is_no_text():
    stamp = Text(200, 500, "DỰ THẢO", size=40)
    assert shown([[Text(LEFT, 100, "1. Rà soát"), stamp]]) == ["1. Rà soát", "DỰ THẢO"]
    assert shown([[Text(LEFT, 100, "1. Rà soát"), replace(stamp, leaning=True)]]) == ["1. Rà soát"]


def test_a_page_that_is_turned_reads_the_same():
    pages = typeset(["Rà soát các hợp tác xã đã ngừng hoạt động trên địa bàn tỉnh. " * 3, "1. Sở A."], indent=28)
    pages[0] += ruled([["TT", "Việc", "Sở"], ["1", "Rà soát", "A"]], top=300)
    assert shown(pages, rotated=True) == shown(pages)


def test_pictures_among_pages_with_text_are_named():
    document = read(pdf([[Text(LEFT, 100, "1. Rà soát")], [Picture()], [Text(LEFT, 100, "2. Báo cáo")], [Picture()]]))
    [notice] = document.notices
    assert (notice.code, notice.hint) == ("R203", "no text on page 2, 4: a picture, or empty")
    assert texts(document) == ["1. Rà soát", "2. Báo cáo"]
    assert [block.page for block in document.blocks if isinstance(block, Paragraph)] == [1, 3]
    assert document.pages == 4


# Two columns

LETTERHEAD = [
    Text(100, 80, "ỦY BAN NHÂN DÂN"),
    Text(300, 80, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", size=12),
    Text(120, 97, "TỈNH A"),
    Text(340, 97, "Độc lập - Tự do - Hạnh phúc", size=12),
    Text(100, 120, "Số: 1/KH-UBND"),
    Text(340, 122, "A, ngày 1 tháng 2 năm 2023", size=12),
]
SIGNATURE = [
    Text(LEFT, 500, "Nơi nhận:", size=11),
    Text(380, 500, "TM. ỦY BAN NHÂN DÂN", bold=True),
    Text(LEFT, 513, "- Các sở: Tài chính, Công Thương,", size=11),
    Text(400, 517, "CHỦ TỊCH", bold=True),
    Text(LEFT + 4, 526, "Xây dựng;", size=11),
    Text(LEFT, 539, "- Lưu: VT.", size=11),
    Text(390, 580, "Nguyễn Văn A", bold=True),
]
SIGNED = [
    "Nơi nhận:",
    "- Các sở: Tài chính, Công Thương, Xây dựng;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Nguyễn Văn A",
]


def test_a_letterhead_is_read_left_side_first():
    found = shown([[*LETTERHEAD, Text(290, 160, "KẾ HOẠCH", bold=True), Text(LEFT, 200, "Rà soát các quỹ. " * 4)]])
    assert found[:3] == ["ỦY BAN NHÂN DÂN", "TỈNH A", "Số: 1/KH-UBND"]
    assert found[3:6] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "A, ngày 1 tháng 2 năm 2023",
    ]
    assert found[6] == "KẾ HOẠCH"


def test_a_signature_is_read_left_side_first():
    body = Text(LEFT, 400, "Trên đây là kế hoạch, yêu cầu các đơn vị thực hiện nghiêm túc./.")
    assert shown([[body, *SIGNATURE]])[1:] == SIGNED
    higher = [replace(mark, foot=mark.foot - 10) if mark.left > 300 else mark for mark in SIGNATURE]
    assert shown([[body, *higher]])[1:] == SIGNED


def test_an_annex_below_the_signature_is_read_after_it():
    wide = Text(LEFT, 700, "PHỤ LỤC: danh mục các nhiệm vụ được giao cho sở, ban, ngành")
    assert shown([[*SIGNATURE, wide]]) == [*SIGNED, wide.words]


# Ruled tables

EDGES = [85.0, 120.0, 330.0, 540.0]


def ruled(
    rows: Sequence[Sequence[str]],
    *,
    top: float = 100,
    edges: Sequence[float] = EDGES,
    mark: type = Stroke,
    bottom: bool = True,
) -> list[Mark]:
    """A table with rules around each cell; lines in a cell are parted by `/`."""
    marks: list[Mark] = []
    foot = top
    for row in rows:
        marks.append(mark(edges[0], foot, edges[-1], foot))
        for left, cell in zip(edges, row, strict=False):
            marks += [Text(left + 4, foot + 14 * (at + 1), line, size=11) for at, line in enumerate(cell.split("/"))]
        foot += 14 * max(cell.count("/") + 1 for cell in row) + 6
    if bottom:
        marks.append(mark(edges[0], foot, edges[-1], foot))
    return marks + [mark(x, top, x, foot) for x in edges]


HEAD = ["TT", "Nhiệm vụ", "Đơn vị chủ trì"]


@pytest.mark.parametrize("mark", [Stroke, Bar])
def test_a_ruled_table_is_a_table(mark):
    below = Text(LEFT, 400, "Trên đây là kế hoạch.")
    marks = [*ruled([HEAD, ["1", "Rà soát các/hợp tác xã", "Sở A"], ["2", "Báo cáo", ""]], mark=mark), below]
    assert shown([marks]) == [
        "TT | Nhiệm vụ | Đơn vị chủ trì",
        "1 | Rà soát các hợp tác xã | Sở A",
        "2 | Báo cáo | ",
        below.words,
    ]


def test_borders_drawn_cell_by_cell():
    rows = [HEAD, ["1", "Rà soát", "Sở A"]]
    marks: list[Mark] = []
    for mark in ruled(rows):
        if isinstance(mark, Stroke) and mark.y0 == mark.y1:
            marks += [Bar(a, mark.y0, b - 1, mark.y0) for a, b in pairwise(EDGES)]
        else:
            marks.append(mark)
    assert shown([marks]) == ["TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát | Sở A"]


def test_cells_that_cover_columns_and_rows():
    marks = ruled([HEAD, ["I", "Phần một", ""], ["1", "Rà soát", "Sở A"], ["2", "Báo cáo", ""]])
    bordered = [
        mark
        for mark in marks
        if not (isinstance(mark, Stroke) and ((mark.x0 == mark.x1 == 330) or (mark.y0 == mark.y1 == 160)))
    ]
    bordered += [Stroke(330, 100, 330, 120), Stroke(330, 140, 330, 180), Stroke(85, 160, 330, 160)]
    document = read(pdf([bordered]))
    check_places(document)
    assert texts(document)[1:] == ["I | Phần một | ", "1 | Rà soát | Sở A", "2 | Báo cáo | Sở A"]
    assert document.content.splitlines()[2:] == ["1\tRà soát\tSở A", "2\tBáo cáo\t"]


def test_a_table_over_pages_is_one():
    pages = [
        [Text(LEFT, 60, "1"), *ruled([HEAD, ["1", "Rà soát,", "Sở A"]], top=90)],
        ruled([HEAD, ["", "báo cáo", ""], ["2", "Tổng kết", "Sở B"]], top=70),
        ruled([["3", "Cân đối", "Sở"], ["4", "Khen thưởng", "Sở D"]], top=70, bottom=False),
        [*ruled([["", "người tốt", ""]], top=70), Text(LEFT, 400, "Hết.")],
    ]
    document = read(pdf(pages))
    check_places(document)
    [found] = tables(document)
    assert texts(document) == [
        "TT | Nhiệm vụ | Đơn vị chủ trì",
        "1 | Rà soát, báo cáo | Sở A",
        "2 | Tổng kết | Sở B",
        "3 | Cân đối | Sở",
        "4 | Khen thưởng người tốt | Sở D",
        "Hết.",
    ]
    assert [row.page for row in found.rows] == [1, 1, 2, 3, 3]


def test_a_page_may_show_fewer_edges_of_a_table():
    pages = [ruled([HEAD, ["1", "Rà soát", "Sở A"]]), ruled([["II", "Phần hai"]], edges=[85, 120, 540])]
    assert shown([*pages, ruled([["2", "Báo cáo", "Sở B"]])])[2:] == ["II | Phần hai | ", "2 | Báo cáo | Sở B"]


def test_tables_of_different_edges_are_two():
    pages = [
        ruled([HEAD, ["1", "Rà soát", "Sở A"]]),
        ruled([["Năm", "Số", "Vốn"], ["2021", "5", "7"]], edges=[85, 200, 300, 540]),
    ]
    assert [len(table.rows) for table in tables(read(pdf(pages)))] == [2, 2]


def test_a_frame_around_text_is_no_table():
    frame = [Stroke(80, 80, 545, 80), Stroke(80, 300, 545, 300), Stroke(80, 80, 80, 300), Stroke(545, 80, 545, 300)]
    assert tables(read(pdf([[*frame, *typeset(["1. Rà soát.", "2. Báo cáo."], gap=6)[0]]]))) == []


def test_underlined_words_are_no_table():
    marks = [Text(LEFT, 100, "1. Rà soát"), Stroke(LEFT, 102, 150, 102), Stroke(200, 50, 200, 60)]
    assert shown([marks]) == ["1. Rà soát"]


def test_drawings_do_not_stop_the_reader():
    dice = random.Random(5)
    ink = [
        Stroke(x := dice.uniform(0, 590), y := dice.uniform(0, 840), x + dice.choice((0, 50)), y + 50)
        for _ in range(6000)
    ]
    assert "1. Rà soát" in shown([[*ink, Text(LEFT, 100, "1. Rà soát")]])


def pages_of(count: int) -> Document:
    """A document as long as may be: text with tables in it."""
    page = typeset([f"{n}. Rà soát, báo cáo việc số {n} của kế hoạch này theo quy định." for n in range(20)], gap=6)[0]
    return read(pdf([[*page, *ruled([HEAD, ["1", "Rà soát", "Sở A"]], top=650)]] * count))


def test_many_pages_take_time_in_proportion():
    assert math.isclose(len(pages_of(60).blocks), 60 * 21, rel_tol=0.05)


# Tables without upright rules


def loose(rows: Sequence[Sequence[str]], *, top: float = 100, rules: bool = False) -> list[Mark]:
    """The same without upright rules, or without any."""
    return [
        m for m in ruled(rows, top=top) if isinstance(m, Text) or (rules and isinstance(m, Stroke) and m.y0 == m.y1)
    ]


LOOSE = [HEAD, ["1", "Rà soát các/hợp tác xã", "Sở A"], ["2", "Báo cáo", ""], ["3", "Tổng kết", "Sở B"]]
READ = ["TT | Nhiệm vụ | Đơn vị chủ trì", "1 | Rà soát các hợp tác xã | Sở A", "2 | Báo cáo | ", "3 | Tổng kết | Sở B"]


@pytest.mark.parametrize("rules", [True, False])
def test_a_table_without_upright_rules_is_a_table(rules):
    before = Text(LEFT, 80, "Các nhiệm vụ được giao như sau, yêu cầu các đơn vị thực hiện.")
    after = Text(LEFT, 240, "Trên đây là kế hoạch, yêu cầu các đơn vị thực hiện.")
    assert shown([[before, *loose(LOOSE, rules=rules), after]]) == [before.words, *READ, after.words]


def test_a_heading_over_the_columns_of_a_loose_table():
    section = (
        Text(LEFT + 4, 208, "II", size=11),
        Text(LEFT + 40, 208, "Nhóm nhiệm vụ về vốn, đất đai và thị trường", size=11),
    )
    rows = [*loose(LOOSE), *section, *loose([["4", "Cho vay", "Sở C"]], top=214)]
    assert shown([rows])[4:] == ["II | Nhóm nhiệm vụ về vốn, đất đai và thị trường | ", "4 | Cho vay | Sở C"]


@pytest.mark.parametrize("repeated", [True, False])
def test_a_loose_table_over_pages_is_one(repeated):
    first = loose([*LOOSE, ["4", "Rà soát, đánh giá các", "Sở C"]], top=600)
    rest = [["", "tổ hợp tác", ""], ["5", "Khen/thưởng", "Sở D"]]
    second = loose([HEAD, *rest] if repeated else rest, top=90)
    last = Text(LEFT, 240, "Trên đây là kế hoạch, yêu cầu các đơn vị thực hiện.")
    found = shown([[Text(300, 40, "1"), *first], [Text(300, 40, "2"), *second, last]])
    assert found == [*READ, "4 | Rà soát, đánh giá các tổ hợp tác | Sở C", "5 | Khen thưởng | Sở D", last.words]


def test_a_list_numbered_below_the_words_tt_is_no_table():
    lines = [
        "TT Huế có các quỹ tín dụng nhân dân hoạt động tốt.",
        "1. Rà soát các quỹ tín dụng.",
        "2. Báo cáo kết quả.",
    ]
    assert tables(read(pdf(typeset(lines, gap=6)))) == []


def test_footnotes_that_are_left_out_are_told():
    note = [Stroke(LEFT, 700, LEFT + 144, 700), Text(LEFT, 715, "1 Theo báo cáo của sở.", size=10)]
    document = read(pdf([[Text(LEFT, 100, "1. Rà soát các hợp tác xã"), *note]]))
    assert [notice.code for notice in document.notices] == ["R202"]


def test_the_number_that_was_filled_in_at_signing_is_text_and_stamps_are_not():
    found = texts(read(DOCUMENTS / "originals" / "tb-11-ubnd-quang-ngai-2025.pdf"))
    assert "Số: 11 /TB-UBND" in found
    assert not [line for line in found if "CÔNG BÁO" in line or "@" in line]


def test_a_day_in_a_field_of_its_own_is_filled_in():
    before = [Word("ngày", 10, 30, 0, 10, 10, False)]
    day, stamp = Word("08", 32, 40, 0, 10, 10, False), Word("Người", 100, 120, 0, 10, 10, False)
    boxes = [Box(31, -2, 50, 12), Box(90, -2, 150, 12)]
    assert filled_in(before, [*before, day, stamp], boxes) == [day]
    assert filled_in(before, [*before, day, stamp], []) == [day, stamp]
