"""What the registry knows of an organisation, as the rules of the law ask for it; what it does not know is None."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.db.models import Count, Max, Q, Sum

from hopluc.core.ruling import Known
from hopluc.registry.fact_kinds import by_number
from hopluc.registry.limits import Finding, findings
from hopluc.registry.models import Fact, Organisation

PLAIN = (
    "charter_capital fund_rate_external fund_rate_internal charter_fund_rate shared_by_use separate_books "
    "meeting_months posted_after posted_for"
).split()


def findings_of(organisation: Organisation, *, on: date) -> list[Finding]:
    """Each rule in force on a day for it: met, unmet or unknown."""
    return findings(organisation.kind, known_of(organisation, on=on), on=on)


def known_of(organisation: Organisation, *, on: date) -> Known:
    rows = organisation.facts.filter(validity__contains=on, item=0)
    facts = {by_number()[fact.what].key: fact for fact in rows}
    plain = {key: facts[key].amount if key in facts else None for key in PLAIN}
    governance = facts.get("governance")
    return {
        **plain,
        **_members(organisation, on),
        "contributed_capital": _contributed(organisation, facts, on),
        "months_of_capital": months_between(facts["charter_capital"].validity.lower, on)
        if "charter_capital" in facts
        else None,
        "full_governance": int(governance.text == "full") if governance else None,
        "micro": {"": None, "unknown": None}.get(organisation.size, int(organisation.size == "micro")),
    }


def _members(organisation: Organisation, on: date) -> dict[str, Decimal | int | None]:
    """By the register; without one, only the number that was declared is known."""
    official, associate, foreign = Q(kind="official"), Q(kind="capital"), Q(party__foreign=True)
    found = organisation.memberships.filter(validity__contains=on).aggregate(
        members=Count("pk"),
        official_members=Count("pk", filter=official),
        largest_official=Max("contribution", filter=official),
        associate_capital=Sum("contribution", filter=associate),
        foreign_capital=Sum("contribution", filter=foreign),
        foreign_official=Count("pk", filter=official & foreign),
    )
    if not found.pop("members"):
        return {**dict.fromkeys(found), "official_members": organisation.official_members or None}
    return {key: value if value is not None or key == "largest_official" else 0 for key, value in found.items()}


def _contributed(organisation: Organisation, facts: dict[str, Fact], on: date) -> Decimal | None:
    """By the register, else by what was said of both kinds of members together."""
    paid = organisation.memberships.filter(validity__contains=on).aggregate(sum=Sum("contribution"))["sum"]
    if paid is not None:
        return Decimal(paid)
    said = [facts[key].amount for key in ("contributed_members", "contributed_associates") if key in facts]
    return sum((amount for amount in said if amount is not None), Decimal(0)) if said else None


def months_between(start: date, end: date) -> int:
    """Whole months.

    >>> months_between(date(2026, 1, 31), date(2026, 2, 28)), months_between(date(2026, 1, 15), date(2026, 7, 15))
    (0, 6)
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)
