"""Who signs in for an organisation, and what they propose to change of its facts."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.registry.models.organisations import Organisation


@pghistory.track()
class Delegate(models.Model):
    """Somebody who signs in for an organisation (người đại diện trên hệ thống): its register is open to them, and no other."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="delegate")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="delegates")

    def __str__(self) -> str:
        return f"{self.user_id}: {self.organisation_id}"


@pghistory.track()
class Proposal(models.Model):
    """A change that an organisation proposes of its own facts (đề nghị): accepted by its registry, or returned with a reason."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting for the registry")
        ACCEPTED = "accepted", _("accepted")
        RETURNED = "returned", _("returned")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="proposals")
    what = models.CharField(max_length=40)  # a kind of fact, `figures` or `officer`
    said = models.JSONField()  # the fields of the form as they were typed
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.CharField(max_length=500, blank=True)  # why it was returned
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "accepted", "returned"]), name="registry_proposal_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="registry_proposal_returned_with_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["organisation", "-at"]), models.Index(fields=["state", "at"])]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.what}"
