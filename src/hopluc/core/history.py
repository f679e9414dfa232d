"""Who did what, and why: each write of a request or a job carries its actor into the rows of history."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pghistory
from django.http import HttpRequest, HttpResponse


def acting(user_id: int | None, **about: object) -> AbstractContextManager[object]:
    """Writes made within are of this user; `about` says what they are part of (`act="plan.issued"`, `reason=…`)."""
    context: AbstractContextManager[object] = pghistory.context(user=user_id, **about)
    return context


class ActorMiddleware:
    """Whatever a request writes is of whoever signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return self.get_response(request)
        with acting(request.user.pk if hasattr(request, "user") else None, path=request.path):
            return self.get_response(request)
