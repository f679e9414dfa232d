"""Points, paths and gaps as a page shows them: numbers in words, each with the way to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hopluc.indicators.chart import Chart, chart
from hopluc.indicators.models import Aim, Indicator
from hopluc.indicators.numbers import shown
from hopluc.indicators.paths import Due, Lack, ends
from hopluc.indicators.selectors import Sought, Standing, Way
from hopluc.indicators.series import How, Point
from hopluc.units.models import Unit

HOW: dict[How, str | Promise] = {
    How.SAID: gettext_lazy("reported for the unit itself"),
    How.ADDED: gettext_lazy("added up from the units that lay there"),
    How.RATIO: gettext_lazy("computed from its two parts"),
    How.INSEPARABLE: gettext_lazy("not separable: reported together with other territory"),
    How.NOT_ADDED: gettext_lazy("reported for parts only; such figures are not added up"),
}
LACK: dict[Lack, str | Promise] = {
    Lack.NO_YEAR: gettext_lazy("The plan does not say by which year, so there is no path."),
    Lack.NO_START: gettext_lazy(
        "There is no path yet: no figure is known from which it could start. Enter one of a year before the plan."
    ),
    Lack.START_LATE: gettext_lazy("There is no path: the only known figures are of its last year or later."),
}
NAMED = 5  # units that a sentence names


@dataclass(frozen=True, slots=True)
class PointRow:
    """A year of the table."""

    year: str
    figure: str
    parts: str  # `45/81` of a ratio
    how: str
    notes: tuple[str, ...]
    url: str
    exact: Fraction | None


def amount(value: Any, indicator: Indicator) -> str:
    """A number with its measure: `55,6%`, `640 hợp tác xã`."""
    text = shown(value, 1 if indicator.measure == "%" else 2)
    return f"{text}%" if indicator.measure == "%" else f"{text} {indicator.measure}".strip()


def point_rows(
    points: Mapping[int, Point], indicator: Indicator, unit: Unit, names: Mapping[str, str]
) -> list[PointRow]:
    """The years, newest first; `names` are of the units that notes name, by key."""
    return [point_row(points[year], indicator, unit, names) for year in sorted(points, reverse=True)]


def point_row(point: Point, indicator: Indicator, unit: Unit, names: Mapping[str, str]) -> PointRow:
    return PointRow(
        str(point.year),
        "" if point.figure is None else amount(point.figure, indicator),
        "" if point.numerator is None else f"{shown(point.numerator)}/{shown(point.denominator)}",
        str(HOW[point.how]),
        tuple(_notes(point, indicator, names)),
        year_url(indicator, point.year, unit),
        point.figure,
    )


def _notes(point: Point, indicator: Indicator, names: Mapping[str, str]) -> Iterable[str]:
    if point.missing:
        listed = _listed(point.missing, names)
        count = len(point.missing)
        yield ngettext(
            "%(count)s unit sent no figure: %(names)s.", "%(count)s units sent no figure: %(names)s.", count
        ) % {"count": shown(count), "names": listed}
    if point.inseparable is not None:
        yield _("%(amount)s lie among %(names)s; no source says how much in which.") % {
            "amount": amount(point.inseparable, indicator),
            "names": _listed(point.among, names),
        }


def _listed(keys: Iterable[str], names: Mapping[str, str]) -> str:
    found = [names.get(key, key) for key in keys]
    more = len(found) - NAMED
    return "; ".join(found) if more <= 0 else f"{'; '.join(found[:NAMED])} (+{more})"


def units_named(points: Iterable[Point]) -> dict[str, str]:
    """The names of the units that notes on these points name."""
    keys = {key for point in points for key in (*point.missing[:NAMED], *point.among[:NAMED])}
    return {unit.key: unit.full_name for unit in Unit.objects.filter(key__in=keys)} if keys else {}


def year_url(indicator: Indicator, year: int, unit: Unit) -> str:
    return f"{reverse('indicators:year', args=[indicator.pk, year])}?{urlencode({'unit': unit.key})}"


def indicator_url(indicator: Indicator, unit: Unit | None) -> str:
    address = reverse("indicators:indicator", args=[indicator.pk])
    return f"{address}?{urlencode({'unit': unit.key})}" if unit else address


@dataclass(frozen=True, slots=True)
class Step:
    """A year of the way to an aim."""

    year: str
    due: str
    value: str
    gap: str
    met: bool | None  # None while there is no value
    url: str


@dataclass(frozen=True, slots=True)
class AimCard:
    """An aim with its way in words."""

    aim: Aim
    name: str
    url: str
    level: str
    where: str
    explained: str
    standing: str
    met: bool | None
    steps: tuple[Step, ...]
    other: str  # address of the same page for the aim's own unit, where that is another
    drawn: Chart | None


def aim_card(sought: Sought, way: Way, unit: Unit | None) -> AimCard:
    aim, indicator = sought.aim, sought.aim.indicator
    last = way.last
    return AimCard(
        aim,
        sought.origin.name,
        sought.origin.url,
        level_words(aim),
        str(aim.unit or _("the whole country")),
        explained(way, indicator),
        standing_words(last, indicator) if last else _("No figure is known yet for a year of the path."),
        last.met if last else None,
        tuple(_step(due, way, aim) for due in way.dues),
        indicator_url(indicator, aim.unit) if aim.unit and unit and aim.unit_id != unit.pk else "",
        chart(_figures(way.points), _line(way)),
    )


def _figures(points: Mapping[int, Point]) -> dict[int, Fraction]:
    return {year: point.figure for year, point in points.items() if point.figure is not None}


def _line(way: Way) -> dict[int, Fraction]:
    """The path as it is drawn, from where it starts."""
    start = {way.start.year: way.start.level} if way.start and way.dues and not way.goal.per_year else {}
    return start | {due.year: edge for due in way.dues if (edge := _edge(due)) is not None}


def _edge(due: Due) -> Fraction | None:
    """The line that is drawn: of a range its lower one."""
    return due.low if due.low is not None else due.high


def level_words(aim: Aim) -> str:
    """`ít nhất 60% đến năm 2030, mỗi năm`."""
    indicator = aim.indicator
    low = amount(aim.low, indicator)
    level = (
        f"{shown(aim.low)}–{amount(aim.high, indicator)}" if aim.high is not None else f"{aim.get_op_display()} {low}"
    )
    if aim.by:
        level = _("%(level)s by %(year)s") % {"level": level, "year": aim.by}
    return _("%(level)s, each year") % {"level": level} if aim.per_year else level


def explained(way: Way, indicator: Indicator) -> str:
    """How the path comes about, in a sentence."""
    if way.lack is not None:
        return str(LACK[way.lack])
    goal = way.goal
    if goal.per_year or way.start is None:
        return _("The same is due each year from %(first)s to %(last)s.") % {
            "first": way.dues[0].year,
            "last": way.dues[-1].year,
        }
    low, high = ends(goal, way.start)
    level = amount(low, indicator) if high is None else f"{shown(low)}–{amount(high, indicator)}"
    yearly = (low - way.start.level) / (way.dues[-1].year - way.start.year)
    said = {
        "start": amount(way.start.level, indicator),
        "first": way.start.year,
        "level": level,
        "last": way.dues[-1].year,
        "yearly": f"{'+' if yearly > 0 else ''}{amount(yearly, indicator)}",
    }
    return _(
        "A straight line from %(start)s at the end of %(first)s to %(level)s at the end of %(last)s: %(yearly)s a year."
    ) % said  # fmt: skip


def standing_words(standing: Standing, indicator: Indicator) -> str:
    """`Năm 2025: 700 hợp tác xã, cần ít nhất 755 hợp tác xã, thiếu 55 hợp tác xã.`"""
    said = {
        "year": standing.due.year,
        "value": amount(standing.value, indicator),
        "due": due_words(standing.due, indicator),
        "gap": gap_words(standing, indicator),
    }
    return _("%(year)s: %(value)s, due %(due)s: %(gap)s.") % said


def due_words(due: Due, indicator: Indicator) -> str:
    if due.high is None:
        return _("at least %(level)s") % {"level": amount(due.low, indicator)}
    if due.low is None:
        return _("at most %(level)s") % {"level": amount(due.high, indicator)}
    if due.low == due.high:
        return amount(due.low, indicator)
    return f"{shown(due.low)}–{amount(due.high, indicator)}"


def gap_words(standing: Standing, indicator: Indicator) -> str:
    """How far a value is from the path; whether that is good is said beside it."""
    if standing.gap == 0:
        return _("on the path") if standing.met else _("not yet beyond it")
    words = _("%(gap)s short") if standing.gap < 0 else _("%(gap)s over")
    return words % {"gap": amount(abs(standing.gap), indicator)}


def _step(due: Due, way: Way, aim: Aim) -> Step:
    standing = way.standing(due)
    indicator = aim.indicator
    return Step(
        str(due.year),
        due_words(due, indicator),
        amount(standing.value, indicator) if standing else "",
        gap_words(standing, indicator) if standing else "",
        standing.met if standing else None,
        year_url(indicator, due.year, aim.unit) if standing and aim.unit else "",
    )


@dataclass(frozen=True, slots=True)
class ListRow:
    """An indicator in the list, with the newest year of a unit."""

    indicator: Indicator
    url: str
    point: PointRow | None
    aims: int


def list_rows(
    indicators: Iterable[Indicator],
    unit: Unit | None,
    found: Mapping[int, Mapping[int, Point]],
    aims: Mapping[int, int],
) -> list[ListRow]:
    return [
        ListRow(one, indicator_url(one, unit), _newest(found.get(one.pk, {}), one, unit), aims.get(one.pk, 0))
        for one in indicators
    ]


def _newest(points: Mapping[int, Point], indicator: Indicator, unit: Unit | None) -> PointRow | None:
    year = max((year for year, point in points.items() if point.figure is not None), default=None)
    return point_row(points[year], indicator, unit, {}) if year and unit else None
