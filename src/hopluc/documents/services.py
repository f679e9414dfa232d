"""Documents come in, are read, and go to the bin."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.files import file_store
from hopluc.core.models import StoredFile
from hopluc.documents.errors import HasPlan, KnownFile, MixedFiles, NothingSent, NotYours, UploadTooLarge
from hopluc.documents.models import Document, Reader, SourceFile, Version
from hopluc.units.models import Agency

MB = 1_000_000
SHEETS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".csv", ".tsv"}

STOPPED = {
    "code": "H224",
    "vi": "Đã dừng đọc tệp này theo yêu cầu.",
    "en": "The reading of this file was stopped.",
}


def document_upload(*, files: Sequence[UploadedFile], owner: Agency, by: User) -> Document:
    """Keep the files of one document and have them read. Raises what is wrong with them; KnownFile when they are here."""
    kind = _kind(files)
    _check(owner, by)
    stored = [file_store(file) for file in files]
    mark = fingerprint(stored)
    with transaction.atomic():
        Agency.objects.select_for_update(no_key=True).get(pk=owner.pk)  # the same file twice at once is one document
        if known := _known(mark, owner):
            raise KnownFile(known, name=files[0].name, title=str(known))
        document = Document.objects.create(
            kind=kind, owner=owner, title=PurePath(str(files[0].name)).stem, created_by=by
        )
        _version_add(document, files, stored, mark, by)
    return document


def version_upload(*, document: Document, files: Sequence[UploadedFile], by: User) -> Version:
    """A corrected file of a document that is here: the review goes over to it once it is read."""
    _check(document.owner, by)
    if _kind(files) != document.kind:
        raise MixedFiles(name=files[0].name)
    stored = [file_store(file) for file in files]
    mark = fingerprint(stored)
    with transaction.atomic():
        Document.objects.select_for_update(no_key=True).get(pk=document.pk)  # two versions at once have two numbers
        if document.versions.filter(fingerprint=mark).exists():
            raise KnownFile(document, name=files[0].name, title=str(document))
        return _version_add(document, files, stored, mark, by)


@transaction.atomic
def document_begin(*, title: str, owner: Agency, by: User, **header: Any) -> Document:
    """A plan to be typed by hand: a document without files, whose items people add."""
    _check(owner, by)
    document = Document(kind=Document.Kind.HAND, owner=owner, title=title, created_by=by, **header)
    document.full_clean()
    document.save()
    Version.objects.create(document=document, number=1, state=Version.State.READ, read_at=timezone.now(), created_by=by)
    return document


@transaction.atomic
def header_edit(*, document: Document, by: User, **header: Any) -> None:
    """Correct what the document says of itself: title, symbol, issuer, date."""
    locked = Document.objects.select_for_update(of=("self",)).select_related("owner").get(pk=document.pk)
    _check(locked.owner, by)
    for name, value in header.items():
        setattr(locked, name, value)
    locked.full_clean()
    locked.save()


def readers_add(*, document: Document, agencies: Iterable[int]) -> None:
    """Let agencies (ids) that have a part in what was issued from a document read it; those of earlier issues still do."""
    Reader.objects.bulk_create(
        (Reader(document=document, agency_id=agency) for agency in agencies), ignore_conflicts=True
    )


@transaction.atomic
def document_bin(*, document: Document, by: User) -> None:
    """Put a document into the bin, from which it can be brought back for `BIN_DAYS` days. Raises HasPlan."""
    _check(document.owner, by)
    if document.versions.filter(closed_at__isnull=False).exists():
        raise HasPlan(title=str(document))
    Document.objects.filter(pk=document.pk, binned_at=None).update(binned_at=timezone.now(), binned_by=by)


@transaction.atomic
def document_restore(*, document: Document, by: User) -> None:
    _check(document.owner, by)
    Document.objects.filter(pk=document.pk).update(binned_at=None, binned_by=None)


@transaction.atomic
def bin_empty() -> int:
    """Delete for good what has been in the bin long enough; gives how many documents."""
    edge = timezone.now() - timedelta(days=settings.BIN_DAYS)
    old = Document.objects.filter(binned_at__lt=edge)
    count = old.count()
    old.delete()
    return count


@transaction.atomic
def version_read_again(*, version: Version, by: User) -> None:
    """Try once more what could not be read."""
    from hopluc.documents import jobs  # noqa: PLC0415  jobs are doors to these services

    _check(version.document.owner, by)
    if Version.objects.filter(pk=version.pk, state=Version.State.FAILED).update(
        state=Version.State.WAITING, problem=None, done=0, total=0
    ):
        jobs.version_read.defer(version_id=version.pk)


@transaction.atomic
def version_stop(*, version: Version, by: User) -> None:
    """Stop a reading that waits or goes on; its process ends at the next page. What was read already is left as it is."""
    _check(version.document.owner, by)
    underway = Version.objects.filter(pk=version.pk, state__in=[Version.State.WAITING, Version.State.READING])
    underway.update(state=Version.State.FAILED, problem=STOPPED, read_at=timezone.now())


def fingerprint(stored: Sequence[StoredFile]) -> str:
    """SHA-256 over those of the files, in their order: the same files twice have the same."""
    return hashlib.sha256(" ".join(file.sha256 for file in stored).encode()).hexdigest()


def _known(mark: str, owner: Agency) -> Document | None:
    versions = Version.objects.filter(fingerprint=mark, document__owner=owner, document__binned_at=None)
    found = versions.select_related("document").first()
    return found.document if found else None


def _version_add(
    document: Document, files: Sequence[UploadedFile], stored: Sequence[StoredFile], mark: str, by: User
) -> Version:
    from hopluc.documents import jobs  # noqa: PLC0415

    number = document.versions.count() + 1
    version = Version.objects.create(document=document, number=number, fingerprint=mark, created_by=by)
    SourceFile.objects.bulk_create(
        SourceFile(version=version, position=turn, name=str(file.name)[-255:], file=kept)
        for turn, (file, kept) in enumerate(zip(files, stored, strict=True))
    )
    jobs.version_read.defer(version_id=version.pk)  # commits or rolls back with the row
    return version


def _kind(files: Sequence[UploadedFile]) -> str:
    if not files:
        raise NothingSent
    for file in files:
        if (file.size or 0) > settings.UPLOAD_BYTES:
            raise UploadTooLarge(name=file.name, limit=settings.UPLOAD_BYTES // MB)
    sheets = [file for file in files if PurePath(str(file.name)).suffix.lower() in SHEETS]
    if sheets and len(files) > 1:
        raise MixedFiles(name=sheets[0].name)
    return Document.Kind.SHEET if sheets else Document.Kind.DIRECTIVE


def _check(owner: Agency, by: User) -> None:
    if owner.pk not in agencies(by, "draft"):
        raise NotYours(agency=owner.name)
