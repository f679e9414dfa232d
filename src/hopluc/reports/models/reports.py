"""The report that is compiled from a campaign: its text, which figures it takes, what was explained, and what was signed."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.core.models import StoredFile
from hopluc.reports.models.campaigns import Campaign
from hopluc.units.models import Agency


@pghistory.track()
class Report(models.Model):
    """A compiled report (báo cáo tổng hợp); once signed, only a new edition may differ from the snapshot."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being compiled")
        SIGNED = "signed", _("Signed")

    campaign = models.OneToOneField(Campaign, on_delete=models.PROTECT, related_name="report")
    number = models.CharField(max_length=100, blank=True)  # số, ký hiệu: 512/BC-UBND
    place = models.CharField(max_length=100, blank=True)  # where it is signed
    signed_as = models.JSONField(default=dict, blank=True)  # authority, post and name of the signature block
    recipients = models.TextField(blank=True)  # nơi nhận, one a line
    state = models.CharField(max_length=6, choices=State.choices, default=State.DRAFT)
    revision = models.PositiveIntegerField(default=0)  # of everything that its people wrote or chose

    class Meta:
        ordering = ["-campaign__ends_on", "-pk"]

    def __str__(self) -> str:
        return str(self.campaign)


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Passage(models.Model):
    """A paragraph of a part of the report: a person's own, or computed from figures that it names, `{main.h01.estimate}`."""

    class Kind(models.TextChoices):
        PERSON = "person", _("written by a person")
        COMPUTED = "computed", _("computed from figures")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="passages")
    part = models.CharField(max_length=40)  # key of the narrative field of the form
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.PERSON)
    text = models.TextField()
    taken = models.JSONField(default=list, blank=True)  # ids of the filings whose words it took over
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["report", "part", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["report", "part", "position"],
                deferrable=models.Deferrable.DEFERRED,
                name="reports_passage_position",
            ),
            models.CheckConstraint(condition=Q(kind__in=["person", "computed"]), name="reports_passage_kind"),
        ]

    def __str__(self) -> str:
        return self.text[:80]


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Pick(models.Model):
    """Which statement a cell of the report takes, where its compilers chose another than the usual one, and why."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="picks")
    path = models.CharField(max_length=130)  # of the cell: `main.h01.estimate`
    origin = models.CharField(max_length=40)  # `sum`, `database`, `last`, `agency:12`, `typed`
    typed = models.JSONField(null=True, blank=True)  # the value itself, where somebody typed it
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["report", "path"]
        constraints = [
            models.UniqueConstraint(fields=["report", "path"], name="reports_pick_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="reports_pick_with_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.path}: {self.origin}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Waiver(models.Model):
    """A clash that stays, with what explains it. It goes with the very values: other values are another clash."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="waivers")
    clash = models.CharField(max_length=64)  # its fingerprint
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["report", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["report", "clash"], name="reports_waiver_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="reports_waiver_with_its_reason"),
        ]

    def __str__(self) -> str:
        return self.reason


@pghistory.track(pghistory.InsertEvent())
class Snapshot(models.Model):
    """A signed report as it was (bản đã ký): its data alone make the same figures, text and file again. Never changed."""

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="snapshots")
    edition = models.PositiveSmallIntegerField()
    data = models.JSONField()  # `snapshots.Content`, as canonical JSON lays it out
    sha256 = models.CharField(max_length=64)  # of the data
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")  # the Word document
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(auto_now_add=True)

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["report", "-edition"]
        constraints = [
            models.UniqueConstraint(fields=["report", "edition"], name="reports_snapshot_edition"),
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="reports_snapshot_sha256"),
        ]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.report} ({self.edition})"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Template(models.Model):
    """An office's own Word file (mẫu) into which its reports are written."""

    agency = models.OneToOneField(Agency, on_delete=models.PROTECT, related_name="report_template")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)  # as it was sent
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["agency"]

    def __str__(self) -> str:
        return self.name
