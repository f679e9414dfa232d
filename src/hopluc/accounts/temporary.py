"""A temporary password opens one page: that on which its owner chooses another."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

OPEN = {"account_change_password", "account_set_password", "account_logout", "set_language", "favicon"}


class OwnPasswordFirst:
    """Whoever signed in by a temporary password chooses one of their own before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> HttpResponse | None:
        match = request.resolver_match
        if (match and match.view_name in OPEN) or not getattr(request.user, "temporary_since", None):
            return None
        return redirect(f"{reverse('account_change_password')}{_back(request)}")


def _back(request: HttpRequest) -> str:
    """The page that was asked for, to go on with afterwards."""
    if request.method != "GET" or request.headers.get("HX-Request"):
        return ""
    return "?" + urlencode({"next": request.get_full_path()}, safe="/")
