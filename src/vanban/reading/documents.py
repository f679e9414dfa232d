"""Bytes or a path → `Document`, told apart by content first and by name second."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import replace
from pathlib import Path

from vanban.errors import Empty, NotFound
from vanban.reading.doc import read_doc
from vanban.reading.docx import read_docx
from vanban.reading.encodings import check_letters, decode
from vanban.reading.html import read_html
from vanban.reading.limits import FILE, check_file, check_text, read_bounded
from vanban.reading.marks import resolved
from vanban.reading.pdf import read_pdf
from vanban.reading.pictures import read_pictures
from vanban.reading.plain import read_plain
from vanban.reading.scans import Progress, unheard
from vanban.reading.sniff import sniff, sniff_text
from vanban.values import Block, Document, Kind, Notice, ScannedLine

Reading = tuple[str, tuple[Block, ...], tuple[Notice, ...], int | None]


def read(source: bytes | str | os.PathLike[str], *, name: str | None = None, report: Progress = unheard) -> Document:
    """Read a document from its bytes or from a path; `name` is what messages call it, by default the file's name.

    TXT, Markdown, HTML, DOCX, DOC and PDF are read, told apart by content first and by name second; where text recognition
    is installed so are pages that are pictures, in a PDF or as PNG, JPEG or TIFF. Raises DocumentError, with a sentence that
    says what is wrong and what to do, for anything else.

    `report(pages done, pages in all)` is called before each page of a PDF or picture; what it raises ends the reading.

    >>> read("KẾ HOẠCH\\n1. Rà soát".encode(), name="a.txt").blocks[1].passage.text
    '1. Rà soát'
    """
    if isinstance(source, bytes):
        name = name or "document"
        data = source
        check_file(name, len(data))
    else:
        name = name or Path(source).name
        data = load(source, name)
    kind = sniff(data, name)
    scanned: tuple[ScannedLine, ...] = ()
    if kind is None:
        kind, (content, blocks, notices, pages) = _read_text(data, name)
    elif kind == "docx":
        content, blocks, notices, pages = read_docx(data, name)
    elif kind == "doc":
        (content, blocks, notices), pages = read_doc(data, name), None
    else:
        reader = read_pdf if kind == "pdf" else read_pictures
        content, blocks, notices, pages, scanned = reader(data, name, report)
    if kind not in ("txt", "md"):
        if not content.strip():
            raise Empty(name=name)
        check_letters(content, name)
    digest = hashlib.sha256(data).hexdigest()
    return Document(name, kind, digest, pages, content, blocks, notices, scanned=scanned)


def _read_text(data: bytes, name: str) -> tuple[Kind, Reading]:
    text, notices = decode(data, name)
    kind = sniff_text(text, name)
    if kind == "html":
        return kind, (*read_html(text, name), _placeless(notices), None)
    check_text(name, text)
    text = resolved(text)
    return kind, (text, read_plain(text), notices, None)


def _placeless(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    """What is told of the letters of a file whose text is laid anew: places in it are none in the content."""
    return tuple(replace(notice, text="", span=None) for notice in notices)


def load(path: str | os.PathLike[str], name: str) -> bytes:
    """The bytes of a file, of which no more are ever held than may be read. Raises NotFound, TooLarge."""
    try:
        path = Path(path)
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device might never end
            raise NotFound(name=name, reason="it is not a file")
        with path.open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
            check_file(name, size)
            data = read_bounded(stream, FILE)
    except (OSError, ValueError) as error:
        raise NotFound(name=name, reason=getattr(error, "strerror", None) or "no such path") from error
    if data is None:  # it grew while it was read
        check_file(name, FILE + 1)
    return data or b""
