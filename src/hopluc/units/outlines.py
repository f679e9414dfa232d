"""Colours of the map: neighbouring provinces of today never have the same; from the outlines that ship with the program."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from itertools import combinations
from typing import Any

GEO = files("hopluc.units") / "static/units/geo"


@cache
def tones() -> dict[str, int]:
    """A colour, 1 to 6, for each of today's provinces by its code; a former province has that of what it became."""
    near = _neighbours("provinces-2025.json", "code")
    chosen: dict[str, int] = {}
    for code in sorted(near, key=lambda code: (-len(near[code]), code)):
        taken = [chosen[other] for other in near[code] if other in chosen]
        free = [tone for tone in range(1, 7) if tone not in taken]
        used = list(chosen.values())
        chosen[code] = min(free, key=lambda tone: (used.count(tone), tone))
    return chosen


@cache
def communes_near(province: str) -> dict[str, set[str]]:
    """By key of each of today's communes of a province (its code): those of the province with which it has a line in common."""
    return _neighbours(f"communes-{province}.json", "key")


def _neighbours(name: str, called: str) -> dict[str, set[str]]:
    """Units of a file that have a line in common."""
    topology = json.loads((GEO / name).read_text(encoding="utf-8"))
    owners: dict[int, set[str]] = defaultdict(set)
    near: dict[str, set[str]] = {}
    for geometry in topology["objects"]["units"]["geometries"]:
        code = geometry["properties"][called]
        near[code] = set()
        for arc in _arcs(geometry["arcs"]):
            owners[arc].add(code)
    for codes in owners.values():
        for one, other in combinations(codes, 2):
            near[one].add(other)
            near[other].add(one)
    return near


def _arcs(nested: list[Any]) -> Iterator[int]:
    """The numbers of lines, however deep; one drawn backwards is written as its complement."""
    for each in nested:
        if isinstance(each, list):
            yield from _arcs(each)
        else:
            yield each if each >= 0 else ~each
