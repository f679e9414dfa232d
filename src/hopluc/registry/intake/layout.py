"""Organisations in the columns of a list: what was exported so and comes back unchanged changes nothing. Always in Vietnamese."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hopluc.registry.fact_kinds import FactKind, fact_kinds
from hopluc.registry.files import table
from hopluc.registry.intake.checking import SEAT, fact_keys, figure_years
from hopluc.registry.intake.columns import FIGURES, IGNORED, SCALES, ListColumn, roles
from hopluc.registry.intake.guessing import measure_of
from hopluc.registry.intake.snapshot import HEADS, Details, details_of
from hopluc.registry.intake.values import plain_number
from hopluc.registry.models import Officer, Organisation
from hopluc.registry.naming import BEGINNINGS
from vanban.sheets import Cell, Column, Sheet

WIDE = {"name": 46, "address": 36, "products": 36, "commune": 22, "province": 22, "representative": 24, "number": 6}
USUAL = 16  # width of any other column, in characters
EXACT = 10**15  # a greater number would lose its last digits in Excel
YES = {"1": "Có", "0": "Không"}
ABOUT = ("number", "kind", "code", "name", "commune", "province", "address", "founded", "status", "representative")


def whole_layout(*, year: int) -> list[ListColumn]:
    """Every column that a list can have, under its first name; figures of one year."""
    wanted = [role for role in roles() if role not in (IGNORED, "district")]
    ordered = [*ABOUT, *(role for role in wanted if role not in ABOUT)]
    names = table("columns")["names"]
    return [
        ListColumn(index, f"{names[role][0]} năm {year}" if role.startswith(FIGURES) else names[role][0], role,
                   year=year if role.startswith(FIGURES) else None)
        for index, role in enumerate(ordered)
    ]  # fmt: skip


def layout_sheet(columns: Sequence[ListColumn], organisations: Iterable[Organisation], *, since: date) -> Sheet:
    """These organisations as the registry has them on a day. Columns that a list has beside stay, and stay empty."""
    listed = list(organisations)
    ids = [one.pk for one in listed]
    read = [column for column in columns if column.role != IGNORED]
    details = details_of(ids, {*fact_keys(read), SEAT}, figure_years(read), since=since)
    heads = Officer.objects.filter(organisation__in=ids, post__in=HEADS, validity__contains=since).order_by("pk")
    named = dict(heads.values_list("organisation_id", "party__name"))
    cells = [_cell_of(column, details, named) for column in columns]
    titled = tuple(Column(_title(column), WIDE.get(column.role, USUAL)) for column in columns)
    rows = tuple(tuple(cell(one, turn) for cell in cells) for turn, one in enumerate(listed, 1))
    return Sheet("Danh sách", "DANH SÁCH TỔ CHỨC KINH TẾ TẬP THỂ", titled, rows)


def _title(column: ListColumn) -> str:
    """The name that it had; with the measure, where that stood above the header of the list."""
    said = measure_of(column.name) or 1
    return column.name if column.scale == said else f"{column.name} ({SCALES[column.scale]})"


Get = Callable[[Organisation, int], Cell]


def _cell_of(column: ListColumn, details: Details, heads: dict[int, str]) -> Get:
    role = column.role
    if role.startswith(FIGURES):
        return lambda one, _turn: _figure(column, details.figures.get((one.pk, column.year or 0)))
    simple: dict[str, Get] = {
        IGNORED: lambda _one, _turn: "",
        "number": lambda _one, turn: turn,
        "kind": lambda one, _turn: BEGINNINGS[one.kind],
        "commune": lambda one, _turn: one.unit.full_name,
        "district": lambda _one, _turn: "",
        "province": lambda one, _turn: one.province.full_name,
        "address": lambda one, _turn: _seat(details, one),
        "founded": lambda one, _turn: one.founded_on,
        "status": lambda one, _turn: _status(one),
        "representative": lambda one, _turn: heads.get(one.pk, ""),
    }
    return simple.get(role) or (lambda one, _turn: _fact(column, details, one))


def _seat(details: Details, one: Organisation) -> str:
    said = details.facts.get(one.pk, {}).get(SEAT)
    return said.text if said else ""


def _fact(column: ListColumn, details: Details, one: Organisation) -> Cell:
    kind, said = fact_kinds()[column.role], details.facts.get(one.pk, {}).get(column.role)
    if said is None:
        return ""
    if said.amount is None:
        return _words(kind, said.text)
    return YES[plain_number(said.amount)] if kind.type == "yes" else _number(said.amount, column.scale)


def _words(kind: FactKind, text: str) -> str:
    return dict(kind.choices)[text].vi if kind.type == "choice" and text in dict(kind.choices) else text


def _figure(column: ListColumn, row: Any) -> Cell:
    value = row[column.role.removeprefix(FIGURES)] if row else None
    return "" if value is None else _number(Decimal(value), column.scale)


def _number(amount: Decimal, scale: int) -> Cell:
    """A number where Excel keeps it exactly, else as an office types it: `12,5`."""
    exact = Decimal(amount) / scale
    whole = exact == int(exact)
    return int(exact) if whole and abs(exact) < EXACT else plain_number(exact).replace(".", ",")


def _status(one: Organisation) -> str:
    """In words that are read back as the same."""
    known = table("columns")["status"]
    names = known.get(f"{one.legal_status} {one.operating}") or known.get(f"{one.legal_status} ")
    return f"{names[0][0].upper()}{names[0][1:]}" if names else ""
