"""The database under every command: started when it is the embedded one, reached or explained."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django
import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

from hopluc.command.speech import CommandProblem
from hopluc.config.database import TIMEOUT
from hopluc.core.errors import Problem
from hopluc.core.postgres import Cluster


class Unreachable(CommandProblem):
    code = "M205"
    message = "The database cannot be reached: %(reason)s. Check DATABASE_URL and that the PostgreSQL server runs."


def cluster() -> Cluster | None:
    """The embedded server, unless DATABASE_URL names another."""
    folder = settings.DATABASES["default"].get("FOLDER")
    return Cluster(Path(folder)) if folder else None


def prepare() -> bool:
    """Start the embedded server where it is used, and Django. Tells whether this call started the server.

    Raises PostgresError, Unreachable.
    """
    embedded = cluster()
    started = bool(embedded and embedded.start())
    django.setup()
    if not embedded:
        _reach(os.environ["DATABASE_URL"])
    return started


def _reach(url: str) -> None:
    """Connect once, on the side: what Django opens now would not outlive the forks of a server."""
    try:
        psycopg.connect(url, connect_timeout=TIMEOUT).close()
    except psycopg.OperationalError as error:
        raise Unreachable(reason=_line(error)) from error


@contextmanager
def explained() -> Iterator[None]:
    """Turn a database that cannot be reached into one sentence."""
    try:
        yield
    except OperationalError as error:
        if isinstance(error.__cause__, Problem):
            raise error.__cause__ from error
        raise Unreachable(reason=_line(error)) from error


def _line(error: Exception) -> str:
    return " ".join(str(error).split()).rstrip(".")


def missing_migrations() -> int:
    """How many steps the tables are behind this release."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrate() -> None:
    """Bring the tables up to date, those of the cache too, and the units, agencies and indicators that ship with the program."""
    from hopluc.forms.loading import forms_load  # noqa: PLC0415
    from hopluc.indicators.loading import indicators_load  # noqa: PLC0415
    from hopluc.units.loading import units_load  # noqa: PLC0415 - models load after Django's setup

    with explained():
        if missing_migrations():  # the command itself takes seconds to find nothing to do
            call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        units_load()
        forms_load()
        indicators_load()
