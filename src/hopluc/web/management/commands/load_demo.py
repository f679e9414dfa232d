"""Fill an empty installation with demonstration data, and say how to sign in."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from hopluc.web.demo import PASSWORD, PEOPLE, demo_load, demo_people


class Command(BaseCommand):
    help = "Five public directives as documents and plans, with an account of each role; nothing where documents or people exist."

    def handle(self, *_args: Any, **_options: Any) -> None:
        demo_load()
        if demo_people():
            accounts = ", ".join(f"{person.username} ({person.role.label}, {person.places})" for person in PEOPLE)
            self.stdout.write(_("Sign in as: %(accounts)s") % {"accounts": accounts})
            self.stdout.write(_("Password: %(password)s") % {"password": PASSWORD})
