"""Agencies through time, and who took over from whom."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column
from hopluc.units.models.bodies import Body
from hopluc.units.models.columns import forward_only, lasting, never_twice, somewhen
from hopluc.units.models.places import Unit

ENTERED = (  # what people enter has a history of rows; what ships with the program, the history of its files
    pghistory.InsertEvent(condition=pgtrigger.Q(new__own=True)),
    pghistory.UpdateEvent(condition=pgtrigger.Q(new__own=True) | pgtrigger.Q(old__own=True)),
    pghistory.DeleteEvent(condition=pgtrigger.Q(old__own=True)),
)


class AgencyQuerySet(models.QuerySet["Agency"]):
    def on(self, day: date) -> AgencyQuerySet:
        """Agencies in force on a day."""
        return self.filter(validity__contains=day)


@pghistory.track(*ENTERED, exclude=["sort_key", "words"])
class Agency(models.Model):
    """An agency (cơ quan): a body of one place, to which people belong and which owns documents and plans."""

    key = models.CharField(max_length=240, unique=True, db_collation="C")  # kind and place: `so-tc/19.2025`
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agencies")
    unit = models.ForeignKey(  # the place that it serves; none for central agencies
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="agencies"
    )
    province = models.ForeignKey(  # of that place
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="agencies_within"
    )
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    seat = models.ForeignKey(  # trụ sở, where known
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="agencies_seated"
    )
    name = models.TextField()
    aliases = models.TextField(blank=True)  # its other names, one a line
    validity = DateRangeField()  # [first day, day after the last)
    own = models.BooleanField(default=False)  # entered by people; others come with the program
    sort_key = SortKeyField(of="name")
    words = search_column("name", "aliases")

    objects = AgencyQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        verbose_name_plural = "agencies"
        constraints = [
            never_twice("body_id", "unit_id", name="units_agency_one_of_a_kind"),
            models.CheckConstraint(condition=somewhen("validity"), name="units_agency_in_force_somewhen"),
            models.CheckConstraint(
                condition=Q(unit=None) | Q(province__isnull=False), name="units_agency_in_a_province"
            ),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="units_agency_not_its_own_parent"),
        ]
        indexes = [
            models.Index(fields=["province", "sort_key"]),
            models.Index(fields=["unit", "body"]),
            GinIndex(fields=["words"], name="units_agency_words"),
        ]
        triggers = [lasting("units_succession", name="as_its_successions_say", partly="field <> ''")]

    def __str__(self) -> str:
        return self.name

    def in_force(self, day: date) -> bool:
        return self.validity.lower <= day and (self.validity.upper is None or day < self.validity.upper)


@pghistory.track(*ENTERED)
class Succession(models.Model):
    """An agency that took over the work of another (kế thừa nhiệm vụ), or one field of it."""

    source = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="successors")
    target = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="predecessors")
    on = models.DateField()
    field = models.CharField(max_length=200, blank=True)  # lĩnh vực; empty: all that no field names
    basis = models.TextField()  # căn cứ: the document that says so
    own = models.BooleanField(default=False)

    class Meta:
        ordering = ["source", "field", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "field"], name="units_succession_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="units_succession_of_two"),
        ]
        triggers = [
            forward_only("units_agency", name="only_forward", partly="NEW.field <> ''", links="units_succession")
        ]

    def __str__(self) -> str:
        return f"{self.source} → {self.target}"
