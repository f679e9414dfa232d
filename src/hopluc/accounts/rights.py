"""Who may do what: the one table that views, pages and tests read.

A right is held through a post in force: for the post's agency, and, to see what was issued, for its province. Whose *thing* it
is, selectors decide: they give only what the viewer may see. An administrator at a body without a province looks after the
people of the whole installation.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from hopluc.accounts.models import Post, Role, User

A, C, F, V = Role.ADMINISTRATOR, Role.COORDINATOR, Role.OFFICER, Role.VIEWER

RIGHTS: dict[str, frozenset[Role]] = {
    "sign in": frozenset(),  # whoever has an account, with or without a post
    "see": frozenset({A, C, F, V}),  # issued plans and their documents, of the province
    "draft": frozenset({A, C}),  # upload, review and issue, of the agency
    "administer": frozenset({A}),  # people, posts, agencies
}

EVERYWHERE = ""  # the province of bodies that belong to none
View = Callable[..., HttpResponseBase]


def posts(user: User, *, on: date | None = None) -> list[Post]:
    """The posts that a user holds on a day (today), each with its agency; asked of the database once."""
    if not user.is_authenticated or not user.is_active:
        return []
    if on:
        return list(user.posts.held(on=on).select_related("agency__body"))
    if not hasattr(user, "posts_today"):
        user.posts_today = list(user.posts.held(on=localdate()).select_related("agency__body"))  # type: ignore[attr-defined]
    return user.posts_today  # type: ignore[attr-defined]


def may(user: User, right: str) -> bool:
    """Whether some post of the user gives this right."""
    return not RIGHTS[right] or any(post.role in RIGHTS[right] for post in posts(user))


def agencies(user: User, right: str) -> set[int]:
    """Ids of the agencies for which a user has this right."""
    return {post.agency_id for post in posts(user) if post.role in RIGHTS[right]}


def provinces(user: User, right: str) -> set[str]:
    """The provinces in which a user has this right."""
    return {post.agency.province for post in posts(user) if post.role in RIGHTS[right]}


def administers(user: User, province: str) -> bool:
    """Whether a user may change people and posts of a province."""
    own = provinces(user, "administer")
    return province in own or EVERYWHERE in own


def needs(right: str) -> Callable[[View], View]:
    """A view for those who hold a right: others are asked to sign in, or told no."""
    assert right in RIGHTS, right

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not may(request.user, right):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]  # the walk over all addresses reads it
        return guarded

    return decorate
