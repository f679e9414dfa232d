"""The bars of a timeline, written without templates: a page has hundreds."""

from __future__ import annotations

from html import escape

from django import template
from django.utils.safestring import SafeString

from hopluc.plans.timeline import HEIGHT, WIDTH, Bar, Row, Window

register = template.Library()


@register.simple_tag
def bars(row: Row, window: Window, now: int | None) -> SafeString:
    """The line of a task; `now` is where today stands on it."""
    marks = "".join(_line("time-mark", mark, 1) for mark in window.marks)
    today = "" if now is None else _line("time-now", now, 3)
    drawn = "".join(map(_bar, row.bars))
    return SafeString(f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="none">{marks}{drawn}{today}</svg>')


def _line(classes: str, at: int, width: int) -> str:
    return f'<rect class="{classes}" x="{at}" width="{width}" height="{HEIGHT}"/>'


def _bar(bar: Bar) -> str:
    slices = "".join(
        f'<rect class="bar-{each.state}" x="{bar.start}" width="{bar.width}" y="{each.top}" height="{each.height}"/>'
        for each in bar.slices
    )
    return f"<g><title>{escape(bar.words)}</title>{slices}</g>"
