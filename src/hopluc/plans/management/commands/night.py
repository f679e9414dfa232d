"""Bring the work of all plans up to today, as the worker does every night: `hopluc manage night`."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from hopluc.plans.working.nightly import night


class Command(BaseCommand):
    def handle(self, **_options: object) -> None:
        done = night(today=localdate())
        self.stdout.write(
            _("Occurrences made: %(made)s; lines that went to another owner: %(passed)s; lines ended: %(ended)s.")
            % {"made": done.made, "passed": done.passed, "ended": done.ended}
        )
