"""Word documents (DOCX): the text as printed, with automatic numbers, without deletions, headers and footnotes."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from lxml import etree

from vanban.errors import Damaged
from vanban.reading.building import Builder
from vanban.reading.docx.body import Body
from vanban.reading.docx.names import STRICT, W
from vanban.reading.docx.numbering import Numbering
from vanban.reading.docx.package import Package
from vanban.reading.docx.styles import Styles
from vanban.reading.legacy import repairs
from vanban.reading.limits import check_pages
from vanban.reading.told import FOOTNOTES, TRACKED
from vanban.values import Block, Notice

UNREADABLE = (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, NotImplementedError, RuntimeError, ValueError)
MOST_HELD = 300_000  # elements in one paragraph or table row
FULLEST = 6000  # characters on a page: a count that asks for more was never brought up to date
CHANGED = re.compile(rb"<\w+:(?:ins|del|moveFrom|moveTo)[\s/>]")
NOTED = re.compile(rb"<\w+:(?:footnote|endnote)Reference[\s/>]")
PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"


def read_docx(data: bytes, name: str) -> tuple[str, tuple[Block, ...], tuple[Notice, ...], int | None]:
    """Content, blocks, notices, and the number of pages if the program that wrote the file noted it.

    Raises Damaged, Protected, TooLarge, TooManyPages.
    """
    try:
        package = Package(data, name)
        pages = _pages(package)
        check_pages(name, pages or 0)
        part = package.main_part
        styles = Styles(package.beside(part, "styles"))
        builder = Builder(name)
        body = Body(builder, styles, Numbering(package.beside(part, "numbering"), styles))
        text = package.read(part)
        _feed(body, text, name)
        body.close()
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be opened") from error
    content, blocks = builder.finish()
    told = (TRACKED,) * bool(CHANGED.search(text)) + (FOOTNOTES,) * bool(NOTED.search(text))
    return content, blocks, told + repairs(body.repaired), pages if pages and len(content) <= pages * FULLEST else None


def _feed(body: Body, data: bytes, name: str) -> None:
    """Paragraphs and table rows, each dropped as soon as it is read: the whole tree would take ten times the space."""
    source = BytesIO(data.replace(STRICT, W[1:-1].encode()))
    walk = etree.iterparse(
        source, resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    held = 0
    for _, element in walk:
        held += 1
        if held > MOST_HELD:
            raise Damaged(name=name, reason="a paragraph or table row in it is endless")
        if element.tag == W + "tr" and _in_body(next(element.iterancestors(W + "tbl"), None)):
            body.add_row(element)
        elif _in_body(element):
            body.add(element)
        else:
            continue
        held = 0
        _drop(element)


def _in_body(element: etree._Element | None) -> bool:
    parent = element.getparent() if element is not None else None
    return parent is not None and parent.tag == W + "body"


def _drop(element: etree._Element) -> None:
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _pages(package: Package) -> int | None:
    root = package.root("docProps/app.xml")
    text = root.findtext(PAGES) if root is not None else None
    return int(text) or None if text and text.isdecimal() else None
