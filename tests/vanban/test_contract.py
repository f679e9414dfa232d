"""The JSON by the guide's contract."""

import json
from dataclasses import replace

import pytest

from tests.vanban.make_golden import documents
from tests.vanban.samples import AIM, BUILD, DOUBT, REPORT, TEXT, analysis, document, span_of
from vanban import analyse, read, wording
from vanban.contract import (
    as_json,
    as_text,
    deadline_json,
    read_deadline,
    read_duty,
    read_notice,
    read_target,
    read_task,
    task_json,
)
from vanban.values import Analysis, Header, Provision, Reference

KEYS = ["doc", "source", "header", "references", "tasks", "targets", "reporting", "agencies", "notices", "content"]


def written(found: Analysis) -> dict:
    return json.loads(as_text(as_json(found)))


def test_keys_stand_in_the_order_of_the_contract():
    plan = written(analysis())
    assert list(plan) == KEYS
    assert list(plan["tasks"][0]) == [
        *("at", "span", "text", "where", "lead", "coordinate", "deliverable", "deadline", "topic"),
        *("spans", "confidence", "inherited", "notices"),
    ]


def test_source_and_header():
    plan = written(analysis("kế hoạch.v2.txt"))
    assert plan["doc"] == "kế hoạch.v2"
    assert plan["source"] == {
        "name": "kế hoạch.v2.txt",
        "sha256": document().sha256,
        "kind": "txt",
        "pages": None,
    }
    assert plan["header"]["issued_on"] == "2023-02-24"
    assert plan["header"]["signer"] == {"name": "Nguyễn Văn A", "capacity": ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"]}
    assert plan["header"]["spans"] == {"type": [0, 8]}


def test_what_the_document_does_not_say_is_null():
    header = written(replace(analysis(), header=Header()))["header"]
    assert header == {
        **dict.fromkeys(["type", "symbol", "issuer", "issued_on", "title", "province", "signer"]),
        "recipients": [],
        "spans": {},
        "confidence": {},
    }


def test_every_span_finds_its_words():
    plan = written(analysis())
    assert plan["content"] == TEXT
    for task in plan["tasks"]:
        assert TEXT[slice(*task["span"])] == task["text"]
    assert [TEXT[slice(*plan[key][0]["span"])] for key in ("targets", "reporting")] == [AIM, REPORT]
    assert TEXT[slice(*plan["tasks"][0]["spans"]["lead"][0])] == "Sở Tài chính"


def test_deadlines_leave_unused_keys_out():
    first, second, third = (task["deadline"] for task in written(analysis())["tasks"])
    rule = "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=15"
    assert first == {"raw": "trước ngày 15 tháng 12 hằng năm", "kind": "recurring", "rule": rule}
    assert second == {"raw": "quý II", "kind": "by", "end": "2023-06-30"}
    assert third == {"raw": "2023-2025", "kind": "range", "start": "2023-01-01", "end": "2025-12-31"}


def test_a_task_without_time_has_a_null_deadline():
    plan = analysis()
    bare = replace(plan.tasks[0], deadline=None)
    assert written(replace(plan, tasks=(bare,)))["tasks"][0]["deadline"] is None


def test_targets_leave_unused_keys_out_and_whole_numbers_whole():
    first, second = written(analysis())["targets"]
    assert first == {
        "at": "II/2",
        "span": list(span_of(AIM)),
        "indicator": "số hợp tác xã thành lập mới",
        "subject": "hợp tác xã",
        "op": ">=",
        "low": 16,
        "unit": "hợp tác xã",
        "confidence": 1.0,
    }
    assert isinstance(first["low"], int)
    assert (second["low"], second["high"], second["by"]) == (0.5, 12, 2030)


def test_from_is_the_name_of_the_contract():
    plan = analysis()
    assert written(replace(plan, targets=(replace(plan.targets[0], start=2021),)))["targets"][0]["from"] == 2021
    assert written(plan)["reporting"] == [
        {
            "at": "II/2",
            "span": list(span_of(REPORT)),
            "from": ["g:so-nganh"],
            "to": ["so-tc"],
            "via": ["ubnd-tinh"],
            "frequency": "annual",
            "due": "12-15",
            "confidence": 0.6,
        }
    ]


def test_a_reference_has_a_title_only_without_a_symbol():
    by_symbol, by_name = written(analysis())["references"]
    assert "title" not in by_symbol
    assert by_symbol["date"] == "2022-06-16"
    assert by_name["title"] == "Luật Hợp tác xã năm 2012"
    assert by_name["symbol"] is None


def test_parts_cited_leave_unused_keys_out():
    cited = Reference(
        "1/2024/NĐ-CP", "Nghị định", None, None, None, (0, 8), provisions=(Provision("5", "1", "a"), Provision("7"))
    )
    parts = written(replace(analysis(), references=(cited,)))["references"][0]["provisions"]
    assert parts == [{"article": "5", "clause": "1", "point": "a"}, {"article": "7"}]


def test_notices_and_agencies():
    plan = written(analysis())
    assert plan["agencies"] == {"hoi-lam-vuon": "Hội Làm vườn"}
    assert plan["tasks"][1]["notices"] == [
        {"code": "V103", "hint": DOUBT.hint, "text": "quý II", "span": list(span_of("quý II"))}
    ]
    assert plan["notices"][0]["span"] is None


def test_the_same_plan_gives_the_same_bytes_whatever_the_order_of_its_tables():
    plan = analysis()
    task = plan.tasks[0]
    turned = replace(task, confidence=dict(reversed(task.confidence.items())))
    again = replace(plan, tasks=(turned, *plan.tasks[1:]))
    assert as_text(as_json(again)) == as_text(as_json(plan))


def test_letters_are_kept_readable():
    assert BUILD in as_text(as_json(analysis()))


def test_a_file_name_that_is_no_text_can_be_written():
    assert written(analysis("k\udce9.txt"))["doc"] == "k�"


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.stem)
def test_what_is_written_is_read_back(path):
    found = analyse(read(path))
    plan = written(found)
    tasks = [read_task(value) for value in plan["tasks"]]
    assert [task_json(task) for task in tasks] == plan["tasks"]
    assert [replace(task, deadline=None) for task in tasks] == [replace(task, deadline=None) for task in found.tasks]
    assert [read_target(value) for value in plan["targets"]] == list(found.targets)
    assert [read_duty(value) for value in plan["reporting"]] == list(found.duties)
    assert [read_notice(value) for value in plan["notices"]] == list(found.notices)


def test_a_deadline_is_spelled_from_its_json():
    for task in analysis().tasks:
        assert wording.spell(read_deadline(deadline_json(task.deadline))) == wording.spell(task.deadline)
    with pytest.raises(ValueError, match="day is out of range"):
        read_deadline({"kind": "by", "end": "2023-02-30"})


def test_what_a_person_made_may_leave_keys_out():
    assert read_task({"text": "Rà soát", "deadline": None, "span": None}) == replace(
        analysis().tasks[0],
        at="",
        span=(0, 0),
        text="Rà soát",
        lead=(),
        coordinate=(),
        deadline=None,
        topic="other",
        spans={},
        confidence={},
        inherited={},
    )
    assert wording.level(read_target({"indicator": "tỷ lệ", "op": ">=", "low": 60, "unit": "%"})) == "ít nhất 60%"
    assert wording.due(read_duty({"due": "12-15"})) == "trước ngày 15/12"
