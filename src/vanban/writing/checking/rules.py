"""What a layout rules of an element's looks, held against the lines that were found to be it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from vanban.writing.checking.finding import Found
from vanban.writing.checking.formats import bordered
from vanban.writing.checking.lines import Line
from vanban.writing.checking.order import misnumbered
from vanban.writing.checking.values import Departure, Place, Rule, measure, span
from vanban.writing.checking.words import wrong_words
from vanban.writing.layouts import Element, Layout

CLOSE = 0.3  # mm or points that programs round away
NEAR = 2  # paragraphs below an element in which its line may be drawn
NOWHERE = Place(0, "")
ALWAYS = (
    "motto",
    "motto_below",
    "issuer",
    "number",
    "place_day",
    "authority",
    "signer",
    "recipients_title",
    "recipient",
)
DASHES = set("-–—_=")


def departures(found: Found, lines: Sequence[Line], layout: Layout) -> Iterator[Departure]:
    """All that is not as the layout wants it, page and header aside."""
    yield from _missing(found, layout)
    for key, element in layout.elements.items():
        for line in found.elements.get(key, ()):
            yield from _letters(line, element)
        if key != "body" and (own := found.elements.get(key)):
            yield from _line_below(own, lines, element)
    for wrong in wrong_words(found.elements, layout):
        article = layout.authority_article if wrong.element == "authority" else layout.elements[wrong.element].article
        if article:
            yield Departure("form", wrong.element, article, wrong.line.place, wrong.line.text, wrong.expected)
    for line in found.body:
        yield from _letters(line, layout.elements["body"])
        yield from _paragraph(line, layout.elements["body"])
    yield from _gaps(found.body, layout.elements["body"])
    for bad in misnumbered(found.markers):
        yield Departure("number", "body", layout.numbering_article, bad.line.place, bad.found, bad.expected)
    yield from _fonts(lines, layout)


def _missing(found: Found, layout: Layout) -> Iterator[Departure]:
    titled = ("letter_title",) if found.elements.get("letter_title") else ("kind", "title")
    for key in () if found.annexes_alone else (*ALWAYS, *titled):
        element = layout.elements.get(key)
        if element is not None and not found.elements.get(key) and (element.article or key == "recipient"):
            yield Departure("missing", key, element.article or layout.source, NOWHERE, "nothing", element.name)
    annexes, references = found.elements.get("annex", []), found.elements.get("annex_reference", [])
    reference = layout.elements["annex_reference"]
    if reference.article and len(references) < len(annexes):
        yield Departure("missing", "annex_reference", reference.article, annexes[-1].place, "nothing", reference.name)


def _letters(line: Line, element: Element) -> Iterator[Departure]:
    if not element.article or not line.looks:
        return
    if element.sizes:
        low, high = element.sizes
        for size in sorted({look.size for look in line.looks if not low <= look.size <= high}):
            yield _of(line, element, "size", measure(size, "pt"), span(low, high, "pt"))
    yield from _switch(line, element, "bold", "bold", "not bold")
    yield from _switch(line, element, "italic", "italic", "upright")
    if element.ruled("capitals") and line.text.isupper() != element.capitals and any(c.isalpha() for c in line.text):
        found, expected = "small letters", "capitals"
        if line.text.isupper():
            found, expected = expected, found
        yield _of(line, element, "capitals", found, expected)
    if element.ruled("align") and element.key != "body" and not _aligned(line, element):
        yield _of(line, element, "align", line.shape.align, element.align)


def _aligned(line: Line, element: Element) -> bool:
    """A short line that is justified stands at the left margin, too."""
    return line.shape.align == element.align or (element.align, line.shape.align) == ("left", "justify")


def _switch(line: Line, element: Element, name: Rule, yes: str, no: str) -> Iterator[Departure]:
    """Bold or italic; a word in the running text may differ, not the whole of it."""
    if name in element.free or (wanted := getattr(element, name)) is None:
        return
    looks = [getattr(look, name) for look in line.looks]
    wrong = not any(looks) if wanted else all(looks)
    if element.key not in ("body", "number", "addressee"):
        wrong = not all(looks) if wanted else any(looks)
    if wrong:
        yield _of(line, element, name, no if wanted else yes, yes if wanted else no)


def _paragraph(line: Line, element: Element) -> Iterator[Departure]:
    """Alignment, indent and spacing of running text."""
    shape = line.shape
    if element.ruled("align") and shape.align != element.align:
        yield _of(line, element, "align", shape.align, element.align)
    if element.firsts and not line.label and not any(abs(line.first - each) <= CLOSE for each in element.firsts):
        choices = " or ".join(measure(each, "mm") for each in element.firsts)
        yield _of(line, element, "first line", measure(line.first, "mm"), choices)
    if element.lines and not element.lines[0] - 0.05 <= shape.line <= element.lines[1] + 0.01:
        yield _of(line, element, "line spacing", measure(shape.line, "lines"), span(*element.lines, "lines"))


def _gaps(body: Sequence[Line], element: Element) -> Iterator[Departure]:
    """Between a paragraph and the next one."""
    if element.gap is None:
        return
    for before, line in pairwise(body):
        if line.number != before.number + 1:
            continue
        gap = _gap(before, line)
        if gap < element.gap - CLOSE:
            yield _of(line, element, "gap", measure(gap, "pt"), f"≥ {measure(element.gap, 'pt')}")


def _gap(before: Line, line: Line) -> float:
    """Word adds up what two paragraphs ask for, save what one does not ask towards others of its style."""
    styles = line.formats.styles
    same = styles.of_paragraph(before.paragraph) == styles.of_paragraph(line.paragraph)
    after = 0 if same and before.shape.close else before.shape.after
    return after + (0 if same and line.shape.close else line.shape.before)


def _line_below(own: Sequence[Line], lines: Sequence[Line], element: Element) -> Iterator[Departure]:
    """A line drawn below the last line of an element: a border, a shape; no dashes, no underlined words."""
    if not element.article or element.rule in ("", "choice"):
        return
    last = own[-1]
    at = next(i for i, line in enumerate(lines) if line.number == last.number)
    below = [line for line in lines[at + 1 : at + 1 + NEAR] if line.cell == last.cell]
    same = [line for line in lines if _one_column(line, last)] or [last, *below]  # a shape may hang at the date below
    if bordered(last.paragraph, last.formats) or any(line.drawn for line in same):
        return
    if any(bordered(line.paragraph, line.formats) for line in below if not line.text):
        return
    typed = any(set(line.text) <= DASHES and line.text for line in below)
    said = "typed dashes" if typed else "underlined words" if any(x.underlined for x in last.looks) else "nothing"
    yield _of(last, element, "line below", said, "a drawn line")


def _one_column(line: Line, other: Line) -> bool:
    if line.cell is None or other.cell is None:
        return False
    return (line.cell.table, line.cell.column) == (other.cell.table, other.cell.column)


def _fonts(lines: Sequence[Line], layout: Layout) -> Iterator[Departure]:
    for line in lines:
        for font in sorted({font for look in line.looks for font in look.fonts or {"no font"}} - {layout.font}):
            yield Departure("font", "page", layout.font_article, line.place, font, layout.font)


def _of(line: Line, element: Element, rule: Rule, found: str, expected: str) -> Departure:
    return Departure(rule, element.key, element.article, line.place, found, expected)
