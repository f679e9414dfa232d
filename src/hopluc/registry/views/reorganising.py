"""Merger, consolidation, division, split, conversion: typed, looked at as it would be, then saved; and an event annulled."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.registry import selectors, services
from hopluc.registry.lifecycle import event_kinds
from hopluc.registry.models import Event, Organisation
from hopluc.registry.outcome import Outcome, outcome_of
from hopluc.registry.reorganising_forms import (
    ActForm,
    ConsolidationForm,
    ConvertedForm,
    MergerForm,
    NewForm,
    PartForm,
    may_join,
    numbers_in_register,
)
from hopluc.registry.reorganising_presenting import shown_of
from hopluc.registry.views.entering import LONGEST, SUGGESTIONS, UNPROCESSABLE, kept, sent

MOST = 12  # parts


@dataclass
class Asked:
    """The forms of an act, what it takes part in, and how it is done once they are valid."""

    form: ActForm
    act: Callable[[], Sequence[Organisation]]
    sources: Callable[[], list[Organisation]]
    parts: list[forms.Form] = field(default_factory=list)
    several: bool = False  # parts may be added

    @property
    def valid(self) -> bool:
        judged = [form.is_valid() for form in (self.form, *self.parts)]  # of all: each says what is wrong with it
        return all(judged)


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def merge(request: StaffRequest, pk: int) -> HttpResponse:
    one = _possible(request, pk, "merge")
    form = MergerForm(*sent(request), organisation=one, by=request.user)

    def act() -> list[Organisation]:
        about = form.cleaned_data
        sources = [one, *about["others"]]
        return [services.organisations_merge(sources=sources, target=about["target"], said=form.said, by=request.user)]

    def sources() -> list[Organisation]:
        return [one, *form.cleaned_data["others"], form.cleaned_data["target"]]

    return _page(request, one, "merge", Asked(form, act, sources))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def consolidate(request: StaffRequest, pk: int) -> HttpResponse:
    one = _possible(request, pk, "consolidate")
    form = ConsolidationForm(*sent(request), organisation=one, by=request.user)
    new = NewForm(sent(request)[0], prefix="new", initial=_like(one))

    def act() -> list[Organisation]:
        founding = form.founding(new.new, one.kind)
        about = {"founding": founding, "note": form.cleaned_data["note"], "by": request.user}
        return [services.organisations_consolidate(sources=sources(), **about)]

    def sources() -> list[Organisation]:
        return [one, *form.cleaned_data["others"]]

    return _page(request, one, "consolidate", Asked(form, act, sources, [new]))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def convert(request: StaffRequest, pk: int) -> HttpResponse:
    one = _possible(request, pk, "convert")
    form = ActForm(*sent(request))
    new = ConvertedForm(sent(request)[0], prefix="new", initial=_like(one))

    def act() -> list[Organisation]:
        founding = form.founding(new.new, "htx")
        return [services.group_convert(group=one, founding=founding, note=form.cleaned_data["note"], by=request.user)]

    return _page(request, one, "convert", Asked(form, act, lambda: [one], [new]))


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def divide(request: StaffRequest, pk: int) -> HttpResponse:
    return _parted(request, pk, "divide", services.organisation_divide, least=2)


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def separate(request: StaffRequest, pk: int) -> HttpResponse:
    return _parted(request, pk, "separate", services.organisation_separate, least=1)


def _parted(request: StaffRequest, pk: int, kind: str, service: Callable[..., Any], *, least: int) -> HttpResponse:
    one = _possible(request, pk, kind)
    form, typed = ActForm(*sent(request)), sent(request)[0]
    parts: list[Any] = [
        PartForm(typed, prefix=f"part-{turn}", initial=_like(one)) for turn in range(_count(request, least))
    ]

    def act() -> list[Organisation]:
        numbers = numbers_in_register(one, form)
        found: list[Organisation] = service(
            source=one, parts=[part.part(form, one, numbers) for part in parts], said=form.said, by=request.user
        )
        return found

    return _page(request, one, kind, Asked(form, act, lambda: [one], parts, several=True), least=least)


def _count(request: StaffRequest, least: int) -> int:
    """How many parts the page has, one more or less where that was asked."""
    typed = request.POST.get("parts", "")
    count = int(typed) if typed.isdecimal() and len(typed) < 3 else least
    change = {"more": 1, "less": -1}.get(request.POST.get("act", ""), 0)
    return min(max(count + change, least), MOST)


def _possible(request: StaffRequest, pk: int, kind: str) -> Organisation:
    """Of an organisation of a kind to which it may happen at all."""
    one = kept(request, pk)
    if one.kind not in event_kinds()[kind].kinds or one.ended_on:
        raise Http404
    return one


def _like(one: Organisation) -> dict[str, Any]:
    return {"unit": one.unit_id, "main_industry": one.industry}


def _page(request: StaffRequest, one: Organisation, kind: str, asked: Asked, *, least: int = 0) -> HttpResponse:
    about: dict[str, Any] = {
        "organisation": one,
        "asked": asked,
        "kind": event_kinds()[kind],
        "key": kind,
        "back": reverse("registry:organisation", args=[one.pk]),
        "fewer": len(asked.parts) > least,
        "most": len(asked.parts) >= MOST,
    }
    if request.method != "POST":
        return render(request, "registry/reorganise.html", about)
    if request.POST.get("act") in ("more", "less"):
        for form in (asked.form, *asked.parts):
            form.errors.clear()
        return render(request, "registry/reorganise.html", about)
    return _judged(request, asked, about)


def _judged(request: StaffRequest, asked: Asked, about: dict[str, Any]) -> HttpResponse:
    mark, outcome = "", None
    try:
        if asked.valid:
            mark = _mark(asked)
            if request.POST.get("act") == "save" and request.POST.get("checked") == mark:
                return _saved(request, list(asked.act()))
            outcome = shown_of(_outcome(asked), day=asked.form.cleaned_data["day"])
    except Problem as problem:
        asked.form.add_error(None, str(problem))
    status = 200 if outcome else UNPROCESSABLE
    return render(request, "registry/reorganise.html", {**about, "outcome": outcome, "checked": mark}, status=status)


def _outcome(asked: Asked) -> Outcome:
    return outcome_of(asked.sources(), asked.act, day=asked.form.cleaned_data["day"])


def _mark(asked: Asked) -> str:
    """Of what was typed, as it was understood: what is saved is what was looked at."""
    understood = [
        (form.prefix, name, [one.pk for one in value] if isinstance(value, QuerySet) else str(value))
        for form in (asked.form, *asked.parts)
        for name, value in form.cleaned_data.items()
        if name not in ("file", "kept")
    ]
    return hashlib.sha256(repr(understood).encode()).hexdigest()


def _saved(request: StaffRequest, heirs: list[Organisation]) -> HttpResponse:
    names = ", ".join(f"“{heir.name}”" for heir in heirs)
    done(
        request,
        _("Saved: %(names)s. If it was a mistake, the event can be annulled on the line of time.") % {"names": names},
    )
    return redirect("registry:organisation", heirs[0].pk)


@require_GET
@needs("keep registry")
def choose(request: StaffRequest, pk: int) -> JsonResponse:
    """Organisations of the same kind to choose from, of a registry that one keeps."""
    one = kept(request, pk)
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    sought = selectors.narrowed(selectors.Sought(typed=typed, kind=one.kind))
    rows = may_join(one, request.user).filter(sought).select_related("unit").defer("words", "unit__words")
    return JsonResponse(
        {
            "results": [
                {"value": str(row.pk), "text": row.name, "note": f"{row.code} {row.unit.full_name}"}
                for row in rows.order_by("sort_key", "pk")[:SUGGESTIONS]
            ]
        }
    )


class AnnulForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it is annulled"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        required=True,
    )


@require_http_methods(["GET", "POST"])
@needs("keep registry")
def annul(request: StaffRequest, pk: int) -> HttpResponse:
    """An event that was entered in error: what will be as before, and why."""
    event = get_object_or_404(Event.objects.select_related("organisation"), pk=pk)
    one = kept(request, event.organisation_id)
    form = AnnulForm(request.POST if request.method == "POST" else None)
    about: dict[str, Any] = {"event": event, "organisation": one, "kind": event_kinds()[event.kind], "form": form}
    about["back"] = reverse("registry:organisation", args=[one.pk])
    try:
        about["again"], about["gone"] = services.annulment(event)
        if form.is_bound and form.is_valid():
            kept_ones = services.event_annul(event=event, reason=form.cleaned_data["reason"], by=request.user)
            if not kept_ones:
                done(request, _("“%(name)s” is taken out of the registry. The history keeps it.") % {"name": one.name})
                return redirect("registry:list")
            done(request, _("The event is annulled. What it had changed is as before."))
            return redirect("registry:organisation", one.pk)
    except Problem as problem:
        about["refused"] = str(problem)
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "registry/annul.html", about, status=status)
