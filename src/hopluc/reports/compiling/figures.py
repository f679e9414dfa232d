"""Statements of each cell, and the one that the report takes: said by an agency for the whole, added from units, known to the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache
from typing import Any

from hopluc.forms.schema.checking import computed
from hopluc.forms.schema.values import plain
from hopluc.reports.compiling.shape import Shape, Slot
from hopluc.units.lineage import Unit as Place
from hopluc.units.spreading import Spread

Json = Any
PLACES = 6  # behind the comma, that a figure keeps


@dataclass(frozen=True, slots=True)
class Trait:
    """What compiling must know of an indicator; numerator and denominator are codes of others."""

    code: str
    name: str
    measure: str  # its unit of measure
    names: tuple[str, ...] = ()  # its other wordings
    additive: bool = True
    numerator: str = ""
    denominator: str = ""
    scale: int = 1


@dataclass(frozen=True, slots=True)
class Return:
    """What one agency handed in; `place` is the unit that it speaks for, none where it speaks of its field for the whole."""

    key: int  # of the filing
    agency: int
    name: str
    values: Mapping[str, Json]
    place: Place | None = None
    day: date | None = None  # of that unit's map
    approved: bool = True
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that the database works out, and from what."""

    value: Fraction
    source: str


class Origin(StrEnum):
    """Where a statement is from; an agency's own is `agency:12`."""

    TYPED = "typed"
    DATABASE = "database"
    RATIO = "ratio"  # from two other lines of the table
    SUM = "sum"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of a cell; `rows` are the returns that it adds up, `missing` the names of those that said nothing."""

    origin: str
    value: Fraction
    source: str = ""
    rows: tuple[tuple[int, Fraction], ...] = ()  # filing and its figure
    missing: tuple[str, ...] = ()
    inseparable: Fraction = Fraction()  # lies among units of which only one is the report's

    @property
    def whole(self) -> bool:
        return not self.missing and not self.inseparable


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement that compilers chose instead of the usual one."""

    origin: str
    reason: str
    typed: Json = None


@dataclass(frozen=True, slots=True)
class Cell:
    slot: Slot
    statements: tuple[Statement, ...] = ()
    taken: Statement | None = None
    choice: Choice | None = None

    @property
    def value(self) -> Fraction | None:
        return self.taken.value if self.taken else None


@dataclass(frozen=True)
class Figures:
    """All cells of a report by path, and the same as values of the form."""

    shape: Shape
    cells: Mapping[str, Cell]
    values: Mapping[str, Json] = field(default_factory=dict)

    def value(self, slot: Slot | None) -> Fraction | None:
        """Of a cell; of one that is worked out too."""
        if slot is None:
            return None
        if slot.worked_out:
            kept = self.values.get(slot.path)
            return None if kept is None else Fraction(str(kept))
        return self.cells[slot.path].value


def figures(
    shape: Shape,
    returns: Sequence[Return],
    *,
    traits: Mapping[str, Trait],
    known: Mapping[str, Known],
    choices: Mapping[str, Choice],
    territory: tuple[Spread, str] | None,
    silent: Sequence[str] = (),
) -> Figures:
    """Compile the tables. `territory` spreads a unit's figures on today's map, and names the unit that the report is about.

    `silent` are the names of its parts that have handed in nothing: what the others make is not the whole.
    """
    added = _Added(returns, territory, silent)
    said: dict[str, list[Statement]] = {}
    for path, slot in shape.slots.items():
        if slot.worked_out:
            continue
        trait = traits.get(slot.about)
        found = [Statement(Origin.DATABASE, known[path].value, known[path].source)] if path in known else []
        if trait is None or trait.additive:
            found += [one for one in [added.of(path)] if one]
        said[path] = [*found, *_whole(path, returns)]
    for path, found in said.items():  # ratios last: from what the other lines took
        if ratio := _ratio(shape, path, traits, said, choices):
            found.insert(0, ratio)
    cells = {path: _cell(shape.slots[path], found, choices.get(path)) for path, found in said.items()}
    values = {path: kept(cell.slot, cell.value) for path, cell in cells.items() if cell.value is not None}
    return Figures(shape, cells, values | computed(shape.schema, values))


def kept(slot: Slot, value: Fraction) -> Json:
    """A figure as the form keeps it; what the form counts in whole ones is rounded."""
    if slot.column.kind in ("whole", "money"):
        return round(value)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return plain(round(number, PLACES))


def _cell(slot: Slot, found: Sequence[Statement], choice: Choice | None) -> Cell:
    chosen = _chosen(found, choice) if choice else None
    return Cell(slot, tuple(found), chosen or usual(found), choice if chosen else None)


def _chosen(found: Sequence[Statement], choice: Choice) -> Statement | None:
    """What was chosen; None where nobody says it any more."""
    if choice.origin == Origin.TYPED:
        return None if choice.typed is None else Statement(Origin.TYPED, Fraction(str(choice.typed)), choice.reason)
    return next((one for one in found if one.origin == choice.origin), None)


def usual(found: Sequence[Statement]) -> Statement | None:
    """What counts where nobody chose: the database, a ratio of two lines, a sum, an agency's word. A sum with gaps never does by itself."""
    ranks = {Origin.DATABASE.value: 0, Origin.RATIO.value: 1, Origin.SUM.value: 2}
    sound = [one for one in found if one.origin != Origin.SUM or not one.missing]
    return min(sound, key=lambda one: ranks.get(one.origin, 3), default=None)  # of several agencies the first


def _whole(path: str, returns: Iterable[Return]) -> Iterator[Statement]:
    """What agencies say that speak for the whole."""
    for each in returns:
        if each.place is None and (value := figure(each.values, path)) is not None:
            yield Statement(f"{Origin.AGENCY}:{each.agency}", value, each.name, ((each.key, value),))


def figure(values: Mapping[str, Json], path: str) -> Fraction | None:
    found = values.get(path)
    return None if found is None else exact(found)


@lru_cache(65_536)
def exact(kept: int | str) -> Fraction:
    """A figure as it is kept: the same few stand in very many cells, and reading one takes longer than adding it."""
    return Fraction(kept)


class _Added:
    """Sums over the returns of units, along their lineage: how each unit's share lies is asked once for all cells."""

    def __init__(self, returns: Sequence[Return], territory: tuple[Spread, str] | None, silent: Sequence[str]) -> None:
        self.silent = tuple(silent)
        self.certain: list[tuple[Return, Fraction]] = []
        self.doubtful: list[tuple[Return, Fraction]] = []
        for each in returns:
            if each.place is not None and territory:
                self._place(each, *territory)

    def _place(self, each: Return, spread: Spread, unit: str) -> None:
        assert each.place is not None
        assert each.day is not None
        for part in spread.parts(each.place, each.day):
            if unit in part.among:
                (self.certain if part.certain else self.doubtful).append((each, part.share))

    def of(self, path: str) -> Statement | None:
        rows, missing, total = [], list(self.silent), Fraction()
        for each, share in self.certain:
            value = figure(each.values, path)
            if value is None:
                missing.append(each.name)
                continue
            number = value if share == 1 else value * share
            total += number
            rows.append((each.key, number))
        unclear = sum(
            (value * share for each, share in self.doubtful if (value := figure(each.values, path))), Fraction()
        )
        if not rows and not unclear:
            return None
        return Statement(Origin.SUM, total, "", tuple(rows), tuple(missing), unclear)


def _ratio(
    shape: Shape,
    path: str,
    traits: Mapping[str, Trait],
    said: Mapping[str, list[Statement]],
    choices: Mapping[str, Choice],
) -> Statement | None:
    """A ratio from what the lines of its two parts take in the same column."""
    slot = shape.slots[path]
    trait = traits.get(slot.about)
    if trait is None or not (trait.numerator and trait.denominator):
        return None
    parts = [shape.slot(code, slot.measure, slot.year) for code in (trait.numerator, trait.denominator)]
    taken = [_cell(one, said[one.path], choices.get(one.path)).value for one in parts if one]
    if len(taken) < 2 or taken[0] is None or not taken[1]:
        return None
    return Statement(Origin.RATIO, taken[0] / taken[1] * trait.scale, f"{trait.numerator} / {trait.denominator}")
