"""Lines of a text that were broken to fit a width, and which of them belong to one paragraph.

Two kinds of breaking are met. A typewriter or `pdftotext` breaks each line where the next word does not fit. The pages of legal
sites keep the lines of the HTML that Word wrote: there the sign that opens a paragraph stands in its first line, unseen, so
that a first line is much shorter than the others and never as long.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from vanban.reading.joining import DANGLING, ends_sentence, is_torn, starts_item

OPENING = re.compile(  # how paragraphs begin that stand behind a list, and sentences within an item rarely do
    r"(?:Yêu cầu|Đề nghị|Trên đây|Nay|Trong quá trình|Nhận được|Căn cứ|Quá trình (?:triển khai|thực hiện)"
    r"|Các (?:sở|ban|bộ|cơ quan|đơn vị|địa phương)|Thủ trưởng|Giám đốc|Chủ tịch (?:UBND|Ủy ban|Uỷ ban)"
    r"|(?:Kế hoạch|Chỉ thị|Quyết định|Thông báo|Chương trình|Công văn) này|(?:UBND|Ủy ban nhân dân|Uỷ ban nhân dân) \S+"
    r" (?:yêu cầu|giao|đề nghị|thông báo|ban hành))(?!\w)"
)
WHOLE = (  # never broken over two lines of a letterhead on purpose
    "cộng hòa xã hội chủ nghĩa việt nam",
    "cộng hoà xã hội chủ nghĩa việt nam",
    "đảng cộng sản việt nam",
    "độc lập - tự do - hạnh phúc",
    "ủy ban nhân dân",
    "uỷ ban nhân dân",
    "hội đồng nhân dân",
    "thủ tướng chính phủ",
    "ủy ban mặt trận tổ quốc việt nam",
    "liên minh hợp tác xã",
)
TORN_WHOLE = re.compile(
    "|".join(
        rf"(?<!\w){' '.join(words[:at])}\n{words[at]}(?!\w)"
        for words in map(str.split, WHOLE)
        for at in range(1, len(words))
    )
)
LAST_OF_PART = frozenset(word for name in WHOLE for word in name.split()[:-1])
HYPHENED = re.compile(  # names with a hyphen, as their parts stand before and behind it
    r"(?:kinh tế|chính trị|văn h(?:óa|oá)) ?\n[-–] ?xã hội|lao động ?\n[-–] ?thương binh|tài chính ?\n[-–] ?kế hoạch"
    r"|độc lập ?\n[-–] ?tự do|tự do ?\n[-–] ?hạnh phúc|xã hội ?\n[-–] ?nghề nghiệp|khoa học ?\n[-–] ?kỹ thuật"
    r"|phát thanh,? ?(?:và)? ?\n[-–] ?truyền hình|quốc phòng ?\n[-–] ?an ninh|(?:nhà nước|việt nam|xã hội) ?\n[-–] ?(?:chi nhánh|phòng giao dịch)"
)
LABEL_END = re.compile(r"(?:chủ trì|phối hợp|thực hiện|trách nhiệm)\s*:$", re.I)
NUMBER_OF = re.compile(r"\W*Số\s*:", re.I)  # of the document
END = "./."  # closes what is ordered; recipients follow
WRAPPED = 0.25  # share of lines that only continue the line before, from which a text counts as hard-wrapped
NARROW, FILLED = 130, 0.8  # letters of a line; share of it that is filled where the next word did not fit
FULL = 0.75  # of the usual width: a shorter line ends its paragraph
LONGEST_WORD = 14  # letters, with the sign behind it: how far a line may stay below the width
FIRST = 0.7  # of the width: first lines behind an unseen sign are shorter
FEWEST, TORN_FIRST, TORN_FULL = 5, 0.15, 0.3  # torn lines from which, and shares of them by which, such signs are told


class Line(NamedTuple):
    start: int
    raw: str
    bold: bool
    gap: bool  # a blank line stands before it
    piped: bool = False  # a row of a table with pipes between its cells
    tabular: bool = False  # the same, or one with tabs between them


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a text was broken: `width` is the usual length of its lines, 0 where each is a paragraph.

    With `first`, no first line of a paragraph is longer; `least` is what nearly each of them has room for.
    """

    width: int = 0
    first: int = 0
    least: int = 0


def wrap_of(lines: list[Line]) -> Wrap:
    pairs = [(a, b) for a, b in pairwise(lines) if not (b.gap or a.tabular or b.tabular)]
    torn = sorted(len(a.raw) for a, b in pairs if is_torn(a.raw, b.raw))
    longest = max((len(line.raw) for line in lines if not line.tabular), default=0)
    if signed := _signed(torn):
        return signed
    if longest <= NARROW and len(torn) > 3 and sum(size > FILLED * longest for size in torn) > FILLED * len(torn):
        return Wrap(longest)  # few lines are torn, all of them at the same edge
    if len(pairs) < 8 or len(torn) < WRAPPED * len(pairs):
        return Wrap()
    return Wrap(sorted(len(line.raw) for line in lines)[int(len(lines) * 0.8)])


def _signed(torn: list[int]) -> Wrap | None:
    """Of torn lines, by length: those of one group end at one edge, those of another are far shorter."""
    if len(torn) < 2 * FEWEST:
        return None
    ends = [
        bisect_right(torn, size + LONGEST_WORD) for size in torn
    ]  # behind those that reach as far and a word farther
    long = bisect_right(torn, FIRST * torn[int(len(torn) * 0.97)])
    begin = max(range(long, len(torn)), key=lambda at: ends[at] - at)
    width, full = torn[ends[begin] - 1], ends[begin] - begin
    first = [size for size in torn if size <= FIRST * width]
    if width > NARROW or len(first) < max(FEWEST, TORN_FIRST * len(torn)) or full < TORN_FULL * len(torn):
        return None
    return Wrap(width, int(FIRST * width), first[len(first) // 10])


def continues(lines: Sequence[Line], at: int, text: str, following: str, alone: bool, wrap: Wrap) -> bool:
    """Line `at`, which says `following`, goes on with the paragraph `text` of the lines before; `alone` it has one line yet."""
    before, line = lines[at - 1], lines[at]
    if before.bold and line.bold and not line.gap:  # one heading over several lines
        return not starts_item(following) and not text.isupper() and not following.isupper()
    if is_torn(text, following) or (not line.gap and _splits_name(text, following)):
        return before.bold == line.bold or not line.gap
    if not wrap.width or line.gap or before.bold != line.bold or text.endswith(END):
        return False
    if starts_item(following):
        return bool(wrap.first) and _is_hyphen(before.raw, text, following, wrap)
    if wrap.first:
        return _goes_on(lines, at, text, following, alone, wrap)
    if len(before.raw) < FULL * wrap.width:
        return False
    if text.isupper() or not ends_sentence(text):
        return not text.isupper()
    if following[0].islower():
        return True  # behind `;`: no paragraph begins so
    # A sentence that fills its line: only the next words can tell whether the paragraph goes on.
    return len(before.raw) >= 0.9 * wrap.width and not OPENING.match(following)


def _splits_name(text: str, following: str) -> bool:
    """
    >>> _splits_name("CỘNG HÒA XÃ", "HỘI CHỦ NGHĨA VIỆT NAM"), _splits_name("ỦY BAN NHÂN DÂN", "TỈNH THÁI NGUYÊN")
    (True, False)
    """
    if following[0].isdigit():
        return bool(NUMBER_OF.fullmatch(text))
    dashed, end = following[0] in "-–", text[-32:].lower()
    if not dashed and end.rsplit(None, 1)[-1] not in LAST_OF_PART:
        return False
    return bool((HYPHENED if dashed else TORN_WHOLE).search(f"{end}\n{following[:20].lower()}"))


def _is_hyphen(before: str, text: str, following: str, wrap: Wrap) -> bool:
    """The dash that begins the line stands within a name for which the line before had no room, and opens no item."""
    dashed = following.startswith(("- ", "– ")) and not ends_sentence(text)
    return dashed and (following[2].islower() or len(before) + 2 >= wrap.width)


def _goes_on(lines: Sequence[Line], at: int, text: str, following: str, alone: bool, wrap: Wrap) -> bool:
    """The same where first lines are shorter: a long line goes on with what stands before, a short one mostly does not."""
    before, line = lines[at - 1].raw, lines[at].raw
    if text.isupper():
        return following.isupper() and (starts_item(text) or bool(DANGLING.search(text.lower())))
    if (following.isupper() and not following.isascii()) or NUMBER_OF.match(following) or NUMBER_OF.match(text):
        return False  # of the letterhead: `KẾ HOẠCH` below the date
    behind = len(before) + 1 + len(following.split(maxsplit=1)[0])  # where the first word would end
    no_room = behind > (wrap.least if alone and len(before) <= wrap.first else wrap.width)
    if len(line) > wrap.first:
        return not ends_sentence(text) or no_room
    if alone and starts_item(text) and following.endswith(":") and not ends_sentence(text):
        return True  # of one that is told to do what follows
    after = lines[at + 1] if at + 1 < len(lines) else None
    if after and not after.gap and len(after.raw) > wrap.first and not starts_item(after.raw):
        return False  # the line is a first one
    return no_room and (not ends_sentence(text) or bool(LABEL_END.search(text)))
