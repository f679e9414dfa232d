"""Values of items as people change them: typed fields in, values in the shape of `vanban.contract` out."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from hopluc.documents.errors import CannotSplit, NoSuchDay, NoSuchDeadline, NoSuchNumber, NoWords
from vanban.contract import deadline_json
from vanban.deadlines import deadline_from_words

Json = dict[str, Any]
LONGEST_TIME = 300  # characters
LISTS = {"task": ("lead", "coordinate"), "target": (), "duty": ("from", "to", "via")}
TEXTS = {
    "task": ("text", "deliverable", "topic"),
    "target": ("indicator", "subject", "op", "unit", "per", "scope"),
    "duty": ("frequency", "due"),
}
NUMBERS = {"task": (), "target": ("low", "high"), "duty": ()}
YEARS = {"task": (), "target": ("by", "from"), "duty": ()}
DAY = re.compile(r"(?P<month>\d{1,2})-(?P<day>\d{1,2})|(?P<day_first>\d{1,2})/(?P<month_last>\d{1,2})")
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?")
LEAP_YEAR = 2024
MAIN = {"task": "text", "target": "indicator"}  # what an item cannot be without
BLANK: dict[str, Json] = {
    "task": {
        "at": "",
        "text": "",
        "where": "body",
        "lead": [],
        "coordinate": [],
        "deliverable": None,
        "deadline": None,
        "topic": "other",
    },
    "target": {"at": "", "indicator": "", "subject": "", "op": ">=", "unit": ""},
    "duty": {"at": "", "from": [], "to": [], "via": [], "frequency": None, "due": None},
}


def edited(kind: str, value: Json, typed: Json, *, issued_on: date | None) -> Json:
    """The value with what was typed; fields that are not named stay. What a person typed is sure.

    `typed` holds texts and lists of keys, the deadline as words. Raises NoWords, NoSuchDeadline, NoSuchNumber, NoSuchDay.
    """
    new = dict(value)
    for name in TEXTS[kind]:
        if name in typed:
            new[name] = " ".join(str(typed[name]).split()) or None
    for name in LISTS[kind]:
        if name in typed:
            new[name] = list(dict.fromkeys(typed[name]))
    for name in (*NUMBERS[kind], *YEARS[kind]):
        if name in typed:
            new[name] = _number(typed[name], whole=name in YEARS[kind])
    if "due" in typed:
        new["due"] = _day(new.get("due"))
    if "deadline" in typed:
        new["deadline"] = deadline_of(str(typed["deadline"]), value.get("deadline"), issued_on=issued_on)
    if kind in MAIN and not new.get(MAIN[kind]):
        raise NoWords
    return _made_sure(kind, value, new)


def deadline_of(words: str, now: Json | None, *, issued_on: date | None) -> Json | None:
    """A deadline as typed; the words that stand there already mean what they meant. Raises NoSuchDeadline."""
    words = " ".join(words.split())
    if not words:
        return None
    if len(words) > LONGEST_TIME:
        raise NoSuchDeadline(words=f"{words[:LONGEST_TIME]}…")
    if now and words == now.get("raw"):
        return now
    deadline = deadline_from_words(words, issued_on)
    if deadline is None:
        raise NoSuchDeadline(words=words)
    return deadline_json(deadline)


def _number(typed: Any, *, whole: bool) -> float | int | None:
    text = str(typed if typed is not None else "").strip()
    if not text:
        return None
    plain = text.replace(".", "") if GROUPED.fullmatch(text) else text
    plain = plain.replace(",", ".")
    try:
        number = float(plain)
    except ValueError as error:
        raise NoSuchNumber(words=text) from error
    if not math.isfinite(number) or (whole and not number.is_integer()):
        raise NoSuchNumber(words=text)
    return int(number) if number.is_integer() else number


def _day(typed: str | None) -> str | None:
    """A day of every year as `12-15`, which may be typed as `15/12` too. Raises NoSuchDay."""
    if not typed:
        return None
    if not (match := DAY.fullmatch(typed)):
        raise NoSuchDay(words=typed)
    month, day = int(match["month"] or match["month_last"]), int(match["day"] or match["day_first"])
    try:
        date(LEAP_YEAR, month, day)
    except ValueError as error:
        raise NoSuchDay(words=typed) from error
    return f"{month:02}-{day:02}"


def _made_sure(kind: str, old: Json, new: Json) -> Json:
    """What differs was set by a person: no doubt is left about it, and it is nobody's inheritance."""
    changed = {name for name in new if new.get(name) != old.get(name)}
    if kind != "task":
        return {**new, "confidence": 1.0}
    return {
        **new,
        "confidence": dict.fromkeys(old.get("confidence", {}), 1.0),
        "inherited": {name: at for name, at in old.get("inherited", {}).items() if name not in changed},
        "spans": {name: spans for name, spans in old.get("spans", {}).items() if name not in changed or name == "text"},
        "notices": [],
    }


def split(value: Json, cut: int, content: str) -> tuple[Json, Json]:
    """Two values of one, its text parted at character `cut`; each keeps the bodies, time and topic. Raises CannotSplit."""
    first, second = value["text"][:cut].strip(), value["text"][cut:].strip()
    if not first or not second:
        raise CannotSplit
    middle = _place(second, value.get("span"), len(first), content)
    parts = []
    for turn, text in enumerate((first, second), start=1):
        part = {**value, "text": text, "at": f"{value.get('at', '')}.{turn}".lstrip("."), "notices": []}
        if middle is not None:
            start, end = value["span"]
            part["span"] = [start, middle] if turn == 1 else [middle, end]
            part["spans"] = _within(value.get("spans", {}), part["span"])
        parts.append(part)
    return parts[0], parts[1]


def _within(spans: Json, part: Sequence[int]) -> Json:
    """The spans that lie in a part; values that were read elsewhere have none there."""
    kept = {name: [[a, b] for a, b in each if part[0] <= a and b <= part[1]] for name, each in spans.items()}
    return {name: each for name, each in kept.items() if each}


def _place(words: str, span: Sequence[int] | None, after: int, content: str) -> int | None:
    """Where words begin within a span of the content, `after` that many characters, whatever white space lies between them."""
    if not span:
        return None
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words.split()[:8]))
    found = pattern.search(content, min(span[0] + after, span[1]), span[1])
    return found.start() if found else None


def merged(values: Sequence[Json]) -> Json:
    """One task of several: texts in a row, bodies together (who leads one, leads), the first time and product that there is."""
    lead = list(dict.fromkeys(key for value in values for key in value.get("lead", [])))
    coordinate = list(dict.fromkeys(key for value in values for key in value.get("coordinate", []) if key not in lead))
    spans = [value["span"] for value in values if value.get("span")]
    new = {
        **values[0],
        "text": " ".join(value["text"] for value in values),
        "lead": lead,
        "coordinate": coordinate,
        "deliverable": next((value["deliverable"] for value in values if value.get("deliverable")), None),
        "deadline": next((value["deadline"] for value in values if value.get("deadline")), None),
        "notices": [notice for value in values for notice in value.get("notices", [])],
    }
    if spans:
        new["span"] = [min(start for start, _ in spans), max(end for _, end in spans)]
        new["spans"] = {**values[0].get("spans", {}), "text": spans}
    return new
