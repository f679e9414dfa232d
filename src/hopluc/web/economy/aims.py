"""Targets of the directives beside what the registry counts today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from hopluc.accounts.models import User
from hopluc.accounts.rights import Viewer
from hopluc.indicators.models import Aim
from hopluc.indicators.numbers import shown
from hopluc.indicators.paths import STRICT, Due, Goal, Lack, met, path
from hopluc.indicators.presenting import amount, level_words
from hopluc.indicators.selectors import aims_seen, path_of, values_of
from hopluc.registry.presenting import MILLION
from hopluc.registry.territories import STOPPED, WORKING, Standing, Year
from hopluc.units.models import Unit


@dataclass(frozen=True, slots=True)
class Counted:
    """What the registry knows of a place."""

    standing: Standing
    working: dict[str, int] | None  # None: not known of this place
    this_year: Year


COUNTED: dict[str, Callable[[Counted], int | Fraction | None]] = {  # by code of the indicator, in its measure
    "H01": lambda found: found.standing.of("organisations", "htx"),
    "H02": lambda found: None if found.working is None else found.working.get(WORKING, 0),
    "H03": lambda found: None if found.working is None else found.working.get(STOPPED, 0),
    "H04": lambda found: found.this_year.founded.get("htx", 0),
    "H09": lambda found: Fraction(found.standing.of("capital", "htx"), MILLION),
    "H15": lambda found: found.standing.of("members", "htx"),
    "L01": lambda found: found.standing.of("organisations", "lhhtx"),
    "T01": lambda found: found.standing.of("organisations", "tht"),
    "T01.1": lambda found: found.this_year.founded.get("tht", 0),
    "T02": lambda found: found.standing.of("members", "tht"),
    "Q01.1": lambda found: found.standing.of("organisations", "qtdnd"),
    "Q01.2": lambda found: found.standing.of("members", "qtdnd"),
}


@dataclass(frozen=True, slots=True)
class AimLine:
    """A target, where it is said, and how far the registry is from its level."""

    name: str
    level: str
    url: str
    said_in: str
    today: str
    missing: str  # to the level; empty where it is reached or cannot be said
    reached: bool | None


def aim_lines(unit: Unit | None, found: Counted, *, viewer: Viewer, today: date) -> list[AimLine]:
    """Those that the viewer may see of this very unit, or of the whole country."""
    if isinstance(viewer, AnonymousUser):
        return []
    place = Q(unit=unit) if unit else Q(unit=None)
    ids = set(Aim.objects.filter(place, indicator__code__in=COUNTED).values_list("pk", flat=True))
    seen = [one for one in aims_seen(viewer=viewer) if one.aim.pk in ids] if ids else []
    return [
        _line(one.aim, one.origin.name, one.origin.url, COUNTED[one.aim.indicator.code](found), viewer, today)
        for one in seen
    ]


def _line(aim: Aim, said_in: str, url: str, value: int | Fraction | None, viewer: User, today: date) -> AimLine:
    level = level_words(aim)
    if value is None:
        return AimLine(aim.indicator.name, level, url, said_in, "", "", None)
    exact = Fraction(value)
    points = values_of([aim.indicator], aim.unit, today=today, viewer=viewer)[aim.indicator_id] if aim.unit else {}
    due = next(reversed(path_of(aim, points).dues), None) or _level(aim)
    if due is None:
        return AimLine(aim.indicator.name, level, url, said_in, amount(exact, aim.indicator), "", None)
    reached = met(exact, due, strict=aim.op in STRICT)
    short = due.low - exact if due.low is not None and exact < due.low else None
    return AimLine(
        aim.indicator.name, level, url, said_in, amount(exact, aim.indicator), shown(short) if short else "", reached
    )


def _level(aim: Aim) -> Due | None:
    """Of an aim without a path: what it asks for itself, where that is a level and no change."""
    if aim.op in (Aim.Op.INCREASE, Aim.Op.DECREASE):
        return None
    year = aim.by or aim.confirmed_at.year
    high = None if aim.high is None else Fraction(aim.high)
    found = path(Goal(aim.op, Fraction(aim.low), high, year, per_year=True), None)
    return None if isinstance(found, Lack) else found[-1]
