"""Reasons for doubt as a review page shows them: a field and a sentence, in both languages, none said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.vanban.make_golden import documents
from tests.vanban.samples import analysis, span_of
from vanban import analyse, read, wording
from vanban.contract import read_task, task_json
from vanban.doubts import reasons
from vanban.values import Notice

SURE, DOUBTED, _ = analysis().tasks
NAME = Notice("V102", "read as “Quỹ A”: check the name", "quỹ a", span_of("Sở Tài chính"))
TORN = Notice("V105", "the sentence has no end: a page may be missing", "quý", (0, 3))


def test_a_task_that_the_reader_is_sure_of_has_none():
    assert reasons(SURE) == []


def test_a_notice_and_an_unsure_field_each_give_a_sentence():
    assert reasons(DOUBTED) == [
        ("deadline", "“quý II”: thời hạn không nêu đủ, cần kiểm tra."),
        ("lead", "Chưa chắc về cơ quan chủ trì."),
    ]
    assert reasons(DOUBTED, "en") == [
        ("deadline", "“quý II”: the time is not fully stated: check it."),
        ("lead", "Not certain about the lead agency."),
    ]


def test_a_field_that_a_notice_tells_of_is_not_called_uncertain_again():
    unsure = replace(SURE, notices=(NAME, NAME), confidence={"lead": 0.5, "topic": wording.DOUBTFUL})
    assert reasons(unsure) == [("lead", "“quỹ a”: hiểu là “Quỹ A”, cần kiểm tra tên.")]


def test_a_notice_about_no_field_is_about_the_wording():
    assert [reason.field for reason in reasons(replace(SURE, notices=(TORN,)))] == ["text"]


def test_a_target_is_doubted_as_a_whole():
    target = analysis().targets[0]
    assert reasons(target) == []
    assert reasons(replace(target, confidence=0.6)) == [("target", "Chưa chắc con số này là chỉ tiêu phải đạt.")]


def test_a_duty_says_what_is_missing():
    duty = analysis().duties[0]
    assert reasons(duty, "en") == [("duty", "It is not certain that this is a duty to report.")]
    bare = replace(duty, to=(), frequency=None)
    assert reasons(bare) == [("to", "Không nêu nơi nhận báo cáo."), ("frequency", "Không nêu kỳ báo cáo.")]
    assert reasons(replace(bare, confidence=0.9)) == []


@pytest.mark.parametrize("language", ["vi", "en"])
def test_reasons_in_directives_are_sentences_and_none_is_said_twice(language):
    for path in documents():
        for value in (found := analyse(read(path))).tasks + found.targets + found.duties:
            said = reasons(value, language)
            assert len({reason.sentence for reason in said}) == len(said)
            assert all(one.sentence[-1] == "." and "%" not in one.sentence.split("”")[-1] for one in said)


def test_tasks_to_look_at_are_those_of_the_task_sheet_and_their_json_gives_the_same_reasons():
    tasks = [task for path in documents() for task in analyse(read(path)).tasks]
    doubted = [task for task in tasks if reasons(task)]
    assert 10 < len(doubted) < len(tasks)
    assert doubted == [task for task in tasks if wording.doubts(task)]
    assert [reasons(read_task(task_json(task))) for task in doubted] == [reasons(task) for task in doubted]
