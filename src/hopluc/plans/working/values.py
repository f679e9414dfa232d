"""What services of working a plan take and give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from django.core.files.base import File

Claim = Literal["in_progress", "reported"]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that was reached (số liệu), of an indicator where one is named."""

    value: Decimal
    unit: str = ""
    indicator: str = ""  # code


@dataclass(frozen=True, slots=True)
class Proof:
    """A piece of evidence (minh chứng): an issued document by its number, a file, or a figure."""

    kind: str  # of Evidence.Kind
    symbol: str = ""
    file: File[Any] | None = None
    name: str = ""  # of the file
    figure: Figure | None = None


@dataclass(frozen=True, slots=True)
class Update:
    """What somebody says of an occurrence, as it was sent."""

    key: UUID  # the sender's own: the same again is the same answer
    seen: int  # revision of the occurrence that its author had before them
    claim: Claim
    words: str = ""
    figure: Figure | None = None
    percent: int | None = None
    evidence: Sequence[Proof] = ()

    @property
    def is_silent(self) -> bool:
        """Nothing but a state."""
        return not (self.words.strip() or self.figure or self.evidence or self.percent is not None)


@dataclass(frozen=True, slots=True)
class Said:
    """An answer as it was kept."""

    pk: int
    number: int  # within its occurrence, from 1
    by: int
    name: str
    at: datetime
    claim: str
    words: str
    figure: Decimal | None
    unit: str
    percent: int | None
    beside: bool  # its author had not seen the one before it


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of an answer."""

    said: Said
    state: str  # of the occurrence
    revision: int
    again: bool  # it was sent before: nothing was added
    unseen: tuple[Said, ...] = ()  # kept since its author looked: both stand, the later one counts


@dataclass(frozen=True, slots=True)
class Judged:
    """What became of a report."""

    occurrence: int
    state: str
    revision: int


@dataclass(frozen=True, slots=True)
class Noted:
    pk: int
    mentioned: frozenset[int]  # ids of people


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as it stands."""

    pk: int
    kind: str
    state: str
    until: date | None
    to: int | None  # id of an agency


@dataclass(frozen=True, slots=True)
class Owned:
    """Who answers for a line now."""

    line: int
    state: str
    holder: int | None  # id of an agency
    owner: int | None  # id of a person
    successor: int | None
    stand_in: bool
