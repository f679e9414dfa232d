"""What the bounded process does: files in, what vanban finds in them out, all plain JSON. No Django here.

`read_files({"files": [{path, name}]})` and `open_sheet`, `read_sheet` (the same files, a mapping) give `{"problem": {code, about}}`
where a file cannot be read.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from vanban.tasksheets import Mapping, guess, read_rows

from vanban import analyse, combine, headings, layout, read
from vanban.contract import as_json
from vanban.errors import DocumentError
from vanban.messages import sentence

Json = dict[str, Any]
Report = Callable[[str, int, int], None]
ROWS_SHOWN = 12  # of a sheet, to see which column is what


def read_files(request: Json, report: Report) -> Json:
    """Read the files of one document and find what they order."""
    files = request["files"]
    try:
        parts = []
        for turn, file in enumerate(files):
            report("read", turn, len(files) + 1)
            parts.append(read(file["path"], name=file["name"]))
    except DocumentError as error:
        return _problem(error)
    report("find", len(files), len(files) + 1)
    document = combine(parts) if len(parts) > 1 else parts[0]
    analysis = analyse(document)
    found = as_json(analysis)
    return {**found, "layout": layout(document), "headings": headings(analysis)}


def open_sheet(request: Json, report: Report) -> Json:
    """Open a task sheet and guess which column is what."""
    try:
        sheets = _sheets(request, report)
    except DocumentError as error:
        return _problem(error)
    mapping = guess(sheets)
    return {"mapping": mapping.as_json(), "preview": _preview(sheets, mapping)}


def read_sheet(request: Json, report: Report) -> Json:
    """Read the rows of a task sheet by the columns that somebody confirmed."""
    issued_on = date.fromisoformat(request["issued_on"]) if request.get("issued_on") else None
    mapping = Mapping.from_json(request["mapping"])
    try:
        return read_rows(_sheets(request, report), mapping, issued_on=issued_on).as_json()
    except DocumentError as error:
        return _problem(error)


def _problem(error: DocumentError) -> Json:
    return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
