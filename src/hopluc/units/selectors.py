"""Bodies, found as people type their names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Length

from hopluc.core.folding import fold, words
from hopluc.core.search import VnFold, search_query
from hopluc.units.models import Agency, Body, FormerName, Tier, Unit


def bodies_named(typed: str, *, keepers: Iterable[int] = ()) -> QuerySet[Body]:
    """Bodies whose name or other name holds the words typed, with or without marks: listed ones and short names first.

    Of the groups that agencies put together themselves, those of `keepers` (ids).
    """
    query = search_query(typed)
    found = Body.objects.filter(words=query) if query else Body.objects.filter(listed=True)
    found = found.filter(Q(own_group=None) | Q(own_group__owner__in=keepers))
    return found.order_by(F("listed").desc(), Length("name"), "sort_key")


def kinds_of_agency() -> QuerySet[Body]:
    """Bodies of which a province may have an agency: those of the list that are no groups."""
    return Body.objects.filter(listed=True).exclude(key__startswith="g:")


def kind_named(typed: str) -> Body | None:
    """The kind of agency whose full name was typed, with or without marks."""
    named = kinds_of_agency().annotate(bare=VnFold("name"))
    return named.filter(bare=" ".join(fold(typed).split())).first()


def agencies_named(typed: str, *, among: QuerySet[Agency]) -> QuerySet[Agency]:
    """Agencies whose name or other name holds the words typed; short names first."""
    query = search_query(typed)
    return (among.filter(words=query) if query else among).order_by(Length("name"), "sort_key")


def agencies_found(typed: str, *, on: date) -> QuerySet[Agency]:
    """Agencies of any time whose name or other name holds the words typed: those in force first, short names first."""
    query = search_query(typed)
    found = Agency.objects.filter(words=query) if query else Agency.objects.none()
    ended = found.annotate(ended=Q(validity__endswith__lte=on)).select_related("body", "unit__parent__parent")
    return ended.defer("words", "body__words").order_by(F("ended").asc(nulls_first=True), Length("name"), "sort_key")


def agencies_of(unit: Unit, *, on: date, former: bool = False) -> QuerySet[Agency]:
    """The agencies of a unit on a day, or those that had ended by then, latest first."""
    agencies = unit.agencies.select_related("body").defer("words", "aliases", "body__words", "body__aliases")
    if former:
        return agencies.filter(validity__endswith__lte=on).order_by("-validity__endswith", "sort_key", "pk")
    return agencies.filter(validity__contains=on)


def agencies_counted(unit: Unit, *, on: date) -> dict[str, int]:
    """How many agencies a unit had on a day, and how many had ended by then."""
    now, over = Q(validity__contains=on), Q(validity__endswith__lte=on)
    counts: dict[str, int] = unit.agencies.order_by().aggregate(
        agencies=Count("pk", filter=now), former=Count("pk", filter=over)
    )
    return counts


def provinces_in_force(on: date) -> QuerySet[Unit]:
    """The provinces and cities of a day."""
    return Unit.objects.on(on).filter(tier=Tier.PROVINCE)


def provinces_called(typed: str, *, among: Iterable[Unit]) -> list[Unit]:
    """Those that somebody means by a name, now theirs or else before, with or without kind and marks."""
    asked, units = _bare(typed), {unit.pk: unit for unit in among}
    if found := [unit for unit in units.values() if asked in _names(unit.kind, unit.name)]:
        return found
    former = FormerName.objects.filter(unit__in=units).order_by("unit__sort_key")
    return [units[pk] for pk in dict.fromkeys(one.unit_id for one in former if asked in _names(one.kind, one.name))]


def _names(kind: str, name: str) -> set[str]:
    return {_bare(each) for each in (f"{kind} {name}", f"TP. {name}", f"tỉnh {name}", name)}


def _bare(text: str) -> str:
    return " ".join(words(fold(text)))
