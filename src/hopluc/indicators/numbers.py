"""Numbers as people write and read them: 1.234,5 in Vietnamese, 1,234.5 in English."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction

from django.utils.formats import get_format, number_format

GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")
DIGITS = 2  # after the comma, as far as they are shown


def number_typed(text: str) -> Decimal | None:
    """A number as an office types it; None where it is none. A lone point before three digits parts thousands.

    >>> number_typed("1.234,5"), number_typed("12,5"), number_typed("1.234"), number_typed("12.5"), number_typed("x")
    (Decimal('1234.5'), Decimal('12.5'), Decimal('1234'), Decimal('12.5'), None)
    """
    plain = re.sub(r"\s", "", text)
    if GROUPED.fullmatch(plain):
        plain = plain.replace(".", "")
    elif not PLAIN.fullmatch(plain):
        return None
    return Decimal(plain.replace(",", ".")) if len(plain) <= 24 else None


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
