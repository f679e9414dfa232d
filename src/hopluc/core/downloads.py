"""Sheets that a browser saves."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {".xlsx": XLSX, ".csv": "text/csv; charset=utf-8"}


def sheet_sent(data: bytes, name: str) -> HttpResponse:
    """A workbook or a CSV file under its name, whose ending says which."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(data, content_type=TYPES[PurePath(name).suffix], headers=headers)
