"""What the bounded process does with a list whose columns are confirmed: a file in, what its rows say out, all plain JSON.

No database here, and nothing that takes long to load.
"""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hopluc.registry.intake.columns import columns_from
from hopluc.registry.intake.values import Part, rows_read
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
        found += len(part.numbers)
        passed += part.passed
        if part.numbers:
            report("rows", part.numbers[-1], len(cells), _plain(part))
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


def _plain(part: Part) -> list[Any]:
    """`[rows, what they say by key, issues by row]`: a column is written and read faster than its cells among others."""
    issues = {number: [issue.as_json() for issue in each] for number, each in part.issues.items()}
    return [part.numbers, part.said, issues]


def opened(request: Json) -> Workbook:
    return open_workbook(Path(request["path"]).read_bytes(), request["name"], MOST)


def problem(error: DocumentError) -> Json:
    from vanban.messages import sentence  # noqa: PLC0415  few files have one

    return {"problem": {"code": error.code, "vi": sentence(error).partition(": ")[2], "en": str(error)}}
