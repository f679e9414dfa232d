"""Organisations, their facts, events and findings, in words for pages."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hopluc.registry.industries import sectors
from hopluc.registry.lifecycle import statuses
from hopluc.registry.models import Organisation
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating

MILLION = 1_000_000
TONES = {
    "active": ("green", "circle-check"),
    "suspended": ("amber", "player-pause"),
    "absent": ("amber", "map-pin"),
    "revoked": ("red", "alert-circle"),
    "closing": ("amber", "hourglass"),
    "bankruptcy": ("red", "alert-circle"),
    "ended": ("hatched", "archive"),
}
SHORT_STATUS: dict[str, str | Promise] = dict(LegalStatus.choices)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the directory."""

    organisation: Organisation
    kind: str
    sector: str
    status: tuple[str, str, str]  # tone, icon, word
    capital: str
    capital_exact: str


def row_of(organisation: Organisation) -> Row:
    found = sectors().get(organisation.sector)
    return Row(
        organisation,
        kind_label(organisation.kind),
        str(found.words) if found else "",
        status_of(organisation),
        millions(organisation.charter_capital),
        dong(organisation.charter_capital),
    )


def kind_label(kind: str) -> str:
    return str(Kind(kind).label)


def status_of(organisation: Organisation) -> tuple[str, str, str]:
    """One word of state: what it is before the law, or that it stands still although it exists."""
    if organisation.legal_status == LegalStatus.ACTIVE and organisation.operating == Operating.STOPPED:
        return "amber", "player-pause", str(Operating.STOPPED.label)
    tone, icon = TONES[organisation.legal_status]
    return tone, icon, str(SHORT_STATUS[organisation.legal_status])


def status_words(status: str, *, group: bool) -> str:
    """The words of the decree."""
    found = statuses(group=group).get(status)
    return str(found) if found else ""


def millions(amount: Decimal | int | None) -> str:
    """`1.250`, of đồng in millions; nothing where it is not known."""
    if amount is None:
        return ""
    whole = Decimal(amount) / MILLION
    digits = 0 if abs(whole) >= 10 or whole == whole.to_integral_value() else 1
    return number_format(round(whole, digits) if digits else round(whole), use_l10n=True, force_grouping=True)


def dong(amount: Decimal | int | None) -> str:
    if amount is None:
        return ""
    return _("%(amount)s đồng") % {"amount": number_format(int(amount), use_l10n=True, force_grouping=True)}


def choices_of(counts: dict[str, int], labels: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """Values of a facet with how many each would leave, those that leave none aside."""
    return [
        {"key": key, "label": str(label), "count": counts.get(key, 0), "active": key == chosen}
        for key, label in labels.items()
        if counts.get(key) or key == chosen
    ]
