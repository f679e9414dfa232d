"""Bodies, found as people type their names."""

from __future__ import annotations

from django.db.models import F, QuerySet
from django.db.models.functions import Length

from hopluc.core.search import search_query
from hopluc.units.models import Body


def bodies_named(typed: str) -> QuerySet[Body]:
    """Bodies whose name or other name holds the words typed, with or without marks: listed ones and short names first."""
    query = search_query(typed)
    found = Body.objects.filter(words=query) if query else Body.objects.filter(listed=True)
    return found.order_by(F("listed").desc(), Length("name"), "sort_key")
