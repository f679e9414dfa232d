"""All agencies whose work came to one, and all to which its own work went, with the successions between them."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.db.models.expressions import RawSQL

from hopluc.units.models import Agency, Succession

BEHIND = """
    WITH RECURSIVE behind(id) AS (
        SELECT %s::bigint UNION SELECT s.source_id FROM behind JOIN units_succession s ON s.target_id = behind.id
    ) SELECT id FROM behind
"""
AHEAD = """
    WITH RECURSIVE ahead(id) AS (
        SELECT %s::bigint UNION SELECT s.target_id FROM ahead JOIN units_succession s ON s.source_id = ahead.id
    ) SELECT id FROM ahead
"""


@dataclass(frozen=True, slots=True)
class Ancestry:
    """An agency among those before and after it."""

    agency: Agency
    links: tuple[Succession, ...]  # oldest first

    @property
    def agencies(self) -> list[Agency]:
        """The agency and all others, oldest first."""
        found = {self.agency.pk: self.agency}
        for link in self.links:
            found |= {one.pk: one for one in (link.source, link.target) if one.pk not in found}
        return sorted(found.values(), key=lambda one: (one.validity.lower, one.sort_key, one.pk))

    @property
    def divided(self) -> set[int]:
        """The ids of agencies of whose work some fields went ways of their own."""
        return {link.source_id for link in self.links if link.field}

    @property
    def before(self) -> set[int]:
        """The ids of the agency and of those whose work came to it."""
        found = {self.agency.pk}
        for link in reversed(self.links):  # latest first: a link leads to a later day, or to one of the same
            found |= {link.source_id} if link.target_id in found else set()
        return found if len(found) == 1 else self._settled(found)

    def _settled(self, found: set[int]) -> set[int]:
        more = found | {link.source_id for link in self.links if link.target_id in found}
        return found if more == found else self._settled(more)


def ancestry_of(agency: Agency) -> Ancestry:
    """In one query."""
    near = Q(target__in=RawSQL(BEHIND, [agency.pk])) | Q(source__in=RawSQL(AHEAD, [agency.pk]))  # noqa: S611
    links = Succession.objects.filter(near).select_related("source", "target").order_by("on", "source", "field")
    return Ancestry(agency, tuple(links))
