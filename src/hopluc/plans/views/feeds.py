"""Calendars for other programs: made, shown once, revoked, fetched."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import agencies_held, needs
from hopluc.plans.working.feeds import RIGHT, calendar_of, feed_found, feed_make, feed_revoke


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def feeds(request: StaffRequest) -> HttpResponse:
    """One's calendars; posted: a new one, of an agency of one's own or of oneself."""
    own = {str(agency.pk): agency for agency in agencies_held(request.user, RIGHT)}
    made = None
    if request.method == "POST":
        _feed, made = feed_make(by=request.user, agency=own.get(request.POST.get("agency", "")))
    listed = request.user.feeds.filter(revoked_at=None).select_related("agency")
    return render(request, "plans/desk/feeds.html", {"feeds": listed, "own": own.values(), "made": made})


@require_POST
@needs(RIGHT)
def revoke(request: StaffRequest, pk: int) -> HttpResponse:
    feed_revoke(feed=get_object_or_404(request.user.feeds.filter(revoked_at=None), pk=pk), by=request.user)
    messages.success(request, _("That calendar opens no more."))
    return redirect("work:feeds")


@require_GET
def feed(_request: HttpRequest, token: str) -> HttpResponse:
    """The calendar itself: whoever knows the address is who it was made for."""
    found = feed_found(token)
    if found is None:
        raise Http404
    headers = {"Content-Disposition": 'inline; filename="hop-luc.ics"', "Cache-Control": "private, no-store"}
    return HttpResponse(calendar_of(found), content_type="text/calendar; charset=utf-8", headers=headers)
