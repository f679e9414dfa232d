"""Bytes of a text: which encoding, which kind."""

from __future__ import annotations

import unicodedata
from hashlib import sha256

import pytest

from tests.vanban.reading_files import (
    DOCUMENTS,
    NAMES,
    TCVN3,
    Text,
    cp1258,
    packed,
    para,
    pdf,
    refused,
    run,
    tcvn3,
    texts,
    vni,
    word,
)
from vanban.reading import read
from vanban.reading.encodings import VIETNAMESE
from vanban.reading.legacy import code_page, legacy
from vanban.reading.sniff import sniff_text
from vanban.values import Notice

TEXT = (DOCUMENTS / "bac-kan-2015.txt").read_text(encoding="utf-8")
WANTED = texts(read(TEXT.encode()))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_utf_8_is_read_without_a_word(encoding):
    document = read(TEXT.encode(encoding))
    assert texts(document) == WANTED
    assert (document.kind, document.content, document.pages, document.notices) == ("txt", TEXT, None, ())


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_read_with_a_notice(encoding):
    document = read(TEXT.encode(encoding))
    assert texts(document) == WANTED
    [notice] = document.notices
    assert notice.code == "R101"
    assert notice.hint.startswith("read as UTF-16")


def test_windows_1258_is_read_with_a_notice():
    document = read(cp1258(TEXT))
    assert texts(document) == WANTED
    assert document.notices == (Notice("R101", "read as WINDOWS-1258, not as UTF-8"),)


def test_composed_and_decomposed_letters_read_alike():
    decomposed = unicodedata.normalize("NFD", TEXT)
    document = read(decomposed.encode())
    assert texts(document) == WANTED
    assert document.content == decomposed


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_become_line_feeds(ends):
    assert read(TEXT.replace("\n", ends).encode()).content == TEXT


OLD = {
    "TCVN3 (ABC)": ("".join(x for x in TEXT.lower() if x.isascii() or x in TCVN3), tcvn3),
    "VNI": ("".join(x for x in TEXT if x.isascii() or x in VIETNAMESE), vni),
}


@pytest.mark.parametrize("page", OLD)
def test_old_code_pages_are_turned_into_unicode_with_a_notice(page):
    plain, convert = OLD[page]
    old = convert(plain)
    # The same letters may stand in a file that is coded as Unicode.
    for data in (old, old.decode("latin-1").encode(), old.decode("latin-1").encode("utf-16")):
        document = read(data)
        assert document.content == plain
        notice = document.notices[-1]
        assert notice.code == "R103"
        assert page in notice.hint
        assert notice.span
        assert document.content[slice(*notice.span)] == notice.text


@pytest.mark.parametrize("page", OLD)
def test_lines_of_old_code_pages_among_lines_of_unicode(page):
    convert = OLD[page][1]
    lines = [
        "kế hoạch phát triển kinh tế tập thể",
        "Sở Tài chính chủ trì",
        "1. rà soát, đánh giá các hợp tác xã đã ngừng hoạt động",
        "Công an (Cao Lan) 5 m² © 2020",
        "2. hỗ trợ vay vốn; thời gian: quý ii",
        "3. Tổng kết, báo cáo Ủy ban nhân dân tỉnh",
    ]
    mixed = b"\n".join(convert(line) if at in (0, 2, 4) else line.encode() for at, line in enumerate(lines))
    document = read(mixed)
    assert document.content.split("\n") == lines
    assert [notice.code for notice in document.notices] == ["R103"] * 3
    assert [notice.text for notice in document.notices] == [lines[at][:60] for at in (0, 2, 4)]


@pytest.mark.parametrize("page", OLD)
def test_old_letters_in_laid_out_formats(page):
    convert = OLD[page][1]
    line = "1. rà soát các hợp tác xã, đất đai, nước sạch ở nông thôn"
    old = convert(line).decode("latin-1")
    printed = pdf([[Text(85, 100, old), Text(85, 130, "2. Tổng kết, báo cáo")]])
    for data in (word(para(old) + para("2. Tổng kết, báo cáo")), printed):
        document = read(data)
        assert texts(document) == [line, "2. Tổng kết, báo cáo"]
        assert [notice.code for notice in document.notices] == ["R103"]


def test_fonts_tell_the_code_page_of_a_word_document():
    small, large = '<w:rFonts w:ascii=".VnTime"/>', '<w:rFonts w:ascii=".VnTimeH"/>'
    body = f"<w:p>{run('kÕ ho¹ch ', large)}{run('sè 5', small)}</w:p><w:p>{run('xa', large)}</w:p>"
    assert texts(read(word(body))) == ["KẾ HOẠCH số 5", "XA"]
    modern = f"<w:p>{run('Sở Công Thương', small)}</w:p>"  # only the name of the font is old
    assert texts(read(word(modern))) == ["Sở Công Thương"]


def test_a_single_line_in_an_old_code_page_is_known():
    assert legacy("Uû ban nh©n d©n tØnh") == "TCVN3 (ABC)"
    assert legacy("Uyû ban nhaân daân tænh") == "VNI"


@pytest.mark.parametrize(
    "text",
    [
        "Thuỷ sản, hoà giải, khoẻ, uỷ quyền, quý II",
        "Où est le café naïf près de l'école? Français, élève, forêt.",
        "Über die Größe der Mühle in Zürich und Köln: häufig, möglich.",
        "El año pasado el señor trabajó en España, según él, así.",
        "5 µm, ® và ©, § 3, «a»",
        "",
    ],
)
def test_unicode_is_not_taken_for_an_old_code_page(text):
    assert legacy(text * 50) is None
    assert code_page(text) is None
    assert read(f"{text}\nx".encode()).notices == ()


def test_an_unknown_code_page_is_refused():
    assert refused("Привет, мир. ".encode("koi8-r") * 20).startswith("D105 “a.txt” is written in an unknown code page")


def test_a_text_cut_in_the_middle_of_a_letter_is_read():
    data = TEXT.encode()
    at = next(i for i in range(5000, len(data)) if data[i] & 0xC0 == 0x80)
    document = read(data[:at])
    [notice] = document.notices
    assert (notice.code, notice.hint) == ("R102", "1 letters could not be read")
    assert document.content[slice(*notice.span)] == "\ufffd" == document.content[-1]


def test_a_lost_letter_is_told_at_its_place_however_lines_end():
    lines = ["Kế hoạch", *["Rà soát các hợp tác xã ngừng hoạt động."] * 40, "Hằng năm"]
    data = "\r\n".join(lines).encode()
    document = read(data.replace("ằ".encode(), b"\xe1\xba"), name="a.txt")
    [notice] = document.notices
    assert document.content[slice(*notice.span)] == "\ufffd"


def test_of_a_page_laid_anew_a_lost_letter_has_no_place():
    page = "<html><body>" + "<p>Rà soát các hợp tác xã ngừng hoạt động.</p>   \n" * 40 + "<p>Hằng năm</p></body></html>"
    document = read(page.encode().replace("ằ".encode(), b"\xe1\xba"), name="a.html")
    [notice] = document.notices
    assert (notice.code, notice.span) == ("R102", None)
    assert "\ufffd" in document.content


@pytest.mark.parametrize("name", NAMES)
def test_the_name_does_not_decide_over_the_content(name):
    data = (DOCUMENTS / f"{name}.txt").read_bytes()
    assert read(data, name="a.pdf").kind == "txt"
    assert read(data, name="a.docx").kind == "txt"
    assert read(word(para("x")), name="a.txt").kind == "docx"
    assert read(packed({"docProps/a": "", "word/document.xml": word_part("x")}), name="a.txt").kind == "docx"


def word_part(text: str) -> str:
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return f'<w:document xmlns:w="{space}"><w:body>{para(text)}</w:body></w:document>'


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("<!DOCTYPE html><p>a", "a.txt", "html"),
        ("\n <!-- b --> <HTML lang=vi>", "a", "html"),
        ('<?xml version="1.0"?><html xmlns="x">', "a", "html"),
        ("<p>a</p>", "a.htm", "html"),
        ("a < b > c", "a.htm", "txt"),
        ("Thẻ <html> trong văn bản", "a.txt", "txt"),
        ("# a", "a.MD", "md"),
        ("# a", "a.markdown", "md"),
        ("# a", "a", "txt"),
    ],
)
def test_the_kind_of_a_text(text, name, kind):
    assert sniff_text(text, name) == kind


def test_a_document_knows_its_name_and_sum(tmp_path):
    path = tmp_path / "kế hoạch.txt"
    path.write_bytes("Rà soát".encode())
    document = read(path)
    assert document.name == "kế hoạch.txt"
    assert document.sha256 == sha256("Rà soát".encode()).hexdigest()
    assert read(str(path), name="a").name == "a"
    assert read(b"x").name == "document"


CONTROLS = "".join(chr(code) for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n\r")
WORDS = "Kế hoạch phát triển kinh tế tập thể. " * 200


def test_a_control_character_of_a_text_becomes_a_space_and_moves_nothing():
    lines = [f"1. Rà{control}soát\tSở{control}A" for control in CONTROLS]
    document = read("\n".join([WORDS, *lines]).encode(), name="a.txt")
    assert document.content == "\n".join([WORDS, *["1. Rà soát\tSở A"] * len(lines)])


def test_no_control_character_outlives_the_reading_of_a_laid_out_format():
    html = f"<html><body><p>{WORDS}<p>1. Rà{CONTROLS}soát &#0;&#1;&#31;hỗ\x0btrợ</body></html>"
    broken = pdf([[Text(100, 100, f"Rà{CONTROLS}soát hợp tác xã"), Text(100, 140, "2. Kế\x00 hoạch")]])
    dotted = word(para("1. Rà soát") + '<w:p><w:r><w:t>a&#9;b&#133;</w:t><w:br w:type="page"/></w:r></w:p>')
    contents = [read(data).content for data in (html.encode(), broken, dotted)]
    assert all("soát" in content for content in contents)
    assert not any(control in content for content in contents for control in CONTROLS)


def test_control_characters_alone_are_no_text():
    assert refused(b"\x1b\x1b\x1b").startswith("D101")
