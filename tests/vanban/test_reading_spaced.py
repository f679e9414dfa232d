"""Text that keeps columns by spaces, as `pdftotext -layout` writes it, and text with a line end at every line."""

from __future__ import annotations

import pytest

from tests.vanban.reading_files import check_places, tables, texts
from vanban.reading import lay_anew, read

LETTERHEAD = """\
   ỦY BAN NHÂN DÂN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
   TỈNH QUẢNG NGÃI                  Độc lập - Tự do - Hạnh phúc

   Số: 11/KH-UBND                  Quảng Ngãi, ngày 08 tháng 01 năm 2025

                              KẾ HOẠCH
"""
LETTERHEAD_READ = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH QUẢNG NGÃI",
    "Số: 11/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Quảng Ngãi, ngày 08 tháng 01 năm 2025",
    "KẾ HOẠCH",
]
SIGNATURE = """\
Nơi nhận:                                         TM. ỦY BAN NHÂN DÂN
- CT, PCT UBND tỉnh;                                  CHỦ TỊCH
- Các Sở: Tài chính, Công Thương,
  Xây dựng;
- Lưu: VT.                                          Nguyễn Văn A
"""
SIGNATURE_READ = [
    "Nơi nhận:",
    "- CT, PCT UBND tỉnh;",
    "- Các Sở: Tài chính, Công Thương, Xây dựng;",
    "- Lưu: VT.",
    "TM. ỦY BAN NHÂN DÂN",
    "CHỦ TỊCH",
    "Nguyễn Văn A",
]
TABLE = """\
Danh mục nhiệm vụ của các sở, ngành trong năm 2026:
TT   Nhiệm vụ                   Cơ quan         Thời gian
                                chủ trì
I    NHIỆM VỤ VỀ VỐN, ĐẤT ĐAI VÀ THỊ TRƯỜNG TRONG TỈNH
1    Rà soát các hợp tác xã     Sở Tài chính    Quý II/2026
     đã ngừng hoạt động
2    Báo cáo kết quả và đề                      Hằng năm
     xuất cơ chế, chính
                              2
\x0cTT   Nhiệm vụ                     Cơ quan         Thời gian
                                  chủ trì
     sách hỗ trợ
3    Tổng kết                     Sở Nội vụ       2027

Trên đây là kế hoạch; yêu cầu các cơ quan, đơn vị thực hiện nghiêm túc.
"""
TABLE_READ = [
    "Danh mục nhiệm vụ của các sở, ngành trong năm 2026:",
    "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian",
    "I | NHIỆM VỤ VỀ VỐN, ĐẤT ĐAI VÀ THỊ TRƯỜNG TRONG TỈNH |  | ",
    "1 | Rà soát các hợp tác xã đã ngừng hoạt động | Sở Tài chính | Quý II/2026",
    "2 | Báo cáo kết quả và đề xuất cơ chế, chính sách hỗ trợ |  | Hằng năm",
    "3 | Tổng kết | Sở Nội vụ | 2027",
    "Trên đây là kế hoạch; yêu cầu các cơ quan, đơn vị thực hiện nghiêm túc.",
]


@pytest.mark.parametrize(
    ("text", "wanted"), [(LETTERHEAD, LETTERHEAD_READ), (SIGNATURE, SIGNATURE_READ), (TABLE, TABLE_READ)]
)
def test_columns_by_spaces(text, wanted):
    document = read(text.encode(), name="a.txt")
    check_places(document)
    assert texts(document) == wanted


def test_a_whole_page_with_columns_by_spaces():
    text = LETTERHEAD + TABLE + SIGNATURE
    document = read(text.encode())
    wanted = [*LETTERHEAD_READ, *TABLE_READ, *SIGNATURE_READ]
    assert texts(document) == wanted
    assert document.content == text.replace("\f", " ")  # places count in the file itself
    for cell in (cell for row in tables(document)[0].rows for cell in row.cells):
        places = zip(cell.text, cell.starts, cell.ends, strict=True)
        assert all(text[start:end] == letter for letter, start, end in places if letter != " ")
    anew = lay_anew(document)
    assert texts(anew) == wanted
    cells = [cell for row in tables(anew)[0].rows for cell in row.cells if cell]
    assert all(anew.content[slice(*cell.span())] == cell.text for cell in cells)


def test_a_second_letterhead_and_a_motto_that_is_only_quoted():
    quoted = "Mẫu ghi “CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM” ở đầu."
    document = read(f"{LETTERHEAD}{quoted}\n\n{SIGNATURE}\n{LETTERHEAD}".encode())
    assert texts(document) == [*LETTERHEAD_READ, quoted, *SIGNATURE_READ, *LETTERHEAD_READ]


def test_a_rule_without_rows_is_no_table():
    assert texts(read("1. Rà soát.\n\n|:---|:---:|\n\n2. Tổng kết.".encode())) == ["1. Rà soát.", "2. Tổng kết."]


def test_a_text_without_columns_keeps_its_content():
    text = "TT Huế   có các quỹ.\n1. Rà soát   các quỹ.\nNơi nhận: Như trên."
    document = read(text.encode())
    assert document.content == text
    assert lay_anew(document) is document


TABBED = """\
TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian
1\tRà soát các hợp tác xã đã ngừng hoạt động trên địa bàn\tSở Tài chính\tQuý II/2026
2\tTổng kết\tSở Nội vụ\t2027
"""


def test_a_table_with_tabs_below_a_letterhead_by_spaces():
    assert texts(read((LETTERHEAD + TABBED).encode())) == [
        *LETTERHEAD_READ,
        "TT | Nhiệm vụ | Cơ quan chủ trì | Thời gian",
        "1 | Rà soát các hợp tác xã đã ngừng hoạt động trên địa bàn | Sở Tài chính | Quý II/2026",
        "2 | Tổng kết | Sở Nội vụ | 2027",
    ]


WRAPPED = """\
4. Tăng cường năng lực quản trị, đổi mới phương thức sản xuất, kinh doanh, tiếp tục
thành lập, phát triển thêm các hợp tác xã, tổ hợp tác; coi trọng chất lượng, hiệu quả
và tính bền vững của từng loại hình hợp tác xã trên địa bàn tỉnh theo đúng quy định.
Các sở, ban, ngành, Liên minh hợp tác xã và các địa phương căn cứ chức năng, nhiệm vụ
được giao, tập trung thực hiện các nội dung sau:
- Rà soát, thống kê, phân loại các hợp tác xã đang hoạt động và đã ngừng hoạt động trên
địa bàn; đề xuất phương án xử lý, báo cáo Ủy ban nhân dân tỉnh trước ngày 30 tháng 6
hằng năm để tổng hợp, báo cáo Bộ Tài chính.
- Tổ chức tập huấn cho cán bộ quản lý; hỗ trợ các hợp tác xã vay vốn, thuê đất, tìm thị
trường, ứng dụng khoa học và công nghệ, chuyển đổi số trong quản lý và sản xuất ở xã.
Yêu cầu các đơn vị nghiêm túc triển khai thực hiện, định kỳ báo cáo kết quả về Sở Tài
chính trước ngày 15 tháng 12 hằng năm.
"""


def test_a_paragraph_behind_a_full_line_stands_by_itself():
    found = texts(read(WRAPPED.encode()))
    assert [line.split()[0] for line in found] == ["4.", "Các", "-", "-", "Yêu"]


MARKDOWN = """\
| TT | Nhiệm vụ | Chủ trì |
|:--|:--:|--:|
| 1 | Rà soát **quỹ** \\| vốn | Sở A<br>Sở B |
| 2 | Báo cáo | |

TT | Nhiệm vụ | Chủ trì
---|---|---
3 | Tổng kết | Sở C

Kết thúc | hết
"""


def test_tables_of_markdown_with_pipes_at_their_sides_or_between():
    document = read(MARKDOWN.encode(), name="a.md")
    check_places(document)
    assert texts(document) == [
        "TT | Nhiệm vụ | Chủ trì",
        "1 | Rà soát quỹ | vốn | Sở A Sở B",
        "2 | Báo cáo | ",
        "3 | Tổng kết | Sở C",
        "Kết thúc | hết",
    ]
    assert [len(row.cells) for row in tables(document)[0].rows] == [3, 3, 3, 3]
