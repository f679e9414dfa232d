"""The directory of organisations, and its export."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import override
from django.views.decorators.http import require_GET
from django.views.decorators.vary import vary_on_headers

from hopluc.accounts.rights import may, needs
from hopluc.core.downloads import sheet_sent
from hopluc.registry import presenting, selectors
from hopluc.registry.industries import sectors
from hopluc.registry.listing import Counts, Listing
from hopluc.registry.models import Batch, Organisation
from hopluc.registry.models.organisations import Kind, LegalStatus, Operating
from hopluc.registry.selectors import Sought
from hopluc.registry.sheets import directory_sheet
from vanban.sheets import as_csv, workbook

PAGE = 50
MOST_ROWS = 50_000  # of one export
Json = dict[str, Any]


@require_GET
@needs("look up")
@vary_on_headers("HX-Request", "HX-Target")
def directory(request: HttpRequest) -> HttpResponse:
    today = localdate()
    sought = selectors.sought_of(request.GET, viewer=request.user, on=today)
    sort = request.GET.get("sort", "name")
    listing, seen = Listing(sought, sort), selectors.scope_of(request.user, "see registers")
    counts = listing.counts
    page = Paginator(listing, PAGE).get_page(request.GET.get("page"))
    about = {
        "page": page,
        "rows": list(presenting.rows_of(page, sees=seen.holds)),
        "sees": bool(seen.provinces or seen.communes),
        "sought": sought,
        "sort": sort,
        "kinds": _kinds(counts, sought),
        "may_found": may(request.user, "keep registry"),
        "demonstration": Batch.objects.filter(kind=Batch.Kind.DEMONSTRATION).exists(),
        "most": MOST_ROWS,
        "too_many": counts.total > MOST_ROWS,
        "more": counts.more,
        **_choices(sought, counts),
    }
    swaps = request.htmx and request.htmx.target == "organisations" and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    return render(request, "registry/_directory.html" if swaps else "registry/directory.html", about)


def _kinds(counts: Counts, sought: Sought) -> list[Json]:
    count = None if counts.kinds is None else sum(counts.kinds.values())
    every = [{"key": "", "count": count, "active": not sought.kind, "label": ""}]
    return every + presenting.choices_of(counts.kinds, dict(Kind.choices), sought.kind)


def _choices(sought: Sought, counts: Counts) -> Json:
    """What the selects offer."""
    today = localdate()
    sectors_named = {key: sector.words for key, sector in sectors().items()}
    statuses = [(key, label) for key, label in LegalStatus.choices if key != LegalStatus.ENDED]
    return {
        "sectors": presenting.choices_of(counts.sectors, sectors_named, sought.sector),
        "statuses": [*statuses, (LegalStatus.ENDED.value, LegalStatus.ENDED.label)],
        "operating": Operating.choices,
        "places_offered": selectors.place_choices(today, within=sought.province),
        "place": sought.commune or sought.province,
    }


@require_GET
@needs("look up")
def download(request: HttpRequest, ending: str) -> HttpResponse:
    """The list as it is narrowed; in Vietnamese whatever the language of the page."""
    sought = selectors.sought_of(request.GET, viewer=request.user, on=localdate())
    found = selectors.organisations_listed(sought, sort=request.GET.get("sort", "name")).select_related(
        "unit", "province", "batch"
    )
    place = sought.commune or sought.province
    seen = selectors.scope_of(request.user, "see registers")
    with override("vi"):
        sheet = directory_sheet(_rows(found), seen)
        caption = place.full_name if place else "Cả nước"
        data = as_csv(sheet) if ending == "csv" else workbook([sheet], caption=caption, title=sheet.heading)
    return sheet_sent(data, f"so-dang-ky.{ending}")


def _rows(found: Any) -> list[Organisation]:
    return list(found[:MOST_ROWS])
