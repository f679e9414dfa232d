"""Records of one organisation that was entered twice: found, dismissed, merged into one, and parted again.

This is no legal merger (`services.organisations_merge`): nothing happened to any organisation, the registry merely knew it twice.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core import serializers
from django.db import models, transaction
from django.utils.timezone import localdate
from pghistory.models import Event as HistoryEvent

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.registry.copies import copies_keep
from hopluc.registry.errors import MergeBuiltOn, NotYourRegistry, PairChanged, SuccessionBetween
from hopluc.registry.intake.snapshot import profiles_of
from hopluc.registry.likeness import pairs_alike
from hopluc.registry.models import (
    Event,
    Fact,
    Figures,
    LikePair,
    Membership,
    Officer,
    Organisation,
    Party,
    Succession,
)
from hopluc.registry.selectors import may_keep
from hopluc.registry.services.keeping import locked_one

SHOWN = 0.5  # the least likelihood at which a pair is put before people
MOST = 2_000  # pairs of a province
OWN: tuple[type[models.Model], ...] = (Fact, Officer, Membership, Event, Figures)
State = LikePair.State


def duplicates_find(*, province_id: int) -> int:
    """Look through a province; what was decided stays decided. Gives how many pairs are open."""
    profiles = profiles_of([province_id], today=localdate(), ended=False)
    found = pairs_alike(profiles, least=SHOWN)[:MOST]
    with transaction.atomic():
        LikePair.objects.filter(province=province_id, state=State.OPEN).delete()
        LikePair.objects.bulk_create(
            (
                LikePair(
                    one=min(one.pk, other.pk), other=max(one.pk, other.pk), province_id=province_id, score=round(how.score, 4),
                    evidence=[[each.field, each.how] for each in how.evidence],
                )
                for one, other, how in found
            ),
            ignore_conflicts=True,
        )  # fmt: skip
    return LikePair.objects.filter(province=province_id, state=State.OPEN).count()


@transaction.atomic
def pair_dismiss(*, pair: LikePair, by: User) -> None:
    """They are two organisations: the pair is not shown again. Raises NotYourRegistry, PairChanged."""
    locked = _open(pair, by)
    locked.state, locked.by = State.DISMISSED, by
    locked.save(update_fields=["state", "by", "at"])


@transaction.atomic
def pair_reopen(*, pair: LikePair, by: User) -> None:
    """A dismissed pair is to be decided again. Raises NotYourRegistry."""
    locked = LikePair.objects.select_for_update().get(pk=pair.pk)
    _both(locked, by)
    if locked.state == State.DISMISSED:
        locked.state, locked.by = State.OPEN, by
        locked.save(update_fields=["state", "by", "at"])


def pair_merge(*, pair: LikePair, keep: int, by: User) -> Organisation:
    """One record for both: it has what it had, and of the other whatever it says nothing of.

    Raises NotYourRegistry, PairChanged, SuccessionBetween.
    """
    with transaction.atomic(), acting(by.pk, act="registry.records.merged", pair=pair.pk):
        locked = _open(pair, by)
        both = {one.pk: locked_one(one) for one in _both(locked, by)}
        if keep not in both:
            raise PairChanged
        kept, gone = both.pop(keep), next(iter(both.values()))
        for one in (kept, gone):
            if (one.successors.all() | one.predecessors.all()).exists():
                raise SuccessionBetween(name=one.name)
        locked.made = _joined(kept, gone)
        locked.state, locked.kept, locked.by = State.MERGED, kept.pk, by
        locked.save()
        LikePair.objects.filter(models.Q(one=gone.pk) | models.Q(other=gone.pk), state=State.OPEN).delete()
        return copies_keep(locked_one(kept), on=localdate())


def merge_undo(*, pair: LikePair, by: User) -> None:
    """Two records again, as they were. Raises NotYourRegistry, PairChanged, MergeBuiltOn."""
    with transaction.atomic(), acting(by.pk, act="registry.records.parted", pair=pair.pk):
        locked = LikePair.objects.select_for_update().get(pk=pair.pk)
        kept = Organisation.objects.filter(pk=locked.kept or 0).first()
        if locked.state != State.MERGED or kept is None:
            raise PairChanged
        if not may_keep(by, kept):
            raise NotYourRegistry(place=kept.unit.full_name)
        gone = _parted(locked_one(kept), locked.made)
        locked.state, locked.kept, locked.made, locked.by = State.OPEN, None, {}, by
        locked.save()
        for pk in (kept.pk, gone):
            copies_keep(Organisation.objects.get(pk=pk), on=localdate())


def _open(pair: LikePair, by: User) -> LikePair:
    locked = LikePair.objects.select_for_update().get(pk=pair.pk)
    if locked.state != State.OPEN:
        raise PairChanged
    _both(locked, by)
    return locked


def _both(pair: LikePair, by: User) -> list[Organisation]:
    """In the order of their ids, so that two acts never wait for each other."""
    found = list(Organisation.objects.filter(pk__in=(pair.one, pair.other)).select_related("unit").order_by("pk"))
    if len(found) != 2:
        raise PairChanged
    for one in found:
        if not may_keep(by, one):
            raise NotYourRegistry(place=one.unit.full_name)
    return found


# Joining.


def _joined(kept: Organisation, gone: Organisation) -> dict[str, Any]:
    """Moves what the kept record lacks, takes out the rest; gives all that is needed to part them again."""
    moved = {model.__name__: _lacking(model, kept, gone) for model in OWN}
    for model in OWN:
        manager: Any = model._default_manager
        manager.filter(pk__in=moved[model.__name__]).update(organisation=kept)
    pointing = [_repoint(relation, gone.pk, kept.pk) for relation in _others(Organisation)]
    pointing += [_repoint(relation, gone.party_id, kept.party_id) for relation in _others(Party)]
    rest = [row for model in OWN for row in model._default_manager.filter(organisation=gone).order_by("pk")]
    removed = serializers.serialize("json", [gone.party, gone, *rest])
    for model in OWN:
        manager = model._default_manager
        manager.filter(organisation=gone)._raw_delete("default")
    Organisation.objects.filter(pk=gone.pk)._raw_delete("default")
    Party.objects.filter(pk=gone.party_id)._raw_delete("default")
    return {"moved": moved, "removed": removed, "pointing": [each for each in pointing if each[2]], "gone": gone.pk}


def _lacking(model: type[models.Model], kept: Organisation, gone: Organisation) -> list[int]:
    """Ids of the other's rows of which the kept record has none of the kind."""
    manager: Any = model._default_manager
    theirs, ours = (list(manager.filter(organisation=one).order_by("pk")) for one in (gone, kept))
    if model is Event:  # what happened, happened once: the events of the kept record count
        return []
    if model is Fact:
        known = {(row.what, row.item) for row in ours}
        return [row.pk for row in theirs if (row.what, row.item) not in known]
    if model is Figures:
        years = {row.year for row in ours}
        return [row.pk for row in theirs if row.year not in years]
    return [] if ours else [row.pk for row in theirs]


def _others(model: type[models.Model]) -> list[Any]:
    """Relations from elsewhere: not the rows of an organisation, nor history, nor the organisation of a party."""
    return [
        relation
        for relation in model._meta.related_objects
        if relation.related_model not in (*OWN, Organisation, Succession)
        or (model is Party and relation.related_model is Membership)
        if not issubclass(relation.related_model, HistoryEvent)
    ]


def _repoint(relation: Any, before: int, after: int) -> list[Any]:
    name, model = relation.field.name, relation.related_model
    ids = list(model._base_manager.filter(**{name: before}).order_by().values_list("pk", flat=True))
    model._base_manager.filter(pk__in=ids).update(**{name: after})
    return [model._meta.label, name, ids, before]


def _parted(kept: Organisation, made: dict[str, Any]) -> int:
    """Everything that was taken out is there again, what was moved goes back."""
    for model in OWN:
        manager: Any = model._default_manager
        ids = made["moved"][model.__name__]
        if manager.filter(pk__in=ids, organisation=kept).count() != len(ids):
            raise MergeBuiltOn(name=kept.name)
    for each in serializers.deserialize("json", made["removed"]):
        each.save()
    for model in OWN:
        manager = model._default_manager
        manager.filter(pk__in=made["moved"][model.__name__]).update(organisation=made["gone"])
    for label, name, ids, before in made["pointing"]:
        model = apps.get_model(label)
        model._base_manager.filter(pk__in=ids).update(**{name: before})
    return int(made["gone"])
