"""PDF with text: words by their places → lines → paragraphs and ruled tables, over page breaks."""

from __future__ import annotations

import threading

import pypdfium2 as pdfium
from pypdfium2 import raw

from vanban.errors import Damaged, NoTextLayer, Protected
from vanban.reading.building import Builder
from vanban.reading.legacy import repairs
from vanban.reading.limits import check_characters, check_pages
from vanban.reading.page.loose import Carried
from vanban.reading.pdf.assembly import assemble
from vanban.reading.pdf.leaf import Leaf, leaf_of
from vanban.reading.pdf.page import open_sheet
from vanban.reading.told import FOOTNOTES
from vanban.values import Block, Notice

LOCK = threading.Lock()  # pdfium does not bear two threads at once


def read_pdf(data: bytes, name: str) -> tuple[str, tuple[Block, ...], tuple[Notice, ...], int]:
    """Content, blocks, notices and number of pages. Raises Damaged, Protected, NoTextLayer, TooManyPages."""
    with LOCK:
        leaves = _leaves(data, name)
    bare = [leaf.number for leaf in leaves if leaf.picture]
    if len(bare) == len(leaves):
        raise NoTextLayer(name=name)
    builder = Builder(name)
    assemble(leaves, builder)
    repaired = repairs(page for leaf in leaves for page in leaf.repaired)
    noted = (FOOTNOTES,) * any(leaf.noted for leaf in leaves)
    return *builder.finish(), _told(bare) + noted + repaired, len(leaves)


def _leaves(data: bytes, name: str) -> list[Leaf]:
    """All pages, read one at a time: pdfium holds no more than one."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            raise Protected(name=name) from error
        raise Damaged(name=name, reason="no PDF reader can open it") from error
    try:
        check_pages(name, len(document))
        if not len(document):
            raise Damaged(name=name, reason="it has no pages")
        leaves: list[Leaf] = []
        letters = 0
        for index in range(len(document)):
            leaves.append(_leaf(document, index, name, leaves[-1].carried if leaves else None))
            letters += sum(len(line.text) for line in leaves[-1].lines)
            check_characters(name, letters)
        return leaves
    finally:
        document.close()


def _leaf(document: pdfium.PdfDocument, index: int, name: str, carried: Carried | None) -> Leaf:
    try:
        return leaf_of(open_sheet(document, index), index + 1, carried)
    except pdfium.PdfiumError as error:
        raise Damaged(name=name, reason=f"page {index + 1} cannot be read") from error


def _told(bare: list[int]) -> tuple[Notice, ...]:
    if not bare:
        return ()
    pages = ", ".join(map(str, bare))
    return (Notice("R203", f"no text on page {pages}: a picture, or empty"),)
