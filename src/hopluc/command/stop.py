"""`hopluc stop`."""

from __future__ import annotations

from argparse import Namespace

from hopluc.command import database
from hopluc.command.speech import Sentence, say

STOPPED = Sentence("Cơ sở dữ liệu đi kèm đã dừng.", "The embedded database is stopped.")
ELSEWHERE = Sentence(
    "DATABASE_URL chỉ tới một máy chủ PostgreSQL khác; hãy dừng nó ở nơi đã khởi động.",
    "DATABASE_URL names a PostgreSQL server of your own; stop it where you started it.",
)


def run(_options: Namespace) -> int:
    """Do the command; returns its exit status."""
    embedded = database.cluster()
    if embedded:
        embedded.stop()
    say(STOPPED if embedded else ELSEWHERE)
    return 0
