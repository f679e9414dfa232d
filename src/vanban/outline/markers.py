"""What a block opens with: Phần, Chương, Mục, Điều, `I.`, `A.`, `1.1.`, `a)`, `-`, and which marker may follow which."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from vanban.lexicon import roman
from vanban.reading.joining import LETTER
from vanban.values import Family

LETTERS = "abcdđeghiklmnopqrstuvxy"
RANK: dict[Family, int] = {
    "part": 0, "chapter": 1, "section": 2, "capital": 3, "article": 4, "roman": 4,
    "number": 5, "letter": 6, "dash": 7, "plain": 9, "row": 9,
}  # fmt: skip
# How each begins, and the whole of it.
FORMS: tuple[tuple[Family, str, re.Pattern[str]], ...] = (
    ("part", "[Pp]", re.compile(r"Phần\s+(?:thứ\s+(?P<word>\w+)|(?P<value>[IVXLC]+|[A-Z]|\d+))\b\s*[.:\-–]?\s*", re.I)),
    ("chapter", "[Cc]", re.compile(r"Chương\s+(?P<value>[IVXLC]+|\d+)\b\s*[.:\-–]?\s*", re.I)),
    (
        "section",
        "[TtMm]",
        re.compile(r"(?:Tiểu\s+mục|Mục)\s+(?P<value>[IVXLC]+|\d+)\b\s*[.:\-–]?\s*(?=[A-ZĐÀ-Ỹ]|$)", re.I),
    ),
    ("article", "[Đđ]", re.compile(r"Điều\s+(?P<value>\d+)[a-zđ]?\s*[.:]\s*", re.I)),
    ("roman", "[IVXLC]", re.compile(r"(?P<value>[IVXLC]{1,6})\s*(?!/v\b)[.\-–/)]+\s*(?=[^\s\d])")),
    ("capital", "[A-HK-Z]", re.compile(rf"(?P<value>[A-HK-Z])\s*[.)\-–/]\s*(?=[{LETTER}])")),
    ("number", r"\d", re.compile(rf"(?P<value>\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})\s*(?P<punct>[-–])\s+(?=[{LETTER}])")),
    ("number", r"\d", re.compile(r"(?P<value>\d{1,3}(?:\.\d{1,2}){1,3})\s*[.)/]?\s*(?=[^\s\d%.,/)-])(?P<punct>)")),
    ("number", r"\d", re.compile(rf"(?P<value>\d{{1,3}})\s*(?P<punct>[.)](?=\s*)|/(?=\s+))\s*(?=[{LETTER}\"“(*\[])")),
    ("letter", "[a-zđ]", re.compile(r"(?P<value>[a-zđ])\s*(?P<punct>[.)/])\s*(?=\S)")),
    ("dash", "[-–—•·+*▪●○◦§✓]", re.compile(rf"(?P<value>[-–—•·+*▪●○◦§✓])\s*(?=[{LETTER}\"“(\d\[])")),
)


TITLED: tuple[Family, ...] = ("part", "chapter", "section", "article")  # shown with their names
PUNCTUATED: tuple[Family, ...] = ("number", "letter")


class Marker(NamedTuple):
    """What a block opens with: `value` is its place in the sequence, `label` what the address shows."""

    family: Family
    value: tuple[int, ...]
    label: str
    end: int
    punct: str = ""

    @property
    def first(self) -> bool:
        return self.value[-1] == 1


PLAIN = Marker("plain", (0,), "", 0)


def read_marker(text: str) -> list[Marker]:
    """Every way to read what a block opens with, the likeliest first: `I.` is a Roman one or a capital letter.

    >>> [(m.family, m.label, m.value) for m in read_marker("2.1 Chính sách nhân lực")]
    [('number', '2.1', (2, 1))]
    >>> read_marker("Năm 2015 là năm cuối")
    []
    """
    found = []
    for family, form in _forms(text[:1]):
        if m := form.match(text):
            word = m["word"] if family == "part" else None
            label = word or m["value"]
            if value := _value(family, label, word):
                shown = m[0].strip(" .:-–") if family in TITLED else label
                found.append(Marker(family, value, shown, m.end(), m["punct"] if family in PUNCTUATED else ""))
    return found


@lru_cache(maxsize=1024)
def _forms(letter: str) -> tuple[tuple[Family, re.Pattern[str]], ...]:
    """The forms that begin with this letter."""
    return tuple((family, form) for family, opening, form in FORMS if re.match(opening, letter))


def _value(family: Family, label: str, word: str | None) -> tuple[int, ...]:
    if word:
        order = ["nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười"]
        return (order.index(word.lower()) + 1,) if word.lower() in order else ()
    if family == "number":
        return tuple(int(n) for n in label.split("."))
    if family == "letter":
        return (LETTERS.find(label) + 1,) if label in LETTERS else ()
    if family == "capital":
        return (ord(label) - 64,)
    if family == "dash":
        return (0,)
    return (int(label) if label.isdigit() else roman(label),) if label.isdigit() or roman(label) else ()


def continues(before: Marker, marker: Marker) -> int:
    """How well `marker` goes on where `before` stands: 3 the next of its kind, 2 a later one, 1 the same again."""
    if before.family != marker.family:
        return 0
    if marker.family == "dash":
        return 3 if before.label == marker.label else 0
    if len(before.value) != len(marker.value) or before.value[:-1] != marker.value[:-1]:
        return 0
    if marker.family == "number" and len(marker.value) == 1 and before.punct != marker.punct:
        return 0
    step = marker.value[-1] - before.value[-1]
    if step == 1:
        return 4
    return 2 if step > 1 and not marker.first else 0
