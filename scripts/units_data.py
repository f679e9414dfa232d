"""Write the administrative units, old and new, into `src/hopluc/units/data/`: units, former names, lineage.

    python -m scripts.units_data

The units and what became of them come from the package `vietnamadminunits`, a development dependency; `overlay.toml`
beside the files corrects them, each correction with its source. Nothing is written when a check fails.
"""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, fields, replace
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[1] / "src/hopluc/units/data"
OLD, NEW = date(2008, 8, 1), date(2025, 7, 1)  # the first day of each map
TIERS = ("province", "district", "commune")
KINDS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
# What ordered the change of 2025: of provinces, and of communes (one resolution for each province).
BASIS = ("Nghị quyết 202/2025/QH15", "Nghị quyết của Ủy ban Thường vụ Quốc hội về sắp xếp cấp xã năm 2025")
EXPECTED = {
    (OLD, "province"): 63,
    (OLD, "district"): 696,
    (OLD, "commune"): 10_035,
    (NEW, "province"): 34,
    (NEW, "commune"): 3_321,
}

# Table → columns of code, name with kind and key (the name in plain letters) for each tier.
TABLES = {
    OLD: ("admin_units_legacy", TIERS),
    NEW: ("admin_units", ("province", "commune")),
}
COLUMN = {"province": "province", "district": "district", "commune": "ward"}


class WrongData(Exception):
    """The data breaks a promise of the files: the message says which, and for which unit."""


@dataclass(frozen=True)
class Unit:
    """A province, district or commune. `until` is the first day on which it is no more."""

    key: str
    tier: str
    code: str
    parent: str
    since: date
    until: date | None
    kind: str
    name: str


@dataclass(frozen=True)
class Former:
    unit: str
    since: date
    until: date
    kind: str
    name: str
    source: str


@dataclass(frozen=True)
class Link:
    """Old unit → new unit that took all of its territory (share 1) or a part of unknown size (no share)."""

    old: str
    new: str
    share: int | None
    source: str


@dataclass(frozen=True)
class Data:
    units: tuple[Unit, ...]
    former: tuple[Former, ...]
    links: tuple[Link, ...]


def main() -> None:
    data = build(tomllib.loads((FOLDER / "overlay.toml").read_text(encoding="utf-8")))
    check(data)
    for name, text in as_files(data).items():
        (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")


def build(overlay: dict[str, Any]) -> Data:
    folder = files("vietnamadminunits") / "data"
    merged = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    slips = {each["from"]: each["to"] for each in overlay["slip"]}
    with sqlite3.connect(str(folder / "dataset.db")) as base:
        units = {day: read_units(base, day, slips) for day in (OLD, NEW)}
    names = {day: {name: unit.key for name, unit in units[day].items()} for day in units}
    found = {unit.key: unit for day in units for unit in units[day].values()}
    changes = [*overlay["change"], *promoted(overlay["promotion"], found)]
    former = [changed(found, change) for change in changes]
    links = read_links(merged, old=names[OLD], new=names[NEW])
    return Data(
        units=tuple(sorted(found.values(), key=lambda each: (each.since, TIERS.index(each.tier), each.code))),
        former=tuple(sorted(former, key=lambda each: (each.unit, each.since))),
        links=tuple(sorted(corrected(links, overlay["lineage"]), key=lambda each: (each.old, each.new))),
    )


def read_units(base: sqlite3.Connection, day: date, slips: Mapping[str, str]) -> dict[str, Unit]:
    """The units of one map, by the names that the package joins them with: `tinhbackan_huyenchomoi_xacaoky`."""
    table, tiers = TABLES[day]
    found: dict[str, Unit] = {}
    for depth, tier in enumerate(tiers, start=1):
        above = tiers[:depth]
        columns = ", ".join(f"{COLUMN[each]}Key, {COLUMN[each]}Code" for each in above)
        rows = base.execute(f"select distinct {COLUMN[tier]}, {columns} from {table} where {COLUMN[tier]}Code > ''")
        for full, *pairs in rows:
            codes = pairs[1::2]
            kind, name = split_name(full, slips)
            parent = key_of(codes[-2], day) if depth > 1 else ""
            until = NEW if day == OLD else None
            unit = Unit(key_of(codes[-1], day), tier, codes[-1], parent, day, until, kind, name)
            found["_".join(pairs[::2])] = unit
    return found


def key_of(code: str, day: date) -> str:
    return f"{code}.{day.year}"


def split_name(full: str, slips: Mapping[str, str]) -> tuple[str, str]:
    """`Thị Trấn Ái Tử` → `thị trấn`, `Ái Tử`; `Phường 4` → `phường`, `4`."""
    kind = next((each for each in KINDS if full.lower().startswith(each + " ")), None)
    if kind is None:
        raise WrongData(f"{full} bears no kind of unit")
    name = full[len(kind) + 1 :]
    return kind, " ".join(slips.get(word, word) for word in name.split(" "))


def promoted(promotions: Iterable[dict[str, Any]], units: Mapping[str, Unit]) -> Iterable[dict[str, Any]]:
    """A promotion as one change for each of its units, which keep their names."""
    for each in promotions:
        for key in each["units"]:
            kinds = {side: {"kind": each[side], "name": units[key].name} for side in ("was", "now")}
            yield {"unit": key, "on": each["on"], "source": each["source"], **kinds}


def changed(units: dict[str, Unit], change: dict[str, Any]) -> Former:
    """Give the unit its kind and name since the change; return those of before."""
    unit, was, now = units[change["unit"]], change["was"], change["now"]
    if {"kind": unit.kind, "name": unit.name} not in (was, now):
        raise WrongData(f"{unit.key} is {unit.kind} {unit.name}, neither as it was nor as it is since {change['on']}")
    units[unit.key] = replace(unit, **now)
    return Former(unit.key, unit.since, change["on"], was["kind"], was["name"], change["source"])


def read_links(merged: dict[str, Any], *, old: Mapping[str, str], new: Mapping[str, str]) -> set[tuple[str, str, str]]:
    """(old, new, source) for provinces, communes that went whole into one, and communes that were divided."""
    pairs = {(each, province) for province, parts in merged["DICT_PROVINCE"].items() for each in parts}
    for province, communes in merged["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        pairs |= {(each, f"{province}_{commune}") for commune, parts in communes.items() for each in parts}
    for province, communes in merged["DICT_PROVINCE_WARD_DIVIDED"].items():
        pairs |= {(each, f"{province}_{part['newWardKey']}") for each, parts in communes.items() for part in parts}
    table = f"vietnamadminunits {version('vietnamadminunits')}"
    # A name that ends in "_" is a district without communes: the overlay links those.
    return {
        (old[each], new[target], f"{BASIS['_' in each]} ({table})") for each, target in pairs if not each.endswith("_")
    }


def corrected(links: set[tuple[str, str, str]], corrections: Iterable[dict[str, Any]]) -> list[Link]:
    targets: dict[str, dict[str, str]] = defaultdict(dict)
    for old, new, source in links:
        targets[old][new] = source
    for each in corrections:
        for new in each.get("remove", ()):
            if not targets[each["from"]].pop(new, None):
                raise WrongData(f"the overlay removes {each['from']} → {new}, which is not there")
            # What is left was decided by the correction.
            targets[each["from"]] = dict.fromkeys(targets[each["from"]], each["source"])
        targets[each["from"]] |= dict.fromkeys(each.get("add", ()), each["source"])
    return [
        Link(old, new, 1 if len(found) == 1 else None, source)
        for old, found in targets.items()
        for new, source in found.items()
    ]


def check(data: Data) -> None:
    """Raise WrongData unless the counts are right and every unit has its parent, successors and predecessors."""
    units = {unit.key: unit for unit in data.units}
    for (day, tier), expected in EXPECTED.items():
        if (found := sum((unit.since, unit.tier) == (day, tier) for unit in data.units)) != expected:
            raise WrongData(f"expected {expected} of tier {tier} since {day}, found {found}")
    sources, targets = {link.old for link in data.links}, {link.new for link in data.links}
    for unit in data.units:
        if unit.parent and (units[unit.parent].since, units[unit.parent].until) != (unit.since, unit.until):
            raise WrongData(f"{unit.key} holds on days when its parent {unit.parent} does not")
        if unit.since == OLD and unit.tier != "district" and unit.key not in sources:
            raise WrongData(f"{unit.key} {unit.name} has no successor")
        if unit.since == NEW and unit.key not in targets:
            raise WrongData(f"{unit.key} {unit.name} has no predecessor")
    for link in data.links:
        if units[link.old].until != units[link.new].since:
            raise WrongData(f"{link.old} → {link.new} does not lead from the old map to the new one")


def as_files(data: Data) -> dict[str, str]:
    names = {"since": "from", "until": "to", "old": "from", "new": "to"}
    return {
        name: as_csv([names.get(field.name, field.name) for field in fields(kind)], map(astuple, rows))
        for name, kind, rows in (
            ("units.csv", Unit, data.units),
            ("former_names.csv", Former, data.former),
            ("lineage.csv", Link, data.links),
        )
    }


def as_csv(head: list[str], rows: Iterable[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return text.getvalue()


if __name__ == "__main__":
    main()
