"""Making accounts and posts."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.db import transaction

from hopluc.accounts.models import Post, Role, User
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure


@transaction.atomic
def user_create(*, username: str, name: str, password: str, check: bool = True) -> User:
    """An account; raises ValidationError when the name is taken or the password too weak."""
    user = User(username=username, name=name)
    if check:
        validate_password(password, user)
    user.set_password(password)
    user.full_clean(exclude=["password"])
    user.save()
    return user


@transaction.atomic
def post_give(
    *,
    user: User,
    agency: Agency,
    role: Role,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Post:
    post = Post(user=user, agency=agency, role=role, title=title, starts_on=starts_on, ends_on=ends_on)
    post.full_clean()
    post.save()
    return post


@transaction.atomic
def administrator_create(*, username: str, name: str, password: str, agency: Agency | None = None) -> User:
    """The first account of an installation: an administrator at an agency, by default one that is named later."""
    user = user_create(username=username, name=name, password=password)
    post_give(user=user, agency=agency or agency_ensure(key="ubnd-tinh"), role=Role.ADMINISTRATOR)
    return user
