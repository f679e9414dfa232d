"""Forms of words: the national name, number and symbol, place and day, authority, recipients."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from vanban.writing.checking.lines import Line
from vanban.writing.layouts import Layout
from vanban.writing.opening import on_day

NUMBER = re.compile(r"Số\s*:?\s*(?P<number>[\d.…_ ]*?)\s*(?P<mark>[/-])\s*(?P<code>.*)")
DAY = re.compile(
    r"(?P<place>.*?)\s*,?\s*ngày\s*(?P<day>\d*)[\s.…_]*tháng\s*(?P<month>\d*)[\s.…_]*năm\s*(?P<year>\d*)", re.I
)
PREFIX = re.compile(r"(?P<prefix>TM|KT|TL|TUQ|Q|T/M|K/T|T/L)(?P<mark>[\s./]+)(?P<words>.*)")


class Wrong(NamedTuple):
    """A line whose words are not as the rule wants, and how it wants them."""

    element: str
    line: Line
    expected: str


def wrong_words(elements: dict[str, list[Line]], layout: Layout) -> Iterator[Wrong]:
    for element, expected in (("motto", layout.motto), ("motto_below", layout.motto_below)):
        yield from (Wrong(element, line, expected) for line in elements.get(element, ()) if line.text != expected)
    for element, form in (("number", number), ("place_day", place_day), ("authority", authority)):
        for line in elements.get(element, ()):
            if (expected := form(line.text, layout)) != line.text:
                yield Wrong(element, line, expected)
    yield from _recipients(elements.get("recipient", ()))


def number(text: str, layout: Layout) -> str:
    """As the layout writes it; room for a number that is not given yet is right in any form."""
    if not (m := NUMBER.match(text)):
        return layout.number_form.format(number="01", code="…")
    digits = m["number"].strip()
    shown = f"{int(digits):02d}" if digits.isdecimal() else m["number"]
    expected = layout.number_form.format(number=shown, code=re.sub(r"\s*([/-])\s*", r"\1", m["code"]))
    if digits.isdecimal():
        return expected
    return text if re.sub(r"[\s.…_]", "", text) == re.sub(r"[\s.…_]", "", expected) else expected


def place_day(text: str, _: Layout) -> str:
    m = DAY.match(text)
    assert m, "found by its words"
    if not (m["day"] and m["month"] and m["year"]):
        return text if "," in text else f"{m['place']}, ngày … tháng … năm {m['year'] or '…'}"
    try:
        return f"{m['place']}, {on_day(date(int(m['year']), int(m['month']), int(m['day'])))}"
    except ValueError:
        return f"{m['place']}, ngày … tháng … năm …"  # a day that no calendar has


def authority(text: str, layout: Layout) -> str:
    """`TM. ` before whom one signs for; a prefix that the layout does not know is to go."""
    if not (m := PREFIX.match(text)):
        return text
    known = layout.prefixes.get(m["prefix"].replace("/", ""))
    return f"{known or ''}{m['words']}"


def _recipients(lines: Sequence[Line]) -> Iterator[Wrong]:
    """Each begins with a dash and ends with a semicolon, the last with a full stop."""
    for at, line in enumerate(lines, 1):
        bare = line.text.lstrip("-–+ ").rstrip(" .;,")
        expected = f"- {bare}{';' if at < len(lines) else '.'}"
        if line.text != expected:
            yield Wrong("recipient", line, expected)
