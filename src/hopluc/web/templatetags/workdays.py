"""The days of a year, written without templates: a page has 365."""

from __future__ import annotations

from datetime import date
from html import escape

from django import template
from django.utils.safestring import SafeString

from hopluc.web.workdays.showing import Cell, Month

register = template.Library()


@register.simple_tag
def weeks(month: Month, today: date) -> SafeString:
    """The rows of a month; holidays and days entered here lead to what is said of them."""
    rows = ("".join(_cell(cell, today) for cell in week) for week in month.weeks)
    return SafeString("".join(f"<tr>{row}</tr>" for row in rows))


def _cell(cell: Cell | None, today: date) -> str:
    if cell is None:
        return "<td></td>"
    now = ' aria-current="date"' if cell.day == today else ""
    return f'<td class="wd-{cell.mark}"{now}>{_day(cell) if cell.named else cell.day.day}</td>'


def _day(cell: Cell) -> str:
    return f'<a href="#day-{cell.day}">{cell.day.day}<span class="wd-tip">{escape(str(cell.reason))}</span></a>'
