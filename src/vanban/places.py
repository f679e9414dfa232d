"""Which province a document is of: the bodies it names, its dateline, its districts, at last its file's name."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from vanban.forms import lower_case
from vanban.lexicon import fold, load, one_of, unmarked
from vanban.names import province_names
from vanban.values import Document, Outline, Span

OF_PROVINCE = ("tỉnh", "tỉnh ủy", "tỉnh uỷ", "thành phố", "thành ủy", "đảng bộ", "báo", "chi nhánh", "ubnd", "hđnd")


def find_province(document: Document, outline: Outline) -> tuple[str | None, float, Span | None]:
    """The bare name of the province, how sure it is, and where it was read (None: from the file's name)."""
    if not unicodedata.is_normalized("NFC", document.content):  # names are in NFC; offsets of a copy would be wrong
        copy = replace(document, content=unicodedata.normalize("NFC", document.content))
        name, sure, _ = find_province(copy, outline)
        return name, sure, None
    hits: dict[str, list[Span]] = {}
    for m in _of_provinces(lower_case(document.content)):
        hits.setdefault(_canonical()[fold(m["name"])], []).append(m.span("name"))
    if hits:
        front = outline.front[-1].passage.span()[1] if outline.front else 0
        best = max(hits, key=lambda name: (sum(1 + 4 * (a < front) for a, _ in hits[name]), -hits[name][0][0]))
        share = len(hits[best]) / sum(map(len, hits.values()))
        return best, round(0.6 + 0.35 * share, 2), hits[best][0]
    if line := _dateline().search(document.content):
        return _canonical()[fold(line["name"])], 0.75, line.span("name")
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


def _spelt(names: Iterable[str]) -> str:
    """The names as alternatives of a pattern, the longest first, each also with its tone mark as others set it (`Hoà`)."""
    forms = {form for name in names for form in (name, name.replace("òa", "oà").replace("óa", "oá"))}
    return one_of(forms)


@cache
def _canonical() -> dict[str, str]:
    return {fold(name): name for name in province_names()}


def _of_provinces(lower: str) -> Iterator[re.Match[str]]:
    """Provinces behind `tỉnh`, `UBND` and the like: to look for each of these words is ten times as fast as for any of them."""
    starts = [
        m.start() for word in dict.fromkeys(form.split()[0] for form in OF_PROVINCE) for m in re.finditer(word, lower)
    ]
    end = 0
    for start in sorted(starts):
        if start >= end and (m := _provinces().match(lower, start)):
            yield m
            end = m.end()


@cache
def _provinces() -> re.Pattern[str]:
    names = _spelt(map(str.lower, province_names()))
    return re.compile(rf"(?<!\w){one_of(OF_PROVINCE)}\s+(?:tỉnh\s+|thành phố\s+)?(?P<name>{names})(?!\w)")


@cache
def _dateline() -> re.Pattern[str]:
    """`Bắc Giang, ngày 07 tháng 3 năm 2022`; in Hà Nội bodies of the centre date theirs too."""
    names = _spelt(name for name in province_names() if name != "Hà Nội")
    return re.compile(rf"^\W*(?:(?:Số|số)\b[^\n]{{0,60}}?\s)?(?P<name>{names})\s*,\s*ngày\b", re.M)


@cache
def _district_of() -> dict[str, str]:
    return {fold(name): province for province, names in load("places")["districts"].items() for name in names}


@cache
def _districts() -> re.Pattern[str]:
    names = [n for group in load("places")["districts"].values() for n in group]
    names += [n.upper() for n in names]  # capitals tell a name from words (Thống Nhất): no re.I for it
    return re.compile(rf"(?<!\w)(?i:huyện|quận|thị xã|thành phố|ở|tại)\s+(?P<name>{_spelt(names)})(?!\w)")
