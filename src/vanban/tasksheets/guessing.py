"""Which row names the columns, and what each column holds: by its name first, by its cells where the name leaves doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache

from vanban.annexes import ROLES as ANNEX_ROLES
from vanban.annexes import is_ruler, role_of
from vanban.bodies import mentions
from vanban.deadlines import find_deadlines
from vanban.lexicon import fold, load
from vanban.tasksheets.cells import Sheet, Workbook, clean
from vanban.tasksheets.mapping import SEVERAL, Column, Mapping, Role

LOOKED_AT = 40  # rows in which a header is sought
DEPTH = 3  # rows of a header, at most
SAMPLE = 60  # rows below it that are read to weigh a name
LONGEST_NAME = 80  # characters: a longer cell is no name of a column
WHOLE, PART, UNNAMED = 0.98, 0.85, 0.5  # how sure a name is
FROM_ANNEXES: dict[str, Role] = {
    "number": "number", "task": "text", "lead": "lead", "coordinate": "coordinate",
    "deliverable": "deliverable", "time": "deadline", "note": "note",
}  # fmt: skip
assert set(FROM_ANNEXES) == {role for role, _ in ANNEX_ROLES}
MOST = 0.8  # share of cells that name bodies, or a time, from which a column without a name does
SHORT = 200  # characters: a longer cell is the text of a task, which may name bodies and times too
TOLD_BY_CELLS: tuple[Role, ...] = ("lead", "deadline")
WEIGHED = ("lead", "coordinate", "deadline", "start", "end")  # roles that the cells below can speak for


def guess(sheet: Sheet, header: tuple[int, int] | None = None) -> Mapping:
    """The likeliest mapping of a sheet. `header`: its rows, counted from 1, where a person has named them."""
    rows = header or find_header(sheet, _known)
    if rows is None:
        return Mapping(sheet.name, None, tuple(Column(i, "", "ignored", 0.0) for i in range(sheet.width)))
    names = [column_name(sheet, rows, column) for column in range(sheet.width)]
    columns = list(_once([_column(sheet, rows, column, name) for column, name in enumerate(names)]))
    return Mapping(sheet.name, rows, tuple(_due(_with_text(sheet, rows, _by_cells(sheet, rows, columns)))))


def best_sheet(workbook: Workbook) -> int:
    """The index of the sheet that most looks like tasks; hidden ones only where there is no other."""
    found = [(not sheet.hidden, guess(sheet).score, -index) for index, sheet in enumerate(workbook.sheets)]
    return -max(found)[2]


Naming = Callable[
    [str], tuple[str | None, bool]
]  # the name of a column → what such a one holds, and whether that is sure


def find_header(sheet: Sheet, naming: Naming) -> tuple[int, int] | None:
    """First and last row of the header, counted from 1: the rows whose cells name most of what is looked for."""
    scores = [(_naming(sheet, row, naming), -row) for row in range(min(len(sheet.rows), LOOKED_AT))]
    best, row = max(scores, default=(0, 0))
    if best < 2:
        return None
    first = last = -row
    while first and last - first + 1 < DEPTH and _begins_above(sheet, first, naming):
        first -= 1
    while last + 1 < min(len(sheet.rows), first + DEPTH) and _goes_on(sheet, first, last + 1, naming):
        last += 1
    return first + 1, last + 1


def _known(name: str) -> tuple[str | None, bool]:
    role, sure = _role(name)
    return (None if role in SEVERAL else role), sure == WHOLE


def _naming(sheet: Sheet, row: int, naming: Naming) -> int:
    """How many different roles the cells of a row name; 0 where most name none or are too long for names."""
    names = _names(sheet, row)
    roles = {role for name in names if (role := naming(name)[0])}
    return len(roles) if roles and all(len(name) <= LONGEST_NAME for name in names) else 0


def _names(sheet: Sheet, row: int) -> list[str]:
    return [name for name in dict.fromkeys(clean(cell.text) for cell in sheet.rows[row]) if name]


def _goes_on(sheet: Sheet, first: int, row: int, naming: Naming) -> bool:
    """A second row of the header: a cell of the first reaches down to it, or it names parts of what stands above."""
    if any(m.top >= first and m.top < row <= m.bottom for m in sheet.merges):
        return True
    names = [clean(c.text) for i, c in enumerate(sheet.rows[row]) if c.text and c is not sheet.rows[row - 1][i]]
    if not names or is_ruler(names):
        return False
    number = sheet.rows[row][0].text.strip()
    return not number and all(len(n) <= LONGEST_NAME and naming(n)[1] for n in names)


def _begins_above(sheet: Sheet, first: int, naming: Naming) -> bool:
    """The row above belongs to the header: a cell of it reaches down, or it names columns, too."""
    return any(m.top < first <= m.bottom for m in sheet.merges) or _naming(sheet, first - 1, naming) > 1


def column_name(sheet: Sheet, rows: tuple[int, int], column: int) -> str:
    """The words of a column's header cells, each once, from top to bottom."""
    cells = (row[column] for row in sheet.rows[rows[0] - 1 : rows[1]])
    return " ".join(dict.fromkeys(words for cell in cells if (words := clean(cell.text))))


def _column(sheet: Sheet, rows: tuple[int, int], column: int, name: str) -> Column:
    lowest = clean(sheet.rows[rows[1] - 1][column].text) if rows[1] <= len(sheet.rows) else ""
    role, sure = max((_role(lowest), _role(name)), key=lambda found: found[1])
    if role in WEIGHED and (told := _share(sheet, rows[1], column, role)) is not None:
        # `Tiến độ: đang thực hiện` is no time, `Đơn vị: triệu đồng` nobody who acts.
        role, sure = (role, sure * (0.6 + 0.4 * told)) if told or sure == WHOLE else (None, 0.0)
    return Column(column, name, role or "ignored", round(sure, 2))


def _role(name: str) -> tuple[Role | None, float]:
    """What a column of this name holds, and how sure that is."""
    folded = fold(name).strip(" .:*()")
    if folded in _whole():
        return _whole()[folded], WHOLE
    for role, parts in _parts():
        if any(part in folded for part in parts):
            return role, PART
    found = FROM_ANNEXES.get(role_of(name)) if len(name) <= LONGEST_NAME else None
    return found, PART if found else 0.0


@cache
def _whole() -> dict[str, Role]:
    return {fold(name): role for role, names in load("columns")["whole"].items() for name in names}


@cache
def _parts() -> tuple[tuple[Role, tuple[str, ...]], ...]:
    return tuple((role, tuple(map(fold, parts))) for role, parts in load("columns")["part"].items())


def _share(sheet: Sheet, below: int, column: int, role: str) -> float | None:
    """The share of a column's cells that can be read as its name says; None where too few are filled."""
    cells = [row[column] for row in sheet.rows[below : below + SAMPLE] if row[column].text.strip()]
    words = [clean(cell.text) for cell in dict.fromkeys(cells)]
    if len(words) < 3:
        return None
    if role in ("lead", "coordinate"):
        return sum(len(each) < SHORT and _begins_with_body(each) for each in words) / len(words)
    return sum(len(each) < SHORT and bool(find_deadlines(each, cell=True)) for each in words) / len(words)


def _begins_with_body(words: str) -> bool:
    """`Sở Nội vụ, Sở Y tế`, `Các sở, ngành`: a task names bodies further back, or goes on with what they do."""
    found = mentions(words)
    return bool(found) and found[0].span[0] < 20 and sum(len(body.raw) for body in found) * 2 > len(words)


def _once(columns: Sequence[Column]) -> Iterator[Column]:
    """Of two columns with one role the surer keeps it; of equally sure ones the first."""
    for column in columns:
        rivals = [each for each in columns if each.role == column.role]
        best = max(rivals, key=lambda each: (each.confidence, -each.index))
        yield column if column.role in SEVERAL or best is column else replace(column, role="ignored")


def _by_cells(sheet: Sheet, rows: tuple[int, int], columns: list[Column]) -> list[Column]:
    """`Ai làm` says nothing to a table of names; that its cells name bodies does. Only for what no name has told."""
    for role in TOLD_BY_CELLS:
        if role not in {column.role for column in columns}:
            unnamed = [column for column in columns if column.role == "ignored" and not column.confidence]
            told = {column.index: _share(sheet, rows[1], column.index, role) or 0.0 for column in unnamed}
            best = max(told, key=told.__getitem__, default=-1)
            if told.get(best, 0.0) >= MOST:
                columns[best] = replace(columns[best], role=role, confidence=UNNAMED)
    return columns


def _due(columns: list[Column]) -> list[Column]:
    """A lone column of ends (`Hạn`) is the column of times: there `thường xuyên` may stand as well as a day."""
    if {column.role for column in columns} & {"deadline", "start"}:
        return columns
    return [replace(column, role="deadline") if column.role == "end" else column for column in columns]


def _with_text(sheet: Sheet, rows: tuple[int, int], columns: list[Column]) -> list[Column]:
    """Without a column named for tasks, the unnamed one with the longest words holds them."""
    roles = {column.role for column in columns}
    free = [column for column in columns if column.role in SEVERAL and not column.confidence]
    if "text" in roles or not free or not roles & {"lead", "deadline", "end"}:
        return columns
    size = {
        column.index: sum(len(row[column.index].text) for row in sheet.rows[rows[1] : rows[1] + SAMPLE])
        for column in free
    }
    longest = max(size, key=size.__getitem__)
    found = replace(columns[longest], role="text", confidence=UNNAMED)
    return [found if column.index == longest and size[longest] else column for column in columns]
