"""Where the title (trích yếu) of a cited document ends and the sentence that cites it goes on."""

from __future__ import annotations

import re

from vanban.bodies import opening
from vanban.lexicon import starts_with_verb

OPENS = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?(?:về|quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn|triển khai thực hiện|thực hiện|Hội nghị)(?!\w)"
)
# Marks end a title anywhere; a time, an order, a purpose where a comma stands before it; some times by themselves.
STOPS = re.compile(
    r"[;:()“”\"]|\.(?!\d)|(?P<comma>,\s+)|\s+(?=(?:trước ngày|chậm nhất|xong trước|hoàn thành (?:trước|trong)|trong quý|trong tháng)(?!\w))",
    re.I,
)
GOES_ON = re.compile(
    r"(?:hoàn thành|trước|chậm nhất|định kỳ|hằng năm|hàng năm|trong (?:năm|quý|tháng)|báo cáo|gửi|thời gian|tham mưu|chủ trì|phối hợp với|"
    r"yêu cầu|đề nghị|giao|đồng thời|trong đó|nhằm|góp phần|gắn với|đảm bảo|bảo đảm|rà soát|lồng ghép|xây dựng kế hoạch)(?!\w)",
    re.I,
)
ACTS = re.compile(
    r"\s*(?:có trách nhiệm|chịu trách nhiệm|chủ động|tiếp tục|phải|cần|đã|khẩn trương|nghiêm túc|căn cứ|theo chức năng)(?!\w)",
    re.I,
)
LISTED = re.compile(r"(?:[\s,]|và)*")
WINDOW, LONGEST = 240, 1_000  # characters of a clause looked at, of a title


def title_end(text: str, at: int) -> int:
    """The offset behind the title that begins at `at`, or `at` where none does.

    >>> text = "Theo Đề án số 24-ĐA/TU về đổi mới, phát triển hợp tác xã, Sở Tài chính chủ trì tham mưu."
    >>> text[: title_end(text, text.index(" về"))]
    'Theo Đề án số 24-ĐA/TU về đổi mới, phát triển hợp tác xã'
    """
    opening = OPENS.match(text, at)
    if not opening:
        return at
    limit = min(len(text), at + LONGEST)
    for stop in STOPS.finditer(text, opening.end(), limit):
        closing = text.find("”", stop.end(), limit) if stop[0] == "“" else -1
        if closing > 0:  # `phê duyệt “Chương trình …”`
            return closing + 1
        if not stop["comma"] or GOES_ON.match(text, stop.end()) or _body_acts(text[stop.end() : stop.end() + WINDOW]):
            return at + len(text[at : stop.start()].rstrip())
    return limit


def _body_acts(text: str) -> bool:
    """The text opens with one body or several, and goes on with what they do."""
    end = 0
    for body in opening(text):
        if not LISTED.fullmatch(text, end, body.span[0]):
            break
        end = body.span[1]
    rest = text[end:]
    return bool(end) and (starts_with_verb(rest.lstrip(" ,")) or bool(ACTS.match(rest)))
