"""White spots as a sheet for Excel and CSV, always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from hopluc.registry.territories import Commune
from vanban.sheets import Column, Sheet

COLUMNS = (
    Column("TT", 6),
    Column("Mã xã", 10),
    Column("Xã, phường", 30),
    Column("Tỉnh, thành phố", 30),
    Column("Số hợp tác xã", 14),
    Column("Số tổ hợp tác", 14),
    Column("Số tổ chức", 14),
)
HEADINGS = {"htx": "DANH SÁCH XÃ CHƯA CÓ HỢP TÁC XÃ", "any": "DANH SÁCH XÃ CHƯA CÓ TỔ CHỨC KINH TẾ TẬP THỂ"}


def spots_sheet(found: Iterable[Commune], lacking: str) -> Sheet:
    return Sheet("Xã trắng", HEADINGS[lacking], COLUMNS, tuple(_row(turn, one) for turn, one in enumerate(found, 1)))


def _row(turn: int, one: Commune) -> tuple[int | str, ...]:
    counts = [one.standing.of("organisations", kind) for kind in ("htx", "tht", "")]
    return (turn, one.key.split(".")[0], one.full_name, one.province, *counts)
