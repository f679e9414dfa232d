"""Values: what is refused, what stays on record, who sees what, and how they add up along the lineage of units."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from hopluc.indicators import errors
from hopluc.indicators.loading import indicators_load, table
from hopluc.indicators.models import Definition, Indicator, Value
from hopluc.indicators.selectors import indicators_visible, values_of, values_visible
from hopluc.indicators.series import How
from hopluc.indicators.services import value_release
from hopluc.indicators.tests.conftest import indicator
from hopluc.units.models import Unit

TODAY = date(2026, 11, 22)


def points(code, unit, viewer):
    return values_of([indicator(code)], unit, today=TODAY, viewer=viewer)[indicator(code).pk]


def test_loading_twice_changes_nothing_and_every_definition_names_its_source(places):
    assert indicators_load() == 0
    assert Indicator.objects.count() == len(table()[0])
    assert not Definition.objects.filter(source="").exists()
    assert indicator("H01").definitions.count() == 2


def test_a_correction_is_another_row_and_the_first_stays(unit, enter, coordinator):
    first = enter("H01", unit, 2025, 640)
    second = enter("H01", unit, 2025, 650, reason="Đếm sót 10 hợp tác xã")
    first.refresh_from_db()
    assert (first.current, second.current, second.replaces_id) == (False, True, first.pk)
    assert points("H01", unit, coordinator)[2025].rows == (second,)
    with pytest.raises(IntegrityError), transaction.atomic():
        Value.objects.filter(pk=second.pk).update(figure=1)


@pytest.mark.parametrize(
    ("code", "year", "numbers", "reason", "problem"),
    [
        ("H01", 2025, (-1,), "", errors.Negative),
        ("H07.1", 2025, (81, 45), "", errors.PartAboveWhole),
        ("H07.1", 2025, (45, 0), "", errors.PartsMissing),
        ("H07.1", 2025, (55.6,), "", errors.PartsMissing),
        ("H01", 2999, (5,), "", errors.NotYet),
        ("H01", 2010, (5,), "", errors.NotThen),
        ("H01", 2024, (131,), "", errors.JumpUnexplained),
        ("H01", 2023, (101,), "", errors.CorrectionUnexplained),
        ("H01", 2024, (130,), "", None),
        ("H01", 2024, (131,), "Nhập thêm một huyện", None),
        ("H13", 2024, (-3,), "", None),
    ],
)
def test_figures_that_cannot_be_right_are_refused(unit, old, enter, code, year, numbers, reason, problem):
    place = old["Thái Nguyên"] if year in (2023, 2024) else unit
    enter("H01", old["Thái Nguyên"], 2023, 100)
    if problem is None:
        assert enter(code, place, year, *numbers, reason=reason).pk
        return
    with pytest.raises(problem) as caught:
        enter(code, place, year, *numbers, reason=reason)
    assert "%(" not in str(caught.value)


def test_only_those_of_the_province_enter_figures(unit, enter, officer, stranger):
    for somebody in (officer, stranger):
        with pytest.raises(errors.NotYourFigure):
            enter("H01", unit, 2025, 5, by=somebody)


def test_a_draft_is_seen_by_those_who_enter_until_it_is_released(unit, enter, coordinator, officer, stranger):
    enter("H01", unit, 2025, 640)
    draft = enter("H01", unit, 2025, 650, release=False)
    assert set(values_visible(officer).values_list("figure", flat=True)) == {Decimal(640)}
    assert points("H01", unit, coordinator)[2025].figure == 640
    assert draft in values_visible(coordinator)
    value_release(value=draft, by=coordinator)
    assert points("H01", unit, officer)[2025].figure == 650
    assert not values_visible(stranger).exists()


def test_values_of_merged_provinces_add_up_on_todays_territory(unit, old, enter, officer):
    enter("H01", old["Thái Nguyên"], 2024, 640)
    first = points("H01", unit, officer)[2024]
    assert (first.figure, first.how, first.missing, first.whole) == (640, How.ADDED, (old["Bắc Kạn"].key,), False)
    enter("H01", old["Bắc Kạn"], 2024, 210)
    both = points("H01", unit, officer)[2024]
    assert (both.figure, both.missing, len(both.rows), both.whole) == (850, (), 2, True)


def test_ratios_of_merged_provinces_come_from_their_parts(unit, old, enter, officer):
    enter("H07.1", old["Thái Nguyên"], 2024, 300, 600)
    enter("H07.1", old["Bắc Kạn"], 2024, 100, 200 * 2)
    assert points("H07.1", unit, officer)[2024].figure == 40
    enter("H07", unit, 2025, 90)
    enter("H01", unit, 2025, 270)
    computed = points("H07.1", unit, officer)[2025]
    assert (computed.figure, computed.how) == (Fraction(100, 3), How.RATIO)


def test_averages_are_never_added(unit, old, enter, officer):
    enter("H14", old["Thái Nguyên"], 2024, 60)
    enter("H14", old["Bắc Kạn"], 2024, 50)
    point = points("H14", unit, officer)[2024]
    assert (point.figure, point.how, len(point.rows)) == (None, How.NOT_ADDED, 2)


def test_a_value_of_today_cannot_be_divided_among_yesterdays_provinces(unit, old, enter, officer):
    enter("H01", unit, 2026, 850)
    point = points("H01", old["Bắc Kạn"], officer)[2026]
    assert (point.figure, point.how, point.inseparable) == (None, How.INSEPARABLE, 850)
    assert set(point.among) == {old["Bắc Kạn"].key, old["Thái Nguyên"].key}


def test_values_of_communes_add_up_to_their_province(unit, enter, officer):
    communes = list(Unit.objects.on(TODAY).filter(parent=unit, tier="commune")[:2])
    for commune, figure in zip(communes, (3, 4), strict=True):
        enter("H01", commune, 2025, figure)
    point = points("H01", unit, officer)[2025]
    due = Unit.objects.on(date(2025, 12, 31)).filter(parent=unit, tier="commune").count()
    assert (point.figure, len(point.missing)) == (7, due - 2)


def test_other_periods_are_no_years(unit, enter, officer):
    enter("H01", unit, 2026, 5, part="q1")
    assert points("H01", unit, officer) == {}


def test_indicators_of_another_province_are_not_listed(places, unit, officer, stranger):
    Indicator.objects.create(code="R19.1", name="Số vườn mẫu", measure="vườn", province=unit)
    assert indicators_visible(officer).filter(code="R19.1").exists()
    assert not indicators_visible(stranger).filter(code="R19.1").exists()
