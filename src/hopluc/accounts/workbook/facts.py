"""What the database holds of agencies and people when a workbook is written or checked: plain values, no queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property


@dataclass(frozen=True, slots=True)
class UnitFact:
    pk: int
    key: str
    tier: str
    code: str
    name: str  # `xã Tân Kỳ`
    bare: str
    start: date
    end: date | None  # the day after the last
    province: str  # the key of the province that it is or lies in
    mine: bool  # of a province that the viewer administers


@dataclass(frozen=True, slots=True)
class AgencyFact:
    """An agency as it is, or as a workbook would have it (`pk` is None where it is new)."""

    pk: int | None
    key: str
    name: str
    kind: str
    unit: str  # key; empty for central agencies
    parent: str = ""  # key
    seat: str = ""  # key of a unit
    aliases: tuple[str, ...] = ()
    start: date = date.min
    end: date | None = None  # the day after the last
    own: bool = True
    mine: bool = True

    def holds(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day < self.end)

    @property
    def last(self) -> date | None:
        return self.end - timedelta(days=1) if self.end else None


@dataclass(frozen=True, slots=True)
class SuccessionFact:
    source: str
    target: str
    on: date
    field: str
    basis: str
    own: bool = True
    pk: int | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        return self.source, self.target, self.field


@dataclass(frozen=True, slots=True)
class KindFact:
    key: str
    name: str
    level: str  # central, province, district, commune; empty where it is not known


@dataclass(frozen=True, slots=True)
class PersonFact:
    pk: int
    username: str
    name: str
    active: bool
    mine: bool  # holds or held a post in a province that the viewer administers
    elsewhere: str = ""  # a place outside those where the person holds a post


@dataclass(frozen=True, slots=True)
class PostFact:
    pk: int | None
    username: str
    agency: str  # key
    role: str
    title: str = ""
    starts: date | None = None
    ends: date | None = None  # the last day

    def overlaps(self, other: PostFact) -> bool:
        return (self.starts or date.min) <= (other.ends or date.max) and (other.starts or date.min) <= (
            self.ends or date.max
        )


@dataclass(frozen=True)
class Facts:
    today: date
    everywhere: bool = False  # the viewer administers the whole installation
    units: Mapping[str, UnitFact] = field(default_factory=dict)
    kinds: Mapping[str, KindFact] = field(default_factory=dict)
    agencies: Mapping[str, AgencyFact] = field(default_factory=dict)
    successions: tuple[SuccessionFact, ...] = ()
    people: Mapping[str, PersonFact] = field(default_factory=dict)  # by user name in small letters
    posts: Mapping[int, PostFact] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)  # Vietnamese words by role

    @cached_property
    def given(self) -> Mapping[str, tuple[SuccessionFact, ...]]:
        """Successions by the agency that gave its work away."""
        found: dict[str, list[SuccessionFact]] = {}
        for one in self.successions:
            found.setdefault(one.source, []).append(one)
        return {key: tuple(sorted(some, key=lambda one: one.place)) for key, some in found.items()}

    def province(self, agency: AgencyFact) -> str:
        """The key of the province of an agency; empty for central ones."""
        return self.units[agency.unit].province if agency.unit else ""
