"""Indicators with their years, as a sheet for Excel and CSV, always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from hopluc.indicators.models import Indicator
from hopluc.indicators.numbers import shown
from hopluc.indicators.series import Point
from vanban.sheets import Cell, Column, Sheet

BEFORE = (Column("TT", 5), Column("Mã", 9), Column("Chỉ tiêu", 48), Column("Đơn vị tính", 18))


def values_sheet(indicators: Iterable[Indicator], found: Mapping[int, Mapping[int, Point]]) -> Sheet:
    """A row for each indicator, a column for each year of which anything is said."""
    listed = list(indicators)
    years = sorted({year for points in found.values() for year in points})
    rows = [_row(turn, one, found.get(one.pk, {}), years) for turn, one in enumerate(listed, 1)]
    return Sheet("Chỉ tiêu", "SỐ LIỆU CÁC CHỈ TIÊU", (*BEFORE, *(Column(str(year), 14) for year in years)), tuple(rows))


def _row(turn: int, indicator: Indicator, points: Mapping[int, Point], years: Iterable[int]) -> tuple[Cell, ...]:
    return (turn, indicator.code, indicator.name, indicator.measure, *(_cell(points.get(year)) for year in years))


def _cell(point: Point | None) -> Cell:
    """A figure that is not whole says so: no sum is taken for more than it is."""
    if point is None or point.figure is None:
        return "" if point is None else "không tách, cộng được"
    return shown(point.figure) if point.whole else f"{shown(point.figure)} (chưa đủ)"
