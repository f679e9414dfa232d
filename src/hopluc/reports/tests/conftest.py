"""A province's finance department that compiles, departments and communes that report to it, and the forms that ship."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date

import pytest

from hopluc.accounts.models import Role, User
from hopluc.documents.tests.making import agency, person
from hopluc.forms.loading import forms_load
from hopluc.forms.services import Period, version_in_force
from hopluc.reports.services import Round
from hopluc.units.models import Agency

YEAR = Period("2026", date(2026, 1, 1), date(2026, 12, 31))
DUE = date(2026, 12, 15)
YEARLY = "bc-ktth-nam"


@dataclass
class Province:
    finance: Agency  # compiles
    farming: Agency
    alliance: Agency
    binh: User  # coordinator at finance
    quoc: User  # its head
    an: User  # officer at farming
    lan: User  # officer at the alliance
    called: list[Agency] = field(default_factory=list)


@pytest.fixture(scope="module")
def kept_province(kept: None) -> Province:
    """Once for a module; each test leaves it as it was, and has its own objects."""
    forms_load()
    finance, farming, alliance = (agency(key) for key in ("so-tc", "so-nnmt", "lmhtx-tinh"))
    return Province(
        finance, farming, alliance,
        person("Trần Bình", Role.COORDINATOR, finance), person("Phạm Quốc", Role.HEAD, finance),
        person("Trần An", Role.OFFICER, farming), person("Hoàng Lan", Role.OFFICER, alliance),
        [farming, alliance],
    )  # fmt: skip


@pytest.fixture
def province(kept_province: Province, db: None) -> Province:
    return deepcopy(kept_province)


@pytest.fixture(scope="module")
def kept_yearly(kept_province: Province) -> Round:
    version = version_in_force(YEARLY, on=YEAR.ends_on)
    return Round(version, "Báo cáo kinh tế tập thể năm 2026", YEAR, DUE)


@pytest.fixture
def yearly(kept_yearly: Round, province: Province) -> Round:
    return deepcopy(kept_yearly)
