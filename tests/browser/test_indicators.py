"""Targets confirmed as aims of indicators, and an indicator's pages in both sizes and languages."""

from __future__ import annotations

import os
from decimal import Decimal

import pytest

from hopluc.accounts.models import Role
from hopluc.documents.tests import making
from hopluc.indicators.loading import indicators_load
from hopluc.indicators.models import Aim, Indicator
from hopluc.indicators.periods import period_of
from hopluc.indicators.services import Said, value_enter
from hopluc.plans.models import Target
from hopluc.plans.services import plan_issue
from tests.browser.conftest import MANNERS
from tests.browser.test_every_page import accept_all, faults

SAID = [(2025, "year", 30, 61), (2026, "year", 33, 64), (2026, "q1", 35, 70)]  # the last one a draft
WANTED = [
    {"indicator": "tỷ lệ hợp tác xã hoạt động hiệu quả", "op": ">=", "low": 70, "unit": "%", "by": 2030},
    {"indicator": "hợp tác xã", "subject": "hợp tác xã", "op": "~", "low": 180, "high": 200, "unit": "hợp tác xã", "by": 2030},
    {"indicator": "hộ tham gia vườn mẫu", "op": ">=", "low": 500, "unit": "hộ", "by": 2030},
]  # fmt: skip


def plan_of(by):
    document = making.document(by=by)
    document.issued_on = document.issued_on or period_of(2026).lower
    document.save()
    accept_all(document, by)
    plan = plan_issue(document=document, by=by)
    plan.targets.all().delete()
    Target.objects.bulk_create(Target(plan=plan, position=turn, value=value) for turn, value in enumerate(WANTED))
    plan.dated_on = period_of(2026).lower
    plan.save()
    return plan


def figures(by) -> Indicator:
    ratio = Indicator.objects.get(code="H07.1")
    for year, part, above, below in SAID:
        parts = {"numerator": Decimal(above), "denominator": Decimal(below)}
        said = Said("Báo cáo 12/BC-STC ngày 15/12/2025", reason="rà soát lại", **parts)
        about = {"period": period_of(year, part), "unit": making.agency().province, "by": by}
        value_enter(indicator=ratio, said=said, release=part == "year", **about)
    return ratio


@pytest.mark.parametrize(("size", "language"), MANNERS)
def test_pages_of_indicators(visit, size, language):
    indicators_load()
    by = making.person("Nguyễn Thị Ánh", Role.COORDINATOR)
    plan, ratio = plan_of(by), figures(by)
    page = visit(by, size=size, language=language)
    found = []

    def look(name: str, path: str = "") -> None:
        if path:
            page.goto(path)
        found.extend(faults(page, name, size))
        if folder := os.environ.get("HOPLUC_SHOTS"):
            page.screenshot(path=f"{folder}/{name} {language}.png", full_page=True)

    look("targets to confirm", f"/plans/{plan.pk}/targets/")
    with page.expect_navigation():
        page.locator("button[name=confirm][value=all]").click()
    assert {aim.indicator.code for aim in Aim.objects.all()} == {"H07.1", "H01"}
    with page.expect_navigation():
        page.locator("button[name=confirm]:not([value=all])").click()
    assert Aim.objects.count() == 3
    look("targets confirmed")
    look("indicators", "/indicators/")
    look("indicator", f"/indicators/{ratio.pk}/")
    look("year", f"/indicators/{ratio.pk}/2026/")
    look("enter", f"/indicators/{ratio.pk}/enter/")
    page.goto(f"/plans/{plan.pk}/targets/")
    look("empty", f"/indicators/{Indicator.objects.get(code='H15').pk}/")
    assert not found, "\n".join(found)


def test_a_confirmation_is_taken_back_with_one_button(visit):
    indicators_load()
    by = making.person("Nguyễn Thị Ánh", Role.COORDINATOR)
    plan = plan_of(by)
    page = visit(by, f"/plans/{plan.pk}/targets/")
    page.locator("button[name=confirm]:not([value=all])").last.click()
    page.wait_for_load_state()
    assert Aim.objects.get().indicator.name == "Hộ tham gia vườn mẫu"
    with page.expect_navigation():
        page.locator("#flash form button").click()
    assert not Aim.objects.exists()
    assert not Indicator.objects.filter(name="Hộ tham gia vườn mẫu").exists()
