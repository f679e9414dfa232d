"""`hopluc manage …`: any management command of Django, with the database started."""

from __future__ import annotations

from argparse import Namespace

from django.core.management import execute_from_command_line

from hopluc.command import database


def run(options: Namespace) -> int:
    """Do the command; returns its exit status."""
    embedded = database.cluster()
    if embedded:
        embedded.start()
    execute_from_command_line(["hopluc manage", *options.words])
    return 0
