"""The first page, and one search over everything."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hopluc.accounts.rights import needs


@require_GET
@needs("see")
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", {})


@require_GET
@needs("see")
def search(request: HttpRequest) -> HttpResponse:
    return render(request, "web/search.html", {"typed": request.GET.get("q", "")})
