"""Groups of agencies that people put together themselves; those of documents are rules in `data/groups.toml`."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models

from hopluc.units.models.agencies import Agency
from hopluc.units.models.bodies import Body
from hopluc.units.models.columns import never_twice


@pghistory.track()
class OwnGroup(models.Model):
    """A group of one's own (nhóm cơ quan tự lập), to which tasks can be given like to any body."""

    body = models.OneToOneField(Body, on_delete=models.PROTECT, related_name="own_group")
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="own_groups")

    def __str__(self) -> str:
        return self.body.name


@pghistory.track()
class GroupMember(models.Model):
    """An agency in a group of one's own, for a time."""

    group = models.ForeignKey(OwnGroup, on_delete=models.CASCADE, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="group_members")
    validity = DateRangeField()

    class Meta:
        constraints = [never_twice("group_id", "agency_id", name="units_group_member_once_at_a_time")]

    def __str__(self) -> str:
        return str(self.agency)
