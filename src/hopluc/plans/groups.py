"""Groups of agencies of one's own, as far as somebody may change them; writes carry who did them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import QuerySet

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.documents.errors import NotYours
from hopluc.units import groups
from hopluc.units.models import Agency, GroupMember, OwnGroup


def groups_kept(viewer: User) -> QuerySet[OwnGroup]:
    """Those of the agencies for which the viewer drafts."""
    return groups.groups_of(agencies(viewer, "draft"))


def group_create(*, name: str, owner: Agency, by: User) -> OwnGroup:
    """Raises NotYours, ValidationError."""
    _check(owner, by)
    with transaction.atomic(), acting(by.pk, act="group.created"):
        return groups.group_create(name=name, owner=owner)


def group_rename(*, group: OwnGroup, name: str, by: User) -> None:
    """Raises NotYours, ValidationError."""
    _check(group.owner, by)
    with acting(by.pk, act="group.renamed"):
        groups.group_rename(group=group, name=name)


def member_add(*, group: OwnGroup, agency: Agency, starts_on: date, ends_on: date | None, by: User) -> GroupMember:
    """Raises NotYours, ValidationError."""
    _check(group.owner, by)
    with acting(by.pk, act="group.member.added"):
        return groups.member_add(group=group, agency=agency, starts_on=starts_on, ends_on=ends_on)


def member_end(*, member: GroupMember, last_day: date, by: User) -> None:
    """Raises NotYours."""
    _check(member.group.owner, by)
    with acting(by.pk, act="group.member.ended"):
        groups.member_end(member=member, last_day=last_day)


def _check(owner: Agency, by: User) -> None:
    if owner.pk not in agencies(by, "draft"):
        raise NotYours(agency=owner.name)
