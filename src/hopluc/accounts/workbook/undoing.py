"""Taking an import back, whole, as long as nobody changed or used what it made."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from hopluc.accounts.errors import CannotUndo
from hopluc.accounts.models import PeopleImport, Post, User
from hopluc.accounts.rights import administers
from hopluc.accounts.workbook.applying import ACCOUNT, POST, entry, link, post_values, posts_told
from hopluc.accounts.workbook.facts import Facts
from hopluc.accounts.workbook.gathering import facts_for
from hopluc.accounts.workbook.people import administrators
from hopluc.core.history import acting
from hopluc.units.importing import (
    AgencyEntry,
    SuccessionEntry,
    agencies_put,
    agencies_remove,
    successions_drop,
    successions_put,
)
from hopluc.units.models import Agency, Unit

Json = dict[str, Any]


@transaction.atomic
def import_undo(*, sent: PeopleImport, by: User) -> None:
    """Everything as it was before, accounts and agencies that it made gone again. Raises CannotUndo."""
    locked = PeopleImport.objects.select_for_update().get(pk=sent.pk)
    if not locked.applied_at or locked.undone_at:
        raise CannotUndo(reason=_("It was not applied, or it was undone already."))
    facts = facts_for(by, lock=True)
    _check_yours(locked.made, by)
    _check_same(locked.made, facts)
    with acting(by.pk, act="people.import_undone", workbook=locked.pk):
        _people_back(locked.made)
        _agencies_back(locked.made)
        _check_administered(facts, by)
    locked.undone_at = timezone.now()
    locked.save(update_fields=["undone_at"])


def _check_yours(made: Json, by: User) -> None:
    """Whoever applied it may have lost the right since."""
    keys = {one["province"] for one in made["agencies"]}
    agencies = {one["agency_id"] for one in (*made["posts_new"], *made["posts"])}
    provinces = set(Agency.objects.filter(pk__in=agencies).values_list("province", flat=True))
    provinces |= set(Unit.objects.filter(key__in=keys).values_list("pk", flat=True))
    if not all(administers(by, province) for province in provinces):
        raise CannotUndo(reason=_("You do not administer all of its places any more."))


def _check_same(made: Json, facts: Facts) -> None:
    """What it made or changed stands as it left it."""
    for one in made["agencies"]:
        now = facts.agencies.get(one["key"])
        if now is None or _agency(one) != entry(now, facts):
            raise CannotUndo(reason=_("%(name)s was changed since.") % {"name": one["name"]})
    links = {one.place: link(one) for one in facts.successions}
    for one in map(_link, made["successions"]):
        if links.get((one.source, one.target, one.field)) != one:
            raise CannotUndo(reason=_("A succession was changed since."))
    _check_posts(made)
    _check_accounts(made)


def _check_posts(made: Json) -> None:
    stated = [_post_about(one) for one in (*made["posts_new"], *made["posts"])]
    now = {one["pk"]: one for one in post_values(Post.objects.filter(pk__in=[one["pk"] for one in stated]))}
    for one in stated:
        if now.get(one["pk"]) != one:
            person = User.objects.filter(pk=one["user_id"]).first()
            raise CannotUndo(reason=_("A post of %(name)s was changed since.") % {"name": person or "-"})


def _check_accounts(made: Json) -> None:
    people = User.objects.in_bulk([*made["accounts_new"], *(one["pk"] for one in made["accounts"])])
    for one in made["accounts"]:
        if any(getattr(people[one["pk"]], key) != one[key] for key in ACCOUNT):
            raise CannotUndo(reason=_("The account of %(name)s was changed since.") % {"name": people[one["pk"]]})
    for pk in made["accounts_new"]:
        if pk in people and people[pk].last_login:
            raise CannotUndo(reason=_("%(name)s has signed in since.") % {"name": people[pk]})


def _people_back(made: Json) -> None:
    Post.objects.filter(pk__in=[one["pk"] for one in made["posts_new"]]).delete()
    Post.objects.bulk_update([Post(**_post_about(one)) for one in made["posts_before"]], POST[1:], batch_size=500)
    posts_told(made)
    gone = User.objects.filter(pk__in=made["accounts_new"])
    _check_unused(gone)
    gone.delete()
    User.objects.bulk_update([User(**one) for one in made["accounts_before"]], ACCOUNT, batch_size=500)


def _agencies_back(made: Json) -> None:
    before = list(map(_agency, made["agencies_before"]))
    new = {one["key"] for one in made["agencies"]} - {one.key for one in before}
    successions_drop(map(_link, made["successions"]))
    agencies_put(before)
    _check_unused(Agency.objects.filter(key__in=new), but=Agency.objects.filter(key__in=new))
    agencies_remove(new)
    successions_put(map(_link, made["successions_before"]))


def _check_unused(things: models.QuerySet, *, but: models.QuerySet | None = None) -> None:
    """Nothing refers to what would go; `but`: what goes with it."""
    ids = list(things.values_list("pk", flat=True))
    for relation in things.model._meta.related_objects:
        if relation.on_delete is models.DO_NOTHING:  # rows of history outlive what they tell of
            continue
        model: Any = relation.related_model
        using = model._base_manager.filter(**{f"{relation.field.name}__in": ids})
        if but is not None and model is but.model:
            using = using.exclude(pk__in=but.values("pk"))
        if first := using.select_related(relation.field.name).first():
            about = {"name": getattr(first, relation.field.name)}
            raise CannotUndo(reason=_("%(name)s has been used since.") % about)


def _check_administered(before: Facts, by: User) -> None:
    now = facts_for(User.objects.get(pk=by.pk))
    left = administrators(now.posts.values(), now, now.agencies)
    for place in administrators(before.posts.values(), before, before.agencies):
        if not left.get(place):
            raise CannotUndo(reason=_("Nobody would be left to administer the province."))


def _agency(about: Json) -> AgencyEntry:
    return AgencyEntry(**{**about, "start": _day(about["start"]), "end": _day(about["end"])})


def _link(about: Json) -> SuccessionEntry:
    return SuccessionEntry(**{**about, "on": _day(about["on"])})


def _post_about(about: Json) -> Json:
    return {**about, "starts_on": _day(about["starts_on"]), "ends_on": _day(about["ends_on"])}


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
