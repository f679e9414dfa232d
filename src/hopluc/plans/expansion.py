"""Which agencies the bodies of a plan are: of a place, on a day; what the coordinator sees before issuing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from django.db.models import Max, QuerySet
from django.db.models.expressions import RawSQL
from django.utils.timezone import localdate

from hopluc.documents.models import Document, Version
from hopluc.plans.models import Assignment, Plan
from hopluc.plans.selectors import one_part_each
from hopluc.units.instances import AgencyRow
from hopluc.units.meaning import agencies_meant
from hopluc.units.models import Agency, Body, Unit
from hopluc.units.needed import agencies_lacking
from hopluc.units.selectors import provinces_called, provinces_in_force

NOWHERE = "none"  # for a unit: the plan is the whole country's
NAMED = """
SELECT jsonb_array_elements_text(given.leads::jsonb || given.helpers::jsonb) FROM (
    SELECT i.value->>'lead' AS leads, i.value->>'coordinate' AS helpers
    FROM documents_item i WHERE i.version_id = %s AND i.state = 'accepted' AND i.kind = 'task' GROUP BY 1, 2
) given
"""  # thousands of tasks are given to the same few; as text these are told apart in half the time


class Since(StrEnum):
    """Why this day: the document's own date, that of the newest document that it cites, today, that of the edition before,
    or somebody said so.
    """

    DATED, CITED, TODAY, KEPT, SAID = "dated", "cited", "today", "kept", "said"


class Whence(StrEnum):
    """Why this place: the document names it, its owner's; `unknown`: it names one that was none that day."""

    NAMED, OWNER, UNKNOWN, AMBIGUOUS, KEPT, SAID = "named", "owner", "unknown", "ambiguous", "kept", "said"


@dataclass(frozen=True, slots=True)
class Setting:
    """Of which place and day the agencies are, and whom the coordinator chose for the bodies that name nobody."""

    unit: Unit | None
    day: date
    chosen: Mapping[str, frozenset[int]] = field(default_factory=dict)  # by key; a key that is missing: as proposed
    whence: Whence = Whence.SAID
    since: Since = Since.SAID
    provinces: tuple[Unit, ...] = ()  # of that day, to choose from
    before: Plan | None = None  # the edition in force


@dataclass(frozen=True, slots=True)
class Line:
    """A body of the plan with the agencies that it means."""

    body: Body
    agencies: tuple[Agency, ...]
    made: tuple[AgencyRow, ...] = ()  # that nobody has named before: made when the plan is issued
    asks: bool = False  # somebody has to choose
    note: str = ""

    @property
    def count(self) -> int:
        return len(self.agencies) + len(self.made)

    @property
    def names(self) -> list[str]:
        return [*(agency.name for agency in self.agencies), *(row.name for row in self.made)]


def setting_of(document: Document, version: Version, *, day: date | None = None, unit: str = "") -> Setting:
    """What the document itself says, or somebody says instead; what was said of the edition before it is kept.

    `unit` is the id of a place, `none` for the whole country; one that was not in force that day gives way.
    """
    before = document.plans.select_related("unit").order_by("-edition").first()
    of_document, since = (day, Since.SAID) if day else _day(document, version, before)
    provinces = tuple(provinces_in_force(of_document))
    place, whence = place_of(document, provinces, of_document)
    if before and since == Since.KEPT:
        place, whence = before.unit, Whence.KEPT
    said = {str(each.pk): each for each in (*provinces, *filter(None, [place]))}
    if unit in said or unit == NOWHERE:
        whence = whence if place and unit == str(place.pk) else Whence.SAID
        place = said.get(unit)
    return Setting(place, of_document, _chosen(before) if before else {}, whence, since, provinces, before)


def _day(document: Document, version: Version, before: Plan | None) -> tuple[date, Since]:
    """A document without a date is no older than the newest that it cites."""
    today = localdate()
    if before and before.as_of and before.dated_on == document.issued_on:
        return before.as_of, Since.KEPT
    if document.issued_on:
        return document.issued_on, Since.DATED
    newest = version.references.filter(date__lte=today).aggregate(newest=Max("date"))["newest"]
    return (newest, Since.CITED) if newest else (today, Since.TODAY)


def place_of(document: Document, provinces: Iterable[Unit], day: date) -> tuple[Unit | None, Whence]:
    """The province that the header names, as of that day, or the commune of its owner in it; else the owner's."""
    own = document.owner.unit
    if not document.province.strip():
        return _own(own, provinces, day), Whence.OWNER
    found = provinces_called(document.province, among=provinces)
    if len(found) != 1:
        return _own(own, provinces, day), Whence.AMBIGUOUS if found else Whence.UNKNOWN
    if own and own.pk != found[0].pk and document.owner.province_id == found[0].pk:
        return own, Whence.OWNER
    return found[0], Whence.NAMED


def _own(own: Unit | None, provinces: Iterable[Unit], day: date) -> Unit | None:
    """The owner's unit, or the one of its name that day."""
    if own is None or day in own.validity:
        return own
    same = provinces_called(own.name, among=provinces) if own.tier == "province" else []
    return same[0] if len(same) == 1 else own


def _chosen(before: Plan) -> dict[str, frozenset[int]]:
    """Whom an edition meant by its bodies."""
    given = one_part_each([before.pk], Assignment.Role.values)
    found: dict[str, set[int]] = defaultdict(set)
    for key, agency in given.values_list("body__key", "assignees__agency"):
        found[key] |= {agency} if agency else set()
    return {key: frozenset(agencies) for key, agencies in found.items()}


def bodies_of_plan(plan: Plan) -> QuerySet[Body]:
    return Body.objects.filter(assignments__plan=plan).distinct().order_by()


def bodies_named(version: Version) -> QuerySet[Body]:
    """The bodies to which accepted tasks are given; in Vietnamese order."""
    return Body.objects.filter(key__in=RawSQL(NAMED, [version.pk]))  # noqa: S611  the id is a parameter


def lines(bodies: Iterable[Body], setting: Setting) -> list[Line]:
    """Each body with the agencies that it means."""
    by_key = {body.key: body for body in bodies}
    meant = agencies_meant({key: body.name for key, body in by_key.items()}, unit=setting.unit, on=setting.day)
    unmet = [key for key, one in meant.items() if not one.agencies]
    lacking = agencies_lacking(unmet, unit=setting.unit, on=setting.day) if unmet else {}
    found = [
        Line(body, meant[key].agencies, tuple(lacking.get(key, ())), meant[key].chosen, meant[key].note)
        for key, body in by_key.items()
    ]
    return _as_chosen(found, setting)


def _as_chosen(found: list[Line], setting: Setting) -> list[Line]:
    """A group is proposed with all that it may be; of a kind with many agencies nobody is, until somebody chooses."""
    wanted = {line.body.key: setting.chosen.get(line.body.key) for line in found if line.asks}
    ids = {pk for chosen in wanted.values() if chosen for pk in chosen}
    known = Agency.objects.on(setting.day).select_related("body").in_bulk(ids) if ids else {}

    def agencies(line: Line) -> tuple[Agency, ...]:
        chosen = wanted.get(line.body.key)
        if chosen is None:
            return line.agencies if line.body.is_group or not line.asks else ()
        return tuple(sorted((known[pk] for pk in chosen if pk in known), key=lambda agency: agency.sort_key))

    return [replace(line, agencies=agencies(line)) for line in found]
