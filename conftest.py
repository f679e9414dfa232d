"""How tests reach a database: the server that DATABASE_URL names, else an embedded one of their own, kept between runs.

Django is told of its settings here, not in pyproject.toml: they read the environment, which comes first.
"""

from __future__ import annotations

import fcntl
import inspect
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

import django
import psycopg
import pytest
from django.conf import settings
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.test.utils import override_settings
from django.utils import translation
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis

from hopluc.command.database import cluster
from hopluc.core.postgres import Cluster
from hopluc.core.postgres.cluster import HOST, NAME
from hopluc.units.apps import keep_in_step
from tests.examples import examples

collect_ignore = ["src/hopluc/config/wsgi.py"]  # the door of a server: whoever imports it loads all pages
DATA = Path(__file__).parent / ".data" / "tests"

os.environ["HOPLUC_DATA"] = str(DATA)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")


(DATA / "static").mkdir(mode=0o700, parents=True, exist_ok=True)  # the server looks for it when it is loaded
hypothesis.register_profile(
    "examples",
    max_examples=examples(100),
    derandomize=True,  # the same for everybody
    deadline=None,  # a busy machine is no defect
    suppress_health_check=[HealthCheck.too_slow],
)
hypothesis.load_profile("examples")
django.setup()  # here, before any other conftest: they import models
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, for people of a test
settings.STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request: pytest.FixtureRequest) -> None:
    """Start the embedded server before the first test database is made; it is left running for the next time."""
    request.getfixturevalue("django_db_modify_db_settings_parallel_suffix")  # as pytest-django's own does
    if embedded := cluster():
        embedded.start()
        with _lock():  # processes that grant at one moment get in each other's way
            _careless(embedded)


def _careless(embedded: Cluster) -> None:
    """Nothing of a test needs to survive a power cut: its server waits for no disk, and nobody of it is in a database that goes.

    Kept by the server, over restarts.
    """
    url = f"postgresql://postgres:{embedded.address.password}@{HOST}:{embedded.address.port}/postgres"
    with psycopg.connect(url, autocommit=True) as connection:
        for name in ("fsync", "full_page_writes", "synchronous_commit", "autovacuum"):
            connection.execute(f"ALTER SYSTEM SET {name} = off")
        connection.execute(f"GRANT SET ON PARAMETER session_replication_role TO {NAME}")  # for `_emptied`
        connection.execute("SELECT pg_reload_conf()")


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,  # noqa: ARG001
    django_db_blocker: Any,
    django_db_modify_db_settings: None,  # noqa: ARG001
) -> Iterator[None]:
    """A database for this process, copied from one that was migrated once: again only when a migration has changed."""
    with django_db_blocker.unblock():
        _empty_quickly()
        name = connection.creation._get_test_db_name()
        template = _template()
        _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        before = connection.settings_dict["NAME"]
        _named(name)
    yield
    with django_db_blocker.unblock():
        _named(before)
        _maintain(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


KEPT = ("django_content_type", "auth_permission", "units_body")  # what migrating leaves there
EMPTIED = """
DO $$
DECLARE
    each text;
    found boolean;
BEGIN
    SET LOCAL session_replication_role = replica;  -- no trigger, no foreign key
    FOREACH each IN ARRAY ARRAY[{tables}] LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', each) INTO found;
        IF found THEN EXECUTE format('DELETE FROM %I', each); END IF;
    END LOOP;
    DELETE FROM units_body WHERE NOT listed;  -- the others are brought up to what they were (`keep_in_step`)
END $$
"""


def _empty_quickly() -> None:
    """After a test that commits: most tables hold nothing, and TRUNCATE makes new files for them all."""
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege('session_replication_role', 'SET')")
        if cursor.fetchone()[0]:
            connection.ops.sql_flush = _emptied  # type: ignore[method-assign]
            flush.emit_post_migrate_signal = lambda *_words, **_options: keep_in_step()  # what migrating puts there


def _emptied(_style: Any, tables: list[str], **_options: Any) -> list[str]:
    return [EMPTIED.format(tables=", ".join(f"'{table}'" for table in tables if table not in KEPT))]


def _template() -> str:
    """The name of the migrated database; the first process that asks makes it, the others wait."""
    name = f"template_{_migrations()}"
    with _lock(), connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", ["template\\_%"])
        old = {row[0] for row in cursor.fetchall()}
        if name in old:
            return name
        _maintain(*(f'DROP DATABASE "{each}" WITH (FORCE)' for each in old))
        before = connection.settings_dict["NAME"]
        made = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        _named(before)
        _maintain(f'ALTER DATABASE "{made}" RENAME TO "{name}"')  # whoever is killed before leaves none of this name
    return name


def _migrations() -> str:
    """A digest of all migrations, ours and those of packages."""
    known = sorted(MigrationLoader(None, ignore_no_migrations=True).disk_migrations.items())
    sources = (f"{key}{inspect.getsource(inspect.getmodule(type(each)))}" for key, each in known)
    return sha256("".join(sources).encode()).hexdigest()[:12]


def _named(name: str) -> None:
    """Django's connection goes to this database from now on."""
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _maintain(*statements: str) -> None:
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def _lock() -> Iterator[None]:
    with (DATA / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests of properties run in the long run too, with all their examples; those that ask the database, on another too."""
    for item in items:
        if getattr(getattr(item, "obj", None), "is_hypothesis_test", False):
            item.add_marker("property")
        if item.get_closest_marker("django_db") or "django_db_setup" in getattr(item, "fixturenames", ()):
            item.add_marker("database")


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
