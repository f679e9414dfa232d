"""Definitions: a sound one is read whole, an unsound one is refused with every place. Values: read, kept, shown, checked."""

from __future__ import annotations

import copy
from datetime import date
from decimal import Decimal
from operator import itemgetter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopluc.forms.schema.checking import computed, faults, hash_of, paths, section_hashes
from hopluc.forms.schema.definition import Choice, Field, Words
from hopluc.forms.schema.reading import Flawed, read_schema
from hopluc.forms.schema.values import Unfit, read, show
from hopluc.forms.tests.making import SOUND, changed
from tests.cases import cases

FLAWED = cases(Path(__file__).parent / "cases/schemas.yaml")
SCHEMA = read_schema(SOUND)


def test_a_sound_definition_is_read_whole():
    assert list(SCHEMA.fields) == [
        "total",
        "men",
        "women",
        "state",
        "note",
        "capital",
        "members",
        "revenue",
        "audited",
        "rate",
        "minutes",
    ]
    assert SCHEMA.field_at("capital.own.amount").kind == "money"
    assert SCHEMA.field_at("capital.theirs.amount") is None
    assert SCHEMA.field_at("members.r1.since").kind == "date"
    assert SCHEMA.section_of["revenue"].key == "money"
    assert [str(len(SCHEMA.checks)), str(len(SCHEMA.jumps))] == ["3", "1"]


@pytest.mark.parametrize("case", FLAWED, ids=itemgetter("name"))
def test_an_unsound_definition_is_refused_with_its_places(case):
    with pytest.raises(Flawed) as refused:
        read_schema(changed(**case["change"]))
    assert set(case["flaws"]) <= {flaw.where for flaw in refused.value.flaws}
    assert case.get("says", "") in str(refused.value)


SCALARS = st.none() | st.booleans() | st.integers() | st.text("ab._é", max_size=5) | st.lists(st.integers(), max_size=2)


def places(value, path=()):
    yield path
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from places(inner, (*path, key))


@settings(deadline=None)
@given(st.sampled_from(list(places(SOUND))[1:]), SCALARS)
def test_whatever_is_put_anywhere_is_read_or_refused(path, value):
    made = copy.deepcopy(SOUND)
    at = made
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    try:
        read_schema(made)
    except Flawed as refused:
        assert refused.flaws  # noqa: PT017


CHOICES = (Choice("a", Words("Đã xong", "Done")), Choice("b", Words("Chưa xong", "Not done")))
VALUES = {
    "text": st.text("aăâbcdđeêgƠƯ 1.,()“”-", min_size=1, max_size=30).filter(str.strip),
    "whole": st.integers(-(10**15), 10**15),
    "money": st.integers(-(10**18), 10**18),
    "decimal": st.decimals(-(10**9), 10**9, places=4),
    "percent": st.decimals(-1000, 1000, places=2),
    "date": st.dates(date(1900, 1, 1), date(2200, 1, 1)),
    "yes_no": st.booleans(),
}


@settings(deadline=None)
@given(st.data(), st.sampled_from(sorted(VALUES)))
def test_what_is_shown_is_read_back_the_same(data, kind):
    field, drawn = Field("a", kind), data.draw(VALUES[kind])
    typed = f"{drawn:%d/%m/}{drawn.year:04}" if isinstance(drawn, date) else str(drawn)
    typed = {"True": "có", "False": "không"}.get(typed, typed)
    kept = read(field, typed, machine=True)
    assert read(field, show(field, kept)) == kept


READ = [
    ("whole", "1.234", 1234), ("whole", "1 234", 1234), ("whole", "12,5", None), ("whole", "1.23", None),
    ("money", "1.250.000 đ", 1250000), ("money", "2000000.5", None), ("percent", "12,5%", "12.5"), ("percent", "12.5", "12.5"),
    ("decimal", "1.234,50", "1234.5"), ("decimal", "1,2,3", None), ("decimal", "nan", None), ("decimal", "1" * 30, None),
    ("date", "31/12/2026", "2026-12-31"), ("date", "2026-12-31", "2026-12-31"), ("date", "31/02/2026", None), ("date", "45000", None),
    ("choice", "da xong", "a"), ("choice", "Not done", "b"), ("choice", "xong", None), ("yes_no", "Có", True), ("yes_no", "maybe", None),
    ("text", "x" * 501, None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "typed", "due"), READ)
def test_what_is_typed_is_a_value_or_refused_with_what_to_write(kind, typed, due):
    field = Field("a", kind, choices=CHOICES if kind == "choice" else ())
    if due is None:
        with pytest.raises(Unfit) as refused:
            read(field, typed)
        assert str(refused.value).endswith(".")
    else:
        assert read(field, typed) == due


def test_a_figure_keeps_within_its_bounds():
    field = Field("a", "decimal", least=Decimal(0), most=Decimal(100))
    assert read(field, "100") == "100"
    for typed in ("-1", "100,1"):
        with pytest.raises(Unfit):
            read(field, typed)


FULL = {"total": 5, "men": 2, "women": 3, "state": "done"}


def found(values, last=None):
    return [(fault.path, fault.kind) for fault in faults(SCHEMA, values, last or {})]


def test_what_is_missing_and_what_does_not_add_up_is_said_at_its_field():
    assert found(FULL) == []
    assert found({}) == [("total", "missing"), ("state", "missing")]
    assert found(FULL | {"women": 4}) == [("total", "rule")]
    assert faults(SCHEMA, FULL | {"women": 4}, {})[0].text == "Tổng 5 khác nam cộng nữ 6."
    assert found(FULL | {"capital.own.amount": 3, "capital.own.paid": 4}) == [("capital.own.paid", "rule")]
    assert found(FULL | {"members": ["r1"]}) == [("members.r1.name", "missing")]


def test_a_jump_asks_for_a_reason_and_takes_it():
    assert found(FULL | {"revenue": 121}, {"revenue": 100}) == [("revenue", "jump")]
    assert found(FULL | {"revenue": 120}, {"revenue": 100}) == []
    assert found(FULL | {"revenue": 121, "revenue#reason": "Mở rộng"}, {"revenue": 100}) == []
    assert found(FULL | {"revenue": 121}, {"revenue": 0}) == []


def test_a_warning_is_marked_as_one():
    [fault] = faults(SCHEMA, FULL | {"capital.own.amount": 10**10}, {})
    assert fault.warning


def test_a_hash_is_of_the_section_that_a_value_is_in():
    before, after = section_hashes(SCHEMA, FULL), section_hashes(SCHEMA, FULL | {"revenue": 3, "revenue#reason": "x"})
    assert before["people"] == after["people"]
    assert before["money"] != after["money"]
    assert hash_of({"a": 1, "b": 2}) == hash_of({"b": 2, "a": 1})


YEARLY = {
    "sections": [
        {
            "key": "figures",
            "label": {"vi": "Số liệu", "en": "Figures"},
            "fields": [
                {
                    "key": "main",
                    "kind": "table",
                    "label": {"vi": "Chỉ tiêu", "en": "Indicators"},
                    "rows": [{"key": "h01", "label": {"vi": "Tổng số", "en": "All"}, "about": "H01"}],
                    "columns": [
                        {"key": "plan", "kind": "decimal", "label": {"vi": "KH", "en": "Plan"}, "about": "plan:0"},
                        {"key": "done", "kind": "decimal", "label": {"vi": "TH", "en": "Done"}},
                        {
                            "key": "share",
                            "kind": "percent",
                            "label": {"vi": "% KH", "en": "% of plan"},
                            "formula": "done / plan * 100",
                        },
                    ],
                }
            ],
        }
    ],
    "checks": [
        {
            "rule": "share >= 50",
            "table": "main",
            "at": "done",
            "say": {"vi": "Đạt thấp.", "en": "Low."},
            "warning": True,
        }
    ],
}


def test_a_column_with_a_formula_is_worked_out_and_asked_of_nobody():
    schema = read_schema(YEARLY)
    values = {"main.h01.plan": "3", "main.h01.done": "1"}
    assert computed(schema, values) == {"main.h01.share": "33.3"}
    assert "main.h01.share" not in set(paths(schema, values))
    assert [fault.text for fault in faults(schema, values, {})] == ["Đạt thấp."]
    assert computed(schema, {"main.h01.plan": "0", "main.h01.done": "1"}) == {}
    assert (schema.fields["main"].rows[0].about, schema.fields["main"].columns[0].about) == ("H01", "plan:0")


@pytest.mark.parametrize("formula", ["done / nothing", "share + 1", "sum(main.done)", "done /"])
def test_a_formula_names_columns_that_are_filled_in(formula):
    given = copy.deepcopy(YEARLY)
    given["sections"][0]["fields"][0]["columns"][2]["formula"] = formula
    with pytest.raises(Flawed, match="formula"):
        read_schema(given)
