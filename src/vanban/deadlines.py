"""When work is due: one reader for each written form, and which of several wins.

The readers take text whose citations are blanked out (`citations.masked`), so that the date of a decree is nobody's
deadline. `cell=True` reads the time column of a table, where a bare `2021` or `2023-2025` is a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from vanban.lexicon import DATE, day, fold, month_end, number
from vanban.values import Deadline, DeadlineKind

YEARLY = r"(?:hàng|hằng|mỗi|từng)\s+năm"
QUARTERS = ("I", "II", "III", "IV")
ORDER: tuple[DeadlineKind, ...] = ("by", "range", "recurring", "annual", "ongoing", "conditional")
Y = r"(?P<year>(?:19|20)\d\d)"
DONE = r"(?:(?:và\s+)?hoàn\s+thành\s+(?:(?:vào|trong|trước|đến|xong|chậm nhất)\s+)*)"
LATEST = r"(?:(?:chậm|muộn)\s+nhất\s+(?:là\s+)?(?:(?:vào|trước|đến|trong)\s+)?)"
BEFORE = r"trước\s+"
UNTIL = r"(?:đến\s+(?:hết\s+)?|hết\s+|xong\s+)"
LEAD_IN = rf"(?:{DONE}|{LATEST}|{BEFORE}|{UNTIL}|vào\s+|trong\s+|kể từ\s+)"


def find_deadlines(text: str, *, issued: date | None = None, cell: bool = False) -> list[Deadline]:
    """Every deadline that a text states, in order; `issued` supplies a year that the text leaves out.

    >>> [d.end for d in find_deadlines("Rà soát, hoàn thành trong quý II, năm 2015.")]
    [datetime.date(2015, 6, 30)]
    """
    found: list[Deadline] = []
    for reader in READERS:
        for deadline in reader(text, issued):
            if not any(d.span[0] < deadline.span[1] and deadline.span[0] < d.span[1] for d in found):
                found.append(deadline)
    if cell and not found:
        found.extend(read_bare(text, issued))
    return sorted(found, key=lambda d: d.span)


def choose(found: list[Deadline]) -> Deadline | None:
    """One task, one deadline: the most specific kind, of two of one kind the first."""
    return min(found, key=lambda d: (ORDER.index(d.kind), d.span), default=None)


def read_yearly_day(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trước ngày 15 tháng 12 hằng năm`, `định kỳ hàng năm (trước ngày 30/12)`, `ngày 25 hằng tháng`, `trước 20/12 mỗi năm`."""
    dom = r"(?:ngày\s+)?(?P<day>\d{1,2})\s*(?:/\s*|\s+tháng\s+)(?P<month>\d{1,2})(?![\d/])"
    forms = (
        rf"(?:định\s+kỳ\s+)?{YEARLY}\s*[,(]?\s*(?:chậm\s+nhất\s+(?:là\s+)?)?(?:vào\s+)?(?:trước\s+)?{dom}\s*\)?",
        rf"(?:chậm\s+nhất\s+(?:là\s+)?|trước\s+|vào\s+)*{dom}\s*,?\s*(?:của\s+)?{YEARLY}",
    )
    for form in forms:
        for m in _all(form, text):
            yield _rule(m, f"FREQ=YEARLY;BYMONTH={int(m['month'])};BYMONTHDAY={int(m['day'])}")
    monthly = (
        r"(?:chậm\s+nhất\s+(?:là\s+)?|trước\s+|vào\s+)*ngày\s+(?P<day>\d{1,2})\s+(?:của\s+)?(?:hàng|hằng|mỗi)\s+tháng"
    )
    for m in _all(monthly, text):
        yield _rule(m, f"FREQ=MONTHLY;BYMONTHDAY={int(m['day'])}")
    last_of_quarter = r"(?:trước\s+|vào\s+)?ngày\s+(?P<day>\d{1,2})\s+(?:của\s+)?tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+|hàng\s+|hằng\s+)?quý"
    for m in _all(last_of_quarter, text):
        yield _rule(m, f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={int(m['day'])}")


def read_yearly_period(text: str, issued: date | None) -> Iterator[Deadline]:
    """`quý IV hằng năm`, `trước tháng 11 hàng năm`, `tháng 12 hằng năm`: each year, in that month."""
    for m in _all(
        rf"(?:trong\s+|vào\s+|trước\s+)?quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])\s*,?\s*(?:của\s+)?{YEARLY}", text
    ):
        yield _rule(m, f"FREQ=YEARLY;BYMONTH={3 * _quarter(m['quarter'])}")
    for m in _all(rf"(?:trong\s+|vào\s+|trước\s+)?tháng\s+(?P<month>\d{{1,2}})\s*,?\s*(?:của\s+)?{YEARLY}", text):
        yield _rule(m, f"FREQ=YEARLY;BYMONTH={int(m['month'])}")


def read_every(text: str, issued: date | None) -> Iterator[Deadline]:
    """`hai năm một lần`, `định kỳ 6 tháng`, `hàng quý, năm`, `hằng tháng`, `hàng tuần`; not `định kỳ hàng năm, 3 năm`."""
    amount = r"(?P<count>\d{1,2}|một|hai|ba|bốn|năm|sáu)"
    for m in _all(
        rf"(?:định\s+kỳ\s+)?(?:mỗi\s+)?{amount}\s+(?P<unit>năm|tháng|quý|tuần)(?:/|\s+)(?:một|1)\s+lần", text
    ):
        yield _rule(m, _every(m["unit"], int(number(m["count"]) or 1)))
    for m in _all(
        rf"(?:định\s+kỳ\s+)?(?:hàng|hằng|mỗi)\s+(?P<unit>quý|tháng|tuần)(?:\s*,\s*(?:(?:6|sáu)\s+tháng|{YEARLY}|năm)(?!\s+\d)|\s+và\s+(?:{YEARLY}|năm)(?!\s+\d))*",
        text,
    ):
        yield _rule(m, _every(m["unit"], 1))
    for m in _all(
        rf"định\s+kỳ\s+{amount}\s+(?P<unit>tháng|quý|tuần)(?:\s*,\s*(?:{YEARLY}|(?:1\s+|một\s+)?năm))*", text
    ):
        yield _rule(m, _every(m["unit"], int(number(m["count"]) or 1)))
    for m in _all(
        rf"(?<!đầu\s)(?<!cuối\s)(?:6|sáu)\s+tháng\s*(?:,|và)\s*(?:{YEARLY}|(?:1\s+|một\s+)?năm)(?!\s+\d)", text
    ):
        yield _rule(m, _every("tháng", 6))


def read_annual(text: str, issued: date | None) -> Iterator[Deadline]:
    """`hằng năm`, `định kỳ hàng năm, 3 năm, 5 năm`, `mỗi năm`."""
    for m in _all(rf"(?:định\s+kỳ\s+)?{YEARLY}(?:\s*,\s*\d\s+năm)*", text):
        yield Deadline(m[0], m.span(), "annual")


def read_day(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trước ngày 30/6/2024`, `chậm nhất ngày 15 tháng 3 năm 2024`, `hoàn thành trước 01/12/2025`, `đến hết ngày …`."""
    for m in _all(rf"{LEAD_IN}+(?:ngày\s+)?{DATE}", text):
        if end := day(int(m["year"]), int(m["month"]), int(m["day"])):
            yield _by(m, end)
    for m in _all(rf"{LEAD_IN}+ngày\s+(?P<day>\d{{1,2}})\s*/\s*(?P<month>\d{{1,2}})(?![\d/])", text):
        if issued and (end := day(issued.year, int(m["month"]), int(m["day"]))):
            yield _by(m, end, sure=0.6)


def read_span(text: str, issued: date | None) -> Iterator[Deadline]:
    """`từ năm 2021 đến năm 2025`, `trong các năm 2023-2025`, `thời gian thực hiện: giai đoạn 2021 - 2025`."""
    forms = (
        rf"từ\s+(?:năm\s+)?(?P<start>20\d\d)\s*(?:đến|-|–)\s*(?:hết\s+)?(?:năm\s+)?{Y}(?!\d)",
        rf"(?:trong\s+(?:các\s+năm|2 năm|3 năm)\s+|thực\s+hiện\s+(?:trong\s+)?(?:các\s+)?năm\s+)(?P<start>20\d\d)\s*[-–]\s*{Y}",
    )
    for form in forms:
        for m in _all(form, text):
            yield from _range(m)


def read_quarter(text: str, issued: date | None) -> Iterator[Deadline]:
    """`quý II, năm 2015`, `hoàn thành trong quý IV/2023`, `trước quý III năm 2024`: due on the quarter's last day."""
    quarters = r"quý\s+(?:(?:IV|I{1,3}|[1-4])\s*(?:,|và|-|–)\s*)*(?P<quarter>IV|I{1,3}|[1-4])"
    for m in _all(rf"{LEAD_IN}*{quarters}\s*(?:/|,?\s*(?:của\s+)?năm\s+|-\s*|\s+){Y}(?!\d)", text):
        yield _by(m, _shift(month_end(int(m["year"]), 3 * _quarter(m["quarter"])), m, 3))
    for m in _all(rf"{LEAD_IN}+{quarters}(?!\s*(?:/|hàng|hằng))(?!\w)", text):
        if issued:
            yield _by(m, month_end(issued.year, 3 * _quarter(m["quarter"])), sure=0.6)


def read_month(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trong tháng 6 năm 2024`, `trước tháng 9/2024`, `tháng 12/2023`."""
    for m in _all(rf"{LEAD_IN}*(?<!ngày\s)tháng\s+(?P<month>0?[1-9]|1[0-2])\s*(?:/|-|,?\s*năm\s+){Y}(?!\d)", text):
        if not re.search(r"ngày\s+\d{1,2}\s+$", text[: m.start()]):
            yield _by(m, _shift(month_end(int(m["year"]), int(m["month"])), m, 1))


def read_half(text: str, issued: date | None) -> Iterator[Deadline]:
    """`6 tháng đầu năm 2024`, `cuối năm 2025`, `đầu năm 2024`, `giữa năm 2023`."""
    for m in _all(rf"{LEAD_IN}*(?P<part>(?:6|sáu)\s+tháng\s+(?:đầu|cuối)|cuối|giữa|đầu)\s+năm\s+{Y}(?!\d)", text):
        part = fold(m["part"])
        months = {"đầu": 3, "giữa": 6, "cuối": 12}
        month = 6 if part.endswith("tháng đầu") else months[part.split()[-1]]
        yield _by(m, month_end(int(m["year"]), month))


def read_year(text: str, issued: date | None) -> Iterator[Deadline]:
    """`hoàn thành trong năm 2015`, `trước năm 2025` (ends 2024-12-31), `trong năm 2024`, `đến hết năm 2025`."""
    firm = rf"(?:{DONE}(?:{BEFORE}|{UNTIL})?|{LATEST}|{BEFORE}|đến\s+hết\s+|hết\s+|(?:ngay\s+)?trong\s+|(?:xong|kết thúc)\s+(?:trong\s+|vào\s+)?)"
    for m in _all(rf"{firm}năm\s+{Y}(?!\d|\s*[-–]\s*\d)", text):
        yield _by(m, _shift(date(int(m["year"]), 12, 31), m, 12))


def read_ongoing(text: str, issued: date | None) -> Iterator[Deadline]:
    """`thường xuyên` as an adverb of the ordered act; not `chi thường xuyên`, `nhiệm vụ thường xuyên của`."""
    for m in _all(r"thường\s+xuyên(?:\s*,\s*liên\s+tục)?", text):
        before, after = fold(text[: m.start()])[-24:], fold(text[m.end() :])[:12]
        noun = re.search(
            r"(?:chi|kinh phí|nhiệm vụ|công việc|nguồn|vốn|dự toán|hoạt động|quan trọng,|chi ngân sách|sự nghiệp)\s*$",
            before,
        )
        if not noun and not re.match(r"\s+(?:của|và\s+đột\s+xuất)", after):
            yield Deadline(m[0], m.span(), "ongoing")


def read_condition(text: str, issued: date | None) -> Iterator[Deadline]:
    """`sau khi có hướng dẫn của …`, `nếu thấy cần sửa đổi, bổ sung`, `khi có yêu cầu`: waits for an event."""
    forms = (
        r"(?<!\w)(?:ngay\s+)?sau\s+khi\s+(?:có|được|Trung\s+ương|Chính\s+phủ|cấp\s+có\s+thẩm\s+quyền|(?-i:[A-ZĐ]))[^.;:]*",
        r"(?<!\w)nếu\s+(?:thấy\s+)?cần(?:\s+(?:thiết|phải))*(?:\s+(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh|thay\s+đổi))*(?:\s*,\s*(?:sửa\s+đổi|bổ\s+sung|điều\s+chỉnh)(?:\s+Kế\s+hoạch)?)*",
        r"(?<!\w)khi\s+có\s+(?:yêu\s+cầu|hướng\s+dẫn|văn\s+bản|chỉ\s+đạo|quyết\s+định|chủ\s+trương)[^.;:,]*",
    )
    for form in forms:
        for m in _all(form, text):
            raw = m[0].rstrip(" ,")
            yield Deadline(raw, (m.start(), m.start() + len(raw)), "conditional", sure=0.85)


def read_bare(text: str, issued: date | None) -> Iterator[Deadline]:
    """A time cell alone: `2021`, `Năm 2023`, `2023-2025`, `Giai đoạn 2021 - 2025`, `30/6/2024`, `12/2023`, `Quý IV`."""
    for m in _all(rf"(?:giai\s+đoạn\s+|từ\s+)?(?:năm\s+)?(?P<start>20\d\d)\s*(?:-|–|đến)\s*(?:năm\s+)?{Y}(?!\d)", text):
        yield from _range(m)
        return
    for m in _all(rf"(?:ngày\s+)?{DATE}", text):
        if end := day(int(m["year"]), int(m["month"]), int(m["day"])):
            yield _by(m, end)
            return
    for m in _all(rf"(?<![\d/])(?P<month>0?[1-9]|1[0-2])\s*/\s*{Y}(?!\d)", text):
        yield _by(m, month_end(int(m["year"]), int(m["month"])))
        return
    for m in _all(r"quý\s+(?:(?:IV|I{1,3})\s*[,-]\s*)*(?P<quarter>IV|I{1,3}|[1-4])(?!\w)", text):
        if issued:
            yield _by(m, month_end(issued.year, 3 * _quarter(m["quarter"])), sure=0.6)
            return
    for m in _all(rf"(?:năm\s+)?(?<![\d/.-]){Y}(?![\d/-])", text):
        if re.search(r"(?:và|các)\s+(?:những\s+)?năm\s+(?:tiếp\s+theo|sau)", text[m.end() :]):
            yield Deadline(text.strip(), (0, len(text)), "annual", sure=0.7)
        else:
            yield _by(m, date(int(m["year"]), 12, 31))
        return


Reader = Callable[[str, date | None], Iterator[Deadline]]
READERS: tuple[Reader, ...] = (
    read_yearly_day,
    read_yearly_period,
    read_every,
    read_annual,
    read_day,
    read_span,
    read_quarter,
    read_month,
    read_half,
    read_year,
    read_ongoing,
    read_condition,
)


def _all(form: str, text: str) -> Iterator[re.Match[str]]:
    return _compiled(form).finditer(text)


@cache
def _compiled(form: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){form}", re.I)


def _quarter(numeral: str) -> int:
    return QUARTERS.index(numeral.upper()) + 1 if numeral.upper() in QUARTERS else int(numeral)


def _shift(end: date, m: re.Match[str], months: int) -> date:
    """`trước tháng 9/2024` is due on the last day of August."""
    if not re.search(r"trước\s+(?:năm|quý|tháng)\s", m[0], re.I):
        return end
    month = end.month - months
    return month_end(end.year, month) if month > 0 else month_end(end.year - 1, 12 + month)


def _by(m: re.Match[str], end: date, sure: float = 1.0) -> Deadline:
    return Deadline(m[0], m.span(), "by", end=end, sure=sure)


def _range(m: re.Match[str]) -> Iterator[Deadline]:
    start, end = date(int(m["start"]), 1, 1), date(int(m["year"]), 12, 31)
    if start < end:
        yield Deadline(m[0], m.span(), "range", start=start, end=end)


def _rule(m: re.Match[str], rule: str) -> Deadline:
    return Deadline(m[0], m.span(), "recurring", rule=rule)


def _every(unit: str, count: int) -> str:
    frequency, step = {"năm": ("YEARLY", 1), "quý": ("MONTHLY", 3), "tháng": ("MONTHLY", 1), "tuần": ("WEEKLY", 1)}[
        fold(unit)
    ]
    return f"FREQ={frequency}" + (f";INTERVAL={step * count}" if step * count > 1 else "")
