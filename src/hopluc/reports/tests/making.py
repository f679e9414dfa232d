"""A province's yearly report in which everything agrees. From a seed; nothing of it is real."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from hopluc.forms.schema.reading import read_schema
from hopluc.indicators.loading import table
from hopluc.reports.compiling.figures import Figures, Known, Return, Trait, figures
from hopluc.reports.compiling.gate import Earlier, Matter, Told
from hopluc.reports.compiling.shape import Measure, Shape
from hopluc.reports.compiling.showing import shown
from hopluc.units.lineage import Span, Tier
from hopluc.units.lineage import Unit as Place
from hopluc.units.spreading import Spread
from hopluc.units.territory import Territory

Json = Any
YEAR = 2026
SINCE = Span(date(2025, 7, 1), None)
PROVINCE = Place("19.2025", Tier.PROVINCE, "19", None, SINCE)
ADDED = ["H02", "H03", "H04", "H05", "H07", "H09", "H11.1", "H16.1", "H16.2", "H18", "H21", "H22", "H23"]
OTHERS = ["L01", "L02", "T01", "T01.1", "T02", "T04", "Q01.1", "Q01.2", "A01", "A02", "A03", "A04", "E02", "P01", "P02"]
SIZES = {"H09": 900, "H11.1": 4000, "H18": 40, "T02": 60, "P01": 20, "Q01.2": 300, "T04": 12}  # about, of a commune
AVERAGES = {"H12": 640, "H13": 210, "H14": 68}  # about, of a province: nobody adds them
WORK = {
    "work:all": 120,
    "work:in_time": 80,
    "work:done_late": 10,
    "work:to_confirm": 6,
    "work:open": 10,
    "work:overdue": 14,
}
COLUMNS = {"actual": 0.9, "plan": 1.05, "half": 0.5, "estimate": 1.0, "next": 1.1}


@lru_cache(1)
def shape() -> Shape:
    read = tomllib.loads((files("hopluc.reports") / "data" / "bc-ktth-nam.toml").read_text(encoding="utf-8"))
    version = {key: value for key, value in read["version"][0].items() if key in ("sections", "checks", "charts")}
    return Shape(read_schema(version), YEAR)


@lru_cache(1)
def traits() -> Mapping[str, Trait]:
    """All indicators that ship, and the counts of tasks."""
    made = {
        line["code"]: Trait(
            line["code"], line["name"], line["measure"], tuple(line.get("aliases", ())),
            "numerator" not in line and line.get("additive", True),
            line.get("numerator", ""), line.get("denominator", ""), 100 if line["measure"] == "%" else 1,
        )
        for line in table()[0]
    }  # fmt: skip
    return made | {code: Trait(code, "", "nhiệm vụ") for code in WORK}


def communes(count: int) -> list[Place]:
    return [Place(f"{at:05d}.2025", Tier.COMMUNE, f"{at:05d}", PROVINCE.key, SINCE) for at in range(1, count + 1)]


def spread(count: int) -> tuple[Spread, str]:
    territory = Territory([PROVINCE, *communes(count)], [])
    return Spread(territory, on=date(YEAR, 12, 31), tier=Tier.PROVINCE), PROVINCE.key


def filled(rng: random.Random) -> dict[str, Json]:
    """What one commune reports: its own rules hold."""
    values: dict[str, int] = {}
    rows = {code: slot for code in shape().codes if (slot := shape().done(code, YEAR))}
    for code in [*ADDED, *OTHERS]:
        about = SIZES.get(code, 6)
        base = rng.randint(max(1, about // 2), about * 2)
        for column, share in COLUMNS.items():
            values[_path(rows[code].path, column)] = max(0, round(base * share))
    for column in COLUMNS:
        _consistent(values, column)
    _rolled(values)
    return dict(values)


def _path(estimate: str, column: str) -> str:
    return estimate.rpartition(".")[0] + f".{column}"


def _consistent(values: dict[str, int], column: str) -> None:
    values[f"main.h01.{column}"] = values[f"main.h02.{column}"] + values[f"main.h03.{column}"]
    values[f"main.h20.{column}"] = values[f"main.h21.{column}"] + values[f"main.h22.{column}"] + 2
    values[f"main.h15.{column}"] = values[f"main.h01.{column}"] * 40


def _rolled(values: dict[str, int]) -> None:
    """This year's is last year's and what came and went."""
    for whole, new, gone in (("h01", "h04", "h05"), ("h15", "h16_1", "h16_2")):
        values[f"main.{new}.estimate"] = values[f"main.{whole}.estimate"] - values[f"main.{whole}.actual"] + 3
        values[f"main.{gone}.estimate"] = 3


def returns(count: int, seed: int) -> list[Return]:
    rng = random.Random(seed)
    averages = {
        f"main.{code.lower()}.{column}": round(about * share)
        for code, about in AVERAGES.items()
        for column, share in COLUMNS.items()
    }
    whole = Return(1, 1, "Sở Tài chính", averages)
    return [whole, *(
        Return(10 + at, 10 + at, f"UBND xã {place.code}", filled(rng), place, date(YEAR, 12, 31))
        for at, place in enumerate(communes(count))
    )]  # fmt: skip


def compiled(given: list[Return], count: int, known: Mapping[str, Known] = {}) -> Figures:
    return figures(shape(), given, traits=traits(), known=known, choices={}, territory=spread(count))


def sound(count: int = 20, seed: int = 1) -> Matter:
    """A report in which texts, tables, returns, database, plan and last year's report agree."""
    made = compiled(returns(count, seed), count)
    known = {
        path: Known(made.cells[path].value, "Cơ sở dữ liệu") for path in DATABASE if made.cells[path].value is not None
    }
    whole = compiled(returns(count, seed), count, known)
    earlier = {
        (slot.about, Measure.NONE if slot.measure == Measure.ACTUAL else slot.measure, slot.year): Earlier(value, "Báo cáo năm 2025", "7")
        for slot in shape().slots.values()
        if slot.measure in (Measure.ACTUAL, Measure.PLAN) and slot.year <= YEAR and (value := whole.value(slot)) is not None
    }  # fmt: skip
    return Matter(whole, traits(), texts(whole), earlier, WORK, "Kế hoạch 1627/KH-UBND")


DATABASE = ("main.h01.estimate", "main.h02.estimate", "main.h03.estimate", "main.h04.estimate", "main.h05.estimate",
            "main.h09.estimate", "main.h15.estimate", "others.t01.estimate", "others.t01_1.estimate", "others.l01.estimate",
            "others.q01_1.estimate")  # fmt: skip


SAID = (
    (
        "development",
        "Toàn tỉnh hiện có {H01} hợp tác xã, trong đó {H02} hợp tác xã đang hoạt động, {H03} hợp tác xã ngừng hoạt động.",
    ),
    ("development", "Trong năm 2026 thành lập mới {H04} hợp tác xã, đạt {H04%} % kế hoạch; giải thể {H05} hợp tác xã."),
    ("development", "Số hợp tác xã tăng {H01+} hợp tác xã so với năm trước."),
    (
        "development",
        "Tổng vốn điều lệ của hợp tác xã đạt {H09} triệu đồng; doanh thu bình quân một hợp tác xã {H11} triệu đồng/năm.",
    ),
    ("people", "Tổng số thành viên hợp tác xã là {H15} người; lao động thường xuyên {H18} người."),
    ("people", "Tổng số cán bộ quản lý hợp tác xã là {H20} người, thành viên mới {H16.1} người."),
    ("fields", "Hiện có {T01} tổ hợp tác, {L01} liên hiệp hợp tác xã, {Q01.1} quỹ tín dụng nhân dân."),
    ("fields", "Lĩnh vực nông nghiệp có 512 hợp tác xã; xã Phú Bình có 12 hợp tác xã."),
    (
        "tasks",
        "Trong năm có {work:all} nhiệm vụ đến hạn, hoàn thành đúng hạn {work:in_time} nhiệm vụ, quá hạn {work:overdue} nhiệm vụ.",
    ),
    ("effect", "Năm 2024 toàn tỉnh có 870 hợp tác xã."),
    ("goals", "Kế hoạch năm 2027 có {H01>} hợp tác xã, thành lập mới {H04>} hợp tác xã."),
    ("policies", "Có 22 hợp tác xã được vay vốn, tổ chức 15 lớp bồi dưỡng theo Nghị quyết số 20-NQ/TW ngày 16/6/2022."),
)


def texts(made: Figures) -> list[Told]:
    parts: dict[str, list[str]] = {}
    for part, sentence in SAID:
        parts.setdefault(part, []).append(re.sub(r"\{([^}]+)\}", lambda m: _said(made, m[1]), sentence))
    return [Told(part, str(shape().texts[part].label), " ".join(said)) for part, said in parts.items()]


def _said(made: Figures, key: str) -> str:
    """`{H04}` is what was done, `{H04%}` the share of the plan, `{H01+}` the change, `{H01>}` next year's plan."""
    if key in WORK:
        return str(WORK[key])
    code, sign = key.rstrip("%+>"), key[-1]
    slots = {"%": (Measure.SHARE, YEAR), ">": (Measure.PLAN, YEAR + 1)}
    slot = shape().slot(code, *slots[sign]) if sign in slots else shape().done(code, YEAR)
    value = made.value(slot)
    assert value is not None
    if sign == "+":
        value -= made.value(shape().done(code, YEAR - 1)) or 0
    return shown(slot, value)
