"""Long texts in a short place."""

from __future__ import annotations

MORE = "…"


def shortened(text: str, longest: int) -> str:
    """The text in at most so many characters, cut after a whole word: half a word is read as another.

    >>> shortened("Chính phủ ban hành Chương trình", 16)
    'Chính phủ ban…'
    >>> shortened("Chính phủ, ban hành Chương trình", 13), shortened("Chính phủ", 9), shortened("Chínhphủbanhành", 6)
    ('Chính phủ…', 'Chính phủ', 'Chính…')
    """
    if len(text) <= longest:
        return text
    begun = text[:longest]
    return (begun.rpartition(" ")[0] or begun[:-1]).rstrip(" ,;:.–-") + MORE
