"""What is sought first must never hide what it stands for: with nothing sought first, everything found is the same."""

from __future__ import annotations

import gc
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks import fuzz
from tests.examples import examples
from vanban import analyse, bodies, citations, deadlines, labels, read, targets
from vanban.bodies import scanner
from vanban.citations import symbols
from vanban.contract import as_json, as_text
from vanban.deadlines.forms import Readers
from vanban.errors import DocumentError
from vanban.forms import Ending, Form, lower_case
from vanban.outline import markers
from vanban.reading import legacy

FOLDER = Path(__file__).parent
PLACES = (
    "golden/documents/*.txt",
    "golden/forms/documents/*.txt",
    "fresh/*.txt",
    "cases/deadlines.yaml",
    "cases/actors.yaml",
)
TEXTS = sorted(path for place in PLACES for path in FOLDER.glob(place))
gc.unfreeze()  # a server's module may have put away what was loaded
KNOWN: list[Form | Ending] = [each for each in gc.get_objects() if isinstance(each, Form | Ending)]
MUTATED = 120


class Anything(dict[str, frozenset[str]]):
    """Whatever stands there, a name may begin with it."""

    def __contains__(self, _: object) -> bool:
        return True

    def get(self, *_: object) -> frozenset[str]:
        return frozenset(("",))


@pytest.fixture
def nothing_first(monkeypatch):
    """All forms and readers are tried everywhere."""
    for kind in (Form, Ending):
        monkeypatch.setattr(kind, "may_stand", lambda *_: True)
    monkeypatch.setattr(Readers, "woken", lambda readers, _: list(readers.readers))
    monkeypatch.setattr(labels, "NAMED", re.compile(""))
    monkeypatch.setattr(deadlines, "TIMED", ("",))
    monkeypatch.setattr(targets, "COUNTED", re.compile(""))
    monkeypatch.setattr(citations, "SIGNS", ("",))
    monkeypatch.setattr(symbols, "NUMBERED", re.compile(r"(?:(?<![\w/])|(?<=[Ss]ố))"))
    monkeypatch.setattr(legacy, "SUSPECT", (re.compile(""),))
    monkeypatch.setattr(markers, "_forms", lambda _: [(family, form) for family, _, form in markers.FORMS])
    for table in ("openers", "small_openers"):
        monkeypatch.setattr(scanner, table, Anything)
    monkeypatch.setattr(scanner, "own_openers", lambda _: Anything())


def forget() -> None:
    """What was found in the last texts is kept; here the same texts are looked at in two ways."""
    bodies._scanned.cache_clear()
    citations._cited.cache_clear()


def found(data: bytes, name: str) -> str:
    forget()  # what another way of looking found is not to be found again
    try:
        return as_text(as_json(analyse(read(data, name=name))))
    except DocumentError as error:
        return error.code


def inputs() -> Iterator[tuple[str, bytes, str]]:
    yield from ((path.name, path.read_bytes(), "van-ban.txt") for path in TEXTS)
    yield from ((f"input_of({number})", *fuzz.input_of(number)) for number in range(MUTATED))


@pytest.fixture(scope="module")
def usual() -> dict[str, str]:
    return {label: found(data, name) for label, data, name in inputs()}


def test_nothing_is_hidden(usual, nothing_first):
    assert {label for label, data, name in inputs() if found(data, name) != usual[label]} == set()
    forget()


@pytest.mark.parametrize("form", KNOWN, ids=lambda form: form.pattern.pattern[:40])
@given(data=st.data())
@settings(max_examples=examples(10), deadline=None, database=None, suppress_health_check=list(HealthCheck))
def test_a_form_stands_nowhere_without_its_words(form, data):
    text = data.draw(st.from_regex(form.pattern))
    assert form.may_stand(text), text


@pytest.mark.parametrize("wrong", [Form("quý|tháng", "quý"), Ending(r"(?:do|của)\s*$", "do")])
def test_a_word_too_few_is_told(wrong):
    texts = ("tháng", "của ")
    assert any(wrong.pattern.search(text) and not wrong.may_stand(text) for text in texts)


def test_lower_case_moves_no_letter():
    """And takes for one letter what a pattern without case does."""
    every = [chr(code) for code in range(0x110000) if not 0xD800 <= code < 0xE000]
    assert {letter for letter in every if len(lower_case(letter)) != 1} == set()
    vietnamese = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệghiìíỉĩịklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvxyỳýỷỹỵ"
    all_of_them = "".join(every)
    for letter in vietnamese:
        alike = re.findall(letter, all_of_them, re.I)
        assert {each for each in alike if lower_case(each) != letter} == set(), letter
