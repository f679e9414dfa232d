"""Entering organisations, events, facts and figures."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import presenting, selectors, services
from hopluc.registry.codes import code_doubtful
from hopluc.registry.fact_kinds import FactKind, fact_kinds
from hopluc.registry.forms import (
    EventForm,
    FactForm,
    FiguresForm,
    FoundingForm,
    MemberForm,
    OfficerForm,
)
from hopluc.registry.models import Organisation
from hopluc.registry.services.facts import BY_EVENT

UNPROCESSABLE = 422
SUGGESTIONS, LONGEST = 20, 200


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def found(request: StaffRequest) -> HttpResponse:
    form = FoundingForm(*sent(request))
    made = saved(form, lambda: services.organisation_found(founding=form.founding, by=request.user))
    if made:
        done(request, _("“%(name)s” is in the registry.") % {"name": made.name})
        if code_doubtful(made.code):
            done(request, _("The last digit of code %(code)s does not fit. Check it.") % {"code": made.code})
        return redirect("registry:organisation", made.pk)
    about = {"form": form, "back": reverse("registry:list"), "title": _("Enter an organisation"), "with_file": True}
    return render(request, "registry/enter.html", about, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def record(request: StaffRequest, pk: int) -> HttpResponse:
    one = kept(request, pk)
    form = EventForm(*sent(request), organisation=one)
    event = saved(form, lambda: services.event_record(organisation=one, said=form.said, by=request.user))
    if event:
        done(request, _("The event is entered."))
        return redirect("registry:organisation", one.pk)
    about = {**_about(one, form, _("Enter an event")), "with_file": True}
    return render(request, "registry/enter.html", about, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def change(request: StaffRequest, pk: int, what: str) -> HttpResponse:
    one, kind = kept(request, pk), _kind(what)
    form = FactForm(request.POST if request.method == "POST" else None, kind=kind, initial={"since": localdate()})
    fact = saved(
        form,
        lambda: services.fact_change(
            organisation=one,
            what=kind.key,
            value=form.value,
            since=form.first_day,
            source=form.cleaned_data["source"],
            by=request.user,
        ),
    )
    if fact:
        done(request, _("Saved: %(fact)s.") % {"fact": kind.words})
        return redirect("registry:organisation", one.pk)
    about = {**_about(one, form, str(kind.words)), "lines": presenting.value_lines(one, kind, "correct")}
    return render(request, "registry/enter.html", about, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def figures(request: StaffRequest, pk: int) -> HttpResponse:
    one = kept(request, pk)
    form = FiguresForm(request.POST if request.method == "POST" else None, initial={"year": localdate().year - 1})

    def enter() -> Any:
        about = form.cleaned_data
        return services.figures_enter(
            organisation=one, year=about["year"], values=form.values, source=about["source"], by=request.user
        )

    if row := saved(form, enter):
        done(request, _("The figures of %(year)s are saved.") % {"year": str(row.year)})
        return redirect("registry:organisation", one.pk)
    return render(
        request, "registry/enter.html", _about(one, form, _("Enter the figures of a year")), status=status_of_form(form)
    )


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def member(request: StaffRequest, pk: int) -> HttpResponse:
    one = kept(request, pk)
    form = MemberForm(request.POST if request.method == "POST" else None)

    def add() -> Any:
        about = form.cleaned_data
        terms = {key: about[key] for key in ("since", "contribution", "promised")}
        return services.member_said(
            organisation=one, said=form.party, kind=about["membership"], by=request.user, **terms
        )

    if row := saved(form, add):
        done(request, _("%(name)s is in the register.") % {"name": row.party})
        return redirect("registry:members", one.pk)
    return render(request, "registry/enter.html", _about(one, form, _("Enter a member")), status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def officer(request: StaffRequest, pk: int) -> HttpResponse:
    one = kept(request, pk)
    form = OfficerForm(request.POST if request.method == "POST" else None)

    def appoint() -> Any:
        terms = {key: form.cleaned_data[key] for key in ("post", "qualification", "since", "source")}
        return services.officer_said(organisation=one, said=form.party, by=request.user, **terms)

    if row := saved(form, appoint):
        done(request, _("%(name)s has the post.") % {"name": row.party})
        return redirect("registry:organisation", one.pk)
    return render(request, "registry/enter.html", _about(one, form, _("Enter an officer")), status=status_of_form(form))


@require_GET
@needs("look up")
def communes(request: HttpRequest) -> JsonResponse:
    """Communes to choose from, of any time, for what was typed of a name."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    rows = selectors.communes_named(typed, viewer=request.user, on=localdate())[:SUGGESTIONS]
    return JsonResponse(
        {
            "results": [
                {"value": str(one.pk), "text": one.full_name, "note": selectors.commune_note(one)} for one in rows
            ]
        }
    )


def sent(request: StaffRequest) -> tuple[Any, Any]:
    """What was typed, and the files that came with it."""
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)


def saved(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act gives; None where the form, or the registry, refuses it: then the form says why."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return act()
    except Problem as problem:
        form.add_error(None, str(problem))
        return None


def status_of_form(form: forms.Form) -> int:
    return UNPROCESSABLE if form.is_bound else 200


def kept(request: StaffRequest, pk: int) -> Organisation:
    one = selectors.organisation_of(pk)
    if not selectors.may_keep(request.user, one):
        raise Http404
    return one


def _kind(what: str) -> FactKind:
    kind = fact_kinds().get(what)
    if kind is None or kind.key in BY_EVENT or kind.several:
        raise Http404
    return kind


def _about(one: Organisation, form: forms.Form, title: str) -> dict[str, Any]:
    back = reverse("registry:organisation", args=[one.pk])
    return {"organisation": one, "form": form, "back": back, "title": title}
