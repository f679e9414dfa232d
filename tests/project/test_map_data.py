"""The outlines: one for each unit of the day, small enough to send, Hoàng Sa and Trường Sa among them."""

from __future__ import annotations

import csv
import json
from functools import cache
from math import cos, radians
from pathlib import Path

import pytest

from scripts.topology import Shapes, area, joined, read, simplified, union

UNITS = Path(__file__).parents[2] / "src/hopluc/units"
GEO = UNITS / "static/units/geo"
FILES = sorted(GEO.glob("*.json"))
POINTS = {"04402.2025", "04423.2025"}  # the source has no outline of these two


def rows(name: str) -> list[dict[str, str]]:
    with (UNITS / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def geometries(name: str) -> list[dict]:
    return json.loads((GEO / name).read_text(encoding="utf-8"))["objects"]["units"]["geometries"]


@cache
def shapes(name: str) -> Shapes:
    return read(GEO / name)


def keys(name: str) -> list[str]:
    return [each["properties"]["key"] for each in geometries(name)]


def square_kilometres(name: str, code: str) -> float:
    found = shapes(name)
    lines = [found.line(ring) for polygon in found.units[code] for ring in polygon]
    return -sum(area(line) * cos(radians(line[0][1])) for line in lines) * 111.3 * 110.6


@pytest.mark.parametrize(("name", "year"), [("provinces-2025.json", "2025"), ("provinces-2008.json", "2008")])
def test_every_province_has_one_outline(name, year):
    expected = [row["key"] for row in rows("units.csv") if row["tier"] == "province" and row["key"].endswith(year)]
    assert keys(name) == sorted(expected)


def test_every_commune_of_today_has_one_outline_in_its_province():
    today = [row for row in rows("units.csv") if row["from"] == "2025-07-01"]
    for province in (row for row in today if row["tier"] == "province"):
        communes = [row["key"] for row in today if row["parent"] == province["key"]]
        assert keys(f"communes-{province['code']}.json") == sorted(communes)
    assert len(FILES) == 36


def test_two_communes_without_an_outline_are_points():
    found = {each["properties"]["key"] for path in FILES for each in geometries(path.name) if each["type"] == "Point"}
    assert found == POINTS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_small_and_says_nothing_but_codes(path):
    assert path.stat().st_size <= 300_000
    for each in geometries(path.name):
        code, key = each["properties"]["code"], each["properties"]["key"]
        assert each["properties"] == {"code": code, "key": key}
        assert key.startswith(f"{code}.")


def test_old_provinces_cover_the_new_ones():
    parts = [(row["to"], row["from"]) for row in rows("lineage.csv") if len(row["from"]) == len("01.2008")]
    for new in sorted({new for new, _old in parts} - {"22.2025"}):  # of its many islands one file holds more
        whole = square_kilometres("provinces-2025.json", new[:2])
        assert sum(
            square_kilometres("provinces-2008.json", old[:2]) for to, old in parts if to == new
        ) == pytest.approx(whole, rel=0.02), new


@pytest.mark.parametrize("name", ["provinces-2025.json", "provinces-2008.json"])
@pytest.mark.parametrize(("code", "islands"), [("48", "Hoàng Sa"), ("56", "Trường Sa")])
def test_the_islands_of_the_east_sea_are_drawn(name, code, islands):
    found = shapes(name)
    east = [polygon for polygon in found.units[code] if found.line(polygon[0])[0][0] > 111]
    assert len(east) > 20, islands


SQUARES = Shapes(
    arcs=(
        ((1.0, 0.0), (1.0, 0.5), (1.0, 1.0)),  # between left and right
        ((1.0, 1.0), (2.0, 1.0), (2.0, 0.0), (1.0, 0.0)),
        ((1.0, 0.0), (0.0, 0.0), (0.0, 1.0), (1.0, 1.0)),
    ),
    units={"left": (((2, ~0),),), "right": (((0, 1),),)},
)


def test_a_union_leaves_out_the_common_line():
    both = union(SQUARES, {"left": "both", "right": "both"})
    ((ring,),) = both.units["both"]
    assert area(both.line(ring)) == -2
    assert (1.0, 0.5) not in both.line(ring)


def test_neighbours_keep_their_common_line_when_points_are_left_out():
    less = simplified(joined(SQUARES), 0.1)
    left, right = (less.units[name][0][0] for name in ("left", "right"))
    common = {~arc for arc in left} & set(right)
    assert [less.arc(arc) for arc in common] == [((1.0, 0.0), (1.0, 1.0))]


def test_a_union_of_a_ring_of_units_has_a_hole():
    outer = ((0.0, 0.0), (0.0, 3.0), (3.0, 3.0), (3.0, 0.0), (0.0, 0.0))
    inner = ((1.0, 1.0), (1.0, 2.0), (2.0, 2.0), (2.0, 1.0), (1.0, 1.0))
    found = union(
        Shapes((outer, inner), {"around": (((0,), (~1,)),), "within": (((1,),),)}), {"around": "a", "within": "b"}
    )
    assert found.units == {"a": (((0,), (~1,)),), "b": (((1,),),)}
