"""Cells of a list → values in one form, or what is wrong with them. No database.

A text is tidied, an amount is plain digits (`"1250000"`, `"12.5"`), a day is `2019-03-15`, yes and no are `"1"` and `"0"`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from itertools import islice, repeat
from typing import Any, NamedTuple, cast
from unicodedata import normalize

from hopluc.core.folding import fold
from hopluc.core.marking import gettext_noop
from hopluc.indicators.typed import number_typed
from hopluc.registry.codes import code_doubtful
from hopluc.registry.fact_kinds import FactKind, fact_kinds
from hopluc.registry.files import table
from hopluc.registry.industries import is_industry
from hopluc.registry.intake.columns import IGNORED, ListColumn, is_amount, is_money
from hopluc.registry.intake.issues import Issue
from hopluc.registry.intake.titles import Titles
from hopluc.registry.naming import BEGINNINGS, kind_begun, whole_name
from vanban.tasksheets.cells import Cell, Value, cell_of

Json = dict[str, Any]
LONGEST = {"name": 300, "address": 300, "code": 20}
LONG = 2_000  # characters of any other text
WHOLE_DIGITS = 18
EXACT = 10.0**15  # a whole number below is kept to its last digit
DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})(?: \d\d:\d\d)?")
WORDED = re.compile(r"(?:ngày\s*)?(\d{1,2})\s*tháng\s*(\d{1,2})\s*,?\s*năm\s*(\d{4})", re.I)
ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
EXCEL_BEGINS = date(1899, 12, 30)  # a day that is not shown as one is the number of days since
EXCEL_DAYS = range(10_000, 80_000)  # such numbers are days from 1927 to 2119, and no years
YEAR = re.compile(r"(?:năm\s*)?((?:19|20)\d\d)", re.I)
YES = {"x", "co", "1", "true", "dung", "yes", "roi"}
NO = {"khong", "0", "false", "no", "chua", "-"}
MAY_LOSE = ("figures.profit", "figures.equity")
NOTHING = {"", "-", "–", "—", "…", "...", "n/a"}
LONGEST_NOTHING = max(map(len, NOTHING))
PART = 1_000  # rows that are read at once


@dataclass(slots=True)
class Row:
    """A row of a list: its number in the file, values by key, and what is wrong."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    issues: list[Issue] = field(default_factory=list)

    def wrong(self, code: str, role: str = "", **about: Any) -> None:
        self.issues.append(Issue(code, role, about))

    @property
    def bad(self) -> bool:
        return any(issue.level == "error" for issue in self.issues)


class Unfit(ValueError):
    """A cell is no value of its column."""

    def __init__(self, code: str, **about: Any) -> None:
        super().__init__(code)
        self.code, self.about = code, about


Reader = Callable[[str, bool], str]  # the text of a cell, whether it is a number → the value. Raises Unfit
Read = str | Issue  # what a cell says, or what is wrong with it


class Column(dict[Value | Cell, Read]):
    """What the cells of a column say; each that comes again is read once."""

    def __init__(self, column: ListColumn) -> None:
        super().__init__()
        self.key, self.index = column.key, column.index
        self.wrong = False  # whether any cell was
        self._told = column.role not in (IGNORED, "number")
        self._scale = column.scale if is_whole(column.role) else 0
        self._below = min(EXACT, 10.0**WHOLE_DIGITS / column.scale)
        self._reader = _reader(column)

    def read(self, values: Sequence[Value | Cell]) -> list[Read]:
        if not self._told and Cell not in set(map(type, values)):  # of what is not kept only errors are told
            return [""] * len(values)
        return list(map(self.__getitem__, values))

    def __missing__(self, value: Value | Cell) -> Read:
        self[value] = found = self._read(value)
        return found

    def _read(self, value: Value | Cell) -> Read:
        if self._scale and isinstance(value, float) and 0 < value < self._below and value.is_integer():
            return str(int(value) * self._scale)
        cell = Cell(value) if isinstance(value, str) else cell_of(value)
        try:
            if cell.error is None:
                return self._reader(cell.text, cell.number)
            issue = Issue("L101", self.key, {"text": cell.error or "–"})
        except Unfit as unfit:
            issue = Issue(unfit.code, self.key, unfit.about)
        self.wrong = True
        return issue


class Part(NamedTuple):
    """Rows that are about an organisation, column by column, and the numbers of those that say something else."""

    numbers: list[int]
    said: dict[str, list[str]]  # by key, what each of the rows says
    issues: dict[int, list[Issue]]  # by the number of the row
    passed: list[int]

    @property
    def rows(self) -> list[Row]:
        return rows_of(self.numbers, self.said, self.issues)


def rows_of(numbers: Sequence[int], said: Mapping[str, Sequence[str]], issues: Mapping[int, list[Issue]]) -> list[Row]:
    """One by one: what a row says nothing of it does not hold."""
    cells = zip(*said.values(), strict=True) if said else repeat((), len(numbers))
    told = ({key: text for key, text in zip(said, row, strict=True) if text} for row in cells)
    return [Row(number, values, issues.get(number, [])) for number, values in zip(numbers, told, strict=True)]


def rows_read(rows: Sequence[Sequence[Value | Cell]], below: int, columns: Sequence[ListColumn]) -> Iterator[Part]:
    """In parts, every row below the header; titles of sections, sums, rulers are passed over."""
    titles = Titles(columns)
    readers = [Column(column) for column in columns]
    numbered = islice(enumerate(rows, 1), below, None)
    while part := list(islice(numbered, PART)):
        others = {number for number, values in part if titles.holds(values)}
        about = [each for each in part if each[0] not in others] if others else part
        passed = [number for number, values in part if number in others and titles.says_anything(values)]
        yield _part(about, readers, passed)


def _part(rows: Sequence[tuple[int, Sequence[Value | Cell]]], columns: Sequence[Column], passed: list[int]) -> Part:
    numbers = [number for number, _values in rows]
    part = Part(numbers, {}, defaultdict(list), passed)
    cells = list(zip(*(values for _number, values in rows), strict=True))
    for column in columns if rows else ():
        _say(part, column, column.read(_values(cells[column.index])))
    _complete(part)
    return part


def _say(part: Part, column: Column, found: Sequence[Read]) -> None:
    """Issues stand in the order of the columns."""
    if column.wrong:
        for number, each in zip(part.numbers, found, strict=True):
            if isinstance(each, Issue):
                part.issues[number].append(each)
    texts = [each if isinstance(each, str) else "" for each in found] if column.wrong else found
    if before := part.said.get(column.key):
        texts = [each or other for each, other in zip(texts, before, strict=True)]
    if any(texts):
        part.said[column.key] = cast(list[str], texts)


def _values(values: Sequence[Value | Cell]) -> Sequence[Value | Cell]:
    """As a key of what was read, TRUE would be no other than 1."""
    return (
        [cell_of(value) if isinstance(value, bool) else value for value in values]
        if bool in set(map(type, values))
        else values
    )


def _complete(part: Part) -> None:
    """What follows from other cells: the kind from the name, the whole name from the kind."""
    said, numbers = part.said, part.numbers
    if "name" in said:
        stated = said.get("kind") or [""] * len(numbers)
        pairs = list(zip(said["name"], stated, strict=True))
        kinds = [kind_begun(name) or kind if name else kind for name, kind in pairs]
        said["name"] = [whole_name(name, kind) if name else "" for (name, _), kind in zip(pairs, kinds, strict=True)]
        said["kind"] = kinds
    for at, day in enumerate(said.get("founded", ())):
        if day.endswith("*"):
            said["founded"][at] = day[:-1]
            part.issues[numbers[at]].append(Issue("L108", "founded", {"text": day[:4]}))
    for number, code in zip(numbers, said.get("code", ()), strict=False):
        if code and code_doubtful(code):
            part.issues[number].append(Issue("L109", "code", {"text": code}))


def _reader(column: ListColumn) -> Reader:
    role = column.role
    if role in (IGNORED, "number"):
        return lambda _text, _number: ""
    if is_amount(role):
        return _amounts(role, column.scale)
    special: dict[str, Reader] = {
        "code": _code, "kind": _kind, "founded": _day, "status": _status, "main_industry": _industry,
    }  # fmt: skip
    if role in special:
        return special[role]
    if role in fact_kinds() and fact_kinds()[role].type == "choice":
        return _choices(fact_kinds()[role])
    most = LONGEST.get(role, LONG)
    return lambda text, _number: _plain(text, most)


def tidy(text: str) -> str:
    """
    >>> tidy(" Chè\\n Tân Cương "), tidy("–")
    ('Chè Tân Cương', '')
    """
    text = normalize("NFC", text)  # as Windows-1258 and Macs write it, a tone mark is a sign of its own
    words = text.strip() if text.isprintable() and "  " not in text else " ".join(text.replace("\x00", "").split())
    return "" if len(words) <= LONGEST_NOTHING and words.lower() in NOTHING else words


def _plain(text: str, most: int) -> str:
    words = tidy(text)
    if len(words) > most:
        raise Unfit("L106", text=f"{words[:40]}…", most=most)
    return words


def _code(text: str, number: bool) -> str:
    """A number has lost the noughts before it: `100109106` is 0100109106."""
    words = _plain(text.lstrip("'"), LONGEST["code"]).replace(" ", "")
    return words.zfill(10) if number and len(words) == 9 else words


def _amounts(role: str, scale: int) -> Reader:
    what = _type(role)
    may_lose = role in MAY_LOSE

    def read(text: str, number: bool) -> str:
        words = tidy(text)
        if not words:
            return ""
        if what == "yes":
            return _yes(words)
        amount = _decimal(words, number) * scale
        if amount < 0 and not may_lose:
            raise Unfit("L103", text=words, wanted=gettext_noop("it is not below 0"))
        if what == "percent" and amount > 100:
            raise Unfit("L103", text=words, wanted=gettext_noop("it is a percentage from 0 to 100"))
        if what in ("money", "count") and amount != int(amount):
            raise Unfit("L103", text=words, wanted=gettext_noop("it is a whole number"))
        if abs(amount) >= Decimal(10) ** WHOLE_DIGITS:
            raise Unfit("L103", text=words, wanted=gettext_noop("it has at most 18 digits"))
        return plain_number(amount)

    return read


def _type(role: str) -> str:
    kind = fact_kinds().get(role)
    return "money" if is_money(role) else kind.type if kind else "count"


def is_whole(role: str) -> bool:
    """Whether it is an amount without a fraction."""
    return is_amount(role) and _type(role) in ("money", "count")


def plain_number(amount: Decimal) -> str:
    """
    >>> plain_number(Decimal("12.50")), plain_number(Decimal("1E+6"))
    ('12.5', '1000000')
    """
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _decimal(words: str, number: bool) -> Decimal:
    bare = re.sub(r"(?:đồng|đ|vnđ|%|ha|người|tv)\.?$", "", words, flags=re.I).strip()
    found = (
        (Decimal(bare) if re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", bare) else None)
        if number
        else number_typed(bare)
    )
    if found is None:
        raise Unfit("L102", text=words[:60])
    return round(found, 6) if number else found


def _yes(words: str) -> str:
    plain = fold(words)
    if plain in YES:
        return "1"
    if plain in NO:
        return "0"
    raise Unfit("L105", text=words[:60], wanted=gettext_noop("yes or no"))


@lru_cache(maxsize=20_000)
def _day(text: str, number: bool) -> str:
    """A day; of a year alone its first, with a star.

    >>> _day("ngày 01 tháng 8 năm 2025", False), _day("45870", True), _day("1.8.2025", False), _day("2025", True)
    ('2025-08-01', '2025-08-01', '2025-08-01', '2025-01-01*')
    """
    words = tidy(text).removeprefix("'")
    if not words:
        return ""
    if m := YEAR.fullmatch(words):
        return f"{m[1]}-01-01*"
    if number and words.isdecimal() and int(words) in EXCEL_DAYS:
        return (EXCEL_BEGINS + timedelta(days=int(words))).isoformat()
    stated, written = DAY.fullmatch(words) or WORDED.fullmatch(words), ISO.fullmatch(words)
    parts = (stated[3], stated[2], stated[1]) if stated else written.groups() if written else ()
    try:
        year, month, day = map(int, parts)
        return date(year, month, day).isoformat()
    except ValueError:
        raise Unfit("L104", text=words[:60]) from None


@cache
def _called(what: str) -> Mapping[str, str]:
    return {fold(name): key for key, names in table("columns")[what].items() for name in names}


def _kind(text: str, _number: bool) -> str:
    words = fold(tidy(text))
    found = _called("kinds").get(words) or kind_begun(tidy(text))
    if words and not found:
        raise Unfit("L105", text=tidy(text)[:60], wanted=", ".join(BEGINNINGS.values()))
    return found or ""


def _status(text: str, _number: bool) -> str:
    """`active working`; words that nobody knows are let be: a list changes no status."""
    return _called("status").get(fold(tidy(text)), "")


def _industry(text: str, number: bool) -> str:
    words = tidy(text)
    digits = re.match(r"[A-Z]?(\d{2,5})\b", words)
    if not words:
        return ""
    code = digits[1] if digits else ""
    if number and len(code) == 3:  # a number has lost its nought
        code = f"0{code}"
    if not is_industry(code):
        raise Unfit("L107", text=words[:60])
    return code


def _choices(kind: FactKind) -> Reader:
    known = {fold(word): key for key, words in kind.choices for word in (key, words.vi, words.en)}
    wanted = ", ".join(words.vi for _key, words in kind.choices)

    def read(text: str, _number: bool) -> str:
        words = tidy(text)
        if words and fold(words) not in known:
            raise Unfit("L105", text=words[:60], wanted=wanted)
        return known.get(fold(words), "")

    return read
