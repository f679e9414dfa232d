"""A plan in force whose two lead departments have people."""

from __future__ import annotations

import pytest

from hopluc.accounts.models import Role, User
from hopluc.plans.models import Line, Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.conftest import coordinator, make_document, officer, owner, person, stranger  # noqa: F401
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure


@pytest.fixture
def home(owner: Agency) -> Agency:  # noqa: F811
    """The other department that leads."""
    return agency_ensure(key="so-nv", province="tỉnh Khánh Hòa")


@pytest.fixture
def head(home: Agency) -> User:
    return person("giamdoc", home, Role.HEAD)


@pytest.fixture
def plan(make_document, coordinator: User, officer: User, head: User) -> Plan:  # noqa: F811
    return plan_issue(document=make_document(), by=coordinator)


@pytest.fixture
def line(plan: Plan, home: Agency) -> Line:
    """The yearly training that the other department leads."""
    return Line.objects.get(plan=plan, agency=home)
