"""Pieces that the readers of times share: how dates, quarters and months are written, and how a time is made of them.

A form is a regular expression in lower case in which a space stands for any white space. The text between two pieces is
bounded, and no piece repeats another, so that the time to read a text grows with its length only.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from vanban.forms import Form
from vanban.lexicon import fold, month_end, number
from vanban.values import Deadline

Read = Callable[[str, date | None], Iterator[Deadline]]
DIGIT = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Reader:
    """What reads some forms of time in a text in lower case; and the words without which it finds nothing: one of each group.

    `cased`: its forms tell capitals, so that it is given the text as it stands.
    """

    read: Read
    needs: tuple[tuple[str, ...], ...] = ()
    digits: bool = False
    core: re.Pattern[str] | None = None  # of its forms
    cased: bool = False

    def may_find(self, lower: str) -> bool:
        """Whether to try it on a text, given in lower case, that has the digits and one of the first words that it needs."""
        for group in self.needs[1:]:
            for word in group:
                if word in lower:
                    break
            else:
                return False
        return self.core is None or bool(self.core.search(lower))


class Readers:
    """Readers in the order in which they are tried, and at the words of the first group that each needs which of them."""

    def __init__(self, readers: tuple[Reader, ...]) -> None:
        self.readers = readers
        at: dict[str, list[int]] = defaultdict(list)
        for index, each in enumerate(readers):
            for word in each.needs[0] if each.needs else ("",):
                at[word].append(index)
        self.at = tuple(at.items())

    def woken(self, lower: str) -> list[Reader]:
        """Those that may find something in a text, given in lower case."""
        digits = bool(DIGIT.search(lower))
        found = sorted({index for word, indexes in self.at if word in lower for index in indexes})
        named = [self.readers[index] for index in found]
        return [each for each in named if (digits or not each.digits) and each.may_find(lower)]


def reader(*needs: str, digits: bool = False, core: str | None = None, cased: bool = False) -> Callable[[Read], Reader]:
    """A reader with what it needs: words of a group divided by strokes. They are sought first, far faster than its forms."""
    groups = tuple(tuple(group.split("|")) for group in needs)
    return lambda read: Reader(read, groups, digits, re.compile(core) if core else None, cased)


YEARLY = r"(?:hàng|hằng|mỗi) năm"
EACH = r"(?:hàng|hằng|mỗi)"
YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
Q = r"(?:iv|i{1,3}|[1-4])"
M = r"(?:1[0-2]|0?[1-9])"
AND = r"\s*(?:,|;|và|đến|[-–—])\s*"
QUARTERS = rf"qu[ýí] (?P<quarters>{Q}(?:{AND}(?:qu[ýí] )?{Q}(?!\w)){{0,3}})(?!\w)"
MONTHS = rf"tháng (?P<months>{M}(?:{AND}(?:tháng )?{M}(?!\d)){{0,11}})(?!\d)"
OF_YEAR = rf"\s*(?:/\s*|-\s*|(?:,\s*)?(?:của )?năm |(?<=\s)){YEAR}"
DAY_MONTH = r"(?P<day>\d{1,2})\s*(?:/\s*|(?<=\d) tháng )(?P<month>\d{1,2})(?![\d/])"
HOUR = r"(?:\d{1,2}\s*(?:giờ|h)(?:\s*\d{2})?(?: phút)?,? (?=ngày))"
DONE = r"(?:và )?hoàn thành |xong |kết thúc "
LATEST = r"(?:chậm|muộn) nhất (?:là )?"
EDGE = r"trước |đến (?:hết )?|hết |từ nay đến (?:hết )?|vào |ngay trong |trong "
LEAD = rf"(?:{DONE}|{LATEST}|{EDGE}|{HOUR})"  # what stands before a time: raw starts here
UNTIL = rf"(?:{LATEST}|trước |vào |đến |{HOUR})"

QUARTER_NAMES = ("i", "ii", "iii", "iv")
UNITS = {
    "ngày": ("DAILY", 1),
    "năm": ("YEARLY", 1),
    "quý": ("MONTHLY", 3),
    "tháng": ("MONTHLY", 1),
    "tuần": ("WEEKLY", 1),
}
GUESSED = 0.6  # how sure a time is whose year the text leaves out


def whole(form: str, *words: str, cased: bool = False) -> Form | re.Pattern[str]:
    """A form as whole words; a space is any white space. `words`: one of them stands wherever it does.

    `cased`: of a reader that tells capitals; whatever the case where the form does not say `(?-i:…)`.
    """
    spaced = re.sub(r" (?![*+?{])", r"\\s+", form)
    pattern, flags = rf"(?<!\w)(?:{spaced})", re.I if cased else re.NOFLAG
    return Form(pattern, *words, flags=flags) if words else re.compile(pattern, flags)


def quarters(words: str) -> list[int]:
    """`ii, quý iii` → [2, 3]."""
    found = re.findall(rf"(?<!\w){Q}(?!\w)", words)
    return [QUARTER_NAMES.index(q) + 1 if q in QUARTER_NAMES else int(q) for q in found]


def months(words: str) -> list[int]:
    """`3, tháng 9` → [3, 9]."""
    return [int(m) for m in re.findall(r"\d+", words)]


def by(m: re.Match[str], end: date, sure: float = 1.0) -> Deadline:
    return Deadline(m[0], m.span(), "by", end=end, sure=sure)


def rule(m: re.Match[str], text: str) -> Deadline:
    return Deadline(m[0], m.span(), "recurring", rule=text)


def annual(m: re.Match[str]) -> Deadline:
    return Deadline(m[0], m.span(), "annual")


def every(unit: str, count: int) -> str:
    """The rule for `6 tháng một lần`; RFC 5545 has no quarter."""
    frequency, step = UNITS[fold(unit).replace("quí", "quý")]
    return f"FREQ={frequency}" + (f";INTERVAL={step * count}" if step * count > 1 else "")


def count(words: str | None) -> int:
    """`06` → 6, `hai` → 2; 1 where there is none."""
    return int(number(words or "") or 1)


def nearest(issued: date, month: int) -> date:
    """The end of the month, in the year of issue; in the next one where it is over by then.

    A document of which only the year is known is taken to be of its last day: that moves nothing.
    """
    end = month_end(issued.year, month)
    known = (issued.month, issued.day) != (12, 31)
    return month_end(issued.year + 1, month) if known and end < issued else end


def month_before(end: date, m: re.Match[str], months: int) -> date:
    """`trước tháng 9/2024` is due on the last day of August: `months` back."""
    if not re.search(r"trước\s+(?:năm|qu[ýí]|tháng)\s", m[0], re.I):
        return end
    month = end.month - months
    return month_end(end.year, month) if month > 0 else month_end(end.year - 1, 12 + month)
