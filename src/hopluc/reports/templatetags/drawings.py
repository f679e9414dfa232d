"""Drawings of a report as SVG: drawn by the server, without a script, a style or a colour of their own."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from hopluc.reports.charts.drawn import Drawn
from vanban.writing.drawing import POINT, Area, Line, Mark, Ring, Words

register = template.Library()
ANCHORS = {"left": "start", "center": "middle", "right": "end"}


@register.simple_tag
def drawing(made: Drawn) -> SafeString:
    """`{% drawing made %}`; what it shows is said by its name, and by the table beside it."""
    marks = format_html_join("", "{}", ((each,) for each in _marks(made.drawing.marks)))
    return format_html(
        '<svg class="report-drawing" viewBox="-4 -4 {} {}" role="img" aria-label="{}">{}</svg>',
        made.drawing.width + 8, made.drawing.height + 8, made.alt, marks,
    )  # fmt: skip


def _marks(marks: tuple[Mark, ...]) -> Iterator[SafeString]:
    """Lines that follow one another are one path: hatching has thousands."""
    for kind, group in groupby(marks, type):
        if kind is Line:
            yield format_html(
                '<path class="edge" d="{}"/>', "".join(_way(each.points) for each in group if isinstance(each, Line))
            )
            continue
        for each in group:
            yield _area(each) if isinstance(each, Area) else _words(each)


def _area(area: Area) -> SafeString:
    title = format_html("<title>{}</title>", area.name) if area.name else mark_safe("")
    ways = "".join(f"{_way(ring)}Z" for ring in area.rings)
    return format_html('<path class="grey-{}" d="{}" fill-rule="evenodd">{}</path>', area.tone, ways, title)


def _way(points: Ring) -> str:
    return f"M{points[0]} {points[1]}L{' '.join(map(str, points[2:]))}"


def _words(words: Mark) -> SafeString:
    assert isinstance(words, Words)
    return format_html(
        '<text x="{}" y="{}" font-size="{}" text-anchor="{}"{}>{}</text>',
        words.x, words.y, round(words.size * POINT), ANCHORS[words.align],
        mark_safe(' class="light"') if words.light else "", words.text,
    )  # fmt: skip
