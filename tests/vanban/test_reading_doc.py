"""Word 97–2003 documents. `files/kinds.doc` was saved by LibreOffice from a DOCX with lists, tables and changes."""

from __future__ import annotations

import random
import struct
from contextlib import suppress
from itertools import pairwise

import pytest

from tests.vanban.reading_files import LOCKED, check_places, refused, tables, texts
from vanban.errors import DocumentError
from vanban.reading import read
from vanban.reading.doc.container import Compound
from vanban.reading.doc.properties import changes
from vanban.reading.doc.text import PIECES, Header, stretches

DATA = (LOCKED / "kinds.doc").read_bytes()
LETTERHEAD = [
    "ỦY BAN NHÂN DÂN",
    "TỈNH THÁI NGUYÊN",
    "Số: 15/KH-UBND",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "Thái Nguyên, ngày 05 tháng 3 năm 2026",
]
NUMBERED = [
    "I. Mục tiêu",
    "1. Rà soát",
    "2. Đánh giá",
    "a) Các quỹ",
    "- Vốn vay",
    "II. Nhiệm vụ",
    "1. Tuyên truyền",
]
ROWS = [
    "TT | Nhiệm vụ | Chủ trì | Thời gian",
    "I | Phần một: Rà soát |  | ",
    "1 | Rà soát các hợp tác xã | Sở Tài chính | Quý II/2026",
    "2 | Báo cáo kết quả | Sở Tài chính | ",
    "3 | Tổng kết | Sở Nội vụ | Hằng năm",
]


def test_a_word_97_document_is_read_as_it_is_shown():
    document = read(DATA, name="a.doc")
    check_places(document)
    assert (document.kind, document.pages) == ("doc", None)
    found = texts(document)
    assert found[:6] == LETTERHEAD
    assert found[8:15] == NUMBERED
    assert found[15:17] == ["Giao Sở Công Thương chủ trì.", "2. Hỗ trợ vay vốn cho hợp tác xã"]
    assert found[-6:] == [*ROWS, "Trên đây là kế hoạch."]


def test_a_merged_cell_counts_in_each_row_that_it_covers():
    [found] = tables(read(DATA))
    assert found.rows[2].cells[2] is found.rows[3].cells[2]


def test_what_was_repaired_is_told():
    assert [(notice.code, notice.hint[:11]) for notice in read(DATA).notices] == [
        ("R201", "tracked cha"),
        ("R103", "1 lines wri"),
    ]


def test_an_encrypted_document_is_told_from_a_damaged_one():
    at = DATA.index(struct.pack("<H", 0xA5EC))
    locked = DATA[: at + 11] + bytes([DATA[at + 11] | 1]) + DATA[at + 12 :]
    assert refused(locked).startswith("D203")
    assert refused(DATA[: at + 0x4C] + b"\xff\xff\xff\x7f" + DATA[at + 0x50 :]).startswith("D104")
    assert refused(DATA[: len(DATA) // 3], "a.doc").startswith("D202")


def test_letters_of_one_byte_and_of_two():
    clx = b"\x02" + struct.pack("<I3I", 4 + 8 + 2 * 8, 0, 2, 4)[:16] + struct.pack("<HIH", 0, 0x40000000 | 2 * 4, 0) * 2
    document = b"\0\0\0\0S\x96" + b"\0" * 8
    assert [stretch.text for stretch in stretches(document, clx, 1, 2)] == ["–", "S"]


def test_changes_that_are_cut_off_are_left_out():
    whole = struct.pack("<HB", 0x0835, 1) + struct.pack("<HH", 0x460B, 3)
    assert changes(whole) == {0x0835: b"\x01", 0x460B: b"\x03\0"}
    assert changes(whole[:-1]) == {0x0835: b"\x01"}


@pytest.mark.parametrize("at", [44, 60, 68, 76])
def test_a_chain_in_a_circle_is_no_endless_road(at):
    broken = DATA[:at] + struct.pack("<I", 1) + DATA[at + 4 :]
    with suppress(DocumentError):
        check_places(read(broken))


def test_pieces_must_follow_each_other():
    compound = Compound(DATA)
    header = Header(compound.stream("WordDocument") or b"")
    clx = header.part(compound.stream(header.table) or b"", PIECES)
    at = clx.index(2)
    (size,) = struct.unpack_from("<I", clx, at + 1)
    assert size == len(clx) - at - 5
    places = struct.unpack_from(f"<{(size - 4) // 12 + 1}I", clx, at + 5)
    assert all(a < b for a, b in pairwise(places))


@pytest.mark.parametrize("seed", range(60))
def test_a_damaged_document_is_read_or_refused(seed):
    dice = random.Random(seed)
    data = bytearray(DATA)
    for _ in range(dice.choice((1, 5, 40))):
        start = dice.randrange(len(data))
        data[start : start + dice.choice((1, 2, 8))] = dice.randbytes(dice.choice((1, 2, 8)))
    with suppress(DocumentError):
        check_places(read(bytes(data), name="a.doc"))
