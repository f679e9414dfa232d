"""How much of a file is read: bounds that keep time and memory small whatever is sent."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import IO

from vanban.errors import TooLarge, TooManyPages

MB = 1_000_000
FILE = 50 * MB
UNPACKED = 200 * MB  # all parts of a packed file together
PART = 100 * MB  # one part of it
DIRECTORY, DIRECTORY_END = 2 * MB, b"PK\x05\x06"
PAGES = 500
PAGE_CHARACTERS = 10_000  # a generous page: text without pages is counted in these
LINE = 20  # characters that any paragraph, line or cell counts as: millions of empty ones fill memory, too


def check_file(name: str, size: int) -> None:
    """Raises TooLarge for a file that is not even worth opening."""
    if size > FILE:
        raise TooLarge(name=name, size=megabytes(size), limit=megabytes(FILE))


def check_pages(name: str, pages: int) -> None:
    if pages > PAGES:
        raise TooManyPages(name=name, pages=pages, limit=PAGES)


def check_characters(name: str, count: int) -> None:
    """A text without pages is as long as the pages that its characters would fill."""
    check_pages(name, -(-count // PAGE_CHARACTERS))


def check_text(name: str, text: str) -> None:
    """The same for text whose lines are not parted yet."""
    pieces = sum(text.count(mark) for mark in "\n\t|")
    check_characters(name, len(text) + LINE * pieces)


def read_bounded(stream: IO[bytes], limit: int) -> bytes | None:
    """All that is left of a stream, None when that is more than `limit` bytes; never holds more than that."""
    data = stream.read(limit + 1)
    return data if len(data) <= limit else None


def open_zip(data: bytes) -> zipfile.ZipFile:
    """A packed file, unless its directory alone would fill memory. Raises zipfile.BadZipFile."""
    end = data.rfind(DIRECTORY_END)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    if end < 0 or size > DIRECTORY:
        raise zipfile.BadZipFile("no directory, or one of millions of entries")
    return zipfile.ZipFile(BytesIO(data))


def megabytes(size: int) -> str:
    """
    >>> megabytes(50_000_001), megabytes(50_000_000)
    ('51 MB', '50 MB')
    """
    return f"{-(-size // MB)} MB"
