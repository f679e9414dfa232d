"""What is wrong at a cell of the workbook: a code (`docs/errors.md`), the cell, and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from hopluc.accounts.workbook.columns import SheetRows

SENTENCES = {
    "S301": _("This cell is empty. Fill it in."),
    "S302": _("The formula in this cell gives no value (%(error)s). Type the value instead."),
    "S303": _(
        "Somebody changed this in the program after the workbook was downloaded. Download it again and repeat the change there."
    ),
    "S304": _("“%(text)s” is no day. Write it as day/month/year, such as 01/03/2025."),
    "S305": _("The last day, %(end)s, is before the first, %(start)s. Correct one of them."),
    "S306": _("The text has %(size)s characters; at most %(limit)s fit. Shorten it."),
    "S307": _("This row says the same as row %(row)s. Delete one of them."),
    "S308": _("Row %(row)s says “%(text)s” for the same thing. Write the same in both rows."),
    "S310": _(
        "There is no agency with the code “%(text)s”. Leave the cell empty for a new agency, or copy the code of the old one."
    ),
    "S311": _("“%(text)s” belongs to a place that you do not administer. Choose an agency of your own province."),
    "S312": _(
        "The agency %(name)s keeps “%(text)s”. Write that again; for another kind or place, end this agency and add a new one."
    ),
    "S313": _("There is no kind of agency “%(text)s”. %(hint)s"),
    "S314": _("There is no administrative unit “%(text)s”. %(hint)s"),
    "S315": _("“%(text)s” may be one of several units: %(list)s. Write the code of the one that is meant."),
    "S316": _("%(unit)s lies in a place that you do not administer. Choose a unit of your own province."),
    "S317": _("%(unit)s was in force %(period)s. Dates of the agency must lie within that."),
    "S318": _("A “%(kind)s” belongs to a unit of another level than %(unit)s. Choose another kind or another unit."),
    "S319": _(
        "%(name)s is already there for the same place and days (%(period)s). Change its dates, or delete this row."
    ),
    "S320": _("No agency is called “%(text)s”. %(hint)s"),
    "S321": _("“%(text)s” may be one of several agencies: %(list)s. Write the code of the one that is meant."),
    "S322": _("An agency cannot stand above itself: %(chain)s. Choose another agency above it."),
    "S330": _("An agency cannot take over from itself: %(chain)s. Choose another successor."),
    "S331": _(
        "%(name)s takes over on %(day)s, but this agency does not end on the day before. "
        "Write %(before)s as its last day, or correct the day of the succession."
    ),
    "S332": _(
        "%(name)s is not in force on %(day)s, when it should take over: it is in force %(period)s. "
        "Correct the day, or the dates of %(name)s."
    ),
    "S333": _(
        "%(name)s is handed a field of work on %(day)s, when this agency is not in force any more. "
        "Correct the day, or leave the field empty."
    ),
    "S334": _("Name the agency that takes over, or empty the cells about the succession."),
    "S335": _(
        "That %(name)s took over on %(day)s is known from the law and cannot be removed here. "
        "Write it again, with another day if need be."
    ),
    "S340": _("“%(text)s” is no name to sign in with. Use small letters without marks, digits and dots: %(example)s."),
    "S341": _(
        "“%(text)s” is taken by somebody else. If it is the same person, write the full name as it stands in the program; "
        "if not, choose another name to sign in with, such as %(example)s."
    ),
    "S342": _("The name to sign in with cannot be changed. Write “%(text)s” again; for a new person use an empty row."),
    "S343": _("There is no role “%(text)s”. Choose one of: %(list)s."),
    "S344": _("%(name)s ended on %(day)s, so nobody can be given a post there. %(hint)s"),
    "S345": _("%(name)s is in force %(period)s, and the post lies outside. Correct the days of the post."),
    "S346": _("%(name)s also holds a post in %(place)s, so only an administrator of both may change the account."),
    "S347": _("%(name)s is the last administrator of %(place)s. Give that role to somebody else first."),
    "S348": _("“%(text)s” is no telephone number. Write digits, such as 0912 345 678."),
    "S349": _("“%(text)s” is no e-mail address. Write it as in ten@tinh.gov.vn."),
    "S350": _("This person already holds the post of %(role)s there on some of these days. Change that row instead."),
}


@dataclass(frozen=True, slots=True)
class Issue:
    sheet: str
    row: int  # Excel's number
    column: str  # its letter; empty where the column is missing
    code: str
    places: tuple[tuple[str, object], ...] = ()

    @property
    def address(self) -> str:
        return f"{self.column}{self.row}"

    @property
    def words(self) -> str:
        return str(SENTENCES[self.code]) % dict(self.places)


class Issues:
    """The issues of one sheet as they come up; of a cell only the first is told."""

    def __init__(self, sheet: SheetRows) -> None:
        self._sheet = sheet
        self._found: dict[tuple[int, str], Issue] = {}
        self._rows: set[int] = set()
        for row, key, error in sheet.broken:
            self.add("S302", row, key, error=error or "-")

    def add(self, code: str, row: int, key: str, /, **places: object) -> None:
        letter = self._sheet.letters.get(key, "")
        issue = Issue(self._sheet.form.name, row, letter, code, tuple(places.items()))
        self._found.setdefault((row, key), issue)
        self._rows.add(row)

    def at(self, row: int) -> bool:
        """Whether something is wrong in a row."""
        return row in self._rows

    def __len__(self) -> int:
        return len(self._found)

    def in_order(self) -> tuple[Issue, ...]:
        return tuple(sorted(self._found.values(), key=lambda each: (each.row, len(each.column), each.column)))
