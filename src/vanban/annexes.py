"""Task tables: which column holds what, and each row as an item of the outline.

Column names are free: `Nội dung công việc`, `Nhiệm vụ cụ thể`, `Cơ quan chủ trì thực hiện`, `Thời gian`, `Kết quả`…
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from vanban.lexicon import fold, roman
from vanban.values import Item, Passage, Row, Table, Where

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("note", re.compile(r"được\s+(?:kiểm tra|giám sát|thanh tra|hỗ trợ|thụ hưởng|khảo sát)|thụ hưởng|đối tượng|chỉ tiêu|đơn vị tính|^đvt$|(?:thời gian|năm|ngày) thành lập")),
    ("coordinate", re.compile(r"phối\s+hợp|tham gia|hỗ trợ thực hiện|cùng (?:làm|thực hiện)")),
    ("deliverable", re.compile(r"sản phẩm|kết quả|đầu ra|hình thức văn bản|dự kiến hoàn thành sản phẩm")),
    ("time", re.compile(r"thời\s+(?:gian|hạn|điểm)|tiến độ|hoàn thành|thời kỳ|lộ trình|năm thực hiện|xong trước|hạn (?:cuối|chót)|^hạn$")),
    ("lead", re.compile(r"chủ\s+trì|đơn vị thực hiện|cơ quan thực hiện|đơn vị|cơ quan|phụ trách|đầu mối|trách nhiệm|phân công|người thực hiện|bộ phận")),
    ("task", re.compile(r"nhiệm vụ|nội dung|công việc|giải pháp|hoạt động|tên (?:đề án|văn bản|chương trình)|danh mục|hạng mục|tên(?! (?:hợp tác xã|htx|tổ hợp tác|đơn vị|doanh nghiệp|mô hình|chủ thể|cơ sở|xã|huyện|thành viên))")),
    ("number", re.compile(r"^(?:số\s+)?(?:tt|stt|thứ tự|số thứ tự|tt\.)$")),
    ("note", re.compile(r"ghi chú|kinh phí|nguồn (?:vốn|lực)|căn cứ|cấp trình|lãnh đạo")),
)  # fmt: skip
COLUMN_NUMBER = re.compile(r"\(?\d{1,2}\)?|\(?[A-Z]\)?")
HEADER_ROWS = 3


def columns(table: Table) -> tuple[str, ...]:
    """The role of each column, "" where its name says nothing: number, task, lead, coordinate, deliverable, time."""
    header = table.rows[: _header_height(table)]
    width = max(len(row.cells) for row in table.rows)
    roles: list[str] = []
    for column in range(width):
        name = " ".join(dict.fromkeys(row.cells[column].text for row in header if column < len(row.cells)))
        role = role_of(name)
        roles.append(role if role not in roles or role in ("", "note") else "")
    return _completed(table, roles)


@lru_cache(maxsize=1024)
def role_of(name: str) -> str:
    """What a column of this name holds: number, task, lead, coordinate, deliverable, time, note; "" where it says nothing."""
    name = fold(name).replace("\n", " ").strip(" .:*")
    if re.fullmatch(ROLES[-2][1], name):
        return "number"
    return next((role for role, form in ROLES if form.search(name)), "")


def _completed(table: Table, roles: list[str]) -> tuple[str, ...]:
    """Without a column named for tasks, the unnamed one with the longest text holds them."""
    if "task" in roles:
        return tuple(roles)
    free = [i for i, role in enumerate(roles) if role in ("", "note")]
    if free and {"lead", "time"} & set(roles):
        size = {i: sum(len(row.cells[i]) for row in table.rows if i < len(row.cells)) for i in free}
        roles[max(free, key=size.__getitem__)] = "task"
    return tuple(roles)


def _header_height(table: Table) -> int:
    height = 0
    for row in table.rows[:HEADER_ROWS]:
        names = [c.text for c in row.cells if c]
        if height and (_is_number(row.cells[0].text) or any(len(n) > 60 for n in names)):
            break
        if sum(bool(role_of(n)) for n in names) * 2 < len(names) and not is_ruler(names):
            break
        height += 1
    return height


def is_ruler(names: list[str]) -> bool:
    """The row under a header that numbers its columns: (1) (2) (3)."""
    return len(names) > 1 and all(map(COLUMN_NUMBER.fullmatch, names))


def is_task_table(table: Table) -> bool:
    """A table that gives work to somebody: a column for it and one for who, or when."""
    if not table.rows or not _header_height(table):
        return False
    roles = set(columns(table))
    return "task" in roles and bool({"lead", "coordinate", "time"} & roles) and ("lead" in roles or "time" in roles)


def row_items(table: Table, roles: tuple[str, ...], index: int, at: str, where: Where) -> Iterator[Item]:
    """Rows as items: a row that only has a title is a section, and the rows below it belong to it."""
    rows = [row for row in table.rows[_header_height(table) :] if any(row.cells) and not is_ruler(_texts(row))]
    numbers = [dict(_by_role(row, roles)).get("number", _EMPTY).text.strip(" .)") for row in rows]
    open_sections: list[tuple[int | None, str]] = [(None, at)]
    counts: dict[str, int] = {}
    parts = False  # the open section has parts, `1.1` or `a`, not a list of its own
    for row, number, following in zip(rows, numbers, (*numbers[1:], "")[: len(rows)], strict=True):
        cells = dict(_by_role(row, roles))
        title = _only_title(row, roles)
        if title and opens_section(number, following, title.text):
            del open_sections[2 if len(open_sections) > 1 and not _top(number, title.text) else 1 :]
            parent, place = open_sections[-1]
            place = _join(place, number or f"§{index}")
            open_sections.append((index, place))
            parts = number.isdigit() and (following.startswith(f"{number}.") or following.isalpha())
            yield Item(index, place, parent, "row", number, title, where, bold=True)
            index += 1
        elif task := cells.get("task"):
            if number.isdigit() and parts and len(open_sections) > 1:
                open_sections.pop()  # `2` behind `1`, `1.1`, `1.2`
                parts = False
            parent, place = open_sections[-1]
            counts[place] = counts.get(place, 0) + (not number)
            found = tuple((role, cell) for role, cell in cells.items() if cell)
            yield Item(
                index, _join(place, number or f"¶{counts[place]}"), parent, "row", number, task, where, cells=found
            )
            index += 1


AIM = re.compile(r"(?:mục tiêu|chỉ tiêu|kế hoạch|phấn đấu|dự kiến|đến)(?:\s+đến)?(?:\s+(?:hết|cuối))?\s+năm\s+(20\d\d)")


def aim_columns(table: Table) -> tuple[int, int | None, dict[int, str]] | None:
    """Of a table of aims: the column of what is measured, that of its unit, and those that say how much by which year.

    `Chỉ tiêu | Đơn vị tính | Thực hiện năm 2025 | Mục tiêu năm 2030`: what is or was is no aim. None of other tables.
    """
    if not table.rows or _is_number(table.rows[0].cells[0].text):
        return None
    names = [fold(cell.text).strip(" .:*") for cell in table.rows[0].cells]
    measured = next((i for i, name in enumerate(names) if re.match(r"(?:tên |các )?chỉ tiêu(?! năm)", name)), None)
    unit = next((i for i, name in enumerate(names) if re.match(r"đơn vị(?: tính)?$|đvt$", name)), None)
    aims = {i: m[1] for i, name in enumerate(names) if i != measured and (m := AIM.search(name))}
    return (measured, unit, aims) if measured is not None and aims else None


def aim_items(table: Table, index: int, at: str, where: Where) -> Iterator[Item]:
    """Rows of a table of aims: the item is the row's name; its cells are `unit` and, for each year, `aim 2030`."""
    found = aim_columns(table)
    measured, unit, aims = found or (0, None, {})
    for row in table.rows[1:]:
        cells = [(f"aim {year}", row.cells[i]) for i, year in aims.items() if i < len(row.cells) and row.cells[i]]
        if cells and measured < len(row.cells) and row.cells[measured]:
            if unit is not None and row.cells[unit]:
                cells.insert(0, ("unit", row.cells[unit]))
            number = row.cells[0].text.strip(" .)") if measured else ""
            place = _join(at, number or f"¶{index}")
            yield Item(index, place, None, "row", number, row.cells[measured], where, cells=tuple(cells))
            index += 1


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell]


_EMPTY = Passage("", (), ())


def _join(at: str, label: str) -> str:
    return f"{at}/{label}" if at else label


def _by_role(row: Row, roles: tuple[str, ...]) -> Iterator[tuple[str, Passage]]:
    """The cells of a row; what stands in columns whose name says nothing is `unknown`."""
    for role, cell in zip(roles, row.cells, strict=False):
        yield role or "unknown", cell


def _only_title(row: Row, roles: tuple[str, ...]) -> Passage | None:
    """The one text of a row that says nothing of who and when; it may be spread over merged cells."""
    texts = [cell for i, cell in enumerate(row.cells) if cell and (i >= len(roles) or roles[i] != "number")]
    return texts[0] if len({cell.text for cell in texts}) == 1 else None


def opens_section(number: str, following: str, title: str) -> bool:
    """`II` and `A` do; so does a line in capitals, and `3` before `3.1`, `a` or a list that starts anew."""
    if not number or roman(number) or re.fullmatch(r"[A-HĐ]", number) or title.isupper():
        return True
    return following.startswith(f"{number}.") or following in ("a", "-", "+") or (following == "1" and number != "0")


def _top(number: str, title: str) -> bool:
    return bool(roman(number) or re.fullmatch(r"[A-HĐ]", number)) or title.isupper()


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\(?[\dIVXLCa-z]{1,5}(?:\.\d{1,2}){0,3}[.)]?", text.strip()))
