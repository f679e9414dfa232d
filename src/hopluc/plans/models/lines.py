"""What each lead unit has to do: its line of a task, the dated occurrences of it, and who answers for it."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.plans.models.plans import Plan, Task
from hopluc.units.models import Agency


def changes() -> pghistory.UpdateEvent:
    """History of the row as it was before each change: what a job makes by the thousand needs none until it is worked."""
    return pghistory.UpdateEvent("before", row=pghistory.Old)


@pghistory.track(changes(), exclude=["made_until"])
class Line(models.Model):
    """A lead unit's share of a task: one for each lead agency and for each member of a group that leads.

    It outlives the edition of the plan that it came with, as long as the next one says the same to the same agency.
    """

    class State(models.TextChoices):
        ACTIVE = "active", _("active")
        WAITING = "waiting", _("not assigned")  # chưa phân công: nobody answers for it yet
        ENDED = "ended", _("ended")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="lines", db_index=False)  # the task's
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="lines", db_index=False)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+", db_index=False)  # as named at issue
    given_to = models.ForeignKey(  # as named, or to whom it was transferred since; nobody after a refusal
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="lines_given"
    )
    given_on = models.DateField()  # from this day on the successions of that agency count
    holder = models.ForeignKey(  # who has that agency's work today; nobody where nothing tells who took over
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    owner = models.ForeignKey(  # the person who answers for it
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    stand_in = models.BooleanField(default=False)  # the owner is the plan's coordinator, for want of anybody else
    successor = models.ForeignKey(  # who is to answer for it when the owner leaves
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="lines_to_come"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    aim = models.DecimalField(  # the figure to reach, where one is known
        max_digits=24, decimal_places=6, null=True, blank=True
    )
    made_until = models.DateField(null=True, blank=True)  # its occurrences due up to this day have been made

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task", "agency"], name="plans_line_once"),
            models.CheckConstraint(condition=Q(state__in=["active", "waiting", "ended"]), name="plans_line_state"),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(owner__isnull=False, holder__isnull=False),
                name="plans_line_active_with_an_owner",
            ),
            models.CheckConstraint(
                condition=~Q(state="waiting") | Q(owner=None), name="plans_line_waiting_without_an_owner"
            ),
            models.CheckConstraint(condition=Q(aim=None) | Q(aim__gt=0), name="plans_line_aim"),
            models.CheckConstraint(
                condition=Q(stand_in=False) | Q(owner__isnull=False), name="plans_line_stand_in_is_somebody"
            ),
        ]
        indexes = [
            models.Index(fields=["plan", "state"]),
            models.Index(fields=["holder", "state"]),
            models.Index(fields=["owner"], condition=~Q(state="ended"), name="plans_line_owned"),
            models.Index(fields=["agency"]),
        ]

    def __str__(self) -> str:
        return f"{self.agency}: {self.task}"


@pghistory.track(changes())
class Occurrence(models.Model):
    """One dated duty of a line: a yearly task has one each year."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started", _("not started")
        IN_PROGRESS = "in_progress", _("in progress")
        REPORTED = "reported", _("reported, to be confirmed")
        CONFIRMED = "confirmed", _("confirmed")
        RETURNED = "returned", _("returned")

    line = models.ForeignKey(Line, on_delete=models.CASCADE, related_name="occurrences", db_index=False)
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="occurrences", db_index=False)  # the line's
    period = DateRangeField()  # [first day, day after the last)
    due_on = models.DateField()
    first_due_on = models.DateField()  # as the plan says it, whatever was granted since
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_STARTED)
    percent = models.PositiveSmallIntegerField(default=0)  # by the rule of its kind, or as typed
    typed = models.BooleanField(default=False)  # the percent is what somebody typed
    answer = models.ForeignKey(  # the one that counts
        "plans.Answer", null=True, blank=True, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    revision = models.PositiveIntegerField(default=0)  # number of its answers
    touched_on = models.DateField()  # day of the last answer; the first of the period before there is one
    reported_on = models.DateField(null=True, blank=True)  # day of the claim that it is done, while it stands
    confirmed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "period"], name="plans_occurrence_once"),
            models.CheckConstraint(condition=~Q(period__isempty=True), name="plans_occurrence_of_some_days"),
            models.CheckConstraint(
                condition=Q(state__in=["not_started", "in_progress", "reported", "confirmed", "returned"]),
                name="plans_occurrence_state",
            ),
            models.CheckConstraint(condition=Q(percent__lte=100), name="plans_occurrence_percent"),
            models.CheckConstraint(
                condition=Q(state="not_started", answer=None) | ~Q(state="not_started") & Q(answer__isnull=False),
                name="plans_occurrence_worked_by_an_answer",
            ),
            models.CheckConstraint(
                condition=Q(state="confirmed", confirmed_on__isnull=False)
                | ~Q(state="confirmed") & Q(confirmed_on=None),
                name="plans_occurrence_confirmed_some_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["reported", "confirmed"]) | Q(reported_on__isnull=False),
                name="plans_occurrence_reported_some_day",
            ),
        ]
        indexes = [
            models.Index(fields=["line", "due_on"], condition=~Q(state="confirmed"), name="plans_occurrence_open"),
            models.Index(  # with all that is counted of a plan: the rows themselves need not be read
                fields=["plan", "due_on"],
                include=["line", "period", "state", "touched_on", "reported_on"],
                name="plans_occurrence_counted",
            ),
            models.Index(
                fields=["plan", "reported_on", "id"], condition=Q(state="reported"), name="plans_occurrence_to_judge"
            ),
            models.Index(fields=["due_on"], condition=~Q(due_on=F("first_due_on")), name="plans_occurrence_extended"),
        ]

    @property
    def open_percent(self) -> int:
        """How far it is while it is open, 0 to 100; what is confirmed counts whole, whatever was typed before."""
        return 0 if self.state == self.State.CONFIRMED else self.percent

    def __str__(self) -> str:
        return f"{self.line} ({self.due_on:%d/%m/%Y})"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Contact(models.Model):
    """Who takes what an agency is given and nobody there answers for (đầu mối): new work, and that of those who leave."""

    agency = models.OneToOneField(Agency, on_delete=models.CASCADE, related_name="contact")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="contact_of")

    def __str__(self) -> str:
        return f"{self.agency}: {self.user}"


class NightlyRun(models.Model):
    """One run of the nightly job: the event that stands for all that it made."""

    day = models.DateField()
    begun_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)  # none where it was cut off
    made = models.PositiveIntegerField(default=0)  # occurrences
    passed = models.PositiveIntegerField(default=0)  # lines that went to another holder or owner
    ended = models.PositiveIntegerField(default=0)  # lines

    class Meta:
        indexes = [models.Index(fields=["-day"])]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}"
