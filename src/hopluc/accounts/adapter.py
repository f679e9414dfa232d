"""How sign-in behaves: accounts are made by an administrator, never by a stranger."""

from __future__ import annotations

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from hopluc.accounts.models import User
from hopluc.accounts.services import password_choose


class Adapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002  allauth's signature
        return False

    def clean_password(self, password: str, user: User | None = None) -> str:
        if user and user.temporary_since and user.check_password(password):
            raise ValidationError(_("This is the temporary password. Choose another one."))
        checked: str = super().clean_password(password, user=user)
        return checked

    def set_password(self, user: User, password: str) -> None:
        password_choose(user=user, password=password)


def shown_name(user: User) -> str:
    return user.name or user.username
