"""Which language a page speaks: Vietnamese, unless its reader chose English."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware


class ChosenLanguage(LocaleMiddleware):
    """Django's own, but for the browser's wishes: office computers ask for English without anybody having said so."""

    def process_request(self, request: HttpRequest) -> None:
        request.META.pop("HTTP_ACCEPT_LANGUAGE", None)
        super().process_request(request)
