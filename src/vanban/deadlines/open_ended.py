"""Times without an end: work that goes on, that has only a beginning, or that waits for an event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.deadlines.dated import POINT, point
from vanban.deadlines.forms import Reader, reader, whole
from vanban.lexicon import fold
from vanban.values import Deadline

NOUNS = re.compile(
    r"(?:chi|kinh phí|nhiệm vụ|công việc|nguồn|vốn|dự toán|hoạt động|quan trọng,|ngân sách|sự nghiệp|không|chưa|lao động|thành viên|cuộc họp|họp|khoản)\s*$"
)
STARTED = r"(?:thực hiện|triển khai|áp dụng|bắt đầu|vận hành)"
EVENTS = r"(?:khó khăn|vướng mắc|phát sinh|vấn đề|bất cập|thay đổi)"
AMEND = r"(?:sửa đổi|bổ sung|điều chỉnh|thay đổi)"
NUMBER = r"(?:\d{1,3}|một|hai|ba|năm|bảy|mười)(?: \(\w+\))?"


ONGOING = whole(r"thường xuyên(?:\s*,\s*liên tục)?")


@reader("thường", "xuyên")
def read_ongoing(text: str, _: date | None) -> Iterator[Deadline]:
    """`thường xuyên` as an adverb of the ordered act; not `chi thường xuyên`, `nhiệm vụ thường xuyên của`."""
    for m in ONGOING.finditer(text):
        before, after = fold(text[max(0, m.start() - 24) : m.start()]), fold(text[m.end() : m.end() + 12])
        if not NOUNS.search(before) and not re.match(r"\s+của", after):
            yield Deadline(m[0], m.span(), "ongoing")


BEGINNING = whole(rf"(?P<act>{STARTED} )?(?:kể )?từ (?P<a>{POINT})(?!\s*(?:đến|tới|[-–—]|/))(?P<on> trở đi)?")


@reader("từ", digits=True)
def read_beginning(text: str, _: date | None) -> Iterator[Deadline]:
    """`từ năm 2024 trở đi`, `triển khai từ quý III/2024`: a beginning without an end."""
    for m in BEGINNING.finditer(text):
        since = point(m["a"]) if m["act"] or m["on"] else None
        if since:
            start = m.start() + len(m["act"] or "")
            yield Deadline(text[start : m.end()], (start, m.end()), "ongoing", start=since[0], sure=0.7)


CONDITIONS = (
    whole(
        r"(?:ngay )?sau khi (?:có|được|Trung ương|Chính phủ|cấp có thẩm quyền|(?-i:[A-ZĐ]))[^.;:,]{0,160}",
        "sau",
        cased=True,
    ),
    whole(
        r"sau khi [^.;:]{3,120}? được (?:cấp có thẩm quyền )?(?:phê duyệt|ban hành|thông qua|chấp thuận|công bố)",
        *("duyệt", "hành", "qua", "thuận", "bố"),
        cased=True,
    ),
    whole(rf"nếu (?:thấy )?cần(?: thiết| phải)*(?: {AMEND})*(?:, {AMEND}(?: Kế hoạch)?)*", "nếu", cased=True),
    whole(
        rf"(?:nếu|khi|trường hợp) (?:có |phát sinh |gặp |xảy ra )(?:\w+ ){{0,3}}?{EVENTS}(?:, {EVENTS})*",
        *("khăn", "mắc", "sinh", "đề", "cập", "đổi"),
        cased=True,
    ),
    whole(r"khi có (?:yêu cầu|hướng dẫn|văn bản|chỉ đạo|quyết định|chủ trương)[^.;:,]{0,160}", "khi", cased=True),
    whole(r"(?:khi|trong trường hợp|trường hợp) (?:thấy )?cần thiết", "thiết", cased=True),
    whole(r"(?:sau )?khi (?-i:[A-ZĐ_])[^.;:,]{0,80}? có hiệu lực(?: thi hành)?", "hiệu", cased=True),
)


@reader("khi|nếu|trường", cased=True)
def read_condition(text: str, _: date | None) -> Iterator[Deadline]:
    """`sau khi có hướng dẫn của …`, `nếu thấy cần sửa đổi, bổ sung`, `khi có yêu cầu`, `nếu có vướng mắc`: waits for an event."""
    for form in CONDITIONS:
        for m in form.finditer(text):
            yield _waits(m)


EVENT = r"(?:,? )(?:kể từ|tính từ|từ|sau) (?:ngày|khi)[^.;:,]{0,120}"
DAYS_AFTER = whole(
    rf"(?:trong |vòng |sau |chậm nhất |không quá |thời hạn |thời gian )*{NUMBER} (?:giờ|ngày|tháng)(?: làm việc)?{EVENT}"
)


@reader("từ|sau", "giờ|ngày|tháng", "ngày|khi")
def read_days_after(text: str, _: date | None) -> Iterator[Deadline]:
    """`sau 05 ngày làm việc kể từ ngày …`, `trong vòng 24 giờ kể từ khi …`, `trong thời hạn 15 ngày, …`: so long after an event."""
    for m in DAYS_AFTER.finditer(text):
        yield _waits(m)


def _waits(m: re.Match[str]) -> Deadline:
    raw = m[0].rstrip(" ,")
    return Deadline(raw, (m.start(), m.start() + len(raw)), "conditional", sure=0.85)


READERS: tuple[Reader, ...] = (read_ongoing, read_beginning, read_days_after, read_condition)
