"""Sentences that a report offers, computed from its figures: `data/sentences.toml`."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from hopluc.reports.compiled import Compiled
from hopluc.reports.compiling.sentences import resolved


@dataclass(frozen=True, slots=True)
class Offer:
    """A sentence as it would read; `text` with its figures in braces."""

    text: str
    shown: str


@lru_cache(1)
def _known() -> tuple[tuple[str, str, str], ...]:
    read = tomllib.loads((files("hopluc.reports") / "data" / "sentences.toml").read_text(encoding="utf-8"))
    return tuple((each["form"], each["part"], each["text"]) for each in read["sentence"])


def offered(compiled: Compiled) -> Mapping[str, list[Offer]]:
    """By part: those whose figures are all known, and that the report does not have yet."""
    form = compiled.campaign.version.form.first.code
    there = {each.passage.text for part in compiled.parts for each in part.paragraphs}
    found: dict[str, list[Offer]] = defaultdict(list)
    for code, part, text in _known():
        said = resolved(text, compiled.figures) if code == form and text not in there else None
        if said and not said.unknown:
            found[part].append(Offer(text, said.text))
    return found
