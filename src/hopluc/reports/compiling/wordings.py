"""How texts speak of figures: `data/wordings.toml`, folded once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from importlib.resources import files

from hopluc.core.folding import fold
from hopluc.reports.compiling.shape import Measure


@dataclass(frozen=True, slots=True)
class Counted:
    """What stands after a number: the measure that it is in then, times so much; `keep`: it names what is counted too."""

    kind: str
    times: Fraction
    keep: bool


@dataclass(frozen=True, slots=True)
class Told:
    """Words that say of which measure and year a figure is; `year` counts from the report's."""

    words: re.Pattern[str]
    measure: Measure
    year: int


@dataclass(frozen=True, slots=True)
class Wordings:
    units: Mapping[str, Counted]
    unit: re.Pattern[str]  # right after a number
    nouns: tuple[tuple[re.Pattern[str], str], ...]
    fillers: frozenset[str]
    names: Mapping[str, tuple[str, ...]]
    told: tuple[Told, ...]
    more: re.Pattern[str]
    less: re.Pattern[str]
    than: re.Pattern[str]
    of_plan: re.Pattern[str]  # right after `%`


@lru_cache(1)
def wordings() -> Wordings:
    read = tomllib.loads((files("hopluc.reports") / "data" / "wordings.toml").read_text(encoding="utf-8"))
    units = {
        fold(word): Counted(each["kind"], Fraction(str(each.get("times", 1))), each.get("keep", False))
        for each in read["unit"]
        for word in each["words"]
    }
    changes = read["changes"]
    return Wordings(
        units,
        re.compile(rf"\s*({_any(units)})(?!\w)"),
        tuple((re.compile(rf"\b{fold(long)}\b"), fold(short)) for long, short in read["nouns"]),
        frozenset(word for line in read["fillers"] for word in fold(line).split()),
        {code: tuple(names) for code, names in read["names"].items()},
        tuple(
            Told(re.compile(rf"\b{fold(each['words'])}\b"), Measure(each["measure"]), each.get("year", 0))
            for each in read["measure"]
        ),
        re.compile(rf"\b(?:{_any(map(fold, changes['more']))})\b"),
        re.compile(rf"\b(?:{_any(map(fold, changes['less']))})\b"),
        re.compile(rf"\b(?:{_any(map(fold, changes['than']))})\b"),
        re.compile(rf"\s*(?:{_any(map(fold, changes['plan']))})\b"),
    )


def _any(words: Iterable[str]) -> str:
    """The longest first."""
    listed = sorted(words, key=len, reverse=True)
    return "|".join(map(re.escape, listed))
