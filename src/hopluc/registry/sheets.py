"""The directory as a sheet for Excel and CSV, always in Vietnamese."""

from __future__ import annotations

from collections.abc import Iterable

from hopluc.registry.industries import sectors
from hopluc.registry.models import Organisation
from hopluc.registry.presenting import kind_label, status_words
from hopluc.registry.selectors import Scope
from vanban.sheets import Cell, Column, Sheet

COLUMNS = (
    Column("TT", 6),
    Column("Mã số", 14),
    Column("Tên", 46),
    Column("Loại hình", 20),
    Column("Xã, phường", 22),
    Column("Tỉnh, thành phố", 22),
    Column("Địa chỉ", 36),
    Column("Lĩnh vực", 22),
    Column("Ngành chính (VSIC)", 12),
    Column("Tình trạng pháp lý", 30),
    Column("Hoạt động thực tế", 24),
    Column("Ngày thành lập", 14),
    Column("Ngày chấm dứt", 14),
    Column("Vốn điều lệ (đồng)", 18),
    Column("Số thành viên", 12),
    Column("Dữ liệu mẫu", 12),
)


def directory_sheet(found: Iterable[Organisation], seen: Scope) -> Sheet:
    return Sheet(
        "Sổ đăng ký",
        "DANH SÁCH TỔ CHỨC KINH TẾ TẬP THỂ",
        COLUMNS,
        tuple(_row(n, one, seen) for n, one in enumerate(found, 1)),
    )


def _row(turn: int, one: Organisation, seen: Scope) -> tuple[Cell, ...]:
    sector = sectors().get(one.sector)
    return (
        turn,
        one.code,
        one.name,
        kind_label(one.kind),
        one.unit.full_name,
        one.province.full_name,
        one.address,
        sector.words.vi if sector else "",
        one.industry,
        status_words(one.legal_status, group=one.kind == "tht"),
        str(one.get_operating_display()),
        one.founded_on,
        one.ended_on or "",
        "" if one.charter_capital is None else int(one.charter_capital),
        one.members if seen.holds(one.unit_id, one.province_id) else "",
        "x" if one.batch_id and one.batch and one.batch.kind == "demonstration" else "",
    )
