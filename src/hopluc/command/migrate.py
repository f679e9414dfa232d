"""`hopluc migrate`."""

from __future__ import annotations

from argparse import Namespace

from hopluc.command import database
from hopluc.command.speech import Sentence, say

DONE = Sentence("Cơ sở dữ liệu đã sẵn sàng.", "The database is ready.")


def run(_options: Namespace) -> int:
    """Do the command; returns its exit status."""
    database.prepare()
    database.migrate()
    say(DONE)
    return 0
