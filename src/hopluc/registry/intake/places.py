"""The communes that a list may name: of today and of any time before, with or without their kind, district and marks."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.db.models import Q

from hopluc.core.folding import fold
from hopluc.registry.places import places_today
from hopluc.units.models import FormerName, Lineage, Tier, Unit
from vanban.lexicon import fold as written

KIND = re.compile(r"^(?:xa|phuong|thi tran|dac khu|x|p|tt|huyen|quan|thi xa|thanh pho|tinh|tp|h|q|tx|t)\b[. ]*")
KINDS = {
    "xa": "xã",
    "x": "xã",
    "phuong": "phường",
    "p": "phường",
    "thi tran": "thị trấn",
    "tt": "thị trấn",
    "dac khu": "đặc khu",
}
BEGINS = re.compile(r"\b(?:xã|phường|thị trấn|đặc khu)\s", re.I)
ABOVE = re.compile(r"^(?:xã|phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tp\.?|tx\.?|tỉnh)\s", re.I)


@dataclass(frozen=True, slots=True)
class Place:
    """A commune, with its district where it had one; `here` is where it lies today, `parts` all that took over some of it."""

    pk: int
    name: str
    kind: str
    district: str
    first: date | None
    after: date | None  # the first day on which it was no more
    here: int
    province: int
    parts: frozenset[int]

    @property
    def full_name(self) -> str:
        return f"{self.kind} {self.name}"

    def there(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.after is None or day < self.after)

    def became(self, unit: int | None) -> bool:
        """Whether a unit of today is this one, or took over some of it."""
        return unit == self.here or unit in self.parts


class Places:
    """Found by what a list calls them."""

    def __init__(self, places: Iterable[Place], names: Iterable[tuple[int, str, str]] = ()) -> None:
        self.by_id = {one.pk: one for one in places}
        self._named: dict[str, list[tuple[str, str, Place]]] = defaultdict(list)
        called = [(one.pk, one.kind, one.name) for one in self.by_id.values()]
        for pk, kind, name in [*called, *names]:
            self._named[plain(name)].append((kind, name, self.by_id[pk]))
        self._known: dict[tuple[str, str, date], tuple[Place, ...]] = {}

    def called(self, commune: str, district: str = "", *, on: date) -> tuple[Place, ...]:
        """Those meant by a name; several where it leaves open which. A part after a comma is the district."""
        asked = (commune, district, on)
        if asked not in self._known:
            self._known[asked] = tuple(self._called(*asked))
        return self._known[asked]

    def _called(self, commune: str, district: str, on: date) -> list[Place]:
        commune, _comma, rest = (part.strip() for part in commune.partition(","))
        found = next((self._named[each] for each in readings(commune) if each in self._named), [])
        for fits in (
            [each for each in found if each[0] == kind_of(commune)],
            [each for each in found if written(without_kind(commune)) == written(each[1])],
        ):
            found = fits or found
        places = list({each[2].pk: each[2] for each in found}.values())
        within = readings((district or rest).split(",")[0])
        places = [one for one in places if one.district and plain(one.district) in within] or places
        for day in (on, date.max):
            lasting = [one for one in places if one.there(day)]
            if len(lasting) == 1 and (len(places) == 1 or not any(within) or plain(lasting[0].district) in within):
                return lasting
        if len({one.here for one in places}) == 1:  # whichever is meant, it lies there today
            return [max(places, key=lambda one: (one.first or date.min, one.pk))]
        return [one for one in places if one.there(on)] or places


def places_known(provinces: Collection[int], *, today: date) -> Places:
    """All communes of some provinces of today (and of provinces that became part of them)."""
    rows = Unit.objects.filter(Q(parent__in=provinces) | Q(parent__parent__in=provinces), tier=Tier.COMMUNE)
    units = list(rows.select_related("parent").defer("words", "parent__words").order_by("pk"))
    here = places_today([unit.pk for unit in units], on=today)
    parts: dict[int, set[int]] = defaultdict(set)
    for source, target in Lineage.objects.filter(source__in=here).values_list("source_id", "target_id"):
        parts[source].add(target)
    places = [_place(unit, here[unit.pk], parts[unit.pk]) for unit in units]
    former = FormerName.objects.filter(unit__in=here).values_list("unit_id", "kind", "name")
    return Places(places, former)


def _place(unit: Unit, here: tuple[int, int], parts: Collection[int]) -> Place:
    above = unit.parent
    district = above.name if above and above.tier == Tier.DISTRICT else ""
    lower, upper = unit.validity.lower, unit.validity.upper
    return Place(unit.pk, unit.name, unit.kind, district, lower, upper, *here, frozenset(parts))


@lru_cache(maxsize=50_000)
def plain(name: str) -> str:
    """
    >>> plain("Tân Cương"), plain("Quan  Triều")
    ('tan cuong', 'quan trieu')
    """
    return " ".join(re.findall(r"[a-z0-9]+", fold(name)))


def readings(name: str) -> tuple[str, str]:
    """What a name may mean: with what looks like a kind as a part of it, and without.

    >>> readings("TT. Đu"), readings("P.Túc Duyên"), readings("Quan Triều")
    (('tt du', 'du'), ('p tuc duyen', 'tuc duyen'), ('quan trieu', 'trieu'))
    """
    return plain(name), plain(KIND.sub("", fold(name).strip()))


def without_kind(name: str) -> str:
    return name[m.end() :].strip() if (m := KIND.match(fold(name))) and len(fold(name)) == len(name) else name


def kind_of(name: str) -> str:
    """The kind that a name says: `P. Túc Duyên` is a phường; empty where it says none."""
    m = KIND.match(fold(name).strip())
    return KINDS.get(m[0].strip(" ."), "") if m else ""


def commune_in(address: str) -> tuple[str, str]:
    """The commune and the district that an address names.

    >>> commune_in("Xóm 3, xã Tân Cương, TP Thái Nguyên, tỉnh Thái Nguyên")
    ('xã Tân Cương', 'TP Thái Nguyên')
    """
    parts = [part.strip() for part in re.split(r"[,;]| - ", address)]
    at = next((at for at, part in enumerate(parts) if BEGINS.match(part)), None)
    if at is None:
        return "", ""
    return parts[at], parts[at + 1] if at + 1 < len(parts) else ""


def street_of(address: str) -> str:
    """An address without the units that it lies in.

    >>> street_of("Xóm 3, xã Tân Cương, TP Thái Nguyên"), street_of("Số 2 đường Bến Oánh")
    ('Xóm 3', 'Số 2 đường Bến Oánh')
    """
    parts: Sequence[str] = [part.strip() for part in address.split(",")]
    at = next((at for at, part in enumerate(parts) if ABOVE.match(part)), len(parts))
    return ", ".join(parts[:at])
