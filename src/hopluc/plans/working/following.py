"""Lines follow the same day whatever becomes of agencies and of the posts of people."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.dispatch import receiver
from django.utils.timezone import localdate

from hopluc.accounts.events import posts_changed
from hopluc.plans.models import Line
from hopluc.plans.working.owners import Scope, lines_pass
from hopluc.units.events import agencies_changed


@receiver(posts_changed, dispatch_uid="lines_follow_posts")
def posts_follow(agencies: Collection[int], users: Collection[int], **_sent: Any) -> None:
    _follow(Scope(agencies=agencies, users=users))


@receiver(agencies_changed, dispatch_uid="lines_follow_agencies")
def agencies_follow(agencies: Collection[int], **_sent: Any) -> None:
    _follow(Scope(agencies=agencies))


def _follow(scope: Scope) -> None:
    if Line.objects.exists():
        with transaction.atomic():
            lines_pass(scope, today=localdate())
