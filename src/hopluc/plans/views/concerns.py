"""Tasks and the organisations that they concern: linked on the task's side, seen on both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.forms import TypeAhead
from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.notices import done
from hopluc.plans.desk import seen
from hopluc.plans.models import Concern
from hopluc.plans.working.concerning import (
    SHOWN,
    concern_add,
    concern_remove,
    concerns_of,
    organisations_named,
    tasks_concerning,
)
from hopluc.registry.models import Organisation
from hopluc.registry.selectors import ALL, Sought, organisation_of, organisations_listed

LONGEST, SUGGESTIONS, UNPROCESSABLE = 200, 20, 422


class ConcernForm(forms.Form):
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=gettext_lazy("Organisation"),
        help_text=gettext_lazy("Type a part of its name, with or without tone marks, or its code."),
        widget=TypeAhead(attrs={"data-source": format_lazy("{}?q=", reverse_lazy("work:organisations"))}),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["organisation"]
        chosen = str(self.data.get("organisation") or "")
        rows = Organisation.objects.defer("words")
        field.queryset = rows.filter(pk=int(chosen)) if chosen.isdecimal() else rows.none()


@require_http_methods(["GET", "POST"])
@needs("note")
def concerns(request: StaffRequest, pk: int) -> HttpResponse:
    """The organisations that a task concerns; one more, of those that its text names or of all."""
    task = get_object_or_404(seen.tasks_noted(request.user), pk=pk)
    form = ConcernForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        row = concern_add(task=task, organisation=form.cleaned_data["organisation"], by=request.user)
        done(request, _("The task concerns “%(name)s”.") % {"name": row.organisation.name})
        return redirect("work:concerns", pk)
    linked = concerns_of(task)
    about = {
        "task": task,
        "form": form,
        "linked": linked,
        "named": organisations_named(task.text, but={row.organisation_id for row in linked}),
        "back": reverse("plans:task", args=[task.plan_id, pk]),
        "title": _("Organisations that it concerns"),
    }
    return render(request, "plans/desk/concerns.html", about, status=UNPROCESSABLE if form.is_bound else 200)


@require_POST
@needs("note")
def remove(request: StaffRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Concern.objects.select_related("task", "organisation"), pk=pk)
    get_object_or_404(seen.tasks_noted(request.user), pk=row.task_id)
    concern_remove(concern=row, by=request.user)
    done(request, _("The link to “%(name)s” is removed.") % {"name": row.organisation.name})
    return redirect("work:concerns", row.task_id)


@require_GET
@needs("note")
def organisations(request: StaffRequest) -> JsonResponse:
    """Organisations to choose from, in the viewer's own places first by what the directory lists; those that ended too."""
    typed = request.GET.get("q", "").replace("\x00", "")[:LONGEST]
    rows = organisations_listed(Sought(typed=typed, status=ALL))[:SUGGESTIONS]
    found = [
        {"value": str(row.pk), "text": row.name, "note": f"{row.code} {row.unit.full_name}, {row.province.full_name}"}
        for row in rows
    ]
    return JsonResponse({"results": found})


@require_GET
@needs("see")
def of_organisation(request: StaffRequest, pk: int) -> HttpResponse:
    """Tasks of plans in force that concern an organisation: a part of its page."""
    one = organisation_of(pk)
    linked, named = tasks_concerning(one, request.user)
    about = {"organisation": one, "linked": linked[: SHOWN + 1], "named": named[: SHOWN + 1], "most": SHOWN}
    return render(request, "plans/_concerning.html", about)
