"""A paragraph of a Word document in pieces of one font and weight, as new and old files give them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from vanban.reading.building import Line
from vanban.reading.legacy import CodePage, code_page, has_modern, of_font, to_unicode

CAPITALS = re.compile(r"\.Vn\w+H\b")  # fonts that show small letters as capitals

Piece = tuple[str, bool]  # text and whether it is bold; a break is a line feed


def lines(pieces: Sequence[Piece]) -> list[Line]:
    """
    >>> lines([("Số: ", True), ("5\\nHà ", False), ("Nội", True)])
    [Line(text='Số: 5', bold=False), Line(text='Hà Nội', bold=False)]
    """
    found, text, bold = [], "", True
    for piece, weight in pieces:
        first, *others = piece.split("\n")
        text, bold = text + first, bold and (weight or not first.strip())
        for other in others:
            found.append(Line(text, bold and bool(text.strip())))
            text, bold = other, weight or not other.strip()
    return [*found, Line(text, bold and bool(text.strip()))]


def modern(pieces: Sequence[Piece], fonts: Sequence[str | None]) -> tuple[list[Piece], CodePage | None]:
    """Letters of an old code page as Unicode, and which it was: by the font of a piece, else where all is sure."""
    text = "".join(piece for piece, _ in pieces)
    if has_modern(text):
        return list(pieces), None
    sure = None if text.isascii() else code_page(text)
    turned: list[Piece] = []
    repaired: CodePage | None = None
    for (said, bold), font in zip(pieces, fonts, strict=True):
        page = None if said.isascii() else of_font(font) or sure
        piece = to_unicode(said, page) if page else said
        repaired = page or repaired
        turned.append((piece.upper() if font and CAPITALS.match(font) else piece, bold))
    return turned, repaired
