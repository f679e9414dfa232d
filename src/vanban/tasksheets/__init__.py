"""Task sheets that offices keep (bảng phân công nhiệm vụ): Excel, OpenDocument or CSV, any columns in any order.

>>> from vanban.tasksheets import best_sheet, guess, open_workbook, read_rows
>>> book = open_workbook("TT;Nhiệm vụ;Chủ trì;Hạn\\n1;Rà soát hợp tác xã;Sở Tài chính;30/6/2025\\n".encode(), "a.csv")
>>> sheet = book.sheets[best_sheet(book)]
>>> mapping = guess(sheet)
>>> [column.role for column in mapping.columns]
['number', 'text', 'lead', 'deadline']
>>> [(task.at, task.lead, task.deadline.end) for task in read_rows(sheet, mapping).tasks]
[('1', ('so-tc',), datetime.date(2025, 6, 30))]
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vanban.tasksheets.guessing import best_sheet, guess
    from vanban.tasksheets.mapping import Mapping
    from vanban.tasksheets.opening import open_workbook
    from vanban.tasksheets.tasks import SheetReading, read_rows

__all__ = ["Mapping", "SheetReading", "best_sheet", "guess", "open_workbook", "read_rows"]
_WHERE = {
    "Mapping": "mapping",
    "SheetReading": "tasks",
    "best_sheet": "guessing",
    "guess": "guessing",
    "open_workbook": "opening",
    "read_rows": "tasks",
}


def __getattr__(name: str) -> Any:
    """Loaded when it is asked for: whoever opens a workbook need not wait for what finds tasks."""
    if name not in _WHERE:
        raise AttributeError(f"module 'vanban.tasksheets' has no attribute {name!r}")
    return getattr(import_module(f"vanban.tasksheets.{_WHERE[name]}"), name)
