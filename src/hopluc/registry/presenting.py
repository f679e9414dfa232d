"""Organisations, their facts, events and findings, in words for pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.accounts.secrets import masked
from hopluc.core.templatetags.shown import last_day
from hopluc.indicators.numbers import shown, whole
from hopluc.registry.fact_kinds import FactKind, by_number
from hopluc.registry.industries import industry_of, sectors, size_sector_of
from hopluc.registry.lifecycle import statuses
from hopluc.registry.models import Fact, Figures, Membership, Organisation
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.registry.services.facts import BY_EVENT
from hopluc.registry.sizes import size_of

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
STANDS_STILL = LegalStatus.ACTIVE.value, Operating.STOPPED.value


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the directory."""

    organisation: Organisation
    url: str
    kind: str
    sector: str
    status: tuple[str, str, str]  # tone, icon, word
    capital: str
    capital_exact: str
    members: int | None  # None: not for this viewer


def row_of(organisation: Organisation, *, seen: bool) -> Row:
    return next(rows_of([organisation], sees=lambda _unit, _province: seen))


def rows_of(listed: Iterable[Organisation], *, sees: Callable[[int, int], bool]) -> Iterator[Row]:
    """Their lines; `sees` says whether the viewer may know the members of those in a commune of a province (ids)."""
    kinds = {kind: str(label) for kind, label in Kind.choices}
    named = {key: str(sector.words) for key, sector in sectors().items()}
    before, after = reverse("registry:organisation", args=[0]).rsplit("0", 1)
    for one in listed:
        yield Row(
            one,
            f"{before}{one.pk}{after}",
            kinds[one.kind],
            named.get(one.sector, ""),
            status_of(one),
            millions(one.charter_capital),
            dong(one.charter_capital),
            one.members if sees(one.unit_id, one.province_id) else None,
        )


def kind_label(kind: str) -> str:
    return str(Kind(kind).label)


def status_of(organisation: Organisation) -> tuple[str, str, str]:
    """One word of state: what it is before the law, or that it stands still although it exists."""
    if (organisation.legal_status, organisation.operating) == STANDS_STILL:
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
    exact = Decimal(amount) / MILLION
    if abs(exact) >= 10 or exact == exact.to_integral_value():
        return whole(round(exact))
    return number_format(round(exact, 1), use_l10n=True, force_grouping=True)


def dong(amount: Decimal | int | None) -> str:
    if amount is None:
        return ""
    return _("%(amount)s đồng") % {"amount": whole(int(amount))}


def choices_of(counts: dict[str, int] | None, labels: dict[str, Any], chosen: str) -> list[dict[str, Any]]:
    """Values of a facet with how many each would leave, those that leave none aside; all where they were not counted."""
    return [
        {"key": key, "label": str(label), "count": counts.get(key, 0) if counts else None, "active": key == chosen}
        for key, label in labels.items()
        if counts is None or counts.get(key) or key == chosen
    ]


GROUPS: dict[str, str | Promise] = {
    "registration": gettext_lazy("Registration"),
    "status": gettext_lazy("Status over time"),
    "capital": gettext_lazy("Capital, funds and assets"),
    "governance": gettext_lazy("Governance"),
    "production": gettext_lazy("Production and links"),
}
SIZES: dict[str, str | Promise] = {
    "micro": gettext_lazy("micro"),
    "small": gettext_lazy("small"),
    "medium": gettext_lazy("medium"),
    "large": gettext_lazy("large"),
}


@dataclass(frozen=True, slots=True)
class Held:
    """A value of a fact with its days and source."""

    words: str
    exact: str
    days: str
    source: str


@dataclass(frozen=True, slots=True)
class FactLine:
    label: str
    now: list[Held]
    before: list[Held]
    change_url: str  # empty: by an event, or by other means


@dataclass(frozen=True, slots=True)
class Section:
    label: str | Promise
    lines: list[FactLine]


def fact_sections(organisation: Organisation, facts: Iterable[Fact], *, on: date) -> list[Section]:
    """Facts by heading; what holds on a day (of one that has ended: what held last), and what was before."""
    by_kind: dict[int, list[Fact]] = {}
    for fact in facts:
        by_kind.setdefault(fact.what, []).append(fact)
    found = []
    for group, label in GROUPS.items():
        kinds = [kind for kind in by_number().values() if kind.group == group and kind.no in by_kind]
        lines = [_line(organisation, kind, by_kind[kind.no], on) for kind in sorted(kinds, key=lambda kind: kind.no)]
        if lines:
            found.append(Section(label, lines))
    return found


def facts_missing(organisation: Organisation, facts: Iterable[Fact]) -> list[tuple[str, str]]:
    """Where to enter kinds of fact of which nothing is said yet, and their words."""
    said = {fact.what for fact in facts}
    return [
        (change_url(organisation, kind), str(kind.words))
        for kind in by_number().values()
        if kind.no not in said and kind.key not in BY_EVENT and (not kind.kinds or organisation.kind in kind.kinds)
    ]


def _line(organisation: Organisation, kind: FactKind, facts: list[Fact], on: date) -> FactLine:
    now = [fact for fact in facts if on in fact.validity]
    now = now or [fact for fact in facts if organisation.ended_on and fact.validity.upper == organisation.ended_on]
    before = [fact for fact in facts if fact not in now]
    url = change_url(organisation, kind)
    held = [_held(kind, fact, organisation) for fact in now]
    return FactLine(str(kind.words), held, [_held(kind, fact, organisation) for fact in before], url)


def change_url(organisation: Organisation, kind: FactKind) -> str:
    """Where it is changed; empty for what events alone change."""
    if kind.key in BY_EVENT:
        return ""
    return reverse("registry:values" if kind.several else "registry:change", args=[organisation.pk, kind.key])


def _held(kind: FactKind, fact: Fact, organisation: Organisation) -> Held:
    exact = dong(fact.amount) if kind.type == "money" else ""
    return Held(value_words(kind, fact, organisation), exact, days_of(fact.validity), fact.source)


def value_lines(one: Organisation, kind: FactKind, address: str = "value") -> list[dict[str, Any]]:
    """All values of a kind, those that hold today first; each with where it is corrected."""
    today = localdate()
    rows = one.facts.filter(what=kind.no).select_related("unit").defer("unit__words").order_by("item", "-validity")
    return [
        {
            "words": value_words(kind, row, one),
            "days": days_of(row.validity),
            "source": row.source,
            "holds": today in row.validity,
            "url": reverse(f"registry:{address}", args=[row.pk]),
        }
        for row in sorted(rows, key=lambda row: today not in row.validity)
    ]


def value_words(kind: FactKind, fact: Fact, organisation: Organisation) -> str:
    if kind.key == "legal_status":
        return status_words(fact.text, group=organisation.kind == "tht")
    if kind.key == "operating":
        return str(dict(Operating.choices).get(fact.text, fact.text))
    if kind.type == "money":
        return _("%(amount)s million đồng") % {"amount": millions(fact.amount)}
    if kind.type == "yes":
        return _("yes") if fact.amount else _("no")
    if kind.is_amount:
        amount = f"{shown(fact.amount)} {'%' if kind.type == 'percent' else kind.measure}".strip()
        return ", ".join(filter(None, (amount, fact.text)))
    if kind.type == "place":
        return ", ".join(filter(None, (fact.text, fact.unit.full_name if fact.unit else "")))
    if kind.type == "choice":
        return str(dict(kind.choices).get(fact.text, fact.text))
    if kind.type == "industry":
        known = industry_of(fact.text)
        return f"{fact.text} · {known.name}" if known else fact.text
    return fact.text


def days_of(validity: Any) -> str:
    start = date_format(validity.lower)
    if validity.upper is None:
        return _("since %(day)s") % {"day": start}
    return _("%(first)s to %(last)s") % {"first": start, "last": date_format(last_day(validity))}


def size_words(organisation: Organisation) -> str:
    """The class, or why it is not known."""
    if organisation.kind not in ("htx", "lhhtx"):
        return ""
    if organisation.size in SIZES:
        return str(SIZES[organisation.size])
    rule = size_of(size_sector_of(organisation.industry), {}, on=localdate()).rule
    if rule is None:
        return _("not known: its main industry is not entered")
    return _("not known: a figure or a threshold of %(source)s has not been entered") % {"source": rule.in_force.source}


@dataclass(frozen=True, slots=True)
class YearRow:
    year: str
    revenue: str
    profit: str
    income: str
    members: int | None
    workers: int | None
    trained: str
    source: str


def year_row(row: Figures) -> YearRow:
    trained = "" if row.managers is None or row.managers_trained is None else f"{row.managers_trained}/{row.managers}"
    return YearRow(
        str(row.year), millions(row.revenue), millions(row.profit), millions(row.income), row.members, row.workers, trained,
        row.source,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberRow:
    membership: Membership
    kind: str
    party_kind: str
    number: str  # masked
    contribution: str
    exact: str
    percent: str
    days: str


def member_row(row: Membership, organisation: Organisation) -> MemberRow:
    whole = organisation.charter_capital
    share = row.contribution * 100 / whole if row.contribution is not None and whole else None
    return MemberRow(
        row,
        str(row.get_kind_display()),
        str(row.party.get_kind_display()),
        masked("Party.number", row.party.number) if row.party.kind != "organisation" else row.party.number,
        millions(row.contribution),
        dong(row.contribution),
        shown(share) + " %" if share is not None else "",
        days_of(row.validity),
    )
