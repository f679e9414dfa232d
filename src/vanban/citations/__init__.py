"""Other documents that a text cites: by symbol, or by a name of their own.

- `Nghị quyết số 134/NQ-CP ngày 25/9/2020 của Chính phủ`, `Kế hoạch số 10-KH/TW, ngày 23/8/2022 của Bộ Chính trị`
- `các Quyết định …: Số 461/QĐ-TTg ngày 27/4/2018 về …; số 490/QĐ-TTg …`
- `Luật Đất đai năm 2024`, `Luật BHXH, BHYT`, `Nghị quyết Trung ương 5 (khóa IX)`
- `Chiến lược … đến năm 2030`, `Đề án … giai đoạn 2021-2025`, where the name says its period
"""

from __future__ import annotations

from vanban.citations.collecting import collect
from vanban.citations.laws import laws
from vanban.citations.named import named, resolutions
from vanban.citations.symbols import Cited, by_symbol

__all__ = ["Cited", "cited", "collect", "masked"]


def cited(text: str) -> list[Cited]:
    """Every citation of a text in order, repeated ones too.

    >>> [c.reference.symbol or c.reference.title for c in cited("Kết luận số 70-KL/TW và Luật Hợp tác xã năm 2012")]
    ['70-KL/TW', 'Luật Hợp tác xã năm 2012']
    """
    found = list(by_symbol(text))
    taken = [c.extent for c in found]
    for reader in (laws, named):
        found += [c for c in reader(text) if not any(a <= c.extent[0] < b for a, b in taken)]
    return sorted([*found, *resolutions(text)], key=lambda c: c.extent)


def masked(text: str, citations: list[Cited]) -> str:
    """The text with its citations overwritten by as many blanks, so that offsets stay."""
    for one in citations:
        start, end = one.extent
        text = text[:start] + "_" * (end - start) + text[end:]
    return text
