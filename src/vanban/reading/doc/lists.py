"""The lists of an old Word document: forms with levels, and the uses that paragraphs name.

Source: [MS-DOC] 2.9.131 (LFO), 2.9.150 (LVL), 2.9.147 (LSTF).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, replace

from vanban.reading.numbers import Level, List

FORMS = {0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 22: "decimalZero",
         23: "bullet", 255: "none"}  # fmt: skip
LEVELS = 9
FORM, USE, HEAD = 28, 16, 28  # bytes
STARTS, FORMATS = 0x10, 0x20


@dataclass(slots=True)
class _Reader:
    data: bytes
    at: int = 0

    def take(self, form: str) -> tuple[int, ...]:
        found = struct.unpack_from(form, self.data, self.at)
        self.at += struct.calcsize(form)
        return found


def read_lists(forms: bytes, uses: bytes) -> dict[int, List]:
    """Lists by the number that a paragraph names them with, from 1. Raises struct.error for what is cut off."""
    named = _forms(forms) if forms else {}
    if not uses or not named:
        return {}
    reader = _Reader(uses)
    (count,) = reader.take("<I")
    heads = [reader.take("<i8xB3x") for _ in range(min(count, len(uses) // USE))]
    lists = {}
    for number, (form, overrides) in enumerate(heads, start=1):
        reader.at += 4
        levels, starts = dict(named.get(form, {})), {}
        for _ in range(min(overrides, LEVELS)):
            start, flags = reader.take("<iI")
            level = flags & 0xF
            if flags & FORMATS:
                levels[level] = _level(reader)
            elif flags & STARTS:
                starts[level] = start
        lists[number] = List(str(form), levels, starts)
    return lists


def _forms(data: bytes) -> dict[int, dict[int, Level]]:
    reader = _Reader(data)
    (count,) = reader.take("<H")
    heads = [reader.take("<i22xBx") for _ in range(min(count, len(data) // FORM))]
    return {form: {level: _level(reader) for level in range(1 if flags & 1 else LEVELS)} for form, flags in heads}


def _level(reader: _Reader) -> Level:
    start, kind = reader.take("<iB")
    reader.at += HEAD - 9
    letters, paragraph, _, _ = reader.take("<BBBB")
    reader.at += letters + paragraph
    (length,) = reader.take("<H")
    text = reader.data[reader.at : reader.at + 2 * length].decode("utf-16-le", "replace")
    reader.at += 2 * length
    places = "".join(f"%{ord(letter) + 1}" if ord(letter) < LEVELS else letter for letter in text)
    return replace(Level(start=start, text=places), form=FORMS.get(kind, "decimal"))
