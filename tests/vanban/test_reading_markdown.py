"""Markdown that programs made of Word documents: what is behind a backslash is a letter, and places are those of the file."""

from __future__ import annotations

import pytest

from tests.vanban.reading_files import check_places, texts
from vanban import analyse
from vanban.reading import read
from vanban.values import Paragraph

LINES = {
    "numbers": (r"1\. Rà soát", "1. Rà soát"),
    "numbers with a bracket": (r"2\) Rà soát", "2) Rà soát"),
    "letters": (r"a\) Rà soát", "a) Rà soát"),
    "dashes": (r"\- Rà soát", "- Rà soát"),
    "pluses": (r"\+ Rà soát", "+ Rà soát"),
    "stars": (r"\* Rà soát", "* Rà soát"),
    "a star for a note": (r"Rà soát (\*)", "Rà soát (*)"),
    "within words": (r"Kế hoạch số 1182/KH\-UBND", "Kế hoạch số 1182/KH-UBND"),
    "blanks": (r"Số: \_\_\_/KH\-UBND", "Số: ___/KH-UBND"),
    "a sign": (r"Đạt \> 40", "Đạt > 40"),
    "the sign itself": (r"\\server", r"\server"),
    "a letter": (r"\Rà soát", r"\Rà soát"),
    "bold numbers": ("**1.** Rà soát", "1. Rà soát"),
    "bold with a backslash": (r"**Điều 1\.** Rà soát", "Điều 1. Rà soát"),
    "bold italics": ("***Nơi*** ***nhận:***", "Nơi nhận:"),
    "bold around italics": ("**_Rà soát_**", "Rà soát"),
    "italics": (r"_Chủ trì: Phòng A \- B._", "Chủ trì: Phòng A - B."),
    "names of files": ("a_b và _c_", "a_b và c"),
    "blanks that are no italics": ("Số: _/KH, ngày_/_/2026 _ _", "Số: _/KH, ngày_/_/2026 _ _"),
    "marks on both sides": ("## I. NHIỆM VỤ ##", "I. NHIỆM VỤ"),
    "hard spaces": ("Sở&nbsp;A&#160;B", "Sở A B"),
    "entities": ("NN&amp;MT &lt; 5, &gt;= 40", "NN&MT < 5, >= 40"),
    "comments": ("<!-- --> Rà soát", "Rà soát"),
    "a break of the line": ("Rà soát\\", "Rà soát"),
    "words with a style": ("[Nơi nhận:]{.underline} [a] {b}", "Nơi nhận: [a] {b}"),
    "places to link to": ("[]{#_Toc1 .anchor}Rà soát", "Rà soát"),
    "an underlined title": ("Rà soát\n=====", "Rà soát"),
    "an underlined heading": ("Rà soát\n-------", "Rà soát"),
}


@pytest.mark.parametrize("case", LINES)
def test_signs_that_are_no_words(case):
    text, wanted = LINES[case]
    document = read(text.encode(), name="a.md")
    check_places(document)
    assert texts(document) == [wanted]
    [block] = document.blocks
    assert isinstance(block, Paragraph)
    places = zip(block.passage.text, block.passage.starts, block.passage.ends, strict=True)
    assert all(text[start:end] == letter for letter, start, end in places if letter not in " &<>")


def test_an_underlined_heading_is_bold_and_stands_apart():
    text = "Thông tin, tuyên truyền\n-----------------------\nvà các việc khác\n\nĐộc lập\n---\nĐăk Lăk"
    blocks = read(text.encode(), name="a.md").blocks
    assert [(block.passage.text, block.bold) for block in blocks] == [
        ("Thông tin, tuyên truyền", True),
        ("và các việc khác", False),
        ("Độc lập", False),
        ("Đăk Lăk", False),
    ]


PLAN = r"""
| LIÊN MINH HTX VIỆT NAM <br>**LIÊN MINH HTX TỈNH LÂM ĐỒNG** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM** |
| --- | --- |
| Số: 37/KH-LMHTX | *Lâm Đồng, ngày 27 tháng 02 năm 2026* |

**KẾ HOẠCH**

**Hỗ trợ hợp tác xã năm 2026**

Thực hiện Kế hoạch số 1182/KH\-UBND ngày 30/01/2026 của UBND tỉnh, Liên minh HTX tỉnh xây dựng Kế hoạch như sau:

**I\. MỤC ĐÍCH, YÊU CẦU**

\- Giúp các HTX tiếp cận công nghệ số trong quản trị.

**II\. NỘI DUNG, NHIỆM VỤ**

**1\. Thông tin, tuyên truyền**

\- Phát hành bản tin Kinh tế hợp tác.

\- Tổ chức hội nghị phổ biến chính sách mới, hoàn thành trong quý II/2026.

**2\. Liên kết chuỗi**

a\) Xây dựng mô hình HTX theo Quyết định số 1804/QĐ\-TTg. *(Sở Công Thương chủ trì)*

III\. TỔ CHỨC THỰC HIỆN
-----------------------

1\. Sở Tài chính tham mưu bố trí kinh phí.

**PHỤ LỤC**

| **STT** | **Nhiệm vụ** | **Đơn vị chủ trì** | **Thời gian** |
| --- | --- | --- | --- |
| **A** | **Đào tạo** |  |  |
| 1\. | Mở các lớp bồi dưỡng <br>\- cho cán bộ | Sở&nbsp;Nội vụ | Tháng 3 \- 10/2026 |
"""


def test_a_plan_with_markers_behind_backslashes():
    document = read(PLAN.encode(), name="a.txt")
    found = analyse(document)
    assert [task.at for task in found.tasks] == ["II/1/-1", "II/1/-2", "II/2/a", "III/1", "annex/A/1"]
    assert [each.symbol for each in found.references] == ["1182/KH-UBND", "1804/QĐ-TTg"]
    for task, quote in zip(found.tasks, ("Phát hành", "Tổ chức", "Xây dựng", "Sở Tài chính", "Mở"), strict=True):
        assert PLAN[task.span[0] :].startswith(quote)
