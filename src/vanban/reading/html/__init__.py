"""Web pages: the text between the tags as a browser shows it, without menus and scripts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from lxml import etree

from vanban.errors import Damaged
from vanban.reading.building import Builder
from vanban.reading.html.flow import Flow, Grid
from vanban.reading.html.page import Page
from vanban.values import Block

CHUNK = 65_536


def read_html(text: str, name: str) -> tuple[str, tuple[Block, ...]]:
    """Content and blocks of a web page. Raises Damaged, TooManyPages."""
    page, builder = Page(name), Builder(name)
    target: Any = page  # the stubs ask for bytes as well, which never come
    parser = etree.HTMLParser(target=target, encoding="utf-8", no_network=True, huge_tree=False)
    try:
        for chunk in _chunks(text):  # tags go by one at a time: a tree of them would take thirty times the space
            parser.feed(chunk)
        parser.close()
    except (etree.LxmlError, ValueError) as error:
        raise Damaged(name=name, reason="its tags cannot be read") from error
    _build(page.flow, builder)
    return builder.finish()


def _chunks(text: str) -> Iterator[bytes]:
    for at in range(0, len(text), CHUNK):
        yield text[at : at + CHUNK].encode("utf-8", "replace")


def _build(flow: Flow, builder: Builder) -> None:
    for item in flow.items:
        if not isinstance(item, Grid):
            builder.add_lines(item)
        elif item.is_frame():
            for covering in item.cells():
                _build(covering.flow, builder)
        else:
            builder.add_table(item.raw_rows())
