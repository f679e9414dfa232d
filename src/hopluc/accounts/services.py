"""Making accounts and posts, and changing them: only by an administrator of the province that they are of."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from hopluc.accounts.errors import LastAdministrator, NoSuchAgency, NoSuchProvince, NotAdministrator, PostElsewhere
from hopluc.accounts.events import posts_changed
from hopluc.accounts.models import Post, Role, User
from hopluc.accounts.rights import administers
from hopluc.core.history import acting
from hopluc.units.models import Agency, Unit
from hopluc.units.provinces import province_named
from hopluc.units.selectors import kind_named
from hopluc.units.services import agency_ensure, bodies_ensure

INSTALLATION = ("quan-tri-he-thong", "Quản trị hệ thống")  # the body of whoever looks after the whole installation
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another


@transaction.atomic
def user_create(
    *, username: str, name: str, password: str, check: bool = True, temporary_since: datetime | None = None
) -> User:
    """An account; raises ValidationError when the name is taken or the password too weak."""
    user = User(username=username, name=name, temporary_since=temporary_since)
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
    """A post without asking who gives it: for first accounts and for data that ship with the program."""
    post = Post(user=user, agency=agency, role=role, title=title, starts_on=starts_on, ends_on=ends_on)
    post.full_clean()
    post.save()
    posts_changed.send(Post, agencies=[agency.pk], users=[user.pk])
    return post


@transaction.atomic
def people_add(people: Iterable[tuple[str, str, Agency, Role]]) -> list[User]:
    """Accounts that nobody can sign in to (username, name), each with a post: for data that ship with the program."""
    given = list(people)
    made = [User(username=username, name=name, password=make_password(None)) for username, name, _at, _role in given]
    users = User.objects.bulk_create(made)
    posts = zip(users, given, strict=True)
    Post.objects.bulk_create(Post(user=user, agency=at, role=role) for user, (_username, _name, at, role) in posts)
    posts_changed.send(Post, agencies=[at.pk for *_names, at, _role in given], users=[user.pk for user in users])
    return users


@transaction.atomic
def administrator_create(*, username: str, name: str, password: str, province: str = "", agency: str = "") -> User:
    """The first account of an installation: an administrator of a province, or of the whole where none is named.

    `agency` is a kind by its name, `Sở Tài chính`; without one it is the people's committee of the province.
    Raises ValidationError, NoSuchProvince, NoSuchAgency.
    """
    user = user_create(username=username, name=name, password=password)
    post_give(user=user, agency=_first_agency(province.strip(), agency.strip()), role=Role.ADMINISTRATOR)
    return user


def _first_agency(province: str, agency: str) -> Agency:
    place = province_named(province, on=localdate()) if province else None
    if province and place is None:
        raise NoSuchProvince(typed=province)
    if not agency and not place:
        bodies_ensure(dict([INSTALLATION]))
        return agency_ensure(key=INSTALLATION[0])
    if not (body := kind_named(agency or "Ủy ban nhân dân tỉnh")):
        raise NoSuchAgency(typed=agency)
    return agency_ensure(key=body.key, province=place.full_name if place else "")


def person_create(
    *,
    username: str,
    name: str,
    agency: Agency,
    role: Role,
    by: User,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> tuple[User, str]:
    """An account with its first post; gives it and its temporary password, which is kept nowhere else.

    Raises NotAdministrator, ValidationError.
    """
    _check(by, agency)
    password = temporary_password()
    with transaction.atomic(), acting(by.pk, act="person.created"):
        user = user_create(username=username, name=name, password=password, check=False, temporary_since=now())
        post_give(user=user, agency=agency, role=role, title=title, starts_on=starts_on, ends_on=ends_on)
    return user, password


def person_rename(*, user: User, name: str, by: User) -> None:
    """Raises NotAdministrator, PostElsewhere, ValidationError."""
    _check_person(by, user)
    with transaction.atomic(), acting(by.pk, act="person.renamed"):
        user.name = name
        user.full_clean(exclude=["password"])
        user.save(update_fields=["name"])


def person_contact(*, user: User, by: User, phone: str | None = None, email: str | None = None) -> None:
    """Another telephone number or address, "" to have none; None leaves what is there.

    Raises NotAdministrator, PostElsewhere, ValidationError.
    """
    _check_person(by, user)
    with transaction.atomic(), acting(by.pk, act="person.contact"):
        locked = User.objects.select_for_update().get(pk=user.pk)
        locked.phone = locked.phone if phone is None else phone
        locked.email = locked.email if email is None else email
        locked.full_clean(exclude=["password"])
        locked.save(update_fields=["phone", "email"])


def person_post_give(
    *,
    user: User,
    agency: Agency,
    role: Role,
    by: User,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Post:
    """One more post for a person. Raises NotAdministrator, ValidationError."""
    _check(by, agency)
    with transaction.atomic(), acting(by.pk, act="post.given"):
        return post_give(user=user, agency=agency, role=role, title=title, starts_on=starts_on, ends_on=ends_on)


def post_change(
    *,
    post: Post,
    agency: Agency,
    role: Role,
    by: User,
    title: str = "",
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> Post:
    """Another agency, role, title, first or last day. Raises NotAdministrator, LastAdministrator, ValidationError."""
    before = post.agency.province
    _check(by, post.agency)
    _check(by, agency)
    with transaction.atomic(), acting(by.pk, act="post.changed"):
        lasting = _lasting_administrators(before)
        locked = Post.objects.select_for_update(of=("self",)).select_related("user").get(pk=post.pk)
        agencies = {locked.agency_id, agency.pk}
        locked.agency, locked.role = agency, role
        locked.title, locked.starts_on, locked.ends_on = title, starts_on, ends_on
        locked.full_clean()
        locked.save()
        _still_administered(before, lasting, locked.user)
        posts_changed.send(Post, agencies=agencies, users=[locked.user_id])
    return locked


def person_deactivate(*, user: User, by: User) -> None:
    """They cannot sign in any more; what they did stays theirs. Raises NotAdministrator, PostElsewhere, LastAdministrator."""
    _check_person(by, user)
    with transaction.atomic(), acting(by.pk, act="person.deactivated"):
        before = {province: _lasting_administrators(province) for province in _provinces(user)}
        _set_active(user, active=False)
        for province, lasting in before.items():
            _still_administered(province, lasting, user)


def person_activate(*, user: User, by: User) -> None:
    """Raises NotAdministrator, PostElsewhere."""
    _check_person(by, user)
    with transaction.atomic(), acting(by.pk, act="person.activated"):
        _set_active(user, active=True)


def _set_active(user: User, *, active: bool) -> None:
    locked = User.objects.select_for_update().get(pk=user.pk)
    locked.is_active = active
    locked.save(update_fields=["is_active"])
    posts_changed.send(Post, agencies=set(locked.posts.values_list("agency", flat=True)), users=[locked.pk])


def password_reset(*, user: User, by: User) -> str:
    """A new temporary password, which is kept nowhere else; whoever is signed in by the old one is signed out.

    Raises NotAdministrator, PostElsewhere.
    """
    _check_person(by, user)
    password = temporary_password()
    with transaction.atomic(), acting(by.pk, act="password.reset"):
        _set_password(user, password, temporary_since=now())
    return password


# Sign-ins that an app above gives for one role alone, such as that of a cooperative: it has checked who may give and take them.


def sign_in_open(
    *, username: str, name: str, agency: Agency, role: Role, by: User, title: str = ""
) -> tuple[User, str]:
    """An account with a post of this role; gives its temporary password, which is kept nowhere else. Raises ValidationError."""
    password = temporary_password()
    with transaction.atomic(), acting(by.pk, act="sign_in.opened"):
        user = user_create(username=username, name=name, password=password, check=False, temporary_since=now())
        post_give(user=user, agency=agency, role=role, title=title, starts_on=localdate())
    return user, password


def sign_in_renew(*, user: User, by: User) -> str:
    """Another temporary password; whoever is signed in by the old one is signed out."""
    password = temporary_password()
    with transaction.atomic(), acting(by.pk, act="sign_in.renewed"):
        _set_password(user, password, temporary_since=now())
    return password


def sign_in_close(*, user: User, role: Role, by: User) -> None:
    """The posts of this role are taken back; whoever has no other cannot sign in any more."""
    with transaction.atomic(), acting(by.pk, act="sign_in.closed"):
        held = Post.objects.held(on=localdate()).filter(user=user)
        own = list(held.filter(role=role))
        Post.objects.filter(pk__in=[post.pk for post in own]).delete()
        if not held.exists():
            _set_active(user, active=False)
        posts_changed.send(Post, agencies=[post.agency_id for post in own], users=[user.pk])


def password_choose(*, user: User, password: str) -> None:
    """A password of one's own, which the forms have checked: it is not temporary any more."""
    with transaction.atomic(), acting(user.pk, act="password.chosen"):
        _set_password(user, password, temporary_since=None)


def _set_password(user: User, password: str, *, temporary_since: datetime | None) -> None:
    user.set_password(password)
    user.temporary_since = temporary_since
    user.save(update_fields=["password", "temporary_since"])


def temporary_password() -> str:
    """Twelve letters in groups of four, about 59 bits: `kmwp-3tfh-9xqd`."""
    return "-".join("".join(secrets.choice(LETTERS) for _letter in range(4)) for _group in range(3))


def place_named(province: Unit | None) -> str:
    """How a sentence names a province."""
    return province.full_name if province else _("the whole installation")


def _check(by: User, agency: Agency) -> None:
    if not administers(by, agency.province_id):
        raise NotAdministrator(place=place_named(agency.province))


def _check_person(by: User, user: User) -> None:
    """An account opens every post that it holds: whoever changes it must administer them all."""
    own = _provinces(user)
    foreign = [province for province in own if not administers(by, province.pk if province else None)]
    if len(foreign) == len(own):
        raise NotAdministrator(place=place_named(own[0] if own else None))
    if foreign:
        raise PostElsewhere(name=str(user), place=place_named(foreign[0]))


def _provinces(user: User) -> list[Unit | None]:
    """The provinces of the posts that a person holds or will hold; of one whose posts all ended, those of the past."""
    held = user.posts.filter(Q(ends_on=None) | Q(ends_on__gte=localdate()))
    own = held if held.exists() else user.posts
    agencies = {post.agency for post in own.select_related("agency__province")}
    return sorted({agency.province for agency in agencies}, key=lambda province: province.sort_key if province else "")


def _lasting_administrators(province: Unit | None) -> set[int]:
    """Who administers a province today and on any day after; locked, so that no two leave it at the same time."""
    posts = Post.objects.held(on=localdate()).filter(
        role=Role.ADMINISTRATOR, agency__province=province, ends_on=None, user__is_active=True
    )
    return {post.user_id for post in posts.select_for_update(of=("self",))}


def _still_administered(province: Unit | None, before: set[int], user: User) -> None:
    if before and not _lasting_administrators(province):
        raise LastAdministrator(name=str(user), place=place_named(province))
