"""The size class of an organisation under the rule of a day (`data/sizes.toml`). No database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache

from hopluc.core.ruling import Comparison, InForce, Join, Known, Verdict, in_force_of, rule_of
from hopluc.registry.files import table

CLASSES = ("large", "medium", "small")
MICRO, UNKNOWN = "micro", "unknown"
FACTS = ("official_members", "revenue", "capital")


@dataclass(frozen=True, slots=True)
class SizeRule:
    sector: str
    in_force: InForce
    classes: tuple[tuple[str, Join], ...]  # the largest first


@dataclass(frozen=True, slots=True)
class Size:
    """`large`, `medium`, `small`, `micro`, or `unknown`; `rule` is None where no rule covers the day or the sector."""

    key: str
    rule: SizeRule | None
    open_classes: tuple[str, ...] = ()  # that it may be in: a threshold or a figure is not known


@cache
def size_rules() -> tuple[SizeRule, ...]:
    read = table("sizes")
    return tuple(
        SizeRule(line["sector"], in_force_of(line, read["sources"]), tuple((key, _class(line[key])) for key in CLASSES))
        for line in read["rule"]
    )


def _class(levels: dict[str, int]) -> Join:
    """Members and (revenue or capital); a level that nobody has read stays open."""
    members, revenue, capital = (
        Comparison(fact, ">=", Fraction(levels[fact]) if fact in levels else None) for fact in FACTS
    )
    return Join("all", (members, Join("any", (revenue, capital))))


def size_of(sector: str, known: Known, *, on: date) -> Size:
    """The first class that is met, else micro; one that may be met leaves it unknown.

    Source: Nghị định 113/2024/NĐ-CP, Điều 5.

    >>> size_of("agriculture", {"official_members": 60, "revenue": 3_000_000_000, "capital": 0}, on=date(2025, 1, 1)).key
    'small'
    >>> size_of("services", {"official_members": 60}, on=date(2025, 1, 1)).key
    'unknown'
    """
    rule = next((each for each in size_rules() if each.sector == sector and each.in_force.on(on)), None)
    if rule is None:
        return Size(UNKNOWN, None)
    open_classes: list[str] = []
    for key, condition in rule.classes:
        verdict = rule_of(condition, known).verdict
        if verdict is Verdict.MET:
            return Size(UNKNOWN if open_classes else key, rule, (*open_classes, key) if open_classes else ())
        if verdict is Verdict.UNKNOWN:
            open_classes.append(key)
    return Size(UNKNOWN, rule, (*open_classes, MICRO)) if open_classes else Size(MICRO, rule)
