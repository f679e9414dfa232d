"""Who runs the server: PostgreSQL refuses root, so root hands the programs to another account."""

from __future__ import annotations

import os
import pwd
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hopluc.core.postgres.errors import NoAccount

DEFAULT = "nobody"
# Nothing of the caller's surroundings reaches the server: PGDATA, PGOPTIONS and the like would change it.
# Untranslated messages can be told apart.
SURROUNDINGS = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C"}


@dataclass(frozen=True, slots=True)
class Account:
    """An account of the system. `switch` is set when the caller is root and must become it."""

    uid: int
    gid: int
    switch: bool

    def run(self, command: Sequence[str | Path], **options: Any) -> subprocess.CompletedProcess[str]:
        """Run a program to its end as this account, files that it makes being its own alone."""
        if self.switch:  # groups too: without them, the program would keep those of root
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.run(  # noqa: S603 - the programs are our own
            command, check=False, capture_output=True, text=True, errors="replace",
            cwd="/", umask=0o077, env=SURROUNDINGS, **options,
        )  # fmt: skip


def account_for(folder: Path) -> Account:
    """The account that runs the server on this folder: the caller; for root the folder's owner, or `nobody`.

    Raises NoAccount.
    """
    caller = os.geteuid()
    owner = caller or (folder.stat().st_uid if folder.exists() else 0)
    try:
        entry = pwd.getpwuid(owner) if owner else pwd.getpwnam(DEFAULT)
    except KeyError:
        raise NoAccount(name=owner or DEFAULT, reason="this computer does not know it") from None
    return Account(entry.pw_uid, entry.pw_gid if caller == 0 else os.getegid(), switch=caller == 0)
