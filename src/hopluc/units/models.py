"""Bodies by kind, and the agencies of a province that are of such a kind."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.db import models

from hopluc.core.fields import SortKeyField
from hopluc.core.search import search_column


class Body(models.Model):
    """A kind of body (loại cơ quan, đơn vị: `so-tc`, Sở Tài chính) or a group of bodies (`g:so-nganh`).

    The kinds that vanban knows come from its data; others are entered as documents name them.
    """

    key = models.CharField(max_length=200, unique=True, db_collation="C")
    name = models.TextField()
    aliases = models.TextField(blank=True)  # its other names, one a line
    listed = models.BooleanField(default=False)  # of vanban's own list; others were named by a document
    sort_key = SortKeyField(of="name")
    words = search_column("name", "aliases")

    class Meta:
        ordering = ["sort_key", "key"]
        indexes = [models.Index(fields=["sort_key", "key"]), GinIndex(fields=["words"], name="units_body_words")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_group(self) -> bool:
        return self.key.startswith("g:")


@pghistory.track(exclude=["sort_key"])
class Agency(models.Model):
    """An agency (cơ quan): a body of one place, to which people belong and which owns documents and plans."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="agencies")
    province = models.CharField(max_length=100, blank=True)  # `tỉnh Thái Nguyên`; empty for central agencies
    name = models.TextField()
    sort_key = SortKeyField(of="name")

    class Meta:
        ordering = ["sort_key"]
        verbose_name_plural = "agencies"
        constraints = [models.UniqueConstraint(fields=["body", "province"], name="units_agency_one_of_a_kind")]

    def __str__(self) -> str:
        return self.name
