"""Degrees of secrecy and urgency: where the decree has them, and nowhere else."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import docx
import pytest

from tests.vanban.official import report
from vanban.errors import MarkUnknown
from vanban.writing import check, layout, write

ND30 = layout("nd30")


def test_both_stand_in_frames_below_number_and_symbol_and_depart_from_no_rule():
    data = write(replace(report(), secrecy="toi_mat", urgency="hoa_toc"), ND30)
    head = docx.Document(BytesIO(data)).tables[0]
    assert [p.text for p in head.cell(1, 0).paragraphs] == ["Số: 05/BC-UBND", "TỐI MẬT", "HỎA TỐC"]
    stamps = [p for p in head.cell(1, 0).paragraphs if p.style.name == "Dấu độ mật, mức độ khẩn"]
    assert (stamps[0].style.font.bold, stamps[0].style.font.size.pt) == (True, 13)
    assert len(stamps[0].style.element.findall(".//{*}pBdr/*")) == 4
    assert (
        stamps[0].paragraph_format.left_indent != stamps[1].paragraph_format.left_indent
    )  # or Word makes one frame of two
    assert check(data, ND30) == ()


def test_a_layout_that_does_not_say_how_is_not_guessed():
    with pytest.raises(MarkUnknown, match="36-HD/VPTW"):
        write(replace(report(code="BC/TU"), urgency="khan"), layout("hd36"))
