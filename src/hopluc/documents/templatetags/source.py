"""The source of a document on a page: its own words in their own layout, each run of them knowing where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from hopluc.documents.models import Version

register = template.Library()
Json = dict[str, Any]
DEEPEST = 6  # levels of indentation
KEPT = 16  # sources that a process keeps ready: the text of a version never changes
KEEP_LINES = ("docx", "doc", "html")  # somebody broke the lines of a paragraph there; elsewhere a width did
SPANNING = (("rows", "rowspan"), ("columns", "colspan"))


@register.simple_tag
def source(version: Version) -> SafeString:
    """All blocks of a version. An element with `data-s` holds one text: the content from that character on."""
    return _drawn(version.pk)


@lru_cache(maxsize=KEPT)
def _drawn(pk: int) -> SafeString:
    kind, content, layout = Version.objects.values_list("kind", "content", "layout").get(pk=pk)
    look = "" if kind in KEEP_LINES else " source-flows"
    return SafeString("".join(_block(content, block, look) for block in layout))


def _block(content: str, block: Json, look: str) -> str:
    if "table" in block:
        head = block.get("header", 0)
        rows = (_row(content, row, "th" if turn < head else "td") for turn, row in enumerate(block["table"]))
        return f'<div class="source-table"><table>{"".join(rows)}</table></div>'
    bold = " source-bold" if block.get("bold") else ""
    level = min(block.get("level", 0), DEEPEST)
    classes = f"source-{block.get('role', 'body')}{bold} source-level-{level}{look}"
    return _element("p", f' class="{classes}"', content, block)


def _row(content: str, row: list[Json], tag: str) -> str:
    return f"<tr>{''.join(_element(tag, _over(cell), content, cell) for cell in row)}</tr>"


def _over(cell: Json) -> str:
    """Over how many rows and columns a cell reaches."""
    return "".join(f' {name}="{cell[key]:d}"' for key, name in SPANNING if key in cell)


def _element(tag: str, attributes: str, content: str, part: Json) -> str:
    """A part of the source; words that stand apart in it, with marks hidden between them, are runs of their own."""
    runs = list(_runs(part))
    if len(runs) == 1:
        start, end = runs[0]
        return f'<{tag}{attributes} data-s="{start:d}">{escape(content[start:end])}</{tag}>'
    shown = "".join(f'<span data-s="{start:d}">{escape(content[start:end])}</span>' for start, end in runs)
    return f"<{tag}{attributes}>{shown}</{tag}>"


def _runs(part: Json) -> Iterator[tuple[int, int]]:
    """The pieces of a span between what is hidden in it."""
    at, end = part["span"]
    if "hidden" not in part:
        yield at, end
        return
    for start, stop in part["hidden"]:
        if start > at:
            yield at, start
        at = max(at, stop)
    if at < end:
        yield at, end
