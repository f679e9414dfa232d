"""Lines that belong to pages, not to the text: numbers, running titles, signature stamps, footnotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from vanban.reading.joining import is_furniture
from vanban.reading.page.geometry import Line, Rule

EDGE = 0.12  # of the page height, at top and bottom
REPEATED = 0.5  # of the pages
FEWEST = 3  # pages from which repetition says something
DIGITS = re.compile(r"\d+")
STAMP = re.compile(
    r"(?:Người ký|Ký bởi|Được ký bởi|Signed by|Digitally signed|Email|Cơ quan|Thời gian ký|Ngày ký|Signing (?:time|date))\s*:"
)
STAMP_SIZE = 10.5  # points: stamps are set smaller than any text
NOTE = re.compile(r"\(?(?:\d{1,2}|\*+)\)?\s*\S")
NOTE_RULE = (90.0, 220.0)  # points: the short rule above footnotes
NOTE_SIZE = 0.88  # of the size of the text


def running(pages: Sequence[tuple[float, list[Line]]]) -> set[tuple[str, int]]:
    """Keys of lines that stand on most pages at the same height; `pages` are (height, lines)."""
    if len(pages) < FEWEST:
        return set()
    seen: Counter[tuple[str, int]] = Counter()
    for height, lines in pages:
        seen.update({key(line) for line in lines if _at_edge(line, height)})
    return {found for found, count in seen.items() if count > REPEATED * len(pages)}


def key(line: Line) -> tuple[str, int]:
    return DIGITS.sub("0", line.text), round(line.foot / 6)


def without_furniture(lines: list[Line], height: float, repeated: set[tuple[str, int]]) -> list[Line]:
    """The lines of a page that are text."""
    kept = [line for line in lines if not (_at_edge(line, height) and key(line) in repeated)]
    edge = {*map(id, kept[:2]), *map(id, kept[-2:])}
    kept = [line for line in kept if not (is_furniture(line.text) and (id(line) in edge or not _has_digit(line)))]
    return [line for line in kept if not (STAMP.match(line.text) and line.size < STAMP_SIZE)]


def without_notes(lines: list[Line], rules: Iterable[Rule], size: float) -> list[Line]:
    """Footnotes out: small lines below a short rule at the left margin, at the end of the page."""
    if not lines:
        return lines
    margin = min(line.left for line in lines)
    for rule in rules:
        if rule.upright or not NOTE_RULE[0] < rule.end - rule.start < NOTE_RULE[1] or abs(rule.start - margin) > 6:
            continue
        below = [line for line in lines if line.top > rule.at - 2]
        if below and NOTE.match(below[0].text) and all(line.size < NOTE_SIZE * size for line in below):
            return [line for line in lines if line not in below]
    return lines


def _at_edge(line: Line, height: float) -> bool:
    return line.foot < EDGE * height or line.foot > (1 - EDGE) * height


def _has_digit(line: Line) -> bool:
    return any(letter.isdigit() for letter in line.text)
