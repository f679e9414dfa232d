"""A filing and a definition as pages show them: sections of fields, each with its value, its marks and what is wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.forms.filing import WHY, approvals, faults_of
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.schema.checking import Fault, computed, rows_of
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
    label: str
    value: Json
    seen: int
    note: str = ""
    faults: tuple[Fault, ...] = ()
    last: str = ""  # of the period before

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
    """Draws the cells of one filing: reads its faults and the names of its people once."""

    def __init__(self, filing: Filing) -> None:
        self.filing = filing
        self.found = faults_of(filing)
        self.faults: dict[str, list[Fault]] = defaultdict(list)
        for fault in self.found:
            self.faults[fault.path].append(fault)
        self.values = {**filing.values, **computed(filing.version.read, filing.values)}
        self.jumping = {jump.path for jump in filing.version.read.jumps}
        people = {mark["by"] for mark in filing.marks.values() if mark.get("by")}
        self.people = {user.pk: str(user) for user in User.objects.filter(pk__in=people)}

    def parts(self) -> list[Part]:
        waiting = self.filing.state == Filing.State.WAITING
        known = approvals(self.filing, self.filing.level) if waiting else {}
        return [
            Part(
                section,
                [self.item(each) for each in section.fields],
                str(known[section.key].by) if section.key in known else "",
            )
            for section in self.filing.version.read.sections
        ]

    def item(self, asked: Field) -> Item:
        if asked.kind == "table":
            return Item(self.cell(asked.key), rows=[self.row(asked, key) for key in rows_of(asked, self.filing.values)])
        return self.single(asked.key)

    def single(self, path: str) -> Item:
        """A field or cell, with room for a reason where its figure may jump."""
        jumps = path in self.jumping and path in self.filing.last
        return Item(self.cell(path), self.cell(path + REASON) if jumps else None)

    def row(self, table: Field, key: str) -> TableRow:
        names = {row.key: f"{row.label} ({row.unit})" if row.unit.vi else str(row.label) for row in table.rows}
        return TableRow(
            key, names.get(key, ""), [self.single(f"{table.key}.{key}.{column.key}") for column in table.columns]
        )

    def cell(self, path: str) -> Cell:
        asked = self.filing.version.read.field_at(path)
        assert asked is not None
        reason = path.endswith(REASON)
        return Cell(
            path=path,
            field=WHY if reason else asked,
            label=str(_("Reason for the difference")) if reason else str(asked.label),
            value=self.values.get(path),
            seen=int(self.filing.marks.get(path, {}).get("revision", 0)),
            note=self.note(path),
            faults=tuple(self.faults.get(path, ())),
            last="" if reason else show(asked, self.filing.last.get(path)) if asked.kind != "table" else "",
        )

    def note(self, path: str) -> str:
        """Where the value is from: filled in beforehand, or who saved it when."""
        mark = self.filing.marks.get(path, {})
        if path not in self.filing.values or not mark:
            return ""
        if mark.get("source"):
            return str(_("From %(source)s") % {"source": mark["source"]})
        at = localtime(datetime.fromisoformat(mark["at"]))
        return str(_("Saved at %(at)s by %(by)s") % {"at": f"{at:%H:%M %d/%m}", "by": self.people.get(mark["by"], "–")})

    def watched(self) -> list[Cell]:
        """Cells whose faults may change when any other value does: each stands on the page once."""
        return [self.cell(path) for path in _all(self.parts())]


def _all(parts: Iterable[Part]) -> Iterable[str]:
    for part in parts:
        for item in part.items:
            yield item.cell.path
            if item.reason:
                yield item.reason.path
            yield from (each.cell.path for row in item.rows for each in row.items)


def summary(filing: Filing, found: Iterable[Fault]) -> list[dict[str, str]]:
    """What stands against submitting, with the name of its field and the way there."""
    sheet = filing.version.read
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
