"""`hopluc worker`: does what waits in the queue, until it is stopped."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import call_command

from hopluc.command import database

GRACE = 8  # seconds for the jobs in hand when it is stopped; what is cut off is tried again


def run(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    database.prepare()
    words = ["worker", f"--concurrency={options.jobs}", f"--shutdown-graceful-timeout={GRACE}"]
    with database.explained():
        call_command("procrastinate", *words)
    return 0
