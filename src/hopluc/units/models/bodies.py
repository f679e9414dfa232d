"""Bodies by kind, as documents name them."""

from __future__ import annotations

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
