"""What happened to an organisation, by which document; who took over from whom."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hopluc.core.models import StoredFile
from hopluc.registry.models.batches import BatchField, tracked
from hopluc.registry.models.organisations import LegalStatus, Organisation


@tracked()
class Event(models.Model):
    """An event of a life (sự kiện): its kinds, with the rules of their day, are in `data/lifecycle.toml`."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, db_collation="C")
    day = models.DateField()  # on which it takes effect
    decided_on = models.DateField(null=True, blank=True)  # by the organisation, a court or an authority
    filed_on = models.DateField(null=True, blank=True)  # when the registry had a whole file
    answered_on = models.DateField(null=True, blank=True)  # by the registry
    until = models.DateField(null=True, blank=True)  # the last day, of what lasts
    document = models.CharField(max_length=300)  # number, day and issuer, as they stand on it
    number = models.CharField(max_length=100, blank=True, db_default="")  # of the document
    issued_on = models.DateField(null=True, blank=True)
    issuer = models.CharField(max_length=200, blank=True, db_default="")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=255, blank=True, db_default="")
    status_before = models.CharField(max_length=10, choices=LegalStatus.choices, blank=True)
    status_after = models.CharField(max_length=10, choices=LegalStatus.choices, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    made = models.JSONField(null=True, blank=True)  # what it changed in dated rows, to annul it (`services.annulling`)
    annulled_at = models.DateTimeField(null=True, blank=True)  # it was entered in error, and counts for nothing
    annulled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    annulled_reason = models.CharField(max_length=500, blank=True, db_default="")
    batch = BatchField()

    class Meta:
        ordering = ["organisation", "day", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(annulled_at=None) | ~Q(annulled_reason=""), name="registry_event_annulled_with_a_reason"
            ),
            models.CheckConstraint(condition=~Q(document=""), name="registry_event_document"),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("day")), name="registry_event_until"),
        ]
        indexes = [models.Index(fields=["kind", "day"])]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.day}: {self.kind}"


@tracked()
class Succession(models.Model):
    """An organisation to which rights, assets, debts and members of another went (kế thừa)."""

    source = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="successors")
    target = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="predecessors")
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="successions")  # of the source
    batch = BatchField()

    class Meta:
        ordering = ["event", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["source", "target", "event"], name="registry_succession_once"),
            models.CheckConstraint(condition=~Q(source=F("target")), name="registry_succession_of_two"),
        ]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id}"
