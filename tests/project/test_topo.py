"""`topo.js`: outlines become paths that fit the view, north up, with labels inside; run by Node where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from math import cos, radians
from pathlib import Path

import pytest

from scripts.topology import contains

STATIC = Path(__file__).parents[2] / "src/hopluc/units/static/units"
NODE = shutil.which("node")

pytestmark = pytest.mark.skipif(NODE is None, reason="Node is not installed: topo.js is not run on its own")

RUN = """
import { readFileSync } from "node:fs";
const source = readFileSync(process.argv[1], "utf8");
const topo = await import("data:text/javascript;base64," + Buffer.from(source).toString("base64"));
const { name, topology, options } = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(topo[name](topology, options)));
"""

# Two squares side by side, the right one with a hole, and a unit that is a point.
SQUARES = {
    "transform": {"scale": [0.5, 0.5], "translate": [100, 59]},
    "arcs": [
        [[4, 0], [0, 4]],
        [[4, 4], [4, 0], [0, -4], [-4, 0]],
        [[4, 0], [-4, 0], [0, 4], [4, 0]],
        [[5, 1], [2, 0], [0, 2], [-2, 0], [0, -2]],
    ],
    "objects": {
        "units": {
            "geometries": [
                {"type": "Polygon", "arcs": [[2, -1]], "properties": {"code": "1", "key": "1.2025"}},
                {"type": "MultiPolygon", "arcs": [[[0, 1], [3]]], "properties": {"code": "2", "key": "2.2025"}},
                {"type": "Point", "coordinates": [2, 2], "properties": {"code": "3", "key": "3.2025"}},
            ]
        }
    },
}


def run(name: str, topology: dict, **options: float):
    command = [NODE, "--input-type=module", "-e", RUN, str(STATIC / "topo.js")]
    given = json.dumps({"name": name, "topology": topology, "options": options})
    return json.loads(subprocess.run(command, input=given, capture_output=True, text=True, check=True).stdout)


def numbers(path: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", path)]


def test_arcs_are_decoded_and_run_backwards():
    left, right, point = run("decoded", SQUARES)
    assert left["polygons"] == [[[[102, 59], [100, 59], [100, 61], [102, 61], [102, 59]]]]
    assert right["polygons"][0][0] == [[102, 59], [102, 61], [104, 61], [104, 59], [102, 59]]
    assert len(right["polygons"][0]) == 2
    assert (point["key"], point["point"]) == ("3.2025", [101, 60])


def test_a_drawing_fits_with_north_up_and_east_to_the_right():
    found = run("drawing", SQUARES, width=220, height=500, margin=10)
    assert found["viewBox"] == "0 0 220 500"
    left, right, _point = found["units"]
    xs, ys = zip(*numbers(left["path"]), strict=True)
    assert (min(xs), max(xs)) == (10, 110)
    # At 60° north a degree east is half as long as a degree north: two degrees each make an upright oblong.
    assert max(ys) - min(ys) == pytest.approx(100 / cos(radians(60)), abs=0.2)
    assert min(ys) + max(ys) == pytest.approx(500, abs=0.2)
    assert numbers(right["path"])[0] == (110, max(ys))


def test_labels_lie_within_a_unit_and_beside_its_hole():
    left, right, point = run("drawing", SQUARES, width=220, height=500, margin=10)["units"]
    assert left["label"] == [60, 250]
    assert right["label"][0] in (122.5, 197.5)
    assert point["label"] == [60, 250]
    assert point["path"].startswith("M57 250a3 3 ")


@pytest.mark.parametrize("name", ["provinces-2025", "provinces-2008", "communes-15", "communes-56"])
def test_the_real_outlines_are_drawn_whole(name):
    topology = json.loads((STATIC / f"geo/{name}.json").read_text(encoding="utf-8"))
    units = run("drawing", topology, width=800, height=900)["units"]
    assert len(units) == len(topology["objects"]["units"]["geometries"])
    for each in units:
        assert "NaN" not in each["path"]
        assert all(0 <= x <= 800 and 0 <= y <= 900 for x, y in numbers(each["path"]))
        rings = [(*ring, ring[0]) for part in each["path"].split("Z") if len(ring := numbers(part)) > 3]
        assert not rings or sum(contains(ring, tuple(each["label"])) for ring in rings) == 1, each["key"]
