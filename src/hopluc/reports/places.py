"""Where each of the places of a clash can be seen."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from hopluc.accounts.models import User
from hopluc.plans.selectors import plans_visible
from hopluc.reports.compiling.gate import Clash, Place
from hopluc.reports.models import Campaign
from hopluc.reports.selectors import campaigns_visible

SAID = {"filings": "sum", "database": "database"}  # of a figure's statements, the one that such a place is


class Links:
    """Addresses for a reader: last year's report and the plan only where they may see these."""

    def __init__(self, campaign: Campaign, listed: Sequence[Clash], *, viewer: User) -> None:
        keys = {place.kind: place.key for clash in listed for place in clash.places}
        self.campaign = campaign
        self.earlier = _round_of(keys["report"], viewer) if "report" in keys else None
        plan = campaign.plan_id if "plan" in keys else None
        self.plan = plan if plan and plans_visible(viewer).filter(pk=plan).exists() else None

    def of(self, clash: Clash) -> list[tuple[str, str]]:
        """The places of a clash with what they are called; the address is empty where its reader may not go."""
        at = clash.places[0].key
        return [(place.label, self._url(place, at)) for place in clash.shown]

    def _url(self, place: Place, at: str) -> str:
        """`at`: the figure with which a statement disagrees."""
        pk = self.campaign.pk
        if place.kind == "cell":
            return reverse("reports:cell", args=[pk, place.key])
        if place.kind in SAID:
            return reverse("reports:cell", args=[pk, at]) + f"#said-{SAID[place.kind]}"
        if place.kind == "form":
            return reverse("reports:figures", args=[pk])
        if place.kind == "passage":
            return reverse("reports:text", args=[pk]) + f"#p-{place.key}"
        if place.kind == "filing":
            return reverse("forms:filing", args=[place.key])
        if place.kind == "report":
            return reverse("reports:figures", args=[self.earlier]) if self.earlier else ""
        return reverse("plans:detail", args=[self.plan]) if self.plan else ""


def _round_of(snapshot: str, viewer: User) -> int | None:
    return campaigns_visible(viewer).filter(report__snapshots=int(snapshot)).values_list("pk", flat=True).first()
