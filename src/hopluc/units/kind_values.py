"""What is known of kinds of agency: when they are in force, what they are called, who took over, who belongs to a group."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from vanban.lexicon import slug

Level = Literal["central", "province", "district", "commune"]
Scope = Literal["province", "country"]
LEVELS: tuple[Level, ...] = ("central", "province", "district", "commune")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from `start` on, before `end`; None: without bound."""

    start: date | None = None
    end: date | None = None

    def holds(self, day: date) -> bool:
        return (self.start or date.min) <= day and (self.end is None or day < self.end)

    def meets(self, other: Period) -> bool:
        """Whether the two have a day in common."""
        starts_before_end = other.end is None or (self.start or date.min) < other.end
        return starts_before_end and (self.end is None or (other.start or date.min) < self.end)


@dataclass(frozen=True, slots=True)
class Dated:
    """A kind that stands above another for a time."""

    key: str
    period: Period


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a fact comes from; `recalled`: known from memory, not checked against the text."""

    source: str
    recalled: bool = False


@dataclass(frozen=True, slots=True)
class AgencyName:
    """An agency as a unit has it: `Sở Tài chính tỉnh Thái Nguyên`, of the kind `so-tc`."""

    kind: str
    name: str
    aliases: tuple[str, ...] = ()  # `STC Thái Nguyên`
    parent: str | None = None  # the kind above it on the day asked for

    @property
    def slug(self) -> str:
        """The key by which vanban knows this very name, where it knows no kind: `uy-ban-nhan-dan-xa-cao-ky`."""
        return slug(self.name)


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    level: Level
    family: str  # the set it stands in, `departments`
    title: str  # what the kind is called: `Sở Tài chính`, `Ủy ban nhân dân cấp xã`
    name: str  # with {unit} and {name} to be filled
    periods: tuple[Period, ...]
    parents: tuple[Dated, ...]
    bodies: tuple[str, ...]  # vanban's keys by which documents name it
    origin: Origin
    short: tuple[str, ...] = ()  # what else it is called, without a unit
    names: Mapping[str, str] = field(default_factory=dict)  # by kind of unit (`thành phố`) or by unit
    units: tuple[str, ...] = ()  # only in units of these kinds; empty: in all
    without: tuple[str, ...] = ()
    optional: bool = False
    only: tuple[str, ...] = ()  # the units known to have it, where it is optional
    when_needed: bool = False
    note: str = ""

    def in_force(self, day: date) -> bool:
        return any(period.holds(day) for period in self.periods)

    def parent_on(self, day: date) -> str | None:
        return next((parent.key for parent in self.parents if parent.period.holds(day)), None)

    def fits(self, unit_kind: str, unit_name: str) -> bool:
        """Whether such a unit may have it."""
        unit = f"{unit_kind} {unit_name}"
        return unit not in self.without and (not self.units or unit_kind in self.units or unit in self.units)

    def is_given(self, unit_kind: str, unit_name: str) -> bool:
        """Whether the unit is known to have it, without anybody entering or naming it."""
        known = not self.optional or f"{unit_kind} {unit_name}" in self.only
        return known and not self.when_needed and self.fits(unit_kind, unit_name)

    def named(self, unit_kind: str = "", unit_name: str = "") -> str:
        """The agency's name in a unit; a city's own name goes before the general one."""
        unit = f"{unit_kind} {unit_name}".strip()
        form = self.names.get(unit) or self.names.get(unit_kind) or self.name
        return form.format(unit=unit, name=unit_name).strip()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of work by which a body was divided."""

    key: str
    name: str
    words: tuple[str, ...]
    topics: tuple[str, ...]
    origin: Origin


@dataclass(frozen=True, slots=True)
class Succession:
    """On a day the work of one kind went to another: all of it, what is left (`rest`), or one field."""

    before: str
    after: str | None  # None: abolished, nobody took over as a whole
    on: date
    origin: Origin
    field: Field | None = None
    rest: bool = False
    fallback: bool = False  # where the unit has no agency of the kind that should have taken over
    candidates: tuple[str, ...] = ()  # of an abolished one: those among whom somebody has to choose
    note: str = ""

    @property
    def is_main(self) -> bool:
        """Whether it takes what no other field takes."""
        return self.rest or self.field is None


@dataclass(frozen=True, slots=True)
class Rule:
    """Who belongs to a group for a time."""

    period: Period
    kinds: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    scope: Scope = "province"
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    key: str
    rules: tuple[Rule, ...]
    origin: Origin
    note: str = ""


@dataclass(frozen=True, slots=True)
class Members:
    """Kinds whose agencies belong to a group on a day; `chosen`: proposed only, the coordinator chooses."""

    kinds: tuple[str, ...]
    scope: Scope
    chosen: bool
    through: tuple[str, ...] = ()  # groups that stand in for it on that day: communes for districts
    note: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """A fault of the data: `loop`, `gap`, … of which entry, in words."""

    code: Literal["unknown", "overlap", "gap", "loop", "dates", "two", "source"]
    entry: str
    text: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the files say."""

    kinds: tuple[Kind, ...]
    fields: tuple[Field, ...]
    successions: tuple[Succession, ...]
    groups: tuple[Group, ...]
