"""Rules of the law as dated data: each is met, unmet, or unknown, with the working shown.

No clock and no database: what is known of a thing is a mapping of names to numbers, days or yes and no; what is not known is
missing there, or None. A threshold that a rule does not state (nobody has read it yet) leaves what hangs on it unknown.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any, Literal

Number = Fraction
Known = Mapping[str, Decimal | Fraction | int | None]  # yes and no are 1 and 0
Json = Mapping[str, Any]
OPS: dict[str, Callable[[Any, Any], bool]] = {
    ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq,
}  # fmt: skip
HUNDRED = 100


class Verdict(StrEnum):
    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One comparison: an amount with a threshold or, where `of` names another amount, with so many percent of that."""

    fact: str
    op: str
    value: Number | None  # None: nobody has read it
    of: str = ""


@dataclass(frozen=True, slots=True)
class Join:
    """All of several conditions, or any of them."""

    how: Literal["all", "any"]
    parts: tuple[Condition, ...]


Condition = Comparison | Join


@dataclass(frozen=True, slots=True)
class Step:
    """A comparison as it was made; None stands for what is not known."""

    comparison: Comparison
    amount: Number | None
    limit: Number | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Ruling:
    verdict: Verdict
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class InForce:
    """The days of a rule, and where it stands; `end` is the last day."""

    source: str
    start: date | None = None
    end: date | None = None

    def on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


def rule_of(condition: Condition, known: Known) -> Ruling:
    """What a condition comes to.

    >>> few = Comparison("members", ">=", Fraction(5))
    >>> [rule_of(few, known).verdict.value for known in ({"members": 5}, {"members": 4}, {})]
    ['met', 'unmet', 'unknown']
    """
    if isinstance(condition, Comparison):
        step = _step(condition, known)
        return Ruling(step.verdict, (step,))
    found = [rule_of(part, known) for part in condition.parts]
    verdict = (every if condition.how == "all" else some)(each.verdict for each in found)
    return Ruling(verdict, tuple(step for each in found for step in each.steps))


def every(verdicts: Iterable[Verdict]) -> Verdict:
    """One that is unmet decides; else one that is unknown leaves the whole unknown."""
    return _joined(verdicts, deciding=Verdict.UNMET, otherwise=Verdict.MET)


def some(verdicts: Iterable[Verdict]) -> Verdict:
    """One that is met decides."""
    return _joined(verdicts, deciding=Verdict.MET, otherwise=Verdict.UNMET)


def _joined(verdicts: Iterable[Verdict], *, deciding: Verdict, otherwise: Verdict) -> Verdict:
    found = set(verdicts)
    if deciding in found:
        return deciding
    return Verdict.UNKNOWN if Verdict.UNKNOWN in found else otherwise


def _step(comparison: Comparison, known: Known) -> Step:
    amount, limit = _number(known.get(comparison.fact)), comparison.value
    if comparison.of and limit is not None:
        whole = _number(known.get(comparison.of))
        limit = None if whole is None else whole * limit / HUNDRED
    if amount is None or limit is None:
        return Step(comparison, amount, limit, Verdict.UNKNOWN)
    return Step(comparison, amount, limit, Verdict.MET if OPS[comparison.op](amount, limit) else Verdict.UNMET)


def _number(value: Decimal | Fraction | int | None) -> Number | None:
    return None if value is None else Fraction(value)


def condition_of(line: Json) -> Condition:
    """As data files write it: `{fact = "members", op = ">=", value = 5}`, `{all = […]}`, `{any = […]}`.

    `percent` with `of` instead of `value`; neither is a threshold that nobody has read. Raises ValueError.

    >>> condition_of({"fact": "share", "op": "<=", "percent": 30, "of": "capital"}).of
    'capital'
    """
    for how in ("all", "any"):
        if parts := line.get(how):
            return Join(how, tuple(condition_of(part) for part in parts))
    if line.get("op") not in OPS or "fact" not in line:
        raise ValueError(f"no condition: {dict(line)}")
    value = line.get("percent", line.get("value"))
    return Comparison(line["fact"], line["op"], None if value is None else Fraction(str(value)), line.get("of", ""))


def in_force_of(line: Json, sources: Mapping[str, str]) -> InForce:
    """The days of an entry and its source: a key of the file's `[sources]`, with the article behind it."""
    key, _comma, article = line["source"].partition(", ")
    named = sources[key]
    return InForce(f"{named}, {article}" if article else named, line.get("effective_from"), line.get("effective_to"))


def comparisons_of(condition: Condition) -> tuple[Comparison, ...]:
    if isinstance(condition, Comparison):
        return (condition,)
    return tuple(each for part in condition.parts for each in comparisons_of(part))
