"""A filing and a definition as pages show them: sections of fields, each with its value, its marks and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.forms.filing import WHY, approvals, faults_of
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.schema.checking import Fault, computed, faults, rows_of
from hopluc.forms.schema.definition import REASON, Check, Field, Jump, Section
from hopluc.forms.schema.values import show

Json = Any
INPUTS = {"long_text": "area", "choice": "choice", "yes_no": "choice", "file": "file"}  # others are one line
KINDS = {
    "text": _("text"),
    "long_text": _("longer text"),
    "whole": _("whole number"),
    "decimal": _("number"),
    "money": _("amount in đồng"),
    "percent": _("percentage"),
    "date": _("day"),
    "choice": _("one of a list"),
    "yes_no": _("yes or no"),
    "file": _("file"),
    "table": _("table"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One input with all that stands beside it. `seen` is the revision that its reader has before them."""

    path: str
    field: Field
    value: Json
    seen: int
    note: str = ""
    faults: tuple[Fault, ...] = ()
    last: str = ""  # of the period before

    @property
    def label(self) -> str:
        return str(_("Reason for the difference")) if self.reason else str(self.field.label)

    @property
    def dom(self) -> str:
        """For ids of the page."""
        return self.path.replace(".", "-").replace("#", "-")

    @property
    def shown(self) -> str:
        return show(self.field, self.value)

    @property
    def input(self) -> str:
        if self.field.formula:
            return "worked out"
        return INPUTS.get(self.field.kind, "line")

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """Key, words and whether it is chosen."""
        if self.field.kind == "yes_no":
            return [("có", str(_("Yes")), self.value is True), ("không", str(_("No")), self.value is False)]
        return [(one.key, str(one.label), one.key == self.value) for one in self.field.choices]

    @property
    def reason(self) -> bool:
        return self.path.endswith(REASON)


@dataclass(frozen=True, slots=True)
class Item:
    """What a section holds: a field, or a table with its rows."""

    cell: Cell
    reason: Cell | None = None  # why the figure jumped
    rows: list[TableRow] = field(default_factory=list)

    @property
    def table(self) -> bool:
        return self.cell.field.kind == "table"

    @property
    def grows(self) -> bool:
        return self.table and not self.cell.field.rows


@dataclass(frozen=True, slots=True)
class TableRow:
    key: str
    label: str
    items: list[Item]


@dataclass(frozen=True, slots=True)
class Part:
    """A section; `approved` says who approved these very values at the level that decides now."""

    section: Section
    items: list[Item]
    approved: str = ""


class Sheet:
    """Draws the cells of one filing: reads its faults and the names of its people once.

    `near`: only what may follow from this path is worked out, for what changed by it.
    """

    def __init__(self, filing: Filing, *, near: str = "") -> None:
        self.filing, self.schema = filing, filing.schema
        self.found = faults_of(filing)
        self.faults = _by_path(self.found)
        self.figures = computed(self.schema, filing.values, near=near)
        self.values = {**filing.values, **self.figures}
        self.sources: dict[str, str] = {}  # in words
        self.jumping = {jump.path for jump in self.schema.jumps if jump.path in filing.last}

    @cached_property
    def people(self) -> dict[int, str]:
        ids = {mark["by"] for mark in self.filing.marks.values() if mark.get("by")}
        return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}

    def parts(self) -> list[Part]:
        waiting = self.filing.state == Filing.State.WAITING
        known = approvals(self.filing, self.filing.level) if waiting else {}
        return [
            Part(
                section,
                [self.item(each) for each in section.fields],
                str(known[section.key].by) if section.key in known else "",
            )
            for section in self.schema.sections
        ]

    def item(self, asked: Field) -> Item:
        if asked.kind == "table":
            rows = [self.row(asked, key) for key in rows_of(asked, self.filing.values)]
            return Item(self.cell(asked.key, asked), rows=rows)
        return self.single(asked.key, asked)

    def single(self, path: str, asked: Field) -> Item:
        """A field or cell, with room for a reason where its figure may jump."""
        return Item(self.cell(path, asked), self.cell(path + REASON, WHY) if path in self.jumping else None)

    def row(self, table: Field, key: str) -> TableRow:
        row = next((each for each in table.rows if each.key == key), None)
        label = "" if row is None else f"{row.label} ({row.unit})" if row.unit.vi else str(row.label)
        items = [self.single(f"{table.key}.{key}.{column.key}", column) for column in table.columns]
        return TableRow(key, label, items)

    def cell(self, path: str, asked: Field, *, noted: bool = True) -> Cell:
        """`asked` is what stands at the path: a field, a column, or why a figure jumped; `noted`: with where its value is from."""
        last = self.filing.last.get(path) if asked.kind != "table" else None
        return Cell(
            path=path,
            field=asked,
            value=self.values.get(path),
            seen=int(self.filing.marks.get(path, {}).get("revision", 0)),
            note=self.note(path) if noted else "",
            faults=self.faults.get(path, ()),
            last="" if last is None else show(asked, last),
        )

    def cell_at(self, path: str) -> Cell | None:
        """As the answer to a save shows it; None where the form has no such path."""
        asked = self.schema.field_at(path)
        return None if asked is None else self.cell(path, WHY if path.endswith(REASON) else asked, noted=False)

    def note(self, path: str) -> str:
        """Where the value is from: filled in beforehand, or who saved it when."""
        mark = self.filing.marks.get(path)
        if not mark or path not in self.filing.values:
            return ""
        if source := mark.get("source"):
            return self.sources.get(source) or self.sources.setdefault(source, _from(source))
        at = localtime(datetime.fromisoformat(mark["at"]))
        return str(_("Saved at %(at)s by %(by)s") % {"at": f"{at:%H:%M %d/%m}", "by": self.people.get(mark["by"], "–")})

    def watched(self) -> list[Cell]:
        """Cells whose faults may change when any other value does: each stands on the page once."""
        return list(_all(self.parts()))

    def changed(self, path: str, was: Json) -> list[Cell]:
        """Cells whose figure or faults are others since the value of a path, which was another, was saved."""
        before = {key: value for key, value in self.filing.values.items() if key != path}
        before |= {} if was is None else {path: was}
        figures, said = (
            computed(self.schema, before, near=path),
            _by_path(faults(self.schema, before, self.filing.last)),
        )
        moved = _other(figures, self.figures) | _other(said, self.faults)
        return [cell for each in sorted(moved) if (cell := self.cell_at(each))]


def _from(source: str) -> str:
    return str(_("From %(source)s") % {"source": source})


def _other(before: Mapping[str, Any], now: Mapping[str, Any]) -> set[str]:
    """The keys under which not the same stands in both."""
    return {key for key in before.keys() | now.keys() if before.get(key) != now.get(key)}


def _by_path(found: Iterable[Fault]) -> dict[str, tuple[Fault, ...]]:
    listed: dict[str, list[Fault]] = defaultdict(list)
    for fault in found:
        listed[fault.path].append(fault)
    return {path: tuple(each) for path, each in listed.items()}


def _all(parts: Iterable[Part]) -> Iterable[Cell]:
    for part in parts:
        for item in part.items:
            yield item.cell
            if item.reason:
                yield item.reason
            yield from (each.cell for row in item.rows for each in row.items)


def summary(filing: Filing, found: Iterable[Fault]) -> list[dict[str, str]]:
    """What stands against submitting, with the name of its field and the way there."""
    sheet = filing.schema
    lines = []
    for fault in found:
        asked = sheet.field_at(fault.path)
        head = sheet.fields[fault.path.partition(".")[0]]
        name = str(head.label) if asked is None or asked is head else f"{head.label}, {asked.label}"
        dom = fault.path.replace(".", "-").replace("#", "-")
        lines.append({"name": name, "dom": dom, "text": fault.text})
    return lines


@dataclass(frozen=True, slots=True)
class Definition:
    """A version in words."""

    version: FormVersion
    sections: tuple[Section, ...]
    checks: tuple[Check, ...]
    jumps: tuple[tuple[str, Jump], ...]


def definition(version: FormVersion) -> Definition:
    schema = version.read
    jumps = tuple((str(found.label), jump) for jump in schema.jumps if (found := schema.field_at(jump.path)))
    return Definition(version, schema.sections, schema.checks, jumps)
