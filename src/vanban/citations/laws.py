"""Laws cited by their name: `Luật Đất đai năm 2024`, `Luật BHXH, BHYT`, `các Luật: Đất đai, Đầu tư`, `Bộ luật Dân sự`.

A name in the list of laws (`data/document_types.toml`) is read whole, commas included; any other up to the word where the
sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from vanban.citations.symbols import Cited
from vanban.lexicon import DATE, day, fold, load
from vanban.values import Reference, Span

STOP = (
    "và|về|có|theo|được|trên|cho|của|đến|từ|hoặc|để|nhằm|hiện|do|là|không|thì|trong|quy|phù|tại|với|khi|bằng|này|các|đã|năm|làm|"
    "nên|mà|vào|ban|số|hướng|gắn|tinh|liên|ngày|như|cũng|cùng|kèm|yêu|kể|sẽ|phải|cần|bao|gồm|chưa|đang|bị|ra|sau|trước|còn|sang|đối|tuy|nếu|hằng|hàng|mỗi"
)
HEAD = re.compile(r"(?<!\w)(?P<type>Bộ [Ll]uật|Luật|Pháp lệnh|Hiến pháp)(?:(?P<list>\s*:)?\s+|(?=\W|$))")
FREE = re.compile(
    r"[A-ZĐ][^\s,;.:()\[\]]*(?:[ ][^\s,;.:()\[\]0-9\"“”]+){0,7}?"
    rf"(?=\s*[,;.:()\[\]\"”“/]|\s*$|\s+(?:(?:{STOP})(?!\w)|\d))"
)
AMENDS = re.compile(
    r"[Ss]ửa đổi,? bổ sung (?:một số )?điều (?:của )?[^;.:()]{3,160}?(?=\s*[;.:()]|\s*$|,? (?:ngày|năm|số) \d|,(?! Luật| bổ sung))"
)
ENDS = re.compile(rf"\s*[,;.:()\[\]\"”“/]|\s*$|\s+(?:(?:{STOP})(?!\w)|\d)")
SUFFIX = re.compile(  # a day before another body is that of the document whose title names the law
    rf"(?P<stated>\s+(?:năm\s+)?(?:19|20)\d\d)(?!\d)|\s*,?\s*ngày\s+{DATE}(?!\s+của\s+(?!Quốc hội|UBTVQH|(?:Ủy|Uỷ) ban [Tt]hường vụ))"
)
SYMBOL = re.compile(r"\s*,?\s*(?:số\s*:?\s*){0,2}\d+[a-z]?\s*/\s*\d{4}\s*/\s*(?:UBTV)?QH")
CONSTITUTION = re.compile(r"(?:\s+nước [^,;.]{5,60}?)?(?:\s+năm)?\s+(?:19|20)\d\d(?!\d)")
MORE = re.compile(r"\s*(?:,|;|và)\s+(?=[A-ZĐ])")
ABBREVIATION = re.compile(r"[A-ZĐ]{3,}[A-ZĐ&]*(?!\w)")


def laws(text: str) -> Iterator[Cited]:
    """Every law cited by name; one with its symbol behind it is read by the symbol."""
    behind = 0
    if "uật" not in text and "Pháp lệnh" not in text and "Hiến pháp" not in text:
        return
    for m in HEAD.finditer(text):
        if m.start() < behind:
            continue  # `Luật Sửa đổi … của Luật Đất đai` is one
        if m["type"] == "Hiến pháp":
            yield from _constitution(text, m)
        elif (behind := _name_end(text, m.end())) and not SYMBOL.match(text, behind):
            yield from _listed(text, m, behind)


def _name_end(text: str, at: int) -> int:
    """Where the name of a law ends; 0 where none begins at `at`."""
    if m := AMENDS.match(text, at):
        return m.end()
    free = FREE.match(text, at)
    return _known(text, at) or (free.end() if free else 0)


def _listed(text: str, m: re.Match[str], end: int) -> Iterator[Cited]:
    """The law, and further ones of the phrase: `BHYT` of `Luật BHXH, BHYT`, `Đầu tư` of `các Luật: Đất đai, Đầu tư`."""
    one, at = _law(text, m["type"], (m.end(), end), m.start())
    yield one
    abbreviated = bool(m["list"]) or text[m.end() : m.end() + 3].isupper()
    while more := MORE.match(text, at):
        short = ABBREVIATION.match(text, more.end()) if abbreviated else None
        name_end = _known(text, more.end()) or (short and short.end())
        if not name_end:
            return
        one, at = _law(text, m["type"], (more.end(), name_end), more.end())
        yield one


def _law(text: str, kind: str, name: Span, start: int) -> tuple[Cited, int]:
    """The law whose name stands at `name`, with its year or day; and the offset behind it."""
    title, end, on = f"{kind} {' '.join(text[slice(*name)].split())}", name[1], None
    if suffix := SUFFIX.match(text, end):
        end = suffix.end()
        if suffix["stated"]:
            title += f" {' '.join(suffix['stated'].split())}"
        else:
            on = _date(suffix)
    return Cited(Reference(None, kind, None, on, title, (start, end)), (start, end)), end


def _date(m: re.Match[str]) -> date | None:
    return day(int(m["year"]), int(m["month"]), int(m["day"]))


def _constitution(text: str, m: re.Match[str]) -> Iterator[Cited]:
    """`Hiến pháp năm 2013`, `Hiến pháp nước Cộng hòa …`, `Hiến pháp` alone."""
    year = CONSTITUTION.match(text, m.end("type"))
    span = m.start(), year.end() if year else m.end("type")
    yield Cited(Reference(None, "Hiến pháp", None, None, " ".join(text[slice(*span)].split()), span), span)


def _known(text: str, at: int) -> int | None:
    """Where a name of the list ends that begins at `at`; None where none does, or a longer name goes on."""
    m = _names().match(fold(text[at : at + 160]))
    return at + m.end() if m and ENDS.match(text, at + m.end()) else None


@cache
def _names() -> re.Pattern[str]:
    names = sorted((fold(name) for name in load("document_types")["laws"]), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")
