"""The sheets of the workbook and their columns, as data. In Vietnamese whatever the language of the page: it goes to offices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256

from vanban.tasksheets.cells import clean

PARTED = " · "  # between a name and its code: `Sở Tài chính · so-tc`
MARK = "mark"  # of the hidden column that tells whether a row was edited, here or in the database
Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Column:
    key: str
    title: str
    width: int  # in characters
    note: str  # what to write there
    day: bool = False
    choices: str = ""  # the list of the sheet `Danh mục` that the cell is chosen from
    must: bool = False


@dataclass(frozen=True, slots=True)
class SheetForm:
    key: str
    name: str
    columns: tuple[Column, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says something: its number in Excel, its cells by the keys of their columns."""

    number: int
    cells: Cells

    def get(self, key: str) -> str:
        return self.cells.get(key, "")


@dataclass(frozen=True, slots=True)
class SheetRows:
    """The rows of a sheet, the letters of its columns, and the cells whose formula came to an error."""

    form: SheetForm
    rows: tuple[Row, ...] = ()
    letters: Cells = field(default_factory=dict)
    broken: tuple[tuple[int, str, str], ...] = ()  # row, key of the column, error


AGENCIES = SheetForm(
    "agencies",
    "Cơ quan",
    (
        Column("key", "Mã cơ quan", 24, "Không sửa mã đã có. Để trống khi thêm cơ quan: chương trình tự đặt mã."),
        Column("name", "Tên cơ quan", 44, "Tên đầy đủ như trên văn bản.", must=True),
        Column("aliases", "Tên gọi khác", 28, "Tên viết tắt, tên cũ; cách nhau bằng dấu chấm phẩy."),
        Column("kind", "Loại cơ quan", 34, "Chọn trong danh sách. Không đổi loại của cơ quan đã có.",
               choices="kinds", must=True),
        Column("unit", "Đơn vị hành chính", 30, "Tỉnh hoặc xã mà cơ quan phục vụ: chọn, hoặc viết tên hay mã. "
               "Không đổi với cơ quan đã có.", choices="units", must=True),
        Column("parent", "Cơ quan cấp trên", 40, "Mã hoặc tên cơ quan; để trống nếu không có.", choices="agencies"),
        Column("seat", "Trụ sở", 28, "Xã, phường nơi đặt trụ sở; để trống nếu không rõ.", choices="units"),
        Column("starts", "Từ ngày", 13, "Ngày đầu tiên, dạng 01/03/2025.", day=True, must=True),
        Column("ends", "Đến hết ngày", 13, "Ngày cuối cùng; để trống nếu còn hoạt động.", day=True),
        Column("successor", "Cơ quan kế thừa", 40, "Cơ quan nhận nhiệm vụ khi cơ quan này kết thúc hoặc giao lại một "
               "lĩnh vực. Có nhiều cơ quan kế thừa thì thêm dòng cùng mã.", choices="agencies"),
        Column("on", "Ngày kế thừa", 13, "Ngày đầu tiên cơ quan kế thừa nhận việc: ngày sau “Đến hết ngày”.", day=True),
        Column("field", "Lĩnh vực", 24, "Chỉ ghi khi cơ quan kế thừa nhận một phần việc, ví dụ: giảm nghèo."),
        Column("basis", "Căn cứ", 40, "Văn bản quyết định việc kế thừa: số, ngày, cơ quan ban hành."),
    ),
)  # fmt: skip
PEOPLE = SheetForm(
    "people",
    "Nhân sự",
    (
        Column("username", "Tên đăng nhập", 22, "Chữ thường không dấu, ví dụ nguyen.van.an. Không sửa tên đã có.",
               must=True),
        Column("name", "Họ và tên", 28, "Họ tên đầy đủ. Mọi dòng của một người ghi giống nhau.", must=True),
        Column("agency", "Cơ quan", 46, "Chọn trong danh sách, hoặc viết mã hay tên đầy đủ.", choices="agencies",
               must=True),
        Column("role", "Vai trò", 26, "Chọn trong danh sách.", choices="roles", must=True),
        Column("title", "Chức danh", 26, "Ví dụ Trưởng phòng; để trống nếu không cần."),
        Column("starts", "Từ ngày", 13, "Ngày nhận việc, dạng 01/03/2025; để trống nếu không rõ.", day=True),
        Column("ends", "Đến hết ngày", 13, "Ngày cuối cùng giữ vị trí; sau ngày này người đó hết quyền.", day=True),
        Column("phone", "Điện thoại", 16, "Luôn để trống khi tải về. Chỉ ghi khi cần thêm hoặc sửa số."),
        Column("email", "Thư điện tử", 28, "Luôn để trống khi tải về. Chỉ ghi khi cần thêm hoặc sửa địa chỉ."),
    ),
)  # fmt: skip
FORMS = (AGENCIES, PEOPLE)
MARK_TITLE = "Dấu kiểm tra"
LISTS = {"agencies": "Cơ quan", "kinds": "Loại cơ quan", "units": "Đơn vị hành chính", "roles": "Vai trò"}
LISTS_SHEET, GUIDE_SHEET = "Danh mục", "Hướng dẫn"


def named(name: str, code: str) -> str:
    """
    >>> named("Sở Tài chính", "so-tc")
    'Sở Tài chính · so-tc'
    """
    return f"{name}{PARTED}{code}"


def code_of(text: str) -> str:
    """The code of a choice, or what somebody typed instead of choosing.

    >>> code_of("Sở Tài chính · so-tc"), code_of("Sở Tài chính")
    ('so-tc', 'Sở Tài chính')
    """
    return text.rpartition(PARTED)[2].strip()


def mark_of(form: SheetForm, rows: Iterable[Cells]) -> str:
    """What the cells of one thing come to; of a choice only its code counts, for names change.

    >>> mark_of(PEOPLE, [{"agency": "Sở Tài chính · so-tc/19"}]) == mark_of(PEOPLE, [{"agency": "so-tc/19"}])
    True
    """
    said = (_said(column, cells) for cells in rows for column in form.columns)
    return sha256("\x1f".join(said).encode()).hexdigest()[:16]


def _said(column: Column, cells: Cells) -> str:
    text = clean(cells.get(column.key, ""))
    return code_of(text) if column.choices else text
