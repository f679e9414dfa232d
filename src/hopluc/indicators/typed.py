"""Numbers as people type them: 1.234,5. Nothing of Django is loaded: the bounded processes that read files begin with it."""

from __future__ import annotations

import re
from decimal import Decimal

GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+(,\d+)?")
PLAIN = re.compile(r"[+-]?\d+([.,]\d+)?")


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


def number_written(number: Decimal) -> str:
    """What `number_typed` reads again: for a field in which a number is changed, in every language.

    >>> number_written(Decimal("1234.5000")), number_written(Decimal("-1000000")), number_written(Decimal("0.125"))
    ('1.234,5', '-1.000.000', '0,125')
    """
    whole, _point, rest = f"{number:,f}".partition(".")
    rest = rest.rstrip("0")
    return whole.replace(",", ".") + (f",{rest}" if rest else "")
