"""Pages → one document: lines to paragraphs, parts of tables to tables, over page breaks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from vanban.reading.building import Builder, Cell, RawRow
from vanban.reading.building import Line as CellLine
from vanban.reading.joining import ends_sentence, starts_item
from vanban.reading.page.geometry import Line, glue
from vanban.reading.pdf.flow import paragraphs
from vanban.reading.pdf.furniture import running, without_furniture, without_notes
from vanban.reading.pdf.grid import all_edges, in_edges
from vanban.reading.pdf.habits import Habits, habits_of
from vanban.reading.pdf.leaf import Columns, Leaf, Rows
from vanban.reading.tables import continues, join_torn_rows, without_repeats


def assemble(leaves: Sequence[Leaf], builder: Builder) -> None:
    """Put the pages into the builder."""
    _clear(leaves)
    habits = {width: habits_of(lines, width) for width, lines in _by_width(leaves).items()}
    assembly = _Assembly(builder)
    for leaf in leaves:
        assembly.add(leaf, habits.get(round(leaf.width)))
    assembly.close()


class _Assembly:
    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._habits: Habits | None = None
        self._lines: list[Line] = []
        self._rows: list[RawRow] = []  # of the table that is open, and the edges of its columns
        self._xs: list[float] = []

    def add(self, leaf: Leaf, habits: Habits | None) -> None:
        if habits != self._habits:
            self._close_lines()
        self._habits = habits
        for item in leaf.items:
            if isinstance(item, Line):
                self._close_rows()
                self._lines.append(item)
            elif isinstance(item, Columns):
                self.close()
                for line in join_recipients(item.lines):
                    self._builder.add_paragraph(line[0], line[1].page, line[1].bold)
            else:
                self._add_rows(item)

    def close(self) -> None:
        self._close_lines()
        self._close_rows()

    def _add_rows(self, table: Rows) -> None:
        self._close_lines()
        edges = all_edges(self._xs, table.xs) if self._rows else None
        if edges:
            before, after = in_edges(self._rows, self._xs, edges), in_edges(table.rows, table.xs, edges)
            if continues(before, after):
                self._rows, self._xs = before + after, edges
                return
        self._close_rows()
        self._rows, self._xs = list(table.rows), list(table.xs)

    def _close_lines(self) -> None:
        if self._habits:
            for paragraph in paragraphs(self._lines, self._habits):
                text = glue(line.text for line in paragraph)
                self._builder.add_paragraph(text, paragraph[0].page, all(line.bold for line in paragraph))
        self._lines = []

    def _close_rows(self) -> None:
        rows = without_repeats(self._rows)
        breaks = [index for index, (a, b) in enumerate(pairwise(rows), start=1) if a.page != b.page]
        self._builder.add_table(join_torn_rows(rows, breaks, _join_rows))
        self._rows = []


def join_recipients(lines: Iterable[Line]) -> list[tuple[str, Line]]:
    """Lines of a column as texts; an item of *Nơi nhận* that runs over several lines is one."""
    joined: list[tuple[str, Line]] = []
    for line in lines:
        text = joined[-1][0] if joined else ""
        if starts_item(text) and not ends_sentence(text) and not starts_item(line.text):
            joined[-1] = (glue((text, line.text)), joined[-1][1])
        else:
            joined.append((line.text, line))
    return joined


def _join_rows(before: RawRow, after: RawRow) -> RawRow:
    """One row of two pages: what each cell says on both."""
    cells = []
    for first, second in zip(before.cells, after.cells, strict=True):
        if first.text and second.text and first is not second:
            cells.append(Cell((CellLine(glue((first.text, second.text))),)))
        else:
            cells.append(first if first.text else second)
    return RawRow(tuple(cells), before.page)


def _clear(leaves: Sequence[Leaf]) -> None:
    """Take page furniture and footnotes out of the pages."""
    repeated = running([(leaf.height, leaf.lines) for leaf in leaves])
    sizes = Counter(round(line.size) for leaf in leaves for line in leaf.lines)
    usual = sizes.most_common(1)[0][0] if sizes else 0
    for leaf in leaves:
        lines = without_furniture(leaf.lines, leaf.height, repeated)
        kept = without_notes(lines, leaf.rules, usual)
        leaf.noted = len(kept) < len(lines)
        leaf.keep(kept)


def _by_width(leaves: Iterable[Leaf]) -> dict[int, list[Line]]:
    groups: dict[int, list[Line]] = {}
    for leaf in leaves:
        if leaf.lines:
            groups.setdefault(round(leaf.width), []).extend(leaf.lines)
    return groups
