"""The public door for reading: rounds as far as the viewer may see them, how far each is, and who has handed in."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies, realm
from hopluc.core.compiled import Compiled, given_ids
from hopluc.core.errors import Problem
from hopluc.forms.models import Decision, Filing
from hopluc.forms.services import closes
from hopluc.plans.models import Plan
from hopluc.reports.errors import RoundOver
from hopluc.reports.models import Call, Campaign, Report
from hopluc.reports.services import COMPILE, SUBJECT
from hopluc.units.realm import among

SEE = "see reports"  # a right
State = Filing.State
OWED = (State.DRAFT, State.RETURNED)
LIGHT = ("filing__values", "filing__marks", "filing__last", "filing__levels")  # not read for lists


class Standing(StrEnum):
    """How a call stands on a day; each is in one of these, but `late` and `handed_in` are among the others."""

    EMPTY, FILLING, WAITING, RETURNED, APPROVED = "empty", "filling", "waiting", "returned", "approved"
    LATE, HANDED_IN = "late", "handed_in"


WORDS: dict[Standing, str | Promise] = {
    Standing.EMPTY: _("Not begun"),
    Standing.FILLING: _("Being filled in"),
    Standing.WAITING: _("Waiting for approval"),
    Standing.RETURNED: _("Returned"),
    Standing.APPROVED: _("Approved"),
    Standing.LATE: _("Overdue"),
    Standing.HANDED_IN: _("Handed in"),
}
DRAWN = {  # as the states of anything are drawn
    Standing.EMPTY: "not_started",
    Standing.FILLING: "in_progress",
    Standing.WAITING: "reported",
    Standing.RETURNED: "returned",
    Standing.APPROVED: "confirmed",
    Standing.LATE: "overdue",
    Standing.HANDED_IN: "reported",
}


def stands(standing: Standing, *, today: date, of: str = "") -> Q:
    """The calls that stand so; `of` leads to them (`calls__`)."""

    def where(**about: Any) -> Q:
        return Q(**{f"{of}filing__{name}": value for name, value in about.items()})

    return {
        Standing.EMPTY: where(state=State.DRAFT, revision=0),
        Standing.FILLING: where(state=State.DRAFT, revision__gt=0),
        Standing.WAITING: where(state=State.WAITING),
        Standing.RETURNED: where(state__in=[State.RETURNED, State.REOPENED]),
        Standing.APPROVED: where(state=State.APPROVED),
        Standing.LATE: where(state__in=OWED, due_on__lt=today),
        Standing.HANDED_IN: where(state__in=[State.WAITING, State.APPROVED, State.REOPENED]),
    }[standing]


def campaigns_visible(viewer: User) -> QuerySet[Campaign]:
    """Rounds that the viewer's agencies or those below them compile, or that these are asked in; of the province those whose report
    was signed.
    """
    seen = realm(viewer, SEE)
    asked = Call.objects.filter(campaign=OuterRef("pk"), filing__agency__in=among(seen.agencies))
    signed = Report.objects.filter(campaign=OuterRef("pk"), state=Report.State.SIGNED)
    near = Q(owner__in=among(seen.below)) | Exists(asked)
    province = Q(owner__province__in=among(seen.provinces)) & Exists(signed)
    return (
        Campaign.objects.filter(near | province)
        .select_related("owner", "version__form", "plan")
        .defer("version__schema")
    )


def compiles(campaign: Campaign, viewer: User) -> bool:
    return campaign.owner_id in agencies(viewer, COMPILE)


def campaigns_listed(*, viewer: User, today: date, closed: bool = False) -> QuerySet[Campaign]:
    """With how many are asked, have handed in, are approved and late; the newest period first."""
    counts = {
        standing.value: Count("calls", filter=stands(standing, today=today, of="calls__"))
        for standing in (Standing.HANDED_IN, Standing.APPROVED, Standing.LATE)
    }
    found = campaigns_visible(viewer).filter(closed_on__isnull=not closed)
    return found.annotate(asked=Count("calls"), **counts).order_by("-ends_on", "-pk")


def calls_owed(viewer: User) -> QuerySet[Call]:
    """What open rounds ask of the viewer's own agencies, what is due first; handed in or not."""
    mine = Call.objects.filter(campaign__closed_on=None, filing__agency__in=among(agencies(viewer, SEE)))
    related = mine.select_related("campaign__owner", "filing__agency", "filing__form").defer(*LIGHT)
    return related.order_by("filing__due_on", "pk")


def calls_counted(campaign: Campaign, *, today: date) -> Mapping[Standing, int]:
    counts = {each.value: Count("pk", filter=stands(each, today=today)) for each in Standing}
    found = campaign.calls.order_by().aggregate(**counts)
    return {each: found[each.value] for each in Standing}


def calls_listed(campaign: Campaign, *, today: date, standing: Standing | None = None) -> QuerySet[Call]:
    """Who is asked, by name, each with when it handed in last."""
    found = campaign.calls.select_related("filing__agency", "filing__form", "campaign").defer(*LIGHT)
    found = found.filter(stands(standing, today=today)) if standing else found
    handed = Max("filing__decisions__at", filter=Q(filing__decisions__verb=Decision.Verb.SUBMIT))
    return found.annotate(handed_in_at=handed).order_by("filing__agency__sort_key", "pk")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a round's page."""

    call: Call
    standing: Standing
    late: bool  # owed, and its day is over

    @property
    def word(self) -> str:
        return str(WORDS[self.standing])

    @property
    def drawn(self) -> str:
        return DRAWN[self.standing]

    @property
    def owed(self) -> bool:
        return self.standing in (Standing.EMPTY, Standing.FILLING, Standing.RETURNED)


def line_of(call: Call, *, today: date) -> Line:
    filing = call.filing
    known = {
        State.WAITING: Standing.WAITING,
        State.APPROVED: Standing.APPROVED,
        State.RETURNED: Standing.RETURNED,
        State.REOPENED: Standing.RETURNED,
    }
    standing = known.get(State(filing.state), Standing.FILLING if filing.revision else Standing.EMPTY)
    due = filing.due_on
    return Line(call, standing, filing.state in OWED and due is not None and due < today)


def campaigns_of(plan: Plan, *, viewer: User, duty: int | None = None) -> QuerySet[Campaign]:
    """The rounds that were opened under a plan, or from one of its duties to report."""
    found = campaigns_visible(viewer).filter(plan=plan)
    return found.filter(duty=duty) if duty else found


CLOSED = Compiled(
    lambda: Campaign.objects.filter(pk__in=given_ids("subjects"), closed_on__isnull=False).select_related("owner")
)


@closes(SUBJECT)
def campaigns_closed(subjects: Collection[int]) -> Mapping[int, Problem]:
    """The rounds among these that take nothing more in."""
    found = CLOSED(subjects=list(subjects))
    return {each.pk: RoundOver(title=each.title, day=f"{each.closed_on:%d/%m/%Y}", owner=each.owner) for each in found}
