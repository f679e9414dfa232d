"""Each kind of value against its cases: `cases/*.yaml`, one file for each kind."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from operator import itemgetter

import pytest

from tests.vanban.case_files import assert_matches, load_cases
from vanban.citations import cited, collect, masked
from vanban.deadlines import choose, deadline_from_words, find_deadlines
from vanban.duties import find_duties
from vanban.header import find_header
from vanban.lexicon import fold
from vanban.outline import outline
from vanban.places import find_province
from vanban.reading import read
from vanban.targets import find_targets
from vanban.values import Item, Passage, Provision, Reference, Task

ISSUED = date(2024, 3, 15)


def cases(name: str) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("case", load_cases(name), ids=itemgetter("name"))


@cases("deadlines")
def test_deadline(case):
    text = masked(case["text"], cited(case["text"]))
    found = find_deadlines(text, issued=case.get("issued", ISSUED))
    assert all(text[slice(*d.span)] == d.raw for d in found)
    assert_matches(choose(found), case["expect"])


@cases("time_cells")
def test_time_cell(case):
    found = find_deadlines(case["text"], issued=ISSUED, cell=True)
    assert all(case["text"][slice(*d.span)] == d.raw for d in found)
    assert_matches(choose(found), case["expect"])


@cases("typed")
def test_typed_deadline(case):
    assert_matches(deadline_from_words(case["text"], date(2025, 3, 10)), case["expect"])


def test_a_day_without_a_year_is_not_understood_where_no_year_is_known():
    assert deadline_from_words("15/12") is None


@cases("citations")
def test_citation(case):
    text = case["text"]
    found = [
        {**asdict(c.reference), "words": text[slice(*c.extent)], "quoted": text[slice(*c.reference.span)]}
        for c in cited(text)
    ]
    assert all(one["words"].startswith(one["quoted"]) for one in found)
    assert_matches(found, case["expect"])


def references(*paragraphs: str, title: str = "", own: str | None = None) -> list[Reference]:
    """What a document of these paragraphs cites."""
    return list(collect(((Passage.plain(p, 0), cited(p)) for p in paragraphs), title, own))


def test_parts_cited_in_several_places_are_listed_once_each():
    found = references("Theo Điều 5 Luật Đất đai.", "Theo khoản 1 Điều 7 và Điều 5 Luật Đất đai.")
    assert [reference.provisions for reference in found] == [(Provision("5"), Provision("7", "1"))]


def test_a_document_whose_title_amends_another_amends_it():
    title = "Về việc sửa đổi, bổ sung một số điều của Quyết định số 12/2019/QĐ-UBND"
    found = references("Căn cứ Luật Giá;", "Điều 1. Như Quyết định số 12/2019/QĐ-UBND", title=title)
    assert [(reference.type, reference.relation) for reference in found] == [
        ("Luật", "mentions"),
        ("Quyết định", "amends"),
    ]


def test_a_document_cited_twice_is_one_reference_with_all_that_is_said_of_it():
    found = references(
        "CHƯƠNG TRÌNH HÀNH ĐỘNG SỐ 19-CTR/TU NGÀY 24/12/2014",
        "Chương trình hành động số 19-CTr/TU của Tỉnh ủy Bắc Kạn",
        "Kết luận số 70-KL/TW",
    )
    assert_matches(
        found,
        [
            {"symbol": "19-CTr/TU", "date": date(2014, 12, 24), "issuer": "Tỉnh ủy Bắc Kạn"},
            {"symbol": "70-KL/TW"},
        ],
    )


@pytest.mark.parametrize(
    ("mentions", "kept"),
    [
        (["Luật Đất đai năm 2024", "theo Luật Đất đai."], ["Luật Đất đai năm 2024"]),
        (["theo Luật Đất đai.", "Luật Đất đai năm 2024"], ["Luật Đất đai năm 2024"]),
        (["Luật Hợp tác xã số 17/2023/QH15", "Luật HTX năm 2023"], ["17/2023/QH15"]),
        (["Luật Hợp tác xã năm 2023", "Luật Hợp tác xã số 17/2023/QH15"], ["17/2023/QH15"]),
        (["Luật Hợp tác xã số 17/2023/QH15", "Luật Hợp tác xã năm 2012"], ["17/2023/QH15", "Luật Hợp tác xã năm 2012"]),
        (
            ["Luật Hợp tác xã năm 2012", "Luật Hợp tác xã năm 2023"],
            ["Luật Hợp tác xã năm 2012", "Luật Hợp tác xã năm 2023"],
        ),
        (["Luật Đầu tư", "Luật Đầu tư công"], ["Luật Đầu tư", "Luật Đầu tư công"]),
        (["Nghị quyết Trung ương 5 khóa IX", "Nghị quyết TW 5 (khoá IX)"], ["Nghị quyết Trung ương 5 khóa IX"]),
        (["Nghị định số 98/2018/NĐ-CP", "Nghị định 98/2018/NĐ-CP ngày 05/7/2018"], ["98/2018/NĐ-CP"]),
        (["Kế hoạch số 12/KH-UBND", "Kế hoạch số 12/KH-UBND.HC"], ["12/KH-UBND", "12/KH-UBND.HC"]),
    ],
)
def test_mentions_of_one_document(mentions, kept):
    assert [r.symbol or r.title for r in references(*mentions)] == kept


def test_relations_come_from_the_title():
    title = "Thực hiện Kết luận số 70-KL/TW về tiếp tục thực hiện Nghị quyết Trung ương 5 khóa IX"
    found = references(title, "theo Luật Đất đai năm 2024", title=title)
    assert [r.relation for r in found] == ["implements", "continues", "mentions"]


def test_a_document_does_not_cite_itself():
    assert references("Kế hoạch số 12/KH-UBND và Kế hoạch số 13/KH-UBND", own="12/KH-UBND")[0].symbol == "13/KH-UBND"


@cases("targets")
def test_target(case):
    text, headings = case["text"], tuple(case.get("headings", ()))
    passage, words = Passage.plain(text, 0), masked(text, cited(text))
    found = [
        {**asdict(t), "from": t.start, "words": text[slice(*t.span)]}
        for t in find_targets(passage, words, "I/1", headings, aims=not case.get("task"), issued=case.get("issued"))
    ]
    assert_matches(found, case["expect"])


@cases("duties")
def test_duty(case):
    text = case["text"]
    words = masked(text, cited(text))
    item = Item(0, "III/1", None, "dash", "-", Passage.plain(text, 0))
    deadline = choose(find_deadlines(words, issued=ISSUED))
    task = Task("III/1", (0, len(text)), text, "body", ("so-tc",), (), None, deadline, "report", {}, {}, {})
    found = [
        {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(duty).items()}
        for duty, _ in find_duties(task, item, words)
    ]
    found = [{**duty, "words": text[slice(*duty["span"])]} for duty in found]
    assert all(duty["words"].strip() for duty in found)
    assert_matches(found, case["expect"])


@cases("headers")
def test_header(case):
    document = read(case["text"].encode(), name="van-ban.txt")
    header = find_header(document, outline(document))
    found = asdict(header) | {"recipients": list(header.recipients)}
    if header.signer:
        found["signer"] = {"name": header.signer.name, "capacity": list(header.signer.capacity)}
    assert all(0 <= a < b <= len(document.content) for a, b in header.spans.values())
    assert_matches(found, case["expect"])


@cases("provinces")
def test_province(case):
    document = read(case["text"].encode(), name=case.get("file", "van-ban.txt"))
    province, sure, span = find_province(document, outline(document))
    assert 0 < sure <= 1
    assert span is None or fold(document.content[slice(*span)]) == fold(province) or province in case["expect"]
    assert province == case["expect"]
