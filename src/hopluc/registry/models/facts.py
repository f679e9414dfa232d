"""What is true of an organisation from a day to a day, each with where it is said."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q

from hopluc.registry.models.batches import BatchField, tracked
from hopluc.registry.models.columns import one_at_a_time
from hopluc.registry.models.organisations import Organisation
from hopluc.units.models import Unit
from hopluc.units.models.columns import somewhen

MOST_ITEMS = 1_000_000  # of one kind of fact: VSIC codes have five digits


@tracked()
class Fact(models.Model):
    """A dated fact (thông tin đăng ký): which kinds there are, `data/facts.toml` says."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="facts")
    what = models.PositiveSmallIntegerField()  # number of its kind
    item = models.PositiveIntegerField(
        default=0
    )  # which one, of kinds with several at a time: the VSIC code of an industry
    validity = DateRangeField()  # [first day, day after the last)
    text = models.TextField(blank=True)
    amount = models.DecimalField(max_digits=24, decimal_places=4, null=True, blank=True)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # of that time
    source = models.TextField()  # the document or record that says so
    batch = BatchField()

    class Meta:
        ordering = ["organisation", "what", "item", "validity"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "what", "item", "validity"], name="registry_fact_once"),
            models.CheckConstraint(condition=somewhen("validity"), name="registry_fact_somewhen"),
            models.CheckConstraint(condition=Q(item__gte=0, item__lt=MOST_ITEMS), name="registry_fact_item"),
            models.CheckConstraint(
                condition=~Q(text="") | Q(amount__isnull=False) | Q(unit__isnull=False),
                name="registry_fact_says_something",
            ),
            models.CheckConstraint(condition=~Q(source=""), name="registry_fact_source"),
        ]
        triggers = one_at_a_time("registry_fact", "what", "item")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.what}: {self.text or self.amount}"
