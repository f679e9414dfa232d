"""What no page of ours ever sends."""

from __future__ import annotations

from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, QueryDict

NUL = "\x00"


class RefuseNul:
    """A NUL among what was sent: PostgreSQL has no place for it, and no person types one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *_view: object) -> None:
        if _holds(request.GET) or _holds(request.POST):
            raise BadRequest(NUL)


def _holds(sent: QueryDict) -> bool:
    return any(NUL in value for _name, values in sent.lists() for value in values) or any(NUL in name for name in sent)
