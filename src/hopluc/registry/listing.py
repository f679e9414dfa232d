"""A page of the directory with its counts, as quick for a country as for a commune.

Without words, counts come from the counters and pages from indexes alone. With words, those found are counted up to `MOST`; of more,
the first are listed in the order asked for. Facets have counts where there are no more of any kind and sector.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

from django.db.models import Count, QuerySet, Sum

from hopluc.registry.models import FacetTally, Organisation
from hopluc.registry.models.organisations import LegalStatus
from hopluc.registry.selectors import ALL, EXISTING, Sought, narrowed, ordered
from hopluc.units.realm import among

MOST = 1_000  # that a search counts and lists
SHOWN = (  # columns of a line
    *("pk", "kind", "code", "name", "founded_on", "legal_status", "operating", "sector", "charter_capital", "members"),
    *("unit__kind", "unit__name", "province__kind", "province__name"),
)


Found = tuple[int, str, str]  # id, kind, sector


@dataclass(frozen=True, slots=True)
class Counts:
    """How many the list would have of each kind, of each sector, and has as it is."""

    kinds: dict[str, int] | None  # None: not counted
    sectors: dict[str, int] | None
    total: int
    more: bool = False  # than `total`


class Listing(Sequence[Organisation]):
    """The organisations sought in an order, for Django's Paginator."""

    def __init__(self, sought: Sought, sort: str) -> None:
        self.sought, self.sort = sought, sort

    def __len__(self) -> int:
        return self.counts.total

    @overload
    def __getitem__(self, index: int) -> Organisation: ...

    @overload
    def __getitem__(self, index: slice) -> list[Organisation]: ...

    def __getitem__(self, index: int | slice) -> Organisation | list[Organisation]:
        """First which ones, which an index can say, then what is shown of them."""
        if isinstance(index, int):
            return self[index : index + 1][0]
        found = Organisation.objects.filter(narrowed(self.sought))
        if self.sought.typed and not self.counts.more:
            found = Organisation.objects.filter(pk__in=among(row[0] for row in self._found))
        ids = list(ordered(found, self.sort).values_list("pk", flat=True)[index])
        by_id = Organisation.objects.select_related("unit", "province").only(*SHOWN).in_bulk(ids)
        return [by_id[pk] for pk in ids]

    @cached_property
    def counts(self) -> Counts:
        if self.sought.typed:
            return self._counted_found()
        sought = self.sought
        by_row = sought.commune or sought.founded or sought.ended
        return self._summed(self._of_rows() if by_row else self._of_counters())

    @cached_property
    def _found(self) -> list[Found]:
        """What the words find, in no order."""
        return self._first()

    def _first(self, *, without: Collection[str] = ()) -> list[Found]:
        """One more than are counted shows that there are more."""
        found = Organisation.objects.filter(narrowed(self.sought, without=without)).order_by()
        return list(found.values_list("pk", "kind", "sector")[: MOST + 1])

    def _counted_found(self) -> Counts:
        """Where there are too many as it is, there are of any kind and sector: the words are looked up once."""
        if len(self._found) > MOST:
            return Counts(None, None, MOST, more=True)
        chosen = self.sought.kind or self.sought.sector
        beside = self._first(without=("kind", "sector")) if chosen else self._found
        if len(beside) > MOST:
            return Counts(None, None, len(self._found))
        return self._summed((*facets, n) for facets, n in Counter(row[1:] for row in beside).items())

    def _of_rows(self) -> Iterable[tuple[str, str, int]]:
        found = Organisation.objects.filter(narrowed(self.sought, without=("kind", "sector"))).order_by()
        return found.values_list("kind", "sector").annotate(n=Count("pk"))

    def _of_counters(self) -> Iterable[tuple[str, str, int]]:
        found: QuerySet[FacetTally] = FacetTally.objects.order_by()
        if self.sought.province:
            found = found.filter(province=self.sought.province)
        if self.sought.status == EXISTING:
            found = found.exclude(legal_status=LegalStatus.ENDED)
        elif self.sought.status != ALL:
            found = found.filter(legal_status=self.sought.status)
        if self.sought.operating:
            found = found.filter(operating=self.sought.operating)
        return found.values_list("kind", "sector").annotate(n=Sum("organisations"))

    def _summed(self, rows: Iterable[tuple[str, str, int]]) -> Counts:
        """Each facet beside what else is chosen."""
        kinds: Counter[str] = Counter()
        sectors: Counter[str] = Counter()
        total = 0
        for kind, sector, n in rows:
            of_kind, of_sector = self.sought.kind in ("", kind), self.sought.sector in ("", sector)
            kinds[kind] += n * of_sector
            sectors[sector] += n * of_kind
            total += n * (of_kind and of_sector)
        return Counts(dict(kinds), dict(sectors), total)
