"""Tables whose columns are kept by spaces and stand a little elsewhere in each row and on each page."""

from __future__ import annotations

from time import process_time

import pytest

from tests.vanban.reading_files import check_places, texts
from vanban.reading import read

HEAD = """\
TT              Nội dung nhiệm vụ                    Đơn vị chủ trì          Đơn vị phối hợp         Sản phẩm dự       Thời gian hoàn
                                                                                                         kiến              thành
"""
MOVED_HEAD = """\
TT               Nội dung nhiệm vụ                   Đơn vị chủ trì        Đơn vị phối hợp         Sản phẩm dự        Thời gian hoàn
                                                                                                       kiến               thành
"""
PAGES = f"""\
{HEAD}
I    Hoàn thiện thể chế, chính sách

1    Nghiên cứu sửa đổi, bổ sung Thông tư số      Cục Quản lý, giám       Cục Thuế, Cục      Thông tư của Bộ           Tháng 11/2026
     71/2024/TT-BTC ngày 07/10/2024 hướng         sát kế toán, kiểm       DNTN&KTTT, Vụ Pháp trưởng Bộ Tài
     dẫn chế độ kế toán áp dụng cho hợp tác       toán                    chế                chính
     xã, liên hiệp hợp tác xã

2    Đôn đốc, hướng dẫn thực hiện chính sách   Bảo hiểm xã hội            Cục Thuế; các                            Hằng năm
     bảo hiểm xã hội bắt buộc                  Việt Nam                   địa phương

3    Điều tra, thống kê các chỉ tiêu về kinh tế   Cục Thống kê            Cục Thuế,                 Kết quả điều tra,   Hai năm một lần
     tập thể; công bố Sách trắng hợp tác xã                               Liên minh Hợp tác xã     Sách trắng
                                       - 5 -

{MOVED_HEAD}
      Việt Nam                                                          Việt Nam và các đơn vị
                                                                        liên quan

III   Thông tin, truyền thông; kiểm tra, sơ kết

1     Tuyên truyền chủ trương, chính sách         Báo Tài chính - Đầu   Văn phòng Bộ             Tin, bài, phóng sự   Thường xuyên
                                                  tư
                                                                                                                         6

{MOVED_HEAD}
10 Sơ kết giữa kỳ thực hiện Chương trình,         Cục Thuế              Các đơn vị thuộc, trực   Báo cáo của Bộ Tài   Năm 2028
      báo cáo Thủ tướng Chính phủ                                       thuộc Bộ                 chính

      Trên đây là Kế hoạch; yêu cầu các cơ quan, đơn vị thực hiện nghiêm túc, báo cáo kết quả về Bộ Tài chính.
"""
PAGES_READ = [
    "TT | Nội dung nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Sản phẩm dự kiến | Thời gian hoàn thành",
    "I | Hoàn thiện thể chế, chính sách |  |  |  | ",
    (
        "1 | Nghiên cứu sửa đổi, bổ sung Thông tư số 71/2024/TT-BTC ngày 07/10/2024 hướng dẫn chế độ kế toán áp dụng cho"
        " hợp tác xã, liên hiệp hợp tác xã | Cục Quản lý, giám sát kế toán, kiểm toán | Cục Thuế, Cục DNTN&KTTT, Vụ Pháp chế"
        " | Thông tư của Bộ trưởng Bộ Tài chính | Tháng 11/2026"
    ),
    (
        "2 | Đôn đốc, hướng dẫn thực hiện chính sách bảo hiểm xã hội bắt buộc | Bảo hiểm xã hội Việt Nam"
        " | Cục Thuế; các địa phương |  | Hằng năm"
    ),
    (
        "3 | Điều tra, thống kê các chỉ tiêu về kinh tế tập thể; công bố Sách trắng hợp tác xã Việt Nam | Cục Thống kê"
        " | Cục Thuế, Liên minh Hợp tác xã Việt Nam và các đơn vị liên quan | Kết quả điều tra, Sách trắng | Hai năm một lần"
    ),
    "III | Thông tin, truyền thông; kiểm tra, sơ kết |  |  |  | ",
    "1 | Tuyên truyền chủ trương, chính sách | Báo Tài chính - Đầu tư | Văn phòng Bộ | Tin, bài, phóng sự | Thường xuyên",
    (
        "10 | Sơ kết giữa kỳ thực hiện Chương trình, báo cáo Thủ tướng Chính phủ | Cục Thuế"
        " | Các đơn vị thuộc, trực thuộc Bộ | Báo cáo của Bộ Tài chính | Năm 2028"
    ),
    "Trên đây là Kế hoạch; yêu cầu các cơ quan, đơn vị thực hiện nghiêm túc, báo cáo kết quả về Bộ Tài chính.",
]
MIDDLE = """\
TT    Nhiệm vụ                     Chủ trì           Thời gian

      Rà soát các hợp tác xã
1     đã ngừng hoạt động,          Sở Tài chính      Quý II/2026
      đề xuất xử lý

      Tổng kết:
2     - Đánh giá;                  Sở Nội vụ         Năm 2027
      - Khen thưởng.
"""
MIDDLE_READ = [
    "TT | Nhiệm vụ | Chủ trì | Thời gian",
    "1 | Rà soát các hợp tác xã đã ngừng hoạt động, đề xuất xử lý | Sở Tài chính | Quý II/2026",
    "2 | Tổng kết: - Đánh giá; - Khen thưởng. | Sở Nội vụ | Năm 2027",
]
UNNUMBERED = """\
 Đơn vị thực hiện        Nội dung công việc                  Thời gian
                         cụ thể                              hoàn thành
 Sở Tài chính            Rà soát các hợp tác xã đã           Quý II/2026
                         ngừng hoạt động
 Sở Nội vụ, Sở           Tổng kết, khen thưởng               Năm 2027
 Tư pháp
                                  7
 Đơn vị thực hiện        Nội dung công việc                  Thời gian
                         cụ thể                              hoàn thành
                         các tập thể tiêu biểu
 Sở Y tế                 Sơ kết                              Hằng năm

Nơi nhận: Như trên.
"""
UNNUMBERED_READ = [
    "Đơn vị thực hiện | Nội dung công việc cụ thể | Thời gian hoàn thành",
    "Sở Tài chính | Rà soát các hợp tác xã đã ngừng hoạt động | Quý II/2026",
    "Sở Nội vụ, Sở Tư pháp | Tổng kết, khen thưởng các tập thể tiêu biểu | Năm 2027",
    "Sở Y tế | Sơ kết | Hằng năm",
    "Nơi nhận: Như trên.",
]
NEAR = """\
TT   Nhiệm vụ              Đơn vị chủ trì Đơn vị phối hợp  Thời gian
1    Rà soát quỹ đất       Sở Tài chính   Sở Nội vụ        Quý II/2026
2    Tổng kết              Sở Nội vụ      Sở Tài chính     Năm 2027
3    Báo cáo các cấp       Sở Y tế                         Hằng năm
"""
NEAR_READ = [
    "TT | Nhiệm vụ | Đơn vị chủ trì | Đơn vị phối hợp | Thời gian",
    "1 | Rà soát quỹ đất | Sở Tài chính | Sở Nội vụ | Quý II/2026",
    "2 | Tổng kết | Sở Nội vụ | Sở Tài chính | Năm 2027",
    "3 | Báo cáo các cấp | Sở Y tế |  | Hằng năm",
]
TITLES = """\
TT   Nhiệm vụ                   Cơ quan         Thời gian
II   CÁC NHIỆM VỤ VỀ VỐN, ĐẤT ĐAI, KHOA HỌC, CÔNG NGHỆ VÀ THỊ TRƯỜNG
     TRONG TỈNH
a)
     Rà soát các hợp tác xã     Sở Tài chính    Quý II/2026
III   Tổ chức thực hiện, kiểm tra, giám sát, sơ kết, tổng kết hằng năm
1    Tổng kết                   Sở Nội vụ       2027
"""
TITLES_READ = [
    "TT | Nhiệm vụ | Cơ quan | Thời gian",
    "II | CÁC NHIỆM VỤ VỀ VỐN, ĐẤT ĐAI, KHOA HỌC, CÔNG NGHỆ VÀ THỊ TRƯỜNG TRONG TỈNH |  | ",
    "a) | Rà soát các hợp tác xã | Sở Tài chính | Quý II/2026",
    "III | Tổ chức thực hiện, kiểm tra, giám sát, sơ kết, tổng kết hằng năm |  | ",
    "1 | Tổng kết | Sở Nội vụ | 2027",
]
TEXTS = {
    "rows over three pages": (PAGES, PAGES_READ),
    "numbers in the middle of their rows": (MIDDLE, MIDDLE_READ),
    "no column of numbers, who does it first": (UNNUMBERED, UNNUMBERED_READ),
    "titles over several columns": (TITLES, TITLES_READ),
    "names with one space between them": (NEAR, NEAR_READ),
}


@pytest.mark.parametrize("case", TEXTS)
def test_tables_by_spaces(case):
    text, wanted = TEXTS[case]
    document = read(text.encode(), name="a.txt")
    check_places(document)
    assert texts(document) == wanted


def test_places_count_in_the_file():
    document = read(PAGES.encode(), name="a.txt")
    assert document.content == PAGES
    rows = document.blocks[0].rows
    cell = rows[2].cells[4]
    assert PAGES[cell.starts[0] : cell.ends[7]] == "Thông tư"
    assert PAGES[slice(*cell.span(cell.text.index("trưởng"), cell.text.index("trưởng") + 13))] == "trưởng Bộ Tài"


def test_lines_that_only_look_like_a_header_are_no_table():
    text = "TT   Họ và tên   Chức vụ\n\nNội dung   Thời gian   Địa điểm của các cuộc họp trong tháng, trong quý và trong năm.\n"
    assert " | " not in "".join(texts(read(text.encode())))


def test_a_line_of_which_the_number_alone_is_left():
    text = f"  TT{'phẩm':>110}{'hoàn':>26}\n{'k':>17}\n  I "
    assert texts(read(text.encode())) == ["TT | phẩm | hoàn", "I | k | "]


LONG = {
    "spaces": ("nội dung" + " " * 20_000 + "\n" + " " * 20_000 + "\n") * 10,
    "one line of words, a pipe at its end": ("nội dung " * 4_000 + "|\n") * 5,
}


@pytest.mark.parametrize("text", LONG)
def test_long_lines_are_passed_over_once(text):
    began = process_time()
    read(LONG[text].encode())
    assert process_time() - began < 5  # tried from each letter it takes some twenty, here a tenth
