"""The list of a round as the sheet that offices know: rows for Excel, always in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from django.utils.timezone import localtime

from hopluc.reports.models import Campaign
from hopluc.reports.selectors import Line
from vanban.sheets import Cell, Column, Sheet

COLUMNS = (
    Column("TT", 5),
    Column("Cơ quan, đơn vị", 48),
    Column("Tình trạng", 20),
    Column("Thời hạn", 14),
    Column("Ngày nộp", 14),
    Column("Quá hạn", 12),
    Column("Gia hạn, lý do", 40),
)


def round_sheet(lines: Iterable[Line]) -> Sheet:
    rows = tuple(_row(number, line) for number, line in enumerate(lines, 1))
    return Sheet("Tình hình báo cáo", "TÌNH HÌNH NỘP BÁO CÁO", COLUMNS, rows)


def _row(number: int, line: Line) -> tuple[Cell, ...]:
    call = line.call
    handed: date | str = localtime(call.handed_in_at).date() if call.handed_in_at else ""  # type: ignore[attr-defined]
    late = "Quá hạn" if line.late else ""
    return (number, call.filing.agency.name, line.word, call.due_on, handed, late, call.reason)


def file_name(campaign: Campaign) -> str:
    """
    >>> file_name(Campaign(period="quý II/2026"))
    'bao-cao-quý-II-2026.xlsx'
    """
    return "-".join(["bao-cao", *re.findall(r"\w+", campaign.period)]) + ".xlsx"
