"""The first page, and one search over everything."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, QuerySet, Window
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_GET

from hopluc.accounts.http import StaffRequest
from hopluc.accounts.rights import View, agencies, may, needs
from hopluc.core.folding import words
from hopluc.registry.listing import Listing
from hopluc.registry.models import Organisation
from hopluc.registry.presenting import Row, row_of
from hopluc.units.selectors import bodies_named
from hopluc.web import selectors
from hopluc.web.selectors import FOUND, SHOWN
from hopluc.web.story import story_of
from hopluc.web.units.presenting import agency_hits, unit_hits

PAGE, SUGGESTIONS = 30, 20
DAY = 86_400  # seconds
LONGEST = 200  # characters of a search
TITLES = {
    "plans": _("Plans"),
    "tasks": _("Tasks"),
    "documents": _("Documents"),
    "organisations": _("Cooperatives and groups"),
    "agencies": _("Agencies"),
    "units": _("Administrative units"),
}


def organisation_hits(found: list[Organisation], *, today: date) -> list[Row]:  # noqa: ARG001  as the others are asked
    return [row_of(one, seen=False) for one in found]


HITS: dict[str, Callable[..., list[Any]]] = {
    "agencies": agency_hits,
    "units": unit_hits,
    "organisations": organisation_hits,
}  # with what became of those that ended


@require_GET
@cache_control(public=True, max_age=DAY)
def favicon(_request: HttpRequest) -> HttpResponse:
    """The mark where browsers look for it unasked: for answers that are no pages, and so cannot name it."""
    return redirect(static("hopluc/mark.svg"))


def _own_first(view: View) -> View:
    """Whoever signs in for a cooperative begins with it."""

    @wraps(view)
    def led(request: HttpRequest) -> HttpResponseBase:
        if may(request.user, "keep own organisation") and not may(request.user, "see"):
            return redirect("registry:own")
        return view(request)

    return led


@require_GET
@_own_first
@needs("see")
def home(request: StaffRequest) -> HttpResponse:
    """What waits for whoever drafts, and what was issued last; whoever answers and drafts nothing begins with what is due."""
    if may(request.user, "answer") and not may(request.user, "draft"):
        return redirect("work:mine")
    plans = selectors.plans_recent(request.user)
    about: dict[str, Any] = {
        "plans": plans,
        "story": story_of(plans, today=localdate()),
        "invented": any(plan.invented for plan in plans),
        "drafts": may(request.user, "draft"),
    }
    if about["drafts"]:
        about |= {
            "waiting": selectors.drafts_waiting(request.user),
            "documents": selectors.documents_recent(request.user),
        }
    return render(request, "web/home.html", about)


@dataclass(frozen=True, slots=True)
class Section:
    """What was found of one kind."""

    kind: str
    title: str | Promise
    page: Page

    @property
    def count(self) -> int:
        return self.page.paginator.count

    @property
    def more(self) -> bool:
        """Whether there are more than were counted."""
        found = self.page.paginator.object_list
        return isinstance(found, Listing) and found.counts.more


@require_GET
@needs("see")
def search(request: StaffRequest) -> HttpResponse:
    """The first few of each kind, or with `?kind=` one kind page by page."""
    typed = request.GET.get("q", "").strip()[:LONGEST]
    kind = request.GET.get("kind", "")
    chosen = [kind] if kind in FOUND else list(FOUND)
    asked = bool(words(typed))
    sections = [_section(request, name, typed, single=len(chosen) == 1) for name in chosen] if asked else []
    about = {
        "typed": typed,
        "asked": asked,
        "sections": [section for section in sections if section.count],
        "total": sum(section.count for section in sections),
        "single": len(chosen) == 1,
    }
    return render(request, "web/search.html", about)


def _section(request: StaffRequest, kind: str, typed: str, *, single: bool) -> Section:
    found = FOUND[kind](viewer=request.user, typed=typed)
    page = Paginator(found, PAGE).get_page(request.GET.get("page")) if single else _first(found)
    if kind in HITS:
        page.object_list = HITS[kind](page.object_list, today=localdate())
    return Section(kind, TITLES[kind], page)


def _first(found: QuerySet[Any] | Listing) -> Page:
    """The first few with the number of all, which are looked through once."""
    if isinstance(found, Listing):
        return Paginator(found, SHOWN).page(1)
    rows = list(found.annotate(found_count=Window(Count("*")))[:SHOWN])
    pages = Paginator(rows, SHOWN)
    pages.count = rows[0].found_count if rows else 0
    return pages.page(1)


@require_GET
@needs("see")
def bodies(request: StaffRequest) -> JsonResponse:
    """Bodies to choose from, for what was typed of a name."""
    found = bodies_named(request.GET.get("q", ""), keepers=agencies(request.user, "draft"))[:SUGGESTIONS]
    return JsonResponse({"results": [{"value": body.key, "text": body.name} for body in found]})
