"""What holds for any text: real directives cut, shuffled and spliced at random places, and texts made to be slow to read.

A failure prints the seed that made the text: `mangled(seed)` makes it again.
"""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, note, settings
from hypothesis import strategies as st

from benchmarks import fuzz
from tests.examples import examples
from vanban import analyse, read
from vanban.citations import cited, collect, masked
from vanban.contract import as_json, as_text
from vanban.deadlines import deadline_from_words, find_deadlines
from vanban.duties import find_duties
from vanban.lexicon import number, roman
from vanban.targets import find_targets
from vanban.values import Analysis, Item, Passage, Span, Task
from vanban.wording import number as written

TEXTS = [p.read_text(encoding="utf-8") for p in sorted((Path(__file__).parent / "golden/documents").glob("*.txt"))]
LINES = [line for text in TEXTS for line in text.splitlines() if line.strip()]
LONGEST = 12_000  # characters of a mangled text: a whole directive tells little more, and takes ten times as long
EXAMPLES = examples(100)
BOUNDED = settings(max_examples=EXAMPLES, deadline=None, print_blob=True, database=None)
seeds = st.integers(min_value=0, max_value=2**32 - 1)


def mangled(seed: int) -> str:
    """A text torn from the directives: a cut, a splice of two, shuffled lines, or one with letters lost or put in."""
    pick = random.Random(seed)
    how = pick.choice((cut, spliced, shuffled, damaged))
    return how(pick)


def cut(pick: random.Random) -> str:
    text = pick.choice(TEXTS)
    start = pick.randrange(len(text))
    return text[start : start + pick.randrange(LONGEST)]


def spliced(pick: random.Random) -> str:
    return cut(pick)[: LONGEST // 2] + cut(pick)[: LONGEST // 2]


def shuffled(pick: random.Random) -> str:
    return "\n".join(pick.choices(LINES, k=pick.randrange(1, 25)))


def damaged(pick: random.Random) -> str:
    letters = list(cut(pick))
    for _ in range(pick.randrange(30)):
        at = pick.randrange(len(letters) + 1)
        letters[at : at + pick.randrange(3)] = pick.choice(
            ("", "\n", "\t", " ", ".", ":", "- ", "(", "/", "0", "e\u0323", "|", "**")
        )
    return "".join(letters)


def analysed(seed: int) -> Analysis:
    text = mangled(seed)
    note(f"mangled({seed}) begins {text[:60]!r}")
    if not text.strip():
        text = "Kế hoạch"
    return analyse(read(text.encode(), name="van-ban.txt"))


def spans(plan: Analysis) -> Iterator[Span]:
    """Every place that the analysis claims in the content."""
    yield from plan.header.spans.values()
    yield from (reference.span for reference in plan.references)
    yield from (target.span for target in plan.targets)
    yield from (duty.span for duty in plan.duties)
    for task in plan.tasks:
        yield task.span
        yield from (span for field in task.spans.values() for span in field)
    for notice in (*plan.notices, *(notice for task in plan.tasks for notice in task.notices)):
        if notice.span:
            yield notice.span


def squashed(text: str) -> str:
    """Letters and digits only: marks and white space are the reader's to join."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFC", text))


def whatever_is_found_stands_in_the_content(plan: Analysis, seed: int) -> None:
    content = plan.document.content
    assert all(0 <= start <= end <= len(content) for start, end in spans(plan)), seed
    for task in plan.tasks:
        assert task.text.strip(), seed
        assert squashed(content[slice(*task.span)]).startswith(squashed(task.text)[:40]), (seed, task.text)
    for reference in plan.references:
        if reference.symbol:
            assert re.match(r"\d+", reference.symbol)[0] in content[slice(*reference.span)], (seed, reference)


def the_words_of_a_deadline_are_those_of_the_text(plan: Analysis, seed: int) -> None:
    for task in plan.tasks:
        if task.deadline:
            (span,) = task.spans["deadline"]
            there = squashed(plan.document.content[slice(*span)])
            words = [squashed(part) for part in re.split("_{2,}", task.deadline.raw)]  # a citation in it is blanked out
            assert re.fullmatch(".*".join(map(re.escape, words)), there), (seed, task.deadline)


def tasks_stand_in_reading_order_each_at_its_own_place(plan: Analysis, seed: int) -> None:
    for where in ("body", "annex"):
        tasks = [task for task in plan.tasks if task.where == where]
        assert all(one.span[0] <= other.span[0] for one, other in pairwise(tasks)), seed
    leaves = [task.span for task in plan.tasks if "\t" not in plan.document.content[slice(*task.span)]]
    assert all(one[1] <= other[0] or one == other for one, other in pairwise(leaves)), seed


def ends_of_periods_and_bounds_of_targets_are_in_order(plan: Analysis, seed: int) -> None:
    for deadline in (task.deadline for task in plan.tasks if task.deadline):
        assert (deadline.end is not None) == (deadline.kind in ("by", "range")), (seed, deadline)
        assert (deadline.rule is not None) == (deadline.kind == "recurring"), (seed, deadline)
        if deadline.kind == "range":
            assert deadline.start < deadline.end, (seed, deadline)
    for target in plan.targets:
        edges = (target.low is not None, target.high is not None)
        assert edges == {"<": (False, True), "<=": (False, True)}.get(target.op, (True, edges[1])), (seed, target)
        assert target.high is None or target.op in ("~", "<", "<="), (seed, target)


@pytest.mark.parametrize("_half", [1, 2])  # two runs, for two processes
@given(seed=seeds)
@BOUNDED
def test_what_holds_for_any_plan(_half, seed):
    """Reading a text takes the time: each is asked everything."""
    plan = analysed(seed)
    whatever_is_found_stands_in_the_content(plan, seed)
    the_words_of_a_deadline_are_those_of_the_text(plan, seed)
    tasks_stand_in_reading_order_each_at_its_own_place(plan, seed)
    ends_of_periods_and_bounds_of_targets_are_in_order(plan, seed)


@given(seeds)
@settings(BOUNDED, max_examples=examples(15))
def test_the_same_text_gives_the_same_plan(seed):
    assert as_text(as_json(analysed(seed))) == as_text(as_json(analysed(seed))), seed


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\n\t"), max_size=300))
@settings(BOUNDED, max_examples=examples(60))
def test_any_text_at_all_has_a_plan(text):
    assert analyse(read(f"Kế hoạch\n{text}".encode(), name="van-ban.txt")).document.content


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=0, max_value=99))
def test_numbers_are_read_as_they_are_written(whole, hundredths):
    value = whole + hundredths / 100 if whole < 10**6 else float(whole)
    assert number(written(value)) == pytest.approx(value)


@given(st.integers(min_value=1, max_value=399))
def test_roman_numerals_are_read_as_they_are_written(value):
    steps = {100: "C", 90: "XC", 50: "L", 40: "XL", 10: "X", 9: "IX", 5: "V", 4: "IV", 1: "I"}
    numeral, rest = "", value
    for step, letters in steps.items():
        numeral, rest = numeral + letters * (rest // step), rest % step
    assert (roman(numeral), roman(numeral.lower())) == (value, value)


# Beginnings that many readers share, again and again without what they wait for.
REPEATED = (
    *(
        "hoàn thành trong ",
        "chậm nhất là trước ",
        "từ 1/1 ",
        "từ ngày 1/1/2024 ",
        "quý I, ",
        "quý I và ",
        "tháng 1-",
        "ngày 1/",
    ),
    *(
        "trước ngày 1/1 và ",
        "hằng quý, năm, ",
        "định kỳ 6 tháng, ",
        "sau khi có ",
        "nếu cần thiết phải ",
        "các năm 2024, ",
        "2024-",
    ),
    *(
        "1 hợp tác xã ",
        "từ 1 đến 2 ",
        "1.000",
        "1% ",
        "không còn ",
        "các a đều ",
        "12/KH-UBND ",
        "12/KH-",
        "A-",
        "Luật A ",
        "Luật ",
    ),
    *(
        "Luật Sửa đổi bổ sung một số điều ",
        "Luật: Đất đai, ",
        "Kế hoạch a ",
        "Đề án giai đoạn ",
        "số 12/KH-UBND về a, ",
        "Nghị quyết Đại hội ",
    ),
    *("báo cáo ", "báo cáo UBND tỉnh, ", "gửi Sở Nội vụ tổng hợp, báo cáo ", " ", "1", "(", ", "),
)
LENGTH, SECONDS = 10_000, 5.0  # of this process: a second at most here; a form that backtracks takes minutes


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_the_text_only(piece):
    text = (piece * (LENGTH // len(piece) + 1))[:LENGTH]
    began = time.process_time()
    passage, words = Passage.plain(text, 0), masked(text, cited(text))
    collect([(passage, cited(text))], text[:200], None)
    for cell in (False, True):
        find_deadlines(text, issued=date(2024, 3, 15), cell=cell)
        list(find_targets(passage, text, "I/1", (), aims=cell))
    deadline_from_words(text, date(2024, 3, 15))
    task = Task("I/1", (0, LENGTH), text, "body", (), (), None, None, "report", {}, {}, {})
    find_duties(replace(task, text=words), Item(0, "I/1", None, "dash", "-", passage), text)
    assert time.process_time() - began < SECONDS


def test_damaged_inputs_are_read_or_refused_and_every_value_is_at_its_place():
    outcomes = {number: fuzz.tried(number) for number in (*range(200), fuzz.WHOLE, fuzz.WHOLE + 1)}
    assert {number: what for number, what in outcomes.items() if what not in ("read", "refused")} == {}
    assert fuzz.input_of(7) == fuzz.input_of(7)


def test_a_place_that_says_something_else_is_told_from_a_torn_one():
    content = "1. Rà soát **quỹ đất**\n- 2 -\ncông ích."
    assert fuzz.says(content, (3, len(content)), "Rà soát quỹ đất công ích.")
    assert not fuzz.says(content, (3, len(content)), "Rà soát quỹ đất công ích năm 2025.")
    assert not fuzz.says(content, (0, len(content)), "Rà soát quỹ đất công ích.")
