"""What the bounded process does with a list whose columns are confirmed: a file in, what its rows say out, all plain JSON.

No database here, and nothing that takes long to load.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hopluc.registry.intake.columns import columns_from
from hopluc.registry.intake.values import Row, rows_read
from vanban.errors import DocumentError
from vanban.tasksheets.cells import Most, Workbook
from vanban.tasksheets.opening import open_values, open_workbook

Json = dict[str, Any]
Report = Callable[..., None]
PASSED_NAMED = 20  # rows that were passed over
MOST = Most(rows=50_000, columns=100, characters=60_000_000)


def read_list(request: Json, report: Report) -> Json:
    """Rows that are about an organisation, by the confirmed `columns`; reported in parts, as they are read."""
    report("read", 0, 1)
    gc.disable()  # the process ends with this: hundreds of thousands of cells need not be searched for cycles
    try:
        cells = open_values(Path(request["path"]).read_bytes(), request["name"], request["sheet"], MOST)
    except DocumentError as error:
        return problem(error)
    found = 0
    passed: list[int] = []
    for part in rows_read(cells, request["header"][1], columns_from(request)):
        found += len(part.rows)
        passed += part.passed
        if part.rows:
            report("rows", part.rows[-1].number, len(cells), list(map(_plain, part.rows)))
    if not found:
        return no_rows(request["sheet"], request["header"][1])
    more = ["…"] if len(passed) > PASSED_NAMED else []
    return {"passed": {"rows": ", ".join([*map(str, passed[:PASSED_NAMED]), *more]), "count": len(passed)}}


def no_rows(sheet: str, below: int) -> Json:
    """That a list has a header and nothing under it, or nothing that is about an organisation."""
    return {
        "problem": {
            "code": "H767",
            "vi": f"Trang tính “{sheet}” không có dòng nào về một tổ chức dưới dòng {below}, là dòng cuối của tiêu đề. "
            "Hãy chọn trang tính khác hoặc dòng tiêu đề khác, hoặc gửi tệp khác.",
            "en": f"Sheet “{sheet}” has no row about an organisation below row {below}, the last one of its heading. "
            "Choose another sheet or other heading rows, or send another file.",
        }
    }


def _plain(row: Row) -> list[Any]:
    """`[row, values, issues]`; the values as they will be kept, so that nobody has to write them again."""
    return [row.number, written(row.values), [issue.as_json() for issue in row.issues]]


written = json.JSONEncoder(ensure_ascii=False).encode


def opened(request: Json) -> Workbook:
    return open_workbook(Path(request["path"]).read_bytes(), request["name"], MOST)


def problem(error: DocumentError) -> Json:
    from vanban.messages import sentence  # noqa: PLC0415  few files have one

    return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
