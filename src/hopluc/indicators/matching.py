"""Which known indicator a target means, by its words and unit of measure. Pure: a suggestion for a person to confirm."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import lcm
from typing import Self

from hopluc.core.folding import fold

PHRASES = (  # longest first: what is one thing is one word
    ("lien hiep hop tac xa", "lhhtx"),
    ("quy tin dung nhan dan", "qtdnd"),
    ("to chuc kinh te tap the", "htx"),  # a target for all organisations is met by cooperatives first
    ("kinh te tap the", "kttt"),
    ("hop tac xa", "htx"),
    ("to hop tac", "tht"),
    ("trieu dong", "dong"),
    ("ty dong", "dong"),
)
SAYS_LITTLE = frozenset(
    "so tong ty le cua cac tren dia ban tinh mot co va cho toan duoc dat la vao tai trong ca nuoc".split()
)
PEOPLE = frozenset(("nguoi", "thanh vien", "lao dong", "can bo", "giam doc", "hoc vien", "luot nguoi", "luot"))
WORD = re.compile(r"[^\W_]+|%")
ENOUGH = Fraction(2, 5)  # of the words that say something, by weight: below, no suggestion
MOST = 3
NONE = Fraction()


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator as it may be named."""

    key: int
    names: tuple[str, ...]  # its name and other wordings
    measure: str


@dataclass(frozen=True, slots=True)
class Match:
    key: int
    score: Fraction  # 0 to 1

    @property
    def sure(self) -> bool:
        return self.score >= Fraction(7, 10)


@dataclass(frozen=True, slots=True)
class Book:
    """Indicators by which the targets of a plan are looked up, with the words of their names and how much each word says."""

    named: tuple[tuple[Known, tuple[frozenset[str], ...]], ...]
    weights: Mapping[str, int]  # the rarer, the more: a word in n indicators 1/(n + 1) of the whole
    whole: int  # of which all weights are whole numbers

    @classmethod
    def of(cls, known: Iterable[Known]) -> Self:
        named = tuple((one, tuple(map(_terms, one.names))) for one in known)
        whole = lcm(*range(1, len(named) + 2))
        stands = Counter(term for _one, names in named for term in frozenset().union(*names))
        return cls(named, {term: whole // (1 + count) for term, count in stands.items()}, whole)


def matches(words: str, unit: str, book: Book) -> list[Match]:
    """The indicators that these words may mean, the likeliest first; at most three.

    >>> book = Book.of([Known(1, ("Tổng số hợp tác xã",), "hợp tác xã")])
    >>> [match.key for match in matches("số HTX", "HTX", book)], matches("số HTX", "%", book)
    ([1], [])
    """
    wanted = _terms(words) or _terms(unit)
    found = [
        Match(one.key, max(_score(wanted, name, book) for name in names))
        for one, names in book.named
        if fits(unit, one.measure)
    ]
    found.sort(key=lambda match: (-match.score, match.key))
    return [match for match in found[:MOST] if match.score >= ENOUGH]


def fits(unit: str, measure: str) -> bool:
    """Whether what a target counts in this unit can be an indicator of this measure.

    >>> fits("HTX", "hợp tác xã"), fits("thành viên", "người"), fits("%", "người")
    (True, True, False)
    """
    wanted = _kind(unit)
    return not wanted or wanted == _kind(measure)


@lru_cache(maxsize=4096)  # a plan has hundreds of targets, to be held against the same indicators
def _terms(text: str) -> frozenset[str]:
    words = " ".join(WORD.findall(fold(text)))
    for phrase, short in PHRASES:
        words = re.sub(rf"\b{phrase}\b", short, words)
    return frozenset(words.split()) - SAYS_LITTLE


def _score(wanted: frozenset[str], named: frozenset[str], book: Book) -> Fraction:
    def weight(terms: frozenset[str]) -> int:
        return sum(book.weights.get(term, book.whole) for term in terms)

    shared = wanted & named  # with most indicators a target has no word in common
    return Fraction(weight(shared), weight(wanted | named)) if shared else NONE


@lru_cache(maxsize=1024)
def _kind(unit: str) -> str:
    """What is counted: shares, money, people, or things by their name; "" where nothing is said."""
    text = " ".join(WORD.findall(fold(unit)))
    if "%" in text:
        return "%"
    if "dong" in text.split() or text in ("ty", "trieu"):
        return "dong"
    if text in PEOPLE:
        return "nguoi"
    return " ".join(sorted(_terms(text)))
