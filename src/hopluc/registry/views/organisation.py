"""One organisation: who, what, figures over the years, events, what the rules say; its members."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from hopluc.accounts import secrets
from hopluc.accounts.http import StaffRequest
from hopluc.accounts.presenting import contacts as masked_contacts
from hopluc.accounts.rights import may, needs
from hopluc.core.errors import Problem
from hopluc.indicators.chart import Chart, chart
from hopluc.registry import presenting, selectors
from hopluc.registry.codes import code_doubtful
from hopluc.registry.forms import LookForm
from hopluc.registry.known import findings_of
from hopluc.registry.models import Event, Figures, Membership, Organisation
from hopluc.registry.persons import FIELDS
from hopluc.registry.story import event_lines, finding_lines

MEMBERS = 50
UNPROCESSABLE = 422
Json = dict[str, Any]


@require_GET
@needs("look up")
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    found = selectors.organisation_of(pk)
    head = _head(request, found)
    return render(
        request, "registry/organisation.html", {**head, **_page(found, sees=head["sees"], names=head["names"])}
    )


def _head(request: HttpRequest, found: Organisation) -> Json:
    return {
        "organisation": found,
        "kind": presenting.kind_label(found.kind),
        "status": presenting.status_of(found),
        "demonstration": bool(found.batch and found.batch.kind == "demonstration"),
        "sees": selectors.may_see_register(request.user, found),
        "lists": may(request.user, "see registers"),
        "keeps": selectors.may_keep(request.user, found),
        "own": selectors.is_own(request.user, found),
        "works": may(request.user, "see"),
        "names": selectors.may_name(request.user, found),
    }


def _page(found: Organisation, *, sees: bool, names: bool) -> Json:
    today = localdate()
    facts = selectors.facts_of(found, public_only=not sees)
    predecessors = list(selectors.predecessors_of(found))
    about: Json = {
        "legal": presenting.status_words(found.legal_status, group=found.kind == "tht"),
        "code_doubtful": code_doubtful(found.code),
        "sections": presenting.fact_sections(found, facts, on=today),
        "officers": selectors.officers_of(found, public_only=not sees),
        "events": event_lines(found, selectors.events_of(found), predecessors),
        "predecessors": predecessors,
        "successors": selectors.successors_of(found),
        "signing_in": [each.user for each in found.delegates.select_related("user")] if names else [],
        "more": presenting.facts_missing(found, facts),
    }
    if sees:
        rows = list(selectors.figures_of(found))
        about |= {
            "figures": [presenting.year_row(row) for row in reversed(rows)],
            "chart": _chart(rows),
            "findings": finding_lines(findings_of(found, on=today)),
            "size": presenting.size_words(found),
        }
    return about


def _chart(rows: list[Figures]) -> Chart | None:
    """Revenue by year in million đồng."""
    values = {row.year: Fraction(row.revenue) / presenting.MILLION for row in rows if row.revenue is not None}
    return chart(values, {})


@require_GET
@needs("see registers")
def members(request: StaffRequest, pk: int) -> HttpResponse:
    """The register, its personal data masked."""
    found = _seen(request, pk)
    rows = selectors.members_of(found, on=localdate())
    page = Paginator(rows, MEMBERS).get_page(request.GET.get("page"))
    shown = [presenting.member_row(row, found) for row in page]
    return render(request, "registry/members.html", {**_head(request, found), "page": page, "rows": shown})


def _seen(request: StaffRequest, pk: int) -> Organisation:
    found = selectors.organisation_of(pk)
    if not selectors.may_see_register(request.user, found):
        raise Http404
    return found


@require_GET
@needs("see registers")
def paper(request: StaffRequest, pk: int) -> FileResponse:
    """The document by which an event was entered."""
    event = get_object_or_404(Event.objects.select_related("file").filter(file__isnull=False), pk=pk)
    _seen(request, event.organisation_id)
    return paper_sent(event)


def paper_sent(event: Event) -> FileResponse:
    assert event.file
    return FileResponse(event.file.data.open("rb"), as_attachment=True, filename=event.file_name)


@require_GET
@needs("see registers")
def member(request: StaffRequest, pk: int) -> HttpResponse:
    return render(request, "registry/member.html", _member(request, pk))


@require_POST
@needs("reach members")
def look(request: StaffRequest, pk: int) -> HttpResponse:
    """A masked field of a member, shown this once to whoever says what for."""
    form = LookForm(request.POST)
    about = _member(request, pk, asked=form)
    if form.is_valid():
        field = form.cleaned_data["field"]
        try:
            value = secrets.look(viewer=request.user, subject=about["row"].party, field=field, purpose=form.stated)
        except Problem as problem:
            form.add_error("purpose", str(problem))
        else:
            about = _member(request, pk, shown={field: value})
    return render(request, "registry/member.html", about, status=200 if form.is_valid() else UNPROCESSABLE)


def _member(
    request: StaffRequest, pk: int, *, shown: dict[str, str] | None = None, asked: LookForm | None = None
) -> Json:
    row = get_object_or_404(Membership.objects.select_related("party"), pk=pk)
    found = _seen(request, row.organisation_id)
    contacts = masked_contacts(row.party, FIELDS, viewer=request.user, shown=shown or {})
    others = row.party.memberships.exclude(pk=row.pk).select_related("organisation")
    seen = selectors.scope_of(request.user, "see registers")
    return {
        **_head(request, found),
        "row": row,
        "look_url": reverse("registry:look", args=[row.pk]),
        "member": presenting.member_row(row, found),
        "contacts": contacts,
        "others": [one for one in others if seen.holds(one.organisation.unit_id, one.organisation.province_id)],
        "look_form": LookForm(),
        "asked": asked,
    }
