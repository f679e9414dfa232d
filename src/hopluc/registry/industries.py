"""Industries by VSIC code, and the sectors that they count as (`data/industries.toml`). No database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hopluc.registry.files import table
from hopluc.registry.wording import Words


@dataclass(frozen=True, slots=True)
class Sector:
    key: str
    words: Words
    group: str


@dataclass(frozen=True, slots=True)
class Industry:
    """What codes that begin so count as."""

    code: str
    name: str
    report: str
    size: str


@cache
def sectors() -> dict[str, Sector]:
    lines = table("industries")["sector"]
    return {line["key"]: Sector(line["key"], Words(line["vi"], line["en"]), line["group"]) for line in lines}


@cache
def _industries() -> dict[str, Industry]:
    lines = table("industries")["industry"]
    return {line["code"]: Industry(line["code"], line["name"], line["report"], line["size"]) for line in lines}


def industry_of(code: str) -> Industry | None:
    """By the longest beginning that is known.

    >>> [industry_of(code).report for code in ("0111", "0141", "0893", "4933")]
    ['crops', 'livestock', 'industry', 'transport']
    """
    known = _industries()
    return next((known[code[:length]] for length in range(len(code), 0, -1) if code[:length] in known), None)


def sector_of(code: str, *, kind: str = "") -> str:
    """The report's sector of a main industry; credit funds are one of their own. Empty where there is no industry."""
    if kind == "qtdnd":
        return "credit"
    found = industry_of(code)
    return found.report if found else ""


def size_sector_of(code: str) -> str:
    found = industry_of(code)
    return found.size if found else ""


def is_industry(code: str) -> bool:
    """Whether it has the shape of a VSIC code of level 1 to 5 digits that some division covers."""
    return code.isdecimal() and 2 <= len(code) <= 5 and industry_of(code) is not None
