"""What an organisation reports of a year."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models

from hopluc.registry.models.batches import BatchField, tracked
from hopluc.registry.models.organisations import Organisation
from hopluc.units.models.columns import somewhen

AMOUNTS = (
    "revenue revenue_members profit income assets equity indivisible_fund indivisible_assets tax_paid".split()
)  # đồng
COUNTS = "members members_new members_left workers workers_members managers managers_trained".split()


class MoneyField(models.DecimalField):
    """Whole đồng; losses are below 0."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"max_digits": 18, "decimal_places": 0, "null": True, "blank": True, **options})  # type: ignore[arg-type]


class CountField(models.PositiveIntegerField):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"null": True, "blank": True, **options})  # type: ignore[arg-type]


@tracked()
class Figures(models.Model):
    """The figures of one organisation and year (số liệu năm); what was not said stays empty."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="figures")
    year = models.PositiveSmallIntegerField()
    period = DateRangeField()  # 15/12 to 14/12 in reports, the calendar year in accounts
    revenue = MoneyField()
    revenue_members = MoneyField()  # of it from members
    profit = MoneyField()  # before tax
    income = MoneyField()  # of a regular worker, in the year
    assets = MoneyField()
    equity = MoneyField()
    indivisible_fund = MoneyField()
    indivisible_assets = MoneyField()
    tax_paid = MoneyField()
    members = CountField()
    members_new = CountField()
    members_left = CountField()
    workers = CountField()
    workers_members = CountField()
    managers = CountField()
    managers_trained = CountField()  # college and higher
    source = models.TextField()
    batch = BatchField()

    class Meta:
        ordering = ["organisation", "year"]
        verbose_name_plural = "figures"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "year"], name="registry_figures_once_a_year"),
            models.CheckConstraint(condition=somewhen("period"), name="registry_figures_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.year}"
