"""Vietnamese without its marks, for search; the database folds by the same rule (`vn_fold`, migration 0001)."""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile(r"[\u0300-\u036f]")
WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """
    >>> fold("Hợp tác xã Đông Đô")
    'hop tac xa dong do'
    """
    return MARKS.sub("", unicodedata.normalize("NFD", text)).lower().replace("đ", "d")


def words(query: str) -> list[str]:
    """The words that somebody searches for, NFC and small.

    >>> words("  Sở KH&ĐT, 2025 ")
    ['sở', 'kh', 'đt', '2025']
    """
    return WORD.findall(unicodedata.normalize("NFC", query).lower())
