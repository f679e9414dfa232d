"""Pages that are pictures: text recognition (OCR) turns them into words in their places.

It is an optional part of the installation, `hopluc[ocr]`: Tesseract as a library, Pillow, and the model in `model/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec

from vanban.reading.scans.scanner import Scanner
from vanban.reading.scans.seeing import Eyes

__all__ = ["Progress", "Scanner", "installed", "scanning", "unheard"]

Progress = Callable[[int, int], None]  # pages done, pages in all; what it raises ends the reading


def unheard(_done: int, _pages: int) -> None:
    """Nobody wants to know how far the reading is."""


def installed() -> bool:
    """Whether the packages that recognise text are there."""
    return find_spec("tesserocr") is not None and find_spec("PIL") is not None


@contextmanager
def scanning() -> Iterator[Scanner | None]:
    """What recognises the pages of one document; None where nothing is installed that can."""
    if not installed():
        yield None
        return
    scanner = Scanner(_open_eyes)
    try:
        yield scanner
    finally:
        scanner.close()


def _open_eyes() -> Eyes:
    eyes: Eyes = import_module("vanban.reading.scans.recognising").Recogniser()
    return eyes
