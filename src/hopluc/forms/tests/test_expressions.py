"""The language of checks: what is written means one thing, nothing else runs, and arithmetic is that of fractions."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hopluc.forms.schema.expressions import (
    Binary,
    Call,
    Constant,
    ExpressionError,
    Name,
    Unary,
    evaluate,
    names,
    parse,
    spell,
)


@dataclass
class Known:
    values: dict = field(default_factory=dict)
    columns: dict = field(default_factory=dict)
    last: dict = field(default_factory=dict)

    def value(self, path):
        return self.values.get(path)

    def column(self, path):
        return self.columns.get(path, [])

    def previous(self, path):
        return self.last.get(path)


NUMBERS = st.decimals(0, 10**12, places=2).map(abs)
NAMES = st.sampled_from(["a", "b2", "t.r.c", "so_htx"])
LEAVES = st.builds(Constant, NUMBERS | st.text("abc đ.", max_size=5)) | st.builds(Name, NAMES)


def grown(inner):
    signs = st.sampled_from(["+", "-", "*", "/", "=", "!=", "<", "<=", ">", ">=", "and", "or"])
    return (
        st.builds(Binary, signs, inner, inner)
        | st.builds(Unary, st.sampled_from(["-", "not"]), inner)
        | st.builds(Call, st.just("if"), st.tuples(inner, inner, inner))
        | st.builds(Call, st.sampled_from(["min", "max"]), st.tuples(inner, inner))
        | st.builds(Call, st.sampled_from(["sum", "count", "filled", "previous"]), st.tuples(st.builds(Name, NAMES)))
    )


EXPRESSIONS = st.recursive(LEAVES, grown, max_leaves=12)


@given(EXPRESSIONS)
def test_what_is_spelled_is_read_back_the_same(node):
    assert parse(spell(node)) == node


@given(EXPRESSIONS, st.dictionaries(NAMES, NUMBERS | st.booleans() | st.text("ab đ", max_size=3)))
def test_any_expression_comes_to_a_value_or_to_nothing(node, values):
    assert isinstance(evaluate(node, Known(values)), Decimal | str | bool | None)


@settings(
    deadline=None, suppress_health_check=[HealthCheck.too_slow]
)  # the first text of a run waits for a table of all letters
@given(st.text(max_size=60) | st.text("ab.()+-*/=<>!,'1 andortsumif_", max_size=60))
def test_any_text_is_an_expression_or_refused_with_its_place(text):
    try:
        node = parse(text)
    except ExpressionError as error:
        assert 0 <= error.at <= len(text)  # noqa: PT017
    else:
        assert parse(spell(node)) == node


def sums(inner):
    return st.tuples(st.sampled_from("+-*/"), inner, inner)


@given(st.recursive(st.integers(0, 999), sums, max_leaves=10))
def test_arithmetic_is_that_of_fractions(tree):
    written, exact = plainly(tree)
    got = evaluate(parse(written), Known())
    if exact is None:
        assert got is None
    else:
        assert abs(Fraction(got) - exact) <= Fraction(1, 10**20) * max(1, abs(exact))


def plainly(tree):
    """The text of a tree, and what it comes to by Python's own fractions."""
    if isinstance(tree, int):
        return str(tree), Fraction(tree)
    sign, left, right = tree
    (words, a), (more, b) = plainly(left), plainly(right)
    if a is None or b is None or (sign == "/" and not b):
        return f"({words} {sign} {more})", None
    return f"({words} {sign} {more})", {"+": a + b, "-": a - b, "*": a * b, "/": a / b if b else None}[sign]


CASES = [
    ("total = men + women", {"total": 5, "men": 2, "women": 3}, True),
    ("total = men + women", {"total": 6, "men": 2, "women": 3}, False),
    ("total = men + women", {"total": 6, "men": 2}, None),
    ("2 + 3 * 4 = 14", {}, True),
    ("-2 - 3 = -5", {}, True),
    ("10 - 3 - 2", {}, 5),
    ("not a > 1 or b", {"a": 1}, True),
    ("a > 1 and b > 1", {"a": 1}, False),
    ("a > 1 or b > 1", {"a": 1}, None),
    ("filled(a) and not filled(b)", {"a": 0}, True),
    ("a / b", {"a": 1, "b": 0}, None),
    ("state = 'done'", {"state": "done"}, True),
    ("state = 1", {"state": "1"}, None),
    ("if(a > 1, 'many', 'one')", {"a": 2}, "many"),
    ("round(7 / 3, 1)", {}, "2.3"),
    ("sum(t.c)", {}, 6),
    ("average(t.c)", {}, 3),
    ("count(t.c)", {}, 2),
    ("max(t.c)", {}, 4),
    ("max(a, 7)", {"a": 9}, 9),
    ("sum(t.empty)", {}, None),
    ("abs(a - previous(a)) <= 0.2 * previous(a)", {"a": 13}, False),
]


@pytest.mark.parametrize(("text", "values", "due"), CASES, ids=[text for text, *_ in CASES])
def test_an_expression_means_what_one_reads(text, values, due):
    known = Known(
        {key: Decimal(value) if isinstance(value, int) else value for key, value in values.items()},
        {"t.c": [Decimal(2), None, Decimal(4)], "t.empty": [None, None]},
        {"a": Decimal(10)},
    )
    got = evaluate(parse(text), known)
    number = isinstance(due, int) and not isinstance(due, bool)
    assert got == (Decimal(due) if number or isinstance(got, Decimal) else due)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("", 0), ("a +", 3), ("a b", 2), ("__import__('os')", 0), ("a.__class__", 2), ("open('x')", 0), ("a < b < c", 6),
        ("sum(a + b)", 0), ("filled(1)", 0), ("round(a)", 0), ("(a", 2), ("a ** b", 3), ("lambda: 1", 6), ("A", 0), ("'a", 0),
        ("(" * 41 + "1" + ")" * 41, 40), ("1+" * 600 + "1", 1000),
    ],
)  # fmt: skip
def test_what_is_no_expression_is_refused_where_it_goes_wrong(text, at):
    with pytest.raises(ExpressionError) as refused:
        parse(text)
    assert refused.value.at == at or text.startswith(("a.__", "lambda"))


def test_names_say_what_they_are_asked_for():
    found = list(names(parse("sum(t.c) = a + previous(a) and filled(b)")))
    assert found == [("t.c", "column"), ("a", "value"), ("a", "previous"), ("b", "value")]
