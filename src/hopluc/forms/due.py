"""What forms and cases themselves are due: told to whoever fills them in, like anything that an app above registers."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from hopluc.accounts.models import Post
from hopluc.accounts.rights import RIGHTS
from hopluc.core.workdays import calendar_of
from hopluc.forms.cases import clock_of
from hopluc.forms.closing import OWED, closed_among
from hopluc.forms.models import Case, Filing
from hopluc.forms.reminders import DueItem, register

FILL = "fill in"
BACK = 3  # years that a case may be old


@register
def filings_due(*, today: date) -> Iterator[DueItem]:
    """Forms that were not handed in, and still can be."""
    owed = Filing.objects.filter(state__in=OWED, due_on__isnull=False).select_related("form")
    listed = list(owed.defer("values", "marks", "last"))
    closed = closed_among(listed)
    filings = [filing for filing in listed if filing.pk not in closed]
    owners = fillers({filing.agency_id for filing in filings}, today)
    for filing in filings:
        title = f"{filing}: {filing.subject}" if filing.subject else str(filing)
        assert filing.due_on is not None
        yield DueItem(
            title, filing.due_on, reverse("forms:filing", args=[filing.pk]), "forms.filing", filing.pk,
            owners.get(filing.agency_id, ()), filing.agency_id, filing.asked_by_id,
        )  # fmt: skip


@register
def cases_due(*, today: date) -> Iterator[DueItem]:
    """Cases whose clock runs."""
    running = ~Q(pauses__ends_on=None, pauses__isnull=False)
    cases = list(Case.objects.filter(running, closed_on=None).prefetch_related("pauses"))
    owners = fillers({case.agency_id for case in cases}, today)
    calendar = calendar_of(today.year - BACK, today.year + BACK)
    for case in cases:
        yield DueItem(
            case.title, clock_of(case, calendar=calendar, today=today).due, reverse("cases:detail", args=[case.pk]), "forms.case",
            case.pk, owners.get(case.agency_id, ()), case.agency_id, case.asked_by_id,
        )  # fmt: skip


def fillers(agencies: Collection[int], today: date) -> dict[int, tuple[int, ...]]:
    """Who fills in for each of these agencies (ids)."""
    posts = Post.objects.held(on=today).filter(agency__in=agencies, role__in=RIGHTS[FILL].roles, user__is_active=True)
    found: dict[int, set[int]] = {}
    for agency, user in posts.values_list("agency", "user"):
        found.setdefault(agency, set()).add(user)
    return {agency: tuple(sorted(users)) for agency, users in found.items()}
