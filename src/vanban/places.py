"""Which province a document is of: its letterhead, the bodies it names, its districts, at last its file's name."""

from __future__ import annotations

import re
from functools import cache

from vanban.lexicon import fold, load, unmarked
from vanban.names import province_names
from vanban.values import Document, Outline, Span

OF_PROVINCE = r"(?:tỉnh|thành phố|tỉnh ủy|tỉnh uỷ|thành ủy|đảng bộ|báo|chi nhánh|UBND|HĐND)"


def find_province(document: Document, outline: Outline) -> tuple[str | None, float, Span | None]:
    """The bare name of the province, how sure it is, and where it was read (None: from the file's name)."""
    hits: dict[str, list[Span]] = {}
    for m in _provinces().finditer(document.content):
        hits.setdefault(_canonical()[fold(m["name"])], []).append(m.span("name"))
    if hits:
        front = outline.front[-1].passage.span()[1] if outline.front else 0
        best = max(hits, key=lambda name: (sum(1 + 4 * (a < front) for a, _ in hits[name]), -hits[name][0][0]))
        share = len(hits[best]) / sum(map(len, hits.values()))
        return best, round(0.6 + 0.35 * share, 2), hits[best][0]
    found: dict[str, list[Span]] = {}
    for m in _districts().finditer(document.content):
        found.setdefault(_district_of()[fold(m["name"])], []).append(m.span("name"))
    if found:
        best = max(found, key=lambda name: len(found[name]))
        return best, 0.6, found[best][0]
    stem = f"-{unmarked(document.name).replace('_', '-').replace(' ', '-')}-"
    for name in province_names():
        if f"-{unmarked(name).replace(' ', '-')}-" in stem.replace(".", "-"):
            return name, 0.5, None
    return None, 0.5, None


@cache
def _canonical() -> dict[str, str]:
    return {fold(name): name for name in province_names()}


@cache
def _provinces() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, province_names()), key=len, reverse=True))
    return re.compile(rf"(?<!\w){OF_PROVINCE}\s+(?:tỉnh\s+|thành phố\s+)?(?P<name>{names})(?!\w)", re.I)


@cache
def _district_of() -> dict[str, str]:
    return {fold(name): province for province, names in load("places")["districts"].items() for name in names}


@cache
def _districts() -> re.Pattern[str]:
    names = [n for group in load("places")["districts"].values() for n in group]
    joined = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:huyện|quận|thị xã|thành phố|ở|tại)\s+(?P<name>{joined})(?!\w)")
