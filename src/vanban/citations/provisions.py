"""Which parts of a document are cited (điểm, khoản, Điều), as they stand before its name.

- `điểm a khoản 2 Điều 4 Thông tư …`, `khoản 1, 2 và 5 Điều 45 của …`, `điểm b, c khoản 2, khoản 3 Điều 78 …`
- `từ Điều 65 đến Điều 70`, `Điều 5-9`, `các Điều 3, 9 và tại các khoản 1, 3 Điều 10`
- the other way round: `Điều 5 khoản 2 điểm a`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from vanban.values import Provision, Span

_NUMBER, _POINT = r"\d{1,3}[a-zđ]?(?![\w/%])(?!\.\d)", r"(?:[a-zđ]\d?|\d{1,2}(?:\.\d{1,2})?)(?![\w/%])"
_BETWEEN = r"\s*(?:,|;|-|–|và|hoặc|đến)\s*"
UNIT = re.compile(
    r"(?<!\w)(?<!thời )(?<!địa )(?<!trọng )(?:từ\s+)?(?:các\s+)?"
    rf"(?:(?P<article>[Đđ]iều)|(?P<clause>[Kk]hoản)|(?P<point>[Đđ]iểm))\s+"
    rf"(?P<list>(?(point){_POINT}|{_NUMBER})(?:{_BETWEEN}(?(point){_POINT}|{_NUMBER}))*)"
)
JOINT = re.compile(r"\s*(?:,|;|và|hoặc|đến(?:\s+hết)?|của)?(?:\s+(?:và|của))?(?:\s+tại)?\s*")
TAIL = re.compile(
    r"\s*,?\s*(?:(?:Tiểu mục|Mục|Chương|Phần)\s+(?:thứ\s+)?\w+\s*,?\s*){0,3}(?:(?:của|tại|trong)\s+)?(?:các\s+)?$"
)
LETTERS = "abcdđeghiklmnopqrstuvxy"  # in the order of Nghị định 30/2020/NĐ-CP, which leaves out f, j, w, z
LONGEST = 400  # numbers that a range may stand for: no code has more articles between two named ones


@dataclass(slots=True)
class _Reader:
    """Units in the order of the text → parts: what is named before its article waits for it."""

    done: list[Provision] = field(default_factory=list)
    clauses: list[Provision] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    ranging: bool = False

    def take(self, unit: re.Match[str], *, ranging: bool) -> None:
        self.ranging = ranging
        names = list(_listed(unit["list"]))
        if unit["point"]:
            self.points = self._onward(self.points, names)
        elif unit["clause"]:
            known = self._onward([c.clause or "" for c in self.clauses if ranging], names)
            fresh = [Provision(None, name) for name in known[len(self.clauses) if ranging else 0 :]]
            head = [Provision(None, fresh[0].clause, point) for point in self.points] if fresh else []
            self.clauses += [*head, *fresh[1:]] if head else fresh
            self.points = []
        else:
            self._article(names)

    def _article(self, names: list[str]) -> None:
        if self.ranging and self.done:
            names = self._onward([self.done[-1].article or ""], names)[1:]
        waiting = self.clauses or [Provision(None, None, point) for point in self.points]
        self.done += [part._replace(article=names[0]) for part in waiting]
        self.done += [Provision(name) for name in names[bool(waiting) :]]
        self.clauses, self.points = [], []

    def _onward(self, before: list[str], names: list[str]) -> list[str]:
        """`before` and `names`, with what lies between them where a range is meant."""
        return [*before, *_range(before[-1], names[0]), *names] if self.ranging and before else [*before, *names]

    def parts(self) -> tuple[Provision, ...]:
        """All of them; what waits at the end belongs to the article before it: `Điều 5 khoản 2 điểm a`."""
        if not self.done:
            return ()
        article, *_ = self.done[-1]
        waiting = self.clauses
        if self.points:
            inner = [clause._replace(point=point) for clause in waiting[-1:] for point in self.points]
            waiting = [*waiting[:-1], *(inner or [Provision(None, None, point) for point in self.points])]
        if not waiting:
            return tuple(self.done)
        return (*self.done[:-1], *(part._replace(article=article) for part in waiting))


@dataclass(frozen=True, slots=True)
class Chain:
    """Parts named one behind another."""

    span: Span
    parts: tuple[Provision, ...]


def chains(text: str) -> list[Chain]:
    """Every run of parts in a text, whatever document they are of.

    >>> [(c.span, [tuple(p) for p in c.parts]) for c in chains("theo điểm a và b khoản 4 Điều 24 Nghị định này")]
    [((5, 32), [('24', '4', 'a'), ('24', '4', 'b')])]
    """
    found: list[Chain] = []
    units = list(UNIT.finditer(text))
    at = 0
    while at < len(units):
        reader, first = _Reader(), units[at]
        reader.take(first, ranging=False)
        while at + 1 < len(units) and (joint := JOINT.fullmatch(text, units[at].end(), units[at + 1].start())):
            same = _level(units[at]) == _level(units[at + 1])
            reader.take(units[at + 1], ranging=same and joint[0].split()[:1] == ["đến"])
            at += 1
        if parts := reader.parts():
            found.append(Chain((first.start(), units[at].end()), parts))
        at += 1
    return found


def _level(unit: re.Match[str]) -> str:
    return "article" if unit["article"] else "clause" if unit["clause"] else "point"


def before(text: str, at: int, known: list[Chain]) -> Chain | None:
    """The parts that stand right before a document's name at `at`."""
    return next((c for c in known if c.span[1] <= at and TAIL.fullmatch(text, c.span[1], at)), None)


def _listed(words: str) -> Iterator[str]:
    """`3, 9 và 11`, `5-9`: the names of the parts, those of a range too."""
    pieces = re.split(rf"({_BETWEEN})", words)
    for i in range(0, len(pieces), 2):
        if i and pieces[i - 1].strip() in ("-", "–", "đến"):
            yield from _range(pieces[i - 2], pieces[i])
        yield pieces[i]


def _range(first: str, last: str) -> list[str]:
    """What lies between two parts, neither included."""
    if first.isdigit() and last.isdigit() and int(first) < int(last) <= int(first) + LONGEST:
        return [str(number) for number in range(int(first) + 1, int(last))]
    if first in LETTERS and last in LETTERS:
        return list(LETTERS[LETTERS.index(first) + 1 : LETTERS.index(last)])
    return []
