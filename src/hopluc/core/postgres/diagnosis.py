"""From what the programs of PostgreSQL complain of to the one sentence that helps."""

from __future__ import annotations

import errno
import re
from pathlib import Path

from hopluc.core.postgres.errors import Damaged, DiskFull, FolderUnusable, NotStarted, PostgresError

DAMAGE = re.compile(
    r"could not locate a valid checkpoint record|could not locate required checkpoint|invalid checkpoint record"
    r"|incorrect checksum in control file|does not match .*control file|could not open file \"global/"
    r"|is not a database cluster directory|is missing$|invalid data in file|could not find the database system",
    re.I | re.M,
)
LEVEL = re.compile(r".*?\b(?:FATAL|PANIC|initdb: error|pg_ctl: error|error):\s*", re.S)
PORT_TAKEN = re.compile(r"could not bind|could not create any TCP/IP sockets|Address already in use", re.I)
STILL_ENDING = re.compile(r"shared memory block .* is still in use|lock file \"postmaster\.pid\" already exists", re.I)


def diagnose(folder: Path, words: str) -> PostgresError:
    """The error for what a program wrote to its log or to standard error."""
    if "No space left on device" in words or "Disk quota exceeded" in words:
        return DiskFull(name=folder)
    reason = _last_complaint(words)
    if DAMAGE.search(words):
        return Damaged(name=folder, reason=reason)
    if "Permission denied" in words or "Read-only file system" in words:
        return FolderUnusable(name=folder, reason=reason)
    return NotStarted(name=folder, reason=reason)


def from_system(folder: Path, error: OSError) -> PostgresError:
    """The error for what the system refused us."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(name=folder)
    return FolderUnusable(name=folder, reason=error.strerror or str(error))


def _last_complaint(words: str) -> str:
    lines = [line for line in words.splitlines() if line.strip()]
    complaints = [line for line in lines if LEVEL.match(line)]
    chosen = (complaints or lines or ["no reason given"])[-1]
    return LEVEL.sub("", chosen, count=1).strip().rstrip(".")
