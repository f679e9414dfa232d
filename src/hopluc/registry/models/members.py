"""Who belongs to an organisation and who leads it, from a day to a day."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from hopluc.registry.models.batches import BatchField, tracked
from hopluc.registry.models.columns import one_at_a_time
from hopluc.registry.models.organisations import Organisation
from hopluc.registry.models.parties import Party
from hopluc.units.models.columns import somewhen


@tracked()
class Membership(models.Model):
    """A member in the register (sổ đăng ký thành viên)."""

    class Kind(models.TextChoices):
        OFFICIAL = "official", _("official member")
        CAPITAL = "capital", _("associate with capital")
        SERVICE = "service", _("associate without capital")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="memberships")
    number = models.PositiveIntegerField()  # its place in the register
    kind = models.CharField(max_length=8, choices=Kind.choices)
    validity = DateRangeField()  # [first day, day after the last)
    contribution = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)  # đồng, paid in
    promised = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)  # đồng, to be paid in
    batch = BatchField()

    class Meta:
        ordering = ["organisation", "number", "validity"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "party", "validity"], name="registry_membership_once"),
            models.CheckConstraint(condition=somewhen("validity"), name="registry_membership_somewhen"),
            models.CheckConstraint(
                condition=Q(kind__in=["official", "capital", "service"]), name="registry_membership_kind"
            ),
            models.CheckConstraint(
                condition=~Q(kind="service") | Q(contribution=None) | Q(contribution=0),
                name="registry_membership_service_without_capital",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "number", "id"])]
        triggers = one_at_a_time("registry_membership", "party_id")

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.number}: {self.party_id}"


@tracked()
class Officer(models.Model):
    """Somebody with a post in an organisation (cán bộ quản lý), with their training."""

    class Post(models.TextChoices):
        REPRESENTATIVE = "representative", _("legal representative")
        CHAIR = "chair", _("chair of the board")
        DIRECTOR = "director", _("director")
        HEAD = "head", _("head of the group")
        BOARD = "board", _("member of the board")
        SUPERVISOR = "supervisor", _("supervisor")
        ACCOUNTANT = "accountant", _("chief accountant")

    class Qualification(models.TextChoices):
        NONE = "none", _("no training")
        PRIMARY = "primary", _("primary vocational")
        SECONDARY = "secondary", _("secondary vocational")
        COLLEGE = "college", _("college")
        UNIVERSITY = "university", _("university or higher")

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="officers")
    party = models.ForeignKey(Party, on_delete=models.PROTECT, related_name="posts")
    post = models.CharField(max_length=14, choices=Post.choices)
    qualification = models.CharField(max_length=10, choices=Qualification.choices, blank=True)  # empty: not known
    validity = DateRangeField()
    source = models.TextField()
    batch = BatchField()

    class Meta:
        ordering = ["organisation", "validity", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "party", "validity"], name="registry_officer_once"),
            models.CheckConstraint(condition=somewhen("validity"), name="registry_officer_somewhen"),
        ]
        triggers = one_at_a_time("registry_officer", "party_id")

    def __str__(self) -> str:
        return f"{self.party_id}: {self.post}"
