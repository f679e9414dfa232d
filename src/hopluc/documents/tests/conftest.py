"""Two reviewers and a plan that was read. Models are imported late: pytest may load this file before Django is set up."""

from __future__ import annotations

from copy import deepcopy
from importlib import import_module

import pytest

MAKING = "hopluc.documents.tests.making"


@pytest.fixture(autouse=True)
def _files_in_a_folder_of_their_own(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


# Made once for a module; each test leaves it as it was, and has its own objects.


@pytest.fixture(scope="module")
def kept_hoa(kept):
    return import_module(MAKING).person("Nguyễn Thị Hoa")


@pytest.fixture(scope="module")
def kept_nam(kept, kept_hoa):
    return import_module(MAKING).person("Trần Văn Nam")


@pytest.fixture(scope="module")
def kept_plan(kept_hoa):
    return import_module(MAKING).document(by=deepcopy(kept_hoa))


@pytest.fixture
def hoa(kept_hoa, db):
    """A coordinator of the province's people's committee."""
    return deepcopy(kept_hoa)


@pytest.fixture
def nam(kept_nam, db):
    """Another one of the same agency."""
    return deepcopy(kept_nam)


@pytest.fixture
def plan(kept_plan, db):
    """A short plan that has been read: five tasks, one target, two duties."""
    return deepcopy(kept_plan)
