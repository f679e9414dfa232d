"""The rows below the header: which are groups, which tasks, and how each is addressed.

- `I | Phát triển nguồn nhân lực`, a row merged over the columns, a line in capitals: a group, the rows below belong to it
- `1`, `1.1`, `a`, `-`: tasks; a task numbered under another takes over what it does not say itself
- a row that names nobody's work (`Người lập biểu`, `Nơi nhận`) ends the table
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import zip_longest

from vanban.annexes import is_ruler, opens_section
from vanban.bodies import mentions
from vanban.lexicon import fold, load, roman
from vanban.outline.markers import RANK, Marker, continues, read_marker
from vanban.tasksheets.cells import Place
from vanban.tasksheets.issues import Issues
from vanban.tasksheets.mapping import Mapping, Role
from vanban.tasksheets.pages import Page, is_nothing
from vanban.values import Passage

READ: tuple[Role, ...] = ("text", "lead", "coordinate", "deliverable", "deadline", "start", "end", "topic")
HANDED: tuple[Role, ...] = ("lead", "coordinate")
WHO_OR_WHEN: tuple[Role, ...] = ("lead", "coordinate", "deliverable", "deadline", "start", "end")
LONGEST_NUMBER = 12  # characters
GROUP_RANK, TASK_RANK = RANK["roman"] + 0.5, RANK["plain"]
DATED = re.compile(r"(?:\w+\s?){0,4},?\s*ngày\s+[\d.…]*\s*tháng\s+[\d.…]*\s*năm\s+[\d.…]*\s*", re.I)


@dataclass(frozen=True, slots=True)
class Line:
    """A row with something in it: its number, and its filled cells by role."""

    row: int
    number: str
    cells: dict[Role, Passage]
    spread: bool  # its words are merged over several columns

    @property
    def text(self) -> Passage | None:
        return self.cells.get("text")

    @property
    def alone(self) -> bool:
        """It says nothing of who and when."""
        return not any(role in self.cells for role in WHO_OR_WHEN)


@dataclass(slots=True)
class Entry:
    """A group or a task with its address; `above`: the index of what it stands under."""

    line: Line
    text: Passage
    at: str
    above: int | None
    group: bool
    handed: dict[Role, str] = field(default_factory=dict)  # cell → address of what hands it down


def lines(page: Page, mapping: Mapping, issues: Issues) -> list[Line]:
    """The rows to read, in order; formulas without a value are reported and count as empty."""
    header = mapping.header or (0, 0)
    heads = {_words(page, row) for row in range(header[0] - 1, header[1])} if mapping.header else set()
    found = []
    for row in range(header[1], len(page.sheet.rows)):
        words = _words(page, row)
        if not words or words in heads or is_ruler(list(words)):
            continue
        line = _line(page, mapping, row, issues)
        if _closes(line, words):
            issues.add("S104", Place(row, next(i for i, cell in enumerate(page.sheet.rows[row]) if cell.text)))
            break
        found.append(line)
    return found


def _words(page: Page, row: int) -> tuple[str, ...]:
    cells = dict.fromkeys(page.sheet.rows[row])
    return tuple(cell.text.strip() or str(cell.error) for cell in cells if cell.text.strip() or cell.error is not None)


def _line(page: Page, mapping: Mapping, row: int, issues: Issues) -> Line:
    cells: dict[Role, Passage] = {}
    number = ""
    for column in mapping.columns:
        if column.index >= page.sheet.width:
            continue
        place = Place(row, column.index)
        if column.role == "number":
            number = page.passage(place).text
        elif column.role in READ and column.role not in cells and (passage := _read(page, place, column.role, issues)):
            cells[column.role] = passage
    if len(number) > LONGEST_NUMBER and set(cells) <= {"topic"}:  # a title that begins in the column of numbers
        cells["text"] = page.passage(Place(row, mapping.index_of("number") or 0))
        return Line(row, "", cells, spread=True)
    spread = _spread(page, mapping, row, cells)
    return Line(row, "" if spread or len(number) > LONGEST_NUMBER else number.strip(" .)("), cells, spread)


def _read(page: Page, place: Place, role: Role, issues: Issues) -> Passage | None:
    """The words of a cell, None of one that says nothing."""
    cell = page.sheet.rows[place.row][place.column]
    if cell.error is not None:
        if not page.sheet.covered(place):
            issues.add("S209" if cell.error else "S210", place, text=cell.error)
        return None
    passage = page.bodies(place) if role in ("lead", "coordinate") else page.passage(place)
    return None if is_nothing(passage.text) else passage


def _spread(page: Page, mapping: Mapping, row: int, cells: dict[Role, Passage]) -> bool:
    """The words of the row stand in one cell over several columns: as the task only they are read."""
    column = mapping.index_of("text")
    merge = page.sheet.origins.get(Place(row, column)) if column is not None else None
    if merge is None or merge.left == merge.right or "text" not in cells:
        return False
    for each in mapping.columns:
        if merge.left <= each.index <= merge.right and each.role != "text":
            cells.pop(each.role, None)
    return True


def _closes(line: Line, words: Sequence[str]) -> bool:
    """`Nơi nhận: …`, `NGƯỜI LẬP BIỂU`, `…, ngày … tháng … năm …`: what stands below a table, in whatever column."""
    if line.number and re.search(r"\d", line.number):
        return False
    if len(words) == 1 and DATED.fullmatch(words[0]):  # beside other cells it is when a task is due
        return True
    texts = [words[0], *(passage.text for passage in line.cells.values())]
    return any(_closing().match(fold(text)) for text in texts)


@cache
def _closing() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(fold(words)) for words in load("columns")["closing"]["words"]) + r"(?!\w)")


class Addresses:
    """Where each row stands: a stack of what is open, the outermost first."""

    def __init__(self) -> None:
        self.open: list[tuple[float, int | None, str, Marker | None]] = [(-1.0, None, "", None)]
        self.counts: dict[tuple[str, str], int] = {}
        self.used: set[str] = set()

    def place(self, index: int, marker: Marker | None, *, group: bool) -> tuple[str, int | None]:
        """The address of row `index` and what it stands under."""
        rank = _rank(marker, group=group)
        while len(self.open) > 1 and not self._holds(self.open[-1], rank, marker):
            self.open.pop()
        _, above, at, _ = self.open[-1]
        label = marker.label if marker and marker.family != "dash" else self._counted(at, marker, group=group)
        found = self._unique(f"{at}/{label}" if at else label)
        self.open.append((rank, index, found, marker))
        return found, above

    def choose(self, markers: Sequence[Marker]) -> Marker | None:
        """Of the ways to read a number the one that goes on with what is open: `C` after `B` is no Roman hundred."""
        for *_, before in reversed(self.open):
            for marker in markers:
                if before and continues(before, marker) > 1:
                    return marker
        return min(markers, key=lambda marker: not marker.first, default=None)

    def _holds(self, above: tuple[float, int | None, str, Marker | None], rank: float, marker: Marker | None) -> bool:
        """`1` holds `1.1` and `a`, no task without a number."""
        if rank == TASK_RANK:
            return above[0] <= GROUP_RANK
        if marker and above[3] and marker.family == above[3].family == "number":
            return marker.value[: len(above[3].value)] == above[3].value and len(marker.value) > len(above[3].value)
        return above[0] < rank

    def _counted(self, at: str, marker: Marker | None, *, group: bool) -> str:
        sign = "-" if marker else "§" if group else "¶"
        self.counts[at, sign] = self.counts.get((at, sign), 0) + 1
        return f"{sign}{self.counts[at, sign]}"

    def _unique(self, at: str) -> str:
        """Sheets number rows twice by mistake: the second `I/3` is `I/3¶2`."""
        found, count = at, 1
        while found in self.used:
            count += 1
            found = f"{at}¶{count}"
        self.used.add(found)
        return found


def _rank(marker: Marker | None, *, group: bool) -> float:
    if marker is None:
        return GROUP_RANK if group else TASK_RANK
    return RANK[marker.family] + 0.1 * (len(marker.value) - 1)


def entries(found: Sequence[Line], issues: Issues, page: Page, mapping: Mapping) -> list[Entry]:
    """Groups and tasks with their addresses; rows that hold something but no task are reported."""
    made: list[Entry] = []
    addresses = Addresses()
    column = mapping.index_of("text") or 0
    numbered = sum(bool(line.number) for line in found) * 2 >= len(found)
    for line, following in zip_longest(found, found[1:]):
        if not line.text:
            if line.cells and page.sheet.rows[line.row][column].error is None:
                issues.add("S201", Place(line.row, column))
            continue
        group = is_group(line, following, numbered=numbered)
        marker, text = _marked(line, addresses, group=group)
        at, above = addresses.place(len(made), marker, group=group)
        made.append(Entry(line, text, at, above, group))
    return made


def _marked(line: Line, addresses: Addresses, *, group: bool) -> tuple[Marker | None, Passage]:
    """The marker of a row, from its number or the head of its words, and the words behind it."""
    assert line.text
    if line.number:
        sign = line.number if line.number in "-–+*" else f"{line.number}. "
        return addresses.choose(read_marker(f"{sign} A")), line.text
    marker = addresses.choose([each for each in read_marker(line.text.text) if group or each.family != "dash"])
    rest = line.text.cut(marker.end) if marker else line.text
    return (marker, rest) if rest else (None, line.text)


def is_group(line: Line, following: Line | None, *, numbered: bool) -> bool:
    """A row that only titles the rows below it. `numbered`: most rows of the sheet have numbers."""
    assert line.text
    title, number = line.text.text, line.number
    after = following.number if following else ""
    if not number and (marks := read_marker(title)):
        number = marks[0].label if marks[0].family in ("roman", "capital", "part", "chapter", "section") else ""
    top = bool(roman(number) or re.fullmatch(r"[A-HĐ]|(?:Phần|Chương|Mục)\b.*", number))
    if not line.alone:
        bare = not {"deliverable", "deadline", "start", "end"} & set(line.cells)
        return top and bare and after.isdigit()
    if line.spread or top:
        return following is not None or line.spread
    if number:
        return opens_section(number, after, title)
    return numbered or title.isupper() or title.endswith(":") or _is_body(title)


def _is_body(title: str) -> bool:
    return any(len(body.raw) == len(title.rstrip(" .:")) for body in mentions(title))


def hand_down(made: Sequence[Entry], page: Page, mapping: Mapping) -> Iterator[Entry]:
    """Each entry with who leads and who helps from what it stands under, where it does not say so itself.

    A cell merged downwards is of its first row; the rows below have it from there.
    """
    at = {entry.line.row: entry.at for entry in made}
    for entry in made:
        for column in mapping.columns:
            merge = page.sheet.origins.get(Place(entry.line.row, column.index))
            if merge and merge.top in at and merge.top != entry.line.row and column.role in entry.line.cells:
                entry.handed[column.role] = at[merge.top]
        for role in HANDED:
            if role not in entry.line.cells and not entry.group and (above := _says(made, entry, role)):
                if role == "coordinate" and "lead" in entry.line.cells and "lead" not in entry.handed:
                    continue  # who leads by itself chooses its own help
                entry.line.cells[role] = above.line.cells[role]
                entry.handed[role] = above.handed.get(role, above.at)
        yield entry


def _says(made: Sequence[Entry], entry: Entry, role: Role) -> Entry | None:
    above = entry.above
    while above is not None:
        if role in made[above].line.cells:
            return made[above]
        above = made[above].above
    return None
