"""Values that stand side by side: seen, added, ended, corrected, removed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import presenting, services
from hopluc.registry.fact_kinds import FactKind, by_number, fact_kinds
from hopluc.registry.forms import CorrectionForm, ValueForm
from hopluc.registry.models import Fact, Organisation
from hopluc.registry.services.facts import BY_EVENT
from hopluc.registry.views.entering import kept, saved, status_of_form


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def values(request: StaffRequest, pk: int, what: str) -> HttpResponse:
    """All values of a kind, those that hold first; one more is added below."""
    one, kind = kept(request, pk), fact_kinds().get(what)
    if kind is None or not kind.several:
        raise Http404
    form = ValueForm(request.POST if request.method == "POST" else None, kind=kind, initial={"since": localdate()})
    added = saved(
        form,
        lambda: services.value_add(organisation=one, what=kind.key, stated=form.stated, by=request.user),
    )
    if added:
        done(request, _("Saved: %(fact)s.") % {"fact": kind.words})
        return redirect("registry:values", one.pk, kind.key)
    about = {**_about(one, kind), "form": form, "lines": presenting.value_lines(one, kind)}
    return render(request, "registry/values.html", about, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def value(request: StaffRequest, pk: int) -> HttpResponse:
    fact = get_object_or_404(Fact.objects.select_related("organisation"), pk=pk)
    one, kind = kept(request, fact.organisation_id), by_number()[fact.what]
    if not kind.several:
        raise Http404
    if request.POST.get("act") == "remove":
        return _removed(request, fact, kind)
    form = ValueForm(request.POST if request.method == "POST" else None, kind=kind, initial=_said(fact))
    if saved(form, lambda: services.value_correct(fact=fact, stated=form.stated, by=request.user)):
        done(request, _("Saved: %(fact)s.") % {"fact": kind.words})
        return redirect("registry:values", one.pk, kind.key)
    words = presenting.value_words(kind, fact, one)
    about = {**_about(one, kind), "form": form, "words": words}
    return render(request, "registry/value.html", about, status=status_of_form(form))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def correct(request: StaffRequest, pk: int) -> HttpResponse:
    """A value that is alone on its days, of now or of long ago."""
    fact = get_object_or_404(Fact.objects.select_related("organisation"), pk=pk)
    one, kind = kept(request, fact.organisation_id), by_number()[fact.what]
    if kind.several or kind.key in BY_EVENT:
        raise Http404
    form = CorrectionForm(request.POST if request.method == "POST" else None, kind=kind, initial=_said(fact))

    def enter() -> Fact:
        source, reason = form.cleaned_data["source"], form.cleaned_data["reason"]
        return services.fact_correct(
            fact=fact, value=form.value, since=form.first_day, source=source, reason=reason, by=request.user
        )

    if saved(form, enter):
        done(request, _("Saved: %(fact)s.") % {"fact": kind.words})
        return redirect("registry:change", one.pk, kind.key)
    title = _("Correct: %(fact)s, %(days)s") % {"fact": kind.words, "days": presenting.days_of(fact.validity)}
    about = {**_about(one, kind), "form": form, "title": title}
    return render(request, "registry/enter.html", about, status=status_of_form(form))


def _removed(request: StaffRequest, fact: Fact, kind: FactKind) -> HttpResponse:
    try:
        services.value_remove(fact=fact, by=request.user)
        done(request, _("The value is removed; the history keeps it."))
    except Problem as problem:
        messages.error(request, str(problem))
    return redirect("registry:values", fact.organisation_id, kind.key)


def _said(fact: Fact) -> dict[str, Any]:
    days = fact.validity
    return {
        "text": fact.text,
        "amount": fact.amount,
        "unit": fact.unit_id,
        "since": days.lower,
        "until": days.upper - timedelta(days=1) if days.upper else None,
        "source": fact.source,
    }


def _about(one: Organisation, kind: FactKind) -> dict[str, Any]:
    return {"organisation": one, "kind": kind, "back": reverse("registry:organisation", args=[one.pk])}
