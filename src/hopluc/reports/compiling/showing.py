"""Figures as reports write them: 1.234,5."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hopluc.forms.schema.definition import Field
from hopluc.forms.schema.values import plain, show
from hopluc.reports.compiling.shape import Slot

PLACES = {"percent": 1, "decimal": 2}
NUMBER = Field("", "decimal")


def shown(slot: Slot | None, value: Fraction) -> str:
    """Rounded as its column counts.

    >>> shown(None, Fraction(12345, 10)), shown(None, Fraction(1, 3))
    ('1.234,5', '0,33')
    """
    kind = slot.column.kind if slot else "decimal"
    places = PLACES.get(kind, 0)
    number = Decimal(value.numerator) / Decimal(value.denominator)
    return show(NUMBER, plain(round(number, places)))
