"""The header of a table: which lines name its columns, and where each name stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from vanban.reading.aligned.lines import Line, Piece, Spot, Word, said
from vanban.reading.stacked import TASK_TITLE
from vanban.reading.tables import NUMBER_COLUMN, ROW_NUMBER

OTHER_TITLE = re.compile(  # beside the work: who does it, by when, with what result
    r"(?:đơn vị|cơ quan|chủ trì|phối hợp|phân công|người|trách nhiệm|thời|tiến độ|hoàn thành|sản phẩm|kết quả)", re.I
)
TITLE = 45  # letters of a line of a column's name
ABOVE, DEEPEST = 2, 6  # lines above the `TT`, which may stand in the middle; lines of a header
FEWEST, MOST = 3, 32  # columns
SHORT = 8  # letters of a row's number
NEAR = 4  # letters: so far from the words below its name may begin
AHEAD = 40  # lines below a header that are asked how many columns there are


@dataclass(slots=True)
class Head:
    first: int  # line, and the line behind the last
    end: int
    names: list[list[Word]]  # of each column
    words: list[str]

    @property
    def numbered(self) -> bool:
        """Its first column is that of numbers."""
        return names_numbers(said(self.names[0]))

    def row(self) -> list[Spot]:
        return [tuple(word.place for word in name) for name in self.names]


def find_head(lines: Sequence[Line], at: int, done: int) -> Head | None:
    """The header whose column of numbers, or first name, stands in line `at`; lines before `done` belong elsewhere."""
    opening = lines[at].pieces
    numbered = names_numbers(opening[0].text)
    if not (numbered or _names_work(opening)):
        return None
    first = at
    while numbered and first > max(done, at - ABOVE) and not lines[first].gap and _is_named(lines[first - 1].pieces, 2):
        first -= 1
    end = at + 1
    while end < len(lines) and end - first < DEEPEST and _goes_on(lines[end], opening[0], numbered=numbered):
        end += 1
    names = names_of(lines[first:end])
    wider = _parted(names, [line.pieces for line in lines[end : end + AHEAD]])
    if not FEWEST <= len(names) <= MOST and not wider:
        return None
    return Head(first, end, wider or names, sorted(word for line in lines[first:end] for word in line.text.split()))


def names_of(lines: Iterable[Line]) -> list[list[Word]]:
    """The words of each column's name: what stands above one another."""
    found: list[tuple[int, int, list[Word]]] = []
    for piece in (piece for line in lines for piece in line.pieces[:MOST]):
        left, right, words = piece.left, piece.right, list(piece.words)
        for other in [each for each in found if each[0] < right and left < each[1]]:
            found.remove(other)
            left, right, words = min(left, other[0]), max(right, other[1]), other[2] + words
        found.append((left, right, words))
    return [words for _, _, words in sorted(found, key=lambda each: each[0])]


def names_numbers(text: str) -> bool:
    return bool(NUMBER_COLUMN.fullmatch(text.strip(" .*")))


def is_number(text: str) -> bool:
    return len(text) <= SHORT and bool(ROW_NUMBER.fullmatch(text))


def _is_named(pieces: Sequence[Piece], fewest: int = 1) -> bool:
    return fewest <= len(pieces) <= MOST and all(len(x.text) <= TITLE and x.text[-1] not in ".;:" for x in pieces)


def _names_work(pieces: Sequence[Piece]) -> bool:
    """Columns without one of numbers: the work, and who does it or by when."""
    if len(pieces) < FEWEST or not _is_named(pieces):
        return False
    texts = [piece.text.strip(" *") for piece in pieces]
    others = [text for text in texts if not TASK_TITLE.match(text)]
    return len(others) < len(texts) and any(map(OTHER_TITLE.match, others))


def _goes_on(line: Line, opening: Piece, *, numbered: bool) -> bool:
    """A further line of the header: it has no number; without a column of numbers it goes on with words above it."""
    pieces = line.pieces
    if line.gap or is_number(pieces[0].text) or not _is_named(pieces):
        return False
    return pieces[0].left > opening.right if numbered else all(piece.text[0].islower() for piece in pieces)


def _parted(names: list[list[Word]], rows: Iterable[Sequence[Piece]]) -> list[list[Word]]:
    """Names with one space between them, parted where several rows begin a cell; none where all have their columns."""
    rows = list(rows)
    counts = [len(pieces) for pieces in rows if len(names) < len(pieces) <= MOST]
    most = max(counts, default=0)
    if counts.count(most) < 2:
        return []
    begins = next([piece.left for piece in pieces] for pieces in rows if len(pieces) == most)
    parted: list[list[Word]] = []
    for name in names:
        cuts = sorted(
            {
                word.left
                for word in name
                if word.left > min(each.left for each in name)
                and word.text[0].isupper()
                and any(abs(word.left - left) <= NEAR for left in begins)
            }
        )
        edges = [-1, *cuts, max(each.right for each in name)]
        parted += [[word for word in name if low <= word.left < high] for low, high in pairwise(edges)]
    return parted if len(parted) == most else []
