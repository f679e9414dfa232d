"""Targets confirmed as aims of indicators: one with its button, several at once; taken back with one more."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.errors import Problem
from hopluc.core.notices import done
from hopluc.plans import aims
from hopluc.plans.asking import number
from hopluc.plans.models import Plan
from hopluc.plans.selectors import drafted_by, plan_seen


@require_POST
@needs("draft")
def confirm(request: StaffRequest, pk: int) -> HttpResponse:
    """`confirm=ID` is one target, `all` those that are ticked; `indicator-ID` says which indicator it is of."""
    plan = _plan(request, pk)
    asked = request.POST.get("confirm", "")
    ids = request.POST.getlist("chosen") if asked == "all" else [asked]
    chosen = {number(each): _indicator(request.POST.get(f"indicator-{each}", "")) for each in ids if number(each)}
    try:
        made = aims.plan_aims_confirm(plan=plan, chosen=chosen, by=request.user)
    except Problem as problem:
        messages.error(request, str(problem))
        return _back(request, pk)
    if not made:
        messages.warning(request, _("Nothing was confirmed. Tick the targets first, or use the button beside one."))
        return _back(request, pk)
    undo = f"{reverse('plans:aims_undo', args=[pk])}?aims={','.join(str(aim.pk) for aim in made)}"
    said = ngettext("Confirmed: %(name)s.", "%(count)s targets confirmed.", len(made))
    done(request, said % {"name": made[0].indicator.name, "count": len(made)}, undo=undo)
    return _back(request, pk)


@require_POST
@needs("draft")
def undo(request: StaffRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    ids = [number(each) for each in request.GET.get("aims", "").split(",")]
    if count := aims.plan_aims_undo(plan=plan, aims=ids, by=request.user):
        said = ngettext("Taken back: it is not confirmed.", "Taken back: %(count)s are not confirmed.", count)
        messages.info(request, said % {"count": count})
    return _back(request, pk)


def _back(request: StaffRequest, pk: int) -> HttpResponse:
    """To the page of targets that the button stood on."""
    page = number(request.POST.get("page", ""))
    return redirect(reverse("plans:targets", args=[pk]) + (f"?page={page}" if page > 1 else ""))


def _indicator(text: str) -> str:
    return text if text == aims.OWN or number(text) else aims.OWN


def _plan(request: StaffRequest, pk: int) -> Plan:
    plan: Plan = get_object_or_404(plan_seen(pk, viewer=request.user))
    if not drafted_by(plan, request.user):
        raise Http404
    return plan
