"""What a workbook changes, written as one act: all of it or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils import timezone

from hopluc.accounts.errors import AppliedAlready, NothingToApply, WorkbookHasErrors, WorkbookMoved
from hopluc.accounts.events import posts_changed
from hopluc.accounts.models import PeopleImport, Post, User
from hopluc.accounts.services import temporary_password
from hopluc.accounts.workbook.checking import Outcome
from hopluc.accounts.workbook.facts import AgencyFact, Facts, PostFact, SuccessionFact
from hopluc.accounts.workbook.people import Account, PeopleRead
from hopluc.accounts.workbook.receiving import checked
from hopluc.core.history import acting
from hopluc.units.importing import (
    AgencyEntry,
    SuccessionEntry,
    agencies_put,
    successions_drop,
    successions_put,
)
from hopluc.units.models import Agency

Json = dict[str, Any]
Passwords = list[tuple[str, str, str]]  # name to sign in with, full name, temporary password
ROUNDS = 1_000  # of hashing a password made here; see `hashed`
POST = ("user_id", "agency_id", "role", "title", "starts_on", "ends_on")
ACCOUNT = ("name", "phone", "email")


@transaction.atomic
def workbook_apply(*, sent: PeopleImport, seen: str, by: User) -> Passwords:
    """Write what the preview `seen` (its fingerprint) showed; gives the passwords of new accounts, kept nowhere else.

    Raises AppliedAlready, WorkbookHasErrors, WorkbookMoved, NothingToApply.
    """
    locked = PeopleImport.objects.select_for_update().get(pk=sent.pk)
    if locked.applied_at:
        raise AppliedAlready(name=locked.name)
    outcome, facts = checked(locked, by=by, lock=True)
    if outcome.issues:
        raise WorkbookHasErrors(count=len(outcome.issues))
    if outcome.is_empty:
        raise NothingToApply(name=locked.name)
    if outcome.fingerprint != seen:
        raise WorkbookMoved
    with acting(by.pk, act="people.imported", workbook=locked.pk):
        locked.made = {**_agencies(outcome, facts), **(_posts(outcome.people, *_accounts(outcome.people)))}
        posts_told(locked.made)
        passwords: Passwords = locked.made.pop("passwords")
    locked.rows, locked.applied_at = {}, timezone.now()
    locked.save(update_fields=["rows", "made", "applied_at"])
    return passwords


def _agencies(outcome: Outcome, facts: Facts) -> Json:
    values = outcome.values
    before = [facts.agencies[one.key] for one in values if one.pk]
    known = {one.place: one for one in facts.successions}
    replaced = [known[one.place] for one in outcome.successions.put if one.place in known]
    gone = [*outcome.successions.dropped, *replaced]
    entries, links = [entry(one, facts) for one in values], list(map(link, outcome.successions.put))
    successions_drop(map(link, gone))
    agencies_put(entries)
    successions_put(links)
    return {
        "agencies": [asdict(one) for one in entries],
        "agencies_before": [asdict(entry(one, facts)) for one in before],
        "successions": [asdict(one) for one in links],
        "successions_before": [asdict(link(one)) for one in gone],
    }


def entry(agency: AgencyFact, facts: Facts) -> AgencyEntry:
    return AgencyEntry(
        key=agency.key,
        kind=agency.kind,
        unit=agency.unit,
        province=facts.province(agency),
        parent=agency.parent,
        seat=agency.seat,
        name=agency.name,
        aliases="\n".join(agency.aliases),
        start=agency.start,
        end=agency.end,
        own=agency.own,
    )


def link(one: SuccessionFact) -> SuccessionEntry:
    return SuccessionEntry(one.source, one.target, one.on, one.field, one.basis, one.own)


def _accounts(read: PeopleRead) -> tuple[dict[str, int], Json]:
    """Ids of the people of all posts by user name, and what became of accounts."""
    new = {one.username: one for one in read.accounts if one.pk is None}
    passwords = {username: temporary_password() for username in new}
    made = User.objects.bulk_create(_account(one, passwords[one.username]) for one in new.values())
    changed = User.objects.in_bulk([one.pk for one in read.accounts if one.pk])
    before = [_about(user) for user in changed.values()]
    for one in read.accounts:
        if one.pk:
            user = changed[one.pk]
            user.name, user.phone, user.email = one.name, one.phone or user.phone, one.email or user.email
    User.objects.bulk_update(changed.values(), ACCOUNT, batch_size=500)
    names = {post.value.username.lower() for post in read.posts}
    ids = User.objects.annotate(small=Lower("username")).filter(small__in=names).values_list("small", "pk")
    return dict(ids), {
        "accounts_new": [user.pk for user in made],
        "accounts": [_about(user) for user in changed.values()],
        "accounts_before": before,
        "passwords": [(one.username, one.name, passwords[one.username]) for one in new.values()],
    }


def _account(one: Account, password: str) -> User:
    about = {"username": one.username, "name": one.name, "phone": one.phone, "email": one.email}
    return User(**about, password=hashed(password), temporary_since=timezone.now())


def hashed(password: str) -> str:
    """A hash of a temporary password in a thousandth of the usual time.

    Such a password is drawn at random, about 59 bits: slow hashing protects words that people think of, and would take
    a quarter of an hour for two thousand accounts. Django hashes it anew, in full, at the first sign-in.
    """
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=ROUNDS)
    return make_password(password)


def _about(user: User) -> Json:
    return {"pk": user.pk, **{key: getattr(user, key) for key in ACCOUNT}}


def _posts(read: PeopleRead, people: dict[str, int], accounts: Json) -> Json:
    values = [one.value for one in read.posts]
    agencies = dict(Agency.objects.filter(key__in={one.agency for one in values}).values_list("key", "pk"))

    def post(one: PostFact) -> Post:
        about = (people[one.username.lower()], agencies[one.agency], one.role, one.title, one.starts, one.ends)
        return Post(pk=one.pk, **dict(zip(POST, about, strict=True)))

    changed = [post(one) for one in values if one.pk]
    before = post_values(Post.objects.filter(pk__in=[one.pk for one in changed]))
    new = Post.objects.bulk_create([post(one) for one in values if one.pk is None])
    Post.objects.bulk_update(changed, POST[1:], batch_size=500)
    return {
        **accounts,
        "posts_new": post_values(new),
        "posts": post_values(changed),
        "posts_before": before,
    }


def posts_told(made: Json) -> None:
    """Tell whoever listens whose posts an import wrote, or took back."""
    posts = [*made["posts_new"], *made["posts"], *made["posts_before"]]
    posts_changed.send(Post, agencies={one["agency_id"] for one in posts}, users={one["user_id"] for one in posts})


def post_values(posts: Iterable[Post]) -> list[Json]:
    """Posts as they are, by id."""
    found = ({"pk": post.pk, **{key: getattr(post, key) for key in POST}} for post in posts)
    return sorted(found, key=lambda one: one["pk"])
