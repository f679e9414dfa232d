"""The rule engine: three values, whatever the condition and whatever is known."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from hopluc.core.ruling import Comparison, Condition, Join, Verdict, comparisons_of, every, rule_of, some

FACTS = ["a", "b", "c"]
OPPOSITE = {">=": "<", "<": ">=", ">": "<=", "<=": ">"}
numbers = st.integers(-50, 50).map(Fraction)
tests = st.builds(
    Comparison,
    st.sampled_from(FACTS),
    st.sampled_from(list(OPPOSITE)),
    st.none() | numbers,
    st.sampled_from(["", *FACTS]),
)
conditions = st.recursive(
    tests,
    lambda parts: st.builds(Join, st.sampled_from(["all", "any"]), st.lists(parts, min_size=1, max_size=3).map(tuple)),
    max_leaves=6,
)
known = st.dictionaries(st.sampled_from(FACTS), st.none() | st.integers(-50, 50))
whole = st.fixed_dictionaries(dict.fromkeys(FACTS, st.integers(-50, 50)))


def negated(condition: Condition) -> Condition:
    if isinstance(condition, Comparison):
        return Comparison(condition.fact, OPPOSITE[condition.op], condition.value, condition.of)
    return Join("any" if condition.how == "all" else "all", tuple(map(negated, condition.parts)))


@given(conditions, known, whole)
def test_what_is_learned_later_never_turns_a_verdict_round(condition, now, later):
    verdict = rule_of(condition, now).verdict
    learned = {**later, **{key: value for key, value in now.items() if value is not None}}
    if verdict is not Verdict.UNKNOWN:
        assert rule_of(condition, learned).verdict is verdict


@given(conditions, known)
def test_the_opposite_condition_has_the_opposite_verdict(condition, now):
    turned = {Verdict.MET: Verdict.UNMET, Verdict.UNMET: Verdict.MET, Verdict.UNKNOWN: Verdict.UNKNOWN}
    assert rule_of(negated(condition), now).verdict is turned[rule_of(condition, now).verdict]


@given(conditions, whole)
def test_all_known_and_all_read_leaves_nothing_unknown(condition, now):
    read = all(test.value is not None for test in comparisons_of(condition))
    verdict = rule_of(condition, now).verdict
    assert verdict is not Verdict.UNKNOWN or not read


@given(conditions)
def test_nothing_known_decides_nothing(condition):
    ruling = rule_of(condition, {})
    assert ruling.verdict is Verdict.UNKNOWN
    assert len(ruling.steps) == len(comparisons_of(condition))


@given(st.lists(st.sampled_from(Verdict)))
def test_one_unmet_decides_all_and_one_met_decides_any(verdicts):
    assert (every(verdicts) is Verdict.UNMET) == (Verdict.UNMET in verdicts)
    assert (some(verdicts) is Verdict.MET) == (Verdict.MET in verdicts)


def test_a_share_is_compared_exactly():
    third = Comparison("a", "<=", Fraction(30), of="b")
    assert rule_of(third, {"a": 30, "b": 100}).verdict is Verdict.MET
    assert rule_of(third, {"a": 31, "b": 100}).verdict is Verdict.UNMET
