"""What is wrong at a cell, or doubtful: a code, the cell, and a sentence in both languages (`docs/errors.md`)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from vanban.messages import cell_sentence
from vanban.tasksheets.cells import Place
from vanban.tasksheets.mapping import Json

Level = Literal["error", "doubt"]
SENTENCES: dict[str, tuple[Level, str]] = {
    "S101": ("error", "No column holds the tasks. Choose the header row and the column of tasks."),
    "S102": ("error", "The columns “%(first)s” and “%(second)s” are chosen for the same thing. Keep one of them."),
    "S103": ("doubt", "No column names who leads: choose that column, or assign each task in the review."),
    "S104": ("doubt", "From this row on the sheet was taken for a signature or notes and not read as tasks."),
    "S105": ("error", "No row below the header holds a task. Choose the header row and the column of tasks."),
    "S201": ("error", "The row has other cells filled but no task. Write the task, or delete the row."),
    "S202": ("doubt", "Nobody is named to lead."),
    "S203": ("error", "No body can be made out in “%(text)s”. Write its full name."),
    "S204": ("doubt", "No body can be made out in the part “%(text)s”."),
    "S205": ("error", "There is no day “%(text)s” in the calendar. Correct the date."),
    "S206": ("doubt", "No time can be read from “%(text)s”. Write a day, month, quarter or year."),
    "S207": ("error", "The end, %(end)s, is before the start, %(start)s."),
    "S208": ("doubt", "This column says %(end)s, the column of times “%(text)s”. The column of times counts."),
    "S209": ("error", "The formula in this cell gives the error %(text)s. Correct it, or type the value."),
    "S210": ("error", "The formula in this cell has no value yet. Open the file in Excel, save it, and send it again."),
    "S211": ("doubt", "This task is the same as the one in row %(row)s."),
    "S212": ("error", "The text has %(size)s characters; a task has at most %(limit)s. Part it into rows."),
    "S213": ("doubt", "There is no topic “%(text)s”: the topic was told by the words of the task."),
}
QUOTED = 80  # characters of a cell that a sentence repeats


@dataclass(frozen=True, slots=True)
class CellIssue:
    """`row` counts from 1, `column` is its letter, as spreadsheets have it; `places` fill the sentences."""

    sheet: str
    row: int
    column: str
    code: str
    places: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> str:
        return f"{self.column}{self.row}"

    @property
    def level(self) -> Level:
        return SENTENCES[self.code][0]

    @property
    def english(self) -> str:
        return SENTENCES[self.code][1] % dict(self.places)

    @property
    def vietnamese(self) -> str:
        return cell_sentence(self.code, dict(self.places))

    def as_json(self) -> Json:
        return {
            "sheet": self.sheet,
            "cell": self.address,
            "row": self.row,
            "column": self.column,
            "level": self.level,
            "code": self.code,
            "message": {"vi": self.vietnamese, "en": self.english},
        }


class Issues:
    """The issues of one sheet as they come up."""

    def __init__(self, sheet: str) -> None:
        self.sheet = sheet
        self.found: list[CellIssue] = []

    def add(self, code: str, at: Place, **places: object) -> None:
        shown = tuple((name, shortened(str(value))) for name, value in places.items())
        self.found.append(CellIssue(self.sheet, at.row + 1, at.address.rstrip("0123456789"), code, shown))

    def in_order(self) -> tuple[CellIssue, ...]:
        """By row, then by column."""
        return tuple(sorted(self.found, key=lambda each: (each.row, len(each.column), each.column, each.code)))


def shortened(text: str) -> str:
    return text if len(text) <= QUOTED else text[: QUOTED - 1] + "…"
