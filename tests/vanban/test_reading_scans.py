"""Pages that are pictures: read where text recognition is installed, refused with a sentence that says so where it is not."""

from __future__ import annotations

import tracemalloc

import pytest

from tests.vanban.case_files import load_cases
from tests.vanban.reading_files import check_places, refused, tables, texts
from tests.vanban.scans import ORIGINALS, joined, needs_recognition, pictures, printed, saved, scanned, worn
from tests.vanban.scans import misread as misread_share
from vanban import analyse, read
from vanban.messages import remark
from vanban.reading import scans
from vanban.reading.page.geometry import Word
from vanban.reading.scans.mending import Mender
from vanban.reading.scans.seeing import Seen, SeenLine
from vanban.values import Document

PAGE = "khanh-hoa-2023", 2  # tasks with leads and times in prose
TABLE = "khanh-hoa-2023", 15


def tasks(document: Document) -> list[tuple]:
    found = analyse(document).tasks
    return [
        (t.at, t.lead, t.coordinate, t.deadline and (t.deadline.kind, t.deadline.end, t.deadline.rule)) for t in found
    ]


@pytest.mark.parametrize("case", load_cases("misread"), ids=lambda case: case["name"])
def test_misread_words(case):
    lines = [line.split() for line in ([case["read"]] if isinstance(case["read"], str) else case["read"])]
    mended = Mender().mend(lines)
    for line, found in zip(lines, mended, strict=True):
        for mend in found:
            assert line[mend.at] == mend.was
            line[mend.at] = mend.now
    joined = [" ".join(line) for line in lines]
    assert joined == ([case["mended"]] if isinstance(case["mended"], str) else case["mended"])


@needs_recognition
def test_a_worn_scan_says_what_the_page_says():
    paper = printed(*PAGE)
    found, meant = read(scanned(worn(pictures(paper)[0])), name="a.pdf"), read(paper, name="a.pdf")
    check_places(found)
    assert misread_share(found.content, meant.content) < 0.01
    assert tasks(found) == tasks(meant)


@needs_recognition
@pytest.mark.thorough
@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lies_in_any_direction(turn):
    paper = pictures(printed(*PAGE), share=0.35)[0]
    straight, turned = (read(scanned(each), name="a.pdf") for each in (paper, paper.rotate(turn, expand=True)))
    assert len(straight.content) > 500
    assert misread_share(turned.content, straight.content) < 0.01


@needs_recognition
def test_cells_of_a_table_stay_apart():
    paper = printed(*TABLE)
    document = read(scanned(worn(pictures(paper)[0], skew=-0.6)), name="a.pdf")
    (table,) = tables(document)
    (meant,) = tables(read(paper, name="a.pdf"))
    assert [len(row.cells) for row in table.rows] == [len(row.cells) for row in meant.rows]
    for row, other in zip(table.rows, meant.rows, strict=True):
        assert misread_share(*("|".join(cell.text for cell in each.cells) for each in (row, other))) < 0.03


@pytest.mark.thorough
@needs_recognition
def test_a_letterhead_is_read_column_by_column():
    paper = printed("tb-11-ubnd-quang-ngai-2025", 0)
    head = texts(read(scanned(*pictures(paper, share=0.3)), name="a.pdf"))[:6]
    assert head[:2] == ["ỦY BAN NHÂN DÂN", "TỈNH QUẢNG NGÃI"]
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head
    assert analyse(read(scanned(*pictures(paper, share=0.3)), name="a.pdf")).header.issuer == (
        "Ủy ban nhân dân tỉnh Quảng Ngãi"
    )


@needs_recognition
def test_pages_of_text_and_of_pictures_in_one_file():
    picture = scanned(pictures(printed(*PAGE), share=0.4)[0])
    document = read(joined(printed("khanh-hoa-2023", 0), picture, printed("khanh-hoa-2023", 3)), name="a.pdf")
    assert document.pages == 3
    assert {line.page for line in document.scanned} == {2}
    assert document.notices[0].code == "R204"
    assert document.notices[0].hint.startswith("page 2 read by text recognition")
    first = analyse(document).references[0]
    assert first.sure > 0.7  # it stands on a page of text


@needs_recognition
def test_each_line_has_its_place_and_how_sure_it_is():
    document = read(scanned(pictures(printed(*PAGE), share=0.3)[0]), name="a.pdf")
    assert len(document.scanned) > 5
    for line in document.scanned:
        left, top, right, foot = line.box
        assert 0 <= left < right <= 596
        assert 0 <= top < foot <= 0.3 * 842
        assert 0.5 < line.sure <= 1
        assert line.text


@pytest.mark.thorough
@needs_recognition
def test_numbers_of_a_scan_are_to_be_confirmed():
    paper = printed("khanh-hoa-2023", 9)
    found, meant = analyse(read(scanned(pictures(paper)[0]), name="a.pdf")), analyse(read(paper, name="a.pdf"))
    assert [reference.symbol for reference in found.references] == [reference.symbol for reference in meant.references]
    assert {reference.sure < 0.7 for reference in found.references} == {True}
    assert {reference.sure < 0.7 for reference in meant.references} == {False}
    dated = [task for task in found.tasks if task.deadline and any(map(str.isdigit, task.deadline.raw))]
    assert dated
    assert all(task.confidence["deadline"] < 0.7 for task in dated)


@pytest.mark.thorough
@needs_recognition
def test_corrections_are_told_with_page_and_line():
    document = read(printed("ct-08-ubnd-quang-ngai-2018-scan", 0), name="scan.pdf")
    header = analyse(document).header
    assert (header.type, header.issuer) == ("Chỉ thị", "Ủy ban nhân dân tỉnh Quảng Ngãi")
    assert {notice.code for notice in document.notices} == {"R204", "R205", "R206"}
    corrected = [notice for notice in document.notices if notice.code == "R205"]
    assert corrected[0].hint.startswith("page 1, corrected by the vocabulary (line, was, is): ")
    assert " “CHÍ” → “CHỈ”" in corrected[0].hint
    assert remark(corrected[0]).startswith("trang 1, đã sửa theo từ vựng (dòng, đọc được, sửa thành): ")


@pytest.mark.thorough  # the pages of a PDF are pictures as well
@needs_recognition
def test_picture_files_are_pages():
    first, second = (pictures(printed(*page), share=0.2)[0] for page in (PAGE, ("khanh-hoa-2023", 3)))
    one = read(saved(first, "PNG"), name="a.png")
    assert (one.kind, one.pages) == ("picture", 1)
    both = read(saved(first, "TIFF", save_all=True, append_images=[second]), name="a.tif")
    assert (both.kind, both.pages) == ("picture", 2)
    assert both.content.startswith(one.content[:100])
    camera = read(saved(first.convert("RGB"), "JPEG", quality=60), name="a.jpg")
    assert misread_share(camera.content, one.content) < 0.02


@needs_recognition
def test_the_reading_tells_its_pages_and_can_be_stopped():
    told = []

    def report(done, pages):
        told.append((done, pages))
        if done == 1:
            raise KeyboardInterrupt

    page = pictures(printed(*PAGE), share=0.15)[0]
    with pytest.raises(KeyboardInterrupt):
        read(scanned(page, page, page), name="a.pdf", report=report)
    assert told == [(0, 3), (1, 3)]
    assert read(scanned(page), name="a.pdf").content  # the next document is read as ever


@needs_recognition
def test_a_long_scan_holds_one_page_at_a_time(monkeypatch):
    seen = []

    class Eyes:
        def see(self, grey, size, dpi):
            seen.append(len(grey))
            word = Word(f"Trang {len(seen)} của kế hoạch", 60, 200, 60, 75, 13, bold=False)
            return Seen(*(length * 72 / dpi for length in size), (SeenLine((word,), 0.9),), ())

        def close(self):
            pass

    def peak(pages):
        tracemalloc.start()
        document = read(scanned(*[page] * pages), name="a.pdf")
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert (document.pages, len(document.scanned)) == (pages, pages)
        return most

    monkeypatch.setattr(scans, "_open_eyes", Eyes)
    page = pictures(printed(*PAGE), share=0.3)[0]
    few, many = peak(2), peak(12)
    assert many - few < 3 * seen[0]


@needs_recognition
@pytest.mark.parametrize("case", ["blank", "one pixel", "huge", "cut off", "specks"])
def test_a_picture_without_text_is_refused_with_a_sentence(case):
    from PIL import Image  # noqa: PLC0415  comes with text recognition

    page = pictures(printed(*PAGE), share=0.2)[0]
    data, code = {
        "blank": (lambda: saved(Image.new("L", (1654, 2339), 255), "PNG"), "D204"),
        "one pixel": (lambda: saved(Image.new("L", (1, 1), 0), "PNG"), "D204"),
        "huge": (lambda: saved(Image.new("1", (12_000, 12_000), 1), "PNG"), "D107"),
        "cut off": (lambda: saved(page, "PNG")[:9000], "D202"),
        "specks": (lambda: saved(worn(Image.new("L", (800, 800), 255)), "PNG"), "D204"),
    }[case]
    said = refused(data(), "a.png")
    assert said.startswith(f"{code} ")
    assert said.endswith(".")
    assert "a.png" in said


def test_without_text_recognition_a_sentence_says_what_to_install(monkeypatch):
    monkeypatch.setattr(scans, "installed", lambda: False)
    scan = (ORIGINALS / "ct-08-ubnd-quang-ngai-2018-scan.pdf").read_bytes()
    said = refused(scan, "scan.pdf")
    assert said.startswith("D201 “scan.pdf” holds pictures of pages, no text. Install text recognition")
    assert "pip install 'hopluc[ocr]'" in said
    assert refused(b"\x89PNG\r\n\x1a\n", "a.png").startswith("D201 “a.png”")
