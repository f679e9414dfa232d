"""Forms, and the versions in which they were in force."""

from __future__ import annotations

from datetime import date, datetime
from functools import cached_property, lru_cache

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from hopluc.accounts.models import User
from hopluc.forms.schema.definition import Schema
from hopluc.forms.schema.reading import read_schema
from hopluc.forms.schema.years import in_year
from hopluc.units.models import Unit


class FormQuerySet(models.QuerySet["Form"]):
    def kin(self, form: Form) -> FormQuerySet:
        """A form with the one that it was copied from, and all copies of that: what was filed on one is the past of the others."""
        first = form.copied_from_id or form.pk
        return self.filter(Q(pk=first) | Q(copied_from=first))


class Form(models.Model):
    """A form (biểu mẫu) by its code: what it asks, its versions say.

    Without a province it is for the whole country. Whoever wants it otherwise for one province changes a copy.
    """

    code = models.SlugField(max_length=60, unique=True)
    title_vi = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    province = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    copied_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies")

    objects = FormQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["copied_from", "province"], name="forms_form_copied_once"),
            models.CheckConstraint(
                condition=Q(copied_from=None) | Q(province__isnull=False), name="forms_form_copy_of_a_province"
            ),
        ]

    @property
    def first(self) -> Form:
        """The one that it was copied from, or itself."""
        return self.copied_from or self

    def __str__(self) -> str:
        return self.title_en if get_language() == "en" else self.title_vi


class FormVersionQuerySet(models.QuerySet["FormVersion"]):
    def published(self, *, on: date | RawSQL) -> FormVersionQuerySet:
        """Published versions that cover a day, the latest first."""
        ends = Q(ends_on=None) | Q(ends_on__gte=on)
        return self.filter(ends, published_at__isnull=False, starts_on__lte=on).order_by("-starts_on", "-number")


@pghistory.track()
class FormVersion(models.Model):
    """A version of a form. Once published it never changes: people filed on it."""

    form = models.ForeignKey(Form, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    starts_on = models.DateField()  # of the periods that are filed on it
    ends_on = models.DateField(null=True, blank=True)  # the last day; none: until a later version
    source = models.TextField(blank=True)  # the document that sets the form; empty where it is the program's own
    schema = models.JSONField()
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = FormVersionQuerySet.as_manager()

    class Meta:
        ordering = ["form", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="forms_version_number_once"),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="forms_version_starts_before_its_end"
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.form} ({self.number})"

    @cached_property
    def read(self) -> Schema:
        """The definition as values; it was found sound when it was saved."""
        return read_schema(self.schema) if self.published_at is None else _published(self.pk, self.published_at)

    def read_in(self, year: int) -> Schema:
        """The same in the words of a year."""
        if self.published_at is None:
            return in_year(self.read, year)
        return _published_in(self.pk, self.published_at, year)


@lru_cache(maxsize=128)
def _published(version: int, _at: datetime) -> Schema:
    """What is published never changes, so each process reads it once: rows that are read may leave `schema` out."""
    return read_schema(FormVersion.objects.values_list("schema", flat=True).get(pk=version))


@lru_cache(maxsize=128)
def _published_in(version: int, at: datetime, year: int) -> Schema:
    return in_year(_published(version, at), year)
