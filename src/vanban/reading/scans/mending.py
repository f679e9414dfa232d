"""Misread words set right where the vocabulary leaves no other reading; each one is told.

`đối mới` → `đổi mới`, `1I. Nhiệm vụ` → `II. Nhiệm vụ`, `l34/NQ-CP` → `134/NQ-CP`, `80/2021/ND-CP` → `80/2021/NĐ-CP`
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from vanban.lexicon import fold, load, numeral, roman, unmarked

TOKEN = re.compile(r"\w+")
PHRASE = re.compile(r"[^\W\d_]+(?:[ ,-]+[^\W\d_]+)+")
LONGEST = 6  # words of a phrase
NAME = 3  # words at least of a body's name: shorter ones are too like others
SYMBOL = re.compile(
    r"(?P<number>[\dlIO|]*\d[\dlIO|]*)(?P<rest>(?:/(?:19|20)\d\d)?[/-][A-ZĐ][\wĐđ]*[/-][\wĐđ/&-]+)(?P<end>\W*)"
)
DIGITS = str.maketrans("lI|O", "1110")
PART = re.compile(r"[^\W_]+")
STROKE = "[I1lL|!J]"  # what is read for the letter I
STROKES = {1: STROKE, 2: f"(?:{STROKE}{STROKE}|H)", 3: f"(?:{STROKE}{STROKE}{STROKE}|H{STROKE}|{STROKE}H)"}
AS_STROKES = str.maketrans("1l|!J", "IIIII")
NUMERAL = re.compile(r"(?P<numeral>[IVXHJl1|!]{2,8})(?P<end>\W*)")
MOST = 30  # sections of a document


class Mend(NamedTuple):
    """A word set right: its place among the words, what it was and what it is now."""

    at: int
    was: str
    now: str


@dataclass(slots=True)
class Mender:
    """Reads the lines of a document in order, for the numbers of its sections count on."""

    section: int = 0

    def mend(self, lines: Sequence[Sequence[str]]) -> list[list[Mend]]:
        """The words to set right, line by line of a page."""
        words = [word for line in lines for word in line]
        found = {mend.at: mend for mend in (*_numerals(words), *_symbols(words), *_phrases(words))}
        at, mends = 0, []
        for line in lines:
            mends.append([found[i]._replace(at=i - at) for i in range(at, at + len(line)) if i in found])
            if heading := self._heading(line):
                mends[-1] = [heading, *(mend for mend in mends[-1] if mend.at)]
            at += len(line)
        return mends

    def _heading(self, line: Sequence[str]) -> Mend | None:
        """The number of a section, which counts on from the section before: `1I.`, `IL`, `HI.`"""
        if len(line) < 2 or not line[1][0].isupper():
            return None
        first = line[0]
        if 0 < (read := roman(first.rstrip("."))) <= MOST:
            self.section = read
            return None
        number = numeral(self.section + 1)
        if first.rstrip(".").isdigit() or not re.fullmatch(_misread(number), first):
            return None
        self.section += 1
        return Mend(0, first, f"{number}.")


def _misread(numeral: str) -> str:
    """How a numeral and its dot are read: two strokes as H, the last stroke with the dot as L."""
    return re.sub("I+", lambda strokes: STROKES[len(strokes[0])], numeral) + r"[.,]?"


def _numerals(words: Sequence[str]) -> Iterator[Mend]:
    """`khóa XVIIJ`: a numeral that is none, where one must stand and only one can be meant."""
    for at in range(1, len(words)):
        match = NUMERAL.fullmatch(words[at])
        if match and fold(words[at - 1]) in load("scans")["numbered"] and not roman(match["numeral"]):
            read = match["numeral"].translate(AS_STROKES)
            meant = {each for each in (read.replace("H", "II"), read.replace("H", "I")) if 0 < roman(each) <= MOST}
            if len(meant) == 1 and not match["numeral"].isdigit():
                yield Mend(at, words[at], meant.pop() + match["end"])


def _symbols(words: Sequence[str]) -> Iterator[Mend]:
    """`l34/NQ-CP`, `80/2021/ND-CP`: number and symbol of a document."""
    offices = load("scans")["symbols"]
    for at, word in enumerate(words):
        match = SYMBOL.fullmatch(word.lstrip("("))
        if match:
            rest = PART.sub(lambda part: offices.get(part[0], part[0]), match["rest"])
            now = word[: len(word) - len(match[0])] + match["number"].translate(DIGITS) + rest + match["end"]
            if now != word:
                yield Mend(at, word, now)


def _phrases(words: Sequence[str]) -> Iterator[Mend]:
    """`đối mới`: one letter with another mark than in the only phrase of these letters.

    Words of a phrase that is written as it should be are none of another as short: `cơ sở kết quả` holds no `sơ kết`.
    """
    tokens = [_token(word) for word in words]
    right = [0] * len(words)  # how long a phrase stands here
    wrong: list[tuple[range, Mend]] = []
    for first in range(len(words)):
        for last in range(first + 1, min(first + LONGEST, len(words))):
            if not (tokens[last - 1].joined and tokens[last].bare) or _begins_name(words[first], words[last]):
                break
            meant = _known().get(tuple(token.bare for token in tokens[first : last + 1]), set())
            read = tuple(token.folded for token in tokens[first : last + 1])
            if read in meant:
                right[first : last + 1] = [max(count, last + 1 - first) for count in right[first : last + 1]]
            elif len(meant) == 1:
                inside = range(first, last + 1)
                wrong += [(inside, mend) for mend in _set_right(words[first : last + 1], first, read, *meant)]
    yield from (mend for inside, mend in wrong if all(right[at] < len(inside) for at in inside))


def _begins_name(first: str, word: str) -> bool:
    """`truyền hình Thanh Hóa`: a phrase in small letters ends before a capital."""
    return first[0].islower() and word[0].isupper()


def _set_right(words: Sequence[str], first: int, read: Sequence[str], meant: Sequence[str]) -> Iterator[Mend]:
    at, *others = [at for at, (a, b) in enumerate(zip(read, meant, strict=True)) if a != b]
    if not others and _apart(read[at], meant[at]) == 1:
        yield Mend(first + at, words[at], TOKEN.sub(lambda token: _like(token[0], meant[at]), words[at]))


class _Token(NamedTuple):
    folded: str
    bare: str  # without marks; empty where the word is no plain one
    joined: bool  # nothing but a space stands between it and the next word


def _token(word: str) -> _Token:
    """A word that may have a mark before or behind it, none inside."""
    found = TOKEN.findall(word)
    if len(found) != 1:
        return _Token("", "", False)
    return _Token(fold(found[0]), unmarked(found[0]), word.endswith(found[0]))


def _apart(a: str, b: str) -> int:
    return sum(x != y for x, y in zip(a, b, strict=True)) if len(a) == len(b) else max(len(a), len(b))


def _like(read: str, meant: str) -> str:
    """The word meant, with small and large letters as they were read."""
    if read.isupper():
        return meant.upper()
    return meant.capitalize() if read[0].isupper() else meant


@cache
def _known() -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """Phrases of the vocabulary by their letters without marks."""
    known: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for phrase in (*load("scans")["phrases"], *load("phrases")["verbs"], *_names()):
        words = tuple(TOKEN.findall(fold(phrase)))
        if 1 < len(words) <= LONGEST:
            known.setdefault(tuple(map(unmarked, words)), set()).add(words)
    return known


def _names() -> Iterator[str]:
    tables = [table for table in load("bodies").values() if isinstance(table, dict)]
    for forms in (forms for table in tables for forms in table.values() if isinstance(forms, list)):
        for form in forms:
            if PHRASE.fullmatch(form) and len(TOKEN.findall(form)) >= NAME:
                yield form
