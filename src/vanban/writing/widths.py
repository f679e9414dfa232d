"""How wide words in Times New Roman are: lines drawn below a text and words in drawings are measured by it."""

from __future__ import annotations

import unicodedata

MM = 25.4 / 72 / 1000  # in a thousandth of a point
# Advance widths of the bold face, in thousandths of its size; letters with marks are as wide as without.
WIDTHS = {
    width: set(letters)
    for width, letters in {
        250: " ,.", 278: "il/", 333: "fjt-()", 389: "sI", 444: "cerz", 500: "agovxyJ0123456789", 554: "ơ", 556: "bdhknpquSđ",
        600: "ư", 611: "FP", 667: "BELTZ", 722: "wACDNRUVXYĐ", 778: "GHKOQƠ", 796: "Ư", 833: "m", 944: "M", 1000: "W",
    }.items()
}  # fmt: skip
# Of the regular face.
REGULAR_WIDTHS = {
    width: set(letters)
    for width, letters in {
        180: "'", 250: " ,.·", 278: "/:;ijlt", 333: "!()-frI", 389: "sJ", 408: '"', 444: "?acez", 500: "0123456789–*bdghknopquvxyđ",
        529: "ơ", 542: "ư", 549: "≤≥", 556: "FPS", 564: "+=<>−×", 611: "ELTZ", 667: "BCR", 722: "wADGHKNOQUVXYĐƠ", 776: "Ư", 778: "&m", 833: "%", 889: "M",
        944: "W", 1000: "—…",
    }.items()
}  # fmt: skip
Face = dict[str, int]
BOLD: Face = {letter: width for width, letters in WIDTHS.items() for letter in letters}
REGULAR: Face = {letter: width for width, letters in REGULAR_WIDTHS.items() for letter in letters}
UNKNOWN = 600
HORN = "\u031b"


def width(text: str, size: float, face: Face = BOLD) -> float:
    """In mm, of a text in points of `size`.

    >>> round(width("Độc lập - Tự do - Hạnh phúc", 14), 1)
    60.5
    """
    return sum(advance(letter, size, face) for letter in text)


def advance(letter: str, size: float, face: Face = BOLD) -> float:
    """Of one letter in mm."""
    return face.get(_base(letter), UNKNOWN) * size * MM


def _base(letter: str) -> str:
    """The letter without its tone and roof; ơ and ư keep their horns."""
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", parts[0] + HORN) if HORN in parts else parts[0]
