"""Lists that offices sent, and their rows on the way into the registry."""

from __future__ import annotations

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.models import StoredFile
from hopluc.registry.models.batches import Batch
from hopluc.registry.models.organisations import Organisation
from hopluc.units.models import Agency


class ListImport(models.Model):
    """A list of organisations that was sent (danh sách nhập): looked at first, then taken over in part or whole, or undone."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be read")
        READING = "reading", _("being read")
        MAPPING = "mapping", _("columns to be confirmed")
        CHECKING = "checking", _("rows being compared")
        CHECKED = "checked", _("ready to be taken over")
        TAKING = "taking", _("being taken over")
        UNDOING = "undoing", _("being undone")
        UNDONE = "undone", _("undone")
        FAILED = "failed", _("could not be read")

    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")  # whose list it is
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=255)  # of the file
    since = models.DateField()  # the day of which the list is: what it changes holds from then on
    source = models.CharField(max_length=300)  # where its facts are said
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    step = models.CharField(max_length=10, blank=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    mapping = models.JSONField(
        null=True, blank=True
    )  # {sheet, header, fingerprint, columns}, the sheets, the first rows
    problem = models.JSONField(null=True, blank=True)  # {code, vi, en}
    batch = models.OneToOneField(Batch, null=True, blank=True, on_delete=models.SET_NULL, related_name="list_import")
    marks = models.JSONField(
        default=list
    )  # of each taking: the last ids that the registry and its history had given then
    sent_at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True, blank=True)  # last
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["owner", "-sent_at"])]

    def __str__(self) -> str:
        return self.name


class ImportRow(models.Model):
    """A row of a list beside the registry: what it says, what that would change, and what somebody decided about it."""

    class State(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("the same")
        DOUBTFUL = "doubtful", _("doubtful")
        ERROR = "error", _("wrong")
        TAKEN = "taken", _("taken over")

    list_import = models.ForeignKey(ListImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()  # in the file, from 1
    name = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    warned = models.BooleanField(default=False)  # something of it is to be checked
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    decision = models.CharField(
        max_length=12, blank=True
    )  # `new`, `skip`, or the id of the organisation that it is about
    values = models.JSONField()  # by role, as the file says them
    outcome = models.JSONField(default=dict)  # changes [role, before, after], issues, candidates
    made = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )  # what taking it changed, and what stood there before

    class Meta:
        ordering = ["list_import", "number"]
        constraints = [
            models.UniqueConstraint(fields=["list_import", "number"], name="registry_import_row_once"),
            models.CheckConstraint(
                condition=Q(state__in=["new", "changed", "same", "doubtful", "error", "taken"]),
                name="registry_import_row_state",
            ),
        ]
        indexes = [models.Index(fields=["list_import", "state", "number"])]

    def __str__(self) -> str:
        return f"{self.list_import_id}: {self.number}"
