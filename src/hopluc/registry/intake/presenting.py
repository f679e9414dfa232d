"""Rows of a list, in words for the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.indicators.numbers import shown
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.intake.checking import SEAT
from hopluc.registry.intake.columns import FIGURES, IGNORED, ListColumn, is_money, roles
from hopluc.registry.intake.issues import level, sentence
from hopluc.registry.models import ImportRow, Organisation
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.registry.services.figures import NAMES
from hopluc.units.models import Unit
from vanban.tasksheets.cells import letters

Words = str | Promise
TONES: dict[str, tuple[str, str, Words]] = {  # colour, icon, word
    "new": ("green", "plus", gettext_lazy("new")),
    "changed": ("blue", "pencil", gettext_lazy("changed")),
    "same": ("", "circle-dashed", gettext_lazy("the same")),
    "doubtful": ("amber", "zoom-question", gettext_lazy("doubtful")),
    "error": ("red", "alert-circle", gettext_lazy("wrong")),
    "taken": ("green", "circle-check", gettext_lazy("taken over")),
    "skipped": ("hatched", "circle-x", gettext_lazy("left out")),
}
LABELS: dict[str, Words] = {
    "number": gettext_lazy("Number in the list"),
    "kind": gettext_lazy("Kind of organisation"),
    "code": gettext_lazy("Code"),
    "name": gettext_lazy("Name"),
    "commune": gettext_lazy("Commune"),
    "district": gettext_lazy("District"),
    "province": gettext_lazy("Province"),
    "address": gettext_lazy("Address"),
    "founded": gettext_lazy("Founding day"),
    "status": gettext_lazy("Status"),
    "representative": gettext_lazy("Legal representative"),
    IGNORED: gettext_lazy("(not read)"),
}


def label_of(role: str) -> str:
    """What a column holds, or a key that is kept: a figure with its year."""
    if role in LABELS:
        return str(LABELS[role])
    if role.startswith(FIGURES):
        name, _colon, year = role.removeprefix(FIGURES).partition(":")
        return f"{NAMES[name]} {year}".strip()
    return str(fact_kinds()[role].words)


def role_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """What the choice over a column offers, by group."""
    about = [(IGNORED, label_of(IGNORED)), *((role, label_of(role)) for role in LABELS if role != IGNORED)]
    facts = [(role, label_of(role)) for role in roles() if role not in LABELS and not role.startswith(FIGURES)]
    figures = [(role, label_of(role)) for role in roles() if role.startswith(FIGURES)]
    return [(_("The organisation"), about), (_("Registered facts"), facts), (_("Figures of a year"), figures)]


@dataclass(frozen=True, slots=True)
class ChangeLine:
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class IssueLine:
    error: bool
    cell: str
    words: str
    code: str


@dataclass(frozen=True, slots=True)
class Candidate:
    organisation: Organisation
    percent: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    row: ImportRow
    tone: tuple[str, str, Words]
    url: str
    changes: list[ChangeLine]
    issues: list[IssueLine]
    candidates: list[Candidate]
    ready: bool  # it would be taken over as it is


def row_lines(rows: Sequence[ImportRow], columns: Sequence[ListColumn]) -> list[RowLine]:
    """With two queries, however many rows."""
    ids = {pk for row in rows for pk, _score in row.outcome["candidates"]}
    known = {one.pk: one for one in Organisation.objects.filter(pk__in=ids).select_related("unit").defer("words")}
    units = {pk for row in rows for key, *pair in row.outcome["changes"] if key == SEAT for _text, pk in pair if pk}
    places = {unit.pk: unit for unit in Unit.objects.filter(pk__in=units).defer("words")}
    at = {column.key: column for column in columns}
    return [_line(row, known, places, at) for row in rows]


def _line(
    row: ImportRow, known: Mapping[int, Organisation], places: Mapping[int, Unit], at: Mapping[str, ListColumn]
) -> RowLine:
    skipped = row.decision == "skip" and row.state != "taken"
    candidates = [
        Candidate(known[pk], round(score * 100), str(pk) == row.decision)
        for pk, score in row.outcome["candidates"]
        if pk in known
    ]
    return RowLine(
        row,
        TONES["skipped" if skipped else row.state],
        reverse("registry:organisation", args=[row.organisation_id]) if row.organisation_id else "",
        [_change(key, before, after, places) for key, before, after in row.outcome["changes"]],
        sorted((_issue(row, each, at) for each in row.outcome["issues"]), key=lambda issue: not issue.error),
        candidates,
        ready=row.state in ("new", "changed") and not skipped,
    )


def _change(key: str, before: Any, after: Any, places: Mapping[int, Unit]) -> ChangeLine:
    label = str(fact_kinds()[SEAT].words) if key == SEAT else label_of(key)
    return ChangeLine(label, value_words(key, before, places), value_words(key, after, places))


def value_words(key: str, value: Any, places: Mapping[int, Unit]) -> str:
    """A value as people read it; `–` where nothing was known."""
    if key == SEAT:
        text, unit = value
        return ", ".join(filter(None, (text, places[unit].full_name if unit in places else ""))) or "–"
    if value in ("", None):
        return "–"
    kind = fact_kinds().get(key)
    if kind and kind.type == "yes":
        return _("yes") if value == "1" else _("no")
    if kind and kind.type == "choice":
        return str(dict(kind.choices).get(value, value))
    if key.startswith(FIGURES) or (kind and kind.is_amount):
        money = is_money(key.partition(":")[0])
        return _("%(amount)s đồng") % {"amount": shown(Decimal(value))} if money else shown(Decimal(value), 4)
    return str(value)


def _issue(row: ImportRow, issue: Mapping[str, Any], at: Mapping[str, ListColumn]) -> IssueLine:
    column = at.get(issue["role"])
    if column:
        cell = _("row %(row)s, column %(letter)s “%(name)s”") % {
            "row": row.number,
            "letter": letters(column.index),
            "name": column.name or label_of(column.role),
        }
    else:
        cell = _("row %(row)s") % {"row": row.number}
    return IssueLine(level(issue["code"]) == "error", cell, sentence(issue["code"], _about(issue)), issue["code"])


def _about(issue: Mapping[str, Any]) -> dict[str, Any]:
    """Keys of statuses and kinds, in words."""
    about = dict(issue["about"])
    if issue["code"] == "L301":
        legal, _space, operating = about["now"].partition(" ")
        about["now"] = ", ".join(str(words) for words in (LegalStatus(legal).label, Operating(operating).label))
    elif issue["code"] == "L303":
        about["now"] = str(Kind(about["now"]).label)
    return about


@cache
def states() -> tuple[str, ...]:
    """In the order in which the page offers them: first what somebody has to look at."""
    return ("error", "doubtful", "changed", "new", "same", "skipped", "taken")


def chips(counts: Mapping[str, int], chosen: str) -> Iterable[dict[str, Any]]:
    total = sum(n for key, n in counts.items() if key != "warned")
    yield {"label": _("All"), "url": "?", "active": not chosen, "count": total}
    for key in states():
        if counts.get(key) or key == chosen:
            yield {
                "label": str(TONES[key][2]).capitalize(),
                "url": f"?state={key}",
                "active": key == chosen,
                "count": counts.get(key, 0),
            }
    if counts.get("warned"):
        yield {
            "label": _("To be checked"),
            "url": "?state=warned",
            "active": chosen == "warned",
            "count": counts["warned"],
        }
