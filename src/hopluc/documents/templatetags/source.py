"""The source of a document on a page: its own words in their own layout, each run of them knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
Json = dict[str, Any]
DEEPEST = 6  # levels of indentation


@register.simple_tag
def source(version: Any) -> SafeString:
    """All blocks of a version. An element with `data-s` holds one text: the content from that character on."""
    content = version.content
    return mark_safe("".join(_block(content, block) for block in version.layout))  # noqa: S308  each part is escaped


def _block(content: str, block: Json) -> str:
    if "table" in block:
        head = block.get("header", 0)
        rows = format_html_join(
            "", "<tr>{}</tr>", ((_cells(content, row, turn < head),) for turn, row in enumerate(block["table"]))
        )
        return format_html('<div class="source-table"><table>{}</table></div>', rows)
    bold = " source-bold" if block.get("bold") else ""
    level = min(block.get("level", 0), DEEPEST)
    return _element("p", f"source-{block.get('role', 'body')}{bold} source-level-{level}", content, block)


def _cells(content: str, row: list[Json], head: bool) -> SafeString:
    return format_html_join("", "{}", ((_element("th" if head else "td", "", content, cell),) for cell in row))


def _element(tag: str, classes: str, content: str, part: Json) -> SafeString:
    """A part of the source; words that stand apart within it (marks are hidden between them) are runs of their own."""
    attributes = format_html_join(
        "",
        ' {}="{}"',
        [("class", classes)] * bool(classes) + [(name, str(part[key])) for key, name in SPANNING if key in part],
    )
    runs = list(_runs(part))
    if len(runs) == 1:
        ((start, end),) = runs
        return format_html('<{}{} data-s="{}">{}</{}>', tag, attributes, str(start), content[start:end], tag)
    shown = format_html_join(
        "", '<span data-s="{}">{}</span>', ((str(start), content[start:end]) for start, end in runs)
    )
    return format_html("<{}{}>{}</{}>", tag, attributes, shown, tag)


SPANNING = (("rows", "rowspan"), ("columns", "colspan"))


def _runs(part: Json) -> Iterator[tuple[int, int]]:
    """The pieces of a span between what is hidden in it."""
    at, end = part["span"]
    for start, stop in part.get("hidden", ()):
        if start > at:
            yield at, start
        at = max(at, stop)
    if at < end or at == part["span"][0]:
        yield at, end
