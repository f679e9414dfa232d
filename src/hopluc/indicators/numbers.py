"""Numbers as people read them: 1.234,5 in Vietnamese, 1,234.5 in English."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from django.utils.formats import get_format, number_format

DIGITS = 2  # after the comma, as far as they are shown


def shown(value: Decimal | Fraction | int | None, digits: int = DIGITS) -> str:
    """In the language of the page, without noughts that say nothing."""
    if value is None:
        return ""
    if isinstance(value, int):
        return whole(value)
    exact = Fraction(value)
    rounded = Decimal(round(exact * 10**digits)).scaleb(-digits)
    text = f"{rounded:f}".rstrip("0").rstrip(".") if digits else f"{rounded:f}"
    return number_format(Decimal(text or "0"), use_l10n=True, force_grouping=True)


def whole(count: int) -> str:
    """`1.234`: a number without digits after the comma, of which pages have hundreds."""
    if -1_000 < count < 1_000:
        return str(count)
    return f"{count:,}".replace(",", str(get_format("THOUSAND_SEPARATOR")))
