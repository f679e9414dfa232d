"""How many examples tests of properties try: enough to see a slip at the desk, all of them in the long run (`make thorough`)."""

from __future__ import annotations

import os

THOROUGH = bool(os.environ.get("THOROUGH"))


def examples(number: int) -> int:
    """So many in the long run, a quarter of them in the daily one.

    >>> examples(100) in (25, 100)
    True
    """
    return number if THOROUGH else max(4, number // 4)
