"""Indicators as they ship, provinces old and new with what became of them, and people who enter figures there."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give, user_create
from hopluc.indicators.loading import indicators_load
from hopluc.indicators.models import Indicator, Value
from hopluc.indicators.periods import period_of
from hopluc.indicators.services import Said, value_enter
from hopluc.units.loading import NAME
from hopluc.units.models import Dataset, Unit
from hopluc.units.services import agency_ensure
from hopluc.units.tests.making import places_load


@pytest.fixture(scope="module")
def country(kept: None) -> None:
    places_load()
    Dataset.objects.create(name=NAME, fingerprint="of these tests")  # or the territory of an earlier module is kept
    indicators_load()


@pytest.fixture
def places(country: None, db: None) -> None:
    """Once for a module; each test leaves it as it was."""


def person(username: str, province: str, role: Role = Role.COORDINATOR) -> User:
    user = user_create(username=username, name=f"Bà {username}", password="mot mat khau dai", check=False)
    post_give(user=user, agency=agency_ensure(key="so-tc", province=province), role=role)
    return user


@pytest.fixture
def coordinator(places: None) -> User:
    return person("dieuphoi", "tỉnh Thái Nguyên")


@pytest.fixture
def officer(places: None) -> User:
    return person("canbo", "tỉnh Thái Nguyên", Role.OFFICER)


@pytest.fixture
def stranger(places: None) -> User:
    return person("lang-gieng", "tỉnh Lào Cai")


@pytest.fixture
def unit(places: None) -> Unit:
    return Unit.objects.get(name="Thái Nguyên", tier="province", validity__upper_inf=True)


@pytest.fixture
def old(places: None) -> dict[str, Unit]:
    """The two provinces that became today's."""
    found = Unit.objects.filter(name__in=["Thái Nguyên", "Bắc Kạn"], tier="province", validity__upper_inf=False)
    return {one.name: one for one in found}


def indicator(code: str) -> Indicator:
    return Indicator.objects.get(code=code)


@pytest.fixture
def enter(coordinator: User) -> Callable[..., Value]:
    def enter(code: str, unit: Unit, year: int, *numbers: float, part: str = "year", **about: object) -> Value:
        """One number is the figure, two are the parts of a ratio."""
        given = [Decimal(str(number)) for number in numbers]
        names = ("figure",) if len(given) == 1 else ("numerator", "denominator")
        reason = str(about.pop("reason", "kiểm tra"))
        said = Said(source="Báo cáo 01/BC", reason=reason, **dict(zip(names, given, strict=True)))
        period = period_of(year, part)
        return value_enter(
            indicator=indicator(code), unit=unit, period=period, said=said, **{"by": coordinator, **about}
        )

    return enter
