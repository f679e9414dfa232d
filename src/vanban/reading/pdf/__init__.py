"""PDF: words by their places → lines → paragraphs and ruled tables, over page breaks; pages of pictures are recognised."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.errors import Damaged, Illegible, NoTextLayer, Protected
from vanban.reading.building import Builder
from vanban.reading.legacy import repairs
from vanban.reading.limits import check_characters, check_pages
from vanban.reading.page.loose import Carried
from vanban.reading.pdf.assembly import assemble
from vanban.reading.pdf.leaf import Leaf, leaf_of, leaf_of_picture
from vanban.reading.pdf.page import open_sheet, picture_of
from vanban.reading.scans import Progress, Scanner, scanning
from vanban.reading.told import FOOTNOTES
from vanban.values import Block, Notice, ScannedLine

LOCK = threading.Lock()  # pdfium does not bear two threads at once

Built = tuple[str, tuple[Block, ...], tuple[Notice, ...], int, tuple[ScannedLine, ...]]


def read_pdf(data: bytes, name: str, report: Progress) -> Built:
    """Content, blocks, notices, number of pages, and the lines of those that were recognised.

    Raises Damaged, Protected, NoTextLayer, Illegible, TooManyPages, and what `report` raises.
    """
    with scanning() as scanner:
        with LOCK:
            leaves = _leaves(data, name, scanner, report)
        return built(leaves, name, scanner)


def built(leaves: list[Leaf], name: str, scanner: Scanner | None) -> Built:
    """The document that these pages make. Raises NoTextLayer, Illegible where there is no text on any."""
    bare = [leaf.number for leaf in leaves if leaf.picture]
    if len(bare) == len(leaves):
        raise Illegible(name=name) if scanner else NoTextLayer(name=name)
    builder = Builder(name)
    assemble(leaves, builder)
    repaired = repairs(page for leaf in leaves for page in leaf.repaired)
    noted = (FOOTNOTES,) * any(leaf.noted for leaf in leaves)
    told = scanner.notices() if scanner else ()
    lines = tuple(scanner.lines) if scanner else ()
    return *builder.finish(), _told(bare) + told + noted + repaired, len(leaves), lines


def _leaves(data: bytes, name: str, scanner: Scanner | None, report: Progress) -> list[Leaf]:
    """All pages, read one at a time: pdfium holds no more than one."""
    with _opened(data, name) as document:
        check_pages(name, len(document))
        if not len(document):
            raise Damaged(name=name, reason="it has no pages")
        leaves: list[Leaf] = []
        letters = 0
        for index in range(len(document)):
            report(index, len(document))
            leaves.append(_leaf(document, index, name, leaves[-1].carried if leaves else None, scanner))
            letters += sum(len(line.text) for line in leaves[-1].lines)
            check_characters(name, letters)
        return leaves


@contextmanager
def _opened(data: bytes, name: str) -> Iterator[pdfium.PdfDocument]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Protected(name=name) from error
        raise Damaged(name=name, reason="no PDF reader can open it") from error
    try:
        yield document
    finally:
        document.close()


def _leaf(
    document: pdfium.PdfDocument, index: int, name: str, carried: Carried | None, scanner: Scanner | None
) -> Leaf:
    try:
        leaf = leaf_of(open_sheet(document, index), index + 1, carried)
        if leaf.picture and scanner:
            return leaf_of_picture(scanner.page(*picture_of(document, index), index + 1), index + 1, carried)
    except pdfium.PdfiumError as error:
        raise Damaged(name=name, reason=f"page {index + 1} cannot be read") from error
    return leaf


def _told(bare: list[int]) -> tuple[Notice, ...]:
    if not bare:
        return ()
    pages = ", ".join(map(str, bare))
    return (Notice("R203", f"no text on page {pages}: a picture, or empty"),)
