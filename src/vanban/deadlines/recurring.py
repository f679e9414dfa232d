"""Times that come again: each year, quarter, month or week, on a day or in a period that is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import chain

from vanban.deadlines.forms import (
    DAY_MONTH,
    EACH,
    MONTHS,
    QUARTERS,
    UNTIL,
    YEARLY,
    Reader,
    annual,
    count,
    every,
    months,
    quarters,
    reader,
    rule,
    whole,
)
from vanban.lexicon import day, fold
from vanban.values import Deadline

AGAIN = r"(?:(?:,|;| và) (?:trước )?(?:ngày )?(?P<day2>\d{1,2})\s*(?:/\s*|(?<=\d) tháng )(?P<month2>\d{1,2})(?![\d/]))?"
DAYS = rf"(?:ngày )?{DAY_MONTH}{AGAIN}"
DATED = r"(?:nhất|là|trước|vào|đến|ngày)\s+\d"  # how a day stands behind `UNTIL`
DOM = r"(?:ngày )?(?P<day>\d{1,2})(?![\d/])"
AFTER = r"(?:sau|kế tiếp|tiếp theo|liền kề)"
AGAIN_WORDS, AFTER_WORDS = ("hàng", "hằng", "mỗi"), ("sau", "kế", "tiếp", "liền")
APART = 200  # characters
AMOUNT = r"(?P<count>\d{1,2}|một|hai|ba|bốn|năm|sáu)"
YEAR_NUMBER = r"(?! \d{4}| học)"
# What may follow `hàng quý` in one list of periods: `, 6 tháng, năm`.
MORE = rf"(?:(?:,|;| và) (?:{EACH} |định kỳ |cả )?(?:qu[ýí]|0?[69] tháng|sáu tháng|(?:0?1 |một )?năm){YEAR_NUMBER})"
WEEKDAYS = {"hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR", "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU"}  # fmt: skip
WEEKDAY = r"(?:thứ |chủ )(?P<weekday>hai|ba|tư|năm|sáu|bảy|nhật|[2-7])"


YEARLY_DAYS = (
    whole(rf"(?:định kỳ )?{YEARLY}(?:\s*[,(:])?\s*{UNTIL}{{0,3}}{DAYS}(?:\s*\))?", *AGAIN_WORDS),
    whole(rf"{UNTIL}{{0,3}}{DAYS}(?:\s*,)?\s*\(?(?:của )?{YEARLY}", *AGAIN_WORDS),
    whole(rf"{UNTIL}{{1,3}}{DAYS} (?:của )?năm (?:{AFTER}|báo cáo|kế hoạch)(?!\w)", *AFTER_WORDS, "báo"),
    # `6 tháng (trước ngày 15/6) và hằng năm (…)`: a day without a year among periods that return.
    whole(rf"(?:0?6|sáu) tháng(?: đầu năm| cuối năm)?\s*[,(]?\s*{UNTIL}{{1,3}}{DAYS}(?:\s*\))?", "6", "sáu"),
    # `6 tháng (trước ngày 10/6), năm (trước ngày 10/12)`
    whole(rf"(?<=[,;]\s)(?:0?1 |một |cả )?năm \(\s*{UNTIL}{{1,3}}{DAYS}(?:\s*\))?", "năm"),
)


@reader("năm|tháng", "hàng|hằng|mỗi|sau|kế|tiếp|liền|báo|6|sáu", digits=True, core=r"\d\s*(?:/\s*|tháng\s+)\d")
def read_yearly_day(text: str, _: date | None) -> Iterator[Deadline]:
    """`trước ngày 15 tháng 12 hằng năm`, `định kỳ hàng năm (trước ngày 30/12)`, `15/6 và 15/12 mỗi năm`, `31/3 năm sau`."""
    for form in YEARLY_DAYS:
        for m in form.finditer(text):
            yield from _yearly(m)


def _yearly(m: re.Match[str]) -> Iterator[Deadline]:
    """Two days make one rule where they fall on the same day of the month; else the first of them counts."""
    dom, month = int(m["day"]), int(m["month"])
    again = int(m["month2"] or 0)
    both = again and m["day2"] and int(m["day2"]) == dom and day(2024, again, dom)
    if day(2024, month, dom):
        listed = f"{month},{again}" if both else month
        yield rule(m, f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY={dom}")


MONTHLY, QUARTERLY = (
    rf"(?:(?:định kỳ )?{EACH} {unit}(?:\s*[,(]\s*|[^.;]{{0,160}}?\s\(?))?{UNTIL}{{0,3}}" for unit in ("tháng", "qu[ýí]")
)
LAST_MONTH = r"(?:của )?tháng (?:cuối cùng|cuối|đầu|thứ (?:nhất|hai|ba)) (?:của )?(?:mỗi |hàng |hằng )?qu[ýí]"
MONTHLY_DAYS = (
    (whole(rf"{QUARTERLY}{DOM} {LAST_MONTH}(?: {AFTER})?(?:\s*\))?", "quý", "quí"), 3),
    (whole(rf"(?:định kỳ )?{UNTIL}{{0,3}}{DOM} (?:của )?{EACH} qu[ýí]", "quý", "quí"), 3),
    (whole(rf"(?:định kỳ )?{UNTIL}{{0,3}}{DOM} (?:của )?{EACH} tháng", *AGAIN_WORDS), 1),
    (whole(rf"{MONTHLY}{DOM} (?:của )?tháng {AFTER}(?:\s*\))?", *AFTER_WORDS), 1),
    (whole(rf"(?<=báo\scáo\s)tháng [^.;]{{0,80}}?{UNTIL}{{1,3}}{DOM}(?!\s*/| tháng)", "tháng"), 1),
    (
        whole(
            rf"(?:định kỳ )?{EACH} tháng(?:\s*[,(])?[^.;]{{0,160}}?\s{UNTIL}{{1,3}}ngày (?P<day>\d{{1,2}})(?!\d|\s*/| tháng)(?:\s*\))?",
            *AGAIN_WORDS,
        ),
        1,
    ),
)


@reader(
    "tháng|quý|quí",
    "hàng|hằng|mỗi|cuối|đầu|thứ|sau|kế|tiếp|liền|cáo",
    digits=True,
    core=rf"{DATED}|\d\s+(?:của\s+)?(?:tháng\s|{EACH}\s)",
)
def read_monthly_day(text: str, _: date | None) -> Iterator[Deadline]:
    """`ngày 25 hằng tháng`, `trước ngày 25 tháng cuối quý`, `hằng quý (trước ngày 20 của tháng cuối quý)`, `ngày 05 tháng sau`,
    `hằng tháng báo cáo …, trước ngày 25`, `gửi báo cáo tháng về Văn phòng trước ngày 20`.
    """
    for form, step in MONTHLY_DAYS:
        for m in form.finditer(text):
            if 1 <= int(m["day"]) <= 31:
                yield rule(m, every("tháng", step) + f";BYMONTHDAY={int(m['day'])}")


BEFORE = rf"[^.;_]{{1,{APART}}}?[\s(,](?:hoàn thành )?{UNTIL}{{1,3}}"
LAST_OF = r"(?:của )?tháng (?:cuối cùng|cuối|đầu)(?: (?:của )?(?:mỗi |hàng |hằng )?(?:qu[ýí]|kỳ báo cáo|kỳ))?"
YEARLY_APART = whole(rf"(?:định kỳ )?{YEARLY}{BEFORE}(?:ngày )?{DAY_MONTH}(?! năm)")
DAY_APART = (
    (whole(rf"(?:định kỳ )?{EACH} qu[ýí]{BEFORE}{DOM} {LAST_OF}"), 3),
    (whole(rf"(?:định kỳ )?{EACH} tháng{BEFORE}{DOM}(?! tháng| của| [/-])"), 1),
)


@reader("hàng|hằng|mỗi", "năm|tháng|quý|quí", digits=True, core=DATED)
def read_apart(text: str, _: date | None) -> Iterator[Deadline]:
    """`Hằng năm tổng hợp, báo cáo … trước ngày 10/12`, `hằng quý … trước ngày 20 của tháng cuối quý`: the day stands apart."""
    for m in YEARLY_APART.finditer(text):
        if day(2024, int(m["month"]), int(m["day"])):
            yield rule(m, f"FREQ=YEARLY;BYMONTH={int(m['month'])};BYMONTHDAY={int(m['day'])}")
    for form, step in DAY_APART:
        for m in form.finditer(text):
            if 1 <= int(m["day"]) <= 31:
                yield rule(m, every("tháng", step) + f";BYMONTHDAY={int(m['day'])}")


WEEKLY = (
    whole(rf"(?:vào )?{WEEKDAY} {EACH} tuần"),
    whole(rf"{EACH} tuần\s*[,(]?\s*(?:vào |trước )?{WEEKDAY}(?!\w)"),
)


@reader("tuần", "hàng|hằng|mỗi")
def read_weekday(text: str, _: date | None) -> Iterator[Deadline]:
    """`thứ sáu hằng tuần`, `hằng tuần, vào thứ 6`."""
    for form in WEEKLY:
        for m in form.finditer(text):
            yield rule(m, f"FREQ=WEEKLY;BYDAY={WEEKDAYS[fold(m['weekday'])]}")


WITHIN = r"(?:trong |vào |trước |đầu |cuối )*"
TURNED = rf"(?:định kỳ )?{YEARLY}(?:\s*[,(:]\s*|\s+(?=vào |trong )){WITHIN}"
ALONE = r"(?!\s*/|\s*(?:,\s*)?năm \d)(?:\s*\))?"
BEHIND = rf"(?:\s*,)?\s*(?:của )?{YEARLY}"
YEARLY_PERIODS = tuple(
    whole(form) for period in (QUARTERS, MONTHS) for form in (rf"{WITHIN}{period}{BEHIND}", rf"{TURNED}{period}{ALONE}")
)


@reader("hàng|hằng|mỗi", "năm", "tháng|quý|quí", core=r"qu[ýí]\s+[i1-4]|tháng\s+\d")
def read_yearly_period(text: str, _: date | None) -> Iterator[Deadline]:
    """`quý IV hằng năm`, `tháng 3, 9 hằng năm`, `trước tháng 11 mỗi năm`, `hàng năm (quý IV)`: each year, in that month."""
    for form in YEARLY_PERIODS:
        for m in form.finditer(text):
            of_quarters = m.groupdict().get("quarters")
            ends = [3 * q for q in quarters(of_quarters)] if of_quarters else months(m["months"])
            yield rule(m, f"FREQ=YEARLY;BYMONTH={','.join(map(str, ends))}")


UNIT = r"(?P<unit>năm|tháng|qu[ýí]|tuần)"
INTERVALS = (
    whole(rf"(?:định kỳ )?(?:mỗi )?{AMOUNT} {UNIT}(?:\s*/\s*(?:(?:một|0?1) )?| (?:một|0?1) )lần", "lần"),
    whole(rf"(?:định kỳ )?{EACH} (?P<unit>qu[ýí]|tháng|tuần){MORE}*(?P<count>)", *AGAIN_WORDS),
    whole(rf"định kỳ\s*\(?(?:{AMOUNT} )?{UNIT}{YEAR_NUMBER}(?:,? \d năm)*{MORE}*", "kỳ"),
    whole(
        r"(?<!đầu\s)(?<!cuối\s)(?<!trong\s)(?<!sau\s)(?P<count>0?6|sáu) (?P<unit>tháng)(?:,| và) "
        rf"(?:{YEARLY}|(?:cả |0?1 |một )?năm){YEAR_NUMBER}",
        *("6", "sáu"),
    ),
)


@reader(
    "năm|tháng|quý|quí|tuần",
    "hàng|hằng|mỗi|lần|kỳ|sáu|6",
    core=rf"{EACH}\s+(?:qu[ýí]|tháng|tuần)|lần|kỳ|(?:6|sáu)\s+tháng",
)
def read_every(text: str, _: date | None) -> Iterator[Deadline]:
    """`hai năm một lần`, `03 tháng/lần`, `định kỳ 6 tháng, năm`, `hàng quý, năm`, `hằng tháng`; not `định kỳ hàng năm, 3 năm`."""
    for form in INTERVALS:
        for m in form.finditer(text):
            yield _repeated(m, fold(m["unit"]), count(m["count"]))


DAILY = whole(rf"(?<!sống\s)(?<!hoạt\s)(?<!việc\s)(?<!động\s)(?:định kỳ )?{EACH} ngày")


@reader("hàng|hằng|mỗi", "ngày", core=rf"{EACH}\s+ngày")
def read_daily(text: str, _: date | None) -> Iterator[Deadline]:
    """`báo cáo hằng ngày`; not `đời sống hằng ngày`."""
    for m in DAILY.finditer(text):
        yield rule(m, every("ngày", 1))


TIMES = r"(?P<count>\d{1,2}|một|hai|ba|bốn)(?:\s*[-–]\s*\d{1,2})? lần"
TIMES_A_PERIOD = (
    whole(rf"{TIMES}\s*/\s*(?:0?1 |một )?(?P<unit>năm|qu[ýí]|tháng|tuần)", "/"),
    whole(rf"(?:định kỳ )?(?:mỗi|một|hàng|hằng|01) (?P<unit>năm|qu[ýí]|tháng|tuần) {TIMES}(?!\w)", "lần"),
)


@reader("lần", core=r"(?:\d|một|hai|ba|bốn)\s+lần")
def read_times(text: str, _: date | None) -> Iterator[Deadline]:
    """`02 lần/năm`, `mỗi năm 02 lần`: every six months; `01 lần/quý`, `1 lần/tháng`; `01 lần/năm` is annual."""
    for m in chain.from_iterable(form.finditer(text) for form in TIMES_A_PERIOD):
        unit, often = fold(m["unit"]), count(m["count"])
        if unit == "năm" and often > 1:
            yield rule(m, every("tháng", 12 // often)) if 12 % often == 0 else annual(m)
        else:
            yield _repeated(m, unit, 1)


def _repeated(m: re.Match[str], unit: str, amount: int) -> Deadline:
    return annual(m) if unit == "năm" and amount == 1 else rule(m, every(unit, amount))


ANNUAL = whole(rf"(?:định kỳ )?{YEARLY}(?:\s*,\s*\d năm)*", *AGAIN_WORDS)
ONWARDS = whole(
    r"(?:từ |trong )?năm 20\d\d(?:\s*[-–]\s*20\d\d)? và (?:các |những )?năm (?:tiếp theo|sau|kế tiếp|tới)",
    *("tiếp", "sau", "tới"),
)


@reader("năm", "hàng|hằng|mỗi|20", core=rf"{EACH}\s+năm|20\d\d\s+và\s")
def read_annual(text: str, _: date | None) -> Iterator[Deadline]:
    """`hằng năm`, `định kỳ hàng năm, 3 năm, 5 năm`, `mỗi năm`, `năm 2024 và các năm tiếp theo`."""
    for m in ANNUAL.finditer(text):
        yield annual(m)
    for m in ONWARDS.finditer(text):
        yield Deadline(m[0], m.span(), "annual", sure=0.7)


READERS: tuple[Reader, ...] = (
    read_yearly_day,
    read_monthly_day,
    read_apart,
    read_weekday,
    read_yearly_period,
    read_every,
    read_daily,
    read_times,
    read_annual,
)
