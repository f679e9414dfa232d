"""Files are kept once, whatever they are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hopluc.core.files import file_store
from hopluc.core.models import StoredFile


@pytest.fixture(autouse=True)
def _apart(settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_the_same_bytes_are_kept_once(tmp_path: Path):
    one = file_store(SimpleUploadedFile("một.txt", b"abc"))
    two = file_store(SimpleUploadedFile("hai.txt", b"abc"))
    other = file_store(SimpleUploadedFile("một.txt", b"abd"))
    assert one == two != other
    assert StoredFile.objects.count() == 2
    with one.data.open() as kept:
        assert kept.read() == b"abc"
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


@pytest.mark.django_db
def test_only_its_owner_may_read_a_file_on_the_disk():
    stored = file_store(SimpleUploadedFile("a.txt", b"abc"))
    assert Path(stored.data.path).stat().st_mode & 0o077 == 0
