"""The document by which something is entered: cited by number, day and issuer, with its file where one is attached."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.files.base import File

from hopluc.core.attachments import begins_as, file_kind_of, file_kinds
from hopluc.core.files import file_store
from hopluc.core.models import StoredFile
from hopluc.registry.errors import AttachmentNotSo, AttachmentOfOtherKind, AttachmentTooLarge

MEGA = 1_000_000
LONGEST_NAME = 255


@dataclass(frozen=True, slots=True)
class Paper:
    number: str = ""
    issued_on: date | None = None
    issuer: str = ""
    file: StoredFile | None = None
    file_name: str = ""

    @property
    def words(self) -> str:
        """As people cite it.

        >>> Paper("12/QĐ-UBND", date(2026, 9, 1), "UBND xã Tân Cương").words
        '12/QĐ-UBND ngày 01/09/2026 của UBND xã Tân Cương'
        """
        day = f"ngày {self.issued_on:%d/%m/%Y}" if self.issued_on else ""
        issuer = f"của {self.issuer}" if self.issuer else ""
        return " ".join(filter(None, (self.number, day, issuer)))


def attachment_keep(upload: File) -> StoredFile:
    """Look at a file and keep it, once by its hash. Raises AttachmentOfOtherKind, AttachmentNotSo, AttachmentTooLarge."""
    name = upload.name or ""
    kind = file_kind_of(name)
    if kind is None:
        raise AttachmentOfOtherKind(name=name, endings=", ".join(endings()))
    if upload.size > settings.UPLOAD_BYTES:
        raise AttachmentTooLarge(name=name, size=upload.size // MEGA, most=settings.UPLOAD_BYTES // MEGA)
    if not begins_as(kind, upload):
        raise AttachmentNotSo(name=name)
    return file_store(upload)


def endings() -> list[str]:
    return [ending for kind in file_kinds().values() for ending in kind.endings]
