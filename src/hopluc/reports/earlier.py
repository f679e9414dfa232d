"""What last year's signed report said of the figures that this year's names again, on today's territory."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from hopluc.forms.models import Form
from hopluc.forms.schema.reading import read_schema
from hopluc.reports.compiling.figures import Trait
from hopluc.reports.compiling.gate import Earlier, Key
from hopluc.reports.compiling.shape import WHAT_WAS_DONE, Measure, Shape
from hopluc.reports.models import Campaign, Snapshot
from hopluc.units.realm import realm_of

Json = Any


def earlier_of(campaign: Campaign, traits: Mapping[str, Trait]) -> dict[Key, Earlier]:
    """By indicator, measure (NONE: what was done) and year. Of a territory that was put together from several the reports are added."""
    reports = _reports(campaign)
    said: dict[Key, list[Fraction]] = defaultdict(list)
    for one in reports:
        for key, value in _figures(one.data):
            said[key].append(value)
    source = "; ".join(_("report of %(period)s") % {"period": each.report.campaign.period} for each in reports[:1])
    anchor = str(reports[0].pk) if reports else ""
    return {
        key: Earlier(sum(values, Fraction()), source, anchor)
        for key, values in said.items()
        if len(values) == len(reports) and (len(values) == 1 or _additive(key[0], traits))
    }


def _additive(code: str, traits: Mapping[str, Trait]) -> bool:
    return code in traits and traits[code].additive


def _reports(campaign: Campaign) -> list[Snapshot]:
    """The last edition that was signed of each report of the year before, by the agency or by those that it took over."""
    rows = Snapshot.objects.filter(
        report__campaign__owner__in=realm_of([campaign.owner]).agencies,
        report__campaign__version__form__in=Form.objects.kin(campaign.version.form),
        report__campaign__plan=campaign.plan_id,
        report__campaign__ends_on__year=campaign.year - 1,
    )
    latest = rows.select_related("report__campaign").order_by("report_id", "-edition").distinct("report_id")
    found: Sequence[Snapshot] = list(latest)
    months = (campaign.ends_on.month, campaign.starts_on.month)
    return [one for one in found if (one.report.campaign.ends_on.month, one.report.campaign.starts_on.month) == months]


def _figures(data: Json) -> Iterator[tuple[Key, Fraction]]:
    """What was done that year, and every plan: the year's own estimate is what the next report calls done."""
    shape = Shape(read_schema(data["schema"]), data["year"])
    done: set[tuple[str, int]] = set()
    for slot in sorted(shape.slots.values(), key=lambda one: _rank(one.measure)):
        value = data["figures"].get(slot.path)
        if not slot.about or value is None:
            continue
        if slot.measure == Measure.PLAN:
            yield (slot.about, Measure.PLAN, slot.year), Fraction(str(value))
        elif slot.measure in WHAT_WAS_DONE and (slot.about, slot.year) not in done:
            done.add((slot.about, slot.year))
            yield (slot.about, Measure.NONE, slot.year), Fraction(str(value))


def _rank(measure: Measure) -> int:
    return WHAT_WAS_DONE.index(measure) if measure in WHAT_WAS_DONE else len(WHAT_WAS_DONE)
