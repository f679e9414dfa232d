"""What can be wrong with the embedded database: one class, one code, one sentence each (`docs/errors.md`)."""

from __future__ import annotations

from hopluc.core.errors import Problem


class PostgresError(Problem):
    """The database cannot be used."""


class NoPrograms(PostgresError):
    code = "M101"
    message = (
        "This computer has no built-in PostgreSQL that runs (%(reason)s). "
        "Install the requirements anew, or name a PostgreSQL server in DATABASE_URL."
    )


class NoAccount(PostgresError):
    code = "M102"
    message = (
        "PostgreSQL cannot run as the account “%(name)s”: %(reason)s. "
        "Run the command as an ordinary user of this computer."
    )


class FolderUnusable(PostgresError):
    code = "M103"
    message = (
        "The database folder “%(name)s” cannot be used: %(reason)s. "
        "Give this account the right to write there, or set HOPLUC_DATA to another folder."
    )


class DiskFull(PostgresError):
    code = "M104"
    message = "The disk that holds the database folder “%(name)s” is full. Free some space, then start again."


class OtherVersion(PostgresError):
    code = "M105"
    message = (
        "The data in “%(name)s” belong to PostgreSQL %(found)s; this release runs %(wanted)s. "
        "Restore a backup into an empty folder, or go back to the release that wrote the data."
    )


class Damaged(PostgresError):
    code = "M106"
    message = (
        "The database in “%(name)s” is damaged: %(reason)s. "
        "Keep a copy of this folder, move it away, and restore the last backup."
    )


class NotStarted(PostgresError):
    code = "M107"
    message = "The database in “%(name)s” did not start: %(reason)s. The file “log” in that folder says more."


class NotStopped(PostgresError):
    code = "M108"
    message = "The database in “%(name)s” did not stop: %(reason)s. Close what still uses it, then try again."


class NotSetUp(PostgresError):
    code = "M109"
    message = "There is no database in “%(name)s” yet. Run `hopluc migrate` first."


class NotRunning(PostgresError):
    code = "M110"
    message = "The database in “%(name)s” is not running. Run `hopluc migrate`, which starts it."
