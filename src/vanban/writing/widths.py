"""How wide a line of bold Times New Roman is: a line drawn below a text is measured by it."""

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
OF = {letter: width for width, letters in WIDTHS.items() for letter in letters}
UNKNOWN = 600
HORN = "\u031b"


def width(text: str, size: float) -> float:
    """In mm, of a text in points of `size`.

    >>> round(width("Độc lập - Tự do - Hạnh phúc", 14), 1)
    60.5
    """
    return sum(OF.get(_base(letter), UNKNOWN) for letter in text) * size * MM


def _base(letter: str) -> str:
    """The letter without its tone and roof; ơ and ư keep their horns."""
    parts = unicodedata.normalize("NFD", letter)
    return unicodedata.normalize("NFC", parts[0] + HORN) if HORN in parts else parts[0]
