"""Bytes of a text → letters: Unicode in its three dresses, Windows-1258, older Vietnamese code pages, also mixed."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import replace

from vanban.errors import Empty, UnknownEncoding, UnknownKind
from vanban.reading.joining import spaced
from vanban.reading.legacy import legacy, modernise
from vanban.values import Notice

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Upper bytes of the letters that Vietnamese text consists of, in UTF-16: Latin, Vietnamese, marks, punctuation.
UTF16_UPPER = frozenset(b"\x00\x01\x03\x1e\x20")
SAMPLE, LETTERS = 8192, 200_000  # how much is looked at
VIETNAMESE = frozenset(
    unicodedata.normalize("NFC", base + tone)
    for base in "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
    for tone in ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
) | set("đĐ")
UNICODE_ONLY = re.compile(
    "[\u0102\u0103\u0110\u0111\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]"
)  # no old code page has them
BINARY = 0.02  # share of control characters
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
BROKEN = 0.001  # share of unreadable characters that a cut or patched file may have


def decode(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    """The text, line ends as LF, control characters as spaces, and a notice when it was not plain UTF-8.

    What a web page says of its own encoding is not asked: it is wrong more often than the bytes are.
    Raises Empty, UnknownKind (no text at all) and UnknownEncoding.
    """
    text, notices = _decode(data, name)
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if (whole := spaced(text)) != text and len(CONTROL.findall(text[:SAMPLE])) > BINARY * len(text[:SAMPLE]):
        raise UnknownKind(name=name, looks="a binary file, not text")
    text = whole
    if not text.strip():
        raise Empty(name=name)
    text, repairs = modernise(text)
    check_letters(text, name)
    return text, (*(_placed(notice, text) for notice in notices), *repairs)


def _placed(notice: Notice, text: str) -> Notice:
    """With the first place of its words, once nothing moves them any more."""
    at = text.find(notice.text) if notice.text else -1
    return notice if at < 0 else replace(notice, span=(at, at + len(notice.text)))


def check_letters(text: str, name: str) -> None:
    """Raises UnknownEncoding where the letters are those of an old code page, whatever the file is coded in.

    A text that has letters of Unicode beside them was turned as far as that is sure; the rest is no reason to refuse it.
    """
    if not UNICODE_ONLY.search(text[:LETTERS]) and (encoding := legacy(text)):
        raise UnknownEncoding(name=name, encoding=encoding)


def _decode(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return data.decode(encoding, "replace"), _told(encoding)
    if (unmarked := _utf16(data)) is not None:
        return data.decode(unmarked, "replace"), _told(unmarked)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        if b"\x00" in data:
            raise UnknownKind(name=name, looks="a binary file, not text") from None
    return _patched(data) or _eight_bit(data, name)


def _told(encoding: str) -> tuple[Notice, ...]:
    return () if encoding == "utf-8" else (Notice("R101", f"read as {encoding.upper()}, not as UTF-8"),)


def _utf16(data: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is one of the few upper bytes of Vietnamese letters."""
    sample = data[:SAMPLE]
    if len(sample) < 4 or b"\x00" not in sample:
        return None
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        upper, lower = sample[first::2], sample[1 - first :: 2]
        if _share(upper) > 0.9 and _share(lower) < 0.5 and 0 in upper:
            return encoding
    return None


def _share(sample: bytes) -> float:
    return sum(byte in UTF16_UPPER for byte in sample) / max(1, len(sample))


def _patched(data: bytes) -> tuple[str, tuple[Notice, ...]] | None:
    """UTF-8 with a few bytes lost, as where a file was cut in the middle of a letter."""
    text = data.decode("utf-8", "replace")
    broken, whole = text.count("\ufffd"), sum(not letter.isascii() for letter in text)
    if broken > max(1, BROKEN * len(text)) or whole < 4 * broken:
        return None
    return text, (Notice("R102", f"{broken} letters could not be read", text="\ufffd"),)


def _eight_bit(data: bytes, name: str) -> tuple[str, tuple[Notice, ...]]:
    """An old code page, perhaps with lines of UTF-8 between; or Windows-1258 if what comes out are Vietnamese letters."""
    text = "\n".join(map(_line, data.split(b"\n")))
    if modernise(text)[1]:
        return text, ()
    text = data.decode("cp1258", "replace")
    strange = [
        x
        for x in unicodedata.normalize("NFC", text[:LETTERS])
        if not x.isascii() and unicodedata.category(x)[0] in "LM"
    ]
    if sum(letter in VIETNAMESE for letter in strange) < 0.95 * len(strange):
        raise UnknownEncoding(name=name, encoding="an unknown code page")
    return text, _told("windows-1258")


def _line(data: bytes) -> str:
    """UTF-8, or the letters and signs of Windows, whose code page has a few gaps."""
    for encoding in ("utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")
