"""Acts of a review: each is one transaction, seen by the others by its clock, and undone by putting back what was before.

An act names the revision of each item that its author saw; where somebody was faster it raises StaleItem and changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.documents import shaping
from hopluc.documents.errors import (
    CannotMerge,
    ItemGone,
    NothingToUndo,
    NotYours,
    ReviewClosed,
    StaleItem,
    UndoOvertaken,
)
from hopluc.documents.models import Act, Document, Item, Version

Json = dict[str, Any]
State = Item.State
KEPT = ("state", "value", "position", "sureness")  # what an undo puts back
SURE = 0.9  # a value this sure may be accepted without a look at each


class Review:
    """One act under way: the document is locked, what changes is noted."""

    def __init__(self, document: Document, version: Version, by: User) -> None:
        self.document = document
        self.version = version
        self.by = by
        self.clock = document.clock + 1
        self.changed: list[Item] = []
        self.notes: list[Json] = []

    def take(self, item_id: int, revision: int) -> Item:
        """An item, locked, as its author saw it. Raises StaleItem, ItemGone."""
        items = self.version.items.select_for_update(of=("self",)).select_related("changed_by")
        item = items.filter(pk=item_id).first()
        if item is None:
            raise ItemGone
        if item.revision != revision or item.state == State.REPLACED:
            raise StaleItem(item, who=str(item.changed_by or ""))
        return item

    def change(self, item: Item, **fields: Any) -> None:
        """Set fields of an item that was taken."""
        before = {name: getattr(item, name) for name in KEPT}
        for name, value in fields.items():
            setattr(item, name, value)
        self._note(item, before)
        self.changed.append(item)

    def add(self, kind: str, value: Json, *, origin: str, state: str = State.ACCEPTED, position: int = 0) -> Item:
        """A new item; undone, it is gone."""
        item = Item(version=self.version, kind=kind, value=value, origin=origin, state=state, position=position)
        self._mark(item)
        item.save()
        self.notes.append({"item": item.pk, "revision": item.revision, "before": None})
        return item

    def _note(self, item: Item, before: Json) -> None:
        self._mark(item)
        self.notes.append({"item": item.pk, "revision": item.revision, "before": before})

    def _mark(self, item: Item) -> None:
        item.revision += 1
        item.stamp = self.clock
        item.changed_by = self.by

    def keep(self, verb: str) -> None:
        if not self.notes:  # nothing was sure: there is nothing to undo either
            return
        Item.objects.bulk_update(self.changed, [*KEPT, "revision", "stamp", "changed_by"])
        self.document.clock = self.clock
        self.document.save(update_fields=["clock"])
        Act.objects.create(document=self.document, clock=self.clock, verb=verb, by=self.by, changes=self.notes)


@contextmanager
def _acting(document: Document, by: User, verb: str) -> Iterator[Review]:
    """Lock a document for one act. Raises NotYours, ReviewClosed."""
    with transaction.atomic():
        locked = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
        if locked.owner_id not in agencies(by, "draft"):
            raise NotYours(agency=locked.owner.name)
        version = current_version(locked)
        if version.closed_at:
            raise ReviewClosed
        review = Review(locked, version, by)
        yield review
        review.keep(verb)


def current_version(document: Document) -> Version:
    """The newest version that could be read. Raises Version.DoesNotExist."""
    return Version.objects.light().filter(document=document, state=Version.State.READ).latest("number")


def item_accept(*, document: Document, item_id: int, revision: int, by: User) -> None:
    with _acting(document, by, "accept") as review:
        review.change(review.take(item_id, revision), state=State.ACCEPTED)


def item_reject(*, document: Document, item_id: int, revision: int, by: User) -> None:
    with _acting(document, by, "reject") as review:
        review.change(review.take(item_id, revision), state=State.REJECTED)


def item_reopen(*, document: Document, item_id: int, revision: int, by: User) -> None:
    """Take back a decision: the item waits again."""
    with _acting(document, by, "reopen") as review:
        review.change(review.take(item_id, revision), state=State.PENDING)


def item_edit(*, document: Document, item_id: int, revision: int, typed: Json, by: User) -> None:
    """Correct an item by what was typed, and accept it. Raises what `shaping.edited` does."""
    with _acting(document, by, "edit") as review:
        item = review.take(item_id, revision)
        value = shaping.edited(item.kind, item.value, typed, issued_on=review.document.issued_on)
        review.change(item, value=value, state=State.ACCEPTED, sureness=1.0)


def item_split(*, document: Document, item_id: int, revision: int, cut: int, by: User) -> list[Item]:
    """Make two items of one, parted at character `cut` of its text. Raises CannotSplit."""
    with _acting(document, by, "split") as review:
        item = review.take(item_id, revision)
        parts = shaping.split(item.value, cut, review.version.content)
        review.change(item, state=State.REPLACED)
        return [
            review.add(item.kind, part, origin=Item.Origin.SPLIT, state=State.PENDING, position=item.position + turn)
            for turn, part in enumerate(parts)
        ]


def items_merge(*, document: Document, seen: Iterable[tuple[int, int]], by: User) -> Item:
    """Make one item of several, given as (id, revision) in their order. Raises CannotMerge."""
    with _acting(document, by, "merge") as review:
        items = [review.take(item_id, revision) for item_id, revision in seen]
        several = len({item.pk for item in items}) == len(items) > 1
        if not several or any(item.kind != Item.Kind.TASK for item in items):
            raise CannotMerge
        for item in items:
            review.change(item, state=State.REPLACED)
        value = shaping.merged([item.value for item in items])
        return review.add(
            items[0].kind, value, origin=Item.Origin.MERGED, state=State.PENDING, position=items[0].position
        )


def item_add(*, document: Document, kind: str, value: Json, by: User) -> Item:
    """An item that the reader did not find: of words selected in the source, or typed."""
    with _acting(document, by, "add") as review:
        span = value.get("span")
        last = review.version.items.order_by("position").last()
        position = span[0] if span else (last.position + 1 if last else 0)
        return review.add(kind, value, origin=Item.Origin.ADDED, state=State.ACCEPTED, position=position)


def items_accept_sure(*, document: Document, by: User) -> int:
    """Accept whatever waits and was read surely; gives how many."""
    with _acting(document, by, "accept_sure") as review:
        for item in review.version.items.select_for_update().filter(state=State.PENDING, sureness__gte=SURE):
            review.change(item, state=State.ACCEPTED)
        return len(review.notes)


@transaction.atomic
def review_undo(*, document: Document, by: User) -> Act:
    """Undo one's own last act. Raises NothingToUndo, UndoOvertaken."""
    with _acting(document, by, "undo") as review:
        act = review.document.acts.filter(by=by, undone=False).exclude(verb="undo").order_by("-clock").first()
        if act is None:
            raise NothingToUndo
        items = (
            review.version.items.select_for_update(of=("self",))
            .select_related("changed_by")
            .in_bulk([note["item"] for note in act.changes])
        )
        if len(items) < len(act.changes):  # of a version before this one
            raise NothingToUndo
        restored = _restored(review.document)
        for note in act.changes:
            item = items[note["item"]]
            if _as_good_as(item, restored) != note["revision"]:
                raise UndoOvertaken(who=str(item.changed_by or ""))
            review.change(item, **(note["before"] or {"state": State.REPLACED}))
            review.notes[-1]["restores"] = note["revision"] - 1
        act.undone = True
        act.save(update_fields=["undone"])
    return act


def _restored(document: Document) -> dict[tuple[int, int], int]:
    """Of every revision of an item that an undo made: the revision that it put back."""
    undos = document.acts.filter(verb="undo").values_list("changes", flat=True)
    return {(note["item"], note["revision"]): note["restores"] for notes in undos for note in notes}


def _as_good_as(item: Item, restored: dict[tuple[int, int], int]) -> int:
    """The revision that an item stands at, undone changes left out."""
    revision = item.revision
    while (item.pk, revision) in restored:
        revision = restored[item.pk, revision]
    return revision


def review_close(*, version: Version, at: Any) -> None:
    """The plan is issued: what was reviewed stays as it is."""
    version.closed_at = at
    version.save(update_fields=["closed_at"])


@transaction.atomic
def review_reopen(*, document: Document, by: User) -> None:
    """Change a review from which a plan was issued; the next issue makes a new edition."""
    locked = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
    if locked.owner_id not in agencies(by, "draft"):
        raise NotYours(agency=locked.owner.name)
    version = current_version(locked)
    version.closed_at = None
    version.save(update_fields=["closed_at"])
