"""Numbers in their order: after II comes III, after c) comes d), and a new list begins with the first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vanban.lexicon import numeral
from vanban.outline.markers import RANK, Marker
from vanban.writing.checking.lines import Line
from vanban.writing.numbers import letter


class Misnumbered(NamedTuple):
    line: Line
    found: str
    expected: str


def misnumbered(markers: Sequence[tuple[Line, list[Marker]]]) -> Iterator[Misnumbered]:
    """Headings and items out of order. Articles run through the document, all else begins anew under what stands above."""
    above: list[Marker] = []
    articles: Marker | None = None
    for line, ways in markers:
        marker = _likeliest(ways, above)
        before = articles if marker.family == "article" else _before(marker, above)
        if (expected := _expected(marker, before)) != marker.value:
            yield Misnumbered(line, _said(marker, marker.value), _said(marker, expected))
        articles = marker if marker.family == "article" else articles
        above = [each for each in above if _depth(each) < _depth(marker)] + [marker]


def _likeliest(ways: Sequence[Marker], above: Sequence[Marker]) -> Marker:
    """`I.` after `H.` is a letter: the way that goes on with what stands above."""
    for marker in ways:
        if (before := _before(marker, above)) and _expected(marker, before) == marker.value:
            return marker
    return ways[0]


def _before(marker: Marker, above: Sequence[Marker]) -> Marker | None:
    return next((each for each in reversed(above) if _depth(each) == _depth(marker)), None)


def _depth(marker: Marker) -> tuple[int, int, str]:
    return RANK[marker.family], len(marker.value), marker.family


def _expected(marker: Marker, before: Marker | None) -> tuple[int, ...]:
    """The next number; the first one where nothing stands before it, or where it begins a list of its own."""
    if marker.first or before is None:
        return (*marker.value[:-1], 1)
    if before.value[:-1] != marker.value[:-1]:
        return (*marker.value[:-1], 1)
    return (*marker.value[:-1], before.value[-1] + 1)


def _said(marker: Marker, value: tuple[int, ...]) -> str:
    if marker.family == "number":
        return ".".join(map(str, value)) + (marker.punct or ".")
    if marker.family == "letter":
        return letter(value[0]) + (marker.punct or ")")
    if marker.family == "capital":
        return chr(64 + value[0]) + "."
    return {"article": "Điều {}", "section": "Mục {}"}.get(marker.family, "{}").format(
        value[0] if marker.family in ("article", "section") else numeral(value[0])
    )
