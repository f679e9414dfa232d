"""The lines below a header: which are one row, and where the table ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from vanban.reading.aligned.columns import Columns
from vanban.reading.aligned.heads import DEEPEST, Head, is_number, names_numbers, names_of
from vanban.reading.aligned.lines import Line, Piece, Spot, Word
from vanban.reading.joining import is_torn, starts_item

ENDS = re.compile(r"\s*(?:Nơi nhận|Ghi chú\s*:|PHỤ LỤC|Phụ lục|Điều\s+\d+|[IVX]{1,5}\.\s+\S+\s)(?!\w)")

Block = list[
    tuple[Word | None, list[Piece]]
]  # lines without a blank one between: their numbers, and what stands beside


@dataclass(slots=True)
class Row:
    columns: Columns
    number: Word | None
    lines: list[list[Piece]] = field(default_factory=list)


class Reader:
    """Goes down the lines below a header."""

    def __init__(self, lines: Sequence[Line], head: Head) -> None:
        self.lines, self.head, self.numbered = lines, head, head.numbered
        self.columns = Columns(head.names, numbered=head.numbered)
        self.rows: list[Row] = []
        self.said = set(head.words)
        self.centred = False  # numbers stand in the middle of their rows
        self.gaps = False  # blank lines part its rows
        self.headed = False  # the header stands again in the line before
        self.open = 0  # lines of the last row, behind a blank line and without a number, that may open the next

    def read(self) -> int:
        """Read the rows; gives the line behind the table."""
        at = self.head.end
        block: Block = []
        paged = False
        while at < len(self.lines):
            line, depth = self.lines[at], self._repeated(at)
            self.gaps |= line.gap and bool(self.rows)
            if line.gap or line.page or depth:
                self._add(block, paged=paged)
                paged, block = bool(line.page or depth) or (paged and not block), []
            if depth:
                self.columns = self.columns.of_page(names_of(self.lines[at : at + depth]))
                at, self.headed = at + depth, True
                continue
            number, pieces = self._parted(line)
            if number is None and not self._belongs(line, block):
                break
            self.headed = False
            self.columns.learn(pieces, numbered=number is not None)
            block.append((number, pieces))
            at += 1
        self._add(block, paged=paged)
        return at

    def cells(self) -> list[list[Spot]]:
        """The words of each row's cells; none where a column of numbers has no number."""
        if self.numbered and not any(row.number for row in self.rows):
            return []
        return [list(self._spots(row)) for row in self.rows]

    def _spots(self, row: Row) -> list[Spot]:
        cells = [tuple(word.place for word in cell) for cell in row.columns.cells(row.lines)]
        return [(row.number.place,) if row.number else (), *cells] if self.numbered else cells

    def _repeated(self, at: int) -> int:
        """How many lines from here say what the header says; 0 where they do not."""
        found: list[str] = []
        for end in range(at, min(at + DEEPEST, len(self.lines))):
            found += self.lines[end].text.split()
            if found[-1] not in self.said or len(found) > len(self.head.words):
                break
            if len(found) == len(self.head.words):
                return end + 1 - at if sorted(found) == self.head.words else 0
        return 0

    def _parted(self, line: Line) -> tuple[Word | None, list[Piece]]:
        """The number of a line, and what stands beside it."""
        first, *rest = line.pieces
        word, *others = first.words
        if not self.numbered or word.left >= self.columns.edge or not is_number(word.text):
            return None, line.pieces
        if not others:
            return word, rest
        # One space is enough in a line of several columns, or where the words beside begin just where those of others do.
        beside = rest or others[0].left in self.columns.all[0].known
        return (word, [Piece(others), *rest]) if beside else (None, line.pieces)

    def _belongs(self, line: Line, block: Block) -> bool:
        """A line without a number goes on with a row, or is one of a table without numbers."""
        first, columns = line.pieces[0], self.columns
        if ENDS.match(line.text) or names_numbers(first.text) or len(line.pieces) > 2 * len(columns.all):
            return False
        if self.numbered and first.left < columns.edge:
            return False
        if len(line.pieces) > 1:
            return all(len(columns.crossed(piece)) < 2 or columns.fits(piece) for piece in line.pieces)
        if self.headed:
            return True
        if not block or line.gap:
            return not columns.crossed(first) and not (first.text.isupper() and first.left not in columns.all[0].known)
        above, pieces = block[-1]
        if above and len(pieces) == 1 and columns.crossed(pieces[0]):  # the title of a section
            return is_torn(pieces[0].text, first.text) or first.text.isupper() == pieces[0].text.isupper()
        return columns.fits(first)

    def _add(self, block: Block, *, paged: bool) -> None:
        """Lines without a blank one between them; `paged`: a page begins with them."""
        if not block:
            return
        if not self.numbered:
            self._add_unnumbered([pieces for _, pieces in block], paged=paged)
            return
        starts = [at for at, (number, _) in enumerate(block) if number]
        torn = paged and self._torn(block[0][1])
        if torn and self.open and starts:  # its row began on the page before, where its number does not stand
            opened = [(None, pieces) for pieces in self.rows[-1].lines[-self.open :]]
            del self.rows[-1].lines[-self.open :]
            block, starts = [*opened, *block], [0, *(at + self.open for at in starts[1:])]
        elif starts and starts[0] and not torn and (self.centred or not paged):
            self.centred, starts[0] = True, 0
        for start, end in pairwise([*([0] if not starts or starts[0] else []), *starts, len(block)]):
            number = next((number for number, _ in block[start:end] if number), None)
            lines = [pieces for _, pieces in block[start:end]]
            self.open = len(lines) if self.centred and not (number or paged) else 0
            if number is None and self.rows:
                self.rows[-1].lines += lines
            elif lines:
                self.rows.append(Row(self.columns, number, lines))

    def _add_unnumbered(self, block: list[list[Piece]], *, paged: bool) -> None:
        """A row begins behind a blank line, and in a line that begins cells in most columns."""
        torn = paged and self._goes_on(block)
        for index, pieces in enumerate(block):
            if self._begins(pieces) or not (index or torn):
                self.rows.append(Row(self.columns, None, [pieces]))
            else:
                self.rows[-1].lines.append(pieces)

    def _begins(self, pieces: Sequence[Piece], small: int = 0) -> bool:
        """Words in most columns, of which no more than so many go on with what is above."""
        fewest = max(2, len(self.columns.all) - 1)
        return len(pieces) >= fewest and sum(piece.text[0].islower() for piece in pieces) <= small

    def _goes_on(self, block: Sequence[Sequence[Piece]]) -> bool:
        """What a page begins with, in a table without numbers, begins no row and is no title of a section."""
        first = block[0][0].text
        opens = self._begins(block[0]) or (self.gaps and any(self._begins(pieces, small=1) for pieces in block))
        titled = first.isupper() or (first[0].isalnum() and starts_item(first))
        return self._torn(block[0]) or (bool(self.rows) and not (opens or titled))

    def _torn(self, pieces: Sequence[Piece]) -> bool:
        return bool(self.rows) and any(piece.text[0].islower() for piece in pieces)
