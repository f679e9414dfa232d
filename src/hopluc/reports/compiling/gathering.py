"""Texts of many agencies brought together by part: who wrote what, and what several say alike."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from hopluc.core.folding import fold
from hopluc.reports.compiling.figures import Return

Json = Any
SENTENCE = re.compile(r"(?<=[.;!?…])\s+(?=[^\W\d_a-zà-ỹ])|\n+")  # before a capital, and at line ends
WORD = re.compile(r"[^\W_]+")
DIGITS = re.compile(r"\d+")
ALIKE = 0.8  # of the words of two sentences that both have, among all of them
NAMED = 10  # of those that say the same
LEAST = 6  # words: shorter ones are alike by chance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and whose it is; `alike` are the names of all that say it, one list for all of them."""

    text: str
    filing: int
    name: str  # of the agency
    alike: tuple[str, ...] = ()

    @property
    def others(self) -> int:
        """How many others say the same."""
        return max(len(self.alike) - 1, 0)

    @property
    def named(self) -> tuple[str, ...]:
        """The first of them: of a wording that was copied by all there are hundreds."""
        return tuple(islice((name for name in self.alike if name != self.name), NAMED))


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one agency wrote for a part."""

    filing: int
    name: str
    text: str
    sentences: tuple[Sentence, ...]


def sentences(text: str) -> list[str]:
    """
    >>> sentences("Có 12 HTX. Doanh thu 1.250 triệu đồng; tăng 5 %.\\nKhó khăn: thiếu vốn.")
    ['Có 12 HTX.', 'Doanh thu 1.250 triệu đồng; tăng 5 %.', 'Khó khăn: thiếu vốn.']
    """
    return [part.strip() for part in SENTENCE.split(text) if part.strip()]


def gathered(parts: Iterable[str], returns: Sequence[Return]) -> Mapping[str, list[Contribution]]:
    """What was written for each of these parts, in the order of the returns, with what is said twice."""
    return {part: _part(part, returns) for part in parts}


def _part(part: str, returns: Sequence[Return]) -> list[Contribution]:
    written = [(each, str(each.values[part])) for each in returns if each.values.get(part)]
    said = [(each, one) for each, text in written for one in sentences(text)]
    alike = _alike(said)
    by_return: dict[int, list[Sentence]] = defaultdict(list)
    for each, one in said:
        by_return[each.key].append(Sentence(one, each.key, each.name, alike[one]))
    return [Contribution(each.key, each.name, text, tuple(by_return[each.key])) for each, text in written]


def _alike(said: Sequence[tuple[Return, str]]) -> dict[str, tuple[str, ...]]:
    """By sentence, who says it or nearly the same, of the same figures. Each wording is compared once, however many use it."""
    users: dict[str, list[str]] = defaultdict(list)
    for each, one in said:
        users[one].append(each.name)
    texts = list(users)
    return {
        text: tuple(dict.fromkeys(name for at in places for name in users[texts[at]]))
        for text, places in zip(texts, _repeated(texts), strict=True)
    }


def _repeated(texts: Sequence[str]) -> list[list[int]]:
    """For each text the places of those that say nearly the same, its own first; only texts that share a rare word are compared."""
    words = [frozenset(WORD.findall(fold(text))) for text in texts]
    numbers = [tuple(DIGITS.findall(text)) for text in texts]
    holding: dict[str, list[int]] = defaultdict(list)
    for at, found in enumerate(words):
        for word in found:
            holding[word].append(at)
    again: list[list[int]] = [[] for _text in texts]
    for at, found in enumerate(words):
        if len(found) < LEAST:
            continue
        again[at].append(at)
        rare = sorted(found, key=lambda word: len(holding[word]))[: len(found) - int(ALIKE * len(found)) + 1]
        for other in sorted({place for word in rare for place in holding[word]} - {at}):
            if numbers[at] == numbers[other] and len(found & words[other]) >= ALIKE * len(found | words[other]):
                again[at].append(other)
    return again
