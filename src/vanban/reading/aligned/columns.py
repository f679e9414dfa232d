"""Where the columns of a table stand on a page, and which words of a row belong to which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from vanban.reading.aligned.lines import Piece, Word

KEPT = 12  # places where a column began that are remembered
OVER = 6  # letters by which words of a cell may reach over where the next column began elsewhere
# What the words of other rows, of the header, of other pages tell less than the row itself.
PAGE, NAME, EARLIER = 1, 3, 5
NEAR = 3  # letters: words that begin so near to where a column does are its own
INTO = 1  # letters by which words must reach into a column to be parted there
FAR = 1000
TOGETHER, WHITE = 6, 4  # what two pieces in one cell cost; spaces between them at most


@dataclass(slots=True)
class Column:
    left: int  # of its name
    right: int
    begins: list[int] = field(default_factory=list)  # where words of it began, the last few
    centres: list[int] = field(default_factory=list)  # twice the middle of them
    before: Column | None = None  # the same on the page before

    def add(self, piece: Piece) -> None:
        if piece.left not in self.begins:
            self.begins = [*self.begins, piece.left][-KEPT:]
        if piece.left + piece.right not in self.centres:
            self.centres = [*self.centres, piece.left + piece.right][-KEPT:]

    def distance(self, piece: Piece) -> int:
        """How far from the places where words of it stood; far from all where there were none."""
        return min(self.off_centre(piece.words), *(abs(piece.left - left) for left in self.begins), FAR)

    def off_centre(self, words: Sequence[Word]) -> int:
        middle = words[0].left + words[-1].right
        return min((abs(middle - centre) // 2 for centre in self.centres), default=FAR)

    @property
    def known(self) -> list[int]:
        """Where words of it begin, as far as this page or the one before tells."""
        return self.begins or (self.before.known if self.before else [])

    @property
    def latest(self) -> int:
        """The place farthest to the right where words of it begin; else where its name does."""
        return max(self.known, default=self.left)

    def opened(self, words: Sequence[Word], first: int, *, own: bool = False) -> list[int]:
        """The word, from the first on, with which its own begin among those of several columns; none where none is near.

        `own`: the places are those of the same row, so that a small letter may stand there, too.
        """
        found: list[tuple[int, int]] = []
        for at in range(first, len(words) if self.known else 0):
            near = min((abs(words[at].left - left) for left in self.known), default=NEAR + 1)
            centred = self.off_centre(words[at:]) + 2 if max(self.known) - min(self.known) > NEAR else NEAR + 1
            small = words[at].text[0].islower()
            if not small or near <= own:
                found.append((min(near, centred) + (0 if own else NEAR) * small, at))
        best = min(found, default=(NEAR + 1, 0))
        return [best[1]] if best[0] <= NEAR else []

    def beside(self, piece: Piece) -> int:
        """How far from its name."""
        return max(0, piece.left - self.right, self.left - piece.right)


class Columns:
    """Those of a page, that of numbers left out."""

    def __init__(self, names: Sequence[Sequence[Word]], *, numbered: bool) -> None:
        every = [Column(min(w.left for w in name), max(w.right for w in name)) for name in names]
        self.numbers = every[0] if numbered else None
        self.all = every[1:] if numbered else every

    def of_page(self, names: Sequence[Sequence[Word]]) -> Columns:
        """Those of the next page, whose header stands a little elsewhere."""
        numbered = self.numbers is not None
        if len(names) != len(self.all) + numbered:
            return self
        columns = Columns(names, numbered=numbered)
        for column, before in zip(columns.all, self.all, strict=True):
            column.before = before if before.begins else before.before
        return columns

    @property
    def edge(self) -> int:
        """Where the column of numbers ends."""
        if self.numbers is None:
            return 0
        begins = min(self.all[0].known, default=0)
        return (self.numbers.right + begins + 1) // 2 if begins > self.numbers.right else self.numbers.right

    def learn(self, pieces: Sequence[Piece], *, numbered: bool) -> None:
        """Where columns stand from a line that has words in all of them; from a number, where the first begins."""
        if len(pieces) == len(self.all):
            for column, piece in zip(self.all, pieces, strict=True):
                column.add(piece)
        elif numbered and pieces and pieces[0].left < self.all[0].right:
            self.all[0].add(piece=pieces[0])

    def crossed(self, piece: Piece) -> list[Column]:
        """The columns into which words reach that begin in one before them."""
        return [column for column in self.all[self._home(piece) + 1 :] if piece.right > column.latest + OVER]

    def fits(self, piece: Piece) -> bool:
        """The words stand in one column, or words begin just where each further one does."""
        return all(column.opened(piece.words, 1) for column in self.crossed(piece))

    def cost(self, piece: Piece, at: int) -> int:
        column = self.all[at]
        found = min(column.distance(piece) + PAGE, column.beside(piece) + NAME)
        return min(found, column.before.distance(piece) + EARLIER) if column.before else found

    def cells(self, lines: Iterable[Sequence[Piece]]) -> list[list[Word]]:
        """The words of each cell of a row, line by line."""
        kept = [list(pieces) for pieces in lines if pieces]
        titled = all(len(pieces) == 1 for pieces in kept)  # or in one column, where there is nothing to part either
        own = [Column(0, 0) for _ in self.all]
        placed: dict[int, list[tuple[int, Piece]]] = {}
        # What stands in most columns, with white between them, tells best where they are.
        runs_on = [any(map(self.crossed, pieces)) for pieces in kept]
        for index in sorted(range(len(kept)), key=lambda index: (runs_on[index], -len(kept[index]))):
            pieces = kept[index] if titled else self._cut(kept[index], own)
            places = self._place(pieces, own)
            placed[index] = list(zip(places, pieces, strict=True))
            for at, piece in placed[index]:
                own[at].add(piece)
        cells: list[list[Word]] = [[] for _ in self.all]
        for index in range(len(kept)):
            for at, piece in placed[index]:
                cells[at].extend(piece.words)
        return cells

    def _home(self, piece: Piece, own: Sequence[Column] = ()) -> int:
        """The column in which words begin, whatever others they reach into."""
        known = [column.known for column in self.all]
        for at, column in enumerate(own):
            known[at] = column.begins or known[at]
        costs = [
            min((abs(piece.left - left) for left in lefts), default=column.beside(piece) + NAME)
            for lefts, column in zip(known, self.all, strict=True)
        ]
        return costs.index(min(costs))

    def _cut(self, pieces: Sequence[Piece], own: Sequence[Column]) -> list[Piece]:
        """Words with one space between them that stand in several columns: parted where these begin."""
        homes = [self._home(piece, own) for piece in pieces]
        found: list[Piece] = []
        for piece, home, end in zip(pieces, homes, [*homes, len(own)][1:], strict=True):
            cuts = [0]
            for at in range(home + 1, end):
                sure = bool(own[at].begins)
                column = own[at] if sure else self.all[at]
                if column.known and piece.right > min(column.known) + INTO:
                    cuts += column.opened(piece.words, cuts[-1] + 1, own=sure)
            found += [Piece(piece.words[start:stop]) for start, stop in zip(cuts, [*cuts[1:], None], strict=True)]
        return found

    def _place(self, pieces: Sequence[Piece], own: Sequence[Column]) -> list[int]:
        """The column of each piece, from left to right, that moves them least."""
        if len(pieces) == len(self.all):
            return list(range(len(pieces)))
        if len(pieces) == 1 and self.crossed(pieces[0]):
            return [self._home(pieces[0], own)]
        best: list[tuple[int, list[int]]] = []  # by the column of the last piece
        for index, piece in enumerate(pieces):
            costs = [min(own[at].distance(piece), self.cost(piece, at)) for at in range(len(own))]
            if not index:
                best = [(cost, [at]) for at, cost in enumerate(costs)]
                continue
            white = piece.left - pieces[index - 1].right
            together = TOGETHER if white <= WHITE else 10 * TOGETHER
            best = [
                min([(before + costs[at], [*path, at]) for before, path in best[:at]]
                    + [(best[at][0] + together, [*best[at][1], at])])
                for at in range(len(own))
            ]  # fmt: skip
        return min(best)[1] if best else []
