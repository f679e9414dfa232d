"""Word documents (DOCX): the text as printed, with automatic numbers, without deletions, headers and footnotes."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from lxml import etree

from vanban.errors import Damaged
from vanban.reading.building import Builder
from vanban.reading.docx.body import WRAPPERS, Body
from vanban.reading.docx.names import STRICT, W
from vanban.reading.docx.numbering import Numbering
from vanban.reading.docx.package import Package
from vanban.reading.docx.styles import Styles
from vanban.reading.limits import check_pages
from vanban.values import Block

UNREADABLE = (zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, NotImplementedError, RuntimeError, ValueError)
FULLEST = 6000  # characters on a page: a count that asks for more was never brought up to date
PAGES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}Pages"


def read_docx(data: bytes, name: str) -> tuple[str, tuple[Block, ...], int | None]:
    """Content, blocks, and the number of pages if the program that wrote the file noted it.

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
        for element in _elements(package.read(part)):
            body.add(element)
        body.close()
    except UNREADABLE as error:
        raise Damaged(name=name, reason="its parts cannot be unpacked") from error
    content, blocks = builder.finish()
    return content, blocks, pages if pages and len(content) <= pages * FULLEST else None


def _elements(data: bytes) -> Iterator[etree._Element]:
    """The children of the body, one at a time, each dropped behind: the whole tree would take ten times the space."""
    data = data.replace(STRICT, W[1:-1].encode())
    blocks = (W + "p", W + "tbl", *WRAPPERS)
    walk = etree.iterparse(BytesIO(data), tag=blocks, resolve_entities=False, no_network=True, huge_tree=False)
    for _, element in walk:
        parent = element.getparent()
        if parent is None or parent.tag != W + "body":
            continue
        yield element
        element.clear()
        while element.getprevious() is not None:
            del parent[0]


def _pages(package: Package) -> int | None:
    root = package.root("docProps/app.xml")
    text = root.findtext(PAGES) if root is not None else None
    return int(text) or None if text and text.isdecimal() else None
