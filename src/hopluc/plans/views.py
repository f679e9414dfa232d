from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hopluc.accounts.rights import needs


@require_GET
@needs("see")
def plan_list(request: HttpRequest) -> HttpResponse:
    return render(request, "plans/list.html", {})
