"""Vietnamese alphabetical order as a plain ASCII key, so that any PostgreSQL sorts alike."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng; none comes first
RANK = {letter: chr(ord("@") + place) for place, letter in enumerate(LETTERS)}
SHAPES = {"\u0306", "\u0302", "\u031b"}  # breve, circumflex, horn: part of the letter, no tone
GAP = "\x01"  # between the levels: before whatever stands for a space


def sort_key(text: str) -> str:
    """A key whose ASCII order is Vietnamese order: by letters, then tones (none, huyền, hỏi, ngã, sắc, nặng), then case.

    >>> sorted(["Yên", "Ánh", "Đức", "Ân", "An", "Dung"], key=sort_key)
    ['An', 'Ánh', 'Ân', 'Dung', 'Đức', 'Yên']
    """
    parts = [_parts(letter) for letter in unicodedata.normalize("NFC", text)]
    return GAP.join("".join(level) for level in zip(*parts, strict=True)) if parts else GAP * 2


@lru_cache(4096)  # as many letters as Vietnamese texts have, and more
def _parts(letter: str) -> tuple[str, str, str]:
    """What one letter gives to the three levels."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in TONES), "")
    bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark != tone or not tone)).lower()
    rank = RANK.get(bare, bare if bare.isascii() else "~")
    return rank, str(TONES.index(tone) + 1) if tone else "0", "1" if letter.isupper() else "0"
