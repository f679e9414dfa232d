"""Several files of one document: read apart and combined, they say what the whole says."""

from __future__ import annotations

import re
from io import BytesIO

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.vanban.make_golden import GOLDEN, documents
from tests.vanban.reading_files import DOCUMENTS, Text, pdf, texts
from tests.vanban.test_properties import BOUNDED, cut, squashed
from vanban import analyse, combine, read
from vanban.contract import as_json
from vanban.values import Analysis, Document, Notice, Paragraph

ORIGINALS = GOLDEN / "documents/originals"
WITH_ANNEX = (
    "khanh-hoa-2023 thanh-hoa-2020 ke-hoach-ban-chi-dao ke-hoach-so ke-hoach-tinh-2023 quyet-dinh-thanh-pho".split()
)
BODY = "KẾ HOẠCH\nPhát triển hợp tác xã\nI. NHIỆM VỤ\n1. Sở Y tế tổ chức kiểm tra các hợp tác xã.\n"
LONE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$", re.MULTILINE)
SIGNED = f"{BODY}Nơi nhận:\n- UBND tỉnh;\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\nNguyễn Văn A\n"


def text(name: str) -> str:
    return next(path for path in documents() if path.stem == name).read_text(encoding="utf-8")


def combined(*files: str) -> Document:
    return combine([read(file.encode(), name=f"{i}.txt") for i, file in enumerate(files)])


def said(found: Analysis) -> dict:
    """What was found, without what names the file."""
    return {key: value for key, value in as_json(found).items() if key not in ("doc", "source")}


def orders(found: Analysis) -> list[tuple[object, ...]]:
    """The tasks, wherever their words stand."""
    return [(t.at, t.text, t.lead, t.coordinate, t.deliverable, t.topic) for t in found.tasks]


@pytest.mark.parametrize("name", WITH_ANNEX)
@pytest.mark.parametrize("at_table", [False, True], ids=["from its title on", "only its table"])
def test_body_and_annex_in_two_files_are_read_as_the_whole(name, at_table):
    whole = analyse(read(text(name).encode(), name="a.txt"))
    places = [task.span[0] for task in whole.tasks if task.where == "annex"]
    places += [] if at_table else [p.passage.span()[0] for p in whole.outline.captions]
    at = whole.document.content.rindex("\n", 0, min(places))
    both = combined(whole.document.content[:at], whole.document.content[at + 1 :])
    assert both.parts == (at + 1,)
    assert said(analyse(both)) == said(whole)


def word_parts(name: str, opens: str) -> list[bytes]:
    """A Word file cut into two before the paragraph that opens so."""
    files = []
    for keep_head in (True, False):
        document = docx.Document(ORIGINALS / name)
        blocks = list(document.element.body)[:-1]  # the last one describes the page
        at = next(i for i, block in enumerate(blocks) if "".join(block.itertext()).strip().startswith(opens))
        for block in blocks[at:] if keep_head else blocks[:at]:
            document.element.body.remove(block)
        files.append(BytesIO())
        document.save(files[-1])
    return [file.getvalue() for file in files]


@pytest.mark.parametrize(
    ("name", "opens"), [("khanh-hoa-2023.docx", "PHỤ LỤC"), ("thanh-hoa-2020.docx", "Nhiệm vụ chủ yếu")]
)
def test_word_files_of_body_and_annex(name, opens):
    whole = analyse(read(ORIGINALS / name))
    both = analyse(combine([read(part, name=name) for part in word_parts(name, opens)]))
    assert len(whole.tasks) > 20
    assert orders(both) == orders(whole)


@pytest.mark.parametrize("name", ["khanh-hoa-2023.pdf", "bac-kan-2015.pdf"])
def test_pdf_pages_count_on_from_file_to_file(name):
    whole = read(ORIGINALS / name)
    files = []
    for pages in (range(2), range(2, whole.pages)):
        part = pypdfium2.PdfDocument.new()
        source = pypdfium2.PdfDocument(ORIGINALS / name)
        part.import_pages(source, list(pages))
        files.append(BytesIO())
        part.save(files[-1])
        part.close()
        source.close()
    both = combine([read(file.getvalue(), name=name) for file in files])
    assert (both.pages, both.kind) == (whole.pages, "pdf")
    pages = [block.page for block in both.blocks if isinstance(block, Paragraph)]
    assert pages == sorted(pages)
    assert set(pages) == {block.page for block in whole.blocks if isinstance(block, Paragraph)}


FURTHER = {
    "numbered": ("1. Sở Tài chính chủ trì rà soát chính sách.\n2. Sở Nội vụ tổ chức tập huấn.", ["annex/1", "annex/2"]),
    "bullets": (
        "- Sở Tài chính chủ trì rà soát các chính sách hỗ trợ hợp tác xã trên địa bàn tỉnh.\n- Sở Nội vụ tổ chức tập huấn.",
        ["annex/-1", "annex/-2"],
    ),
    "prose under a title": (
        "Nhiệm vụ bổ sung\nSở Tài chính chủ trì rà soát các chính sách hỗ trợ hợp tác xã trên địa bàn tỉnh.",
        ["annex/¶1"],
    ),
    "a table": ("TT\tNhiệm vụ\tChủ trì\tThời gian\n1\tXây dựng đề án\tSở Tài chính\t2024", ["annex/1"]),
    "a caption": (
        "(Ban hành kèm theo Kế hoạch số 1)\nTT\tNhiệm vụ\tChủ trì\tThời gian\n1\tXây dựng đề án\tSở Tài chính\t2024",
        ["annex/1"],
    ),
    "a plan of its own": ("UBND TỈNH A\nKẾ HOẠCH\nHỗ trợ\nI. NHIỆM VỤ\n2. Sở Tài chính rà soát chính sách.", ["I/2"]),
}


@pytest.mark.parametrize(("further", "at"), FURTHER.values(), ids=FURTHER)
def test_a_file_behind_the_signature_is_read_whatever_it_opens_with(further, at):
    both = combined(SIGNED, further)
    assert [task.at for task in analyse(both).tasks if task.span[0] >= both.parts[0]] == at


def test_a_file_goes_on_where_the_one_before_was_not_signed():
    assert [task.at for task in analyse(combined(BODY, "2. Sở Nội vụ tổ chức tập huấn.")).tasks] == ["I/1", "I/2"]


@given(st.lists(st.randoms(use_true_random=False), min_size=2, max_size=4))
@BOUNDED
def test_places_point_to_the_same_words(picks):
    files = [read((cut(pick)[:3000] + "\nhết").encode(), name="a.txt") for pick in picks]
    both = combine(files)
    begins = [0, *both.parts]
    assert [both.content[at : at + len(file.content)] for at, file in zip(begins, files, strict=True)] == [
        file.content for file in files
    ]
    assert texts(both) == [line for file in files for line in texts(file)] or any("\t" in f.content for f in files)
    for block in both.blocks:
        for passage in [block.passage] if isinstance(block, Paragraph) else [c for r in block.rows for c in r.cells]:
            words = LONE_NUMBER.sub("", both.content[slice(*passage.span())])  # of a page: it is no part of the text
            assert squashed(words).startswith(squashed(LONE_NUMBER.sub("", passage.text))[:30])


def test_notices_and_pages_move_and_the_whole_has_one_name():
    letters = Document("b.txt", "txt", "b" * 64, None, "x\ufffd", (), (Notice("R102", "", "\ufffd", (1, 2)),))
    sheets = [[Text(100, 100, f"Kế hoạch số {words}")] for words in ("một", "của năm", "hai")]
    paged = [read(pdf(pages), name="a.pdf") for pages in (sheets[:2], sheets[2:])]
    both = combine([*paged, letters], name="Kế hoạch.pdf")
    assert (both.name, both.kind, both.pages) == ("Kế hoạch.pdf", "pdf", 3)
    assert [block.page for block in both.blocks] == [1, 2, 3]
    [notice] = both.notices
    assert both.content[slice(*notice.span)] == "\ufffd"
    assert both.sha256 != combine([*reversed(paged), letters]).sha256


def test_parts_of_what_is_combined_again_are_kept():
    one, two, three = (read(words.encode(), name="a.txt") for words in ("một", "hai", "ba"))
    assert combine([one, combine([two, three])]).parts == combine([one, two, three]).parts


def test_one_file_is_the_document_and_none_is_a_mistake():
    one = read(DOCUMENTS / "bac-kan-2015.txt")
    assert combine([one]) == one
    with pytest.raises(ValueError, match="no file"):
        combine([])
