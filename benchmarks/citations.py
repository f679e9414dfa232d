"""How well citations are read: every mention of another document in excerpts of real legal texts, annotated by hand.

    make bench NAME=citations             a line for each form of citation, each trap's kind, and the total
    make bench NAME=citations MISSES=20   and the first misses

A mention is right when its symbol or name, its type, its day and its places (điểm, khoản, Điều) all are. What the
annotation means: `tests/vanban/fresh/NOTES.md`; names that it calls `open` may be given or left out.
The last line is `{"precision": …, "recall": …, "count": …}` over all.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from vanban.citations import cited
from vanban.lexicon import fold

EXCERPTS = Path(__file__).parents[1] / "tests/vanban/fresh/citations.yaml"
Value = tuple[Any, ...]


@dataclass
class Tally:
    """Mentions in the annotation, mentions given, and how many of both agree."""

    wanted: Counter[str] = field(default_factory=Counter)
    given: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def line(self, kind: str) -> str:
        right = self.right[kind]
        precision, recall = share(right, self.given[kind]), share(right, self.wanted[kind])
        return f"{kind:28} {self.wanted[kind]:4}  precision {precision:.3f}  recall {recall:.3f}"


def share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def excerpts() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load(EXCERPTS.read_text(encoding="utf-8"))
    return found


def wanted(mention: dict[str, Any]) -> Value:
    """Symbol or name, type, day and places of a mention of the annotation."""
    at = mention.get("at") or []
    places = tuple((p.get("dieu"), p.get("khoan"), p.get("diem")) for p in (at if isinstance(at, list) else [at]))
    name = mention["symbol"] or squash(mention["title"])
    return name, mention["type"], mention.get("date"), places


def given(text: str) -> list[Value]:
    """The same of each mention that the library finds."""
    found = []
    for reference in (one.reference for one in cited(text)):
        name = reference.symbol or squash(reference.title or "")
        day = reference.date.isoformat() if reference.date else None
        found.append((name, reference.type, day, tuple(tuple(place) for place in reference.provisions)))
    return found


def squash(words: str) -> str:
    return re.sub(r"\s*[-–]\s*", "-", " ".join(fold(words).split()))


def kinds(value: Value) -> tuple[str, ...]:
    """What a mention is counted under."""
    name, _, day, places = value
    form = "by symbol" if "/" in name else "by name"
    where = "no place" if not places else "one place" if len(places) == 1 else "several places"
    return "all", form, where, "with its day" if day else "without a day"


def score() -> Tally:
    tally = Tally()
    for excerpt in excerpts():
        trap = "in excerpts with traps" if excerpt.get("traps") else "in plain excerpts"
        _compare(tally, excerpt, trap)
    return tally


def _compare(tally: Tally, excerpt: dict[str, Any], trap: str) -> None:
    want, got = Counter(map(wanted, excerpt["expect"])), Counter(given(excerpt["text"]))
    free = {squash(name) for name in excerpt.get("open", ())}
    for value in [value for value in got - want if value[0] in free]:
        del got[value]
    for counts, found in ((tally.wanted, want), (tally.given, got), (tally.right, want & got)):
        for value, times in found.items():
            counts.update(dict.fromkeys((*kinds(value), trap), times))
    tally.misses += [f"missed {value} :: {excerpt['text'][:90]}" for value in want - got]
    tally.misses += [f"invented {value} :: {excerpt['text'][:90]}" for value in got - want]


def main() -> None:
    tally = score()
    for kind in sorted(tally.wanted, key=lambda kind: (kind == "all", kind)):
        print(tally.line(kind))
    print(*tally.misses[: int(os.environ.get("MISSES", "0"))], sep="\n")
    total, right = tally.wanted["all"], tally.right["all"]
    print(
        json.dumps(
            {
                "precision": round(share(right, tally.given["all"]), 4),
                "recall": round(share(right, total), 4),
                "count": total,
            }
        )
    )


if __name__ == "__main__":
    main()
