"""Steering committees and their seats, each through time."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.fields import SortKeyField
from hopluc.documents.models import Document
from hopluc.units.models import Agency, Body, Unit
from hopluc.units.models.columns import never_twice, somewhen


@pghistory.track(exclude=["sort_key"])
class Committee(models.Model):
    """A steering committee (ban chỉ đạo): agencies that steer a work together, with one that serves it."""

    name = models.TextField()
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="committees")  # as plans name it
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="committees")
    standing = models.ForeignKey(  # cơ quan thường trực
        Agency, on_delete=models.PROTECT, related_name="committees_served"
    )
    document = models.ForeignKey(  # that founds it, where we have it
        Document, null=True, blank=True, on_delete=models.PROTECT, related_name="committees_founded"
    )
    founded_by = models.CharField(max_length=200)  # the founding document as people cite it
    founded_on = models.DateField()  # its date
    validity = DateRangeField()  # [first day, day after the last)
    sort_key = SortKeyField(of="name")

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            never_twice("body_id", "unit_id", name="plans_committee_one_of_a_kind"),
            models.CheckConstraint(condition=somewhen("validity"), name="plans_committee_in_force_somewhen"),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class CommitteeMember(models.Model):
    """A seat on a committee, held by whoever holds a post: `Phó Chủ tịch UBND tỉnh`."""

    class Duty(models.TextChoices):
        HEAD = "head", _("head of the committee")
        DEPUTY = "deputy", _("deputy head of the committee")
        MEMBER = "member", _("member of the committee")
        SECRETARY = "secretary", _("secretary of the committee")

    committee = models.ForeignKey(Committee, on_delete=models.CASCADE, related_name="members")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="committee_seats")
    title = models.CharField(max_length=200)  # of the post
    duty = models.CharField(max_length=10, choices=Duty.choices, default=Duty.MEMBER)
    position = models.PositiveIntegerField(default=0)
    validity = DateRangeField()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duty__in=["head", "deputy", "member", "secretary"]), name="plans_committee_duty"
            ),
            models.CheckConstraint(condition=somewhen("validity"), name="plans_committee_seat_in_force_somewhen"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.agency}"
