"""What came in together: an import, or the demonstration. Its rows have no history of their own until somebody changes them."""

from __future__ import annotations

from collections.abc import Callable

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


def tracked() -> Callable[[type[models.Model]], type[models.Model]]:
    """History of each row; what came in a batch is one act, which the batch itself records."""
    decorate: Callable[[type[models.Model]], type[models.Model]] = pghistory.track(
        pghistory.InsertEvent(condition=pgtrigger.Q(new__batch__isnull=True)),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(condition=pgtrigger.Q(old__batch__isnull=True)),
    )
    return decorate


class Batch(models.Model):
    """Rows that were brought in by one act (đợt nhập)."""

    class Kind(models.TextChoices):
        IMPORT = "import", _("import of a list")
        DEMONSTRATION = "demonstration", _("demonstration, all invented")

    kind = models.CharField(max_length=13, choices=Kind.choices)
    name = models.CharField(max_length=255)  # of the file, or what it is
    rows = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(kind__in=["import", "demonstration"]), name="registry_batch_kind")
        ]

    def __str__(self) -> str:
        return self.name


class BatchField(models.ForeignKey):
    """The batch that a row came in; none where somebody entered it."""

    def __init__(self, **options: object) -> None:
        given = {"to": Batch, "null": True, "blank": True, "on_delete": models.PROTECT, "related_name": "+"}
        super().__init__(**{**given, "editable": False, **options})  # type: ignore[arg-type]
