"""When the work of a row is due: the column of times is read as in annexes, columns of start and end are put together."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from vanban.deadlines import choose, find_deadlines
from vanban.deadlines.dated import POINT, point
from vanban.lexicon import day
from vanban.tasksheets.cells import Place
from vanban.tasksheets.issues import Issues
from vanban.tasksheets.mapping import Role
from vanban.values import Deadline, Passage, Span, Task
from vanban.wording import day as shown

DAY = re.compile(r"(?<![\d/.-])(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?!\d)")
FROM_TO = re.compile(rf"{DAY.pattern}\s*(?:đến|tới|[-–—])\s*(?:hết\s+)?(?:ngày\s+)?{DAY.pattern}", re.I)
WITHOUT_END = ("ongoing", "annual", "recurring", "conditional")


@dataclass(frozen=True, slots=True)
class Times:
    """The cells of a row that tell of time, and where they stand."""

    cells: Mapping[Role, Passage]
    places: Mapping[Role, Place]
    issued_on: date | None
    issues: Issues
    handed: Mapping[Role, str]  # cells that speak for an earlier row too, and were checked there

    def of(self, task: Task) -> Task:
        """The task with what the columns of start and end add; cells that tell no time are reported."""
        role, stated = stated_in(self.cells, self.issued_on)
        read = task.deadline if stated and _from(task, stated) else None
        if stated and role:
            self.check(role, stated, readable=read is not None)
        if role == "end" and read:
            return task
        start, end = self.edge("start", first=True), self.edge("end", first=False)
        if start and end and end < start:
            self.issues.add("S207", self.places["end"], end=shown(end), start=shown(start))
            start = None
        if read:
            if end and read.end and end != read.end and read.kind not in WITHOUT_END:
                self.issues.add("S208", self.places["end"], end=shown(end), text=read.raw)
            return task
        return self.joined(task, start, end) if start or end else task

    def edge(self, role: Role, *, first: bool) -> date | None:
        """The day that a cell of the column of starts or ends means."""
        if not (cell := self.cells.get(role)):
            return None
        found = _day(cell.text, self.issued_on, first=first)
        self.check(role, cell, readable=found is not None)
        return found

    def check(self, role: Role, cell: Passage, *, readable: bool) -> None:
        """Reports a day that does not exist, a period that ends before it begins, words that tell no time."""
        if role in self.handed:
            return
        wrong = next((m[0] for m in DAY.finditer(cell.text) if not _exists(m.groups())), None)
        if wrong:
            self.issues.add("S205", self.places[role], text=wrong)
        elif (m := FROM_TO.search(cell.text)) and (days := _both(m)) and days[1] < days[0]:
            self.issues.add("S207", self.places[role], end=shown(days[1]), start=shown(days[0]))
        elif not readable:
            self.issues.add("S206", self.places[role], text=cell.text)

    def joined(self, task: Task, start: date | None, end: date | None) -> Task:
        """The task due within what the two columns say."""
        edges: tuple[tuple[Role, date | None], ...] = (("start", start), ("end", end))
        used = [self.cells[role] for role, edge in edges if edge]
        spans: tuple[Span, ...] = tuple(cell.span() for cell in used)
        raw = " – ".join(cell.text for cell in used)
        kind = ("range" if start else "by") if end else "ongoing"
        deadline = Deadline(raw, spans[-1], kind, start, end, sure=1.0 if end else 0.7)  # type: ignore[arg-type]
        return replace(
            task,
            deadline=deadline,
            spans={**task.spans, "deadline": spans},
            confidence={**task.confidence, "deadline": deadline.sure},
            inherited={field: at for field, at in task.inherited.items() if field != "deadline"},
            notices=tuple(notice for notice in task.notices if notice.code != "V103"),
        )


def stated_in(cells: Mapping[Role, Passage], issued_on: date | None) -> tuple[Role | None, Passage | None]:
    """The cell that says the time in words; a column of ends may hold `thường xuyên` or `hằng năm` for once."""
    if "deadline" in cells:
        return "deadline", cells["deadline"]
    if "end" in cells:
        found = choose(find_deadlines(cells["end"].text, issued=issued_on, cell=True))
        if found and found.kind in WITHOUT_END:
            return "end", cells["end"]
    return None, None


def _from(task: Task, cell: Passage) -> bool:
    """The deadline of the task was read from this cell."""
    start, end = cell.span()
    return any(start <= a and b <= end for a, b in task.spans.get("deadline", ()))


def _day(text: str, issued_on: date | None, *, first: bool) -> date | None:
    """The first or the last day of what a cell names: a day, a month, a quarter, a year."""
    words = text.strip(" .")
    year = issued_on.year if issued_on else None
    if re.fullmatch(POINT, words, re.I) and (edges := point(words, year)):
        return edges[0] if first else edges[1]
    found = choose(find_deadlines(words, issued=issued_on, cell=True))
    return (found.start or found.end if first else found.end) if found else None


def _exists(parts: tuple[str, ...]) -> bool:
    return day(int(parts[2]), int(parts[1]), int(parts[0])) is not None


def _both(m: re.Match[str]) -> tuple[date, date] | None:
    first, last = (day(int(m[at + 2]), int(m[at + 1]), int(m[at])) for at in (1, 4))
    return (first, last) if first and last else None
