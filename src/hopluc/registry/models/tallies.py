"""How many organisations there are, with their members and capital: counted as rows change, so that lists need not count.

A change adds rows with what it added and took away, and nobody waits for anybody; the sum is right in every transaction. Now and then
`registry.tallies` gathers the rows of each place into one, and `hopluc check` counts anew.
"""

from __future__ import annotations

from django.db import models

from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.units.models import Unit


class AmountField(models.DecimalField):
    """Whole đồng, of all together; below 0 where a change took away."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_digits": 24, "decimal_places": 0, **options})  # type: ignore[arg-type]


class FacetTally(models.Model):
    """Organisations of a province by what the directory is narrowed to."""

    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    legal_status = models.CharField(max_length=10, choices=LegalStatus.choices)
    operating = models.CharField(max_length=7, choices=Operating.choices)
    sector = models.CharField(max_length=20, blank=True, db_collation="C")
    organisations = models.IntegerField()
    members = models.BigIntegerField()
    capital = AmountField()

    class Meta:
        indexes = [models.Index(fields=["province", "kind"])]

    def __str__(self) -> str:
        return f"{self.province_id} {self.kind}: {self.organisations}"


class PlaceTally(models.Model):
    """Organisations with their seat in a commune that have not ended."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    organisations = models.IntegerField()
    members = models.BigIntegerField()
    capital = AmountField()

    class Meta:
        indexes = [models.Index(fields=["unit", "kind"])]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}: {self.organisations}"


class YearTally(models.Model):
    """Organisations of a province that were founded, and that ended, in a year."""

    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    year = models.PositiveSmallIntegerField()
    founded = models.IntegerField()
    ended = models.IntegerField()

    class Meta:
        indexes = [models.Index(fields=["province", "kind", "year"])]

    def __str__(self) -> str:
        return f"{self.province_id} {self.kind} {self.year}: {self.founded}, {self.ended}"
