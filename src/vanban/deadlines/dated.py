"""Times with an end: a day, a month, a quarter, a part of a year, a year; and periods from one to another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from vanban.deadlines.forms import (
    DAY_MONTH,
    GUESSED,
    LATEST,
    LEAD,
    MONTHS,
    OF_YEAR,
    QUARTERS,
    YEAR,
    M,
    Q,
    Reader,
    by,
    count,
    month_before,
    months,
    nearest,
    quarters,
    reader,
    whole,
)
from vanban.lexicon import DATE, day, fold, month_end, starts_with_verb
from vanban.values import Deadline

PART = r"(?:(?P<part>đầu|giữa|cuối) )?"
PARTS = ("đầu", "giữa", "cuối")
# One end of a period: a day, a month, a quarter or a year, the year of the first left out at times.
POINT = (
    r"(?:(?:đầu |giữa |cuối )?(?:ngày )?\d{1,2}(?:\s*[/.-]\s*\d{1,2}|(?: tháng \d{1,2}))(?:\s*[/.-]\s*20\d\d|,? năm 20\d\d)?(?!\d)"
    rf"|(?:đầu |giữa |cuối )?tháng {M}(?:\s*[/.-]\s*20\d\d|,? năm 20\d\d)?(?!\d)"
    rf"|(?:đầu |giữa |cuối )?qu[ýí] {Q}(?:\s*[/-]\s*20\d\d|,? năm 20\d\d)?(?!\w)"
    rf"|{M}\s*/\s*20\d\d(?!\d)"
    r"|(?:đầu |giữa |cuối )?(?:năm )?20\d\d(?!\d))"
)
FROM_TO = whole(rf"từ (?P<a>{POINT})\s*(?:đến|tới|[-–—])\s*(?:hết |cuối )?(?P<b>{POINT})")
BEGINS = re.compile(r"(?<!\w)(?:từ|sau|bắt đầu|kể từ)(?: đầu| giữa| cuối)?(?: ngày)? $", re.I)
CLAUSE = re.compile(r"(?:^|[.;:,(–-] ?|(?<!\w)(?:phấn đấu|thực hiện|hoàn thành|triển khai) )\W*$", re.I)
PLANS = re.compile(
    r"(?<!\w)(?:kế hoạch|chương trình|đề án|dự án|chiến lược|nghị quyết|quy hoạch|chính sách|mục tiêu|chỉ tiêu)(?!\w)",
    re.I,
)
FOUNDED = re.compile(
    r"(?:hợp tác xã|HTX|tổ hợp tác|tổ chức|doanh nghiệp|đơn vị)\s+(?:đã\s+|được\s+)*(?:thành lập|đăng ký)\s+$", re.I
)
SATURDAY = 5
NAMED_YEARS = r"(?:các|hai|ba|bốn|năm|0?\d) năm"


@reader("từ", digits=True)
def read_period(text: str, _: date | None) -> Iterator[Deadline]:
    """`từ năm 2021 đến năm 2025`, `từ 01/4/2024 đến 30/6/2024`, `từ tháng 4 đến tháng 6 năm 2024`, `từ quý I/2024 đến …`."""
    for m in FROM_TO.finditer(text):
        yield from between(m)


def between(m: re.Match[str]) -> Iterator[Deadline]:
    """The period from point `a` to point `b` of a match; a year that the first leaves out is the second's."""
    until = point(m["b"])
    year = until[1].year if until else None
    since = point(m["a"], year)
    if since and until and since[0] < until[1]:
        yield Deadline(m[0], m.span(), "range", start=since[0], end=until[1])


def point(words: str, year: int | None = None) -> tuple[date, date] | None:
    """First and last day of one end of a period; None where no year is known, or the day does not exist.

    >>> point("tháng 4", 2024)
    (datetime.date(2024, 4, 1), datetime.date(2024, 4, 30))
    """
    text = fold(words)
    stated = re.search(r"20\d\d", text)
    known = int(stated[0]) if stated else year
    if known is None:
        return None
    rest = text[: stated.start()] if stated else text
    numbers = [int(n) for n in re.findall(r"\d+", rest)]
    if m := re.search(rf"qu[ýí] ({Q})", text, re.I):
        (quarter,) = quarters(m[1])
        return _months(known, 3 * quarter - 2, 3)
    if len(numbers) == 2:
        there = day(known, numbers[1], numbers[0])
        return (there, there) if there else None
    if len(numbers) == 1:
        return _months(known, numbers[0], 1) if 1 <= numbers[0] <= 12 else None
    return _months(known, 1, 12) if not numbers else None


def _months(year: int, first: int, number: int) -> tuple[date, date]:
    return date(year, first, 1), month_end(year, first + number - 1)


YEARS = rf"(?P<start>20\d\d)(?:\s*,\s*20\d\d)*\s*(?:-|–|—|,|;|và|đến)\s*(?:năm )?{YEAR}"
IN_YEARS = whole(rf"(?:trong|vào|thực hiện(?: trong)?) (?:{NAMED_YEARS}|năm)\s*\(?{YEARS}\)?")
IN_PERIOD = whole(rf"(?:trong )?giai đoạn {YEARS}")


@reader("20", "năm|đoạn", core=r"20\d\d\s*(?:[-–—,;]|và|đến)\s*(?:năm\s+)?(?:19|20)\d")
def read_years(text: str, _: date | None) -> Iterator[Deadline]:
    """`trong các năm 2023-2025`, `trong 3 năm (2024-2026)`, `trong hai năm 2024 và 2025`, `thực hiện trong giai đoạn 2024-2026`."""
    for m in IN_YEARS.finditer(text):
        yield from span_of_years(m)
    for m in IN_PERIOD.finditer(text):
        adverb = fold(m[0]).startswith("trong") and _of_the_act(text, m)
        if adverb or _opens_clause(text, m):
            yield from span_of_years(m)


def _opens_clause(text: str, m: re.Match[str]) -> bool:
    """`Giai đoạn 2026 - 2030, hỗ trợ …`, `…; giai đoạn 2026 - 2028 hình thành …`: an order follows."""
    after = text[m.end() : m.end() + 60]
    if m.start() == 0 and re.match(r"\s*[,:]", after):
        return True
    return bool(CLAUSE.search(text, max(0, m.start() - 40), m.start())) and starts_with_verb(after.lstrip(" ,"))


def _of_the_act(text: str, m: re.Match[str]) -> bool:
    """`trong giai đoạn …` opens its clause, or closes one that names no plan that the period could belong to."""
    if CLAUSE.search(text, max(0, m.start() - 40), m.start()):
        return True
    before = re.split(r"[.;]\s", text[max(0, m.start() - 240) : m.start()])[-1]
    return bool(re.match(r"\s*(?:[.;]|$)", text[m.end() :])) and not PLANS.search(before)


def span_of_years(m: re.Match[str]) -> Iterator[Deadline]:
    """Years joined by a dash are a period, years in a list only where one follows the other."""
    start, end = date(int(m["start"]), 1, 1), date(int(m["year"]), 12, 31)
    listed = [int(year) for year in re.findall(r"20\d\d", m[0])]
    apart = not re.search(r"[-–—]|đến", m[0]) and listed != list(range(start.year, end.year + 1))
    if start.year < end.year and not apart:
        yield Deadline(m[0], m.span(), "range", start=start, end=end)


DAY_OF_YEAR = whole(rf"{LEAD}{{1,6}}(?:ngày )?{DATE}(?!\d)")
DAY = whole(rf"{LEAD}{{1,6}}(?:ngày )?{DAY_MONTH}")


@reader(
    "thành|xong|thúc|nhất|trước|đến|hết|vào|trong|giờ|h",
    digits=True,
    core=r"(?:thành|xong|thúc|nhất|là|trước|đến|hết|vào|trong|ngày)\s+\d{1,2}\s*(?:[/.-]\s*\d|tháng\s)",
)
def read_day(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trước ngày 30/6/2024`, `chậm nhất ngày 15 tháng 3 năm 2024`, `trước 16 giờ 00 ngày 25/6/2024`, `trước ngày 30/6`."""
    for m in DAY_OF_YEAR.finditer(text):
        end = day(int(m["year"]), int(m["month"]), int(m["day"]))
        if end and not begins(text, m) and not _founded(text, m):
            yield by(m, end)
    for m in DAY.finditer(text) if issued else ():
        end = nearest_day(issued, m)
        if end and not re.match(r"\s*(?:năm|hàng|hằng|-|–)", text[m.end() :]) and not begins(text, m):
            yield by(m, end, GUESSED)


def _founded(text: str, m: re.Match[str]) -> bool:
    """`các hợp tác xã thành lập trước ngày 01/7/2024` are those of before."""
    return fold(m[0]).startswith("trước") and bool(FOUNDED.search(text, max(0, m.start() - 40), m.start()))


def nearest_day(issued: date | None, m: re.Match[str]) -> date | None:
    """A day whose year the text leaves out: the year of issue, or the next where that day is over."""
    if not issued or not (here := day(issued.year, int(m["month"]), int(m["day"]))):
        return None
    known = (issued.month, issued.day) != (12, 31)
    return day(issued.year + 1, here.month, here.day) if known and here < issued else here


def begins(text: str, m: re.Match[str]) -> bool:
    """`từ ngày 01/7/2025`, `sau năm 2025`: that is when it begins."""
    return bool(BEGINS.search(text, max(0, m.start() - 20), m.start()))


QUARTER_OF_YEAR = whole(rf"{LEAD}{{0,6}}{PART}{QUARTERS}{OF_YEAR}")
QUARTER = whole(rf"{LEAD}{{1,6}}{PART}{QUARTERS}(?!\s*/)")


@reader("quý|quí", core=r"qu[ýí]\s+[i1-4]")
def read_quarter(text: str, issued: date | None) -> Iterator[Deadline]:
    """`quý II, năm 2015`, `hoàn thành trong quý IV/2023`, `quý III và quý IV năm 2024`: due on the last quarter's last day."""
    for m in QUARTER_OF_YEAR.finditer(text):
        if not begins(text, m):
            yield _by_quarter(m, month_end(int(m["year"]), 3 * quarters(m["quarters"])[-1]))
    for m in QUARTER.finditer(text):
        if issued and not begins(text, m):
            yield _by_quarter(m, nearest(issued, 3 * quarters(m["quarters"])[-1]), GUESSED)


def _by_quarter(m: re.Match[str], end: date, sure: float = 1.0) -> Deadline:
    """`đầu quý III` is its first month."""
    if part := fold(m["part"] or ""):
        return by(m, month_end(end.year, end.month - 2 + PARTS.index(part)), GUESSED)
    return by(m, month_before(end, m, 3), sure)


MONTH_OF_YEAR = whole(rf"{LEAD}{{0,6}}{PART}(?<!ngày\s){MONTHS}{OF_YEAR}")
MONTH = whole(rf"{LEAD}{{1,6}}{PART}{MONTHS}(?!\s*[/.]\s?\d)(?! (?:năm|đầu|cuối|sau|tiếp|một|kể))")


@reader("tháng", digits=True, core=r"tháng\s+\d")
def read_month(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trong tháng 6 năm 2024`, `trước tháng 9/2024`, `tháng 12/2023`, `tháng 3-9/2024`, `trong tháng 7`."""
    for m in MONTH_OF_YEAR.finditer(text):
        if not _of_a_day(text, m) and not begins(text, m):
            yield by(m, month_before(month_end(int(m["year"]), months(m["months"])[-1]), m, 1))
    for m in MONTH.finditer(text):
        if issued and not begins(text, m):
            yield by(m, month_before(nearest(issued, months(m["months"])[-1]), m, 1), GUESSED)


def _of_a_day(text: str, m: re.Match[str]) -> bool:
    return fold(m[0]).startswith("tháng") and bool(
        re.search(r"(?<!\d)\d{1,2}\s$", text[max(0, m.start() - 4) : m.start()])
    )


HALF = r"(?P<part>(?:(?P<count>0?[3469]|ba|sáu|chín) tháng )?(?:đầu|cuối)|giữa) năm"
HALF_OF_YEAR = whole(rf"{LEAD}{{0,6}}{HALF} {YEAR}")
HALF_ALONE = whole(rf"{LEAD}{{1,6}}{HALF}(?! \d| học| sau| nay)")


@reader("năm", "đầu|cuối|giữa", core=r"(?:đầu|cuối|giữa)\s+năm\s*")
def read_half(text: str, issued: date | None) -> Iterator[Deadline]:
    """`6 tháng đầu năm 2024`, `9 tháng đầu năm 2024`, `cuối năm 2025`, `đầu năm 2024`, `trong 6 tháng cuối năm`."""
    for m in HALF_OF_YEAR.finditer(text):
        if not begins(text, m):
            yield by(m, month_end(int(m["year"]), part_end(m)))
    for m in HALF_ALONE.finditer(text):
        if issued and m["count"] and not begins(text, m):
            yield by(m, nearest(issued, part_end(m)), GUESSED)


def part_end(m: re.Match[str]) -> int:
    """The last month of a part of the year."""
    if fold(m["part"]).endswith("cuối"):
        return 12
    if m["count"]:
        return count("9" if fold(m["count"]) == "chín" else m["count"])
    return 6 if fold(m["part"]) == "giữa" else 3


FIRM = rf"(?:hoàn thành |{LATEST}|trước |đến hết |hết |ngay trong |trong |vào |xong |kết thúc )"
FIRM_YEAR = whole(rf"(?:đến )?{FIRM}{{1,4}}năm {YEAR}(?!\s*[-–—]\s*\d)")
PLAIN_YEAR = whole(rf"(?:từ nay )?(?:đến )?năm {YEAR}(?!\s*[-–—]\s*\d)")
THIS_YEAR = whole(r"hoàn thành (?:ngay )?trong năm(?: nay)?(?! \d| học| sau)(?!\w)")


@reader("năm", "19|20|thành", core=r"năm\s+(?:19|20)\d|thành\s+(?:ngay\s+)?trong\s+năm")
def read_year(text: str, issued: date | None) -> Iterator[Deadline]:
    """`hoàn thành trong năm 2015`, `trước năm 2025` (ends 2024-12-31), `vào năm 2024`, `đến hết năm 2025`, `đến năm 2025`."""
    for m in FIRM_YEAR.finditer(text):
        if not begins(text, m) and not _founded(text, m):
            yield by(m, month_before(date(int(m["year"]), 12, 31), m, 12))
    for m in PLAIN_YEAR.finditer(text):
        if _alone(text, m):
            yield by(m, date(int(m["year"]), 12, 31), 0.8)
    for m in THIS_YEAR.finditer(text):
        if issued:
            yield by(m, date(issued.year, 12, 31), GUESSED)


def _alone(text: str, m: re.Match[str]) -> bool:
    """`Đến năm 2025 hoàn thành …`, `Năm 2024, tổ chức …`: the year stands by itself before an order, and names nothing."""
    if not CLAUSE.search(text, max(0, m.start() - 40), m.start()):
        return False
    after = text[m.end() : m.end() + 60]
    if not fold(m[0]).startswith("năm"):
        return not re.match(r"\s*,?\s*(?:và\s+)?(?:tầm nhìn|định hướng)", after)
    return (
        bool(re.match(r"\s*[,:]\s+[^\W\d]", after))
        or starts_with_verb(after)
        or bool(re.match(r"\s*(?:[.;)]|$)", after))
    )


FROM_ISSUE = whole(
    r"(?:(?:trong|vòng|thời hạn|chậm nhất|không quá|sau|là) ){0,4}(?P<count>\d{1,3})(?: \(\w+\))? (?P<unit>ngày|tháng|tuần)"
    r"(?P<working> làm việc)?,? (?:kể từ|tính từ|từ|sau) (?:ngày|khi) (?:ký ban hành|ban hành|ký)"
    r"(?: [^,.;:]{2,40}? này|(?=\s*(?:[,.;:)]|$)))"
)


@reader("ký|hành", "từ|sau", digits=True)
def read_days_from_issue(text: str, issued: date | None) -> Iterator[Deadline]:
    """`trong vòng 30 ngày kể từ ngày ban hành Thông báo này`, `10 ngày làm việc kể từ ngày ký`: so long after its own day.

    The first day does not count; of working days neither do Saturdays and Sundays.
    """
    if not issued or (issued.month, issued.day) == (12, 31):
        return
    for m in FROM_ISSUE.finditer(text):
        number, unit = int(m["count"]), fold(m["unit"])
        end = (
            months_after(issued, number)
            if unit == "tháng"
            else days_after(issued, number * (7 if unit == "tuần" else 1), working=bool(m["working"]))
        )
        yield by(m, end, 0.9)


def days_after(start: date, count: int, *, working: bool = False) -> date:
    """So many days later.

    >>> days_after(date(2026, 3, 4), 10, working=True)
    datetime.date(2026, 3, 18)
    """
    end = start
    while count:
        end += timedelta(days=1)
        count -= not (working and end.weekday() >= SATURDAY)
    return end


def months_after(start: date, count: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    years, month = divmod(start.month - 1 + count, 12)
    return day(start.year + years, month + 1, start.day) or month_end(start.year + years, month + 1)


READERS: tuple[Reader, ...] = (
    read_days_from_issue,
    read_period,
    read_years,
    read_day,
    read_quarter,
    read_month,
    read_half,
    read_year,
)
