"""Lines on pages → paragraphs: a new one begins where the page shows it, by indent, space, a short line or a marker."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from vanban.reading.joining import ends_sentence, is_torn, starts_item
from vanban.reading.page.geometry import Line
from vanban.reading.pdf.habits import Habits

DASH = re.compile(r"[-–]\s*[a-zà-ỹđ\d]")
TITLE = 0.55  # a centred line much narrower than the next is a line of its own: `KẾ HOẠCH` above its title


def paragraphs(lines: Iterable[Line], habits: Habits) -> Iterator[list[Line]]:
    """The lines of each paragraph, one that runs over a page break included."""
    paragraph: list[Line] = []
    for line in lines:
        if paragraph and opens(paragraph, line, habits):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


def opens(paragraph: list[Line], line: Line, habits: Habits) -> bool:
    """`line` begins a paragraph, rather than going on with the one before."""
    last = paragraph[-1]
    if line.page != last.page:
        return _opens_page(last, line, habits)
    if habits.is_apart(last, line) or abs(line.size - last.size) > 1:
        return True
    if habits.is_centred(last) or habits.is_centred(line):
        return _opens_title(last, line, habits)
    if habits.is_short(last, line) or _stands_out(paragraph, line, habits):
        return True
    marked = habits.indented or habits.spaced  # the page would show a new paragraph here
    if starts_item(line.text) or line.bold != last.bold:
        return not marked and not is_torn(last.text, line.text) and not _is_compound(last.text, line.text)
    return False


def _is_compound(before: str, after: str) -> bool:
    """A dash inside a sentence that happens to begin a line: `kinh tế` | `- xã hội`."""
    return bool(DASH.match(after)) and not ends_sentence(before)


def _opens_page(last: Line, line: Line, habits: Habits) -> bool:
    if is_torn(last.text, line.text):
        return False
    if habits.indented and habits.is_indented(line):
        return True
    if habits.is_short(last, line) or line.bold != last.bold:
        return True
    if starts_item(line.text):
        return not habits.indented
    # Justified text ends a line exactly at the margin unless the paragraph ends there.
    return ends_sentence(last.text) and not habits.indented and not habits.is_full(last)


def _opens_title(last: Line, line: Line, habits: Habits) -> bool:
    if last.bold != line.bold or last.text.isupper() != line.text.isupper():
        return not is_torn(last.text, line.text)
    if line.text.startswith("(") or starts_item(line.text):
        return True
    if habits.is_balanced(last) and habits.is_balanced(line):
        return last.width < TITLE * line.width
    return True


def _stands_out(paragraph: list[Line], line: Line, habits: Habits) -> bool:
    """Its left edge is that of a first line, not of a further line of this paragraph."""
    last = paragraph[-1]
    step = line.left - last.left
    if len(paragraph) > 1:
        return abs(step) > 4
    if step > 4:  # hanging: the marker stands out to the left
        return not starts_item(last.text)
    return habits.indented and abs(step) <= 4 and habits.is_indented(line)
