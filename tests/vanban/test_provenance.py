"""The same words as other programs would have written them: every annotated text in each form gives what it gives as it is."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks import accuracy
from tests.vanban.golden.gold import score
from tests.vanban.make_golden import GOLDEN
from vanban import analyse, read

TABULAR = re.compile(r"\||\S\t+\S|\S {3,}\S")
LONG = 200  # letters: of a text with such a line each paragraph is one


def annotated() -> list[tuple[Path, Path]]:
    """Texts, and the folder of the annotation of each."""
    there = {
        "documents": "gold",
        "forms/documents": "forms/gold",
        "../fresh": "../fresh",
        "../provenance": "../provenance",
    }
    return [(path, GOLDEN / gold) for texts, gold in there.items() for path in sorted((GOLDEN / texts).glob("*.txt"))]


def broken(text: str, *, first: str = "", rest: str = "", width: int = 92, page: int = 0) -> str:
    """Lines of so many letters, the first of a paragraph indented by `first`; a page ends with the paragraph behind `page` lines."""
    lines: list[str] = []
    pages, at = 1, 0
    for line in text.split("\n"):
        whole = bool(TABULAR.search(line)) or not line.strip()
        glued = re.sub(r" (?=[-–—])|(?<=^\d\.) |(?<=[-–—]) ", "\xa0", line)  # nobody breaks a line at a dash
        parts = textwrap.wrap(glued, width, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)
        for turn, part in enumerate([line] if whole else parts):
            if page and len(lines) - at >= page and not (whole or turn):
                pages, at = pages + 1, len(lines)
                lines += ["", f"{' ' * 45}{pages}", "", "\f"]
            lines.append(part.replace("\xa0", " "))
    return "\n".join(lines)


FORMS: dict[str, tuple[Callable[[str], str], float]] = {  # and the least share of tasks that need no edit
    "tone marks apart": (lambda text: unicodedata.normalize("NFD", text), 0.98),
    "line ends of Windows": (lambda text: text.replace("\n", " \r\n"), 0.98),
    "hard spaces": (lambda text: re.sub(r"(?<=\d) (?=\S)", "\xa0", text), 0.98),
    "long dashes": (lambda text: re.sub(r"(?m)^(\s*)- ", r"\1– ", text), 0.98),
    "no blank lines": (lambda text: re.sub(r"\n\s*\n+", "\n", text), 0.98),
    "broken lines": (lambda text: broken(text, width=75), 0.96),
    "indented, on pages": (lambda text: broken(text, first=" " * 8, rest=" " * 4, page=45), 0.96),
}


@pytest.mark.parametrize("form", FORMS)
def test_another_form_of_a_text_gives_the_same_tasks(form):
    change, least = FORMS[form]
    rows = []
    for path, folder in annotated():
        text = path.read_text(encoding="utf-8")
        if least < 0.98 and (max(map(len, text.split("\n"))) < LONG or "\f" in text):
            continue  # its lines are broken already
        gold, text = accuracy.load(path.stem, folder), change(text)
        for item in (*gold["tasks"], *gold["targets"], *gold["reporting"]):
            item["quote"] = unicodedata.normalize("NFD" if form == "tone marks apart" else "NFC", item["quote"])
        found = analyse(read(text.encode(), name=path.name))
        rows.append(accuracy.score_found(gold, found, text.replace("\r\n", "\n"))[0])
    assert len(rows) > 20
    assert score.total(rows)["no_edit"] >= least
