"""Sheets and documents that a browser saves."""

from __future__ import annotations

from pathlib import PurePath

from django.http import HttpResponse
from django.utils.http import content_disposition_header

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
TYPES = {".xlsx": XLSX, ".csv": "text/csv; charset=utf-8", ".docx": DOCX, ".pdf": "application/pdf"}


def sheet_sent(data: bytes, name: str) -> HttpResponse:
    """A workbook, a CSV file, a Word document or a PDF under its name, whose ending says which."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name) or "attachment"}
    return HttpResponse(data, content_type=TYPES[PurePath(name).suffix], headers=headers)
