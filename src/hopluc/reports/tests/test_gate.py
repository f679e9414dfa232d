"""The gate finds what was planted, and nothing in a report that agrees with itself."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation

from hopluc.reports.compiling.gate import Kind, Told, clashes
from hopluc.reports.tests.making import sound
from hopluc.reports.tests.planting import PLANTED, mistakes

SOUND = sound()


def test_a_report_that_agrees_with_itself_passes():
    assert [clash.text for clash in clashes(SOUND)] == []


@pytest.mark.parametrize("mistake", list(mistakes(SOUND, 2, 7)), ids=lambda mistake: mistake.name)
def test_a_mistake_is_named_with_both_places(mistake):
    found = [clash for clash in clashes(mistake.matter) if clash.kind in mistake.kinds and clash.stops]
    assert found
    assert all(len(clash.places) == 2 for clash in found)


def test_there_are_ten_kinds_of_mistakes():
    assert len(PLANTED) == 10


def test_a_rounded_figure_of_a_text_is_the_table_s():
    value = SOUND.figures.cells["main.h09.estimate"].value / 1000
    rounded = f"{float(round(value, 1)):.1f}".replace(".", ",")
    told = Told("effect", "Tác động", f"Tổng vốn điều lệ của hợp tác xã khoảng {rounded} tỷ đồng.")
    assert clashes(replace(SOUND, texts=[told])) == []
    told = Told("effect", "Tác động", "Tổng vốn điều lệ của hợp tác xã khoảng 999,9 tỷ đồng.")
    (clash,) = clashes(replace(SOUND, texts=[told]))
    assert clash.kind == Kind.TEXT
    assert told.text[clash.places[0].start : clash.places[0].end] == "999,9"


def test_who_has_not_reported_is_named_and_stops_nobody():
    (clash,) = clashes(replace(SOUND, missing=[("12", "UBND xã Phú Bình")]))
    assert (clash.kind, clash.stops) == (Kind.GAP, False)
    assert "UBND xã Phú Bình" in clash.text


def test_a_clash_is_another_once_its_values_are():
    told = [Told("effect", "Tác động", f"Toàn tỉnh có {number} hợp tác xã.") for number in (1, 2)]
    first, second = (clashes(replace(SOUND, texts=[one]))[0] for one in told)
    assert first.fingerprint != second.fingerprint
    assert first.fingerprint == clashes(replace(SOUND, texts=[told[0]]))[0].fingerprint


def test_a_unit_that_lies_in_two_territories_is_told_apart():
    cell = SOUND.figures.cells["main.h18.estimate"]
    shared = replace(cell, taken=replace(cell.taken, inseparable=Fraction(40)))
    cells = {**SOUND.figures.cells, "main.h18.estimate": shared}
    found = clashes(replace(SOUND, figures=replace(SOUND.figures, cells=cells)))
    assert [(clash.kind, clash.stops) for clash in found] == [(Kind.GAP, False)]


def test_an_explanation_holds_in_either_language():
    told = Told("effect", "Tác động", "Toàn tỉnh có 1 hợp tác xã.")
    marks = set()
    for language in ("vi", "en"):
        with translation.override(language):
            marks |= {clash.fingerprint for clash in clashes(replace(SOUND, texts=[told]))}
    assert len(marks) == 1
