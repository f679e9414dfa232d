"""Drawings as metafiles: whole by the rules of the format, and told apart without colours."""

from __future__ import annotations

from itertools import pairwise
from struct import unpack_from

import docx
import pytest

from tests.vanban.official import report
from vanban.writing import layout, write
from vanban.writing.drawing import GREYS, Area, Drawing, Line, Words, box, broken, hatched, roomiest
from vanban.writing.emf import emf
from vanban.writing.model import Picture

ND30 = layout("nd30")
SQUARE = box(10, 10, 100, 60)
DRAWN = Drawing(
    200,
    100,
    (
        Area((SQUARE,), 0),
        *hatched([SQUARE]),
        Area((SQUARE,), 5),
        Words(5, 90, "Số hợp tác xã: 1.024", 10),
        Line((0, 0, 9, 9)),
    ),
)


def records(data: bytes) -> list[tuple[int, bytes]]:
    """Kind and content of each, as long as their sizes lead from one to the next."""
    found, at = [], 0
    while at < len(data):
        kind, size = unpack_from("<2I", data, at)
        assert size >= 8
        assert size % 4 == 0
        found.append((kind, data[at : at + size]))
        at += size
    return found


def test_the_records_of_a_metafile_are_as_its_header_says():
    data = emf(DRAWN)
    found = records(data)
    signature, _version, size, count, handles = unpack_from("<4IH", data, 40)
    assert (signature, size, count) == (0x464D4520, len(data), len(found))
    assert (found[0][0], found[-1][0]) == (1, 14)
    made = {unpack_from("<I", content, 8)[0] for kind, content in found if kind in (38, 39, 82)}
    chosen = {unpack_from("<I", content, 8)[0] for kind, content in found if kind == 37}
    assert chosen <= made
    assert max(made) < handles
    assert unpack_from("<4i", data, 24) == (0, 0, 2000, 1000)  # hundredths of a millimetre


def test_words_are_in_it_as_words():
    (text,) = [content for kind, content in records(emf(DRAWN)) if kind == 84]
    count, start = unpack_from("<2I", text, 44)
    assert text[start : start + 2 * count].decode("utf-16-le") == "Số hợp tác xã: 1.024"
    apart = unpack_from(f"<{count}I", text, unpack_from("<I", text, 72)[0])
    assert all(0 < each < 40 for each in apart)


def test_greys_differ_enough_to_be_told_apart_on_paper():
    levels = [GREYS[tone] for tone in sorted(GREYS)]
    assert all(lighter - darker >= 25 for lighter, darker in pairwise(levels))


def test_hatching_stays_within_its_area_and_out_of_its_holes():
    hole = box(40, 30, 30, 20)
    lines = list(hatched([SQUARE, hole], 10))
    assert len(lines) > 10
    for line in lines:
        x, y = (line.points[0] + line.points[2]) / 2, (line.points[1] + line.points[3]) / 2
        assert 10 <= x <= 110
        assert 10 <= y <= 70
        assert not (40 < x < 70 and 30 < y < 50)


def test_a_long_name_is_broken_between_words():
    assert broken("Thu nhập bình quân của lao động", 250, 10) == ["Thu nhập bình", "quân của lao", "động"]


def test_a_number_goes_where_a_commune_is_widest():
    horseshoe = (0, 0, 100, 0, 100, 90, 60, 90, 60, 20, 20, 20, 20, 90, 0, 90)
    assert roomiest([box(0, 0, 5, 5), horseshoe]) == (80, 45, 40)


def test_captions_count_charts_and_maps_apart(tmp_path):
    pictures = tuple(
        Picture(emf(DRAWN), "mô tả", 60, caption, counted=word)
        for word, caption in (("Biểu đồ", "Doanh thu"), ("Bản đồ", "Hợp tác xã"), ("Biểu đồ", "Thành viên"))
    )
    path = tmp_path / "a.docx"
    path.write_bytes(write(report(blocks=pictures), ND30))
    captions = [each for each in docx.Document(str(path)).paragraphs if each.style.name == "Tên hình"]
    said = ["".join(node.text or "" for node in each._p.iter("{*}t")) for each in captions]
    assert said == ["Biểu đồ 1. Doanh thu", "Bản đồ 1. Hợp tác xã", "Biểu đồ 2. Thành viên"]
    fields = [field.get(f"{{{field.nsmap['w']}}}instr") for each in captions for field in each._p.iter("{*}fldSimple")]
    assert [words.split()[1] for words in fields] == ["Biểu_đồ", "Bản_đồ", "Biểu_đồ"]


@pytest.mark.parametrize("marks", [(), (Area((box(0, 0, 9, 9),), 3),)])
def test_a_drawing_without_words_is_a_picture_too(marks):
    assert records(emf(Drawing(10, 10, marks)))[-1][0] == 14
