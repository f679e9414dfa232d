"""The layout of any Word file held against the rules of a layout: each departure with its clause and its place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from vanban.errors import Damaged, NotWord
from vanban.reading.docx import UNREADABLE
from vanban.reading.docx.names import W
from vanban.reading.docx.numbering import Numbering
from vanban.reading.docx.package import Package
from vanban.reading.docx.styles import Styles
from vanban.reading.limits import check_file
from vanban.reading.sniff import sniff
from vanban.writing.checking.finding import find
from vanban.writing.checking.formats import Formats
from vanban.writing.checking.lines import Walk
from vanban.writing.checking.pages import Pages
from vanban.writing.checking.rules import departures
from vanban.writing.checking.values import Departure, Place
from vanban.writing.layouts import Layout

__all__ = ["Departure", "Place", "check"]


def check(data: bytes, layout: Layout, *, name: str = "document") -> tuple[Departure, ...]:
    """What in a Word file departs from a layout, in the order of the text; the page first.

    The same departure in many paragraphs is told once, with the first of them. Raises NotWord, Damaged, Protected,
    TooLarge.
    """
    check_file(name, len(data))
    if sniff(data, name) != "docx":
        raise NotWord(name=name)
    try:
        return _check(Package(data, name), layout)
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error


def _check(package: Package, layout: Layout) -> tuple[Departure, ...]:
    part = package.main_part
    styles, root = package.beside(part, "styles"), package.root(part)
    body = root.find(W + "body") if root is not None else None
    if body is None:
        raise Damaged(name=package.name, reason="the part with the text is missing")
    numbering = Numbering(package.beside(part, "numbering"), Styles(styles))
    formats = Formats(styles, package.beside(part, "theme"), numbering)
    lines = list(Walk(formats).lines(body))
    found = find(lines, layout)
    told = [*Pages(package, body, formats, layout).departures(found), *departures(found, lines, layout)]
    return tuple(sorted(_told_once(told), key=lambda each: each.place.paragraph))


def _told_once(departures: Iterable[Departure]) -> list[Departure]:
    told: dict[tuple[str, ...], Departure] = {}
    for each in departures:
        key = (each.rule, each.element, each.found, each.expected, each.place.words if each.rule == "form" else "")
        first = told.get(key)
        told[key] = each if first is None else replace(first, times=first.times + 1)
    return list(told.values())
