"""Rows of places drawn in Python: a hundred of them took the template longer than all else on the page."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from hopluc.web.economy.presenting import Line

register = template.Library()


@register.simple_tag
def place_lines(lines: Iterable[Line], toned: bool, here: str) -> SafeString:
    """The place with the tone that it has on the map, and its numbers, which open their rows."""
    return mark_safe("".join(_row(one, toned=toned, here=one.key == here) for one in lines))  # noqa: S308  escaped part by part


def _row(one: Line, *, toned: bool, here: bool) -> str:
    spot = f'<span class="tone tone-{one.tone}" aria-hidden="true"></span>' if toned else ""
    name = format_html('<a href="{}">{}</a>', one.url, one.name)
    cells = "".join(_cell(*cell) for cell in one.cells)
    return f'<tr{" class=is-here" if here else ""}><th scope="row" lang="vi">{spot}{name}</th>{cells}</tr>'


def _cell(what: str, number: str, url: str) -> str:
    label = escape(what[:1].upper() + what[1:])
    said = f'<a href="{escape(url)}">{number}</a>' if url else number
    return f'<td class="num" data-label="{label}">{said}</td>'
