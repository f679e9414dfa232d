"""Who takes over from whom, as the sheet of agencies says: without a gap and without a circle. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hopluc.accounts.workbook.agencies import NEXT, OF_SUCCESSION, AgenciesRead, Draft
from hopluc.accounts.workbook.columns import Row
from hopluc.accounts.workbook.exporting import day
from hopluc.accounts.workbook.facts import AgencyFact, Facts, SuccessionFact
from hopluc.accounts.workbook.issues import Issues
from hopluc.accounts.workbook.values import day_at, fits, period

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Successions:
    """Those that would be there and were not so, and those that would not be there any more."""

    put: tuple[SuccessionFact, ...] = ()
    dropped: tuple[SuccessionFact, ...] = ()


def read_successions(read: AgenciesRead, facts: Facts, issues: Issues) -> Successions:
    stated: dict[Place, tuple[SuccessionFact, int]] = {}
    for draft in read.drafts:
        for row in draft.rows:
            if one := _stated(row, draft, read, issues):
                stated[one.place] = one, row.number
    drafted = {draft.value.key: draft for draft in read.drafts}
    before = {one.place: one for one in facts.successions}
    dropped = [one for one in before.values() if one.source in drafted and one.place not in stated]
    for one in dropped:
        if not one.own and not issues.at(drafted[one.source].number):
            about = {"name": facts.agencies[one.target].name, "day": day(one.on)}
            issues.add("S335", drafted[one.source].number, "successor", **about)
    after = {place: one for place, one in before.items() if one not in dropped}
    after |= {place: one for place, (one, _row) in stated.items()}
    rows = {place: number for place, (_one, number) in stated.items()}
    _check_days(after.values(), rows, drafted, read.after, issues)
    _check_circles(after.values(), rows, read.after, issues)
    put = tuple(one for place, (one, _row) in stated.items() if _differs(one, before.get(place)))
    return Successions(put, tuple(dropped))


def _stated(row: Row, draft: Draft, read: AgenciesRead, issues: Issues) -> SuccessionFact | None:
    """The succession of a row; without a day, the day after the agency's last."""
    if not row.get("successor"):
        for key in OF_SUCCESSION:
            if row.get(key):
                issues.add("S334", row.number, "successor")
        return None
    fits(row, {"field": 200, "basis": 1000}, issues)
    source = draft.value
    on = day_at(row, "on", issues) or source.end
    if on is None:
        issues.add("S301", row.number, "on")
    if not row.get("basis"):
        issues.add("S301", row.number, "basis")
    target = read.names.agency(row, "successor", issues, on=lambda one: bool(on and one.holds(on)))
    if target and not target.mine:
        issues.add("S311", row.number, "successor", text=target.name)
    if on is None or target is None or not row.get("basis"):
        return None
    return SuccessionFact(source.key, target.key, on, row.get("field"), row.get("basis"))


def _differs(one: SuccessionFact, before: SuccessionFact | None) -> bool:
    return before is None or (one.on, one.basis) != (before.on, before.basis)


def _check_days(
    after: Iterable[SuccessionFact],
    rows: Mapping[Place, int],
    drafted: Mapping[str, Draft],
    agencies: Mapping[str, AgencyFact],
    issues: Issues,
) -> None:
    """Who gives its work away ends the day before; who takes it is in force that day."""
    for one in after:
        if one.source not in drafted and one.target not in drafted:
            continue
        named = rows.get(one.place) or drafted[one.source if one.source in drafted else one.target].number
        source, target = agencies[one.source], agencies[one.target]
        if one.source == one.target:
            continue  # told as a circle
        if not target.holds(one.on):
            about = {"name": target.name, "day": day(one.on), "period": period(target.start, target.end)}
            issues.add("S332", named, "on" if one.place in rows else "starts", **about)
        if source.end == one.on:
            continue
        if not one.field:
            about = {"name": target.name, "day": day(one.on), "before": day(one.on - NEXT)}
            issues.add("S331", named, "ends", **about)
        elif not source.holds(one.on - NEXT):
            issues.add("S333", named, "on", name=target.name, day=day(one.on))


def _check_circles(
    after: Iterable[SuccessionFact],
    rows: Mapping[Place, int],
    agencies: Mapping[str, AgencyFact],
    issues: Issues,
) -> None:
    """From a stated succession, steps of the same day, or of all the work, may not lead back to where it began."""
    steps: dict[str, list[SuccessionFact]] = {}
    for one in after:
        steps.setdefault(one.source, []).append(one)
    for one in [one for some in steps.values() for one in some if one.place in rows]:
        if chain := _back(one, steps):
            shown = " → ".join(agencies[key].name for key in chain)
            issues.add("S330", rows[one.place], "successor", chain=shown)


def _back(first: SuccessionFact, steps: Mapping[str, list[SuccessionFact]]) -> list[str]:
    """The way from a succession back to its source; empty where there is none."""
    trails = [[first.source, first.target]]
    seen = {first.target}
    while trails:
        trail = trails.pop()
        if trail[-1] == first.source:
            return trail
        for one in steps.get(trail[-1], ()):
            together = one.on == first.on or not (one.field or first.field)
            if together and (one.target not in seen or one.target == first.source):
                seen.add(one.target)
                trails.append([*trail, one.target])
    return []
