"""Confidence means something: what the reader is sure of is right, what it is least sure of mostly is not."""

from __future__ import annotations

import pytest

from benchmarks import calibration


@pytest.fixture(scope="module")
def values():
    return calibration.collected()


def test_what_it_is_sure_of_is_right(values):
    found = calibration.summary(values)
    assert found["values_at_90"] > 0.5 * found["values"] > 1000
    assert found["right_at_90"] >= 0.99
    assert found["values_below_60"] >= 10
    assert found["right_below_60"] <= 0.5


@pytest.mark.parametrize("field", ["lead", "coordinate", "deadline", "deliverable", "topic", "target", "reference"])
def test_so_is_each_field(values, field):
    count, right = calibration.share(
        value for value in values if value.field == field and value.sure >= calibration.SURE
    )
    assert count >= 100
    assert right >= 0.97


def test_more_confidence_is_more_often_right(values):
    bands = [(0.0, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)]
    shares = [calibration.share(value for value in values if low <= value.sure < high)[1] for low, high in bands]
    assert shares == sorted(shares)
