"""Web pages: what a browser shows, in blocks."""

from __future__ import annotations

import pytest

from tests.vanban.reading_files import check_places, tables, texts
from vanban.reading import read
from vanban.values import Document, Paragraph


def page(body: str, encoding: str = "utf-8") -> Document:
    document = read(f"<!DOCTYPE html><html><body>{body}</body></html>".encode(encoding))
    assert document.kind == "html"
    check_places(document)
    return document


CASES = {
    "paragraphs": ("<p>Một</p><div>Hai <span>ba</span></div>Bốn<hr>Năm", ["Một", "Hai ba", "Bốn", "Năm"]),
    "white space and entities": ("<p> Rà\n\t so&aacute;t &amp;&nbsp; &#7871;<!-- x --> </p>", ["Rà soát & ế"]),
    "dropped": (
        "<nav>a</nav><header>b</header><aside>c</aside><script>d<p></script><style>e</style><footer>f</footer>Rà soát",
        ["Rà soát"],
    ),
    "beside the document": (
        (
            '<div id="main-menu"><ul><li>a</ul></div><ul class="breadcrumb"><li>b</ul><div class="box share">c</div>'
            '<div id="footer">d</div><div class="content-navy"><p class="menu">Rà soát</div>'
        ),
        ["Rà soát"],
    ),
    "hidden": ("<p style='display: none'>a<b>b</b><br>c</p><p hidden>d</p><p>Rà soát</p>", ["Rà soát"]),
    "soft breaks": (
        "<p>Sở A:<br>- Rà soát<br>các quỹ;<br/>- Báo cáo</p>",
        ["Sở A:", "- Rà soát các quỹ;", "- Báo cáo"],
    ),
    "preformatted": ("<pre>1. Một\n2. Hai</pre>", ["1. Một", "2. Hai"]),
    "numbered": ("<ol><li>Một<li><p>Hai</p><p>Ba</p></ol>", ["1. Một", "2. Hai", "Ba"]),
    "numbered from": ('<ol start="3"><li>Một<li value="7">Hai<li>Ba</ol>', ["3. Một", "7. Hai", "8. Ba"]),
    "letters": ('<ol type="a"><li>Một<li>Hai</ol><ol type="I"><li>Ba</ol>', ["a) Một", "b) Hai", "I. Ba"]),
    "bullets in bullets": ("<ul><li>Một<ul><li>Hai</ul><li>Ba</ul>", ["- Một", "+ Hai", "- Ba"]),
    "typed markers": ("<ul><li>- Một</ul><ol><li>2. Hai</ol>", ["- Một", "2. Hai"]),
    "no markers": ('<ul><li style="list-style-type:none">Một</ul>', ["Một"]),
    "torn by a page": ("<p>bảo vệ môi</p><p>trường.</p>", ["bảo vệ môi trường."]),
    "no table around": ("<td>Một</td><tr>Hai</tr>", ["Một", "Hai"]),
    "closed too often": ("</div></table></ol><p>Một</p></p>", ["Một"]),
    "never closed": ("<div><p><b>Một<p>Hai", ["Một", "Hai"]),
}


@pytest.mark.parametrize("case", CASES)
def test_blocks(case):
    body, wanted = CASES[case]
    assert texts(page(body)) == wanted


def test_bold_and_headings():
    body = "<h2>A.</h2><p><b>B.</b></p><p><b>C</b>.</p><p><span style='font-weight:700'>D.</span> </p><p>E.</p>"
    bold = [block.bold for block in page(body).blocks if isinstance(block, Paragraph)]
    assert bold == [True, True, False, True, False]


HEAD = "<tr><th>TT<th>Nhiệm vụ<th>Đơn vị"


def test_cells_that_cover_rows_and_columns():
    document = page(
        f"<table>{HEAD}<tr><td rowspan=2>1<td>Rà soát<td>Sở A<tr><td>Báo cáo<td>Sở B"
        "<tr><td>II<td colspan=2>Phần hai<tr><td>2<td>Tổng kết<td>Sở C</table>"
    )
    assert texts(document)[1:] == [
        "1 | Rà soát | Sở A",
        "1 | Báo cáo | Sở B",
        "II | Phần hai | ",
        "2 | Tổng kết | Sở C",
    ]
    assert document.content.splitlines()[1:3] == ["1\tRà soát\tSở A", "\tBáo cáo\tSở B"]


def test_a_cell_that_covers_more_rows_than_there_are():
    assert texts(page(f"<table>{HEAD}<tr><td rowspan=0>1<td>a<td>b<tr><td>c<td>d</table>"))[1:] == [
        "1 | a | b",
        "1 | c | d",
    ]


def test_a_table_wider_than_any_keeps_its_words():
    [row, _] = tables(page(f"<table><tr><td colspan=99>đầu{'<td>x' * 99}<td>cuối<tr><td>1<td>2</table>"))[0].rows
    assert len(row.cells) == 65
    assert row.cells[0].text == "đầu"
    assert row.cells[-1].text.endswith("x cuối")


def test_a_page_inside_a_table_is_no_table():
    inner = f"<table>{HEAD}<tr><td>1<td>Rà soát<td>Sở A</table>"
    document = page(f"<table><tr><td>trình đơn<td><p>KẾ HOẠCH</p>{inner}<p>Hết.</p></table>")
    assert texts(document) == ["trình đơn", "KẾ HOẠCH", "TT | Nhiệm vụ | Đơn vị", "1 | Rà soát | Sở A", "Hết."]
    assert len(tables(document)) == 1


def test_a_letterhead_and_a_signature_are_read_left_side_first():
    document = page(
        "<table><tr><td>ỦY BAN NHÂN DÂN<br>TỈNH A<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do"
        "<tr><td>Số: 1/KH-UBND<td>A, ngày 1 tháng 2 năm 2023</table>"
        "<p>KẾ HOẠCH</p><table><tr><td>Nơi nhận:<br>- Như trên.<td>CHỦ TỊCH<p>Nguyễn Văn A</table>"
    )
    assert texts(document) == [
        "ỦY BAN NHÂN DÂN",
        "TỈNH A",
        "Số: 1/KH-UBND",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do",
        "A, ngày 1 tháng 2 năm 2023",
        "KẾ HOẠCH",
        "Nơi nhận:",
        "- Như trên.",
        "CHỦ TỊCH",
        "Nguyễn Văn A",
    ]


def test_the_bytes_decide_the_encoding_not_the_page():
    said = '<meta charset="windows-1252"><p>Rà soát hợp tác xã</p>'
    assert texts(page(said)) == ["Rà soát hợp tác xã"]
    assert texts(page(said, "utf-16")) == ["Rà soát hợp tác xã"]
    assert texts(read(b"<html><p>R&agrave; so&#225;t \x93h&#7907;p t&aacute;c\x94</p>")) == ["Rà soát “hợp tác”"]


def test_a_page_in_many_pieces_is_read_whole():
    words = [f"{n}. Rà soát hợp tác xã số {n}" for n in range(1, 4000)]
    assert texts(page("".join(f"<p>{line}</p>" for line in words))) == words
