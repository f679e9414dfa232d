"""Bad input: one clear sentence with its code, no crash, no hang, bounded memory."""

from __future__ import annotations

import os
import tracemalloc
import zipfile
from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.vanban.reading_files import DOCUMENTS, LOCKED, Picture, Text, check_places, packed, para, pdf, refused, word
from vanban.errors import Damaged, DocumentError, NoTextLayer, NotFound
from vanban.reading import limits, read, scans
from vanban.reading.docx import package
from vanban.reading.scans import installed

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PAGE = [Text(85, 100, "KẾ HOẠCH")]
ORIGINALS = DOCUMENTS / "originals"

REFUSED = {
    "empty": (b"", "D101 “a.txt” is empty"),
    "only white space": (b" \r\n\t\xc2\xa0\n", "D101"),
    "empty DOCX": (word(""), "D101"),
    "empty page of HTML": (b"<!DOCTYPE html><html><body><script>x()</script></body>", "D101"),
    "bytes named .txt": (bytes(range(256)) * 4, "D102 “a.txt” is a binary file, not text"),
    "control characters": (b"\x01\x02\x03 abc" * 30, "D102"),
    "picture": (b"GIF89a", "D102 “a.txt” is a picture"),
    "PNG without an inside": (PNG, "D202" if installed() else "D201"),
    "rich text": (b"{\\rtf1 abc}", "D102 “a.txt” is a Rich Text (RTF) document"),
    "Excel": (packed({"xl/workbook.xml": "x"}), "D102 “a.txt” is an Excel workbook"),
    "OpenDocument": (packed({"mimetype": "x", "content.xml": "x"}), "D102 “a.txt” is an OpenDocument file"),
    "ZIP": (packed({"a.txt": "x"}), "D102 “a.txt” is an archive of files"),
    "old Word": (OLE + "WordDocument".encode("utf-16-le"), "D202 “a.txt” is damaged or incomplete"),
    "old Excel": (OLE + "Workbook".encode("utf-16-le"), "D102 “a.txt” is an Excel 97–2003 workbook"),
    "old something": (OLE, "D102 “a.txt” is a file of an old office program"),
    "a line of 10 MB": (b"x" * 10_000_000, "D104 “a.txt” has 1000 pages; at most 500 are read"),
    "a million short lines": (b"- a\n" * 1_000_000, "D104"),
    "DOCX that says 501 pages": (
        word(
            para("Rà soát"),
            **{
                "docProps/app.xml": "<Properties xmlns='http://schemas.openxmlformats.org/officeDocument/2006/"
                "extended-properties'><Pages>501</Pages></Properties>"
            },
        ),
        "D104 “a.txt” has 501 pages",
    ),
    "PDF of 501 pages": (pdf([PAGE] * 501), "D104 “a.txt” has 501 pages"),
    "PDF of pictures": (pdf([[Picture()], [Picture()]]), "D204" if installed() else "D201"),
    "locked PDF": ((LOCKED / "locked.pdf").read_bytes(), "D203"),
    "locked DOCX": ((LOCKED / "locked.docx").read_bytes(), "D203"),
    "PDF without an inside": (b"%PDF-1.7\nabc", "D202"),
    "DOCX cut in half": ((ORIGINALS / "bac-kan-2015.docx").read_bytes()[:20_000], "D202"),
    "DOCX without its text": (packed({"word/styles.xml": "<x/>"}), "D202"),
    "DOCX of broken XML": (packed({"word/document.xml": "<w:document><w:body>"}), "D202"),
    "DOCX with entities": (
        packed({"word/document.xml": '<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>'}),
        "D202",
    ),
    "DOCX with an endless row": (word(f"<w:tbl><w:tr>{'<w:tc/>' * 310_000}</w:tr></w:tbl>"), "D202"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_a_sentence(case):
    data, sentence = REFUSED[case]
    said = refused(data)
    assert said.startswith(sentence)
    assert said.endswith(".")
    assert "\n" not in said


def test_a_stamp_is_no_text_of_a_page(monkeypatch):
    monkeypatch.setattr(scans, "installed", lambda: False)
    assert refused(pdf([[Picture(), Text(300, 60, "Người ký: A")]])).startswith("D201")


@pytest.mark.parametrize(
    "data",
    [
        b"<html>" + b"<b>" * 26_000,
        b"<html>" + b"<br>" * 6000,
        b"<html><table><td rowspan=1000>x" + b"<tr>" * 1100,
        word("<w:p/>" * 6000),
        word("<w:tbl>" + "<w:tr><w:tc/></w:tr>" * 6000 + "</w:tbl>"),
        pdf([[Text(30, 20 + 8 * row, "x" * 500, size=1) for row in range(100)]] * 3),
    ],
    ids=["tags", "line breaks", "rows", "paragraphs", "cells", "letters"],
)
def test_much_of_nothing_is_too_many_pages(data, monkeypatch):
    monkeypatch.setattr(limits, "PAGES", 10)
    assert refused(data).startswith("D104 “a.txt” has 1")


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.999])
def test_a_cut_pdf_is_refused_or_read_in_part(share):
    data = (ORIGINALS / "bac-kan-2015.pdf").read_bytes()
    with suppress(NoTextLayer, Damaged):
        assert read(data[: int(share * len(data))]).kind == "pdf"


def test_a_zip_bomb_is_not_unpacked():
    bomb = packed({"word/document.xml": b"\0" * (limits.PART + 2), "word/a": b"\0" * (limits.UNPACKED - limits.PART)})
    assert len(bomb) < 1_000_000
    tracemalloc.start()
    try:
        assert refused(bomb).startswith("D103 “a.txt” has 201 MB when unpacked; at most 200 MB are read")
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_part_larger_than_its_directory_claims_is_cut_off():
    name = b"word/document.xml"
    bomb = packed({name.decode(): b"\0" * 30_000_000})
    at = bomb.rfind(b"PK\x01\x02")
    claims = bomb[: at + 24] + (10).to_bytes(4, "little") + bomb[at + 28 :]
    assert zipfile.ZipFile(BytesIO(claims)).getinfo(name.decode()).file_size == 10
    assert refused(claims).startswith("D202")


def test_a_side_part_of_a_docx_is_bounded_too(monkeypatch):
    monkeypatch.setattr(package, "SIDE_PART", 1_000_000)
    assert refused(word(para("x"), styles=" " * 1_000_001)).startswith("D103 “a.txt” has 2 MB when unpacked")


def test_a_directory_of_millions_of_entries_is_not_opened(monkeypatch):
    monkeypatch.setattr(limits, "DIRECTORY", 100)
    assert refused(word(para("x")), "a.docx").startswith("D202")


def test_a_file_over_the_limit_is_not_read(tmp_path):
    path = tmp_path / "dài.txt"
    with path.open("wb") as stream:
        stream.truncate(limits.FILE + 1)
    tracemalloc.start()
    try:
        with pytest.raises(DocumentError, match=r"“dài\.txt” has 51 MB; at most 50 MB are read"):
            read(path)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
    assert refused(bytes(limits.FILE + 1)).startswith("D103")


def test_a_path_that_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path, reason in [
        (tmp_path / "none.txt", "No such file or directory"),
        (tmp_path, "it is not a file"),
        (tmp_path / "pipe", "it is not a file"),
        ("a\0b", "no such path"),
    ]:
        with pytest.raises(NotFound, match=reason):
            read(path)


def test_a_text_of_five_million_letters_is_read():
    document = read(b"x" * 4_900_000)
    assert len(document.blocks) == 1


@settings(deadline=None)  # the machine may be busy
@given(st.binary(max_size=2000), st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.pdf", "a"]))
@example(b"%PDF-", "a.pdf")
@example(b"PK\x03\x04word/", "a")
@example(b"\xff\xfe\x00", "a.txt")
@example(b"<html\xff><table><td><li><ol></table></ol>x", "a.html")
def test_any_bytes_are_read_or_refused(data, name):
    with suppress(DocumentError):
        check_places(read(data, name=name))


SEEDS = [
    word(para("1. Rà soát") + "<w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl>", styles="<w:style/>"),
    pdf([[Text(85, 100, "1. Rà soát")], [Text(85, 100, "Nơi nhận:"), Text(300, 100, "CHỦ TỊCH")]]),
    b"<html><table><tr><td rowspan=2>a<td>b<tr><ol><li>c",
    "KẾ HOẠCH\n1\tRà soát\tSở A\n".encode("utf-16"),
]


@settings(deadline=None)
@given(st.data())
def test_damaged_files_are_read_or_refused(data):
    whole = data.draw(st.sampled_from(SEEDS))
    at = data.draw(st.integers(0, len(whole)))
    gone = data.draw(st.integers(0, 40))
    with suppress(DocumentError):
        check_places(read(whole[:at] + data.draw(st.binary(max_size=20)) + whole[at + gone :]))
