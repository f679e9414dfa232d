"""What a cell means: a day, a name among many."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.utils.translation import gettext as _

from hopluc.accounts.workbook.columns import Row, SheetForm, code_of
from hopluc.accounts.workbook.exporting import day
from hopluc.accounts.workbook.facts import AgencyFact, Facts, UnitFact
from hopluc.accounts.workbook.issues import Issues
from hopluc.core.fields import LONGEST
from hopluc.core.folding import fold

DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00)?")
NEAR, MOST = 0.75, 6  # how alike names must be to be suggested; how many are listed
HINTS = 200  # issues of a sheet beyond which nothing is suggested: it takes its time, and nobody reads as many


def folded(text: str) -> str:
    """
    >>> folded("  Sở  Tài chính "), folded("Hòa"), folded("Hoà")
    ('so tai chinh', 'hoa', 'hoa')
    """
    return " ".join(fold(text).split())


def read_day(text: str) -> date | None:
    """
    >>> read_day("1/3/2025"), read_day("31/02/2025"), read_day("45717")
    (datetime.date(2025, 3, 1), None, None)
    """
    if not (m := DAY.fullmatch(text.strip())):
        return None
    try:
        return date(int(m[3]), int(m[2]), int(m[1]))
    except ValueError:
        return None


def day_at(row: Row, key: str, issues: Issues) -> date | None:
    text = row.get(key)
    found = read_day(text) if text else None
    if text and found is None:
        issues.add("S304", row.number, key, text=text)
    return found


def days_at(row: Row, issues: Issues) -> tuple[date | None, date | None]:
    """First and last day of a row, in this order."""
    starts, ends = day_at(row, "starts", issues), day_at(row, "ends", issues)
    if starts and ends and ends < starts:
        issues.add("S305", row.number, "ends", start=day(starts), end=day(ends))
    return starts, ends


def filled(row: Row, form: SheetForm, issues: Issues, *, but: Iterable[str] = ()) -> None:
    """Every cell that must be filled is."""
    for column in form.columns:
        if column.must and column.key not in but and not row.get(column.key):
            issues.add("S301", row.number, column.key)


def fits(row: Row, limits: Mapping[str, int], issues: Issues) -> None:
    for key, limit in limits.items():
        if len(row.get(key)) > limit:
            issues.add("S306", row.number, key, size=len(row.get(key)), limit=limit)


def period(start: date, end: date | None) -> str:
    """The days of `[start, end)` in words."""
    last = date.fromordinal(end.toordinal() - 1) if end else None
    if last is None:
        return _("from %(start)s") % {"start": day(start)}
    return _("from %(start)s to %(end)s") % {"start": day(start), "end": day(last)}


def near(text: str, names: Iterable[str], issues: Issues) -> str:
    """`Perhaps …` with names that look alike; what to do where none does."""
    known = {folded(name): name for name in names} if len(issues) < HINTS else {}
    alike = get_close_matches(folded(text)[:LONGEST], known, n=3, cutoff=NEAR)
    if not alike:
        return _("Choose one from the list.")
    return _("Perhaps it is %(names)s.") % {"names": _(", or ").join(f"“{known[one]}”" for one in alike)}


@dataclass(frozen=True, slots=True)
class Names:
    """Agencies and units by what people call them, to be looked up many times."""

    agencies: Mapping[str, AgencyFact]
    called: Mapping[str, list[AgencyFact]]
    codes: Mapping[str, list[UnitFact]]
    units: Mapping[str, list[UnitFact]]
    unsure: frozenset[str] = frozenset()  # names of new agencies in whose own rows something is wrong

    @classmethod
    def of(cls, agencies: Mapping[str, AgencyFact], facts: Facts) -> Names:
        called: dict[str, list[AgencyFact]] = {}
        for one in agencies.values():
            for name in {folded(one.name), *map(folded, one.aliases)}:
                called.setdefault(name, []).append(one)
        codes: dict[str, list[UnitFact]] = {}
        units: dict[str, list[UnitFact]] = {}
        for unit in facts.units.values():
            codes.setdefault(unit.code, []).append(unit)
            for name in {folded(unit.name), folded(unit.bare)}:
                units.setdefault(name, []).append(unit)
        return cls(agencies, called, codes, units)

    def agency(self, row: Row, key: str, issues: Issues, *, on: Callable[[AgencyFact], bool]) -> AgencyFact | None:
        """The agency that a cell names by code or name; among several of one name those for which `on` holds."""
        text = code_of(row.get(key))
        if text in self.agencies:
            return self.agencies[text]
        mine = [one for one in self.called.get(folded(text), ()) if one.mine]
        found = [one for one in mine if on(one)] or mine
        if len(found) == 1:
            return found[0]
        if found:
            issues.add("S321", row.number, key, text=text, list=_listed(f"{one.name} ({one.key})" for one in found))
        elif self.called.get(folded(text)):
            issues.add("S311", row.number, key, text=text)
        elif folded(text) not in self.unsure:
            known = (one.name for one in self.agencies.values() if one.mine and on(one))
            issues.add("S320", row.number, key, text=text, hint=near(text, known, issues))
        return None

    def unit(self, row: Row, key: str, issues: Issues, *, start: date, end: date | None) -> UnitFact | None:
        """The unit that a cell names by code or name: of one's own province and in force on those days, where there are
        several.
        """
        text = code_of(row.get(key))
        every = self.codes.get(text) or self.units.get(folded(text)) or []
        mine = sorted((one for one in every if one.mine), key=lambda one: one.start)
        found = [one for one in mine if _holds(one, start)] or mine
        if found and len({one.code for one in found}) == 1:  # a code goes on to a later unit
            return _covering(found[-1], row, key, issues, start, end)
        if found:
            issues.add("S315", row.number, key, text=text, list=_listed(map(self._spelled, found)))
        elif every:
            issues.add("S316", row.number, key, unit=every[0].name)
        else:
            known = (one.name for some in self.codes.values() for one in some if one.mine and one.end is None)
            issues.add("S314", row.number, key, text=text, hint=near(text, known, issues))
        return None

    def _spelled(self, unit: UnitFact) -> str:
        """`xã Tân Kỳ (01894, tỉnh Thái Nguyên, from 01/07/2025)`."""
        province = next((one.name for some in self.codes.values() for one in some if one.key == unit.province), "")
        return f"{unit.name} ({unit.code}, {province}, {period(unit.start, unit.end)})"


def _holds(unit: UnitFact, day: date) -> bool:
    return unit.start <= day and (unit.end is None or day < unit.end)


def _covering(unit: UnitFact, row: Row, key: str, issues: Issues, start: date, end: date | None) -> UnitFact | None:
    """The unit, unless the agency that serves it would begin before it or last longer."""
    if key != "unit":
        return unit
    lasts = unit.end is not None and (end is None or end > unit.end)
    if _holds(unit, start) and not lasts:
        return unit
    column = "ends" if _holds(unit, start) else "starts"
    issues.add("S317", row.number, column, unit=unit.name, period=period(unit.start, unit.end))
    return None


def _listed(names: Iterable[str]) -> str:
    """At most six names, and that there are more."""
    known = list(names)
    return "; ".join(known[:MOST]) + ("; …" if len(known) > MOST else "")
