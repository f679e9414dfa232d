"""PDF files that were asked for: made by a job, kept by the hash of the Word document that they show."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.models import StoredFile
from hopluc.reports.models.reports import Report


class Print(models.Model):
    """A PDF of a report as one Word document has it (bản PDF). It can be made again at any time, so it has no history."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waits for its turn")
        MAKING = "making", _("is being made")
        MADE = "made", _("is ready")
        FAILED = "failed", _("could not be made")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="prints")
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")  # the Word document
    file = models.ForeignKey(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")  # the PDF
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    asked_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "source"], name="reports_print_once"),
            models.CheckConstraint(
                condition=Q(state="made", file__isnull=False) | ~Q(state="made"), name="reports_print_made_has_its_file"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "making", "made", "failed"]), name="reports_print_state"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report} ({self.get_state_display()})"

    @property
    def going_on(self) -> bool:
        return self.state in (self.State.WAITING, self.State.MAKING)
