"""What is wrong in a workbook is told by its cell; what is right is told as what would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import NamedTemporaryFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hopluc.accounts.workbook.checking import check
from hopluc.accounts.workbook.columns import AGENCIES, FORMS, MARK, PEOPLE, Row, SheetForm, SheetRows
from hopluc.accounts.workbook.exporting import book_of
from hopluc.accounts.workbook.facts import (
    AgencyFact,
    Facts,
    KindFact,
    PersonFact,
    PostFact,
    SuccessionFact,
    UnitFact,
)
from hopluc.accounts.workbook.presenting import lines_of
from hopluc.accounts.workbook.reading import read_workbook, rows_of
from hopluc.accounts.workbook.writing import write_workbook
from tests.cases import cases
from vanban.tasksheets.cells import letters

FILE = cases(Path(__file__).parent / "cases" / "workbook.yaml")
CASES = FILE["cases"]


def facts_of(about: Mapping) -> Facts:
    units = {
        key: UnitFact(pk, key, tier, code, f"{kind} {name}", name, start, end, province, mine)
        for pk, (key, (tier, code, kind, name, start, end, province, mine)) in enumerate(about["units"].items())
    }
    agencies = {}
    for pk, (key, (name, start, end)) in enumerate(about["agencies"].items(), 1):
        kind, unit = key.split("/")
        mine = units[unit].mine
        agencies[key] = AgencyFact(pk, key, name, kind, unit, start=start, end=end, own=False, mine=mine)
    return Facts(
        today=about["today"],
        units=units,
        kinds={key: KindFact(key, *rest) for key, rest in about["kinds"].items()},
        agencies=agencies,
        successions=tuple(
            SuccessionFact(source, target, on, "", "Nghị quyết 0", own=False, pk=pk)
            for pk, (source, target, on) in enumerate(about["successions"])
        ),
        people={
            username: PersonFact(pk, username, name, True, mine, elsewhere)
            for pk, (username, (name, mine, elsewhere)) in enumerate(about["people"].items())
        },
        posts={pk: PostFact(pk, *rest) for pk, rest in about["posts"].items()},
        roles=about["roles"],
    )


FACTS = facts_of(FILE["facts"])


def since(facts: Facts, about: Mapping) -> Facts:
    """The program after the download."""
    named = {key: replace(facts.agencies[key], name=name) for key, name in about.get("agencies", {}).items()}
    posts = {pk: replace(facts.posts[pk], role=role) for pk, role in about.get("posts", {}).items()}
    return replace(facts, agencies={**facts.agencies, **named}, posts={**facts.posts, **posts})


def sheet_of(form: SheetForm, case: Mapping, ids: dict[int, str]) -> SheetRows:
    """The rows of a download as the case edited them; `ids` is told which row is which."""
    known = {cells[form.columns[0].key]: cells for cells in getattr(book_of(FACTS), form.key)}
    edited = [{**cells, **case.get("edit", {}).get(key, {})} for key, cells in known.items()]
    added = [{**known.get(row.get("like", ""), {}), **row} for row in case.get("add", {}).get(form.key, [])]
    ids |= dict(enumerate([*known, *(f"+{turn}" for turn, _row in enumerate(added, 1))], 2))
    rows = tuple(Row(number, cells) for number, cells in enumerate([*edited, *added], 2))
    columns = {column.key: letters(at) for at, column in enumerate(form.columns)}
    sheet, *place = case.get("broken", ["", "", "", ""])
    number = next((number for number, key in ids.items() if key == place[0]), 0)
    return SheetRows(form, rows, columns, ((number, place[1], place[2]),) if sheet == form.key else ())


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(case):
    ids: dict[str, dict[int, str]] = {form.name: {} for form in FORMS}
    sheets = [sheet_of(form, case, ids[form.name]) for form in FORMS]
    facts = since(FACTS, case.get("since", {}))
    outcome = check(*sheets, facts)
    columns = {form.name: {letters(at): one.key for at, one in enumerate(form.columns)} for form in FORMS}
    found = [f"{ids[each.sheet][each.row]} {columns[each.sheet][each.column]} {each.code}" for each in outcome.issues]
    assert sorted(found) == sorted(case.get("issues", []))
    for words in case.get("says", []):
        assert any(words in each.words for each in outcome.issues), [each.words for each in outcome.issues]
    if not outcome.issues:
        lines = [f"{line.verb} {line.name.split(' kế thừa')[0]}" for line in lines_of(outcome, facts)]
        assert sorted(lines) == sorted(case["lines"])
        assert outcome.is_empty is (not lines)


def test_every_sentence_has_its_places():
    """No issue of any case lacks a word that its sentence wants."""
    for case in CASES:
        outcome = check(*(sheet_of(form, case, {}) for form in FORMS), since(FACTS, case.get("since", {})))
        assert all(each.words and "%(" not in each.words for each in outcome.issues)


TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=30).map(lambda text: f"a {text}")


@settings(deadline=None)
@given(names=st.lists(TEXTS, min_size=3, max_size=3), title=TEXTS, alias=TEXTS)
def test_an_unedited_workbook_changes_nothing(names, title, alias):
    """Whatever stands in names and titles, even what looks like a formula or a code."""
    agencies = {
        key: replace(one, name=f"{one.name} {names[0]}", aliases=(alias.replace(";", "").strip(),))
        for key, one in FACTS.agencies.items()
    }
    people = {key: replace(one, name=names[1]) for key, one in FACTS.people.items()}
    posts = {pk: replace(one, title=title) for pk, one in FACTS.posts.items()}
    facts = replace(FACTS, agencies=agencies, people=people, posts=posts)
    read = sent(write_workbook(book_of(facts)))
    outcome = check(rows_of(read, AGENCIES), rows_of(read, PEOPLE), facts)
    assert outcome.issues == ()
    assert outcome.is_empty


def sent(data: bytes, name: str = "a.xlsx") -> dict:
    with NamedTemporaryFile() as file:
        file.write(data)
        file.flush()
        return read_workbook({"path": file.name, "name": name}, lambda *_step: None)


def test_a_workbook_without_its_hidden_column_says_the_same():
    book = book_of(FACTS)
    bare = replace(
        book,
        agencies=tuple({**cells, MARK: ""} for cells in book.agencies),
        people=tuple({**cells, MARK: ""} for cells in book.people),
    )
    read = sent(write_workbook(bare))
    outcome = check(rows_of(read, AGENCIES), rows_of(read, PEOPLE), FACTS)
    assert outcome.issues == ()
    assert outcome.is_empty


def test_personal_data_is_never_in_it():
    book = book_of(FACTS)
    assert book.people
    assert all(not cells.get("phone") and not cells.get("email") for cells in book.people)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"Ten;Tuoi\nAn;3\n", "sheets"),
        (b"%PDF-1.7 not a workbook", "code"),
        (b"", "code"),
        (b"PK\x03\x04 torn xl/workbook.xml", "code"),
    ],
)
def test_other_files_are_refused(data, problem):
    assert problem in sent(data)["problem"]
