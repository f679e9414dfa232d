"""Which database: the server that DATABASE_URL names, else the embedded one in the data folder.

DATABASE_URL=postgresql://user:password@host:5432/name?sslmode=require
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

from hopluc.core.errors import Problem
from hopluc.core.postgres.cluster import HOST, NAME

Database = dict[str, Any]
ENGINE = "hopluc.core.postgres.engine"
QUICK = "-c jit=off"  # a page's query is over before it is compiled; the address may name other options
TIMEOUT = 10  # seconds, for a connection


class BadAddress(Problem):
    code = "M111"
    message = (
        "DATABASE_URL cannot be read: %(reason)s. "
        "Write it as postgresql://user:password@host:5432/name, with %%40 for an @ inside the password."
    )


def databases(data: Path) -> dict[str, Database]:
    """What Django's `DATABASES` shall be. Starts nothing. Raises BadAddress.

    With HOPLUC_KEEP=1 each thread keeps its connection for the next request, as `hopluc serve` wants it.
    """
    url = os.environ.get("DATABASE_URL")
    chosen = _named(url) if url else _embedded(data / "postgres")
    return {"default": _kept(chosen, keep=os.environ.get("HOPLUC_KEEP") == "1")}


def _embedded(folder: Path) -> Database:
    return {"ENGINE": ENGINE, "FOLDER": folder, "NAME": NAME, "USER": NAME, "HOST": HOST, "OPTIONS": {}}


def _named(url: str) -> Database:
    parts = _parts(url)
    parts.setdefault("options", QUICK)
    main = {key.upper(): parts.pop(key, "") for key in ("user", "password", "host", "port")}
    return {"ENGINE": ENGINE, "NAME": parts.pop("dbname"), **main, "OPTIONS": parts}


def _kept(database: Database, *, keep: bool) -> Database:
    options = {"connect_timeout": TIMEOUT, **database["OPTIONS"]}
    return {**database, "CONN_MAX_AGE": None if keep else 0, "CONN_HEALTH_CHECKS": True, "OPTIONS": options}


def _parts(url: str) -> dict[str, Any]:
    """What the address says, read by PostgreSQL's own rules."""
    if not re.match(r"postgres(?:ql)?://", url):
        raise BadAddress(reason="it does not begin with postgresql://")
    try:
        parts: dict[str, Any] = conninfo_to_dict(url)
    except ProgrammingError as error:
        raise BadAddress(reason=_without_secrets(str(error))) from None
    if not parts.get("dbname"):
        raise BadAddress(reason="it names no database")
    for port in filter(None, str(parts.get("port", "")).split(",")):
        if not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
            raise BadAddress(reason="the port is no number from 1 to 65535")
    return parts


def _without_secrets(complaint: str) -> str:
    """What libpq cannot read, it quotes: the names of options may be shown, the rest may be the password."""
    if complaint.startswith("invalid URI query parameter"):
        return complaint.strip()
    return re.split(r":|\"|\(", complaint, maxsplit=1)[0].strip()
