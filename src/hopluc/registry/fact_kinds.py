"""Kinds of dated facts (`data/facts.toml`). No database."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hopluc.registry.files import table
from hopluc.registry.wording import Words

AMOUNTS = ("money", "number", "percent", "yes")


@dataclass(frozen=True, slots=True)
class FactKind:
    no: int
    key: str
    words: Words
    type: str
    group: str
    measure: str
    several: bool
    public: bool
    kinds: frozenset[str]  # of organisations; empty: all
    choices: tuple[tuple[str, Words], ...]

    @property
    def is_amount(self) -> bool:
        return self.type in AMOUNTS


@cache
def fact_kinds() -> dict[str, FactKind]:
    return {
        line["key"]: FactKind(
            no=line["no"],
            key=line["key"],
            words=Words(line["vi"], line["en"]),
            type=line["type"],
            group=line["group"],
            measure=line.get("measure", ""),
            several=line.get("several", False),
            public=line.get("public", False),
            kinds=frozenset(line.get("kinds", ())),
            choices=tuple((one["key"], Words(one["vi"], one["en"])) for one in line.get("choices", ())),
        )
        for line in table("facts")["fact"]
    }


@cache
def by_number() -> dict[int, FactKind]:
    return {kind.no: kind for kind in fact_kinds().values()}


def number_of(key: str) -> int:
    return fact_kinds()[key].no
