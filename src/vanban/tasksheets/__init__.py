"""Task sheets that offices keep (bảng phân công nhiệm vụ): Excel, OpenDocument or CSV, any columns in any order.

>>> book = open_workbook("TT;Nhiệm vụ;Chủ trì;Hạn\\n1;Rà soát hợp tác xã;Sở Tài chính;30/6/2025\\n".encode(), "a.csv")
>>> sheet = book.sheets[best_sheet(book)]
>>> mapping = guess(sheet)
>>> [column.role for column in mapping.columns]
['number', 'text', 'lead', 'deadline']
>>> [(task.at, task.lead, task.deadline.end) for task in read_rows(sheet, mapping).tasks]
[('1', ('so-tc',), datetime.date(2025, 6, 30))]
"""

from vanban.tasksheets.guessing import best_sheet, guess
from vanban.tasksheets.mapping import Mapping
from vanban.tasksheets.opening import open_workbook
from vanban.tasksheets.tasks import SheetReading, read_rows

__all__ = ["Mapping", "SheetReading", "best_sheet", "guess", "open_workbook", "read_rows"]
