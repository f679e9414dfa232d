"""Groups of agencies that an agency puts together itself."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.core.notices import done
from hopluc.plans import groups
from hopluc.plans.forms import EndForm, GroupForm, GroupNameForm, MemberForm
from hopluc.plans.views.forms import page, sent, served
from hopluc.units.models import OwnGroup


@require_GET
@needs("draft")
def group_list(request: StaffRequest) -> HttpResponse:
    today = localdate()
    kept = [
        (group, [one for one in group.members.all() if today in one.validity])
        for group in groups.groups_kept(request.user)
    ]
    return render(request, "plans/groups.html", {"groups": kept})


@require_http_methods(["GET", "POST"])
@needs("draft")
def create(request: StaffRequest) -> HttpResponse:
    form = GroupForm(sent(request), by=request.user)
    made: list[OwnGroup] = []
    if served(form, lambda about: made.append(groups.group_create(by=request.user, **about))):
        done(request, _("The group is made. Now add its members."))
        return redirect("plans:group", made[0].pk)
    return page(request, form, "plans/group_form.html")


@require_http_methods(["GET", "POST"])
@needs("draft")
def group(request: StaffRequest, pk: int) -> HttpResponse:
    """Its members through time; posted: one more."""
    found = _group(request, pk)
    form = MemberForm(sent(request), initial={"starts_on": localdate()})
    if served(form, lambda about: groups.member_add(group=found, by=request.user, **about)):
        done(request, _("The agency is in the group."))
        return redirect("plans:group", pk)
    return page(request, form, "plans/group.html", group=found, members=found.members.all(), today=localdate())


@require_http_methods(["GET", "POST"])
@needs("draft")
def rename(request: StaffRequest, pk: int) -> HttpResponse:
    found = _group(request, pk)
    form = GroupNameForm(sent(request), initial={"name": found.body.name})
    if served(form, lambda about: groups.group_rename(group=found, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("plans:group", pk)
    return page(request, form, "plans/group_form.html", group=found)


@require_http_methods(["GET", "POST"])
@needs("draft")
def member_end(request: StaffRequest, pk: int, member_id: int) -> HttpResponse:
    found = _group(request, pk)
    member = get_object_or_404(found.members, pk=member_id)
    form = EndForm(sent(request), initial={"last_day": localdate()})
    if served(form, lambda about: groups.member_end(member=member, by=request.user, **about)):
        done(request, _("Saved."))
        return redirect("plans:group", pk)
    return page(request, form, "plans/group_form.html", group=found, member=member)


def _group(request: StaffRequest, pk: int) -> OwnGroup:
    return get_object_or_404(groups.groups_kept(request.user), pk=pk)
