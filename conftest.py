"""How tests reach a database: the server that DATABASE_URL names, else an embedded one of their own, kept between runs.

Django is told of its settings here, not in pyproject.toml: they read the environment, which comes first.
"""

from __future__ import annotations

import os
from pathlib import Path

import django
import pytest
from django.conf import settings

from hopluc.command.database import cluster

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
