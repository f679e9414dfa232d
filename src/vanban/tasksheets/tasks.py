"""Rows of a mapped sheet → tasks, as `tasks.py` reads those of an annex; what is wrong is told by its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from vanban.bodies import introduced, mentions
from vanban.citations import cited, masked
from vanban.contract import task_json
from vanban.labels import find_labels
from vanban.lexicon import fold, load
from vanban.tasks import Setting, find_tasks
from vanban.tasksheets.cells import Place, Sheet
from vanban.tasksheets.issues import CellIssue, Issues
from vanban.tasksheets.mapping import Json, Role
from vanban.tasksheets.mapping import Mapping as Columns
from vanban.tasksheets.pages import Page, lay_out
from vanban.tasksheets.rows import HANDED, Entry, entries, hand_down, lines
from vanban.tasksheets.times import Times, stated_in
from vanban.topics import UNSURE, find_topic
from vanban.values import Item, Passage, Task
from vanban.wording import TOPICS

SAID: tuple[Role, ...] = ("text", "lead", "deliverable", "deadline", "start", "end")
LONGEST = 20_000  # characters of a task, as of a paragraph
CELLS: tuple[tuple[Role, str], ...] = (
    ("text", "task"), ("lead", "lead"), ("coordinate", "coordinate"), ("deliverable", "deliverable"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SheetReading:
    """The tasks of a sheet; all spans count in `content`. `rows`: the row of each task, counted from 1."""

    sheet: str
    content: str
    layout: list[Json]
    tasks: tuple[Task, ...] = ()
    rows: tuple[int, ...] = ()
    agencies: Mapping[str, str] | None = None
    issues: tuple[CellIssue, ...] = ()

    @property
    def errors(self) -> int:
        return sum(issue.level == "error" for issue in self.issues)

    def as_json(self) -> Json:
        """Tasks and agencies as `vanban.contract` has them, with content, layout and issues."""
        return {
            "sheet": self.sheet,
            "tasks": [task_json(task) for task in self.tasks],
            "rows": list(self.rows),
            "agencies": dict(self.agencies or {}),
            "issues": [issue.as_json() for issue in self.issues],
            "content": self.content,
            "layout": self.layout,
        }


def read_rows(
    sheet: Sheet,
    mapping: Columns,
    *,
    issued_on: date | None = None,
    issuer: str = "",
    own: Mapping[str, str] | None = None,
) -> SheetReading:
    """The tasks of a sheet. Any sheet and any mapping give a reading; what cannot be read is an issue of its cell.

    `issued_on` supplies a year that a cell leaves out. `issuer`: the full name of the body whose sheet it is, by which
    `Sở`, `UBND xã`, `Văn phòng` are understood; `own`: short names of bodies → full ones.
    """
    page = lay_out(sheet)
    issues = Issues(sheet.name)
    found: list[tuple[Task, int]] = []
    names: dict[str, str] = {}
    if _usable(sheet, mapping, issues):
        setting = _setting(page, issued_on, issuer, own or {})
        found, names = _Reader(page, mapping, setting, issues).run()
    tasks, rows = tuple(task for task, _ in found), tuple(row + 1 for _, row in found)
    named = dict(sorted(names.items()))
    return SheetReading(sheet.name, page.content, page.layout(), tasks, rows, named, issues.in_order())


def _usable(sheet: Sheet, mapping: Columns, issues: Issues) -> bool:
    """The mapping has a column of tasks in this sheet, and no two for one thing."""
    head = (mapping.header or (1, 1))[0] - 1
    column = mapping.index_of("text")
    for first, second in mapping.twice():
        issues.add("S102", Place(head, second.index), first=first.name, second=second.name)
    if column is None or column >= sheet.width:
        issues.add("S101", Place(head, 0))
        return False
    if mapping.index_of("lead") is None:
        issues.add("S103", Place(head, column))
    return True


def _setting(page: Page, issued_on: date | None, issuer: str, own: Mapping[str, str]) -> Setting:
    signers = mentions(issuer)
    key = signers[0].key if signers else ""
    short = {**introduced(page.content), **own}
    return Setting("", issued_on, key in load("bodies")["central"], tuple(short.items()), issuer)


class _Reader:
    def __init__(self, page: Page, mapping: Columns, setting: Setting, issues: Issues) -> None:
        self.page, self.mapping, self.setting, self.issues = page, mapping, setting, issues
        self.own = setting.abbreviations

    def run(self) -> tuple[list[tuple[Task, int]], dict[str, str]]:
        """The tasks with their rows, and the full names of the bodies that they name."""
        rows = lines(self.page, self.mapping, self.issues)
        made = list(hand_down(entries(rows, self.issues, self.page, self.mapping), self.page, self.mapping))
        items = [self.item(index, entry) for index, entry in enumerate(made)]
        texts = [masked(item.passage.text, cited(item.passage.text)) for item in items]
        tasks, names = find_tasks(items, texts, ["orders"] * len(items), self.setting)
        ordered = [entry for entry in made if not entry.group]
        found = [(self.completed(task, entry), entry.line.row) for task, entry in zip(tasks, ordered, strict=True)]
        self.same(ordered)
        if not found:
            self.issues.add("S105", Place((self.mapping.header or (1, 1))[1] - 1, self.mapping.index_of("text") or 0))
        return found, names

    def item(self, index: int, entry: Entry) -> Item:
        """The row as a row of an annex."""
        text = entry.text
        if len(text) > LONGEST:
            self.issues.add("S212", self.place(entry, "text"), size=f"{len(text)}", limit=f"{LONGEST}")
            text = text.cut(0, LONGEST)
        cells = {role: cell for role, cell in self.cells(entry).items() if not entry.group}
        named = [(name, cells[role]) for role, name in CELLS if role in cells]
        time = stated_in(cells, self.setting.issued)[1]
        named += [("time", time)] if time else []
        marker = entry.line.number
        return Item(index, entry.at, entry.above, "row", marker, text, "body", bold=entry.group, cells=tuple(named))

    def cells(self, entry: Entry) -> dict[Role, Passage]:
        """The cells of a row; one that labels who leads and who helps (`Chủ trì: …; phối hợp: …`) is parted."""
        cells = {**entry.line.cells, "text": entry.text}
        lead = cells.get("lead")
        labels = find_labels(lead) if lead else None
        if labels and (labels.lead or labels.coordinate):
            cells.pop("lead")
            cells |= {"lead": labels.lead} if labels.lead else {}
            cells |= {"coordinate": labels.coordinate} if labels.coordinate and "coordinate" not in cells else {}
        return cells

    def place(self, entry: Entry, role: Role) -> Place:
        column = self.mapping.index_of(role)
        return Place(entry.line.row, column if column is not None else self.mapping.index_of("text") or 0)

    def completed(self, task: Task, entry: Entry) -> Task:
        """The task with what only a sheet tells: whose cell is merged, start and end, its topic."""
        times: tuple[Role, ...] = ("deadline", "start", "end")
        places = {role: self.place(entry, role) for role in times}
        task = Times(entry.line.cells, places, self.setting.issued, self.issues, entry.handed).of(task)
        self.check_bodies(task, entry)
        task = self.with_topic(task, entry)
        handed = {str(field): at for field, at in entry.handed.items() if field in task.spans}
        return replace(task, inherited={**task.inherited, **handed})

    def check_bodies(self, task: Task, entry: Entry) -> None:
        """Reports a lead that is missing or cannot be read, and words among bodies that name none."""
        for role in HANDED:
            cell = entry.line.cells.get(role)
            if cell and role not in entry.handed:
                unread = list(_unread(cell, self.own))
                whole = len(unread) == 1 and unread[0] == cell.text.strip(" ;.")
                for part in unread:
                    self.issues.add("S203" if whole and role == "lead" else "S204", self.place(entry, role), text=part)
        if not task.lead and "lead" not in entry.line.cells and self.mapping.index_of("lead") is not None:
            self.issues.add("S202", self.place(entry, "lead"))

    def with_topic(self, task: Task, entry: Entry) -> Task:
        """The topic that its column names; one that is not known leaves what the words tell."""
        if not (cell := entry.line.cells.get("topic")):
            return task
        topic, sure = _topic(cell.text)
        if topic == UNSURE and fold(cell.text) != fold(TOPICS[UNSURE]):
            self.issues.add("S213", self.place(entry, "topic"), text=cell.text)
            return task
        return replace(
            task,
            topic=topic,
            spans={**task.spans, "topic": (cell.span(),)},
            confidence={**task.confidence, "topic": sure},
        )

    def same(self, made: Sequence[Entry]) -> None:
        """Reports rows that say what an earlier one says."""
        first: dict[tuple[str, ...], int] = {}
        for entry in made:
            said = tuple(fold(cell.text) if (cell := entry.line.cells.get(role)) else "" for role in SAID)
            row = first.setdefault(said, entry.line.row)
            if row != entry.line.row:
                self.issues.add("S211", self.place(entry, "text"), row=row + 1)


def _unread(cell: Passage, own: dict[str, str]) -> Iterator[str]:
    """The parts of a cell, as semicolons divide it, that name no body."""
    bodies = [body.span for body in mentions(cell.text, own)]
    at = 0
    for part in cell.text.split(";"):
        words, end = part.strip(" .,-"), at + len(part)
        if any(letter.isalpha() for letter in words) and not any(a < end and at < b for a, b in bodies):
            yield words
        at = end + 1


def _topic(text: str) -> tuple[str, float]:
    """The topic by its name in a sheet, else by its words."""
    named = {fold(name): key for key, name in TOPICS.items()} | {key: key for key in TOPICS}
    if key := named.get(fold(text.strip())):
        return key, 0.97
    return find_topic(text)
