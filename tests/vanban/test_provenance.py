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
RULE = re.compile(r"[\s|:+=_-]*")
SIGN = re.compile(r"[-_+>()\[\]!~]|(?<=\d)\.(?= )")  # Markdown might take it for a mark
TORN_ROW = re.compile(r"^\d+\t[^\t\n]*$", re.M)
LONG = 200  # letters: of a text with such a line each paragraph is one


def annotated() -> list[tuple[Path, Path]]:
    """Texts, and the folder of the annotation of each."""
    there = {
        "documents": "gold",
        "forms/documents": "forms/gold",
        "../fresh": "../fresh",
        "../provenance": "../provenance",
        "../unseen": "../unseen",
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


def of_word(text: str) -> str:
    """As sites show the HTML that Word wrote: a sign before each paragraph shortens its first line, no line is empty."""
    lines: list[str] = []
    for number, line in enumerate(line.strip() for line in text.split("\n") if line.strip()):
        if TABULAR.search(line):
            lines.append(line)
            continue
        held = re.sub(r"(?<=^\d\.) ", "\xa0", line)
        sign = "." * (43 + number * 7 % 15)
        parts = textwrap.wrap(sign + held, 79, break_on_hyphens=False)
        lines += [part.removeprefix(sign).replace("\xa0", " ") for part in parts]
    return "\n".join(lines)


def cells(text: str, end: str) -> str:
    """As sites show a table: each cell on lines of its own, with a pipe behind it."""
    lines = text.split("\n")
    return "\n".join(
        f"{end}\n".join(cell.strip() for cell in line.split("\t")) + end if "\t" in line.strip() else line
        for line in lines
    )


def escaped(text: str) -> str:
    """As programs write Markdown that was a Word document."""
    return "\n".join(line if RULE.fullmatch(line) else SIGN.sub(r"\\\g<0>", line) for line in text.split("\n"))


def glued(text: str) -> str:
    """As pages write it that lost the spaces at the ends of lines."""
    return re.sub(r"(?<!\w)(hoạch|phối|thực|nhân|đơn|cơ|phát|liên|hằng|trước)[ \n](?=[a-zà-ỹđ])", r"\1", text)


Change = Callable[[str], str]
WRITTEN: dict[str, Change] = {
    "tone marks apart": lambda text: unicodedata.normalize("NFD", text),
    "line ends of Windows": lambda text: text.replace("\n", " \r\n"),
    "hard spaces": lambda text: re.sub(r"(?<=\d) (?=\S)", "\xa0", text),
    "long dashes": lambda text: re.sub(r"(?m)^(\s*)- ", r"\1– ", text),
    "escaped": escaped,
    "words run together": glued,
    "no blank lines": lambda text: text if "\f" in text else re.sub(r"\n\s*\n+", "\n", text),  # they part rows there
}
IN_QUOTES = (
    WRITTEN["tone marks apart"],
    escaped,
    glued,
)  # the words of an annotation are changed like those of the text
BROKEN: dict[str, Change] = {
    "broken lines": lambda text: broken(text, width=75),
    "indented, on pages": lambda text: broken(text, first=" " * 8, rest=" " * 4, page=45),
    "short first lines": of_word,
}
TABLES: dict[str, Change] = {
    "pipes behind the cells": lambda text: cells(text, " |"),
    "pipes below the cells": lambda text: cells(text, "\n|"),
    "pipes between the cells": lambda text: re.sub(r" *\t *", " | ", text),
}


def no_edit(change: Change, texts: list[tuple[Path, Path]]) -> float:
    """The share of tasks of these texts, so changed, that need no edit."""
    rows = []
    for path, folder in texts:
        gold, text = accuracy.load(path.stem, folder), change(path.read_text(encoding="utf-8"))
        for item in (*gold["tasks"], *gold["targets"], *gold["reporting"]):
            item["quote"] = change(item["quote"]) if change in IN_QUOTES else item["quote"]
        found = analyse(read(text.encode(), name=path.name))
        rows.append(accuracy.score_found(gold, found, text.replace("\r\n", "\n"))[0])
    return float(score.total(rows)["no_edit"])


@pytest.mark.parametrize("form", WRITTEN)
def test_another_way_of_writing_a_text_gives_the_same_tasks(form):
    assert no_edit(WRITTEN[form], annotated()) >= 0.98


@pytest.mark.parametrize("form", BROKEN)
def test_another_way_of_breaking_lines_gives_the_same_tasks(form):
    whole = [
        (path, folder)
        for path, folder in annotated()  # others have broken lines already
        for text in [path.read_text(encoding="utf-8")]
        if max(map(len, text.split("\n"))) >= LONG and "\f" not in text
    ]
    assert len(whole) > 20
    assert no_edit(BROKEN[form], whole) >= 0.96


@pytest.mark.parametrize("form", TABLES)
def test_another_way_of_parting_the_cells_of_a_table_gives_the_same_tasks(form):
    tables = [
        (path, folder)
        for path, folder in annotated()
        for text in [path.read_text(encoding="utf-8")]
        if text.count("\t") > 5 and not TORN_ROW.search(text)
    ]
    assert len(tables) > 3
    assert no_edit(TABLES[form], tables) >= 0.96


def test_most_tasks_are_found_where_all_line_breaks_are_lost():
    whole = [(path, folder) for path, folder in annotated() if not TABULAR.search(path.read_text(encoding="utf-8"))]
    assert len(whole) > 15
    assert no_edit(lambda text: " ".join(text.split()), whole) >= 0.5
