"""Which organisations of the registry a task concerns."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models

from hopluc.plans.models.plans import Task
from hopluc.registry.models import Organisation


@pghistory.track()
class Concern(models.Model):
    """Somebody says that a task concerns an organisation. Two records merged into one may bring a link twice; it is shown once."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="concerns")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="concerns")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.task_id}: {self.organisation_id}"
