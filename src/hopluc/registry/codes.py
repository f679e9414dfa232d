"""Tax codes, which are the codes of organisations: ten digits, the last of which checks the others."""

from __future__ import annotations

import re
from operator import mul

WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)
SHAPE = re.compile(r"(\d{10})(-\d{3})?")


def code_doubtful(code: str) -> bool:
    """Whether a code is not shaped like a tax code or its last digit does not fit; old numbers may be right all the same.

    The rule of the check digit is known from memory: it warns and refuses nothing.

    >>> code_doubtful("0100109106"), code_doubtful("0100109107"), code_doubtful("4601234"), code_doubtful("")
    (False, True, True, False)
    """
    if not code:
        return False
    if not (m := SHAPE.fullmatch(code)):
        return True
    *digits, last = map(int, m[1])
    return (10 - sum(map(mul, WEIGHTS, digits)) % 11) % 10 != last


def code_of(nine: str) -> str:
    """A code with its check digit; none fits where it would have two digits.

    >>> code_of("010010910")
    '0100109106'
    """
    rest = 10 - sum(w * int(d) for w, d in zip(WEIGHTS, nine, strict=True)) % 11
    return f"{nine}{rest % 10}"
