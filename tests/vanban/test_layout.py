"""The source laid out for a page: every word at its place, none twice, each with its part in the document."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from hypothesis import given, note

from tests.vanban.make_golden import GOLDEN, documents
from tests.vanban.reading_files import Text, para, pdf, table, texts, word
from tests.vanban.test_properties import BOUNDED, mangled, seeds
from vanban import read
from vanban.layout import layout
from vanban.reading.joining import squash
from vanban.values import Document, Paragraph

Shown = dict[str, Any]
PLAN = """\
ỦY BAN NHÂN DÂN
TỈNH GIA LAI
Số: /KH-UBND
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Gia Lai, ngày … tháng 3 năm 2024
KẾ HOẠCH
Phát triển kinh tế tập thể
Thực hiện Nghị quyết số 20-NQ/TW, UBND tỉnh ban hành Kế hoạch như sau:
I. NHIỆM VỤ
1. Tuyên truyền
- Sở Tài chính tổ chức tuyên truyền Luật Hợp tác xã đến các xã.
- Sở Nội vụ tập huấn cán bộ.
Phần II
TỔ CHỨC THỰC HIỆN
Các sở, ngành căn cứ Kế hoạch này tổ chức thực hiện.
Nơi nhận:
- UBND tỉnh;
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Lê Văn An
PHỤ LỤC
Danh mục nhiệm vụ
TT\tNhiệm vụ\tChủ trì\tThời gian
1\tXây dựng đề án\tSở Tài chính\t2024
"""


def shown(text: str, name: str = "a.txt") -> list[Shown]:
    return layout(read(text.encode(), name=name))


def visible(document: Document, place: Shown) -> str:
    """What a page shows of a paragraph or cell: its span without what is hidden, white space as browsers show it."""
    start, end = place["span"]
    kept = "".join(
        letter
        for at, letter in enumerate(document.content[start:end], start)
        if not any(a <= at < b for a, b in place.get("hidden", ()))
    )
    return squash(kept)


def test_each_block_has_its_part_in_the_document():
    document = read(PLAN.encode(), name="a.txt")
    said = [(block["role"], block.get("level"), visible(document, block)[:14]) for block in layout(document)[:-1]]
    assert said == [
        ("letterhead", None, "ỦY BAN NHÂN DÂ"),
        ("letterhead", None, "TỈNH GIA LAI"),
        ("letterhead", None, "Số: /KH-UBND"),
        ("motto", None, "CỘNG HÒA XÃ HỘ"),
        ("motto", None, "Độc lập - Tự d"),
        ("motto", None, "Gia Lai, ngày "),
        ("title", None, "KẾ HOẠCH"),
        ("title", None, "Phát triển kin"),
        ("body", None, "Thực hiện Nghị"),
        ("heading", 0, "I. NHIỆM VỤ"),
        ("heading", 1, "1. Tuyên truyề"),
        ("body", 2, "- Sở Tài chính"),
        ("body", 2, "- Sở Nội vụ tậ"),
        ("heading", None, "Phần II"),
        ("heading", 0, "TỔ CHỨC THỰC H"),
        ("body", 1, "Các sở, ngành "),
        ("recipients", None, "Nơi nhận:"),
        ("recipients", None, "- UBND tỉnh;"),
        ("signature", None, "TM. ỦY BAN NHÂ"),
        ("signature", None, "CHỦ TỊCH"),
        ("signature", None, "Lê Văn An"),
        ("caption", None, "PHỤ LỤC"),
        ("caption", None, "Danh mục nhiệm"),
    ]


def test_a_table_names_its_header_rows_and_every_cell():
    document = read(PLAN.encode(), name="a.txt")
    last = layout(document)[-1]
    assert (last["header"], "page" in last) == (1, False)
    assert [[visible(document, cell) for cell in row] for row in last["table"]] == [
        ["TT", "Nhiệm vụ", "Chủ trì", "Thời gian"],
        ["1", "Xây dựng đề án", "Sở Tài chính", "2024"],
    ]


def test_a_cell_merged_over_rows_and_the_title_of_a_section_stand_once():
    wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + para("Nhiệm vụ chung")
    lead = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + para("Sở Tài chính")
    document = read(
        word(
            table(
                ("TT", "Nhiệm vụ", "Chủ trì"),
                ("1", "Rà soát", lead),
                ("2", "Tổng kết", "^"),
                ("3", "Báo cáo", "^"),
                ("A", wide),
                ("4", "", "Sở Nội vụ"),
            )
        )
    )
    [block] = layout(document)
    rows = [[(visible(document, c), c.get("rows"), c.get("columns")) for c in row] for row in block["table"]]
    assert rows[1] == [("1", None, None), ("Rà soát", None, None), ("Sở Tài chính", 3, None)]
    assert rows[2:4] == [[("2", None, None), ("Tổng kết", None, None)], [("3", None, None), ("Báo cáo", None, None)]]
    assert rows[4] == [("A", None, None), ("Nhiệm vụ chung", None, 2)]
    assert rows[5] == [("4", None, None), ("", None, None), ("Sở Nội vụ", None, None)]


def test_marks_of_a_format_are_hidden():
    text = "# KẾ HOẠCH\n\n**1. Sở Tài chính** chủ *trì* <br> rà soát.\n\n| TT | **Việc** lớn | Ai |\n|--|--|--|\n| 1 | a | b |"
    document = read(text.encode(), name="a.md")
    title, task, block = layout(document)
    assert document.content[slice(*title["span"])] == "KẾ HOẠCH"
    assert visible(document, task) == "1. Sở Tài chính chủ trì rà soát."
    assert document.content[slice(*block["table"][0][1]["span"])] == "Việc** lớn"
    assert visible(document, block["table"][0][1]) == "Việc lớn"


def test_what_stands_letter_for_letter_hides_nothing():
    assert not [block for block in shown(PLAN) if "hidden" in block]


def test_what_a_page_break_put_between_is_hidden():
    text = (
        "KẾ HOẠCH\nI. NHIỆM VỤ\n1. Sở Tài chính thường xuyên đôn đốc, kiểm tra, bổ\n- 7 -\nsung, cập nhật nhiệm vụ.\n"
    )
    document = read(text.encode(), name="a.txt")
    [torn] = [block for block in layout(document) if "hidden" in block]
    assert visible(document, torn).endswith("kiểm tra, bổ sung, cập nhật nhiệm vụ.")


def test_blocks_of_a_pdf_know_their_page():
    data = pdf([[Text(100, 100, "1. Sở Tài chính rà soát.")], [Text(100, 100, "2. Sở Nội vụ tập huấn.")]])
    assert [block["page"] for block in layout(read(data))] == [1, 2]


def test_the_title_of_an_annex_behind_the_signature_is_no_signature():
    found = layout(read(GOLDEN / "documents/originals/thanh-hoa-2020.pdf"))
    assert all(end - start < 80 for start, end in (b["span"] for b in found if b.get("role") == "signature"))


def check(document: Document) -> None:
    found = layout(document)
    assert json.loads(json.dumps(found)) == found
    assert len(found) == len(document.blocks)
    lines = [
        visible(document, block)
        if "span" in block
        else [[visible(document, cell) for cell in row if cell["span"][1]] for row in block["table"]]
        for block in found
    ]
    for line, block in zip(lines, document.blocks, strict=True):
        if isinstance(block, Paragraph):
            assert squash(line) == squash(block.passage.text)
        else:
            once = {cell.span(): cell.text for row in block.rows for cell in row.cells if cell}
            assert sorted(words for row in line for words in row) == sorted(once.values())


ORIGINALS = [*GOLDEN.glob("documents/originals/*.docx"), *GOLDEN.glob("documents/originals/*[0-9].pdf")]


@pytest.mark.parametrize("path", [*documents(), *sorted(ORIGINALS)], ids=lambda path: path.name)
def test_every_word_of_a_directive_is_shown_once(path):
    document = read(path)
    check(document)
    assert sum(len(line) for line in texts(document)) > 0
    assert all(block.get("role") != "body" or not re.match(r"Nơi nhận", document.content[block["span"][0] :])
               for block in layout(document))  # fmt: skip


@given(seeds)
@BOUNDED
def test_every_word_of_any_text_is_shown_once(seed):
    note(f"mangled({seed})")
    check(read((mangled(seed) + "\nhết").encode(), name="a.md"))
