"""Administrative units: provinces, districts and communes, old and new, and what became of them."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.fields import DateRangeField
from django.contrib.postgres.indexes import GinIndex, GistIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column
from hopluc.units.models.columns import forward_only, lasting, never_twice, somewhen


class Tier(models.TextChoices):
    PROVINCE = "province", _("province")
    DISTRICT = "district", _("district")
    COMMUNE = "commune", _("commune")


class UnitQuerySet(models.QuerySet["Unit"]):
    def on(self, day: date) -> UnitQuerySet:
        """Units in force on a day."""
        return self.filter(validity__contains=day)


class Unit(models.Model):
    """An administrative unit (đơn vị hành chính): a territory governed as one from a day to a day.

    A merger or a split ends units and begins others, which the lineage links; a new name or rank does not: its earlier
    ones are `FormerName`s. The official code of a unit goes on to a later unit, so it is no key.
    """

    key = models.CharField(max_length=20, unique=True, db_collation="C")  # code and first year: `19.2025`
    tier = models.CharField(max_length=10, choices=Tier.choices)
    code = models.CharField(max_length=5, db_collation="C")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="children")
    validity = DateRangeField()  # [first day, day after the last)
    kind = models.CharField(max_length=20)  # tỉnh, thành phố, huyện, quận, thị xã, xã, phường, thị trấn, đặc khu
    name = models.CharField(max_length=100)
    sort_key = SortKeyField(of="name")
    words = search_column("kind", "name")

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "key"]
        constraints = [
            models.CheckConstraint(condition=Q(tier__in=["province", "district", "commune"]), name="units_unit_tier"),
            models.CheckConstraint(condition=somewhen("validity"), name="units_unit_in_force_somewhen"),
            models.CheckConstraint(
                condition=Q(tier="province", parent=None) | ~Q(tier="province") & Q(parent__isnull=False),
                name="units_unit_below_a_province",
            ),
        ]
        indexes = [
            models.Index(fields=["parent", "sort_key"]),
            models.Index(fields=["code"]),
            models.Index(fields=["tier", "sort_key"]),
            GistIndex(fields=["validity"], name="units_unit_validity"),
            GinIndex(fields=["words"], name="units_unit_words"),
        ]
        triggers = [lasting("units_lineage", name="as_its_lineage_says")]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """`tỉnh Thái Nguyên`, `xã Tân Kỳ`, as it is called last."""
        return f"{self.kind} {self.name}"


class FormerName(models.Model):
    """A name or rank that a unit had before (tên gọi, cấp cũ): `tỉnh Thừa Thiên Huế` until it became `thành phố Huế`."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="former_names")
    validity = DateRangeField()
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    basis = models.TextField()  # the document that changed it
    words = search_column("kind", "name")

    class Meta:
        ordering = ["unit", "validity"]
        constraints = [never_twice("unit_id", name="units_former_name_one_at_a_time")]
        indexes = [GinIndex(fields=["words"], name="units_former_name_words")]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


class Lineage(models.Model):
    """What became of a unit (quan hệ kế thừa địa giới): the unit that took over its territory, or its share of it."""

    source = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="successors")
    target = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="predecessors")
    on = models.DateField()
    share = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)  # None: split, share unknown
    basis = models.TextField(blank=True)

    class Meta:
        ordering = ["source", "target"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target"], name="units_lineage_once"),
            models.CheckConstraint(
                condition=Q(share=None) | Q(share__gt=0, share__lte=1), name="units_lineage_share_of_a_whole"
            ),
            models.CheckConstraint(condition=~Q(source=F("target")), name="units_lineage_of_two"),
        ]
        triggers = [forward_only("units_unit", name="only_forward")]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"


class Dataset(models.Model):
    """Which edition of the data that ship with the program the tables hold."""

    name = models.CharField(max_length=40, unique=True)
    fingerprint = models.CharField(max_length=64)
    loaded_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.name
