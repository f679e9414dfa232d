"""Where people begin once they have signed in."""

from __future__ import annotations

import pytest
from django.test import Client

from hopluc.accounts.models import Role
from hopluc.documents.tests import making

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "begins"),
    [
        (Role.OFFICER, "/work/"),
        (Role.HEAD, "/work/"),
        (Role.COORDINATOR, "/"),
        (Role.VIEWER, "/"),
        (Role.LEADER, "/"),
    ],
)
def test_whoever_answers_begins_with_what_is_due_others_with_the_plans(client: Client, role: Role, begins: str):
    user = making.person("Nguyễn An", role)
    user.set_password("ba con tàu giấy")
    user.save()
    page = client.post("/sign-in/", {"login": user.username, "password": "ba con tàu giấy"}, follow=True)
    assert page.status_code == 200
    assert page.request["PATH_INFO"] == begins
