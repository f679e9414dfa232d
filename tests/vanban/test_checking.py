"""The layout checker: our own documents have no departure, each damage has its own, and real files are judged without a fall."""

from __future__ import annotations

import re
import zipfile
from functools import cache
from io import BytesIO
from operator import itemgetter

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.examples import examples
from tests.vanban.case_files import assert_matches, load_cases
from tests.vanban.official import letter, report
from tests.vanban.reading_files import DOCUMENTS, packed, para, word
from vanban import departures
from vanban.errors import Damaged, DocumentError, NotWord
from vanban.writing import check, layout, write

ND30, HD36 = layout("nd30"), layout("hd36")

PLAN = "Kế hoạch số 16/KH-UBND ngày 24/02/2026 của Ủy ban nhân dân tỉnh Thái Nguyên"

ENGLISH = re.compile(
    r"\b(?:left|right|center|justify|bold|italic|upright|nothing|lines|shown|hidden|capitals|letters)\b"
)


@cache
def ours() -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(write(report(), ND30))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def damaged(case) -> bytes:
    parts = dict(ours())
    if change := case.get("change"):
        name, old, new = change
        parts[f"word/{name}.xml"] = swapped(parts[f"word/{name}.xml"].decode(), old, new)
    if style := case.get("style"):
        name, old, new = style
        whole = parts["word/styles.xml"].decode()
        own = re.search(rf'<w:style [^>]*w:styleId="{name}">.*?</w:style>', whole)[0]
        changed = re.sub(old, new, own, count=1)
        assert changed != own, f"{case['name']}: {old} is not in the style"
        parts["word/styles.xml"] = whole.replace(own, changed).encode()
    return packed(parts)


def swapped(text: str, old: str, new: str) -> bytes:
    assert old in text, f"{old} is not there"
    return text.replace(old, new, 1).encode()


@pytest.mark.parametrize(
    ("document", "rules"),
    [
        (report(), ND30),
        (letter(), ND30),
        (report(code="BC/TU"), HD36),
        (report(along=PLAN), ND30),
        (report(along=PLAN), HD36),
    ],
    ids=["report", "letter", "party", "annexes", "annexes of the party"],
)
def test_what_we_write_departs_from_nothing(document, rules):
    assert check(write(document, rules), rules) == ()


@pytest.mark.parametrize("case", load_cases("departures"), ids=itemgetter("name"))
def test_each_damage_is_named_with_its_rule(case):
    expected = case["expect"]
    found = check(damaged(case), ND30)
    assert_matches(found, [expected] if isinstance(expected, dict) else expected)
    for each in found:
        assert each.article.startswith("Phụ lục I, Phần I, Mục ")
        words = departures.sentence(each, ND30)
        assert each.article in words
        assert not ENGLISH.search(words), words


def test_a_party_document_is_not_one_of_the_state():
    found = check(write(report(code="BC/TU"), HD36), ND30)
    assert {"motto", "motto_below"} <= {each.element for each in found if each.rule == "missing"}
    assert ("form", "Số 05-BC/TU", "Số: 05/BC/TU") in {(each.rule, each.found, each.expected) for each in found}


def test_a_letter_of_an_office_is_judged_as_it_stands():
    """A real one: an older spelling, and a date that blanks push to where it should be centred."""
    data = DOCUMENTS.joinpath("originals/cv-ubnd-lao-cai-bao-ve-khoang-san-2026.docx").read_bytes()
    assert [(each.element, each.rule) for each in check(data, ND30)] == [("motto", "form"), ("place_day", "align")]


def test_a_letterhead_and_a_signature_without_tables_are_found():
    """Typed with tabs and line by line, as many are: what is wrong is their looks, nothing is missing."""
    lines = ["UBND TỈNH A\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "\tĐộc lập - Tự do - Hạnh phúc"]
    lines += [
        "Số: 12/BC-UBND\tA, ngày 05 tháng 12 năm 2026",
        "BÁO CÁO",
        "Kết quả năm 2026",
        "Có 52 hợp tác xã mới.",
        "",
    ]
    lines += ["Nơi nhận:", "- Như trên;", "- Lưu: VT.", "TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH", "", "Nguyễn Văn An"]
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    buffer = BytesIO()
    made.save(buffer)
    found = check(buffer.getvalue(), ND30)
    assert {each.element for each in found if each.rule in ("missing", "form")} == set()
    sized = {each.element for each in found if each.rule == "size"}
    assert sized >= {"motto", "motto_below", "issuer", "number", "place_day", "kind", "title", "authority", "signer"}


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("originals/*.docx")), ids=lambda path: path.stem)
def test_numbers_of_real_files_are_in_order_or_told(path):
    """Torn or lost numbers of the sources, and no others."""
    told = {"khanh-hoa-2023": 1, "thai-nguyen-2020": 3}
    found = [each for each in check(path.read_bytes(), ND30) if each.rule == "number"]
    assert len(found) == told.get(path.stem, 0)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", "KẾ HOẠCH".encode()])
def test_other_files_are_refused_with_a_sentence(data):
    with pytest.raises((NotWord, DocumentError)):
        check(data, ND30, name="a.docx")


def test_a_file_without_a_body_is_damaged():
    with pytest.raises(Damaged):
        check(packed({**ours(), "word/document.xml": b"<nothing/>"}), ND30)


@settings(max_examples=examples(30), deadline=None, database=None)
@given(st.lists(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=40), max_size=12))
def test_any_text_is_judged_without_a_fall(texts):
    opening = ["Số: ", "ngày tháng năm", "V/v", "Nơi nhận:", "TM.", "I.", "Phụ lục"]
    body = "".join(para(f"{opening[at % 7]}{text}") for at, text in enumerate(texts))
    assert check(word(body), ND30)


def test_annexes_alone_are_judged_as_annexes():
    data = write(report(along=PLAN), ND30)
    opened = docx.Document(BytesIO(data))
    texts = [paragraph.text for paragraph in opened.paragraphs]
    assert texts[:3] == ["Phụ lục I", "DANH MỤC NHIỆM VỤ NĂM 2027", f"(Kèm theo {PLAN})"]
    opened.paragraphs[1].runs[0].text = "Danh mục nhiệm vụ năm 2027"
    opened.paragraphs[2]._p.getparent().remove(opened.paragraphs[2]._p)
    changed = BytesIO()
    opened.save(changed)
    assert {(each.rule, each.element) for each in check(changed.getvalue(), ND30)} == {
        ("capitals", "annex_title"),
        ("missing", "annex_reference"),
    }
