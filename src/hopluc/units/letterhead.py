"""How an agency heads its documents: its own name without what stands above it, the body above, place, and who signs."""

from __future__ import annotations

import re
from dataclasses import dataclass

from hopluc.units.kinds import kind
from hopluc.units.models import Agency

PARTY = ("party", "party-committees", "central-party")  # families of kinds that write by the Party's layout
ALONE = ("ubnd-", "hdnd-", "doan-dbqh-", "tinh-uy", "dang-uy-xa", "btv-tinh-uy")  # no body is named above these
COMMITTEE = re.compile(
    r"^(Ủy ban nhân dân|Hội đồng nhân dân|Đảng ủy) (?=xã|phường|đặc khu|tỉnh|thành phố|huyện|quận|thị xã)"
)
SHORT = {"Ủy ban nhân dân": "UBND", "Hội đồng nhân dân": "HĐND"}


@dataclass(frozen=True, slots=True)
class Letterhead:
    """`issuer` and `governing` may hold a line end where the name is broken; `lines` of authority: prefix and words."""

    issuer: str
    governing: str
    place: str
    short: str  # in the symbol of its documents: `STC`
    party: bool
    lines: tuple[tuple[str, str], ...]


def letterhead_of(agency: Agency) -> Letterhead:
    """What can be told from its name and kind; people correct it."""
    key, unit = agency.body.key, agency.unit
    alone = key.startswith(ALONE)
    above = None if alone else agency.parent
    issuer = agency.name if unit is None or alone else agency.name.removesuffix(unit.full_name).strip()
    party = _family(key) in PARTY
    return Letterhead(
        issuer=_broken(issuer),
        governing=_broken(above.name) if above else "",
        place=unit.name if unit else "Hà Nội",
        short=_short(issuer),
        party=party,
        lines=_lines(key, issuer, party=party),
    )


def _family(key: str) -> str:
    """Of a body that people entered none."""
    try:
        return kind(key).family
    except KeyError:
        return ""


def _broken(name: str) -> str:
    """
    >>> _broken("Ủy ban nhân dân tỉnh Thái Nguyên")
    'Ủy ban nhân dân\\ntỉnh Thái Nguyên'
    """
    return COMMITTEE.sub(r"\1\n", name)


def _short(issuer: str) -> str:
    """First letters, as symbols have them.

    >>> _short("Sở Tài chính"), _short("Ủy ban nhân dân xã Phú Bình"), _short("Sở Nông nghiệp và Môi trường")
    ('STC', 'UBND', 'SNNMT')
    """
    for name, short in SHORT.items():
        if issuer.startswith(name):
            return short
    return "".join(word[0] for word in issuer.split() if word.lower() != "và").upper()


def _lines(key: str, issuer: str, *, party: bool) -> tuple[tuple[str, str], ...]:
    if key.startswith("ubnd-"):
        return ("TM", "Ủy ban nhân dân"), ("", "Chủ tịch")
    if not party and issuer.startswith("Sở "):
        return (("", "Giám đốc"),)
    return ()
