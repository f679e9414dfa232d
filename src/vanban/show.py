"""The plan as a person reads it in a terminal: header, outline with its tasks, targets, duties, references."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from vanban import wording
from vanban.headings import Places, shown_marker
from vanban.messages import remark
from vanban.sheets import Column, Sheet, as_words
from vanban.values import Analysis, Duty, Header, Item, Reference, Target, Task

DEEPEST = 6  # branches within one another; what lies deeper hangs on the last of them
HEADING, QUOTE = 110, 240  # characters shown of a heading, of a task
ANNEX = -1  # the branch over all annexes
NARROW = 120  # columns of a terminal below which the table leaves some out
DATE = len("31/12/2026")
GAP = 2
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
RELATIONS = {
    "implements": "được thực hiện",
    "continues": "được tiếp tục thực hiện",
    "amends": "được sửa đổi",
    "repeals": "bị bãi bỏ",
}


def plan(analysis: Analysis, *, full: bool = False) -> Group:
    """All that was found, ready to print; `full` leaves no wording shortened."""
    parts: list[RenderableType] = [_header(analysis.header)]
    for title, body in _sections(analysis, full):
        parts += ["", text(title, "bold cyan"), body]
    return Group(*parts, "", text(wording.line(analysis), "bold"))


def table(sheet: Sheet, console: Console) -> Table:
    """A sheet as an aligned table; a narrow terminal gets its essential columns."""
    shown = [i for i, column in enumerate(sheet.columns) if column.essential or console.width >= NARROW]
    columns = [sheet.columns[i] for i in shown]
    grid = Table(box=None, padding=(0, GAP, 1, 0), header_style="bold")
    for column, width in zip(columns, _widths(columns, console.width - GAP * len(columns)), strict=True):
        grid.add_column(column.title, width=width)
    for row in sheet.rows:
        grid.add_row(*(text(as_words(row[i])) for i in shown))
    return grid


def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """The room shared out as the columns ask, none so narrow that it would break a date."""
    least = [min(column.width, DATE) for column in columns]
    wish = sum(column.width for column in columns) - sum(least)
    spare = max(0, room - sum(least))
    return [low + spare * (column.width - low) // wish for low, column in zip(least, columns, strict=True)]


def text(words: str, style: str = "") -> Text:
    """Words of a document, safe to print: what could steer the terminal is shown as `�`."""
    return Text(CONTROL.sub("�", words), style)


def _header(header: Header) -> Group:
    lines = [text(wording.caption(header), "bold"), text(header.title or "")]
    if signer := header.signer:
        lines.append(text(f"Người ký: {signer.name} ({', '.join(signer.capacity)})"))
    if header.recipients:
        lines.append(text(f"Nơi nhận: {'; '.join(header.recipients)}", "dim"))
    return Group(*filter(None, lines))


def _sections(analysis: Analysis, full: bool) -> Iterator[tuple[str, RenderableType]]:
    agencies = wording.agencies(analysis)
    if analysis.tasks:
        yield f"NHIỆM VỤ ({len(analysis.tasks)})", _tree(analysis, agencies, full)
    lists = {
        "CHỈ TIÊU": [_target(each) for each in analysis.targets],
        "CHẾ ĐỘ BÁO CÁO": [_duty(each, agencies) for each in analysis.duties],
        "VĂN BẢN VIỆN DẪN": [_reference(each) for each in analysis.references],
        "CẢNH BÁO": [remark(each) for each in analysis.notices],
    }
    for title, entries in lists.items():
        if entries:
            yield f"{title} ({len(entries)})", _bullets(entries)


def _tree(analysis: Analysis, agencies: Mapping[str, str], full: bool) -> Tree:
    """Headings as branches, only those that lead to a task; tasks as leaves, numbered as in the task sheet."""
    root = Tree("", hide_root=True, guide_style="dim")
    branches: dict[int, Tree] = {}
    places = Places(analysis.outline.items)
    for count, task in enumerate(analysis.tasks, 1):
        place, node = places.find(task.at, task.span), root
        if task.where == "annex":
            node = branches[ANNEX] = branches.get(ANNEX) or root.add(text("Phụ lục", "bold"))
        for item in places.above(place)[:DEEPEST]:
            node = branches[item.index] = branches.get(item.index) or node.add(_heading(item))
        leaf = node.add(_leaf(_sign(count, place), task, agencies, full))
        if place:
            branches[place.index] = leaf
    return root


def _heading(item: Item) -> Text:
    words = f"{shown_marker(item)} {shorten(item.passage.text, HEADING)}".strip()
    return text(words, "bold" if item.bold or item.parent is None else "")


def _sign(count: int, place: Item | None) -> str:
    """The number of a task, and where it has one the number that the document gives it: `[12] b)`."""
    return (
        f"[{count}]" if not place or place.family in ("dash", "plain") else f"[{count}] {shown_marker(place)}".strip()
    )


def _leaf(sign: str, task: Task, agencies: Mapping[str, str], full: bool) -> RenderableType:
    """A task: its sign and words, below them who, when, what, and why to look at it."""
    words = task.text if full else shorten(task.text, QUOTE)
    lines = [
        text(f"Chủ trì: {wording.names(task.lead, agencies) or 'chưa nêu'}", "" if task.lead else "yellow"),
        text(f"Phối hợp: {wording.names(task.coordinate, agencies)}") if task.coordinate else None,
        text(f"Thời hạn: {wording.spell(task.deadline)}", "green") if task.deadline else None,
        text(f"Sản phẩm: {task.deliverable}") if task.deliverable else None,
        *(text(f"! Cần xem lại: {doubt}", "bold yellow") for doubt in wording.doubts(task)),
    ]
    return Group(text(f"{sign} {words}"), Padding(Group(*filter(None, lines)), (0, 0, 0, 4)))


def _target(target: Target) -> str:
    aim = ", ".join(filter(None, (wording.level(target), wording.horizon(target))))
    return _noted(f"{wording.capital(target.indicator)}: {aim}", target.at, target.confidence)


def _duty(duty: Duty, agencies: Mapping[str, str]) -> str:
    sender, to = (wording.names(keys, agencies) or "(chưa nêu)" for keys in (duty.sender, duty.to))
    via = f" (qua {wording.names(duty.via, agencies)})" if duty.via else ""
    when = ", ".join(filter(None, (wording.frequency(duty), wording.due(duty))))
    return _noted(f"{sender} → {to}{via}" + (f": {when}" if when else ""), duty.at, duty.confidence)


def _noted(words: str, at: str, confidence: float) -> str:
    return f"{words} [{at}]" + (" ! Cần xem lại: chưa chắc" if confidence < wording.DOUBTFUL else "")


def _reference(reference: Reference) -> str:
    name = f"{reference.type or 'Văn bản'} {reference.symbol}" if reference.symbol else reference.title or "?"
    parts = (name, f"ngày {wording.day(reference.date)}" if reference.date else "", reference.issuer)
    relation = RELATIONS.get(reference.relation)
    return ", ".join(filter(None, parts)) + (f" ({relation})" if relation else "")


def _bullets(entries: list[str]) -> Table:
    grid = Table.grid(padding=(0, 1))
    for entry in entries:
        grid.add_row("•", text(entry))
    return grid


def shorten(words: str, most: int) -> str:
    """At most so many characters, cut between words."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0].rstrip(" ,;:-") + " …"
