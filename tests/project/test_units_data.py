"""The frozen units: whole, each with its parent, its successors and predecessors, and just as the script writes them."""

from __future__ import annotations

import csv
import importlib.util
import tomllib
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from scripts import units_data

FOLDER = Path(__file__).parents[2] / "src/hopluc/units/data"
NAMES = ("units.csv", "former_names.csv", "lineage.csv")
OVERLAY = tomllib.loads((FOLDER / "overlay.toml").read_text(encoding="utf-8"))

# Resolution 202/2025/QH15: each province since 1 July 2025 and the provinces that it was made of.
MERGED = """
    Tuyên Quang: Hà Giang, Tuyên Quang; Lào Cai: Yên Bái, Lào Cai; Thái Nguyên: Bắc Kạn, Thái Nguyên;
    Bắc Ninh: Bắc Giang, Bắc Ninh; Phú Thọ: Vĩnh Phúc, Hòa Bình, Phú Thọ; Hải Phòng: Hải Dương, Hải Phòng;
    Hưng Yên: Thái Bình, Hưng Yên; Ninh Bình: Hà Nam, Nam Định, Ninh Bình; Quảng Trị: Quảng Bình, Quảng Trị;
    Đà Nẵng: Quảng Nam, Đà Nẵng; Quảng Ngãi: Kon Tum, Quảng Ngãi; Gia Lai: Bình Định, Gia Lai;
    Khánh Hòa: Ninh Thuận, Khánh Hòa; Đắk Lắk: Phú Yên, Đắk Lắk; Lâm Đồng: Đắk Nông, Bình Thuận, Lâm Đồng;
    Đồng Nai: Bình Phước, Đồng Nai; Hồ Chí Minh: Bình Dương, Bà Rịa - Vũng Tàu, Hồ Chí Minh; Tây Ninh: Long An, Tây Ninh;
    Đồng Tháp: Tiền Giang, Đồng Tháp; Vĩnh Long: Bến Tre, Trà Vinh, Vĩnh Long; An Giang: Kiên Giang, An Giang;
    Cần Thơ: Sóc Trăng, Hậu Giang, Cần Thơ; Cà Mau: Bạc Liêu, Cà Mau
"""
ALONE = "Hà Nội, Cao Bằng, Điện Biên, Lai Châu, Sơn La, Lạng Sơn, Quảng Ninh, Thanh Hóa, Nghệ An, Hà Tĩnh, Huế"


@dataclass(frozen=True)
class Row:
    key: str
    tier: str
    code: str
    parent: str
    since: date
    until: date
    kind: str
    name: str


def rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def day(text: str) -> date:
    return date.fromisoformat(text) if text else date.max


UNITS = {row[0]: Row(*row[:4], day(row[4]), day(row[5]), *row[6:]) for row in rows("units.csv")}
FORMER = rows("former_names.csv")
LINKS = rows("lineage.csv")


def kinds(when: date) -> Counter[tuple[str, str]]:
    """How many units of each tier and kind there were on a day."""
    was = {unit: kind for unit, since, until, kind, *_ in FORMER if day(since) <= when < day(until)}
    return Counter((one.tier, was.get(one.key, one.kind)) for one in UNITS.values() if one.since <= when < one.until)


def by_tier(when: date) -> dict[str, int]:
    found: Counter[str] = Counter()
    for (tier, _kind), count in kinds(when).items():
        found[tier] += count
    return dict(found)


def test_the_old_and_the_new_map_hold_what_they_should():
    assert by_tier(date(2008, 7, 31)) == {}
    assert by_tier(date(2025, 6, 30)) == {"province": 63, "district": 696, "commune": 10_035}
    assert by_tier(date(2025, 7, 1)) == by_tier(date(2026, 11, 1)) == {"province": 34, "commune": 3_321}


def test_kinds_change_on_their_days():
    cities = [kinds(date(*when))["province", "thành phố"] for when in ((2024, 12, 31), (2025, 1, 1), (2025, 7, 1))]
    assert cities == [5, 6, 6]
    wards = [
        (when, kinds(when)["commune", "phường"]) for when in (date(2025, 7, 1), date(2026, 4, 30), date(2026, 9, 20))
    ]
    assert [count for _when, count in wards] == [687, 697, 709]
    assert [kinds(when)["province", "thành phố"] for when, _count in wards] == [6, 7, 9]
    assert kinds(date(2026, 8, 31))["province", "thành phố"] == 7
    assert kinds(date(2025, 6, 30))["district", "thị xã"] == 52


def test_a_unit_lies_within_its_parent_all_its_days():
    for one in UNITS.values():
        assert bool(one.parent) == (one.tier != "province"), one
        if one.parent:
            parent = UNITS[one.parent]
            assert parent.since <= one.since, one
            assert one.until <= parent.until, one
            assert parent.tier == ("district" if one.key.endswith(".2008") and one.tier == "commune" else "province"), (
                one
            )


def test_keys_are_code_and_year():
    assert len(UNITS) == len(rows("units.csv"))
    digits = {"province": 2, "district": 3, "commune": 5}
    for one in UNITS.values():
        assert one.key == f"{one.code}.{one.since.year}"
        assert len(one.code) == digits[one.tier]


def test_no_name_repeats_its_kind_or_begins_a_syllable_small():
    for one in UNITS.values():
        assert one.name[0].isupper() or one.name[0].isdigit(), one
        assert one.name == "Phường Đúc" or not one.name.lower().startswith(one.kind + " "), one
        small = [word for word in one.name.split() if word[0].islower()]
        assert not small or one.name.startswith("Nông trường "), one
    assert UNITS["27691.2008"].kind == "phường"
    assert UNITS["27691.2008"].name == "4"
    assert UNITS["17.2008"].name == "Hòa Bình"


def test_former_names_end_where_the_next_begins_and_say_something_else():
    for unit, since, until, kind, name, source in FORMER:
        one = UNITS[unit]
        assert one.since <= day(since) < day(until) < one.until
        assert (kind, name) != (one.kind, one.name)
        assert source
    assert ["46.2008", "2008-08-01", "2025-01-01", "tỉnh", "Thừa Thiên Huế", "Nghị quyết 175/2024/QH15"] in FORMER


def test_lineage_leads_from_every_old_unit_to_every_new_one():
    assert all(UNITS[old].until == UNITS[new].since for old, new, *_ in LINKS)
    assert len({(old, new) for old, new, *_ in LINKS}) == len(LINKS)
    old, new = {link[0] for link in LINKS}, {link[1] for link in LINKS}
    since = date(2025, 7, 1)
    assert {one.key for one in UNITS.values() if one.since < since and one.tier != "district"} <= old
    assert {one.key for one in UNITS.values() if one.since == since} == new
    islands = {UNITS[key].name for key in old if UNITS[key].tier == "district"}
    assert islands == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}
    assert not islands & {UNITS[one.parent].name for one in UNITS.values() if one.tier == "commune"}


def test_shares_are_one_or_not_known():
    shares: dict[str, list[str]] = defaultdict(list)
    for old, _new, share, source in LINKS:
        shares[old].append(share)
        assert source
    assert all(found == ["1"] or (len(found) > 1 and not any(found)) for found in shares.values())


def test_provinces_were_merged_as_resolved():
    expected = {name: {name} for name in ALONE.split(", ")}
    for part in MERGED.split(";"):
        new, _, old = part.strip().partition(": ")
        expected[new] = set(old.split(", "))
    found: dict[str, set[str]] = defaultdict(set)
    for old, new, *_ in LINKS:
        if UNITS[old].tier == "province":
            found[UNITS[new].name].add(UNITS[old].name)
    assert found == expected
    assert len(expected) == 34


def test_communes_went_to_the_province_that_their_own_went_to():
    into = {old: new for old, new, *_ in LINKS if UNITS[old].tier == "province"}
    for old, new, *_ in LINKS:
        if UNITS[old].tier == "commune":
            assert into[UNITS[UNITS[old].parent].parent] == UNITS[new].parent, (old, new)


@pytest.mark.parametrize(
    "entry", [*OVERLAY["change"], *OVERLAY["promotion"], *OVERLAY["lineage"], *OVERLAY["unknown"], *OVERLAY["outline"]]
)
def test_what_is_corrected_or_unknown_names_units_and_a_source(entry):
    assert entry["source"]
    named = [entry.get("unit"), entry.get("from"), *(entry.get(key, []) for key in ("units", "add", "remove"))]
    keys = [key for each in named if each for key in ([each] if isinstance(each, str) else each)]
    assert keys
    assert set(keys) <= set(UNITS)


def test_what_is_unknown_is_said_in_both_languages():
    assert all(entry["vi"].endswith(".") and entry["en"].endswith(".") for entry in OVERLAY["unknown"])


@pytest.mark.parametrize("name", NAMES)
def test_files_are_plain_and_in_order(name):
    text = (FOLDER / name).read_bytes().decode("utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert "\r" not in text
    assert text.endswith("\n")
    order = {"units.csv": lambda row: (row[4], units_data.TIERS.index(row[1]), row[2])}.get(name, lambda row: row[:2])
    assert rows(name) == sorted(rows(name), key=order)


@pytest.mark.skipif(
    importlib.util.find_spec("vietnamadminunits") is None,
    reason="the package vietnamadminunits is not installed: the files are not compared with what the script writes",
)
def test_the_script_writes_these_files():
    data = units_data.build(OVERLAY)
    units_data.check(data)
    written = units_data.as_files(data)
    assert written == {name: (FOLDER / name).read_bytes().decode("utf-8") for name in NAMES}
