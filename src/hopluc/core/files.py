"""Receiving files: hashed as they come, stored once."""

from __future__ import annotations

import hashlib

from django.core.files.base import File
from django.db import IntegrityError, transaction

from hopluc.core.models import StoredFile


def file_store(upload: File) -> StoredFile:
    """Keep what was sent, or find that it is here already."""
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    sha256 = digest.hexdigest()
    if known := StoredFile.objects.filter(sha256=sha256).first():
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
