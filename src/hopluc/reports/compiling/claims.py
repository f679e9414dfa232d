"""Figures that a text claims: which indicator, of which year, how much. Only what is said without doubt is taken.

A number is a claim where the words around it, up to the next comma, name one indicator wholly and say nothing besides: what is left of
“trong đó 845 hợp tác xã đang hoạt động” is *hợp tác xã hoạt động*, an indicator; of “22 hợp tác xã được vay vốn” *vay vốn* is left
over, so nothing is claimed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from hopluc.core.folding import fold
from hopluc.reports.compiling.figures import Trait
from hopluc.reports.compiling.gathering import sentences
from hopluc.reports.compiling.shape import Measure
from hopluc.reports.compiling.wordings import Counted, wordings

NUMBER = re.compile(r"(?<![\w.,/\-])(\d{1,3}(?:\.\d{3})+|\d+)(?:,(\d+))?(?![\w/]|[.,]\d)")
CLAUSE = re.compile(r"[;()]|,(?!\d)|\s[–-]\s|\s(?=(?:tang|giam|bang)\b)")
WORD = re.compile(r"[^\W\d_]+")
YEAR = re.compile(r"\b(?:trong |cua |het )?nam\s+(20\d\d)\b")
MEASURES = {"triệu đồng/năm": "triệu đồng"}  # an amount of a year is an amount


class Sort(StrEnum):
    """What a claim says of its figure."""

    LEVEL = "level"  # it is so much
    CHANGE = "change"  # it is so much more, or less, than the year before
    SHARE = "share"  # it is so many percent of the plan


@dataclass(frozen=True, slots=True)
class Claim:
    """That a figure is so much, in the indicator's measure; `start` and `end` count characters of the text."""

    code: str
    sort: Sort
    measure: Measure  # NONE: what was done in that year
    year: int
    value: Fraction
    start: int
    end: int
    places: int  # behind the comma, as it was written
    times: Fraction = Fraction(1)  # what one of its unit is in the indicator's


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause, folded, and of which measure and year its figures are."""

    text: str
    start: int
    told: tuple[Measure, int]


@dataclass(frozen=True, slots=True)
class _Number:
    """A number of a clause, with what it counts; `share`: percent of the plan, up to `end`."""

    value: Fraction
    places: int  # behind the comma
    counted: Counted | None
    span: tuple[int, int]
    end: int
    share: bool

    @property
    def blank(self) -> tuple[int, int]:
        """What of the clause names nothing: the number, and its unit where that is only a unit."""
        return self.span[0], self.span[1] if self.counted and self.counted.keep else self.end


class Reader:
    """Reads claims about some indicators, for a report of year N."""

    def __init__(self, traits: Iterable[Trait], year: int) -> None:
        self.year, self.says = year, wordings()
        self.named: dict[tuple[str, frozenset[str]], str] = {}  # kind of measure and words that say it → code
        for trait in traits:
            kind = MEASURES.get(trait.measure, trait.measure)
            for name in (trait.name, *trait.names, *self.says.names.get(trait.code, ())):
                self.named.setdefault((kind, self._words(fold(name), kind)), trait.code)

    def claims(self, text: str) -> list[Claim]:
        """All claims of a text, in its order."""
        found: list[Claim] = []
        at = 0
        for sentence in sentences(text):
            at = text.index(sentence, at)
            found += self._sentence(fold(sentence), at)
            at += len(sentence)
        return found

    def _sentence(self, text: str, start: int) -> Iterator[Claim]:
        last: Claim | None = None
        subject = ""  # of a clause without a number: “số hợp tác xã ngừng hoạt động | giảm 12 hợp tác xã”
        for clause in self._clauses(text, start):
            for claim in self._clause(clause, subject, last):
                yield claim
                last = claim if claim.sort == Sort.LEVEL else last
            subject = "" if NUMBER.search(clause.text) else clause.text

    def _clauses(self, text: str, start: int) -> Iterator[_Clause]:
        """What one clause says of year and measure holds for those after it, until another says otherwise."""
        told, at = (Measure.NONE, self.year), 0
        for end in [*(m.span() for m in CLAUSE.finditer(text)), (len(text), len(text))]:
            words = text[at : end[0]]
            told = self._told(words, told)
            yield _Clause(words, start + at, told)
            at = end[1]

    def _told(self, words: str, before: tuple[Measure, int]) -> tuple[Measure, int]:
        for one in self._numbers(words):  # “106,7 % kế hoạch” says nothing of the other figure
            words = words[: one.span[0]] + " " * (one.end - one.span[0]) + words[one.end :] if one.share else words
        if self.says.than.search(words):
            return before
        named = YEAR.search(words)
        found = next((each for each in self.says.told if each.words.search(words)), None)
        if named is None and found is None:
            return before
        year = int(named[1]) if named else self.year + (found.year if found else 0)
        if found is None:
            return (before[0] if before[0] == Measure.PLAN else Measure.NONE), year
        return (found.measure if found.measure != Measure.ACTUAL else Measure.NONE), year

    def _clause(self, clause: _Clause, subject: str, last: Claim | None) -> Iterator[Claim]:
        """The claims of a clause: one figure, and beside it what share of the plan that is. Of two figures none is taken."""
        numbers = list(self._numbers(clause.text))
        shares = [one for one in numbers if one.share]
        others = [one for one in numbers if not one.share]
        about = None if others else last
        if len(others) == 1:
            about = self._named(clause, others[0], shares, self._before(subject, others[0], last))
        if about and others:
            yield about
        for one in shares:
            if about:
                yield _claim(clause, one, about.code, Sort.SHARE, (Measure.SHARE, about.year))

    def _numbers(self, text: str) -> Iterator[_Number]:
        """Those that may count something: a year does not, nor the six of “6 tháng”."""
        taken = [
            m.span() for pattern in (YEAR, *(each.words for each in self.says.told)) for m in pattern.finditer(text)
        ]
        for found in NUMBER.finditer(text):
            if any(start <= found.start() < end for start, end in taken):
                continue
            unit = self.says.unit.match(text, found.end())
            counted = self.says.units[unit[1]] if unit else None
            end = unit.end() if unit else found.end()
            plan = self.says.of_plan.match(text, end) if counted and counted.kind == "%" else None
            value = Fraction(found[1].replace(".", "") + (f".{found[2]}" if found[2] else ""))
            yield _Number(
                value, len(found[2] or ""), counted, found.span(), plan.end() if plan else end, plan is not None
            )

    def _before(self, subject: str, one: _Number, last: Claim | None) -> str:
        """The indicator that a change may be of, where its own clause names none."""
        return (subject and self._code(subject, one.counted)) or (last.code if last else "")

    def _named(self, clause: _Clause, one: _Number, shares: list[_Number], before: str) -> Claim | None:
        """The claim of a number, where its clause names one indicator and nothing else."""
        text = clause.text
        for start, end in [*((each.span[0], each.end) for each in shares), one.blank]:
            text = text[:start] + " " * (end - start) + text[end:]
        sign = 1 if self.says.more.search(text) else -1 if self.says.less.search(text) else 0
        for pattern in (self.says.than, *(each.words for each in self.says.told), YEAR, self.says.more, self.says.less):
            text = pattern.sub(" ", text)
        if sign and before and one.counted and not self._words(text, one.counted.kind):
            code: str | None = before
        else:
            code = self._code(text, one.counted)
        if code is None:
            return None
        return _claim(clause, one, code, Sort.CHANGE if sign else Sort.LEVEL, clause.told, sign or 1)

    def _code(self, text: str, counted: Counted | None) -> str | None:
        """The one indicator that these words name; without a unit, of whatever measure."""
        kinds = [counted.kind] if counted else dict.fromkeys(kind for kind, _words in self.named)
        found = {code for kind in kinds if (code := self.named.get((kind, self._words(text, kind))))}
        return found.pop() if len(found) == 1 else None

    def _words(self, folded: str, kind: str) -> frozenset[str]:
        """The words that say something, but for the noun that is counted."""
        return frozenset(WORD.findall(self._nouns(folded))) - self.says.fillers - {self._nouns(fold(kind))}

    def _nouns(self, folded: str) -> str:
        for pattern, short in self.says.nouns:
            folded = pattern.sub(short, folded)
        return folded


def _claim(clause: _Clause, one: _Number, code: str, sort: Sort, told: tuple[Measure, int], sign: int = 1) -> Claim:
    times = one.counted.times if one.counted else Fraction(1)
    start, end = (clause.start + at for at in one.span)
    return Claim(code, sort, *told, one.value * times * sign, start, end, one.places, times)
