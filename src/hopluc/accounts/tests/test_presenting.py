"""Who sees what, in words: every line of the table, and which of them whoever looks holds."""

from __future__ import annotations

import pytest
from django.urls import reverse

from hopluc.accounts.models import Role, User
from hopluc.accounts.presenting import EXAMPLES, FIELDS, REACH, WHO, WORDS, lines_of
from hopluc.accounts.rights import RIGHTS, SECRETS
from hopluc.accounts.services import post_give
from hopluc.units.services import agency_ensure

pytestmark = pytest.mark.django_db


def somebody(role: Role | None = None) -> User:
    user = User.objects.create_user(username="a", name="A", password="x")
    if role:
        post_give(user=user, agency=agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"), role=role)
    return user


def test_every_word_of_the_table_can_be_said():
    assert set(WORDS) == set(RIGHTS)
    assert set(REACH) == set().union(*(right.reach for right in RIGHTS.values()))
    assert set(WHO) >= set().union(*(right.roles for right in RIGHTS.values()))
    assert set(FIELDS) == set(SECRETS)
    assert {secret.mask for secret in SECRETS.values()} == set(EXAMPLES)


@pytest.mark.parametrize(
    ("role", "held"),
    [
        (None, {"look up", "sign in"}),
        (
            Role.OFFICER,
            {
                "look up",
                "sign in",
                "see",
                "meet people",
                "follow",
                "answer",
                "note",
                "see filings",
                "see reports",
                "fill in",
                "see registers",
            },
        ),
        (
            Role.ADMINISTRATOR,
            {name for name, right in RIGHTS.items() if right.roles & {Role.ADMINISTRATOR, "anyone", "account"}},
        ),
    ],
)
def test_the_page_marks_what_whoever_looks_holds(client, role, held):
    user = somebody(role)
    assert {name for name, line in zip(RIGHTS, lines_of(user), strict=True) if line.held} == held
    client.force_login(user)
    page = client.get(reverse("accounts:rights")).content.decode()
    assert page.count('class="held"') == len(held)
    assert "Cán bộ Liên minh Hợp tác xã" in page
    assert "09•• ••• •12" in page
