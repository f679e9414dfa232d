"""A plan in force, what is due from its lead departments, and everybody's browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.plans.models import Line, Occurrence
from hopluc.plans.working.tests.conftest import *  # noqa: F403  the plan in force and its people

Page = Callable[..., Any]


@pytest.fixture
def due(line: Line) -> Occurrence:
    """Overdue since yesterday."""
    row = line.occurrences.order_by("due_on").first()
    assert row
    day = localdate() - timedelta(days=1)
    Occurrence.objects.filter(pk=row.pk).update(
        due_on=day, first_due_on=day, period=(day - timedelta(days=300), day + timedelta(days=1)), touched_on=day
    )
    row.refresh_from_db()
    return row


@pytest.fixture
def browse() -> Callable[[User], Client]:
    def of(user: User) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(user)
        client.cookies["django_language"] = "en"
        return client

    return of


@pytest.fixture
def send(browse: Callable[[User], Client]) -> Page:
    """`send(user, due, claim="reported", words="…")` posts the form of an item."""

    def post(user: User, due: Occurrence, *, htmx: bool = True, **said: Any) -> Any:
        headers = {"hx-request": "true"} if htmx else {}
        filled = {"key": uuid4(), "seen": 0, "claim": "in_progress", **said}
        return browse(user).post(f"/work/{due.pk}/answer/", filled, headers=headers)

    return post
