"""Steering committees: founded, changed and ended by their standing agency; who sits on them today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Count, Q, QuerySet, When
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from hopluc.accounts.models import Post, User
from hopluc.accounts.rights import agencies, realm
from hopluc.core.folding import fold
from hopluc.core.history import acting
from hopluc.documents.errors import NotYours
from hopluc.plans.models import Committee, CommitteeMember, Plan
from hopluc.units.holders import Holding, Paths
from hopluc.units.models import Agency, Body, Unit
from hopluc.units.services import TYPED, body_named

STEERING = "bcd-kttt-tinh"  # how plans name the committee of a province, in whatever words its own name has
COMMITTEE = "bcd-"  # how the keys of committees begin
DUTIES = list(CommitteeMember.Duty.values)
ONE_DAY = timedelta(days=1)


def committees_visible(viewer: User) -> QuerySet[Committee]:
    """Those of the viewer's provinces, those that the viewer's agencies serve, and those on which they sit."""
    own = realm(viewer, "see")
    seated = CommitteeMember.objects.filter(agency__in=own.below).values("committee")
    near = Q(unit__in=own.provinces) | Q(standing__in=own.agencies) | Q(pk__in=seated)
    return Committee.objects.filter(near).select_related("unit", "standing", "body", "document")


def committees_listed(viewer: User, *, today: date) -> QuerySet[Committee]:
    """In force first, with the number of their seats of today."""
    ended = Case(When(validity__endswith__lte=today, then=True), default=False)
    seats = Count("members", filter=Q(members__validity__contains=today))
    return committees_visible(viewer).annotate(ended=ended, seats=seats).order_by("ended", "sort_key", "pk")


def committee_meant(bodies: Iterable[Body], plan: Plan, *, viewer: User, on: date) -> Committee | None:
    """The committee to which a task of these bodies is given, where one is: that of the plan's place on a day, or of what the place became."""
    keys = [body.key for body in bodies if body.key.startswith(COMMITTEE)]
    if not keys or plan.unit_id is None:
        return None
    here = Q(unit=plan.unit_id) | Q(unit__predecessors__source=plan.unit_id)
    found = committees_visible(viewer).filter(here, body__key__in=keys, validity__contains=on)
    return found.order_by("-validity__startswith").first()


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat with the agency that holds its post today and, where somebody holds a post of that title there, who."""

    seat: CommitteeMember
    holdings: tuple[Holding, ...]
    people: tuple[str, ...] = ()

    @property
    def moved(self) -> list[Agency]:
        """Today's agencies where they are others than the one named."""
        found = [one.agency for one in self.holdings if one.agency]
        return [agency for agency in found if agency.pk != self.seat.agency_id]

    @property
    def vacant(self) -> bool:
        return not any(one.agency for one in self.holdings)


def seats_of(committee: Committee, *, viewer: User, on: date) -> list[Seat]:
    """All seats, past and present, heads first; people only for those who may know them."""
    members = list(committee.members.select_related("agency__body"))
    members.sort(key=lambda seat: (DUTIES.index(seat.duty), seat.position, seat.pk))
    paths = Paths({seat.agency_id for seat in members}, on=on)
    holdings = {seat.pk: tuple(paths.of(seat.agency_id)) for seat in members}
    today = {one.agency.pk for each in holdings.values() for one in each if one.agency}
    people = _people(today, viewer, on)
    return [Seat(seat, holdings[seat.pk], _seated(seat, holdings[seat.pk], people, on)) for seat in members]


def _people(of: Iterable[int], viewer: User, on: date) -> dict[tuple[int, str], list[str]]:
    """Names by agency and title of the post, small and without marks."""
    own = realm(viewer, "meet people")
    posts = Post.objects.held(on=on).filter(agency__in=of, user__is_active=True).exclude(title="")
    if not own.everywhere:
        posts = posts.filter(Q(agency__province__in=own.provinces) | Q(agency__in=own.agencies))
    found: dict[tuple[int, str], list[str]] = defaultdict(list)
    for post in posts.select_related("user").order_by("pk"):
        found[post.agency_id, fold(post.title)].append(str(post.user))
    return found


def _seated(
    seat: CommitteeMember, holdings: Iterable[Holding], people: dict[tuple[int, str], list[str]], on: date
) -> tuple[str, ...]:
    if on not in seat.validity:
        return ()
    return tuple(name for one in holdings if one.agency for name in people.get((one.agency.pk, fold(seat.title)), ()))


@dataclass(frozen=True, slots=True)
class Past:
    """An event of the history of a committee or of a seat."""

    at: Any
    words: str
    by: str


def committee_history(committee: Committee) -> list[Past]:
    """Newest first."""
    seats = list(
        apps.get_model("plans", "CommitteeMemberEvent")
        .objects.filter(committee_id=committee.pk)
        .select_related("pgh_context")
    )
    own = list(
        apps.get_model("plans", "CommitteeEvent").objects.filter(pgh_obj_id=committee.pk).select_related("pgh_context")
    )
    names = {user.pk: str(user) for user in User.objects.filter(pk__in={_actor(event) for event in (*seats, *own)})}
    said = {"insert": _("The committee was entered."), "update": _("The committee was changed.")}
    seat = {
        "insert": _("Seat entered: %(title)s."),
        "update": _("Seat changed: %(title)s."),
        "delete": _("Seat taken away: %(title)s."),
    }
    found = [
        Past(event.pgh_created_at, str(said[event.pgh_label]), names.get(_actor(event), ""))
        for event in own
        if event.pgh_label in said
    ]
    found += [
        Past(event.pgh_created_at, str(seat[event.pgh_label]) % {"title": event.title}, names.get(_actor(event), ""))
        for event in seats
        if event.pgh_label in seat
    ]
    return sorted(found, key=lambda past: past.at, reverse=True)


def _actor(event: Any) -> int:
    return (event.pgh_context.metadata.get("user") if event.pgh_context else None) or 0


def committee_found(
    *,
    name: str,
    unit: Unit,
    standing: Agency,
    founded_by: str,
    founded_on: date,
    by: User,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Committee:
    """Enter a committee. Raises NotYours; ValidationError where its days are no days, or it is there already."""
    _check(standing, by)
    about = {"name": _squeezed(name), "founded_by": _squeezed(founded_by), "founded_on": founded_on}
    validity = _validity(starts_on or founded_on, ends_on)
    with transaction.atomic(), acting(by.pk, act="committee.founded"):
        body = _body(name, unit)
        _only_one(body, unit, validity)
        return Committee.objects.create(unit=unit, standing=standing, body_id=body, validity=validity, **about)


def committee_change(
    *,
    committee: Committee,
    name: str,
    standing: Agency,
    founded_by: str,
    founded_on: date,
    by: User,
    starts_on: date | None = None,
    **_kept: Any,
) -> None:
    """Correct what is said of it. Raises NotYours, ValidationError."""
    _check(committee.standing, by)
    _check(standing, by)
    with transaction.atomic(), acting(by.pk, act="committee.changed"):
        locked = Committee.objects.select_for_update().get(pk=committee.pk)
        locked.name, locked.standing = _squeezed(name), standing
        locked.founded_by, locked.founded_on = _squeezed(founded_by), founded_on
        locked.validity = _within(starts_on or founded_on, locked.validity.upper)
        _only_one(locked.body_id, locked.unit, locked.validity, but=locked.pk)
        locked.save()


def committee_end(*, committee: Committee, last_day: date, by: User) -> None:
    """With its seats. Raises NotYours, ValidationError."""
    _check(committee.standing, by)
    with transaction.atomic(), acting(by.pk, act="committee.ended"):
        locked = Committee.objects.select_for_update().get(pk=committee.pk)
        locked.validity = _validity(locked.validity.lower, last_day)
        locked.save(update_fields=["validity"])
        end = last_day + ONE_DAY
        locked.members.filter(validity__startswith__gte=end).delete()
        for seat in locked.members.filter(Q(validity__endswith__gt=end) | Q(validity__upper_inf=True)):
            seat.validity = DateRange(seat.validity.lower, end)
            seat.save(update_fields=["validity"])


def seat_add(*, committee: Committee, by: User, **about: Any) -> CommitteeMember:
    """Raises NotYours, ValidationError."""
    _check(committee.standing, by)
    with transaction.atomic(), acting(by.pk, act="committee.seat.added"):
        locked = Committee.objects.select_for_update().get(pk=committee.pk)
        return CommitteeMember.objects.create(
            committee=locked, position=locked.members.count(), **_seat(locked, **about)
        )


def seat_change(*, seat: CommitteeMember, by: User, **about: Any) -> None:
    """Raises NotYours, ValidationError."""
    _check(seat.committee.standing, by)
    with transaction.atomic(), acting(by.pk, act="committee.seat.changed"):
        locked = CommitteeMember.objects.select_for_update(of=("self",)).select_related("committee").get(pk=seat.pk)
        for name, value in _seat(locked.committee, **about).items():
            setattr(locked, name, value)
        locked.save()


def _seat(
    committee: Committee,
    *,
    title: str,
    agency: Agency,
    duty: str,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> dict[str, Any]:
    validity = _validity(starts_on or committee.validity.lower, ends_on)
    whole = committee.validity
    if validity.lower < whole.lower or (whole.upper and (validity.upper is None or validity.upper > whole.upper)):
        if starts_on or ends_on or not whole.upper:
            raise ValidationError(_("A seat lies within the days of its committee."))
        validity = whole
    return {"title": _squeezed(title), "agency": agency, "duty": duty, "validity": validity}


def _body(name: str, unit: Unit) -> int:
    """As which body plans mean it: what its name says, without the place."""
    bare = _squeezed(name).removesuffix(unit.full_name).strip() or name
    of_province = fold(bare).startswith("ban chi dao") and "kinh te tap the" in fold(bare) and unit.tier == "province"
    key = STEERING if of_province else body_named(f"{TYPED}{bare}")
    return Body.objects.get(key=key).pk


def _only_one(body: int, unit: Unit, validity: DateRange, *, but: int = 0) -> None:
    same = Committee.objects.filter(body=body, unit=unit, validity__overlap=validity).exclude(pk=but).first()
    if same:
        raise ValidationError(_("“%(name)s” is in force then already. End it first."), params={"name": same.name})


def _validity(first: date, last: date | None) -> DateRange:
    return _within(first, last + ONE_DAY if last else None)


def _within(first: date, end: date | None) -> DateRange:
    if end and end <= first:
        raise ValidationError(_("The last day comes before the first."))
    return DateRange(first, end)


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _check(standing: Agency, by: User) -> None:
    if standing.pk not in agencies(by, "draft"):
        raise NotYours(agency=standing.name)
