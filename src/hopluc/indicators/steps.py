"""Steps of a map by a value: as many places in each as can be."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from fractions import Fraction

from hopluc.indicators.numbers import shown

Amount = int | Fraction
CLASSES = 5  # tones of a map by a value; the first of six is for places that have nothing


def classes(values: Iterable[Amount]) -> list[Amount]:
    """Upper ends of the classes of a map, of values above 0."""
    found = sorted(value for value in values if value > 0)
    if not found:
        return []
    ends = {found[min(len(found) - 1, -(-len(found) * turn // CLASSES) - 1)] for turn in range(1, CLASSES + 1)}
    return sorted(ends)


def tone(value: Amount, edges: Sequence[Amount]) -> int:
    """1 for nothing, 2 and above by class."""
    return 1 if value <= 0 else 2 + min(bisect_left(edges, value), len(edges) - 1)


def legend(edges: Sequence[Amount]) -> list[tuple[int, str]]:
    """`tone, words` of each class."""
    words = [(1, "0")]
    before: Amount = 0
    for turn, edge in enumerate(edges, 2):
        words.append((turn, f"{shown(before, 0)} – {shown(edge, 0)}" if turn > 2 else f"≤ {shown(edge, 0)}"))
        before = edge
    return words
