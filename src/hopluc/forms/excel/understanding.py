"""Cells of an Excel form → answers by row and column, or what is wrong at which cell. Pure: the spec is what stands today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from hopluc.core.folding import fold
from hopluc.forms.excel.spec import SheetColumn, SheetPage, SheetRow, SheetSpec, mark
from hopluc.forms.excel.writing import title
from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.values import Unfit, plain, read, tidy
from vanban.tasksheets.cells import Place

Json = Any
Cells = Mapping[Place, tuple[str, str]]  # kind and text, as `reading` gives them
SEARCHED = 40  # rows at the top among which headings are looked for
NEW = "+"  # before the number of a row that people added
SENTENCES = {
    "S401": _("The sheet “%(sheet)s” is missing. Download the form again and copy your answers into it."),
    "S402": _("The formula in this cell gives no value (%(error)s). Type the value instead."),
    "S403": _("The column “%(column)s” is missing. Download the form again and copy your answers into it."),
    "S404": _("This row is not of the form. Write only in the rows that it came with."),
    "S405": _("This row stands twice in the sheet. Delete one of them."),
    "S406": _(
        "Somebody changed this row in the program after the form was downloaded. Download it again and repeat your change."
    ),
    "S407": _(
        "This cell belongs to the form and was changed, or moved to another row. Undo that, or download the form again."
    ),
    "S408": _(
        "This is no longer asked of you, so the answer was not taken. Empty the row, or download the form again."
    ),
    "S409": _("The column “%(column)s” stands twice. Delete one of them."),
    "S410": "%(reason)s",
    "S411": _("The table takes at most %(most)s new rows."),
}


@dataclass(frozen=True, slots=True)
class SheetIssue:
    """What is wrong at a cell, or with a whole sheet: then the cell is empty."""

    code: str
    sheet: str
    cell: str
    text: str

    def __str__(self) -> str:
        where = f"{self.sheet}!{self.cell}" if self.cell else self.sheet
        return f"{where}: {self.text} ({self.code})"


@dataclass(slots=True)
class SheetRead:
    """What a form says anew: by page, row and column, only rows that somebody touched. None empties a cell."""

    answers: dict[str, dict[str, dict[str, Json]]] = field(default_factory=dict)
    issues: list[SheetIssue] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)  # names of sheets that are not of the form
    places: dict[tuple[str, str, str], tuple[str, Place]] = field(
        default_factory=dict
    )  # by page, row and column of answers: the sheet and the cell in which it stands, or would stand

    @property
    def rows(self) -> int:
        return sum(len(rows) for rows in self.answers.values())

    def refuse(self, page: str, row: str, column: str, reason: object) -> None:
        """What an app above finds wrong with an answer stands at its cell."""
        sheet, place = self.places[page, row, column]
        self.issues.append(_issue("S410", sheet, place, reason=reason))


def understand(spec: SheetSpec, identity: Json, pages: Json) -> SheetRead:
    """All pages of a form that came back, beside the spec as it is today and the identity as it was then."""
    found = SheetRead()
    sheets = {
        each["name"]: {Place(at, column): (kind, text) for at, column, kind, text in each["cells"]} for each in pages
    }
    for page in spec.pages:
        name, cells = _sheet(page, sheets)
        if cells is None:
            found.issues.append(_issue("S401", page.name, None, sheet=page.name))
            continue
        sheets.pop(name)
        reader = _Page(page, name, cells, identity["pages"].get(page.key, {}), found.issues)
        if answers := reader.answers():
            found.answers[page.key] = answers
            found.places |= {
                (page.key, row, column): (name, Place(reader.rows[row], reader.columns[column]))
                for row in answers
                for column in reader.columns
            }
    found.ignored = [name for name, cells in sheets.items() if cells]
    return found


def _sheet(page: SheetPage, sheets: Mapping[str, Cells]) -> tuple[str, Cells | None]:
    """The sheet of a page: by its name, else by the key that its hidden line begins with."""
    if page.name in sheets:
        return page.name, sheets[page.name]
    for name, cells in sheets.items():
        if any(cells.get(Place(at, 0), ("", ""))[1] == page.key for at in range(SEARCHED)):
            return name, cells
    return "", None


def _issue(code: str, at: str, place: Place | None, **about: object) -> SheetIssue:
    return SheetIssue(code, at, place.address if place else "", str(SENTENCES[code]) % about)


@dataclass(slots=True)
class _Page:
    page: SheetPage
    name: str
    cells: Cells
    then: Mapping[
        str, list[Any]
    ]  # rows as they were when the form was made: revision, mark of asked cells, of locked ones
    issues: list[SheetIssue]
    columns: dict[str, int] = field(default_factory=dict)
    rows: dict[str, int] = field(default_factory=dict)  # of answers
    first: int = 0  # row of the first answer
    keys: int = 0  # column of the row keys

    def answers(self) -> dict[str, dict[str, Json]]:
        if not self.placed():
            return {}
        now = {row.key: row for row in self.page.rows}
        found: dict[str, dict[str, Json]] = {}
        seen = Counter(self.key_at(at) for at in self.filled())
        for at in self.filled():
            key = self.key_at(at)
            if key and seen[key] > 1:
                self.add("S405", Place(at, self.first_asked))
            elif (given := self.row(at, key, now.get(key))) is not None:
                name = key or f"{NEW}{at + 1}"
                found[name], self.rows[name] = given, at
        if sum(key.startswith(NEW) for key in found) > self.page.spare > 0:
            self.issues.append(_issue("S411", self.name, None, most=self.page.spare))
        return found

    def add(self, code: str, place: Place, **about: object) -> None:
        self.issues.append(_issue(code, self.name, place, **about))

    def key_at(self, at: int) -> str:
        return self.cells.get(Place(at, self.keys), ("", ""))[1].strip()

    @property
    def first_asked(self) -> int:
        return min((self.columns[column.key] for column in self.page.asked), default=0)

    def filled(self) -> list[int]:
        """Rows below the headings that say something beyond their key."""
        used = {*self.columns.values(), self.keys}
        return sorted({place.row for place in self.cells if place.row >= self.first and place.column in used})

    def placed(self) -> bool:
        """Find the columns, wherever they were moved: by the hidden line of keys, else by their headings."""
        by_key = {column.key: column.key for column in self.page.columns}
        by_title = {_same(title(column.field)): column.key for column in self.page.columns}
        for names, below in ((by_key, 2), (by_title, 1)):
            for at in range(SEARCHED):
                line = {place.column: text for place, (_kind, text) in self.cells.items() if place.row == at}
                found = [
                    (names[name], column)
                    for column, text in line.items()
                    if (name := text if below == 2 else _same(text)) in names
                ]
                if len(found) >= max(2, len(self.page.asked)) or {key for key, _ in found} >= {
                    c.key for c in self.page.columns
                }:
                    return self.settle(at, found, below)
        missing = ", ".join(title(column.field) for column in self.page.asked)
        self.issues.append(_issue("S403", self.name, None, column=missing))
        return False

    def settle(self, at: int, found: list[tuple[str, int]], below: int) -> bool:
        self.columns, self.first = dict(found), at + below
        twice = [key for key, count in Counter(key for key, _column in found).items() if count > 1]
        missing = [column for column in self.page.columns if column.key not in self.columns]
        for column in self.page.columns:
            if column.key in twice:
                self.issues.append(_issue("S409", self.name, None, column=title(column.field)))
        for column in missing:
            self.issues.append(_issue("S403", self.name, None, column=title(column.field)))
        known = set(self.then) | {row.key for row in self.page.rows}
        candidates = Counter(
            place.column for place, (_kind, text) in self.cells.items() if place.row >= self.first and text.strip() in known
            and place.column not in self.columns.values()
        )  # fmt: skip
        self.keys = candidates.most_common(1)[0][0] if candidates else 0
        if self.keys in self.columns.values():  # no column is left for keys: then every row is a new one
            self.keys = max(self.columns.values()) + 1
        return not twice and not missing

    def row(self, at: int, key: str, now: SheetRow | None) -> dict[str, Json] | None:
        """What a row says anew; None where nobody touched it or it may not be taken."""
        before = len(self.issues)
        given = {column.key: self.value(at, column, now) for column in self.page.asked}
        wrong = len(self.issues) > before
        filled = {name: value for name, value in given.items() if value is not None}
        if not key:
            if filled and not self.page.spare:
                self.add("S404", Place(at, self.first_asked))
            return None if wrong or not self.page.spare else (filled or None)
        if key not in self.then:
            self.add("S404", Place(at, self.first_asked))
            return None
        revision, asked, locked = self.then[key]
        if self.locked(at) != locked:
            self.add("S407", Place(at, self.first_locked))
            return None
        if not wrong and mark(given, iter(given)) == asked:
            return None
        if now is None:
            self.add("S408", Place(at, self.first_asked))
            return None
        if now.revision != revision and any(now.cells.get(name) != value for name, value in given.items()):
            self.add("S406", Place(at, self.first_asked))
            return None
        return None if wrong else {name: value for name, value in given.items() if now.cells.get(name) != value} or None

    @property
    def first_locked(self) -> int:
        return min(
            (self.columns[column.key] for column in self.page.columns if column.locked), default=self.first_asked
        )

    def locked(self, at: int) -> str:
        said = {
            column.key: tidy(_words(*self.cells.get(Place(at, self.columns[column.key]), ("s", ""))))
            for column in self.page.columns
            if column.locked
        }
        return mark(said, iter(said))

    def value(self, at: int, column: SheetColumn, row: SheetRow | None) -> Json:
        place = Place(at, self.columns[column.key])
        kind, text = self.cells.get(place, ("s", ""))
        if kind == "e":
            self.add("S402", place, error=text or "–")
            return None
        try:
            return value_of(self.page.field(column, row), kind, text)
        except Unfit as error:
            self.add("S410", place, reason=str(error))
            return None


def value_of(asked: Field, kind: str, text: str) -> Json:
    """The value of a typed cell. A percentage that is a number is a share: 12,5 % is 0.125 there. Raises Unfit."""
    if kind == "n" and asked.kind == "percent":
        return read(asked, plain(Decimal(text) * 100), machine=True)
    if kind == "n" and asked.kind == "date":
        raise Unfit(str(_("This is a number where a day belongs. Write it as day/month/year, such as 01/03/2025.")))
    return read(asked, _words(kind, text), machine=kind == "n")


def _words(kind: str, text: str) -> str:
    """A cell as people read it: another program may have made a day of its words."""
    return f"{text[8:10]}/{text[5:7]}/{text[:4]}" if kind == "d" else text


def _same(text: str) -> str:
    return " ".join(fold(text).split())
