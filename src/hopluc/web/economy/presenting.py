"""What organisations of a place are, as pages show it: numbers that open their rows, maps by a value, years as columns."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from urllib.parse import quote_plus, urlencode

from django.templatetags.static import static
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hopluc.indicators.chart import scale
from hopluc.indicators.numbers import shown, whole
from hopluc.indicators.steps import classes, tone
from hopluc.registry.models.organisations import Kind
from hopluc.registry.presenting import MILLION, kind_label
from hopluc.registry.territories import Commune, Standing, Year
from hopluc.units.models import Unit
from hopluc.web.units.presenting import MERGED, Map

VALUES: dict[str, str | Promise] = {
    "organisations": _("organisations"),
    "htx": _("cooperatives"),
    "tht": _("cooperative groups"),
    "members": _("members"),
    "capital": _("charter capital, million đồng"),
}
KINDS = frozenset(Kind.values)
LISTED = ("", "htx", "tht")  # organisations of any kind, and of these
LACKING: dict[str, str | Promise] = {
    "htx": _("no cooperative"),
    "any": _("no organisation of any kind"),
}


def directory_url(unit: Unit | None, key: str | None = None, **narrowed: object) -> str:
    """The rows behind a number."""
    place = key if key is not None else unit.key if unit else ""
    return f"{reverse('registry:list')}?{urlencode({'unit': place, **{k: v for k, v in narrowed.items() if v}})}"


def place_addresses(value: str = "") -> Callable[[str], str]:
    """The address of the overview of a place by its key, with the value that the map shows."""
    overview = reverse("economy:overview")
    more = f"&{urlencode({'value': value})}" if value else ""
    return lambda key: f"{overview}?unit={quote_plus(key)}{more}"


Amount = int | Fraction


def measured(standing: Standing, value: str) -> Amount:
    """Capital in million đồng."""
    if value in KINDS:
        return standing.of("organisations", value)
    found = standing.of(value)
    return Fraction(found, MILLION) if value == "capital" else found


@dataclass(frozen=True, slots=True)
class Line:
    """A place in the list beside the map."""

    name: str
    short: str  # on the map
    key: str
    url: str
    tone: int
    standing: Standing
    amount: Amount  # of the value that the map shows
    cells: tuple[tuple[str, str, str], ...]  # what, number, address of its rows


def lines(
    places: Sequence[tuple[str, str, str, str, Standing]], *, value: str, members: bool, opens: bool
) -> list[Line]:
    """Of (key, name, short name, address, what it has); `opens`: the directory can be narrowed to each."""
    amounts = [measured(standing, value) for *_place, standing in places]
    edges, rows = classes(amounts), reverse("registry:list") if opens else ""
    words = {kind: kind_label(kind) if kind else str(VALUES["organisations"]) for kind in LISTED}
    sums = {one: str(VALUES[one]) for one in (("members", "capital") if members else ("capital",))}
    return [
        Line(name, short, key, url, tone(amount, edges), found, amount, _cells(key, found, rows, words, sums))
        for (key, name, short, url, found), amount in zip(places, amounts, strict=True)
    ]


def _cells(
    key: str, found: Standing, rows: str, kinds: Mapping[str, str], sums: Mapping[str, str]
) -> tuple[tuple[str, str, str], ...]:
    cells = []
    for kind, words in kinds.items():
        narrowed = f"?unit={key}&kind={kind}" if kind else f"?unit={key}"
        n = found.of("organisations", kind)
        cells.append((words, whole(n), rows + narrowed if rows and n else ""))
    return (*cells, *((words, whole(round(measured(found, one))), "") for one, words in sums.items()))


def country_map(listed: Sequence[Line], *, value: str, on: date) -> Map:
    year = 2025 if on >= MERGED else 2008
    return Map(static(f"units/geo/provinces-{year}.json"), _units(listed, value), approximate=year == 2008)


def province_map(province: Unit, listed: Sequence[Line], *, value: str, lit: Iterable[str] = ()) -> Map:
    return Map(static(f"units/geo/communes-{province.code}.json"), _units(listed, value), json.dumps(sorted(lit)))


def _units(listed: Sequence[Line], value: str) -> str:
    words = str(VALUES[value])
    about = {one.key: [one.name, one.url, one.tone, f"{whole(round(one.amount))} {words}", one.short] for one in listed}
    return json.dumps(about)


@dataclass(frozen=True, slots=True)
class Column:
    """A year of the chart: places in a box of 640 × 220, and its numbers."""

    year: int
    x: float
    founded: tuple[float, float]  # top and height
    ended: tuple[float, float]
    rows: tuple[tuple[str, int, int], ...]  # kind, founded, ended
    at_end: int

    @property
    def all(self) -> tuple[int, int]:
        return sum(row[1] for row in self.rows), sum(row[2] for row in self.rows)


LEFT, BOTTOM, TOP, RIGHT = 60, 190, 12, 632


def columns(years: Sequence[Year]) -> tuple[list[Column], list[tuple[float, Fraction]]]:
    """The columns, and the lines across."""
    most = max((sum(each.values()) for one in years for each in (one.founded, one.ended)), default=0)
    top, step = scale(Fraction(max(most, 1)))
    wide = (RIGHT - LEFT) / max(len(years), 1)

    def bar(of: Mapping[str, int]) -> tuple[float, float]:
        high = round((BOTTOM - TOP) * float(sum(of.values()) / top), 1)
        return round(BOTTOM - high, 1), high

    found = [
        Column(
            one.year,
            round(LEFT + wide * turn + wide / 2, 1),
            bar(one.founded),
            bar(one.ended),
            tuple((kind, one.founded.get(kind, 0), one.ended.get(kind, 0)) for kind in ("htx", "tht")),
            one.at_end,
        )
        for turn, one in enumerate(years)
    ]
    across = [
        (round(BOTTOM - (BOTTOM - TOP) * float(step * turn / top), 1), step * turn)
        for turn in range(int(top / step) + 1)
    ]
    return found, across


def figures(unit: Unit | None, found: Standing, *, members: bool, opens: bool) -> list[dict[str, str]]:
    """Numbers in a row, each with its rows."""
    kinds = [
        {
            "count": shown(found.of("organisations", kind)),
            "title": kind_label(kind).lower(),
            "url": directory_url(unit, kind=kind) if opens else "",
        }
        for kind in ("htx", "tht", "lhhtx", "qtdnd")
    ]
    sums = ["members", "capital"] if members else ["capital"]
    return kinds + [{"count": shown(measured(found, one), 0), "title": str(VALUES[one]), "url": ""} for one in sums]


def spots_map(
    unit: Unit | None, communes: Sequence[Commune], found: Sequence[Commune], provinces: Iterable[Unit]
) -> Map:
    """Of a province its white communes; of the country how many each province has."""
    white = {one.key for one in found}
    if unit:
        address = place_addresses()
        about = {
            one.key: [one.full_name, address(one.key), 6 if one.key in white else 1, "", one.name] for one in communes
        }
        return Map(static(f"units/geo/communes-{unit.code}.json"), json.dumps(about))
    counts = Counter(one.province_key for one in found)
    edges = classes(counts.values())
    about = {
        one.key: [one.full_name, spots_url(one.key), tone(counts[one.key], edges), str(counts[one.key]), one.name]
        for one in provinces
    }  # fmt: skip
    return Map(static("units/geo/provinces-2025.json"), json.dumps(about))


def spots_url(key: str) -> str:
    return f"{reverse('economy:white_spots')}?{urlencode({'unit': key})}"
