"""What the frame around every page shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import localdate
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.rights import Viewer, may, posts
from hopluc.web.demo import PASSWORD, PEOPLE


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the rail."""

    address: str  # name of a URL
    label: str | Promise
    icon: str
    right: str

    @property
    def url(self) -> str:
        return _url(self.address)


@cache
def _url(address: str) -> str:
    """The same at every request."""
    return reverse(address)


PLACES = (
    Place("work:mine", _("My work"), "home", "see"),
    Place("plans:list", _("Plans"), "checklist", "see"),
    Place("reports:list", _("Reports"), "report", "see reports"),
    Place("forms:filings", _("Forms"), "clipboard-list", "see filings"),
    Place("cases:list", _("Cases"), "hourglass", "see filings"),
    Place("overview:page", _("Overview"), "chart-bar", "see"),
    Place("documents:list", _("Documents"), "file-text", "draft"),
    Place("registry:own", _("My organisation"), "home", "keep own organisation"),
    Place("registry:list", _("Registry"), "building-community", "look up"),
    Place("indicators:list", _("Indicators"), "target", "see"),
    Place("units:list", _("Units and agencies"), "map-pin", "look up"),
    Place("accounts:people", _("Administration"), "settings", "administer"),
    Place("workdays:this_year", _("Working days"), "calendar-event", "see"),
)


def shell(request: HttpRequest) -> dict[str, object]:
    """The rail, whose view this is, and the theme that was chosen."""
    theme = request.COOKIES.get("theme", "")
    frame: dict[str, object] = {
        "theme": theme if theme in ("light", "dark") else "",
        "places": [],
        "today": localdate(),
    }
    user = getattr(request, "user", None)
    if user is None:
        return frame
    frame["places"] = partial(_places, request)
    frame["frame_key"] = _key(request, user)
    if user.is_authenticated:
        frame["agency"] = next((post.agency for post in posts(user)), None)
        frame["search_words"] = _("Search plans, tasks, documents, agencies")
    else:
        frame["search_words"] = _("Search units and agencies")
    return frame


def _places(request: HttpRequest) -> list[dict[str, object]]:
    """The entries of the rail for this viewer."""
    return [
        {"url": place.url, "label": place.label, "icon": place.icon, "active": _active(request, place)}
        for place in PLACES
        if may(request.user, place.right)
    ]


def _key(request: HttpRequest, user: Viewer) -> str:
    """All that the parts of the frame depend on which are drawn once and kept: one frame is shown to many requests."""
    section = request.path.split("/", 2)[1]
    held = [f"{post.role}:{post.agency_id}:{post.agency}" for post in posts(user)]
    return "|".join(
        [get_language() or "", section, localdate().isoformat(), str(user.pk), user.get_username(), str(user), *held]
    )


def demonstration(request: HttpRequest) -> dict[str, object]:  # noqa: ARG001  Django's signature
    """How to sign in, where this is a demonstration."""
    return {"demo": {"people": PEOPLE, "password": PASSWORD}} if settings.DEMO else {}


def _active(request: HttpRequest, place: Place) -> bool:
    if place.address == "units:list" and request.path.startswith("/agencies/"):
        return True
    if place.address == "forms:filings":
        return request.path.startswith("/forms/")
    return request.path.startswith(place.url)
