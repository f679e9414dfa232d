"""Who signed in: as allauth has it; each request reads one person, so the query is made once."""

from __future__ import annotations

from allauth.account.auth_backends import AuthenticationBackend

from hopluc.accounts.models import User
from hopluc.core.compiled import Compiled, given

ACTIVE = Compiled(lambda: User.objects.filter(pk=given("pk"), is_active=True))


class Backend(AuthenticationBackend):
    def get_user(self, user_id: int) -> User | None:
        return next(iter(ACTIVE(pk=user_id)), None)
