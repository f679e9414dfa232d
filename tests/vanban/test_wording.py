"""Values in words, Vietnamese and English, and deadlines read back from them."""

from __future__ import annotations

from functools import cache
from operator import itemgetter

import pytest

from tests.vanban.case_files import load_cases
from tests.vanban.make_golden import documents
from vanban import analyse, english, read, wording
from vanban.deadlines import deadline_from_words
from vanban.recurrence import Rule
from vanban.values import Deadline, Duty, Notice, Target

CASES = load_cases("spelling")
# Nothing that a reader finds: without an end or a rule there is no such kind.
IMPOSSIBLE = {
    "a range without its end",
    "a range without either",
    "a part that has no words",
    "a broken rule",
    "no rule",
}


def deadline(case: dict) -> Deadline:
    return Deadline(**{"raw": "", "span": (0, 0), **case["deadline"]})


@pytest.mark.parametrize("case", CASES, ids=itemgetter("name"))
def test_spelling_of_a_deadline(case):
    assert wording.spell(deadline(case)) == case["expect"]
    assert english.spell(deadline(case)) == case["english"]


@pytest.mark.parametrize("language", [wording, english], ids=["vi", "en"])
@pytest.mark.parametrize("case", [c for c in CASES if c["name"] not in IMPOSSIBLE], ids=itemgetter("name"))
def test_what_is_printed_can_be_typed(case, language):
    again = deadline_from_words(language.spell(deadline(case)))
    assert language.spell(again) == language.spell(deadline(case))


@cache
def deadlines() -> list[Deadline]:
    """Each deadline of the golden documents."""
    return [task.deadline for path in documents() for task in analyse(read(path)).tasks if task.deadline]


@pytest.mark.parametrize("language", [wording, english], ids=["vi", "en"])
def test_deadlines_of_directives_can_be_typed_as_they_are_printed(language):
    assert len(deadlines()) > 250
    for known in deadlines():
        again = deadline_from_words(language.spell(known))
        assert again, language.spell(known)
        assert language.spell(again) == language.spell(known)
        assert (again.kind, again.end, again.rule) == (known.kind, known.end, known.rule)


@pytest.mark.parametrize("period", ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"])
@pytest.mark.parametrize("every", range(1, 14))
@pytest.mark.parametrize("language", [wording, english], ids=["vi", "en"])
def test_every_count_can_be_typed_as_it_is_printed(period, every, language):
    known = Deadline("", (0, 0), "recurring", rule=str(Rule(period, every)))
    assert language.spell(deadline_from_words(language.spell(known))) == language.spell(known)


def test_both_languages_have_a_word_for_the_same():
    for name in ("TOPICS", "FIELDS", "FREQUENCIES", "LEVELS", "SCOPES"):
        assert list(getattr(wording, name)) == list(getattr(english, name)), name


def test_a_target_and_a_duty_in_english():
    target = Target(
        "I", (0, 0), "tỷ lệ", "hợp tác xã", "~", "%", low=0.5, high=1200, by=2030, per="year", scope="district"
    )
    assert (english.level(target), english.horizon(target)) == ("0.5–1,200%", "by 2030, each year, in each district")
    least = Target("I", (0, 0), "", "", ">=", "hợp tác xã", low=16, by=2025, start=2021)
    assert (english.level(least), english.horizon(least)) == ("at least 16 hợp tác xã", "from 2021 to 2025")
    duty = Duty("I", (0, 0), (), (), (), "3-yearly", "12-15")
    assert (english.frequency(duty), english.due(duty)) == ("every three years", "by 15/12")
    unknown = Duty("I", (0, 0), (), (), (), None, None)
    assert (english.frequency(unknown), english.due(unknown)) == ("", "")


def test_a_remark_in_english_quotes_the_words_it_is_about():
    assert english.remark(Notice("V102", "read as “Quỹ A”: check the name", "Quỹ A")) == "“Quỹ A”: check the name"
    assert english.remark(Notice("V101", "no body is named to lead it")) == "no body is named to lead it"
