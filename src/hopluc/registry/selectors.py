"""Organisations of the registry, as far as the viewer may see them: public facts for anyone, the rest within one's province."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import Viewer, may, posts_of, realm
from hopluc.core.folding import words
from hopluc.core.search import search_query
from hopluc.registry.fact_kinds import by_number
from hopluc.registry.models import Event, Fact, Figures, Membership, Officer, Organisation, Succession
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.registry.places import places_today
from hopluc.units.models import Tier, Unit

EXISTING, ALL = "", "all"
FACETS = ("kind", "status", "operating", "sector")
PUBLIC_POSTS = (Officer.Post.REPRESENTATIVE, Officer.Post.HEAD)


@dataclass(frozen=True, slots=True)
class Sought:
    """What a list of organisations is narrowed to; empty: not by that."""

    typed: str = ""
    kind: str = ""
    status: str = EXISTING  # all that have not ended; `all`; else a legal status
    operating: str = ""
    sector: str = ""
    province: Unit | None = None
    commune: Unit | None = None
    founded: int | None = None  # in this year
    ended: int | None = None


def organisations_listed(sought: Sought, *, sort: str = "name") -> QuerySet[Organisation]:
    """Public facts of those sought, in Vietnamese order of their names or as `sort` says (`-` before it: backwards)."""
    found = (
        Organisation.objects.filter(narrowed(sought)).select_related("unit", "province").defer("words", "unit__words")
    )
    return ordered(found, sort)


def ordered(found: QuerySet[Organisation], sort: str) -> QuerySet[Organisation]:
    """As an index of `models.organisations.SORTED` has them, forwards or backwards."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    capital = F("charter_capital")
    columns: dict[str, Any] = {
        "founded": "-founded_on" if down else "founded_on",
        "members": "-members" if down else "members",
        "capital": capital.desc(nulls_last=True) if down else capital.asc(nulls_last=True),
    }
    names = ("-sort_key", "-id") if down else ("sort_key", "id")
    return found.order_by(*((columns[key], *names) if key in columns else names))


def narrowed(sought: Sought, *, without: Collection[str] = ()) -> Q:
    """The condition of a list; `without` leaves facets open, to count their values."""
    found = Q()
    if query := search_query(sought.typed):
        found &= Q(words=query)
    if sought.status == EXISTING:
        found &= ~Q(legal_status=LegalStatus.ENDED)
    elif sought.status != ALL:
        found &= Q(legal_status=sought.status)
    for facet in ("kind", "operating", "sector"):
        if (chosen := getattr(sought, facet)) and facet not in without:
            found &= Q(**{facet: chosen})
    for column in ("founded", "ended"):
        if year := getattr(sought, column):
            found &= Q(**{f"{column}_on__year": year})
    if sought.commune:
        return found & Q(unit=sought.commune)
    return found & Q(province=sought.province) if sought.province else found


def sought_of(asked: Any, *, viewer: Viewer, on: date) -> Sought:
    """What an address asks for; without a place, the province of the viewer, if any. Raises Http404 for an unknown place."""
    typed = asked.get("q", "").replace("\x00", "").strip()[:200]
    typed = typed if words(typed) else ""  # signs alone say nothing
    known = {"kind": Kind.values, "status": [ALL, *LegalStatus.values], "operating": Operating.values}
    chosen = {name: str(asked.get(name, "")) for name in FACETS}
    kind, status, operating, sector = (
        value if value in known.get(name, [value]) else "" for name, value in chosen.items()
    )
    province, commune = _place(asked.get("unit"), viewer=viewer, on=on)
    years = {column: _year(asked.get(column, "")) for column in ("founded", "ended")}
    return Sought(typed, kind, status, operating, sector, province, commune, **years)


def _year(typed: str) -> int | None:
    return int(typed) if len(typed) == 4 and typed.isascii() and typed.isdecimal() and int(typed) else None


def _place(key: str | None, *, viewer: Viewer, on: date) -> tuple[Unit | None, Unit | None]:
    """A province, and a commune of it."""
    if key is None:
        return _own_province(viewer, on), None
    if not key:
        return None, None
    unit = Unit.objects.filter(key=key).select_related("parent").defer("words").first()
    if unit is None:
        raise Http404
    if unit.tier == Tier.PROVINCE:
        return unit, None
    return unit.parent, unit


def place_of(key: str | None, *, viewer: Viewer, on: date) -> Unit | None:
    """A unit of any time by its key, none for the whole country; without a key, the viewer's province. Raises Http404."""
    if key is None:
        return _own_province(viewer, on)
    unit = Unit.objects.filter(key=key).select_related("parent").defer("words").first()
    if key and unit is None:
        raise Http404
    return unit


def _own_province(viewer: Viewer, on: date) -> Unit | None:
    """Of the first post through which the viewer sees more than public facts; that province is of today."""
    held = [post.agency for post in posts_of(viewer, "see registers")]
    if not held:
        return None
    provinces = {unit.pk: unit for unit in provinces_kept(on).filter(pk__in=realm(viewer, "see registers").provinces)}
    first = next((provinces[each.province_id] for each in held if each.province_id in provinces), None)
    return first or next(iter(provinces.values()), None)


def provinces_kept(on: date) -> QuerySet[Unit]:
    """The provinces in force, in Vietnamese order."""
    return Unit.objects.on(on).filter(tier=Tier.PROVINCE).defer("words").order_by("sort_key")


class PlaceChoice(NamedTuple):
    """A place to choose in a list."""

    pk: int
    key: str
    kind: str
    name: str
    above: int | None  # the province of a commune


def place_choices(on: date, *, within: Unit | None = None) -> list[PlaceChoice]:
    """The provinces in force, and the communes of one of them, in Vietnamese order."""
    asked = Q(tier=Tier.PROVINCE)
    if within:
        asked |= Q(tier=Tier.COMMUNE, parent=within)
    found = Unit.objects.on(on).filter(asked).order_by("sort_key")
    return [PlaceChoice(*row) for row in found.values_list("pk", "key", "kind", "name", "parent_id")]


def communes_named(typed: str, *, viewer: Viewer, on: date) -> QuerySet[Unit]:
    """Communes of any time in the provinces whose registry, or an organisation of which, the viewer keeps; in force first."""
    own = realm(viewer, "keep registry").provinces | realm(viewer, "keep own organisation").provinces
    within = Unit.objects.filter(Q(parent__in=own) | Q(parent__parent__in=own), tier=Tier.COMMUNE)
    query = search_query(typed)
    found = within.filter(words=query) if query else within
    ended = found.annotate(ended=Q(validity__endswith__lte=on)).select_related("parent__parent").defer("words")
    return ended.order_by(F("ended").asc(nulls_first=True), "sort_key", "-validity")


# Of one organisation: what is public, and what only those see who have a right over its province.


def may_see_register(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer may see its figures, members and what the rules say of it; its own director may."""
    within = _within(viewer, "see registers", organisation.unit_id, organisation.province_id)
    return within or is_own(viewer, organisation)


def is_own(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer signs in for it."""
    if not isinstance(viewer, User) or not may(viewer, "keep own organisation"):
        return False
    return organisation.delegates.filter(user=viewer).exists()


def may_keep(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer may enter events, facts and figures of it."""
    return _within(viewer, "keep registry", organisation.unit_id, organisation.province_id)


def may_name(viewer: Viewer, organisation: Organisation) -> bool:
    """Whether the viewer gives its representative a sign-in, and takes it away."""
    right = "name directors"
    everywhere = may(viewer, right) and realm(viewer, right).everywhere
    return everywhere or _within(viewer, right, organisation.unit_id, organisation.province_id)


def keeps(viewer: Viewer, unit: Unit) -> bool:
    """Whether the viewer may enter organisations with their seat in a commune, by where that lies today."""
    here, province = places_today([unit.pk], on=localdate())[unit.pk]
    return _within(viewer, "keep registry", here, province)


def _within(viewer: Viewer, right: str, unit: int, province: int) -> bool:
    return scope_of(viewer, right).holds(unit, province)


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose registry a right reaches: whole provinces, and single communes (ids of today)."""

    provinces: frozenset[int]
    communes: frozenset[int]

    def holds(self, unit: int, province: int) -> bool:
        return province in self.provinces or unit in self.communes


def scope_of(viewer: Viewer, right: str) -> Scope:
    """A post at an agency of a commune reaches that commune; any other, the provinces that the right reaches."""
    agencies = [post.agency for post in posts_of(viewer, right)]
    served = {agency.unit_id for agency in agencies if agency.unit_id}
    communes = (
        set(Unit.objects.filter(pk__in=served, tier=Tier.COMMUNE).values_list("pk", flat=True)) if served else set()
    )
    beyond = any(agency.unit_id not in communes for agency in agencies)
    provinces = realm(viewer, right).provinces if beyond else frozenset()
    return Scope(provinces, frozenset(communes))


def organisations_within(scope: Scope) -> QuerySet[Organisation]:
    """All that have not ended and have their seat there."""
    return Organisation.objects.filter(Q(province__in=scope.provinces) | Q(unit__in=scope.communes), ended_on=None)


def organisation_of(pk: int) -> Organisation:
    """Raises Http404."""
    found = Organisation.objects.select_related("party", "unit__parent", "province", "batch").defer("words")
    organisation = found.filter(pk=pk).first()
    if organisation is None:
        raise Http404
    return organisation


def facts_of(organisation: Organisation, *, public_only: bool) -> list[Fact]:
    """All values through time, the newest of each first."""
    rows = organisation.facts.select_related("unit").defer("unit__words").order_by("what", "item", "-validity")
    known = by_number()
    return [row for row in rows if row.what in known and (known[row.what].public or not public_only)]


def officers_of(organisation: Organisation, *, public_only: bool) -> QuerySet[Officer]:
    """Who stands for it before others is public; who else leads it is not."""
    rows = organisation.officers.filter(post__in=PUBLIC_POSTS) if public_only else organisation.officers.all()
    return rows.select_related("party").order_by(F("validity__endswith").desc(nulls_first=True), "pk")


def events_of(organisation: Organisation) -> QuerySet[Event]:
    links = Succession.objects.select_related("target", "source").defer("target__words", "source__words")
    return (
        organisation.events.select_related("annulled_by")
        .defer("made")
        .prefetch_related(Prefetch("successions", links, to_attr="links"))
        .order_by("-day", "-pk")
    )


def predecessors_of(organisation: Organisation) -> QuerySet[Succession]:
    rows = organisation.predecessors.select_related("source", "event").defer("source__words")
    return rows.order_by("event__day", "pk")


def successors_of(organisation: Organisation) -> QuerySet[Succession]:
    rows = organisation.successors.select_related("target", "event").defer("target__words")
    return rows.order_by("event__day", "pk")


def figures_of(organisation: Organisation) -> QuerySet[Figures]:
    return organisation.figures.order_by("year")


def members_of(organisation: Organisation, *, on: date) -> QuerySet[Membership]:
    """Those in the register on a day, in the order of their numbers."""
    return organisation.memberships.filter(validity__contains=on).select_related("party").order_by("number", "id")


def commune_note(unit: Unit) -> str:
    """What tells a commune from others of its name: where it lay, and until when."""
    above = []
    parent = unit.parent
    while parent:
        above.append(parent.full_name)
        parent = parent.parent
    if unit.validity.upper:
        day = date_format(unit.validity.upper - timedelta(days=1))
        above.append(_("until %(day)s") % {"day": day})
    return ", ".join(above)
