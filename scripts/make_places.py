"""Write `src/vanban/data/places.toml`: the provinces of Vietnam before and since 1 July 2025, and districts that tell one.

The names come from the data of the package `vietnamadminunits`, a development dependency.

    python -m scripts.make_places
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from textwrap import fill

TARGET = Path(__file__).parents[1] / "src/vanban/data/places.toml"
HEAD = """\
# Provinces of Vietnam, and districts that tell their province. Written by scripts/make_places.py; do not edit.
#
# [[map]]       the provincial units in force on a day: `cities` (thành phố trực thuộc trung ương), `provinces` (tỉnh)
# [successor]   unit of before 1 July 2025 → the unit that it is part of since, where the name changed
# [[renamed]]   a unit that bore another name in earlier documents
# [districts]   unit of before 1 July 2025 → its districts (quận, huyện, thị xã, thành phố) as of June 2025, only names of
#               two syllables or more that no other unit has and that are no province's. Bare names: some are words
#               too (Thống Nhất), so look for them after quận, huyện, thị xã, thành phố.

source = "Danh mục hành chính of the General Statistics Office, by the package vietnamadminunits {version} (MIT licence)"

[[renamed]]
name = "Thừa Thiên Huế"
type = "tỉnh"
effective_to = 2024-12-31
now = "Huế"
source = "Nghị quyết 175/2024/QH15"
"""

Units = dict[str, str]  # bare name → name with type, in the order of their codes


def main() -> None:
    data = files("vietnamadminunits") / "data"
    base = sqlite3.connect(str(data / "dataset.db"))
    old, new = units(base, "admin_units_legacy"), units(base, "admin_units")
    if (len(old), len(new)) != (63, 34):
        raise SystemExit(f"expected 63 and 34 provincial units, found {len(old)} and {len(new)}")
    merged = json.loads((data / "converter_2025.json").read_text(encoding="utf-8"))["DICT_PROVINCE"]
    parts = [
        HEAD.format(version=version("vietnamadminunits")),
        as_map("effective_to = 2025-06-30", "", old),
        as_map("effective_from = 2025-07-01", "Nghị quyết 202/2025/QH15", new),
        as_table("successor", successors(base, merged)),
        as_table("districts", districts(base, names={*old, *new})),
    ]
    TARGET.write_text("\n".join(parts), encoding="utf-8")


def units(base: sqlite3.Connection, table: str) -> Units:
    rows = base.execute(f"select distinct provinceShort, province from {table} order by provinceCode")
    return dict(rows.fetchall())


def successors(base: sqlite3.Connection, merged: dict[str, list[str]]) -> dict[str, str]:
    bare = {}
    for table in ("admin_units", "admin_units_legacy"):
        bare |= dict(base.execute(f"select distinct provinceKey, provinceShort from {table}").fetchall())
    pairs = {bare[old]: bare[new] for new, olds in merged.items() for old in olds}
    return {old: new for old, new in sorted(pairs.items()) if old != new}


def districts(base: sqlite3.Connection, *, names: set[str]) -> dict[str, list[str]]:
    homes: dict[str, set[str]] = defaultdict(set)
    for district, province in base.execute(
        "select districtShort, provinceShort from admin_units_legacy where districtShort is not null order by districtCode"
    ):
        homes[district].add(province)
    found: dict[str, list[str]] = defaultdict(list)
    for district, provinces in homes.items():
        if len(provinces) == 1 and " " in district and district not in names:
            found[next(iter(provinces))].append(district)
    return dict(found)


def as_map(when: str, source: str, units: Units) -> str:
    cities = [name for name, full in units.items() if full.startswith("Thành phố")]
    provinces = [name for name in units if name not in cities]
    lines = ["[[map]]", when, *([f'source = "{source}"'] if source else [])]
    return "\n".join([*lines, f"cities = {as_list(cities)}", f"provinces = {as_list(provinces)}", ""])


def as_table(name: str, values: dict[str, str] | dict[str, list[str]]) -> str:
    lines = [
        f'"{key}" = ' + (f'"{value}"' if isinstance(value, str) else as_list(value)) for key, value in values.items()
    ]
    return "\n".join([f"[{name}]", *lines, ""])


def as_list(names: Iterable[str]) -> str:
    glued = ", ".join(f'"{name}"'.replace(" ", "\0") for name in names)  # lines break between names only
    text = fill(glued, width=116, break_long_words=False, break_on_hyphens=False).replace("\0", " ")
    if len(text) <= 90:
        return f"[{text}]"
    return "[\n" + "\n".join(f"    {line}" for line in text.splitlines()) + ",\n]"


if __name__ == "__main__":
    main()
