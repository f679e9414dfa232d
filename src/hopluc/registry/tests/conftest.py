"""Communes old and new, and people who keep the registry of a province, of one commune, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

import pytest

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.registry.models import Organisation
from hopluc.registry.services import Founding, organisation_found
from hopluc.units.models import Agency, Unit
from hopluc.units.services import agency_ensure, bodies_load
from hopluc.units.tests.making import places_load

TODAY = date(2026, 11, 20)  # not after the day on which the tests run
NUMBERS = count(1)


@pytest.fixture(scope="module")
def country(kept: None) -> None:
    bodies_load()
    places_load()


def person(username: str, agency: Agency, role: Role = Role.REGISTRY) -> User:
    user = user_create(username=username, name=f"Bà {username}", password="mot mat khau dai", check=False)
    post_give(user=user, agency=agency, role=role)
    return user


@pytest.fixture
def places(country: None, db: None) -> None:
    """Once for a module; each test leaves it as it was."""


@pytest.fixture(scope="module")
def kept_registrar(country: None) -> User:
    return person("dang-ky", agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"))


@pytest.fixture
def registrar(kept_registrar: User, places: None) -> User:
    return deepcopy(kept_registrar)


@pytest.fixture
def officer(places: None) -> User:
    return person("canbo", agency_ensure(key="so-tc", province="tỉnh Thái Nguyên"), Role.OFFICER)


@pytest.fixture
def stranger(places: None) -> User:
    return person("lang-gieng", agency_ensure(key="so-tc", province="tỉnh Lào Cai"))


def first_commune() -> Unit:
    return Unit.objects.filter(tier="commune", parent__name="Thái Nguyên", validity__upper_inf=True).order_by("pk")[0]


@pytest.fixture
def commune(places: None) -> Unit:
    return first_commune()


@pytest.fixture
def other_commune(commune: Unit) -> Unit:
    rows = Unit.objects.filter(tier="commune", parent=commune.parent, validity__upper_inf=True)
    return rows.exclude(pk=commune.pk).order_by("pk")[0]


def founder(registrar: User, commune: Unit) -> Callable[..., Organisation]:
    def found(kind: str = "htx", **about: object) -> Organisation:
        beginning = {"htx": "Hợp tác xã", "lhhtx": "Liên hiệp hợp tác xã", "tht": "Tổ hợp tác"}[kind]
        founding = Founding(
            kind=kind,
            name=f"{beginning} Chè sạch {next(NUMBERS)}",
            unit=commune,
            day=date(2025, 8, 1),
            document="Giấy chứng nhận 01 ngày 01/8/2025",
            main_industry="0127",
            charter_capital=Decimal(1_000_000_000),
        )
        by = about.pop("by", registrar)
        assert isinstance(by, User)
        return organisation_found(founding=replace(founding, **about), by=by)

    return found


@pytest.fixture
def found(registrar: User, commune: Unit) -> Callable[..., Organisation]:
    return founder(registrar, commune)
