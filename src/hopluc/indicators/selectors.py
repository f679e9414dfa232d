"""Indicators, their values and aims, as far as the viewer may see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hopluc.accounts.models import User
from hopluc.accounts.rights import realm
from hopluc.core.search import search_query
from hopluc.indicators.matching import Book, Known, Match, matches
from hopluc.indicators.models import Aim, Indicator, Value
from hopluc.indicators.origins import Origin, origins_of
from hopluc.indicators.paths import STRICT, Due, Goal, Lack, Start, gap, met, path, start_of
from hopluc.indicators.series import Point, Series
from hopluc.units.figures import territory
from hopluc.units.models import Lineage, Unit

Json = dict[str, Any]


def provinces_seen(viewer: User) -> QuerySet[Unit]:
    """The provinces whose figures the viewer may see: today's first, then those that they were made of."""
    own = Unit.objects.filter(pk__in=realm(viewer, "see").provinces)
    return own.order_by("-validity", "sort_key")


def indicators_visible(viewer: User) -> QuerySet[Indicator]:
    """Those of the whole country, and those that the viewer's provinces made for themselves."""
    own = Q(province=None) | Q(province__in=realm(viewer, "see").provinces)
    return Indicator.objects.filter(own).select_related("numerator", "denominator", "province").defer("words")


def indicators_listed(*, viewer: User, typed: str = "", group: str = "", holds: str = "") -> QuerySet[Indicator]:
    """In the order of their codes; `holds` narrows to those with `values` or `aims` that the viewer may see."""
    found = indicators_visible(viewer)
    if query := search_query(typed):
        found = found.filter(words=query)
    if group:
        found = found.filter(group=group)
    if holds == "values":
        found = found.filter(Exists(values_visible(viewer).filter(indicator=OuterRef("pk"))))
    if holds == "aims":
        found = found.filter(pk__in={aim.indicator_id for aim in aims_seen(viewer=viewer)})
    return found.order_by("province_id", "code")


def groups_counted(found: QuerySet[Indicator]) -> dict[str, int]:
    return dict(found.order_by().values_list("group").annotate(n=Count("pk")))


def values_visible(viewer: User) -> QuerySet[Value]:
    """Current rows: what was released in the viewer's provinces, and the drafts where the viewer enters figures."""
    released = Q(released=True, province__in=realm(viewer, "see").provinces)
    draft = Q(released=False, province__in=realm(viewer, "enter figures").provinces)
    return Value.objects.filter(released | draft, current=True)


def may_enter(viewer: User, unit: Unit) -> bool:
    province = unit.parent.parent or unit.parent if unit.parent else unit
    return province.pk in realm(viewer, "enter figures").provinces


def drafts_of(indicator: Indicator, *, viewer: User) -> QuerySet[Value]:
    """Figures that wait to be released, where the viewer enters figures."""
    drafts = values_visible(viewer).filter(indicator=indicator, released=False)
    return drafts.select_related("unit", "by", "indicator").order_by("-period", "unit__sort_key")


def values_of(indicators: Iterable[Indicator], unit: Unit, *, today: date, viewer: User) -> dict[int, dict[int, Point]]:
    """The years of each indicator on the unit's territory, from what was released there; two queries for all."""
    listed = list(indicators)
    series = series_of(listed, unit, today=today, viewer=viewer)
    return {one.pk: series.points(one) for one in listed} if series else {one.pk: {} for one in listed}


def series_of(indicators: Iterable[Indicator], unit: Unit, *, today: date, viewer: User) -> Series | None:
    """What `values_of` reads from, for who asks for one year."""
    country = territory()
    place = country.lineage.last(unit.key, today)
    if place is None:
        return None
    wanted = {key for one in indicators for key in (one.pk, one.numerator_id, one.denominator_id) if key}
    rows = values_visible(viewer).filter(released=True, indicator__in=wanted, province__in=_around(unit))
    return Series(place, country, rows.select_related("indicator", "unit", "by"), today=today)


def _around(unit: Unit) -> set[int]:
    """Ids of the provinces in which territory of the unit may have lain or lie."""
    top = unit
    while top.parent:
        top = top.parent
    links = defaultdict(set)
    for source, target in Lineage.objects.filter(source__tier="province").values_list("source_id", "target_id"):
        links[source].add(target)
        links[target].add(source)
    found, waiting = {top.pk}, [top.pk]
    while waiting:
        new = links[waiting.pop()] - found
        found |= new
        waiting += new
    return found


@dataclass(frozen=True, slots=True)
class Sought:
    """An aim with where its plan says it, for who may see that plan."""

    aim: Aim
    origin: Origin

    @property
    def indicator_id(self) -> int:
        return self.aim.indicator_id


def aims_seen(*, viewer: User, indicator: Indicator | None = None) -> list[Sought]:
    """Aims of the plans that the viewer may see: of one indicator, or all."""
    aims = Aim.objects.select_related("indicator__numerator", "indicator__denominator", "unit")
    if indicator:
        aims = aims.filter(indicator=indicator)
    by_kind: dict[str, list[Aim]] = defaultdict(list)
    for aim in aims:
        by_kind[aim.origin].append(aim)
    return [
        Sought(aim, found[aim.origin_id])
        for kind, listed in by_kind.items()
        for found in [origins_of(kind, [aim.origin_id for aim in listed], viewer)]
        for aim in listed
        if aim.origin_id in found
    ]


def aims_of(kind: str, whole: int) -> dict[int, Aim]:
    """The aims of one plan by the id of their target; whether it may be seen, whoever calls has asked."""
    aims = Aim.objects.filter(origin=kind, whole_id=whole).select_related("indicator")
    return {aim.origin_id: aim for aim in aims}


def aim_suggestions(target: Json, known: Book) -> list[Match]:
    """The indicators that a target as vanban reads it may mean, the likeliest first."""
    words = " ".join(filter(None, (str(target.get("indicator") or ""), "")))
    return matches(words or str(target.get("subject") or ""), str(target.get("unit") or ""), known)


def known_to(indicators: Iterable[Indicator]) -> Book:
    known = (Known(one.pk, (one.name, *filter(None, one.aliases.splitlines())), one.measure) for one in indicators)
    return Book.of(known)


@dataclass(frozen=True, slots=True)
class Way:
    """The path of an aim beside what was reached."""

    goal: Goal
    start: Start | None
    dues: tuple[Due, ...]
    lack: Lack | None
    points: dict[int, Point]

    @property
    def last(self) -> Standing | None:
        """The newest year with a figure, beside what is due then."""
        return next((self.standing(due) for due in reversed(self.dues) if self.standing(due)), None)

    def standing(self, due: Due) -> Standing | None:
        return gap_of(self.goal, due, self.points.get(due.year))


@dataclass(frozen=True, slots=True)
class Standing:
    due: Due
    point: Point
    value: Fraction
    gap: Fraction
    met: bool


def path_of(aim: Aim, points: dict[int, Point]) -> Way:
    """What is due each year from the baseline to the level, beside the values of the aim's unit."""
    high = None if aim.high is None else Fraction(aim.high)
    goal = Goal(aim.op, Fraction(aim.low), high, aim.by, aim.since, aim.per_year)
    levels = [Start(year, point.figure) for year, point in points.items() if point.whole and point.figure is not None]
    said = None if aim.baseline is None else Fraction(aim.baseline)
    start = start_of(goal, levels, said=said)
    found = path(goal, start)
    return Way(
        goal, start, () if isinstance(found, Lack) else found, found if isinstance(found, Lack) else None, points
    )


def gap_of(goal: Goal, due: Due, point: Point | None) -> Standing | None:
    """How far a year's value is from what was due; None while there is no value."""
    if point is None or point.figure is None:
        return None
    strict = goal.op in STRICT and due.year == goal.by
    return Standing(due, point, point.figure, gap(point.figure, due), met(point.figure, due, strict=strict))
