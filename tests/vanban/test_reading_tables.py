"""Tables that pages broke up, put together again."""

from __future__ import annotations

import pytest

from vanban.reading.building import Cell, Line, RawRow
from vanban.reading.tables import header_depth, is_torn_row, join_torn_rows, merge_tables, without_repeats
from vanban.values import Block, Paragraph, Passage, Row, Table

HEAD = "TT|Nhiệm vụ|Đơn vị"


def rows(*lines: str) -> tuple[Row, ...]:
    return tuple(Row(tuple(Passage.plain(text, 0) for text in line.split("|"))) for line in lines)


def shown(blocks: tuple[Block, ...]) -> list[list[str]]:
    return [["|".join(c.text for c in row.cells) for row in b.rows] if isinstance(b, Table) else [] for b in blocks]


TEXT = Paragraph(Passage.plain("Kết thúc.", 0))
MERGED = {
    "header again": ([(HEAD, "1|a|A"), (HEAD, "2|b|B")], [[HEAD, "1|a|A", "2|b|B"]]),
    "no header": ([(HEAD, "1|a|A"), ("2|B.|B",), ("|C|C",)], [[HEAD, "1|a|A", "2|B.|B", "|C|C"]]),
    "torn row": (
        [(HEAD, "1|a|A"), ("2|các hợp|B",), (HEAD, "|tác xã|", "3|c|C")],
        [[HEAD, "1|a|A", "2|các hợp tác xã|B", "3|c|C"]],
    ),
    "short rows": ([(HEAD, "1|a|A"), ("II|b",)], [[HEAD, "1|a|A", "II|b"]]),
    "other header": (
        [(HEAD, "1|a|A"), ("STT|Họ tên|Chức vụ", "1|b|B")],
        [[HEAD, "1|a|A"], ["STT|Họ tên|Chức vụ", "1|b|B"]],
    ),
    "wider": ([(HEAD, "1|a|A"), ("1|b|B|x",)], [[HEAD, "1|a|A"], ["1|b|B|x"]]),
    "narrower, not numbered": ([(HEAD, "1|a|A"), ("Nơi nhận|CHỦ TỊCH",)], [[HEAD, "1|a|A"], ["Nơi nhận|CHỦ TỊCH"]]),
    "case and spaces": ([(HEAD, "1|a|A"), ("TT|NHIỆM  VỤ|Đơn vị", "2|b|B")], [[HEAD, "1|a|A", "2|b|B"]]),
    "header within": ([(HEAD, "1|a|A", HEAD, "2|b|B")], [[HEAD, "1|a|A", "2|b|B"]]),
    "numbers of columns": (
        [(HEAD, "(1)|(2)|(3)", "1|a|A"), ("(1)|(2)|(3)", "2|b|B")],
        [[HEAD, "(1)|(2)|(3)", "1|a|A", "2|b|B"]],
    ),
    "header of two lines": (
        [
            ("TT|Nhiệm vụ|Thời gian|", "||Từ|Đến", "1|2|3|4", "1|a|x|y"),
            ("TT|Nhiệm vụ|Thời gian|", "||Từ|Đến", "2|b|x|y"),
        ],
        [["TT|Nhiệm vụ|Thời gian|", "||Từ|Đến", "1|2|3|4", "1|a|x|y", "2|b|x|y"]],
    ),
    "the same work twice": ([(HEAD, "1|a|A", "1|a|A")], [[HEAD, "1|a|A", "1|a|A"]]),
    "rows without a header": ([("Một|Hai|Ba", "Một|Hai|Ba")], [["Một|Hai|Ba", "Một|Hai|Ba"]]),
}


@pytest.mark.parametrize("case", MERGED)
def test_merged(case):
    parts, wanted = MERGED[case]
    assert shown(merge_tables([Table(rows(*part)) for part in parts])) == wanted


def test_text_between_parts_keeps_them_apart():
    blocks = [Table(rows(HEAD, "1|a|A")), TEXT, Table(rows(HEAD, "2|b|B"))]
    assert shown(merge_tables(blocks)) == [[HEAD, "1|a|A"], [], [HEAD, "2|b|B"]]


@pytest.mark.parametrize(
    ("lines", "depth"),
    [
        ((HEAD,), 1),
        ((HEAD, "1|2|3"), 2),
        ((HEAD, "|Từ|Đến", "(1)|(2)|(3)"), 3),
        (("Việc|Nơi|Lúc", "A|B|C"), 2),
        (("1|a|A",), 0),
        (("1|2|3",), 0),  # numbers below no header are a row
        ((), 0),
    ],
)
def test_header_depth(lines, depth):
    assert header_depth(rows(*lines)) == depth
    assert len(without_repeats(rows(*lines))) == len(lines)


@pytest.mark.parametrize(
    ("before", "after", "torn"),
    [
        ("14|Cân đối, lồng ghép|Sở A", "|nguồn vốn từ các dự án|", True),
        ("14|Rà soát|Các sở, ban,", "||ngành; UBND các huyện", True),
        ("14|Theo Quyết định số|Sở A", "|115/KH-UBND ngày 04/6/2018|", True),
        ("14|Phối hợp với Sở|Sở A", "|Tài chính rà soát|", True),
        ("14|Rà soát.|Sở A", "|Báo cáo|", False),
        ("14|Rà soát|Sở A", "|- Báo cáo|", False),
        ("14|Rà soát|Sở A", "|Tăng cường vai trò|Mặt trận", False),
        ("14|Cân đối, lồng ghép|Sở A", "15|nguồn vốn từ các dự án|", False),
        ("14|Cân đối, lồng ghép|Sở A", "|nguồn vốn", False),
    ],
)
def test_torn_rows(before, after, torn):
    assert is_torn_row(*rows(before, after)) is torn


def test_only_rows_at_a_page_break_are_joined():
    raw = [RawRow(tuple(Cell((Line(text),)) for text in line.split("|"))) for line in ("1|a|A", "|b|", "2|c|C", "|d|")]

    def join(before: RawRow, after: RawRow) -> RawRow:
        cells = zip(before.cells, after.cells, strict=True)
        return RawRow(tuple(Cell((*first.lines, *second.lines)) for first, second in cells))

    joined = join_torn_rows(raw, [3], join)
    assert ["|".join(cell.text for cell in row.cells) for row in joined] == ["1|a|A", "|b|", "2|c d|C"]
