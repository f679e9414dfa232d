"""A plan in force whose two lead departments have people."""

from __future__ import annotations

import pytest

from hopluc.accounts.models import Role, User
from hopluc.plans.models import Line, Plan
from hopluc.plans.services import plan_issue
from hopluc.plans.tests.conftest import (  # noqa: F401
    coordinator,
    document,
    kept_coordinator,
    kept_officer,
    kept_owner,
    make_document,
    officer,
    owner,
    person,
    stranger,
)
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure


@pytest.fixture(scope="module")
def kept_home(kept_owner: Agency) -> Agency:  # noqa: F811
    return agency_ensure(key="so-nv", province="tỉnh Khánh Hòa")


@pytest.fixture(scope="module")
def kept_head(kept_home: Agency) -> User:
    return person("giamdoc", kept_home, Role.HEAD)


@pytest.fixture(scope="module")
def kept_plan(kept_owner: Agency, kept_coordinator: User, kept_officer: User, kept_head: User) -> Plan:  # noqa: F811
    return plan_issue(document=document(kept_owner, kept_coordinator), by=kept_coordinator)


@pytest.fixture
def home(kept_home: Agency, db: None) -> Agency:
    """The other department that leads."""
    return Agency.objects.get(pk=kept_home.pk)


@pytest.fixture
def head(kept_head: User, db: None) -> User:
    return User.objects.get(pk=kept_head.pk)


@pytest.fixture
def plan(kept_plan: Plan, db: None) -> Plan:
    return Plan.objects.get(pk=kept_plan.pk)


@pytest.fixture
def line(plan: Plan, home: Agency) -> Line:
    """The yearly training that the other department leads."""
    return Line.objects.get(plan=plan, agency=home)
