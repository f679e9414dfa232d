"""Two records that may be about one organisation, and what somebody decided about them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.units.models import Unit


class LikePair(models.Model):
    """Look-alikes (nghi trùng). Ids, no links: of two that were merged one is no more, until that is undone."""

    class State(models.TextChoices):
        OPEN = "open", _("to be decided")
        DISMISSED = "dismissed", _("two organisations")
        MERGED = "merged", _("merged")

    one = models.BigIntegerField()
    other = models.BigIntegerField()
    province = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    score = models.FloatField()  # 0–1, when it was found
    evidence = models.JSONField(default=list)  # [field, how]
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    kept = models.BigIntegerField(null=True, blank=True)  # of merged ones
    made = models.JSONField(default=dict)  # what merging moved and took out, to undo it
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-score", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="registry_like_pair_once"),
            models.CheckConstraint(condition=Q(one__lt=F("other")), name="registry_like_pair_in_order"),
            models.CheckConstraint(
                condition=Q(state__in=["open", "dismissed", "merged"]), name="registry_like_pair_state"
            ),
        ]
        indexes = [models.Index(fields=["province", "state", "-score"])]

    def __str__(self) -> str:
        return f"{self.one} ~ {self.other}"
