"""How tests reach a database: the server that DATABASE_URL names, else an embedded one of their own, kept between runs.

Django is told of its settings here, not in pyproject.toml: they read the environment, which comes first.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.db import transaction
from django.test.utils import override_settings
from django.utils import translation

from hopluc.command.database import cluster
from hopluc.core.postgres import Cluster
from hopluc.core.postgres.cluster import HOST

DATA = Path(__file__).parent / ".data" / "tests"

os.environ["HOPLUC_DATA"] = str(DATA)
os.environ["HOPLUC_POOL"] = "0"  # the pool's connections would outlive the test database
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")


(DATA / "static").mkdir(mode=0o700, parents=True, exist_ok=True)  # the server looks for it when it is loaded
django.setup()  # here, before any other conftest: they import models
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for people of a test
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Start the embedded server before the first test database is made; it is left running for the next time."""
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")  # as pytest-django's own does
    if embedded := cluster():
        embedded.start()
        _careless(embedded)


def _careless(embedded: Cluster) -> None:
    """Nothing of a test needs to survive a power cut: its server waits for no disk. Kept by the server, over restarts."""
    url = f"postgresql://postgres:{embedded.address.password}@{HOST}:{embedded.address.port}/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(autouse=True)
def _default_language() -> None:
    """A request of an earlier test, in English, says nothing of the language of this one."""
    translation.deactivate()


@pytest.fixture(scope="module")
def kept(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:  # noqa: ARG001
    """Within this is made, once, what the tests of a module share; each test with `db` leaves it as it was."""
    files = override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("files"))
    with django_db_blocker.unblock(), files, transaction.atomic():
        yield
        transaction.set_rollback(True)
