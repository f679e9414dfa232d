"""Units and agencies as their pages show them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from hopluc.units import frozen
from hopluc.units.holders import Paths
from hopluc.units.models import Agency, Unit
from hopluc.units.outlines import tones
from hopluc.units.tree import Named, Province, communes_of, outline_of, successors_of

MERGED = date(2025, 7, 1)  # the map of 63 provinces ended, districts ended


@dataclass(frozen=True, slots=True)
class Map:
    """What the script draws: the outlines' address, and for each unit by its key its name, page, colour and a note."""

    geo: str
    units: str  # JSON
    lit: str = "[]"  # JSON: the keys of those that the page is about
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class ProvinceRow:
    """A province in the list beside the map."""

    province: Province
    tone: int
    others: tuple[Named, ...]  # what it was made of, or what it is part of now

    @property
    def note(self) -> str:
        names = ", ".join(one.full_name for one in self.others)
        if not names:
            return ""
        return (_("now %(names)s") if self.province.became else _("made of %(names)s")) % {"names": names}


def province_rows(provinces: Iterable[Province]) -> list[ProvinceRow]:
    """A former province has the colour of the one that it is part of now; one that only went on needs no words."""
    rows = []
    for one in provinces:
        code = one.became[0].code if one.became else one.unit.code
        others = one.became or one.made_of
        alone = len(others) == 1 and others[0].name == one.unit.name
        rows.append(ProvinceRow(one, tones().get(code, 1), () if alone and not one.became else others))
    return rows


def country_map(rows: list[ProvinceRow], day: date) -> Map:
    about = {
        row.province.unit.key: [
            row.province.unit.full_name, address(row.province.unit.key, day), row.tone, row.note, row.province.unit.name
        ]
        for row in rows
    }  # fmt: skip
    year = 2025 if day >= MERGED else 2008
    return Map(static(f"units/geo/provinces-{year}.json"), json.dumps(about), approximate=year == 2008)


def unit_map(unit: Unit, today: date) -> list[Map]:
    """The outlines of today's communes, with those lit that are the unit's, or took its territory."""
    provinces, lit = outline_of(unit)
    return [
        Map(
            static(f"units/geo/communes-{province.code}.json"),
            json.dumps({
                one.key: [one.full_name, address(one.key), 0, "", one.name]
                for one in communes_of(province, today)
            }),
            json.dumps(sorted(lit)),
            approximate=unit.validity.upper is not None,
        )
        for province in sorted(provinces, key=lambda one: one.code)
    ]  # fmt: skip


def address(key: str, day: date | None = None) -> str:
    at = reverse("units:unit", args=[key])
    return f"{at}?on={day:%d/%m/%Y}" if day else at


def unknowns(key: str) -> list[str]:
    """What is not known for certain about a unit, in the reader's language."""
    language = "vi" if (get_language() or "vi").startswith("vi") else "en"
    return [row[language] for row in frozen.unknowns().get(key, ())]


def last_day(end: date) -> date:
    """The last day of what ends before `end`."""
    return end - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit or an agency that a search found; of one that has ended, when that was and what it is now."""

    thing: Unit | Agency
    url: str
    name: str
    where: str
    ended: str = ""

    @property
    def is_agency(self) -> bool:
        return isinstance(self.thing, Agency)


def unit_hits(units: Iterable[Unit], *, today: date) -> list[Hit]:
    listed = list(units)
    over = [unit for unit in listed if unit.validity.upper and unit.validity.upper <= today]
    now = successors_of(over, on=today)
    return [
        Hit(unit, address(unit.key), unit.full_name, _where(unit), _ended(unit.validity.upper, today, now[unit.pk]))
        for unit in listed
    ]


def agency_hits(agencies: Iterable[Agency], *, today: date) -> list[Hit]:
    listed = list(agencies)
    over = [agency.pk for agency in listed if agency.validity.upper and agency.validity.upper <= today]
    paths = Paths(over, on=today) if over else None
    hits = []
    for agency in listed:
        now = [holding.agency for holding in paths.of(agency.pk)] if paths and agency.pk in over else []
        hits.append(
            Hit(
                agency,
                reverse("units:agency", args=[agency.pk]),
                agency.name,
                (_where(agency.unit) if agency.unit else "") or agency.body.name,
                _ended(agency.validity.upper, today, [one for one in now if one]),
            )
        )
    return hits


def _where(unit: Unit) -> str:
    above = unit.parent
    names = [above.full_name] if above else []
    if above and above.parent:
        names.append(above.parent.full_name)
    return ", ".join(names)


def _ended(end: date | None, today: date, now: list[Any]) -> str:
    """`đến 28/02/2025 → nay Sở Tài chính tỉnh Thái Nguyên`; nothing while it goes on."""
    if end is None or end > today:
        return ""
    about = {"day": date_format(last_day(end)), "now": _few(now)}
    return (_("until %(day)s → now %(now)s") if now else _("until %(day)s")) % about


def _few(things: list[Any]) -> str:
    names = [str(one) for one in things[:3]]
    more = len(things) - len(names)
    return ", ".join(names) + (ngettext(" and %(n)s more", " and %(n)s more", more) % {"n": more} if more else "")
