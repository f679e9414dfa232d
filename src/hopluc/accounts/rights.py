"""Who may do what: `rights.toml`, as views, selectors and services ask for it.

A right is held through a post in force. Whose *thing* it is, selectors decide: they give only what the viewer may see.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import wraps
from importlib.resources import files
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import localdate

from hopluc.accounts.models import Post, Role, User
from hopluc.core.compiled import Compiled, given
from hopluc.units.models import Agency
from hopluc.units.realm import Realm, realm_of

ANYONE, ACCOUNT = "anyone", "account"
INSTALLATION = "installation"  # a reach
Viewer = User | AnonymousUser
View = Callable[..., HttpResponseBase]
HELD = Compiled(lambda: Post.objects.filter(user=given("user")).held(on=given("on")).select_related("agency__body"))


@dataclass(frozen=True, slots=True)
class Right:
    """One line of the table."""

    name: str
    things: str
    roles: frozenset[str]
    reach: frozenset[str]


@dataclass(frozen=True, slots=True)
class Secret:
    """A field of persons that is shown masked."""

    field: str  # model and name: `User.phone`
    mask: str
    right: str


TABLE = tomllib.loads((files("hopluc.accounts") / "rights.toml").read_text())
RIGHTS = {
    line["name"]: Right(line["name"], line["things"], frozenset(line["roles"]), frozenset(line["reach"]))
    for line in TABLE["right"]
}
SECRETS = {line["field"]: Secret(**line) for line in TABLE["secret"]}


def posts(user: Viewer, *, on: date | None = None) -> list[Post]:
    """The posts that a user holds on a day (today), each with its agency; asked of the database once."""
    if not isinstance(user, User) or not user.is_active:
        return []
    if on:
        return list(user.posts.held(on=on).select_related("agency__body"))
    if not hasattr(user, "posts_today"):
        user.posts_today = HELD(user=user.pk, on=localdate())  # type: ignore[attr-defined]
    return user.posts_today  # type: ignore[attr-defined]


def may(user: Viewer, right: str) -> bool:
    """Whether some post of the user gives this right, or it needs none."""
    roles = RIGHTS[right].roles
    if ANYONE in roles:
        return True
    if ACCOUNT in roles:
        return user.is_authenticated
    return any(post.role in roles for post in posts(user))


def agencies_held(user: Viewer, right: str) -> list[Agency]:
    """The agencies of the posts through which a user has this right."""
    return [post.agency for post in posts_of(user, right)]


def posts_of(user: Viewer, right: str) -> list[Post]:
    """The posts that give a user this right."""
    return [post for post in posts(user) if post.role in RIGHTS[right].roles]


def realm(user: Viewer, right: str) -> Realm:
    """Where a user has this right: agencies with those they succeeded and those below, provinces with those they were."""
    held = posts_of(user, right)
    known: dict[frozenset[int], Realm] = user.__dict__.setdefault("realms", {})
    ids = frozenset(post.agency_id for post in held)
    if ids not in known:
        known[ids] = realm_of(post.agency for post in held)
    whole = INSTALLATION in RIGHTS[right].reach and any(map(_of_the_whole, held))
    return replace(known[ids], everywhere=whole)


def _of_the_whole(post: Post) -> bool:
    return post.role == Role.ADMINISTRATOR and post.agency.province_id is None


def agencies(user: Viewer, right: str) -> frozenset[int]:
    """Ids of the agencies for which a user has this right."""
    return realm(user, right).agencies


def administers(user: Viewer, province: int | None) -> bool:
    """Whether a user may change people, posts and agencies of a province (its id); None is the whole installation."""
    own = realm(user, "administer")
    return own.everywhere or province in own.provinces


def needs(right: str) -> Callable[[View], View]:
    """A view for those who hold a right: others are asked to sign in, or told no."""
    assert right in RIGHTS, right

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if may(request.user, right):
                return view(request, *args, **kwargs)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            raise PermissionDenied

        guarded.right = right  # type: ignore[attr-defined]  # the walk over all addresses reads it
        return guarded

    return decorate
