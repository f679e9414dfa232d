"""Rows of a list that are about no organisation: titles of sections, sums, rulers, the header once more, signatures. No database."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice

from hopluc.core.folding import fold
from hopluc.registry.intake.columns import ListColumn
from hopluc.registry.naming import kind_begun
from vanban.tasksheets.cells import EMPTY, Cell, Value, cell_of, clean

SPARSE = 3  # cells of a row that may be a title
LONGEST_RULER = 5
RULER = re.compile(r"\(?\d{1,3}\)?|[A-Z]")
SECTION = re.compile(r"(?:[IVXL]+|[A-ZĐ])[.)]?")  # the number of a section: `II`, `B.`
CODE = re.compile(r"'?(?=(?:\D*\d){6})[\dA-Z./ -]+")  # alone in its row it still says who is meant
TOTALS = re.compile(r"^(?:tong cong|tong so|tong|cong)\b")


class Titles:
    """Tells such rows, by the cells of the columns that are read and by those that name an organisation."""

    def __init__(self, columns: Sequence[ListColumn]) -> None:
        self._own = [column.index for column in columns]
        self._names = [column.index for column in columns if column.role in ("name", "code")]
        self._numbers = {column.index for column in columns if column.role == "number"}
        self._headings = [(column.index, column.name) for column in columns]

    def says_anything(self, values: Sequence[Value | Cell]) -> bool:
        return any(_text(cell_of(value)) for value in (values[at] for at in self._own) if value not in ("", EMPTY))

    def holds(self, values: Sequence[Value | Cell]) -> bool:
        if self._is_header(values):
            return True
        named = [_text(cell_of(values[at])) for at in self._names]
        total = any(map(_is_total, named))
        if any(len(name) > LONGEST_RULER for name in named) and not total and self._says_much(values):
            return False
        cells = ((at, cell_of(values[at])) for at in self._own)
        filled = [(at, cell) for at, cell in cells if cell.text or cell.error is not None]
        if len(filled) > SPARSE and any(named) and any(cell != filled[0][1] for _at, cell in filled):
            return total or all(RULER.fullmatch(_text(cell)) for _at, cell in filled)
        section = {_text(cell) for at, cell in filled if at in self._numbers and SECTION.fullmatch(_text(cell))}
        return self._is_short_title(named, {_text(cell) for _at, cell in filled} - section - {""})

    def _is_short_title(self, named: Collection[str], texts: Collection[str]) -> bool:
        """By what a row with few cells says; (1) (2) (3) stands under the header."""
        if all(RULER.fullmatch(text) for text in texts) or any(map(_is_total, texts)):
            return True
        if len(texts) == 1:  # one cell, or one merged over all
            return len(self._own) > 1 and not any(map(CODE.fullmatch, named))
        return len(texts) < SPARSE and (not any(named) or self._signs(texts))

    def _signs(self, texts: Collection[str]) -> bool:
        """Who drew the list up and who signed it: names and posts side by side, in columns that ask for much else."""
        return len(self._own) > 2 * len(texts) and not any(
            kind_begun(text) or any(sign.isdigit() for sign in text) for text in texts
        )

    def _is_header(self, values: Sequence[Value | Cell]) -> bool:
        """Once more, as at the top of each printed page."""
        said = 0
        for at, heading in self._headings:
            value = values[at]
            if value in ("", EMPTY):
                continue
            if not isinstance(value, str | Cell) or clean(_text(cell_of(value))) not in heading:
                return False
            said += 1
        return said > 1

    def _says_much(self, values: Sequence[Value | Cell]) -> bool:
        """Whether the first cells that say something are several and unlike: with a name beside them this is no title."""
        said = (value for value in (values[at] for at in self._own) if value not in ("", EMPTY))
        first = list(islice(said, SPARSE + 1))
        return len(first) > SPARSE and any(value != first[0] for value in first)


@lru_cache(maxsize=10_000)
def _begins_total(beginning: str) -> bool:
    return bool(TOTALS.match(fold(beginning)))


def _is_total(text: str) -> bool:
    return text[:1] in "tTcC" and _begins_total(text[:12])


def _text(cell: Cell) -> str:
    return (cell.text or cell.error or "").strip()
