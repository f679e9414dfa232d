"""A published form, an agency with an officer and a head, the one that asks, and one beside them."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from datetime import date

import pytest

from hopluc.accounts.models import Role, User
from hopluc.accounts.services import post_give
from hopluc.forms.levels import level, own_head
from hopluc.forms.models import Filing, FormVersion
from hopluc.forms.schema.definition import Words
from hopluc.forms.services import Asked, Period, filing_open, version_draft, version_publish
from hopluc.forms.tests.making import SOUND
from hopluc.units.models import Agency
from hopluc.units.services import agency_ensure

HERE = "tỉnh Thái Nguyên"
YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
CHECKED = Words("Đầu mối duyệt", "Approved by the coordinator")


def person(name: str, role: Role, at: Agency) -> User:
    user = User.objects.create_user(username=name.lower().replace(" ", "."), name=name, password="x")
    post_give(user=user, agency=at, role=role)
    return user


@dataclass
class Office:
    agency: Agency
    above: Agency
    beside: Agency
    an: User  # officer
    chi: User  # officer of the same agency
    head: User
    binh: User  # coordinator who asked
    lan: User  # officer beside


@pytest.fixture(scope="module")
def kept_office(kept: None) -> Office:
    """Once for a module; each test leaves it as it was, and has its own objects."""
    agency, above = agency_ensure(key="so-nnmt", province=HERE), agency_ensure(key="so-tc", province=HERE)
    beside = agency_ensure(key="so-nv", province=HERE)
    return Office(
        agency, above, beside,
        person("Trần An", Role.OFFICER, agency), person("Lê Chi", Role.OFFICER, agency),
        person("Phạm Quốc", Role.HEAD, agency), person("Trần Bình", Role.COORDINATOR, above),
        person("Hoàng Lan", Role.OFFICER, beside),
    )  # fmt: skip


@pytest.fixture(scope="module")
def kept_version(kept: None) -> FormVersion:
    made = version_draft(
        code="bao-cao", title_vi="Báo cáo thử", title_en="Trial report", schema=SOUND, starts_on=date(2020, 1, 1)
    )
    version_publish(version=made)
    return made


@pytest.fixture
def office(kept_office: Office, db: None) -> Office:
    return deepcopy(kept_office)


@pytest.fixture
def version(kept_version: FormVersion, db: None) -> FormVersion:
    return deepcopy(kept_version)


@pytest.fixture
def filing(office, version) -> Filing:
    steps = (own_head(office.agency), level(CHECKED, office.above, [Role.COORDINATOR]))
    return filing_open(code="bao-cao", agency=office.agency, period=YEAR, asked=Asked(office.above, levels=steps))
