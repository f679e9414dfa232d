"""The sheet of agencies, checked against what is there: which agencies would be added, changed, ended. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from hopluc.accounts.workbook.columns import AGENCIES, MARK, Row, SheetRows, code_of, mark_of
from hopluc.accounts.workbook.exporting import agency_rows
from hopluc.accounts.workbook.facts import AgencyFact, Facts, UnitFact
from hopluc.accounts.workbook.issues import Issues
from hopluc.accounts.workbook.values import Names, days_at, filled, fits, folded, near, period

LIMITS = {"name": 500, "aliases": 1000, "field": 200, "basis": 1000}
OF_SUCCESSION = ("successor", "on", "field", "basis")
NEXT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """The rows of one agency that somebody edited, and what the agency would be."""

    rows: tuple[Row, ...]
    value: AgencyFact

    @property
    def number(self) -> int:
        return self.rows[0].number


@dataclass(frozen=True, slots=True)
class AgenciesRead:
    drafts: tuple[Draft, ...]
    after: Mapping[str, AgencyFact]  # all agencies by key, as they would be
    names: Names


def read_agencies(sheet: SheetRows, facts: Facts, issues: Issues) -> AgenciesRead:
    """What the edited rows say of agencies themselves; successions are read afterwards."""
    before = Names.of(facts.agencies, facts)
    drafts: list[Draft] = []
    after = dict(facts.agencies)
    for rows in _groups(sheet.rows):
        if not _edited(rows, facts, issues):
            continue
        _agreeing(rows, issues)
        if value := _value(rows[0], facts, before, after, issues):
            drafts.append(Draft(rows, value))
            after[value.key] = value
    unsure = {folded(row.get("name")) for row in sheet.rows if not row.get("key") and issues.at(row.number)}
    names = replace(Names.of(after, facts), unsure=frozenset(unsure))
    drafts = [_placed(draft, names, facts, issues) for draft in drafts]
    after |= {draft.value.key: draft.value for draft in drafts}
    _check_once(drafts, after, issues)
    _check_above(drafts, after, issues)
    return AgenciesRead(tuple(drafts), after, replace(names, agencies=after))


def _groups(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    """The rows of each agency; those without a code are each an agency of its own."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get("key") or f"\n{row.number}", []).append(row)
    yield from map(tuple, found.values())


def _edited(rows: tuple[Row, ...], facts: Facts, issues: Issues) -> bool:
    """Whether rows are not as they were downloaded; tells where the database is not either."""
    if any(issues.at(row.number) for row in rows):
        return True
    now = mark_of(AGENCIES, [row.cells for row in rows])
    marks = {mark for row in rows if (mark := row.get(MARK))}
    known = facts.agencies.get(rows[0].get("key"))
    if now in marks and len(marks) == 1:
        return False
    if known is None or not known.mine:
        return True
    here = mark_of(AGENCIES, agency_rows(known, facts))
    if now == here:
        return False
    if marks and here not in marks:
        issues.add("S303", rows[0].number, "key")
    return True


def _agreeing(rows: tuple[Row, ...], issues: Issues) -> None:
    """Further rows of an agency add successors: they repeat nothing, and contradict nothing."""
    first = rows[0]
    said: dict[tuple[str, str], int] = {}
    for row in rows:
        succession = code_of(row.get("successor")), folded(row.get("field"))
        if succession in said or (row is not first and not row.get("successor")):
            issues.add("S307", row.number, "key", row=said.get(succession, first.number))
        said.setdefault(succession, row.number)
        for key in row.cells.keys() - {"key", MARK, *OF_SUCCESSION}:
            if row.get(key) != first.get(key):
                issues.add("S308", row.number, key, row=first.number, text=first.get(key))


def _value(row: Row, facts: Facts, before: Names, after: Mapping[str, AgencyFact], issues: Issues) -> AgencyFact | None:
    """The agency of a row without what stands above it; None where too little is right."""
    key = row.get("key")
    known = facts.agencies.get(key)
    if key and known is None:
        issues.add("S310", row.number, "key", text=key)
        return None
    if known and not known.mine:
        issues.add("S311", row.number, "key", text=key)
        return None
    filled(row, AGENCIES, issues, but=("unit",) if facts.everywhere or (known and not known.unit) else ())
    fits(row, LIMITS, issues)
    start, last = days_at(row, issues)
    end = last + NEXT if last else None
    if issues.at(row.number) or start is None:
        return None
    value = known or AgencyFact(None, "", "", _kind(row, facts, issues), "")
    aliases = tuple(one.strip() for one in row.get("aliases").split(";") if one.strip())
    value = replace(value, name=row.get("name"), aliases=aliases, start=start, end=end, own=True)
    if known:
        return value if _kept(row, value, facts, issues) else None
    return _new(row, value, facts, before, after, issues)


def _new(
    row: Row, value: AgencyFact, facts: Facts, names: Names, after: Mapping[str, AgencyFact], issues: Issues
) -> AgencyFact | None:
    unit = names.unit(row, "unit", issues, start=value.start, end=value.end) if row.get("unit") else None
    if issues.at(row.number):
        return None
    _check_level(row, facts, value.kind, unit, issues)
    place = unit.key if unit else ""
    return replace(value, key=_free_key(f"{value.kind}/{place}", after), unit=place)


def _free_key(wished: str, taken: Mapping[str, AgencyFact]) -> str:
    """`so-tc/19.2025`; where one of that kind was there before, `so-tc/19.2025/2`."""
    turn, key = 1, wished
    while key in taken:
        turn += 1
        key = f"{wished}/{turn}"
    return key


def _kind(row: Row, facts: Facts, issues: Issues) -> str:
    text = code_of(row.get("kind"))
    if text in facts.kinds:
        return text
    found = [one.key for one in facts.kinds.values() if folded(one.name) == folded(text)]
    if len(found) != 1:
        hint = near(text, (one.name for one in facts.kinds.values()), issues)
        issues.add("S313", row.number, "kind", text=text, hint=hint)
        return ""
    return found[0]


def _check_level(row: Row, facts: Facts, kind: str, unit: UnitFact | None, issues: Issues) -> None:
    level, tier = facts.kinds[kind].level, unit.tier if unit else "central"
    if level and level != tier:
        issues.add("S318", row.number, "kind", kind=facts.kinds[kind].name, unit=unit.name if unit else "-")


def _kept(row: Row, value: AgencyFact, facts: Facts, issues: Issues) -> bool:
    """Kind and place of an agency that is there stay; its days stay within those of its unit."""
    kind, unit = facts.kinds[value.kind], facts.units.get(value.unit)
    if row.get("kind") and folded(code_of(row.get("kind"))) not in (folded(kind.key), folded(kind.name)):
        issues.add("S312", row.number, "kind", name=value.name, text=kind.name)
    words = [folded(text) for text in (unit.code, unit.name, unit.bare)] if unit else [""]
    if folded(code_of(row.get("unit"))) not in words:
        issues.add("S312", row.number, "unit", name=value.name, text=unit.name if unit else "-")
    known = facts.agencies[value.key]
    if unit and (known.start, known.end) != (value.start, value.end) and not issues.at(row.number):
        begins = value.start < unit.start
        if begins or (unit.end and (value.end is None or value.end > unit.end)):
            about = {"unit": unit.name, "period": period(unit.start, unit.end)}
            issues.add("S317", row.number, "starts" if begins else "ends", **about)
    return not issues.at(row.number)


def _placed(draft: Draft, names: Names, facts: Facts, issues: Issues) -> Draft:
    """With what stands above it, and its seat."""
    row, value = draft.rows[0], draft.value
    parent = seat = ""
    if row.get("parent"):
        above = names.agency(row, "parent", issues, on=lambda one: one.holds(value.start))
        parent = above.key if above else ""
        if above and not above.mine and facts.province(above):
            issues.add("S311", row.number, "parent", text=above.name)
    if row.get("seat"):
        unit = names.unit(row, "seat", issues, start=value.end - NEXT if value.end else facts.today, end=None)
        seat = unit.key if unit else ""
    return replace(draft, value=replace(value, parent=parent, seat=seat))


def _check_once(drafts: list[Draft], after: Mapping[str, AgencyFact], issues: Issues) -> None:
    """No two agencies of one kind in one place on the same day."""
    places: dict[tuple[str, str], list[AgencyFact]] = {}
    for one in after.values():
        places.setdefault((one.kind, one.unit), []).append(one)
    for draft in drafts:
        value = draft.value
        for other in places[value.kind, value.unit]:
            if other.key != value.key and _overlap(value, other):
                about = {"name": other.name, "period": period(other.start, other.end)}
                issues.add("S319", draft.number, "starts", **about)


def _overlap(one: AgencyFact, other: AgencyFact) -> bool:
    return one.start < (other.end or date.max) and other.start < (one.end or date.max)


def _check_above(drafts: list[Draft], after: Mapping[str, AgencyFact], issues: Issues) -> None:
    for draft in drafts:
        chain, key = [draft.value.key], draft.value.parent
        while key and key in after and key not in chain:
            chain.append(key)
            key = after[key].parent
        if key == draft.value.key:
            shown = " → ".join(after[one].name for one in [*chain, key])
            issues.add("S322", draft.number, "parent", chain=shown)
