"""Scans made of printed pages: what a scanner, a camera and a careless hand do to them."""

from __future__ import annotations

import random
from difflib import SequenceMatcher
from io import BytesIO
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from vanban.reading.scans import installed

ORIGINALS = Path(__file__).parent / "golden" / "documents" / "originals"
DPI = 200

needs_recognition = pytest.mark.skipif(
    not installed(), reason="text recognition is not installed: pip install 'hopluc[ocr]'"
)


def printed(name: str, *pages: int) -> bytes:
    """Some pages of a document as a PDF of their own."""
    with pdfium.PdfDocument(ORIGINALS / f"{name}.pdf") as source:
        return _written(source, pages)


def joined(*parts: bytes) -> bytes:
    """PDFs one after the other."""
    target = pdfium.PdfDocument.new()
    for part in parts:
        with pdfium.PdfDocument(part) as source:
            target.import_pages(source)
    return _written(target)


def _written(document: pdfium.PdfDocument, pages: tuple[int, ...] = ()) -> bytes:
    target = pdfium.PdfDocument.new()
    target.import_pages(document, list(pages) or None)
    buffer = BytesIO()
    target.save(buffer)
    target.close()
    return buffer.getvalue()


def pictures(data: bytes, share: float = 1.0):
    """The pages of a PDF as pictures, or the upper share of each."""
    found = []
    with pdfium.PdfDocument(data) as document:
        for page in document:
            whole = page.render(scale=DPI / 72, grayscale=True).to_pil().convert("L")
            found.append(whole.crop((0, 0, whole.width, round(share * whole.height))))
    return found


def worn(picture, *, skew: float = 0.4, seed: int = 7):
    """Askew, out of focus and full of specks."""
    from PIL import Image, ImageFilter  # noqa: PLC0415  comes with text recognition

    specks = random.Random(seed)
    picture = picture.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.7))
    for _ in range(picture.width * picture.height // 5000):
        at = specks.randrange(picture.width), specks.randrange(picture.height)
        picture.putpixel(at, specks.choice((0, 255)))
    return picture


def scanned(*pages) -> bytes:
    """Pictures as a PDF, as a scanner writes it."""
    buffer = BytesIO()
    pages[0].save(buffer, "PDF", resolution=DPI, save_all=True, append_images=pages[1:])
    return buffer.getvalue()


def saved(picture, form: str, **options) -> bytes:
    buffer = BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def misread(text: str, meant: str) -> float:
    """The share of letters that were not read as they stand on paper."""
    same = sum(block.size for block in SequenceMatcher(None, text, meant, autojunk=False).get_matching_blocks())
    return 1 - same / max(len(text), len(meant))
