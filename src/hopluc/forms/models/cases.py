"""Cases: something that an agency must settle within working days, with a clock that may stand still."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.units.models import Agency


@pghistory.track()
class Case(models.Model):
    """A case (hồ sơ, vụ việc) of an agency: due so many working days after it was opened, pauses not counted."""

    class Outcome(models.TextChoices):
        SETTLED = "settled", _("Settled")
        REFUSED = "refused", _("Refused")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    kind = models.SlugField(max_length=60)  # of `data/cases.toml`, or as an app above names it
    title = models.CharField(max_length=500)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="cases")
    asked_by = models.ForeignKey(Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="cases_asked")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(default=0)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField()  # working days
    source = models.CharField(max_length=300)  # the rule that sets them
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    note = models.TextField(blank=True)  # of how it was closed

    class Meta:
        ordering = ["closed_on", "opened_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="forms_case_closed_later"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None, outcome="") | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                name="forms_case_closed_with_its_outcome",
            ),
        ]
        indexes = [models.Index(fields=["agency", "closed_on"]), models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class CasePause(models.Model):
    """Days on which the clock of a case stands still: the other side has to act."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pauses")
    starts_on = models.DateField()  # the first day that does not count
    ends_on = models.DateField(null=True, blank=True)  # the last one; none while it lasts
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="forms_pause_starts_before_its_end"),
            models.UniqueConstraint(fields=["case"], condition=Q(ends_on=None), name="forms_pause_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return self.reason
