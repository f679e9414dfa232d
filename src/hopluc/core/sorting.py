"""Vietnamese alphabetical order as a plain ASCII key, so that any PostgreSQL sorts alike."""

from __future__ import annotations

import unicodedata

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
    letters, tones, cases = [], [], []
    for syllable in unicodedata.normalize("NFC", text):
        parts = unicodedata.normalize("NFD", syllable)
        tone = next((mark for mark in parts if mark in TONES), "")
        bare = unicodedata.normalize("NFC", "".join(mark for mark in parts if mark != tone or not tone)).lower()
        letters.append(RANK.get(bare, bare if bare.isascii() else "~"))
        tones.append(str(TONES.index(tone) + 1) if tone else "0")
        cases.append("1" if syllable.isupper() else "0")
    return GAP.join(("".join(letters), "".join(tones), "".join(cases)))
