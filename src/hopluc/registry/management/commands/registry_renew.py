"""Bring the rows of the registry up to what is said of each organisation."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate

from hopluc.registry.copies import copies_repair
from hopluc.registry.tallies import tallies_recount


class Command(BaseCommand):
    help = "Rows of organisations that do not agree with their facts, members and figures are worked out anew, counters too."

    def handle(self, *_args: Any, **_options: Any) -> None:
        self.stdout.write(str(copies_repair(on=localdate())))
        tallies_recount()
