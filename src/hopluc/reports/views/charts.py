"""The charts and maps of a report, each with its table."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import needs
from hopluc.reports.charts.drawn import SCREEN, drawn
from hopluc.reports.views.report import SEE, opened


@require_GET
@needs(SEE)
def charts(request: StaffRequest, pk: int) -> HttpResponse:
    page = opened(request, pk)
    return page.drawn("charts", charts=drawn(page.compiled, width=SCREEN))
