"""A request after `rights.needs`: somebody has signed in."""

from __future__ import annotations

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from hopluc.accounts.models import User


class StaffRequest(HttpRequest):
    """For the types of views; never made."""

    user: User  # no AnonymousUser gets past `needs`
    htmx: HtmxDetails
