"""Organisations of the collective economy, with what is true of each today."""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column
from hopluc.registry.models.batches import BatchField
from hopluc.registry.models.counting import tallied
from hopluc.registry.models.parties import Party
from hopluc.units.models import Unit


class Kind(models.TextChoices):
    COOPERATIVE = "htx", _("Cooperative")
    UNION = "lhhtx", _("Union of cooperatives")
    GROUP = "tht", _("Cooperative group")
    FUND = "qtdnd", _("People's credit fund")


class LegalStatus(models.TextChoices):
    """Tình trạng pháp lý, of which `data/lifecycle.toml` has the words and the events."""

    ACTIVE = "active", _("in operation")
    SUSPENDED = "suspended", _("suspended")
    REVOKED = "revoked", _("certificate withdrawn by tax enforcement")
    CLOSING = "closing", _("being wound up, divided or merged")
    BANKRUPTCY = "bankruptcy", _("in bankruptcy proceedings")
    ABSENT = "absent", _("not at its registered address")
    ENDED = "ended", _("ended")


class Operating(models.TextChoices):
    """Whether it works in fact, apart from its legal status."""

    WORKING = "working", _("working")
    STOPPED = "stopped", _("stopped, waiting to be dissolved")
    UNKNOWN = "unknown", _("not known")


NARROWED = ("province", "kind", "legal_status", "operating", "sector")
SORTED = (  # how the directory may be sorted
    ("name", F("sort_key"), F("id")),
    ("place", F("province"), F("sort_key"), F("id")),
    ("founded", F("founded_on"), F("sort_key"), F("id")),
    ("members", F("members"), F("sort_key"), F("id")),
    ("capital", F("charter_capital").asc(nulls_last=True), F("sort_key"), F("id")),
    ("richest", F("charter_capital").desc(nulls_last=True), F("sort_key").desc(), F("id").desc()),
)


def _sorted(name: str, *by: models.expressions.Combinable) -> models.Index:
    """A page of the directory is found in it, however it is narrowed, without reading rows."""
    narrowed = [column for column in NARROWED if not (name == "place" and column == "province")]
    return models.Index(*by, name=f"registry_organisation_{name}", include=narrowed)


class Organisation(models.Model):
    """A cooperative, union, group or credit fund (tổ chức kinh tế tập thể).

    What stands here of today is a copy for lists: it follows from dated facts, events, members and figures, by which the
    services keep it in the same transaction. `registry.checks` finds where it does not.
    """

    party = models.OneToOneField(Party, on_delete=models.PROTECT, related_name="organisation")
    kind = models.CharField(max_length=5, choices=Kind.choices)
    code = models.CharField(max_length=20, blank=True, db_collation="C")  # tax code, kept when a group converts
    registered = models.BooleanField(default=True)  # a group may have no certificate, only a notice
    founded_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)  # the first day on which it is no more

    name = models.CharField(max_length=300)
    other_names = models.CharField(max_length=400, blank=True)  # foreign, short
    legal_status = models.CharField(max_length=10, choices=LegalStatus.choices, default=LegalStatus.ACTIVE)
    operating = models.CharField(max_length=7, choices=Operating.choices, default=Operating.WORKING)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # where its seat lies today
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    sector = models.CharField(max_length=20, blank=True, db_collation="C")  # of the report, by main industry
    industry = models.CharField(max_length=5, blank=True, db_collation="C")  # VSIC of the main one
    charter_capital = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)  # đồng
    governance = models.CharField(max_length=10, blank=True)
    size = models.CharField(max_length=8, blank=True)  # class under the rule of the day it was last worked out
    members = models.PositiveIntegerField(default=0)  # in the register, and associates beside it
    official_members = models.PositiveIntegerField(default=0)
    figures_year = models.PositiveSmallIntegerField(null=True, blank=True)  # the newest with figures
    revenue = models.DecimalField(max_digits=18, decimal_places=0, null=True, blank=True)  # of that year, đồng
    sort_key = SortKeyField(of="name")
    words = search_column("name", "other_names", "code")
    batch = BatchField()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            models.UniqueConstraint(  # a code is never given again; one who converts hands it on and ends
                fields=["code"], condition=~Q(code="") & Q(ended_on=None), name="registry_organisation_code_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["htx", "lhhtx", "tht", "qtdnd"]), name="registry_organisation_kind"
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("founded_on")), name="registry_organisation_ends_later"
            ),
            models.CheckConstraint(
                condition=Q(legal_status="ended", ended_on__isnull=False) | ~Q(legal_status="ended") & Q(ended_on=None),
                name="registry_organisation_ended_on_a_day",
            ),
        ]
        indexes = [
            *[_sorted(name, *by) for name, *by in SORTED],
            models.Index(fields=["unit", "sort_key"]),
            models.Index(fields=["code"]),
            models.Index(fields=["province", "kind", "legal_status", "operating", "sector"]),
            GinIndex(fields=["words"], name="registry_organisation_words"),
        ]
        triggers = tallied()

    def __str__(self) -> str:
        return self.name
