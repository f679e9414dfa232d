"""Numbers of list items as letters: for formats that keep the number apart from the text."""

from __future__ import annotations

ROMANS = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
LARGEST = 4000


def render(count: int, form: str) -> str:
    """
    >>> [render(4, x) for x in ("decimal", "decimalZero", "lowerLetter", "upperRoman")], render(28, "lowerLetter")
    (['4', '04', 'd', 'IV'], 'bb')
    """
    if form in ("lowerRoman", "upperRoman") and 0 < count < LARGEST:
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    if form in ("lowerLetter", "upperLetter") and 0 < count < LARGEST:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter if form == "lowerLetter" else letter.upper()
    if form == "none":
        return ""
    return f"{count:02d}" if form == "decimalZero" else str(count)


def roman(count: int) -> str:
    """
    >>> roman(14), roman(2023)
    ('xiv', 'mmxxiii')
    """
    letters = ""
    for size, sign in ROMANS:
        letters += sign * (count // size)
        count %= size
    return letters
