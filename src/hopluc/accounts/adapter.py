"""How sign-in behaves: accounts are made by an administrator, never by a stranger."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from hopluc.accounts.models import User


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        return False


def shown_name(user: User) -> str:
    return user.name or user.username
