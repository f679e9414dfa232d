"""Write the outlines of provinces and communes into `src/hopluc/units/static/units/geo/`.

    python -m scripts.map_data FOLDER

FOLDER holds `provinces.topojson`, `communes/<province>.topojson` (outlines since 1 July 2025) and `LICENSE.source`. The 63
provinces of before are unions of today's communes, none of which was made of parts of two provinces. Run
`python -m scripts.units_data` first.
"""

from __future__ import annotations

import csv
import json
import shutil
import sys
import tomllib
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from scripts.topology import Line, Shapes, area, joined, read, simplified, together, union

UNITS = Path(__file__).parents[1] / "src/hopluc/units"
TARGET = UNITS / "static/units/geo"
GRID = 0.0002  # degrees: about 20 m
TOLERANCE = 0.0025  # degrees: a tenth of a point where the whole country is 600 points high
ISLET = 0.00004  # square degrees: half a square kilometre
OPEN_SEA = 110.0  # degrees east: beyond lie Hoàng Sa and Trường Sa alone, of which every islet stays


def main(source: Path) -> None:
    overlay = tomllib.loads((UNITS / "data/overlay.toml").read_text(encoding="utf-8"))["outline"]
    TARGET.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source / "LICENSE.source", TARGET / "LICENSE")
    write("provinces-2025", stripped(source / "provinces.topojson", overlay, year=2025))
    before = former_provinces()
    unions = []
    for path in sorted((source / "communes").glob("*.topojson")):
        data = stripped(path, overlay, year=2025)
        write(f"communes-{path.stem}", data)
        outlines = read(path)
        unions.append(joined(union(outlines, {code: before[official(code, overlay)] for code in outlines.units})))
    write("provinces-2008", as_topology(simplified(without_islets(together(unions)), TOLERANCE), year=2008))


def stripped(path: Path, overlay: Iterable[Mapping[str, Any]], *, year: int) -> dict[str, Any]:
    """A file with nothing said of each unit but its code and key, and points for the units that it lacks."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    (layer,) = data["objects"].values()
    for each in layer["geometries"]:
        each["properties"] = named(official(each["properties"]["code"], overlay), year)
    codes = {each["properties"]["code"] for each in layer["geometries"]}
    for each in overlay:
        if "point" in each and each["within"].split(".")[0] in codes:
            code = each["unit"].split(".")[0]
            place = on_grid(tuple(each["point"]), data["transform"])
            layer["geometries"].append({"type": "Point", "coordinates": place, "properties": named(code, year)})
    layer["geometries"].sort(key=lambda each: str(each["properties"]["code"]))
    return data | {"objects": {"units": layer}}


def named(code: str, year: int) -> dict[str, str]:
    return {"code": code, "key": f"{code}.{year}"}


def official(code: str, overlay: Iterable[Mapping[str, Any]]) -> str:
    return next((str(each["unit"]).split(".")[0] for each in overlay if each.get("drawn_as") == code), code)


def on_grid(point: tuple[float, ...], transform: Mapping[str, Any]) -> list[int]:
    parts = zip(point, transform["scale"], transform["translate"], strict=True)
    return [round((value - start) / step) for value, step, start in parts]


def former_provinces() -> dict[str, str]:
    """Code of a commune of today → code of the province that it was in; no commune was made of parts of two."""
    with (UNITS / "data/units.csv").open(encoding="utf-8", newline="") as file:
        units = {each["key"]: each for each in csv.DictReader(file)}
    found: dict[str, str] = {}
    with (UNITS / "data/lineage.csv").open(encoding="utf-8", newline="") as file:
        for link in csv.DictReader(file):
            unit, province = units[link["to"]], province_of(units[link["from"]], units)
            if unit["tier"] == "commune" and found.setdefault(unit["code"], province) != province:
                raise ValueError(f"{unit['key']} was made of parts of two provinces: {found[unit['code']]}, {province}")
    return found


def province_of(unit: Mapping[str, str], units: Mapping[str, Mapping[str, str]]) -> str:
    while unit["parent"]:
        unit = units[unit["parent"]]
    return unit["code"]


def without_islets(shapes: Shapes) -> Shapes:
    """Leave out islands too small to be seen; not the only one of a unit, nor any in the open sea."""
    units = {}
    for code, parts in shapes.units.items():
        lines = {polygon: shapes.line(polygon[0]) for polygon in parts}
        largest = max(parts, key=lambda polygon: -area(lines[polygon]))
        units[code] = tuple(
            (polygon[0], *(hole for hole in polygon[1:] if area(shapes.line(hole)) > ISLET))
            for polygon in parts
            if polygon == largest or -area(lines[polygon]) > ISLET or lines[polygon][0][0] > OPEN_SEA
        )
    return Shapes(shapes.arcs, units)


def as_topology(shapes: Shapes, *, year: int) -> dict[str, Any]:
    used = sorted({max(arc, ~arc) for parts in shapes.units.values() for one in parts for ring in one for arc in ring})
    number = {arc: n for n, arc in enumerate(used)}
    start = [min(point[axis] for arc in used for point in shapes.arcs[arc]) for axis in (0, 1)]
    transform = {"scale": [GRID, GRID], "translate": start}

    def renumbered(ring: Iterable[int]) -> list[int]:
        return [number[arc] if arc >= 0 else ~number[~arc] for arc in ring]

    geometries = [
        {
            "type": "MultiPolygon",
            "arcs": [[renumbered(ring) for ring in polygon] for polygon in parts],
            "properties": named(code, year),
        }
        for code, parts in sorted(shapes.units.items())
    ]
    return {
        "type": "Topology",
        "arcs": [steps(shapes.arcs[arc], transform) for arc in used],
        "transform": transform,
        "objects": {"units": {"type": "GeometryCollection", "geometries": geometries}},
    }


def steps(line: Line, transform: Mapping[str, Any]) -> list[list[int]]:
    """A line as its first place on the grid and the steps from there."""
    places = [on_grid(point, transform) for point in line]
    moves = [[v[0] - u[0], v[1] - u[1]] for u, v in pairwise(places)]
    return [places[0], *(move for move in moves if move != [0, 0])] if any(map(any, moves)) else [places[0], [0, 0]]


def write(name: str, data: Mapping[str, Any]) -> None:
    text = json.dumps(data, separators=(",", ":"), ensure_ascii=False)
    (TARGET / f"{name}.json").write_text(text + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
