"""Two send at the same moment: apart from tests that share what they make, which other connections would not see."""

from __future__ import annotations

import pytest

from hopluc.core.models import StoredFile
from hopluc.documents.models import Document
from hopluc.documents.services import document_upload
from hopluc.documents.tests import making


@pytest.mark.django_db(transaction=True)
def test_the_same_file_twice_at_the_same_moment_is_one_document():
    hoa = making.person()
    owner = making.agency()
    outcomes = making.at_once(
        lambda: document_upload(files=[making.file()], by=hoa, owner=owner),
        lambda: document_upload(files=[making.file()], by=hoa, owner=owner),
    )
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Document", "KnownFile"]
    assert (Document.objects.count(), StoredFile.objects.count()) == (1, 1)
