"""Receiving files: hashed as they come, stored once, dropped when nothing refers to them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from functools import partial
from typing import Any

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey
from django.db.models.fields.reverse_related import ForeignObjectRel

from hopluc.core.models import StoredFile


def file_store(upload: File) -> StoredFile:
    """Keep what was sent, or find that it is here already."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    with transaction.atomic():  # and of a larger one until its end: nobody clears away what is taken up again
        known = StoredFile.objects.select_for_update(no_key=True).filter(sha256=sha256).first()
    if known:
        return known
    stored = StoredFile(sha256=sha256, size=upload.size)
    upload.seek(0)
    stored.data.save(f"{sha256[:2]}/{sha256}", upload, save=False)
    try:
        with transaction.atomic():
            stored.save()
    except IntegrityError:  # sent twice at the same moment
        stored.data.delete(save=False)
        return StoredFile.objects.get(sha256=sha256)
    return stored


@transaction.atomic
def files_clear(ids: Collection[int], *, named: Callable[[Collection[int]], Collection[int]]) -> int:
    """Drop those among these files that nothing refers to; gives how many. `named` says which are referred to otherwise than by a key."""
    locked = StoredFile.objects.select_for_update().filter(pk__in=ids)
    for field in _references():
        held = field.model._default_manager.filter(**{f"{field.attname}__in": ids})
        locked = locked.exclude(pk__in=held.values(field.attname))
    found = {each.pk: each for each in locked}
    for pk in named(found.keys()):
        del found[pk]
    StoredFile.objects.filter(pk__in=found).delete()
    for each in found.values():
        transaction.on_commit(partial(each.data.delete, save=False))
    return len(found)


def _references() -> Iterator[ForeignKey[Any, Any]]:
    """Every key to a file, those of the history among them."""
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ForeignObjectRel) and isinstance(relation.field, ForeignKey):
            yield relation.field
