"""Other documents that a text cites: by symbol, or by a name of their own.

- `Nghị quyết số 134/NQ-CP ngày 25/9/2020 của Chính phủ`, `Kế hoạch số 10-KH/TW, ngày 23/8/2022 của Bộ Chính trị`
- `các Quyết định …: Số 461/QĐ-TTg ngày 27/4/2018 về …; số 490/QĐ-TTg …`
- `Luật Đất đai năm 2024`, `Luật BHXH, BHYT`, `Nghị quyết Trung ương 5 (khóa IX)`
- `Chiến lược … đến năm 2030`, `Đề án … giai đoạn 2021-2025`, where the name says its period
- each with the parts that stand before it: `điểm a khoản 1 Điều 103 Luật Hợp tác xã`
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from vanban.citations.collecting import collect
from vanban.citations.laws import laws
from vanban.citations.named import named, resolutions
from vanban.citations.provisions import before, chains
from vanban.citations.relations import relation
from vanban.citations.symbols import Cited, by_symbol
from vanban.values import Span

# One of these stands in every citation: of a symbol, a law, a resolution, a plan that says its period.
SIGNS = ("/", "uật", "Pháp lệnh", "Hiến pháp", "ghị quyết", "NGHỊ QUYẾT", "giai đoạn", "đến năm")

__all__ = ["Cited", "cited", "collect", "masked"]


def cited(text: str) -> list[Cited]:
    """Every citation of a text in order, repeated ones too.

    >>> [c.reference.symbol or c.reference.title for c in cited("Kết luận số 70-KL/TW và Luật Hợp tác xã năm 2012")]
    ['70-KL/TW', 'Luật Hợp tác xã năm 2012']
    """
    for sign in SIGNS:
        if sign in text:
            return list(_cited(text))
    return []


@lru_cache(maxsize=256)
def _cited(text: str) -> tuple[Cited, ...]:
    """The stages ask of one block after another, the header and the list of references of the same."""
    found = list(by_symbol(text))
    whole, own = [c.extent for c in found], [c.reference.span for c in found]
    found += _apart(laws(text), own)
    found += _apart(named(text), whole)
    found += resolutions(text)
    found.sort(key=lambda c: c.extent)
    return tuple(_detailed(text, _named_behind(text, found)))


def _named_behind(text: str, citations: list[Cited]) -> Iterator[Cited]:
    """`Luật số 17/2023/QH15 Luật Hợp tác xã ngày 20/6/2023` is one: the name that follows is that of the number."""
    held: Cited | None = None
    for one in citations:
        last, here = held.reference if held else None, one.reference
        gap = text[last.span[1] : here.span[0]] if last and held else "-"
        if held and last and last.symbol and last.title is None and here.symbol is None and gap.isspace():
            span = last.span[0], here.span[1]
            whole = replace(last, title=here.title, date=last.date or here.date, span=span)
            held = Cited(whole, (span[0], max(held.extent[1], one.extent[1])))
            continue
        if held:
            yield held
        held = one
    if held:
        yield held


def _apart(citations: Iterable[Cited], taken: list[Span]) -> Iterator[Cited]:
    """Those that do not begin within a span that another reader took."""
    taken = sorted(taken) if (citations := list(citations)) else taken
    for one in citations:
        at = one.extent[0]
        within = bisect_right(taken, (at, len(taken) and taken[-1][1])) - 1
        if within < 0 or at >= taken[within][1]:
            yield one


def _detailed(text: str, citations: Iterable[Cited]) -> Iterator[Cited]:
    """The same with the parts that each names before it, and what the text does with the document."""
    parts = chains(text) if "iều" in text else []
    for one in citations:
        (start, end), provisions = one.reference.span, one.reference.provisions
        if chain := before(text, start, parts) if parts else None:
            start, provisions = chain.span[0], chain.parts
        done = relation(text, (start, end))
        if chain or done != one.reference.relation or start != one.extent[0]:
            whole = replace(one.reference, span=(start, end), provisions=provisions, relation=done)
            one = Cited(whole, (start, one.extent[1]))
        yield one


def masked(text: str, citations: list[Cited]) -> str:
    """The text with its citations overwritten by as many blanks, so that offsets stay."""
    if not citations:
        return text
    pieces: list[str] = []
    at = 0
    for one in citations:
        start, end = max(one.extent[0], at), max(one.extent[1], at)
        pieces += (text[at:start], "_" * (end - start))
        at = end
    return "".join((*pieces, text[at:]))
