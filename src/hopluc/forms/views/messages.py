"""What one was told, the outbox of an installation for its administrators, and links in messages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import may, needs
from hopluc.core.errors import Problem
from hopluc.forms.messaging import link_use, message_open
from hopluc.forms.outbox import messages_administered, messages_of, messages_visible

GONE = 410
PAGE = 50


@require_GET
@needs("sign in")
def listing(request: StaffRequest) -> HttpResponse:
    page = Paginator(messages_of(request.user), PAGE).get_page(request.GET.get("page"))
    return render(
        request, "forms/messages.html", {"page": page, "outbox": False, "may_oversee": may(request.user, "administer")}
    )


@require_GET
@needs("administer")
def outbox(request: StaffRequest) -> HttpResponse:
    """All that was written to the people whom one administers: in a demonstration nothing leaves the house."""
    page = Paginator(messages_administered(request.user), PAGE).get_page(request.GET.get("page"))
    return render(request, "forms/messages.html", {"page": page, "outbox": True, "may_oversee": True})


@require_GET
@needs("sign in")
def detail(request: StaffRequest, pk: int) -> HttpResponse:
    message = get_object_or_404(messages_visible(request.user), pk=pk)
    if message.to_id == request.user.pk:
        message_open(message=message)
    return render(request, "forms/message.html", {"message": message, "mine": message.to_id == request.user.pk})


@require_GET
@needs("sign in")
@never_cache
def answer(request: StaffRequest, token: str) -> HttpResponse:
    """A link in a message: it opens its one page, or says why it does not."""
    try:
        link = link_use(token=token, by=request.user)
    except Problem as problem:
        return render(request, "forms/link.html", {"problem": problem}, status=GONE)
    return redirect(link.path)
