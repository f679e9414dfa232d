"""The source of a document on a page: its own words in their own layout, each block knowing where it stands."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
Json = dict[str, Any]


@register.simple_tag
def source(version: Any) -> SafeString:
    """All blocks of a version. `data-s` is the place of a block's first character; its one text node is the content."""
    content = version.content
    return mark_safe("".join(_block(content, block) for block in version.layout))  # noqa: S308  each part is escaped


def _block(content: str, block: Json) -> str:
    if "table" in block:
        rows = format_html_join("", "<tr>{}</tr>", ((_cells(content, row),) for row in block["table"]))
        return format_html('<div class="source-table"><table>{}</table></div>', rows)
    start, end = block["span"]
    kind = block.get("role", "body")
    weight = " source-bold" if block.get("bold") else ""
    level = f" source-level-{min(block.get('level', 0), 6)}"
    return format_html(
        '<p class="source-{}{}{}" data-s="{}">{}</p>',
        kind,
        weight,
        level,
        unlocalized(start),
        escape(content[start:end]),
    )


def _cells(content: str, row: list[Json]) -> SafeString:
    return format_html_join(
        "",
        '<td{}{} data-s="{}">{}</td>',
        (
            (
                _times("rowspan", cell.get("rows")),
                _times("colspan", cell.get("cols")),
                unlocalized(cell["span"][0]),
                content[cell["span"][0] : cell["span"][1]],
            )
            for cell in row
        ),
    )


def _times(name: str, count: int | None) -> SafeString:
    return format_html(' {}="{}"', name, unlocalized(count)) if count and count > 1 else SafeString("")


def unlocalized(number: int) -> str:
    """A number for machines: no separators."""
    return str(number)
