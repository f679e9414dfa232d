"""The day that a cited document bears: behind its symbol, behind its issuer, or behind its title and before its issuer."""

from __future__ import annotations

import re
from datetime import date

from vanban.bodies import opening
from vanban.lexicon import DATE, day, fold
from vanban.names import full_name

ON_DAY = re.compile(rf"\s*,?\s*(?:ký\s+)?ngày\s+{DATE}", re.I)
MADE = re.compile(
    r"\s*(?:nước Cộng h(?:òa|oà) xã hội chủ nghĩa Việt Nam)?(?:\s*,?\s*kh(?:óa|oá) [IVX]+)?\s*"
    rf"(?:đã )?(?:ban hành|thông qua|ký)(?:\s+ban hành)?\s+ngày\s+{DATE}",
    re.I,
)
CLOSING = re.compile(rf"\s,?\s*ngày\s+{DATE}\s+của\s+(?=(?P<issuer>\w))")
ENDS = re.compile(r"[;)]|\.\s")
SYMBOL_ENDS = re.compile(r"(?:[\w&]+-[\w&]+|/QH\d+)$")
LAW_ENDS = re.compile(r"(?<!\w)(?:Luật|Bộ luật|Pháp lệnh)\s[^;.:()]{3,80}$")
WINDOW = 600


def day_of(m: re.Match[str]) -> date | None:
    return day(int(m["year"]), int(m["month"]), int(m["day"]))


def made_on(text: str, at: int) -> date | None:
    """Behind the issuer: `do Quốc hội nước Cộng hòa … ban hành ngày 20 tháng 11 năm 2012`."""
    m = MADE.match(text, at)
    return day_of(m) if m else None


def closing_day(text: str, at: int, issuer: str | None) -> date | None:
    """Behind the title, its own issuer after it: `Nghị định số 77/2019/NĐ-CP Về tổ hợp tác ngày 10/10/2019 của Chính phủ`.

    A day that stands right behind another document's symbol is that one's, and so is one before another issuer.
    """
    if not issuer:
        return None
    stop = ENDS.search(text, at, at + WINDOW)
    limit = stop.start() if stop else min(len(text), at + WINDOW)
    for m in CLOSING.finditer(text, at, limit):
        of_law = issuer == "Quốc hội" and LAW_ENDS.search(text, at, m.start())
        if not of_law and not SYMBOL_ENDS.search(text, at, m.start()) and _is(issuer, text[m.end() : m.end() + 60]):
            return day_of(m)
    return None


def _is(issuer: str, words: str) -> bool:
    body = next(iter(opening(words)), None)
    return bool(body and body.span[0] <= 1 and fold(full_name(body.raw)) == fold(issuer))
