"""Groups of agencies that people put together themselves: tasks can be given to them like to any body.

Whose groups somebody may change, whoever calls these functions has asked before: this floor knows no people.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from psycopg.types.range import DateRange

from hopluc.units.models import Agency, Body, GroupMember, OwnGroup

PREFIX = "g:own-"  # of the key by which a group of one's own is a body


def groups_of(owners: Iterable[int]) -> QuerySet[OwnGroup]:
    """The groups that some agencies keep, with their members, by name."""
    members = GroupMember.objects.select_related("agency").order_by("agency__sort_key", "validity")
    kept = OwnGroup.objects.filter(owner__in=owners).select_related("body", "owner")
    return kept.prefetch_related(Prefetch("members", members)).order_by("body__sort_key", "pk")


@transaction.atomic
def group_create(*, name: str, owner: Agency) -> OwnGroup:
    """A group without members yet."""
    body = Body.objects.create(key=f"{PREFIX}{uuid4().hex}", name=_name(name))
    body.key = f"{PREFIX}{body.pk}"
    body.save(update_fields=["key"])
    return OwnGroup.objects.create(body=body, owner=owner)


@transaction.atomic
def group_rename(*, group: OwnGroup, name: str) -> None:
    group.body.name = _name(name)
    group.body.save()


@transaction.atomic
def member_add(*, group: OwnGroup, agency: Agency, starts_on: date, ends_on: date | None = None) -> GroupMember:
    """From a day to a last day. Raises ValidationError where the agency is a member then already, or not in force."""
    OwnGroup.objects.select_for_update().get(pk=group.pk)
    if ends_on and ends_on < starts_on:
        raise ValidationError(_("The last day comes before the first."))
    validity = DateRange(starts_on, ends_on + timedelta(days=1) if ends_on else None)
    if not Agency.objects.filter(pk=agency.pk, validity__contains=starts_on).exists():
        raise ValidationError(_("%(agency)s is not in force on that day."), params={"agency": agency.name})
    if group.members.filter(agency=agency, validity__overlap=validity).exists():
        raise ValidationError(_("%(agency)s is in the group then already."), params={"agency": agency.name})
    return GroupMember.objects.create(group=group, agency=agency, validity=validity)


@transaction.atomic
def member_end(*, member: GroupMember, last_day: date) -> None:
    """Out of the group after a day; one that never was in it by then is taken away."""
    locked = GroupMember.objects.select_for_update().get(pk=member.pk)
    if last_day < locked.validity.lower:
        locked.delete()
        return
    locked.validity = DateRange(locked.validity.lower, last_day + timedelta(days=1))
    locked.save(update_fields=["validity"])


def _name(typed: str) -> str:
    name = " ".join(typed.split())
    if not name:
        raise ValidationError(_("A group needs a name."))
    return name
