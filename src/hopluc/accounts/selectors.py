"""People and their posts, as far as the viewer administers them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Case, F, IntegerField, Prefetch, Q, QuerySet, When
from django.db.models.functions import Lower
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.accounts.models import Post, PostQuerySet, Role, User
from hopluc.accounts.rights import realm
from hopluc.core.folding import fold, words
from hopluc.core.search import VnFold
from hopluc.units.models import Agency

STATES = ("active", "inactive")


def agencies_administered(viewer: User, *, on: date) -> QuerySet[Agency]:
    """The agencies in force in which the viewer may give posts."""
    own = realm(viewer, "administer")
    found = Agency.objects.on(on)
    return found if own.everywhere else found.filter(province__in=own.provinces)


def posts_within(viewer: User, right: str) -> PostQuerySet:
    """Posts, past and to come too, in the provinces to which a right of the viewer extends."""
    own = realm(viewer, right)
    posts: PostQuerySet = Post.objects.select_related("agency__body", "user")
    return posts if own.everywhere else posts.filter(agency__province__in=own.provinces)


def posts_administered(viewer: User) -> PostQuerySet:
    return posts_within(viewer, "administer")


def people_within(viewer: User, right: str) -> QuerySet[User]:
    """Everybody with such a post."""
    return User.objects.filter(pk__in=posts_within(viewer, right).order_by().values("user"))


def people_administered(viewer: User) -> QuerySet[User]:
    """Everybody with a post, past or present, in a province that the viewer administers."""
    return people_within(viewer, "administer")


def people_listed(*, viewer: User, typed: str = "", state: str = "", role: str = "") -> QuerySet[User]:
    """Those people with their posts of these provinces, by name; words typed with marks must stand with them."""
    shown = posts_administered(viewer).order_by("ends_on", "pk")
    people = people_administered(viewer).annotate(bare=VnFold("name"), small=Lower("name"))
    for word in words(typed):
        with_marks = word != fold(word)
        people = people.filter(
            Q(small__contains=word) if with_marks else Q(bare__contains=word) | Q(username__icontains=word)
        )
    if state in STATES:
        people = people.filter(is_active=state == "active")
    if role in Role.values:
        held = posts_administered(viewer).held(on=localdate()).filter(role=role)
        people = people.filter(pk__in=held.order_by().values("user"))
    return people.prefetch_related(Prefetch("posts", shown, to_attr="shown_posts")).order_by("bare", "username")


@dataclass(frozen=True, slots=True)
class Change:
    """What was done to an account or a post, when and by whom."""

    at: datetime
    words: str
    by: str  # empty where the program did it


def person_history(user: User, *, viewer: User) -> list[Change]:
    """The history of an account and of its posts that the viewer administers, newest first."""
    posts = set(posts_administered(viewer).filter(user=user).values_list("pk", flat=True))
    own = list(
        _account(
            apps.get_model("accounts", "UserEvent")
            .objects.filter(pgh_obj=user.pk)
            .select_related("pgh_context")
            .order_by("pgh_id")
        )
    )
    events = (
        apps.get_model("accounts", "PostEvent")
        .objects.filter(pgh_obj__in=posts)
        .select_related("pgh_context")
        .order_by("pgh_id")
    )
    given = list(_posts(events))
    actors = _actors([event for event, _words in own + given])
    changes = [Change(event.pgh_created_at, words, actors.get(_actor(event), "")) for event, words in own + given]
    return sorted(changes, key=lambda change: change.at, reverse=True)


def _account(events: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    before = None
    for event in events:
        if before is None:
            yield event, _("The account was made.")
        elif event.is_active != before.is_active:
            yield event, _("The account was opened again.") if event.is_active else _("The account was closed.")
        elif event.temporary_since != before.temporary_since:
            yield (
                event,
                _("A temporary password was set.")
                if event.temporary_since
                else _("A password of their own was chosen."),
            )
        elif event.name != before.name:
            yield (
                event,
                _("The name became “%(name)s”; it was “%(before)s”.") % {"name": event.name, "before": before.name},
            )
        elif (event.phone, event.email) != (before.phone, before.email):
            yield event, _("The telephone or e-mail was changed.")  # not to what: history shows nothing that is masked
        before = event


def _posts(events: Iterable[Any]) -> Iterator[tuple[Any, str]]:
    listed = list(events)
    agencies = Agency.objects.in_bulk({event.agency_id for event in listed})
    seen: set[int] = set()
    for event in listed:
        agency = agencies.get(event.agency_id) or _("an agency that was taken back")
        about = {"role": Role(event.role).label, "agency": agency}
        words = (
            _("Post changed: %(role)s, %(agency)s.")
            if event.pgh_obj_id in seen
            else _("Post given: %(role)s, %(agency)s.")
        )
        if event.ends_on:
            about["day"] = event.ends_on.strftime("%d/%m/%Y")
            words = " ".join((words, _("Last day: %(day)s.")))
        seen.add(event.pgh_obj_id)
        yield event, words % about


def _actor(event: Any) -> int | None:
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _actors(events: Iterable[Any]) -> dict[int | None, str]:
    ids = {actor for event in events if (actor := _actor(event)) is not None}
    return {user.pk: str(user) for user in User.objects.filter(pk__in=ids)}


def may_meet(viewer: User, agency: Agency) -> bool:
    """Whether the viewer may see who works in an agency."""
    own = realm(viewer, "meet people")
    return own.everywhere or agency.province_id in own.provinces or agency.pk in own.below


def posts_of(agency: Agency, *, viewer: User, on: date) -> PostQuerySet:
    """The posts in an agency, today's first, where the viewer may meet its people; names and titles only."""
    posts: PostQuerySet = Post.objects.filter(agency=agency) if may_meet(viewer, agency) else Post.objects.none()
    over = Case(When(ends_on__lt=on, then=1), default=0, output_field=IntegerField())
    return posts.select_related("user").annotate(over=over).order_by("over", F("ends_on").desc(), "user__name", "pk")
