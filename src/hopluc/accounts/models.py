"""People who sign in, and the posts that they hold."""

from __future__ import annotations

from datetime import date

import pghistory
import pgtrigger
from django.contrib.auth.models import AbstractUser
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from hopluc.units.models import Agency


@pghistory.track(exclude=["password", "last_login"])
class User(AbstractUser):
    """Somebody who signs in (người dùng). What they may do follows from their posts."""

    first_name = None  # type: ignore[assignment]  # one name: Vietnamese names are not cut in two
    last_name = None  # type: ignore[assignment]
    name = models.CharField(_("full name"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=30, blank=True)
    temporary_since = models.DateTimeField(null=True, blank=True)  # when an administrator last set the password

    REQUIRED_FIELDS = ["name"]

    def __str__(self) -> str:
        return self.name or self.username


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", _("Administrator")
    COORDINATOR = "coordinator", _("Coordinator")
    HEAD = "head", _("Head of an agency")
    OFFICER = "officer", _("Officer")
    ALLIANCE = "alliance", _("Officer of the cooperative alliance")
    REGISTRY = "registry", _("Registry officer")
    INSPECTOR = "inspector", _("Inspector")
    LEADER = "leader", _("Leader")
    VIEWER = "viewer", _("Viewer")
    COOPERATIVE = "cooperative", _("Cooperative")


class PostQuerySet(models.QuerySet):
    def held(self, *, on: date | RawSQL) -> PostQuerySet:
        """Posts in force on a day."""
        return self.filter(Q(starts_on=None) | Q(starts_on__lte=on), Q(ends_on=None) | Q(ends_on__gte=on))


@pghistory.track()
class Post(models.Model):
    """A post (vị trí công tác): one person in one agency, in a role, for a time."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=20, choices=Role.choices)
    title = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)  # the last day

    objects = PostQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="accounts_post_starts_before_its_end"
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="accounts_post_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.agency}"


class PeopleImport(models.Model):
    """A workbook of agencies and people that was sent (tệp nhập): looked at first, then applied as one act, or forgotten."""

    by = models.ForeignKey(User, on_delete=models.CASCADE, related_name="imports")
    name = models.CharField(max_length=255)  # of the file
    rows = models.JSONField(default=dict)  # what it says; nothing once it is applied
    made = models.JSONField(
        default=dict, encoder=DjangoJSONEncoder
    )  # what applying it changed, and what stood there before
    sent_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at=None) | Q(applied_at__isnull=False), name="accounts_import_undone_once_applied"
            )
        ]

    def __str__(self) -> str:
        return self.name


class PersonalLook(models.Model):
    """Somebody looked at what is masked (lượt xem thông tin cá nhân): at whose, for which purpose. Never changed."""

    viewer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="looks")
    field = models.CharField(max_length=60)  # as `rights.toml` names it: `User.phone`
    subject = models.BigIntegerField()  # id of the row whose field it is; the look outlives the row
    purpose = models.CharField(max_length=200)  # one of `secrets.PURPOSES`, or as typed
    at = models.DateTimeField(auto_now_add=True)

    sealed = True  # part of the history (core.sealing)

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(field=""), name="accounts_look_for_a_purpose")
        ]
        indexes = [models.Index(fields=["subject", "-at"]), models.Index(fields=["viewer", "-at"])]
        triggers = [pgtrigger.Protect(name="never_changed", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.viewer}: {self.field}"
