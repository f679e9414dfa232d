"""Bodies and agencies, kept in step with what vanban knows; and what a province enters of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.timezone import localdate
from psycopg.types.range import DateRange

from hopluc.core.errors import Problem
from hopluc.core.folding import fold, words
from hopluc.units.errors import AlreadyThere, Circle, Gap, NotInForce, OtherDays, SuccessorNotInForce
from hopluc.units.events import agencies_changed
from hopluc.units.frozen import UnitRow
from hopluc.units.models import Agency, Body, Succession, Unit
from hopluc.units.provinces import provinces_on
from vanban.bodies import mentions
from vanban.names import listed

BEGINNING = date(2008, 8, 1)  # of what is known of places and agencies
COMMITTEES = ("ubnd-tinh", "ubnd-huyen", "ubnd-xa")  # what stands above the other agencies of a unit
TYPED = "new:"  # before a name that is not in the list


@transaction.atomic
def bodies_load() -> int:
    """Bring the kinds of body up to vanban's list; gives how many there are. Twice does no harm, and little work."""
    there = {key: about for key, *about in Body.objects.filter(listed=True).values_list("key", "name", "aliases")}
    wanted = {key: [name, "\n".join(aliases)] for key, name, aliases in listed()}
    Body.objects.bulk_create(
        [
            Body(key=key, name=about[0], aliases=about[1], listed=True)
            for key, about in wanted.items()
            if there.get(key) != about
        ],
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "aliases", "listed", "sort_key"],
    )
    return len(wanted)


def bodies_ensure(names: Mapping[str, str]) -> None:
    """Keep bodies that a document names and that no list has."""
    Body.objects.bulk_create([Body(key=key, name=name) for key, name in names.items()], ignore_conflicts=True)


def body_named(chosen: str) -> str:
    """The key of a body that somebody chose, or typed the name of: a new name is kept as a body that no list has."""
    if not chosen.startswith(TYPED):
        return chosen
    name = " ".join(chosen.removeprefix(TYPED).split())
    found = mentions(name)
    whole = len(found) == 1 and found[0].span == (0, len(name))
    key = found[0].key if whole else "-".join(words(fold(name)))[:200]
    bodies_ensure({key: name})
    return key


def unit_ensure(row: UnitRow) -> Unit:
    """A province that ships with the program, where the units were not loaded yet."""
    about = {"tier": row.tier, "code": row.code, "kind": row.kind, "name": row.name}
    validity = DateRange(row.start, row.end)
    return Unit.objects.get_or_create(key=row.key, defaults={**about, "validity": validity})[0]


def agency_ensure(*, key: str, province: str = "", on: date | None = None) -> Agency:
    """The agency of this kind in this province on a day (today), made where it is missing: `Sở Tài chính tỉnh Thái Nguyên`.

    Raises KeyError for a province that was not in force then.
    """
    day = on or localdate()
    body = Body.objects.get(key=key)
    place = {row.full_name: row for row in provinces_on(day)}[province] if province else None
    unit = unit_ensure(place) if place else None
    if found := Agency.objects.on(day).filter(body=body, unit=unit).first():
        return found
    return Agency.objects.create(
        key=f"{key}/{unit.key if unit else ''}",
        body=body,
        unit=unit,
        province=unit,
        name=agency_name(body.name, place),
        validity=unit.validity if unit else DateRange(BEGINNING, None),
    )


def agency_name(body: str, place: UnitRow | None) -> str:
    return f"{body.removesuffix(' tỉnh')} {place.full_name}" if place else body


@transaction.atomic
def agency_add(*, unit: Unit, body: str, name: str, on: date) -> Agency:
    """An agency that a unit has from a day, which the shipped data do not know. Raises AlreadyThere, NotInForce."""
    kind = Body.objects.get(key=body)
    about = {"unit": unit.full_name, "agency": name, "day": _shown(on)}
    if on not in unit.validity:
        raise NotInForce(agency=unit.full_name, day=_shown(on))
    key = f"{body}/{unit.key}"
    if Agency.objects.filter(key=key).exists():
        key = f"{key}/{on.isoformat()}"
    committee = Agency.objects.on(on).filter(unit=unit, body__key__in=COMMITTEES).first()
    with refused(AlreadyThere(**about)):
        return Agency.objects.create(
            key=key,
            body=kind,
            unit=unit,
            province=_province(unit),
            parent=committee,
            name=name,
            validity=DateRange(on, unit.validity.upper),
            own=True,
        )


@transaction.atomic
def agency_end(*, agency: Agency, last: date) -> None:
    """Let an agency end with a day. Raises NotInForce, and OtherDays where its successions say otherwise."""
    agency = Agency.objects.select_for_update().get(pk=agency.pk)
    if last not in agency.validity:
        raise NotInForce(agency=agency.name, day=_shown(last))
    _end(agency, last + timedelta(days=1))
    agencies_changed.send(Agency, agencies=[agency.pk])


def _end(agency: Agency, on: date) -> None:
    """Its first day without it; an agency with successors of that day may end then, no other."""
    agency.validity = DateRange(agency.validity.lower, on)
    agency.own = True
    link = agency.successors.select_related("target").exclude(on=on).order_by("-on").first()
    target, day = (link.target.name, link.on) if link else (agency.name, on)
    with refused(OtherDays(agency=agency.name, target=target, day=_shown(day))):
        agency.save(update_fields=["validity", "own"])


@transaction.atomic
def succession_add(*, source: Agency, target: Agency, on: date, basis: str, field: str = "") -> Succession:
    """Let an agency take over the work of another from a day: all of it, which ends the other, or one field.

    Raises NotInForce, SuccessorNotInForce, Gap, Circle.
    """
    source = Agency.objects.select_for_update().get(pk=source.pk)
    if on - timedelta(days=1) not in source.validity:
        raise NotInForce(agency=source.name, day=_shown(on - timedelta(days=1)))
    if not field and source.validity.upper != on:
        _end(source, on)
    link = _linked(source, target, on, field, basis)
    agencies_changed.send(Agency, agencies=[source.pk, target.pk])
    return link


def _linked(source: Agency, target: Agency, on: date, field: str, basis: str) -> Succession:
    about = {"source": source.name, "target": target.name, "day": _shown(on)}
    if source.pk == target.pk:
        raise Circle(**about)
    if on not in target.validity:
        raise SuccessorNotInForce(**about)
    gap = source.validity.upper != on and not field
    with refused(Gap(**about) if gap else Circle(**about)):
        return Succession.objects.update_or_create(
            source=source, target=target, field=field, defaults={"on": on, "basis": basis, "own": True}
        )[0]


@transaction.atomic
def succession_move(*, source: Agency, on: date, to: date, basis: str = "") -> None:
    """Let all that an agency handed over on one day have gone over on another. Successors that began on that day begin
    with the first that came to them. Raises SuccessorNotInForce, NotInForce, Gap, Circle, OtherDays.
    """
    source = Agency.objects.select_for_update().get(pk=source.pk)
    links = list(source.successors.filter(on=on).select_related("target").select_for_update(of=("self",)))
    if to <= source.validity.lower:
        raise NotInForce(agency=source.name, day=_shown(to - timedelta(days=1)))
    Succession.objects.filter(pk__in=[link.pk for link in links]).delete()
    if source.validity.upper == on:
        _end(source, to)
    for link in links:
        target = _begun(link.target, on, to)
        _linked(source, target, to, link.field, basis or link.basis)
    agencies_changed.send(Agency, agencies=[source.pk, *(link.target_id for link in links)])


def _begun(target: Agency, on: date, to: date) -> Agency:
    """A successor that began on the old day begins with the first whose work comes to it."""
    if target.validity.lower != on:
        return target
    others = target.predecessors.order_by("on").values_list("on", flat=True).first()
    first = min(filter(None, (to, others)))
    target.validity = DateRange(first, target.validity.upper)
    target.own = True
    with refused(AlreadyThere(unit=target.unit or target.name, agency=target.name, day=_shown(first))):
        target.save(update_fields=["validity", "own"])
    return target


@contextmanager
def refused(problem: Problem) -> Iterator[None]:
    """What the database refuses, in words; the rest of the transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise problem from error


def _province(unit: Unit) -> Unit:
    return _province(unit.parent) if unit.parent else unit


def _shown(day: date) -> str:
    return date_format(day)
