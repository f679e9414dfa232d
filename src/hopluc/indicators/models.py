"""Indicators: what is measured, the values of units, and the aims that plans set."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from pgtrigger import Before, Trigger, Update

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column
from hopluc.units.models import Unit
from hopluc.units.models.columns import never_twice, somewhen


class NumberField(models.DecimalField):
    """An exact number: 18 digits before the comma, 6 behind."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_digits": 24, "decimal_places": 6, **options})


class Breakdown(models.TextChoices):
    """By what a figure may be divided."""

    SECTOR = "sector", _("sector")
    COMMUNE = "commune", _("commune")
    SEX = "sex", _("sex")
    QUALIFICATION = "qualification", _("qualification")
    RATING = "rating", _("rating")
    SIZE = "size", _("size class")
    MONEY = "money", _("source of money")


@pghistory.track(exclude=["words", "sort_key"])
class Indicator(models.Model):
    """An indicator (chỉ tiêu thống kê): one thing that is measured, the same through all its definitions."""

    class Direction(models.TextChoices):
        MORE = "more", _("more is better")
        LESS = "less", _("less is better")
        KEEP = "keep", _("neither more nor less is better")

    class Group(models.TextChoices):
        COOPERATIVE = "cooperative", _("Cooperatives")
        UNION = "union", _("Unions of cooperatives")
        GROUP = "group", _("Cooperative groups")
        FUND = "fund", _("People's credit funds")
        ADVANCED = "advanced", _("Technology, chains, products")
        ECONOMY = "economy", _("Contribution to the economy")
        SUPPORT = "support", _("Support policies")
        OTHER = "other", _("Other")

    code = models.CharField(max_length=20, unique=True, db_collation="C")
    name = models.CharField(max_length=300)
    group = models.CharField(max_length=12, choices=Group.choices, default=Group.OTHER)
    aliases = models.TextField(blank=True)  # other wordings, one a line
    measure = models.CharField(max_length=60)  # unit of measure: hợp tác xã, người, triệu đồng, %
    numerator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    denominator = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    breakdowns = ArrayField(models.CharField(max_length=13, choices=Breakdown.choices), default=list, blank=True)
    direction = models.CharField(max_length=4, choices=Direction.choices, default=Direction.MORE)
    additive = models.BooleanField(default=True)  # values of units may be added up
    province = models.ForeignKey(  # whose own it is; none where it is the whole country's
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    sort_key = SortKeyField(of="name")
    words = search_column("code", "name", "aliases", "measure")

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False, additive=False),
                name="indicators_indicator_ratio_of_two",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=["more", "less", "keep"]), name="indicators_indicator_direction"
            ),
        ]
        indexes = [GinIndex(fields=["words"], name="indicators_indicator_words")]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def is_ratio(self) -> bool:
        """Whether a value is a part of a whole, kept with its parts."""
        return self.numerator_id is not None or self.measure == "%"

    @property
    def scale(self) -> int:
        """By what numerator / denominator is multiplied when it is shown."""
        return 100 if self.measure == "%" else 1


@pghistory.track()
class Definition(models.Model):
    """What an indicator meant from a day to a day, and who says so."""

    class Status(models.TextChoices):
        READ = "read", _("read in its source")
        RECALLED = "recalled", _("not yet checked against its source")
        OWN = "own", _("set by a plan")

    indicator = models.ForeignKey(Indicator, on_delete=models.CASCADE, related_name="definitions")
    validity = DateRangeField()
    text = models.TextField()
    source = models.TextField()
    status = models.CharField(max_length=8, choices=Status.choices)

    class Meta:
        ordering = ["indicator", "validity"]
        constraints = [
            never_twice("indicator_id", name="indicators_definition_one_at_a_time"),
            models.CheckConstraint(condition=somewhen("validity"), name="indicators_definition_in_force_somewhen"),
            models.CheckConstraint(
                condition=Q(status__in=["read", "recalled", "own"]), name="indicators_definition_status"
            ),
        ]

    def __str__(self) -> str:
        return self.text


KEPT = "indicator_id unit_id province_id period figure numerator denominator source how by_id at reason replaces_id".split()


@pghistory.track()
class Value(models.Model):
    """A figure of an indicator for a unit and a period. A correction is another row: what was said stays."""

    class How(models.TextChoices):
        ENTERED = "entered", _("entered on the page")
        IMPORTED = "imported", _("imported from a file")
        COMPUTED = "computed", _("computed from records")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="values")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")  # that the unit is, or lies in
    period = DateRangeField()  # [first day, day after the last)
    figure = NumberField()  # in the indicator's measure; of a percentage 55.6, not 0.556
    numerator = NumberField(null=True, blank=True)
    denominator = NumberField(null=True, blank=True)
    source = models.TextField()  # the document or record that says so
    how = models.CharField(max_length=8, choices=How.choices, default=How.ENTERED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    reason = models.TextField(blank=True)  # of a jump against the year before, or of a correction
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")
    released = models.BooleanField(default=False)  # a draft is seen by those who enter figures there
    current = models.BooleanField(default=True)

    class Meta:
        ordering = ["indicator", "unit", "period", "-at"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "period", "released"],
                condition=Q(current=True),
                name="indicators_value_one_current",
            ),
            models.CheckConstraint(condition=somewhen("period"), name="indicators_value_period"),
            models.CheckConstraint(
                condition=Q(numerator=None, denominator=None)
                | Q(numerator__isnull=False, denominator__isnull=False) & ~Q(denominator=Decimal(0)),
                name="indicators_value_parts",
            ),
            models.CheckConstraint(condition=~Q(replaces=F("pk")), name="indicators_value_replaces_another"),
        ]
        indexes = [models.Index(fields=["province", "indicator", "period"])]
        triggers = [
            Trigger(
                name="said_once",
                when=Before,
                operation=Update,
                func=f"""
                    IF ({", ".join(f'NEW."{name}"' for name in KEPT)})
                        IS DISTINCT FROM ({", ".join(f'OLD."{name}"' for name in KEPT)}) OR OLD.released AND NOT NEW.released
                    THEN
                        RAISE EXCEPTION 'a value is corrected by another row' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.unit_id} {self.period}: {self.figure}"


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Aim(models.Model):
    """A target (mục tiêu định lượng) of a plan that has become one of an indicator: which level, where, by when."""

    class Op(models.TextChoices):
        AT_LEAST = ">=", _("at least")
        AT_MOST = "<=", _("at most")
        ABOVE = ">", _("more than")
        BELOW = "<", _("less than")
        ABOUT = "~", _("about")
        EXACTLY = "=", _("exactly")
        BETWEEN = "between", _("between")
        INCREASE = "increase", _("increase by")
        DECREASE = "decrease", _("decrease by")

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="aims")
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    op = models.CharField(max_length=8, choices=Op.choices)
    low = NumberField()
    high = NumberField(null=True, blank=True)  # of `between`
    per_year = models.BooleanField(default=False)  # to be met each year, not once at the end
    since = models.PositiveSmallIntegerField(null=True, blank=True)  # the first year of the way
    by = models.PositiveSmallIntegerField(null=True, blank=True)  # the year at whose end it is to be met
    baseline = NumberField(null=True, blank=True)  # where the plan itself says from what level
    words = models.TextField()  # of the source
    # What set it lies on a floor above (`origins.py`): a kind, an id there, and the id of the whole that it is part of.
    origin = models.CharField(max_length=30)
    origin_id = models.BigIntegerField()
    whole_id = models.BigIntegerField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["indicator", "by", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["origin", "origin_id"], name="indicators_aim_once"),
            models.CheckConstraint(
                condition=Q(op="between", high__isnull=False, high__gte=F("low")) | ~Q(op="between") & Q(high=None),
                name="indicators_aim_between_two",
            ),
        ]
        indexes = [models.Index(fields=["origin", "whole_id"])]

    def __str__(self) -> str:
        return self.words
