"""Sessions in the database, as Django keeps them; each request reads one, so its query is made once."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from hopluc.core.compiled import Compiled, given

RUNNING = Compiled(lambda: Session.objects.filter(session_key=given("key"), expire_date__gt=given("now")))


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; nothing where it has ended."""
        for found in RUNNING(key=self.session_key, now=timezone.now()):
            kept: dict[str, Any] = self.decode(found.session_data)
            return kept
        self._session_key = None
        return {}
