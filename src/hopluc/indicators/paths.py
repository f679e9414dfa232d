"""The way to an aim: what is due each year between where one starts and the level to reach, and how far a value is from it.

Pure: years and exact numbers in, the same out. Levels are in the indicator's measure (of a percentage 55.6).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

Number = Decimal | Fraction | int
UP, DOWN = frozenset((">=", ">", "increase")), frozenset(("<=", "<", "decrease"))
NEAR = Fraction(1, 20)  # how far `about` may be off, as a share of the level: 5 %
STRICT = frozenset((">", "<"))


@dataclass(frozen=True, slots=True)
class Goal:
    """What an aim asks for, with what a path needs: a level or two, a last year, and from where."""

    op: str
    low: Fraction
    high: Fraction | None = None
    by: int | None = None
    since: int | None = None  # first year of the way
    per_year: bool = False


@dataclass(frozen=True, slots=True)
class Start:
    """The level that the way starts from, at the end of a year."""

    year: int
    level: Fraction


@dataclass(frozen=True, slots=True)
class Due:
    """What is due at the end of a year: from `low` on, up to `high`, or between the two."""

    year: int
    low: Fraction | None
    high: Fraction | None


class Lack(StrEnum):
    """Why there is no way."""

    NO_YEAR = "no_year"  # the plan does not say by when
    NO_START = "no_start"  # nobody knows from where
    START_LATE = "start_late"  # the level to start from is of the last year or later


def path(goal: Goal, start: Start | None) -> tuple[Due, ...] | Lack:
    """What is due each year: the same each year where the aim says so, else a straight line from the start to the level.

    `100 to 200 from 2025 to 2030`: 120 in 2026, 140 in 2027 … 200 in 2030.

    >>> [int(due.low) for due in path(Goal(">=", Fraction(200), by=2030), Start(2025, Fraction(100)))]
    [120, 140, 160, 180, 200]
    """
    if goal.by is None:
        return Lack.NO_YEAR
    if goal.per_year:
        first = min(goal.since or goal.by, goal.by)
        return tuple(_due(year, goal, goal.low, goal.high) for year in range(first, goal.by + 1))
    if start is None:
        return Lack.NO_START
    if start.year >= goal.by:
        return Lack.START_LATE
    low, high = ends(goal, start)
    return tuple(
        _due(year, goal, _between(start, goal.by, low, year), None if high is None else _between(start, goal.by, high, year))
        for year in range(start.year + 1, goal.by + 1)
    )  # fmt: skip


def ends(goal: Goal, start: Start | None) -> tuple[Fraction, Fraction | None]:
    """The level or levels at the end; those of an increase or decrease lie above or below the start."""
    if goal.op in ("increase", "decrease") and start is not None:
        return start.level + (goal.low if goal.op == "increase" else -goal.low), None
    return goal.low, goal.high


def _between(start: Start, by: int, level: Fraction, year: int) -> Fraction:
    return start.level + (level - start.level) * Fraction(year - start.year, by - start.year)


def _due(year: int, goal: Goal, low: Fraction, high: Fraction | None) -> Due:
    if goal.op in UP:
        return Due(year, low, None)
    if goal.op in DOWN:
        return Due(year, None, low)
    if goal.op == "~":
        off = abs(low) * NEAR
        return Due(year, low - off, low + off)
    return Due(year, *sorted((low, low if high is None else high)))


def gap(value: Fraction, due: Due) -> Fraction:
    """Value minus path: below 0 where it is short of what is due, above 0 where it is beyond; 0 within a range.

    Whether beyond is good is for `met` to say.

    >>> gap(Fraction(130), Due(2027, Fraction(140), None)), gap(Fraction(9), Due(2027, None, Fraction(8)))
    (Fraction(-10, 1), Fraction(1, 1))
    """
    if due.low is not None and due.high is not None:
        return min(value - due.low, Fraction()) or max(value - due.high, Fraction())
    edge = due.low if due.low is not None else due.high
    assert edge is not None
    return value - edge


def met(value: Fraction, due: Due, *, strict: bool = False) -> bool:
    """Whether a value is where the path asks for; `strict` where the level itself is not enough."""
    if strict and value in (due.low, due.high):
        return False
    return (due.low is None or value >= due.low) and (due.high is None or value <= due.high)


def ratio(numerator: Number, denominator: Number, *, scale: int = 1) -> Fraction:
    """Exactly; `scale` is 100 for a percentage. Raises ZeroDivisionError."""
    return Fraction(numerator) / Fraction(denominator) * scale


def jump(value: Number, before: Number) -> Fraction | None:
    """Change against the year before, as a share of it; None where there was nothing.

    >>> jump(150, 100), jump(5, 0)
    (Fraction(1, 2), None)
    """
    return (Fraction(value) - Fraction(before)) / abs(Fraction(before)) if before else None


def start_of(
    goal: Goal, levels: Sequence[Start], *, said: Fraction | None = None, set_in: int | None = None
) -> Start | None:
    """Where the way starts: the level that the plan says, else the newest known before its first year, or until it was set."""
    first = goal.since or ((set_in + 1) if set_in else None)
    if said is not None and (first or goal.by):
        year = (first - 1) if first else (levels[0].year if levels else None)
        return Start(year, said) if year is not None else None
    known = sorted((one for one in levels if first is None or one.year < first), key=lambda one: one.year)
    if first is None:
        return known[0] if known else None
    return known[-1] if known else None
