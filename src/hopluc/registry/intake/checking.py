"""Which organisation each row of a list is about: by its code, else by all that tells one from another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hopluc.registry.intake.columns import FIGURES, ListColumn
from hopluc.registry.intake.issues import Issue
from hopluc.registry.intake.places import Place, commune_in
from hopluc.registry.intake.snapshot import Held, Snapshot
from hopluc.registry.intake.values import Row
from hopluc.registry.likeness import POSSIBLE, SURE, Profile, likeness
from hopluc.registry.naming import name_key

MOST_CANDIDATES = 5
SEAT, CODE, REPRESENTATIVE = "seat", "code", "representative"
BESIDE = {
    "number",
    "kind",
    "commune",
    "district",
    "province",
    "address",
    "founded",
    "status",
    "representative",
    "ignored",
}
Change = tuple[str, Any, Any]  # key, before, after


@dataclass(slots=True)
class Checked:
    """What becomes of a row."""

    row: Row
    state: str = "new"
    organisation: int | None = None
    place: Place | None = None
    candidates: list[tuple[int, float]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    before: int = 0  # issues that were there before it was compared with what the registry says

    @property
    def warned(self) -> bool:
        return any(issue.level == "warning" for issue in self.row.issues)

    def put(self, code: str, role: str, **about: Any) -> None:
        """Before what came of comparing it with what the registry says of the organisation: this is to be mended first."""
        issue = Issue(code, role, about)
        self.row.issues.insert(self.before, issue)
        self.before += 1
        if issue.level == "error":
            self.state = "error"

    def outcome(self) -> dict[str, Any]:
        return {
            "changes": self.changes,
            "issues": [issue.as_json() for issue in self.row.issues],
            "candidates": [[pk, round(score, 3)] for pk, score in self.candidates],
            "place": self.place.pk if self.place else None,
        }


def fact_keys(columns: Iterable[ListColumn]) -> list[str]:
    """The kinds of facts that a list speaks of."""
    found = [one.role for one in columns if one.role not in BESIDE and not one.role.startswith(FIGURES)]
    places = {"commune", "address"} & {one.role for one in columns}
    return found + ([SEAT] if places else [])


def figure_years(columns: Iterable[ListColumn]) -> set[int]:
    return {one.year for one in columns if one.year}


def match(row: Row, known: Snapshot, *, since: date, decision: str = "") -> Checked:
    """By code, else by everything that tells one from another; `decision` is what somebody said of it."""
    found = Checked(row, place=_place(row, known, since))
    if decision.isdecimal() and int(decision) in known.held:
        found.organisation = int(decision)
    elif decision != "new":
        _match(found, known)
    if decision == "new":
        found.organisation, found.candidates = None, []
    if found.candidates:
        found.state = "doubtful"
    return found


def _place(row: Row, known: Snapshot, since: date) -> Place | None:
    values = row.values
    commune, district = values.get("commune", ""), values.get("district", "")
    column = "commune"
    if not commune:
        (commune, in_address), column = commune_in(values.get("address", "")), "address"
        district = district or in_address
    if not commune:
        return None
    founded = values.get("founded")
    found = known.places.called(commune, district, on=since)
    if len(found) > 1 and founded:  # the commune of its time
        found = known.places.called(commune, district, on=date.fromisoformat(founded))
    if len(found) == 1:
        return found[0]
    if not found:
        row.wrong("L204", column, text=commune)
    else:
        row.wrong(
            "L205",
            column,
            text=commune,
            places="; ".join(
                f"{one.full_name}, {one.district}" if one.district else one.full_name for one in found[:4]
            ),
        )
    return None


def _match(found: Checked, known: Snapshot) -> None:
    values = found.row.values
    name, code = values.get("name", ""), values.get("code", "")
    if same := known.by_code.get(code) if code else None:
        one = same[0]
        if not name or name_key(name) == name_key(one.name) or _alike(found, one, known) >= POSSIBLE:
            found.organisation = one.pk
        else:
            found.candidates = [(one.pk, _alike(found, one, known))]
        return
    if not name:
        return
    mine = profile(found)
    namesakes = known.by_name.get((mine.key, mine.unit), []) if mine.unit else []
    if len(namesakes) == 1 and likeness(mine, known.blocks.profiles[namesakes[0].pk]).score >= SURE:
        found.organisation = namesakes[0].pk
        return
    scored = ((pk, likeness(mine, known.blocks.profiles[pk], least=POSSIBLE).score) for pk in known.blocks.near(mine))
    best = sorted((each for each in scored if each[1] >= POSSIBLE), key=lambda each: -each[1])[:MOST_CANDIDATES]
    if (
        best
        and best[0][1] >= SURE
        and (len(best) == 1 or best[1][1] < SURE)
        and known.held[best[0][0]].ended_on is None
    ):
        found.organisation = best[0][0]
    else:
        found.candidates = best


def _alike(found: Checked, one: Held, known: Snapshot) -> float:
    """Without the code, which says that they are the same: whether the rest agrees."""
    mine = profile(found)
    theirs = known.blocks.profiles[one.pk]
    return likeness(_without_code(mine), _without_code(theirs)).score


def _without_code(one: Profile) -> Profile:
    return Profile(one.pk, one.kind, one.name, "", one.unit, one.founded, one.phone, one.representative)


def profile(found: Checked) -> Profile:
    values = found.row.values
    founded = values.get("founded")
    return Profile(
        -found.row.number,
        values.get("kind", ""),
        values.get("name", ""),
        values.get("code", ""),
        found.place.here if found.place else None,
        date.fromisoformat(founded) if founded else None,
        values.get("phone", ""),
        values.get("representative", ""),
    )
