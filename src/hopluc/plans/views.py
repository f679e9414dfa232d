from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs


@require_GET
@needs("see")
def plan_list(request: StaffRequest) -> HttpResponse:
    return render(request, "plans/list.html", {})
