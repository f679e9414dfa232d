"""A deadline as a person types it: short forms, all that a time column may hold, and whatever `wording` prints."""

from __future__ import annotations

import re
from datetime import date
from itertools import product

from vanban.lexicon import DATE, day, fold, number
from vanban.reading.joining import squash
from vanban.recurrence import LAST, Period, Rule
from vanban.values import Deadline

Shortened = tuple[re.Pattern[str], str]

SHORT: tuple[Shortened, ...] = (  # as typed → as written
    (re.compile(r"[\s.;,]+$"), ""),
    (re.compile(r"(?<!\d)(20\d\d)-(\d{1,2})-(\d{1,2})(?!\d)"), r"\3/\2/\1"),
    (re.compile(r"(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2(\d\d)(?![\d/.-])"), r"\1/\3/20\4"),
    (re.compile(r"^(\D*\d{1,2})[.-](\d{1,2})(?![\d/.-])"), r"\1/\2"),
)
UNITS: dict[str, tuple[Period, int]] = {
    "ngày": ("DAILY", 1),
    "tuần": ("WEEKLY", 1),
    "tháng": ("MONTHLY", 1),
    "quý": ("MONTHLY", 3),
    "năm": ("YEARLY", 1),
}
WEEKDAYS = {"hai": "MO", "ba": "TU", "tư": "WE", "năm": "TH", "sáu": "FR", "bảy": "SA", "nhật": "SU"}
AND = r"(?:, | và )"
NUMBERS = rf"\d{{1,2}}(?:{AND}\d{{1,2}})*"
DAYS = rf"\d{{1,2}}(?:/\d{{1,2}})?(?:{AND}\d{{1,2}}(?:/\d{{1,2}})?)*"
WEEKDAY = r"(?:thứ |chủ )(?:hai|ba|tư|năm|sáu|bảy|nhật)"
EVERY = r"(?:(?P<ongoing>thường xuyên(?:, liên tục)?|liên tục)|(?:hằng|hàng) (?P<unit>ngày|tuần|tháng|quý|năm)|(?P<count>\w+) (?P<units>ngày|tuần|tháng|năm) một lần)"
WHEN = (
    rf"(?:vào (?P<weekdays>{WEEKDAY}(?:{AND}{WEEKDAY})*)|trong tháng (?P<months>{NUMBERS})"
    rf"|trước khi hết tháng(?: (?P<ended>{NUMBERS}))?(?P<last>)|trước (?:ngày )?(?P<days>{DAYS}))"
)
EDGE = r"(?:\d{1,2}/\d{1,2}/)?20\d\d"
PERIOD = rf"(?:chậm nhất (?P<end>{EDGE})|trong năm (?P<year>20\d\d)|từ (?P<from>{EDGE})(?: đến (?P<to>{EDGE}))?)"
SPELLED = re.compile(rf"{EVERY}(?:, {WHEN})?(?:, {PERIOD})?")
SPELLED_PERIOD = re.compile(PERIOD)

MONTHS = "january february march april may june july august september october november december".split()
ENGLISH: tuple[Shortened, ...] = (  # in this order: what `english.spell` prints → what `wording.spell` does
    (re.compile(r"^ongoing\b"), "thường xuyên"),
    (re.compile(r"\bevery (day|week|month|quarter|year)\b"), "hằng \\1"),
    (re.compile(r"\bevery (\w+) (day|week|month|year)s\b"), "\\1 \\2 một lần"),
    *((re.compile(rf"\b{month}\b"), str(n)) for n, month in enumerate(MONTHS, 1)),
    (re.compile(r"\bby the end of the month\b"), "trước khi hết tháng"),
    (re.compile(r"\bby the end of "), "trước khi hết tháng "),
    (re.compile(r"\bin (?=20\d\d)"), "trong năm "),
    (re.compile(r"\bin (?=\d)"), "trong tháng "),
    (re.compile(rf"\bby (?={EDGE})"), "chậm nhất "),
    (re.compile(r"\bby (?:day )?(?=\d)"), "trước ngày "),
    (re.compile(rf"\bfrom (?={EDGE})"), "từ "),
    (re.compile(rf"(?<=\d) to (?={EDGE})"), " đến "),
    (re.compile(r"\bon (?=\w+day\b)"), "vào "),
    *(
        (re.compile(rf"\b{english}\b"), vietnamese)
        for english, vietnamese in (
            *zip(
                "monday tuesday wednesday thursday friday saturday sunday".split(),
                ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật"),
                strict=True,
            ),
            *zip("day week month quarter year".split(), "ngày tuần tháng quý năm".split(), strict=True),
            *zip(
                "one two three four five six seven eight nine ten".split(),
                "một hai ba bốn năm sáu bảy tám chín mười".split(),
                strict=True,
            ),
            ("and", "và"),
        )
    ),
)


def written(text: str) -> str:
    """Typed words in the forms that the readers know.

    >>> [written(words) for words in ("2025-12-31", "31-12-2025", "30.6.26", "15-12.", "every year, by 15/12")]
    ['31/12/2025', '31-12-2025', '30/6/2026', '15/12', 'hằng năm, trước ngày 15/12']
    """
    words = squash(text)
    for form, written_so in SHORT:
        words = form.sub(written_so, words)
    english = words.casefold()
    for form, vietnamese in ENGLISH:
        english = form.sub(vietnamese, english)
    return english if english != words.casefold() else words


def is_spelled(text: str) -> bool:
    """It has the form of what `wording.spell` prints, whether or not there is such a time."""
    return bool(SPELLED_PERIOD.fullmatch(fold(text)) or SPELLED.fullmatch(fold(text)))


def spelled(text: str) -> Deadline | None:
    """What `wording.spell` prints, read back; None where the calendar has no such time or no one rule says it."""
    if m := SPELLED_PERIOD.fullmatch(fold(text)):
        return _of_period(text, *_edges(m))
    if not (m := SPELLED.fullmatch(fold(text))):
        return None
    (start, end), span = _edges(m), (0, len(text))
    if start and end and start > end:
        return None
    if m["ongoing"]:
        return Deadline(text, span, "ongoing", start, end)
    if (rule := _rule(m)) == Rule("YEARLY"):
        return Deadline(text, span, "annual", start, end)
    return Deadline(text, span, "recurring", start, end, str(rule)) if rule else None


def _of_period(text: str, start: date | None, end: date | None) -> Deadline | None:
    """`từ 2025` alone is work that goes on."""
    span = (0, len(text))
    if start and end:
        return Deadline(text, span, "range", start, end) if start <= end else None
    if end:
        return Deadline(text, span, "by", end=end)
    return Deadline(text, span, "ongoing", start) if start else None


def _edges(m: re.Match[str]) -> tuple[date | None, date | None]:
    first, last = m["year"] or m["from"], m["year"] or m["to"] or m["end"]
    return _edge(first, 1, 1), _edge(last, 12, 31)


def _edge(words: str | None, month: int, dom: int) -> date | None:
    """One end of a period, a day or a whole year."""
    if not words:
        return None
    if m := re.fullmatch(DATE, words):
        return day(int(m["year"]), int(m["month"]), int(m["day"]))
    return date(int(words), month, dom)


def _rule(m: re.Match[str]) -> Rule | None:
    """None where no rule says it: no such count or day, or days that differ from month to month."""
    period, step = UNITS[m["unit"] or m["units"]]
    count = number(m["count"]) if m["count"] else 1
    if not count:
        return None
    every = step * int(count)
    if m["weekdays"]:
        names = [name.split()[-1] for name in re.split(AND, m["weekdays"])]
        return Rule(period, every, weekdays=tuple(WEEKDAYS[name] for name in names))
    if m["last"] is not None:
        return _known(Rule(period, every, _listed(m["ended"]), (LAST,)))
    if not m["days"]:
        return _known(Rule(period, every, _listed(m["months"])))
    pairs = [tuple(map(int, words.split("/")[::-1])) for words in re.split(AND, m["days"])]
    days, months = (tuple(dict.fromkeys(pair[at] for pair in pairs if len(pair) > -at - 1)) for at in (-1, 0))
    if all(len(pair) == 1 for pair in pairs):
        return _known(Rule(period, every, (), days))
    return _known(Rule(period, every, months, days)) if set(pairs) == set(product(months, days)) else None


def _listed(words: str | None) -> tuple[int, ...]:
    return tuple(map(int, re.split(AND, words))) if words else ()


def _known(rule: Rule) -> Rule | None:
    """Only days that the calendar has."""
    fits = all(day(2024, month, max(dom, 1)) for month in rule.months or (1,) for dom in rule.days or (1,))
    return rule if fits else None
