"""An organisation's own page: what it proposed, what it may propose; and the registry's page where that is decided."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import proposals, selectors
from hopluc.registry.fact_kinds import fact_kinds
from hopluc.registry.models import Event, Organisation, Proposal
from hopluc.registry.presenting import status_of
from hopluc.registry.services.keeping import value_now
from hopluc.registry.views.organisation import paper_sent

UNPROCESSABLE, PAGE = 422, 25
TONES = {
    "waiting": ("amber", "hourglass"),
    "accepted": ("green", "circle-check"),
    "returned": ("red", "arrow-back-up"),
}
Json = dict[str, Any]


@require_GET
@needs(proposals.OWN)
def own(request: StaffRequest) -> HttpResponse:
    one = _own(request)
    sent = one.proposals.select_related("organisation")[:PAGE] if one else ()
    choices = [(what, proposals.label_of(what)) for what in proposals.WHAT]
    about = {"organisation": one, "lines": [_line(each) for each in sent], "choices": choices}
    return render(request, "registry/own.html", {**about, "status": status_of(one) if one else None})


@require_GET
@needs(proposals.OWN)
def paper(request: StaffRequest, pk: int) -> FileResponse:
    """The document by which an event of one's own organisation was entered."""
    one = proposals.own_organisation(request.user)
    return paper_sent(get_object_or_404(Event.objects.filter(organisation=one, file__isnull=False), pk=pk))


@require_http_methods(["GET", "POST"])
@needs(proposals.OWN)
def propose(request: StaffRequest, what: str) -> HttpResponse:
    one = _own(request)
    if one is None or what not in proposals.WHAT:
        raise Http404
    known = {"since": localdate(), "year": localdate().year - 1, "unit": one.unit_id, "text": _now(one, what)}
    form = proposals.form_of(what, request.POST if request.method == "POST" else None, known)
    if form.is_bound and form.is_valid():
        try:
            proposals.propose(organisation=one, what=what, form=form, by=request.user)
        except Problem as problem:
            form.add_error(None, str(problem))
        else:
            done(request, _("Sent to the registry: %(what)s.") % {"what": proposals.label_of(what)})
            return redirect("registry:own")
    about = {"form": form, "title": proposals.label_of(what), "back": reverse("registry:own"), "organisation": one}
    return render(request, "registry/propose.html", about, status=UNPROCESSABLE if form.is_bound else 200)


@require_GET
@needs("keep registry")
def waiting(request: StaffRequest) -> HttpResponse:
    """What organisations of one's registry proposed and nobody has decided."""
    rows = proposals.proposals_within(request.user).filter(state="waiting")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    return render(request, "registry/proposals.html", {"page": page, "lines": [_line(each) for each in page]})


@require_POST
@needs("keep registry")
def decide(request: StaffRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(proposals.proposals_within(request.user), pk=pk)
    try:
        if request.POST.get("act") == "accept":
            proposals.proposal_accept(proposal=proposal, by=request.user)
            done(request, _("The change is in the registry."))
        else:
            proposals.proposal_return(proposal=proposal, reason=request.POST.get("reason", ""), by=request.user)
            done(request, _("The proposal is returned."))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:proposals")


def _own(request: StaffRequest) -> Organisation | None:
    pk = proposals.own_organisation(request.user)
    return selectors.organisation_of(pk) if pk else None


def _now(one: Organisation, what: str) -> str:
    """The text that holds today, to be corrected."""
    kind = fact_kinds().get(what)
    held = value_now(one, what, on=localdate()) if kind and not kind.several else None
    return held.text if held else ""


def _line(proposal: Proposal) -> Json:
    """What is proposed, field by field, in the words of its form."""
    form = proposals.form_of(proposal.what, proposal.said)
    tone, icon = TONES[proposal.state]
    return {
        "proposal": proposal,
        "label": proposals.label_of(proposal.what),
        "state": (tone, icon, proposal.get_state_display()),
        "values": [(field.label, _shown(field)) for field in form if proposal.said.get(field.name)],
    }


def _shown(field: Any) -> str:
    """The chosen word of a choice, otherwise what was typed."""
    typed = str(field.value())
    chosen = next((str(words) for key, words in getattr(field.field, "choices", ()) if str(key) == typed), "")
    return chosen or typed
