"""What kind of file it is: by its first bytes, then by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import PurePath
from typing import TYPE_CHECKING

from vanban.errors import Damaged, Protected, UnknownKind
from vanban.reading.limits import open_zip

if TYPE_CHECKING:
    from vanban.values import Kind

PICTURE = "a picture"
ARCHIVE = "an archive of files"
SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (rb"GIF8[79]a", PICTURE),
    (rb"BM....\x00\x00\x00\x00", PICTURE),
    (rb"RIFF....WEBP", PICTURE),
    (rb"....ftyp(?:hei|mif|avif)", PICTURE),
    (rb"\{\\rtf", "a Rich Text (RTF) document"),
    (rb"%!PS", "a PostScript file"),
    (rb"Rar!|7z\xbc\xaf|\x1f\x8b", ARCHIVE),
    (rb"MIME-Version:", "a saved web archive (MHT)"),
    (rb"<\?xml[^>]*>\s*<\?mso-application", "a Word XML document"),
)
PAGES = re.compile(
    rb"\x89PNG\r\n|\xff\xd8\xff|II\*\x00|MM\x00\*"
)  # pictures that scanners and cameras make: PNG, JPEG, TIFF
PACKED: tuple[tuple[str, str], ...] = (
    ("xl/", "an Excel workbook"),
    ("ppt/", "a PowerPoint presentation"),
    ("content.xml", "an OpenDocument file"),
    ("META-INF/container.xml", "an electronic book (EPUB)"),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE_STREAMS: tuple[tuple[str, str], ...] = (
    ("Workbook", "an Excel 97–2003 workbook"),
    ("Book", "an Excel 97–2003 workbook"),
    ("PowerPoint Document", "a PowerPoint 97–2003 presentation"),
    ("__properties_version1.0", "an Outlook message"),
)
MARKDOWN = {".md", ".markdown"}
HTML_HEAD = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
HTML_NAMES = {".html", ".htm", ".xhtml"}
HTML_TAG = re.compile(r"<(?:p|div|table|br|h[1-6]|span)\b[^<>]*>", re.I)
HEAD = 4096


def sniff(data: bytes, name: str) -> Kind | None:
    """`pdf`, `docx`, `doc` or `picture`; None for what can only be text. Raises UnknownKind, Damaged, Protected.

    >>> sniff(b"%PDF-1.7 ...", "plan.docx")
    'pdf'
    >>> sniff("Kế hoạch".encode(), "plan.pdf") is None
    True
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(OLE):
        return _old_office(data, name)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _packed(data, name)
    if PAGES.match(data):
        return "picture"
    for signature, looks in SIGNATURES:
        if re.match(signature, data, re.S):
            raise UnknownKind(name=name, looks=looks)
    return None


def sniff_text(text: str, name: str) -> Kind:
    """`html` by its first tags or by its name, `md` by its name, else `txt`.

    >>> sniff_text("<!DOCTYPE html><p>Kế hoạch", "a.txt"), sniff_text("# Kế hoạch", "A.MD"), sniff_text("", "a.htm")
    ('html', 'md', 'txt')
    """
    suffix = PurePath(name).suffix.lower()
    if HTML_HEAD.match(text[:HEAD]) or (suffix in HTML_NAMES and HTML_TAG.search(text[:HEAD])):
        return "html"
    return "md" if suffix in MARKDOWN else "txt"


def _old_office(data: bytes, name: str) -> Kind:
    if _has_stream(data, "EncryptedPackage"):
        raise Protected(name=name)
    if _has_stream(data, "WordDocument"):
        return "doc"
    looks = next((looks for stream, looks in OLE_STREAMS if _has_stream(data, stream)), None)
    if looks is None and name.lower().endswith(".doc"):
        return "doc"  # cut off before the list of its streams
    raise UnknownKind(name=name, looks=looks or "a file of an old office program")


def _has_stream(data: bytes, stream: str) -> bool:
    return stream.encode("utf-16-le") in data


def _packed(data: bytes, name: str) -> Kind:
    try:
        names = open_zip(data).namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        if b"word/" in data or name.lower().endswith(".docx"):
            raise Damaged(name=name, reason="its end is missing") from error
        raise UnknownKind(name=name, looks="a damaged archive") from error
    if any(part.startswith("word/") for part in names):
        return "docx"
    looks = (looks for mark, looks in PACKED if any(part.startswith(mark) for part in names))
    raise UnknownKind(name=name, looks=next(looks, ARCHIVE))
