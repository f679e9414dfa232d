"""Addresses from which a calendar program fetches what is due."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from hopluc.units.models import Agency


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Feed(models.Model):
    """A calendar (lịch iCalendar) of what somebody, or an agency of theirs, has to answer. Whoever knows its address reads it:
    its token is kept as a hash alone, and it can be revoked.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="feeds")
    agency = models.ForeignKey(  # none: what the person answers for
        Agency, null=True, blank=True, on_delete=models.CASCADE, related_name="feeds"
    )
    token_sha256 = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True, blank=True)  # the last time that a program fetched it
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(("token_sha256__regex", "^[0-9a-f]{64}$")), name="plans_feed_sha256")
        ]

    def __str__(self) -> str:
        return str(self.agency or self.user)
