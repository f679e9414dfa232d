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
from typing import Any

from hopluc.accounts.models import User
from hopluc.forms.models import Filing, Form, FormVersion
from hopluc.forms.schema.checking import paths
from hopluc.forms.schema.definition import Schema
from hopluc.forms.schema.values import plain
from hopluc.forms.services import Before, Known, Period
from hopluc.indicators.periods import period_of
from hopluc.indicators.selectors import values_visible
from hopluc.plans.models import Plan
from hopluc.plans.working.overview import Measure as Count
from hopluc.plans.working.overview import counts_of_holders
from hopluc.plans.working.states import Clock
from hopluc.registry.standing import NOTHING, Span, stands
from hopluc.reports.compiling.shape import Measure, Shape, Slot
from hopluc.units.models import Agency

Json = Any
Found = Mapping[int, Mapping[str, Known]]  # by id of the agency, then by path
TABLE: Json = tomllib.loads((files("hopluc.reports") / "data/known.toml").read_text(encoding="utf-8"))
WORK = "work:"  # rows that count tasks
REGISTRY = "Cơ sở dữ liệu hợp tác xã, tính đến {day:%d/%m/%Y}"
BEFORE = "Báo cáo kỳ {period} đã duyệt"
SAID = "Chỉ tiêu đã công bố: {source}"
CARRIED = {
    Measure.ACTUAL: (Measure.ESTIMATE, Measure.ACTUAL),
    Measure.PLAN: (Measure.PLAN,),
}  # from last period's report
TASKS = "Nhiệm vụ đến hạn trong kỳ, tính đến {day:%d/%m/%Y}"


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
    def places(self) -> tuple[Slot, ...]:
        return _places(self.version.read, self.year)

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


def _places(schema: Schema, year: int) -> tuple[Slot, ...]:
    """The cells of a form for a year that say what they are of."""
    slots = Shape(schema, year).slots.values()
    return tuple(slot for slot in slots if slot.about and slot.measure != Measure.NONE and not slot.worked_out)


def _units(agencies: tuple[Agency, ...]) -> Iterator[tuple[int, int]]:
    for agency in agencies:
        if agency.body.key in TABLE["commune"] and agency.unit_id:
            yield agency.pk, agency.unit_id
        elif agency.body.key in TABLE["whole"] and agency.province_id:
            yield agency.pk, agency.province_id


def _value(number: Decimal | int, place: Slot) -> Json:
    """As a filing keeps it."""
    return int(number) if place.column.kind == "whole" else plain(Decimal(number))


# Last period's report


@provider
def of_last_report(asking: Asking) -> Found:
    """What was expected of last year is taken as done, what was planned for the next is this year's plan; of the same
    year the plan stays.
    """
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    shapes: dict[tuple[int, int], Shape] = {}
    for agency, filing in asking.previous.items():
        year = filing.ends_on.year
        then = shapes.get((filing.version_id, year))
        if then is None:
            then = shapes[filing.version_id, year] = Shape(filing.version.read, year)
        source = BEFORE.format(period=filing.period)
        for place in asking.places:
            for measure in CARRIED.get(place.measure, ()):
                at = then.slot(place.about, measure, place.year)
                if at and not at.worked_out and (value := filing.values.get(at.path)) is not None:
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
        part = "half" if place.measure == Measure.HALF else "year"
        if place.measure in (Measure.ACTUAL, Measure.ESTIMATE, Measure.HALF):
            spans[place.path] = period_of(place.year, part)
    if not spans or not asking.units:
        return {}
    rows = values_visible(asking.viewer).filter(
        released=True,
        indicator__code__in={place.about for place in asking.places if place.path in spans},
        unit__in=set(asking.units.values()),
        period__in=list(dict.fromkeys(spans.values())),
    )
    said = {(row.unit_id, row.indicator.code, row.period): row for row in rows.select_related("indicator")}
    return {
        agency: {
            place.path: Known(_value(row.figure, place), SAID.format(source=row.source))
            for place in asking.places
            if place.path in spans and (row := said.get((unit, place.about, spans[place.path])))
        }
        for agency, unit in asking.units.items()
    }


@provider
def of_registry(asking: Asking) -> Found:
    """What the registry counts, of the last day of a column's time or today."""
    lines = {line["about"]: line for line in TABLE["registry"]}
    spans = [(place, span) for place in asking.places if place.about in lines and (span := _span(place, asking))]
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    counted = stands(set(asking.units.values()), {span for _place, span in spans})
    for agency, unit in asking.units.items():
        for place, span in spans:
            line = lines[place.about]
            count = getattr(counted[unit, span].get(line["kind"], NOTHING), line["what"])
            value = _value(round(Decimal(count) / line.get("divided", 1)), place)
            found[agency][place.path] = Known(value, REGISTRY.format(day=span.ends))
    return found


def _span(place: Slot, asking: Asking) -> Span | None:
    """The days that a column is of; none of those that lie ahead or that nobody could have counted."""
    ends = {
        Measure.ACTUAL: date(place.year, 12, 31),
        Measure.HALF: date(place.year, 6, 30),
        Measure.ESTIMATE: asking.day,
        Measure.PERIOD: asking.day,
        Measure.TOTAL: asking.day,
    }.get(place.measure)
    if ends is None or ends > asking.today:
        return None
    starts = asking.period.starts_on if place.measure == Measure.PERIOD else date(ends.year, 1, 1)
    return Span(starts, ends) if starts <= ends else None


@provider
def of_tasks(asking: Asking) -> Found:
    """The tasks of the plan, or of all plans that whoever asks keeps, that are due in the period, as each agency holds them."""
    places = [(place, place.about.removeprefix(WORK)) for place in asking.places if place.about.startswith(WORK)]
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
        agency: {place.path: Known(_value(row[Count(what)], place), source) for place, what in places}
        for agency, row in counts.items()
    }
