"""What the registry holds in the places that a clerk keeps, read with a few queries however long the list is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower

from hopluc.accounts.models import User
from hopluc.accounts.rights import realm
from hopluc.registry.fact_kinds import by_number, number_of
from hopluc.registry.intake.places import Places, places_known
from hopluc.registry.likeness import Blocks, Profile
from hopluc.registry.models import Fact, Figures, Officer, Organisation
from hopluc.registry.naming import name_key
from hopluc.registry.selectors import Scope, scope_of

HEADS = (Officer.Post.REPRESENTATIVE, Officer.Post.HEAD)


class Held(NamedTuple):
    """An organisation as its row says."""

    pk: int
    kind: str
    code: str
    name: str
    founded_on: date
    ended_on: date | None
    unit: int
    province: int
    legal_status: str
    operating: str


class Said(NamedTuple):
    """A value that holds on the day of the list."""

    text: str
    amount: Decimal | None
    unit: int | None
    since: date


@dataclass(slots=True)
class Details:
    """Of the organisations that a list is about: values on its day, kinds with a later one, figures by year."""

    facts: dict[int, dict[str, Said]] = field(default_factory=dict)
    later: dict[tuple[int, str], date] = field(default_factory=dict)
    figures: dict[tuple[int, int], Mapping[str, Any]] = field(default_factory=dict)


@dataclass(slots=True)
class Snapshot:
    scope: Scope
    places: Places
    held: dict[int, Held]
    heads: dict[int, str]  # who stands for each
    blocks: Blocks
    provinces: frozenset[int]

    def __post_init__(self) -> None:
        self.by_code: dict[str, list[Held]] = {}
        for one in self.held.values():
            if one.code:
                self.by_code.setdefault(one.code, []).append(one)
        self.by_name: dict[tuple[str, int], list[Held]] = {}
        for one in self.held.values():
            if one.ended_on is None:
                self.by_name.setdefault((name_key(one.name), one.unit), []).append(one)
        for several in self.by_code.values():
            several.sort(key=lambda one: one.ended_on is not None)

    by_code: dict[str, list[Held]] = field(init=False)
    by_name: dict[tuple[str, int], list[Held]] = field(init=False)


def snapshot_of(by: User, *, today: date) -> Snapshot:
    """Everything that a list may be about: organisations of the provinces in whose registry a clerk has a part."""
    provinces = realm(by, "keep registry").provinces
    places = places_known(provinces, today=today)
    rows = Organisation.objects.filter(province__in=provinces).order_by("pk")
    held = {row[0]: Held(*row) for row in rows.values_list(*COLUMNS)}
    heads = _heads(provinces)
    phones = _phones(provinces, today)
    blocks = Blocks(profile_of(one, heads.get(one.pk, ""), phones.get(one.pk, "")) for one in held.values())
    return Snapshot(scope_of(by, "keep registry"), places, held, heads, blocks, frozenset(provinces))


def profiles_of(provinces: Collection[int], *, today: date, ended: bool) -> list[Profile]:
    """What tells the organisations of some provinces from each other; those that have ended too, where asked."""
    rows = Organisation.objects.filter(province__in=provinces).order_by("pk")
    held = [Held(*row) for row in (rows if ended else rows.filter(ended_on=None)).values_list(*COLUMNS)]
    heads, phones = _heads(provinces), _phones(provinces, today)
    return [profile_of(one, heads.get(one.pk, ""), phones.get(one.pk, "")) for one in held]


def profiles_by_id(ids: Collection[int], *, today: date) -> dict[int, Profile]:
    """The same of single organisations."""
    held = [Held(*row) for row in Organisation.objects.filter(pk__in=ids).values_list(*COLUMNS)]
    officers = Officer.objects.filter(organisation__in=ids, post__in=HEADS, validity__upper_inf=True).order_by("pk")
    heads = dict(officers.values_list("organisation_id", "party__name"))
    told = Fact.objects.filter(organisation__in=ids, what=number_of("phone"), validity__contains=today)
    phones = dict(told.values_list("organisation_id", "text"))
    return {one.pk: profile_of(one, heads.get(one.pk, ""), phones.get(one.pk, "")) for one in held}


COLUMNS = "pk kind code name founded_on ended_on unit_id province_id legal_status operating".split()


def profile_of(one: Held, head: str, phone: str) -> Profile:
    return Profile(one.pk, one.kind, one.name, one.code, one.unit, one.founded_on, phone, head)


def _heads(provinces: Collection[int]) -> dict[int, str]:
    rows = Officer.objects.filter(organisation__province__in=provinces, post__in=HEADS, validity__upper_inf=True)
    return dict(rows.order_by("pk").values_list("organisation_id", "party__name"))


def _phones(provinces: Collection[int], today: date) -> dict[int, str]:
    rows = Fact.objects.filter(organisation__province__in=provinces, what=number_of("phone"), validity__contains=today)
    return dict(rows.order_by().values_list("organisation_id", "text"))


def details_of(
    ids: Collection[int] | QuerySet[Organisation], keys: Iterable[str], years: Iterable[int], *, since: date
) -> Details:
    """What is known of some organisations of these kinds of facts, and of these years."""
    found = Details()
    known = by_number()
    whats = [number_of(key) for key in keys]
    rows = Fact.objects.filter(organisation__in=ids, what__in=whats, item=0).order_by()
    lasting = rows.filter(Q(validity__endswith__gt=since) | Q(validity__upper_inf=True))
    told = lasting.annotate(first=F("validity__startswith"))
    for one, what, text, amount, unit, first in told.values_list(
        "organisation_id", "what", "text", "amount", "unit_id", "first"
    ):
        key = known[what].key
        if first > since:
            found.later[one, key] = first
        else:
            found.facts.setdefault(one, {})[key] = Said(text, amount, unit, first)
    for row in Figures.objects.filter(organisation__in=ids, year__in=list(years)).values():
        found.figures[row["organisation_id"], row["year"]] = row
    return found


def codes_elsewhere(codes: Collection[str], known: Collection[int]) -> dict[str, tuple[str, str]]:
    """Who has a code outside of the provinces that are known: name and province."""
    rows = Organisation.objects.filter(code__in=codes).exclude(province__in=known)
    return {
        code: (name, f"{kind} {place}")
        for code, name, kind, place in rows.values_list("code", "name", "province__kind", "province__name")
    }


def names_elsewhere(names: Collection[str], known: Collection[int]) -> dict[str, str]:
    """In which other province a cooperative has a name already (in small letters)."""
    rows = Organisation.objects.annotate(small=Lower("name")).filter(small__in=names, ended_on=None).exclude(kind="tht")
    found = rows.exclude(province__in=known).values_list("small", "province__kind", "province__name")
    return {name: f"{kind} {place}" for name, kind, place in found}
