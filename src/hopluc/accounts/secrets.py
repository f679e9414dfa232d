"""What is masked of persons, and the one way to see it: by a right over where they work, for a purpose, on record.

An app with persons of its own adds `[[secret]]` lines to `rights.toml` and says where its persons are:

    @placed("Member")
    def _provinces(member: Member) -> set[int | None]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.errors import NoPurpose, NotAllowed
from hopluc.accounts.models import PersonalLook, User
from hopluc.accounts.rights import SECRETS, may, realm

PURPOSES = {
    "task": _("about a task or a report that is due"),
    "meeting": _("to invite to a meeting or a training"),
    "account": _("about the account and signing in"),
}
LONGEST = 200  # characters of a purpose
SHORTEST = 6  # digits of a number of which four may be shown
DOT = "•"

Provinces = Collection[int | None]  # ids; None: of a body without a province
_places: dict[str, Callable[[Any], Provinces]] = {}


def placed(model: str) -> Callable[[Callable[[Any], Provinces]], Callable[[Any], Provinces]]:
    """Registers where the persons of a model are, by the name that `rights.toml` has for it."""

    def keep(find: Callable[[Any], Provinces]) -> Callable[[Any], Provinces]:
        _places[model] = find
        return find

    return keep


@placed("User")
def provinces_of(user: User) -> set[int | None]:
    """The provinces of the posts that a person holds or will hold; of one whose posts all ended, those of the past."""
    posts: list[tuple[int | None, date | None]] = list(user.posts.values_list("agency__province", "ends_on"))
    held = {province for province, last in posts if last is None or last >= localdate()}
    return held or {province for province, _last in posts}


def masked(field: str, value: str) -> str:
    """What everybody may see of a value; nothing where there is none.

    >>> masked("User.phone", "0912345612"), masked("User.phone", "+84 912 345 612"), masked("User.phone", "0912")
    ('09•• ••• •12', '+84••• ••• •12', '••••')
    >>> masked("User.email", "hanh@thainguyen.gov.vn"), masked("User.email", "hanh"), masked("User.email", "")
    ('h•••@thainguyen.gov.vn', '•••', '')
    """
    return MASKS[SECRETS[field].mask](value.strip()) if value.strip() else ""


def _digits(value: str) -> str:
    digits = [sign for sign in value if sign.isdigit()]
    if len(digits) < SHORTEST:
        return DOT * 4
    shown = "".join((*digits[:2], *DOT * (len(digits) - 4), *digits[-2:]))
    grouped = f"{shown[:-6]} {shown[-6:-3]} {shown[-3:]}".strip()
    return f"+{grouped}" if value.startswith("+") else grouped


def _address(value: str) -> str:
    name, _at, host = value.rpartition("@")
    return f"{name[:1]}{DOT * 3}@{host}" if name else DOT * 3


def _words(_value: str) -> str:
    return DOT * 6  # even its length would tell


MASKS = {"digits": _digits, "address": _address, "words": _words}


def may_look(viewer: User, subject: Model, field: str) -> bool:
    """Whether a viewer holds the right that unmasks this field, over a province in which the person is."""
    right = SECRETS[field].right
    if not may(viewer, right):
        return False
    own = realm(viewer, right)
    return own.everywhere or not own.provinces.isdisjoint(_places[field.partition(".")[0]](subject))


@transaction.atomic
def look(*, viewer: User, subject: Model, field: str, purpose: str) -> str:
    """The value itself; that it was looked at, by whom and what for, is kept. Raises NotAllowed, NoPurpose."""
    if not may_look(viewer, subject, field):
        raise NotAllowed(name=str(subject))
    stated = " ".join(purpose.split())[:LONGEST]
    if not any(sign.isalpha() for sign in stated):
        raise NoPurpose
    PersonalLook.objects.create(viewer=viewer, subject=subject.pk, field=field, purpose=stated)
    value: str = getattr(subject, field.partition(".")[2])
    return value


def looks_at(subject: Model) -> QuerySet[PersonalLook]:
    """Who looked at what is masked of somebody, the last first."""
    model = subject._meta.object_name
    return PersonalLook.objects.filter(field__startswith=f"{model}.", subject=subject.pk).select_related("viewer")
