"""Two reviewers and a plan that was read. Models are imported late: pytest may load this file before Django is set up."""

from __future__ import annotations

from importlib import import_module

import pytest

MAKING = "hopluc.documents.tests.making"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def hoa(db):
    """A coordinator of the province's people's committee."""
    return import_module(MAKING).person("Nguyễn Thị Hoa")


@pytest.fixture
def nam(db):
    """Another one of the same agency."""
    return import_module(MAKING).person("Trần Văn Nam")


@pytest.fixture
def plan(hoa):
    """A short plan that has been read: five tasks, one target, two duties."""
    return import_module(MAKING).document(by=hoa)
