"""Times as the time column of a table words them: bare, because the column says what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from vanban.deadlines.dated import POINT, between, nearest_day, part_end, span_of_years
from vanban.deadlines.forms import (
    DAY_MONTH,
    GUESSED,
    MONTHS,
    QUARTERS,
    YEAR,
    M,
    Q,
    Reader,
    by,
    months,
    nearest,
    quarters,
    reader,
    whole,
)
from vanban.lexicon import DATE, day, month_end
from vanban.values import Deadline

STOP = r"(?![\d/-])"
YEARS_ONLY = re.compile(r"(?:từ\s+)?(?:năm\s+)?\d{4}\W+(?:đến\s+)?(?:năm\s+)?\d{4}", re.I)
FREE = r"(?<![\d/.-])"


SPAN = whole(rf"(?:từ )?(?P<a>{POINT})\s*(?:đến|tới|[-–—])\s*(?:hết |cuối )?(?P<b>{POINT})")


@reader(digits=True)
def read_span(text: str, _: date | None) -> Iterator[Deadline]:
    """`Quý I/2024 - Quý IV/2025`, `01/2024-12/2024`, `01/4/2024 đến 30/6/2024`: both ends say their year, and more."""
    for m in SPAN.finditer(text):
        if all(re.search(r"20\d\d", m[end]) for end in "ab") and not YEARS_ONLY.fullmatch(m[0]):
            yield from between(m)


YEARS = whole(
    rf"(?:giai đoạn |các năm |từ )?(?:năm )?{FREE}(?P<start>20\d\d)(?:\s*[,;]\s*20\d\d)*\s*(?:-|–|—|đến|,|;|và)\s*(?:năm )?{YEAR}"
)


@reader("20", digits=True, core=r"20\d\d\s*(?:[-–—,;]|đến|và)")
def read_years(text: str, _: date | None) -> Iterator[Deadline]:
    """`2023-2025`, `Giai đoạn 2021 - 2025`, `Năm 2024, 2025`."""
    for m in YEARS.finditer(text):
        yield from span_of_years(m)


ONWARDS = whole(rf"(?:từ )?(?:năm )?{FREE}20\d\d(?:\s*[-–]\s*20\d\d)? và (?:các |những )?năm (?:tiếp theo|sau|tới)")
SINCE = whole(rf"(?P<edge>từ|sau) (?:năm )?{YEAR}{STOP}(?!\s*(?:đến|[-–—]))(?: trở đi)?")


@reader(digits=True, core=r"20\d\d\s+và\s|(?:từ|sau)\s")
def read_onwards(text: str, _: date | None) -> Iterator[Deadline]:
    """`2024 và các năm tiếp theo`, `Từ năm 2024`, `Sau năm 2025`: a beginning without an end."""
    for m in ONWARDS.finditer(text):
        yield Deadline(m[0], m.span(), "annual", sure=0.7)
    for m in SINCE.finditer(text):
        start = date(int(m["year"]) + (m["edge"].lower() == "sau"), 1, 1)
        yield Deadline(m[0], m.span(), "ongoing", start=start, sure=0.7)


DAY_OF_YEAR = whole(rf"(?:ngày )?{FREE}{DATE}(?!\d)")
DAY = whole(rf"(?:ngày |trước )*{FREE}{DAY_MONTH}")


@reader(digits=True, core=r"\d\s*(?:[/.-]\s*\d|tháng\s)")
def read_day(text: str, issued: date | None) -> Iterator[Deadline]:
    """`30/6/2024`, `Ngày 30 tháng 6 năm 2024`, `15/11` (in the year of issue)."""
    for m in DAY_OF_YEAR.finditer(text):
        if end := day(int(m["year"]), int(m["month"]), int(m["day"])):
            yield by(m, end)
    for m in DAY.finditer(text):
        if end := nearest_day(issued, m):
            yield by(m, end, GUESSED)


MONTH_OF_YEAR = whole(rf"t?{FREE}(?P<month>{M})\s*/\s*{YEAR}")
MONTH = whole(MONTHS)


@reader(digits=True, core=r"\d\s*/\s*(?:19|20)\d|tháng\s+\d")
def read_month(text: str, issued: date | None) -> Iterator[Deadline]:
    """`12/2023`, `T3/2024`, `Tháng 3` (in the year of issue)."""
    for m in MONTH_OF_YEAR.finditer(text):
        yield by(m, month_end(int(m["year"]), int(m["month"])))
    for m in MONTH.finditer(text):
        if issued:
            yield by(m, nearest(issued, months(m["months"])[-1]), GUESSED)


QUARTER_OF_YEAR = whole(rf"q?(?P<quarters>{Q})\s*/\s*{YEAR}")
QUARTER = whole(QUARTERS)


@reader(core=r"[iv1-4]\s*/\s*(?:19|20)\d|qu[ýí]\s+[i1-4]")
def read_quarter(text: str, issued: date | None) -> Iterator[Deadline]:
    """`Quý IV`, `Quý I, II` (in the year of issue), `IV/2024`, `Q2/2024`."""
    for m in QUARTER_OF_YEAR.finditer(text):
        yield by(m, month_end(int(m["year"]), 3 * quarters(m["quarters"])[-1]))
    for m in QUARTER.finditer(text):
        if issued:
            yield by(m, nearest(issued, 3 * quarters(m["quarters"])[-1]), GUESSED)


PART = whole(r"(?P<part>(?:(?P<count>0?[3469]|ba|sáu|chín) tháng )?(?:đầu|cuối)|giữa|cả) năm(?! \d)")


@reader("năm", "đầu|cuối|giữa|cả")
def read_part(text: str, issued: date | None) -> Iterator[Deadline]:
    """`Cuối năm`, `6 tháng đầu năm`, `Cả năm` (of the year of issue)."""
    for m in PART.finditer(text):
        if issued:
            end = 12 if m["part"].lower() == "cả" else part_end(m)
            yield by(m, nearest(issued, end), GUESSED)


ALONE = whole(rf"(?:đến )?(?:năm )?{FREE}{YEAR}{STOP}")


@reader(digits=True, core=r"(?:19|20)\d\d")
def read_year(text: str, _: date | None) -> Iterator[Deadline]:
    """`2021`, `Năm 2023`, `Đến 2025`."""
    for m in ALONE.finditer(text):
        yield by(m, date(int(m["year"]), 12, 31))


EVENT = whole(r"(?:ngay )?sau khi [^.;]{3,160}")


@reader("sau", "khi")
def read_event(text: str, _: date | None) -> Iterator[Deadline]:
    """`Sau khi nghiệm thu từng nội dung`: in a column of times any event is one."""
    if m := EVENT.match(text):
        yield Deadline(m[0], m.span(), "conditional", sure=0.85)


SPANS: tuple[Reader, ...] = (read_span,)
BARE: tuple[Reader, ...] = (
    read_onwards,
    read_years,
    read_day,
    read_month,
    read_quarter,
    read_part,
    read_year,
    read_event,
)
