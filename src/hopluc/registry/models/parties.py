"""Persons, households and organisations, each one party wherever it appears."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.registry.models.batches import BatchField, tracked


@tracked()
class Party(models.Model):
    """A person, a household or an organisation (chủ thể): member, officer, borrower or petitioner, it is the same row."""

    class Kind(models.TextChoices):
        PERSON = "person", _("person")
        HOUSEHOLD = "household", _("household")
        ORGANISATION = "organisation", _("organisation")

    class Sex(models.TextChoices):
        FEMALE = "female", _("female")
        MALE = "male", _("male")

    kind = models.CharField(max_length=12, choices=Kind.choices)
    name = models.CharField(max_length=300)
    number = models.CharField(max_length=20, blank=True, db_collation="C")  # personal id; code of an organisation
    foreign = models.BooleanField(default=False)
    born = models.DateField(null=True, blank=True)
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    ethnicity = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    address = models.CharField(max_length=300, blank=True)
    batch = BatchField()

    class Meta:
        verbose_name_plural = "parties"
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number="") & ~Q(kind="organisation"),
                name="registry_party_number_once",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["person", "household", "organisation"]), name="registry_party_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.name
