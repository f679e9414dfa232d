"""What is known before anybody fills a report in: figures with where each is from, for all that are asked at once.

A source is a function of `PROVIDERS`; where two know the same cell, the first one says it:

    @provider
    def of_registry(asking: Asking) -> Found: ...
"""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import Any, NamedTuple

from hopluc.accounts.models import User
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.schema.checking import paths
from hopluc.forms.schema.definition import Schema
from hopluc.forms.schema.values import plain
from hopluc.forms.services import Before, Known, Period
from hopluc.indicators.periods import period_of
from hopluc.indicators.selectors import values_visible
from hopluc.plans.models import Plan
from hopluc.plans.working.overview import Measure, counts_of_holders
from hopluc.plans.working.states import Clock
from hopluc.registry.standing import NOTHING, Span, stands
from hopluc.units.models import Agency

Json = Any
Found = Mapping[int, Mapping[str, Known]]  # by id of the agency, then by path
TABLE: Json = tomllib.loads((files("hopluc.reports") / "data/known.toml").read_text(encoding="utf-8"))
WORK = "work:"  # rows that count tasks
REGISTRY = "Cơ sở dữ liệu hợp tác xã, tính đến {day:%d/%m/%Y}"
BEFORE = "Báo cáo kỳ {period} đã duyệt"
SAID = "Chỉ tiêu đã công bố: {source}"
TASKS = "Nhiệm vụ đến hạn trong kỳ, tính đến {day:%d/%m/%Y}"


class Place(NamedTuple):
    """A cell of a form that says what it is of: `H01`, `estimate`, 0 (the year of the report)."""

    path: str
    row: str
    measure: str
    offset: int
    whole: bool  # takes whole numbers only


@dataclass(frozen=True)
class Asking:
    """Who is asked for which version, of which period, by whom and on which day."""

    version: FormVersion
    period: Period
    agencies: tuple[Agency, ...]
    owner: Agency
    viewer: User  # nothing that whoever asks may not see is told to others
    today: date
    plan: Plan | None = None

    @property
    def year(self) -> int:
        return self.period.ends_on.year

    @property
    def day(self) -> date:
        """Of which things are told: the last of the period, or today."""
        return min(self.period.ends_on, self.today)

    @cached_property
    def places(self) -> tuple[Place, ...]:
        return tuple(_places(self.version.read))

    @cached_property
    def units(self) -> dict[int, int]:
        """The unit (its id) whose figures an agency reports; none of those that answer for a field of work."""
        return dict(_units(self.agencies))

    @cached_property
    def previous(self) -> dict[int, Filing]:
        """The last approved filing of each agency (its id) on the same form or a copy of it, of a period before this one."""
        rows = Filing.objects.filter(
            form__in=Form.objects.kin(self.version.form),
            agency__in=self.agencies,
            state=Filing.State.APPROVED,
            ends_on__lt=self.period.starts_on,
        ).select_related("version")
        latest = rows.order_by("agency_id", "-ends_on", "-pk").distinct("agency_id")
        return {filing.agency_id: filing for filing in latest}


Provider = Callable[[Asking], Found]
PROVIDERS: list[Provider] = []


def provider(known: Provider) -> Provider:
    """Ask this function too; what those before it know stands."""
    PROVIDERS.append(known)
    return known


def known_before(asking: Asking) -> dict[int, Before]:
    """What is known of each agency's report, and what it said of the period before."""
    if not asking.agencies:
        return {}
    known: dict[int, dict[str, Known]] = {agency.pk: {} for agency in asking.agencies}
    for each in PROVIDERS:
        for agency, cells in each(asking).items():
            known[agency] = {**cells, **known[agency]}
    last = _last(asking)
    return {pk: Before(cells, last.get(pk, {})) for pk, cells in known.items()}


def _places(schema: Schema) -> Iterator[Place]:
    for table in schema.fields.values():
        for column in table.columns:
            measure, _colon, offset = column.about.partition(":")
            if column.formula or not offset:
                continue
            for row in table.rows:
                if row.about:
                    path = f"{table.key}.{row.key}.{column.key}"
                    yield Place(path, row.about, measure, int(offset), column.kind == "whole")


def _units(agencies: tuple[Agency, ...]) -> Iterator[tuple[int, int]]:
    for agency in agencies:
        if agency.body.key in TABLE["commune"] and agency.unit_id:
            yield agency.pk, agency.unit_id
        elif agency.body.key in TABLE["whole"] and agency.province_id:
            yield agency.pk, agency.province_id


def _value(number: Decimal | int, place: Place) -> Json:
    """As a filing keeps it."""
    return int(number) if place.whole else plain(Decimal(number))


# Last period's report


@provider
def of_last_report(asking: Asking) -> Found:
    """What was expected of last year is taken as done, what was planned for the next is this year's plan; of the same
    year the plan stays.
    """
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    places: dict[int, dict[tuple[str, str, int], str]] = {}
    for agency, filing in asking.previous.items():
        known = places.setdefault(filing.version_id, {each[1:4]: each.path for each in _places(filing.version.read)})
        source = BEFORE.format(period=filing.period)
        apart = asking.year - filing.ends_on.year
        for place in asking.places:
            for measure in ("estimate", "actual") if place.measure == "actual" else (place.measure,):
                at = known.get((place.row, measure, place.offset + apart))
                if at and place.measure in ("actual", "plan") and (value := filing.values.get(at)) is not None:
                    found[agency].setdefault(place.path, Known(value, source))
    return found


def _last(asking: Asking) -> dict[int, dict[str, Json]]:
    """Values of the period before at the same places: figures to see jumps from, texts to stand beside."""
    schema = asking.version.read
    kept = {
        path for path in paths(schema, {}) if (field := schema.field_at(path)) and field.kind not in ("table", "file")
    }
    return {
        agency: {path: value for path, value in filing.values.items() if path in kept}
        for agency, filing in asking.previous.items()
    }


# Figures that were said, the registry, the plan


@provider
def of_indicators(asking: Asking) -> Found:
    """Figures of indicators that were released for an agency's unit: of the years that its columns are of."""
    spans = {}
    for place in asking.places:
        part = "half" if place.measure == "half" else "year"
        if place.measure in ("actual", "estimate", "half"):
            spans[place] = period_of(asking.year + place.offset, part)
    if not spans or not asking.units:
        return {}
    rows = values_visible(asking.viewer).filter(
        released=True,
        indicator__code__in={place.row for place in spans},
        unit__in=set(asking.units.values()),
        period__in=list(dict.fromkeys(spans.values())),
    )
    said = {(row.unit_id, row.indicator.code, row.period): row for row in rows.select_related("indicator")}
    return {
        agency: {
            place.path: Known(_value(row.figure, place), SAID.format(source=row.source))
            for place, span in spans.items()
            if (row := said.get((unit, place.row, span)))
        }
        for agency, unit in asking.units.items()
    }


@provider
def of_registry(asking: Asking) -> Found:
    """What the registry counts, of the last day of a column's time or today."""
    lines = {line["about"]: line for line in TABLE["registry"]}
    spans = {place: span for place in asking.places if place.row in lines and (span := _span(place, asking))}
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    counted = stands(set(asking.units.values()), set(spans.values()))
    for agency, unit in asking.units.items():
        for place, span in spans.items():
            line = lines[place.row]
            count = getattr(counted[unit, span].get(line["kind"], NOTHING), line["what"])
            value = _value(round(Decimal(count) / line.get("divided", 1)), place)
            found[agency][place.path] = Known(value, REGISTRY.format(day=span.ends))
    return found


def _span(place: Place, asking: Asking) -> Span | None:
    """The days that a column is of; none of those that lie ahead or that nobody could have counted."""
    year = asking.year + place.offset
    ends = {
        "actual": date(year, 12, 31),
        "half": date(year, 6, 30),
        "estimate": asking.day,
        "period": asking.day,
        "total": asking.day,
    }.get(place.measure)
    if ends is None or ends > asking.today:
        return None
    starts = asking.period.starts_on if place.measure == "period" else date(ends.year, 1, 1)
    return Span(starts, ends) if starts <= ends else None


@provider
def of_tasks(asking: Asking) -> Found:
    """The tasks of the plan, or of all plans that whoever asks keeps, that are due in the period, as each agency holds them."""
    places = {place: place.row.removeprefix(WORK) for place in asking.places if place.row.startswith(WORK)}
    if not places:
        return {}
    kept = Plan.objects.filter(owner__in=[asking.owner], state=Plan.State.ISSUED)
    plans = [asking.plan.pk] if asking.plan else list(kept.values_list("pk", flat=True))
    counts = counts_of_holders(
        plans,
        [agency.pk for agency in asking.agencies],
        first=asking.period.starts_on,
        last=asking.period.ends_on,
        clock=Clock.of(asking.today),
    )
    source = TASKS.format(day=asking.today)
    return {
        agency: {place.path: Known(_value(row[Measure(what)], place), source) for place, what in places.items()}
        for agency, row in counts.items()
    }
