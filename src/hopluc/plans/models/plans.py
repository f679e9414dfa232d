"""Plans that were issued, and what they hold: tasks with their agencies, targets, duties to report."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column
from hopluc.core.shortening import shortened
from hopluc.documents.models import Document, Item, Version
from hopluc.units.models import Agency, Body, Unit

SHORT = 70  # characters of a title that stands for a symbol


@pghistory.track(exclude=["words", "invented"])
class Plan(models.Model):
    """A plan (kế hoạch): the reviewed content of a document, issued to be worked. Its draft is the review."""

    class State(models.TextChoices):
        ISSUED = "issued", _("in force")
        REPLACED = "replaced", _("replaced by a newer edition")
        CLOSED = "closed", _("closed")

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="plans")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="+")
    edition = models.PositiveIntegerField(default=1)  # of the same document, counted up
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="plans")
    unit = models.ForeignKey(  # the place whose agencies it orders; none where it is the whole country's
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="plans"
    )
    as_of = models.DateField(null=True, blank=True)  # the day whose agencies it means; none before the program asked
    state = models.CharField(max_length=10, choices=State.choices, default=State.ISSUED)
    title = models.TextField()
    type = models.CharField(max_length=40, blank=True)
    symbol = models.CharField(max_length=100, blank=True)
    issuer = models.TextField(blank=True)
    dated_on = models.DateField(null=True, blank=True)  # the document's own date
    issued_at = models.DateTimeField(auto_now_add=True)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(blank=True)  # why this edition replaces the one before
    invented = models.BooleanField(default=False)  # how it is worked is made up, for a demonstration: pages say so
    words = search_column("symbol", "title", "issuer")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "edition"], name="plans_plan_edition"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(state="issued"), name="plans_plan_one_in_force_of_a_document"
            ),
            models.CheckConstraint(condition=Q(state__in=["issued", "replaced", "closed"]), name="plans_plan_state"),
        ]
        indexes = [
            models.Index(fields=["owner", "state", "-issued_at", "-id"]),
            models.Index(fields=["symbol"]),
            GinIndex(fields=["words"], name="plans_plan_words"),
        ]

    def __str__(self) -> str:
        return " ".join(filter(None, (self.symbol, self.title)))

    @property
    def name(self) -> str:
        """What people call it: `Kế hoạch 1627/KH-UBND`, or by the first words of its title where it has no symbol."""
        return plan_name(self.type, self.symbol, self.title)


def plan_name(kind: str, symbol: str, title: str) -> str:
    """`Plan.name` of rows that are no objects."""
    called = symbol or f"“{shortened(title, SHORT)}”"
    return f"{kind} {called}".strip()


class Heading(models.Model):
    """A heading of the plan's outline, above tasks."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="headings")
    position = models.PositiveIntegerField()
    at = models.CharField(max_length=200, db_collation="C")
    marker = models.CharField(max_length=40, blank=True)  # its number as the document writes it: `II.`, `a)`
    depth = models.PositiveIntegerField()
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.CASCADE, related_name="children")
    text = models.TextField()

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_heading_position")]

    def __str__(self) -> str:
        return f"{self.marker} {self.text}".strip()


@pghistory.track(exclude=["words", "sort_key", "spans"])
class Task(models.Model):
    """A task (nhiệm vụ): work that the document orders."""

    class DeadlineKind(models.TextChoices):
        BY = "by", _("by a day")
        RANGE = "range", _("a period")
        ANNUAL = "annual", _("every year")
        RECURRING = "recurring", _("recurring")
        ONGOING = "ongoing", _("ongoing")
        CONDITIONAL = "conditional", _("on a condition")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    item = models.ForeignKey(Item, null=True, blank=True, on_delete=models.PROTECT, related_name="+")  # as reviewed
    position = models.PositiveIntegerField()
    at = models.CharField(max_length=200, db_collation="C")  # address in the outline: II/1/c
    heading = models.ForeignKey(Heading, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    parent = models.ForeignKey(  # the task of a higher plan that this one carries out
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="children"
    )
    text = models.TextField()
    topic = models.CharField(max_length=20)
    deliverable = models.TextField(blank=True)  # sản phẩm
    deadline = models.JSONField(null=True, blank=True)  # as vanban.contract lays it out: {raw, kind, start, end, rule}
    deadline_kind = models.CharField(max_length=12, blank=True, choices=DeadlineKind.choices)
    ends_on = models.DateField(null=True, blank=True)  # last day of the deadline, where it has one
    spans = models.JSONField(default=dict)  # field → the words it was read from; `text` is the task's own
    inherited = models.JSONField(default=dict)  # field → address of the heading that hands it down
    sort_key = SortKeyField(of="text")
    words = search_column("text", "deliverable")

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plans_task_position"),
            models.CheckConstraint(
                condition=Q(deadline_kind__in=["", "by", "range", "annual", "recurring", "ongoing", "conditional"]),
                name="plans_task_deadline_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "ends_on", "position"]),
            models.Index(fields=["plan", "sort_key"]),
            models.Index(fields=["plan", "topic", "position"]),
            models.Index(fields=["plan", "heading", "topic", "deadline_kind"]),
            GinIndex(fields=["words"], name="plans_task_words"),
        ]

    def __str__(self) -> str:
        return self.text


@pghistory.track(exclude=["plan"])
class Assignment(models.Model):
    """A task given to a body: to lead (chủ trì) or to coordinate (phối hợp)."""

    class Role(models.TextChoices):
        LEAD = "lead", _("leads")
        COORDINATE = "coordinate", _("coordinates")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="assignments", db_index=False)  # the task's
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="assignments")
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=10, choices=Role.choices)
    position = models.PositiveIntegerField(default=0)  # from 0: the first to lead answers for the task, and sorts it

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["task", "body", "role"], name="plans_assignment_once"),
            models.UniqueConstraint(fields=["task", "role", "position"], name="plans_assignment_position"),
            models.CheckConstraint(condition=Q(role__in=["lead", "coordinate"]), name="plans_assignment_role"),
        ]
        indexes = [models.Index(fields=["plan", "body", "role", "position", "task"])]

    def __str__(self) -> str:
        return f"{self.body} ({self.role})"


class Assignee(models.Model):
    """An agency that an assignment means on the day of issue: the one of its kind, or each member of a group."""

    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="assignees")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="assignees")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment", "agency"], name="plans_assignee_once"),
        ]

    def __str__(self) -> str:
        return str(self.agency)


@pghistory.track()
class Target(models.Model):
    """A measurable aim (chỉ tiêu) of the plan."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    position = models.PositiveIntegerField()
    value = models.JSONField()  # as vanban.contract lays a target out

    class Meta:
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_target_position")]

    def __str__(self) -> str:
        return str(self.value.get("indicator", ""))


@pghistory.track()
class Duty(models.Model):
    """A duty to report (chế độ báo cáo): who reports to whom, how often, by when."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="duties")
    position = models.PositiveIntegerField()
    value = models.JSONField()  # as vanban.contract lays a duty out

    class Meta:
        ordering = ["position"]
        verbose_name_plural = "duties"
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="plans_duty_position")]

    def __str__(self) -> str:
        return str(self.value.get("frequency", ""))
