"""The provinces and districts in `places.toml`: whole, and one name to one place."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

PLACES = tomllib.loads((Path(__file__).parents[2] / "src/vanban/data/places.toml").read_text(encoding="utf-8"))
OLD, NEW = PLACES["map"]


def units(of: dict) -> set[str]:
    return {*of["cities"], *of["provinces"]}


def test_one_map_follows_the_other():
    assert (OLD["effective_to"], NEW["effective_from"]) == (date(2025, 6, 30), date(2025, 7, 1))
    assert [(len(each["cities"]), len(each["provinces"])) for each in (OLD, NEW)] == [(6, 57), (6, 28)]


def test_every_old_unit_is_a_new_one_or_part_of_one():
    successor = PLACES["successor"]
    assert set(successor) == units(OLD) - units(NEW)
    assert set(successor.values()) <= units(NEW) <= units(OLD)


def test_a_renamed_unit_is_one_of_the_map_after_it():
    assert all(each["now"] in units(OLD) and each["name"] not in units(OLD) for each in PLACES["renamed"])


def test_a_district_tells_one_province():
    districts = [name for names in PLACES["districts"].values() for name in names]
    assert set(PLACES["districts"]) == units(OLD)
    assert len(districts) == len(set(districts))
    assert not set(districts) & units(OLD)
    assert {"Ba Bể", "Điện Biên Phủ"} <= set(districts)
    assert not {"Châu Thành", "Vinh"} & set(districts)  # ten provinces have one; a single syllable is too common
