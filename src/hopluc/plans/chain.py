"""The documents that a plan stands under, and the plans that carry it out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from django.db.models import F, QuerySet

from hopluc.accounts.models import User
from hopluc.documents.models import Document, Reference
from hopluc.documents.selectors import documents_visible
from hopluc.plans.models import Plan
from hopluc.plans.selectors import plans_visible

LEVELS = 2  # above and below
CARRIED = ("implements", "continues")  # relations that make a chain: what a text amends or repeals stands in none
Held = TypeVar("Held", Plan, Document)


@dataclass(slots=True)
class Link:
    """A document above or below: how it is cited where, and what we hold of it."""

    reference: Reference | None = None
    plan: Plan | None = None
    document: Document | None = None
    links: list[Link] = field(default_factory=list)

    @property
    def version_id(self) -> int | None:
        return self.plan.version_id if self.plan else None


def chain_above(plan: Plan, *, viewer: User) -> list[Link]:
    """What the plan carries out or continues, and what that stands under in its turn, as far as we hold it."""
    top = Link(plan=plan)
    level = [top]
    seen = {plan.symbol} - {""}
    for _turn in range(LEVELS):
        level = _above(level, seen, viewer)
    return top.links


def _above(level: list[Link], seen: set[str], viewer: User) -> list[Link]:
    below = {link.version_id: link for link in level if link.version_id}
    references = _cited(below, seen) if below else []
    symbols = {reference.symbol for reference in references if reference.symbol}
    plans = _by_symbol(plans_visible(viewer).filter(state=Plan.State.ISSUED), symbols)
    held = _by_symbol(documents_visible(viewer).filter(binned_at=None), symbols - plans.keys())
    found = []
    for reference in references:
        link = Link(reference, plans.get(reference.symbol), held.get(reference.symbol))
        below[reference.version_id].links.append(link)
        found.append(link)
    return found


def _by_symbol(rows: QuerySet[Held], symbols: set[str]) -> dict[str, Held]:
    return {each.symbol: each for each in rows.filter(symbol__in=symbols)} if symbols else {}


def _cited(versions: Iterable[int], seen: set[str]) -> list[Reference]:
    """What these versions are based on, each once, where it is cited first."""
    rows = Reference.objects.filter(version__in=list(versions), relation__in=CARRIED)
    place = {"version_number": F("version__number"), "document_id": F("version__document")}
    found = []
    for reference in rows.annotate(**place).order_by("version", "start"):
        name = reference.symbol or reference.title
        if name and name not in seen:
            seen.add(name)
            found.append(reference)
    return found


def plans_below(plan: Plan, *, viewer: User) -> list[Link]:
    """Plans in force that carry this one out, and those that carry them out."""
    top = Link(plan=plan)
    level, seen = [top], {plan.pk}
    for _turn in range(LEVELS):
        level = _below(level, seen, viewer)
    return top.links


def _below(level: list[Link], seen: set[int], viewer: User) -> list[Link]:
    above = {link.plan.symbol: link for link in level if link.plan and link.plan.symbol}
    if not above:
        return []
    citing: dict[int, str] = {}
    rows = Reference.objects.filter(symbol__in=above, relation__in=CARRIED).values_list("version", "symbol")
    for version, symbol in rows.order_by("version", "start"):
        citing.setdefault(version, symbol)
    plans = plans_visible(viewer).filter(version__in=citing, state=Plan.State.ISSUED).exclude(pk__in=seen)
    found: dict[str, list[Link]] = defaultdict(list)
    for each in plans.order_by("dated_on", "pk"):
        seen.add(each.pk)
        found[citing[each.version_id]].append(Link(plan=each))
    for symbol, links in found.items():
        above[symbol].links += links
    return [link for links in found.values() for link in links]
