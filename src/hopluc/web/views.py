"""The first page, and one search over everything."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.units.selectors import bodies_named

SUGGESTIONS = 20


@require_GET
@needs("see")
def home(request: StaffRequest) -> HttpResponse:
    return render(request, "web/home.html", {})


@require_GET
@needs("see")
def search(request: StaffRequest) -> HttpResponse:
    return render(request, "web/search.html", {"typed": request.GET.get("q", "")})


@require_GET
@needs("see")
def bodies(request: StaffRequest) -> JsonResponse:
    """Bodies to choose from, `[{value, text}]`, for what was typed of a name."""
    found = bodies_named(request.GET.get("q", ""))[:SUGGESTIONS]
    return JsonResponse([{"value": body.key, "text": body.name} for body in found], safe=False)
