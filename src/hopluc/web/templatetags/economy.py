"""Rows of places drawn in Python: a hundred of them took the template longer than all else on the page."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from django import template
from django.utils.safestring import SafeString

from hopluc.web.economy.presenting import Line

register = template.Library()


@register.simple_tag
def place_lines(lines: Sequence[Line], toned: bool, here: str) -> SafeString:
    """The place with the tone that it has on the map, and its numbers, which open their rows."""
    titles = [escape(what[:1].upper() + what[1:]) for line in lines[:1] for what, _number, _url in line.cells]
    return SafeString("".join(_row(one, titles, toned=toned, here=one.key == here) for one in lines))


def _row(one: Line, titles: Sequence[str], *, toned: bool, here: bool) -> str:
    spot = f'<span class="tone tone-{one.tone}" aria-hidden="true"></span>' if toned else ""
    name = f'<a href="{escape(one.url)}">{escape(one.name)}</a>'
    cells = "".join(_cell(title, number, url) for title, (_what, number, url) in zip(titles, one.cells, strict=True))
    return f'<tr{" class=is-here" if here else ""}><th scope="row" lang="vi">{spot}{name}</th>{cells}</tr>'


def _cell(title: str, number: str, url: str) -> str:
    said = f'<a href="{escape(url)}">{number}</a>' if url else number
    return f'<td class="num" data-label="{title}">{said}</td>'
