"""A set that is made once from a seed and kept: in a folder with an embedded database of its own, never in DATABASE_URL.

Its folder is HOPLUC_COUNTRY, or one of `.data`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from time import perf_counter

import django
from django.db import connection, models

from hopluc.command import database


def kept_in(folder: str) -> None:
    """Say where the database is and set Django up: before anything of it is imported."""
    os.environ["HOPLUC_DATA"] = os.environ.get("HOPLUC_COUNTRY") or f".data/{folder}"
    os.environ.pop("DATABASE_URL", None)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hopluc.config.settings")
    django.setup()


def opened(model: type[models.Model]) -> bool:
    """Start the database; whether the set is in it already, by rows of what is written last."""
    embedded = database.cluster()
    assert embedded
    embedded.start()
    database.migrate()
    return model._default_manager.exists()


def made_once(opened: Callable[[], bool], build: Callable[[], None]) -> None:
    began = perf_counter()
    if opened():
        print("It is there already.")
    else:
        build()
        print(f"Made in {perf_counter() - began:.0f} s.")


def finish(written: Iterable[type[models.Model]]) -> None:
    """Ids go on after those that were written; the planner knows what there is."""
    with connection.cursor() as cursor:
        for model in written:
            table = model._meta.db_table
            newest = f"SELECT coalesce(max(id), 1) FROM {table}"
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), ({newest}))")
        cursor.execute("VACUUM ANALYZE")
