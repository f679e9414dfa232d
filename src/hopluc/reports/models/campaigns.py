"""Rounds of reporting: who is asked for which form, of which period, by when."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q

from hopluc.accounts.models import User
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.services import Period
from hopluc.plans.models import Duty, Plan
from hopluc.units.models import Agency, Unit


@pghistory.track()
class Campaign(models.Model):
    """A round of reporting (đợt báo cáo): one form, one period, asked of many agencies by the one that compiles.

    All of its filings are on one version of the form, whatever is published while people fill in.
    """

    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="campaigns")  # compiles and signs
    version = models.ForeignKey(FormVersion, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(max_length=300)
    period = models.CharField(max_length=40)  # as people say it: `2026`, `quý II/2026`
    starts_on = models.DateField()
    ends_on = models.DateField()  # the last day
    due_on = models.DateField()
    unit = models.ForeignKey(  # the territory that the report is about
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns")
    duty = models.ForeignKey(Duty, null=True, blank=True, on_delete=models.PROTECT, related_name="campaigns")
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_on = models.DateField(null=True, blank=True)  # from that day nothing more is taken in

    class Meta:
        ordering = ["-ends_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "version", "starts_on", "ends_on", "plan"],
                nulls_distinct=False,
                name="reports_campaign_once",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="reports_campaign_period"),
        ]
        indexes = [models.Index(fields=["owner", "closed_on"]), models.Index(fields=["plan"])]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> Period:
        return Period(self.period, self.starts_on, self.ends_on)

    @property
    def open(self) -> bool:
        return self.closed_on is None

    @property
    def year(self) -> int:
        """The year that the columns of its tables count from (N)."""
        return self.ends_on.year


@pghistory.track(exclude=["reminded_at"])
class Call(models.Model):
    """That one agency is asked in a campaign (đơn vị được yêu cầu báo cáo): what it files is its filing."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="calls")
    filing = models.OneToOneField(Filing, on_delete=models.PROTECT, related_name="call")
    extended_on = models.DateField(null=True, blank=True)  # the later day that it was given
    reason = models.CharField(max_length=500, blank=True)  # why
    reminded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["campaign", "filing__agency__sort_key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(extended_on=None) | ~Q(reason=""), name="reports_call_extended_with_reason"
            )
        ]

    def __str__(self) -> str:
        return str(self.filing)

    @property
    def due_on(self) -> date:
        return self.extended_on or self.campaign.due_on
