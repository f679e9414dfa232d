"""Text that has lost its line breaks, as programs write it that join the lines of a page: they are set again.

`… với nội dung sau: I. MỤC TIÊU 1. Phát triển …; 2. Củng cố …` has three places where a line began.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

FEW, SHORT, LONG = (
    5,
    500,
    2_500,
)  # lines of a text; letters of a line that holds more than a paragraph in one of few, of many
HEADING = 90  # letters of a heading at most
UPPER = "[A-ZĐÀÁẢÃẠĂẰẮẲẴẶÂẦẤẨẪẬÈÉẺẼẸÊỀẾỂỄỆÌÍỈĨỊÒÓỎÕỌÔỒỐỔỖỘƠỜỚỞỠỢÙÚỦŨỤƯỪỨỬỮỰỲÝỶỸỴ]"
ITEM = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}(?:\s?[-.)])?|[a-zđ]\s?\)|[-–+•])"
WORD = rf"{UPPER}{{2,}}(?!\w)"
BREAK = re.compile(
    rf"""(?<!\s)\s+(?:
      (?<=[.;:!?”"]\s)(?={ITEM}\s?["“(]?{UPPER})                         # an item behind the end of a sentence
    | (?=[IVX]{{1,5}}[.\-]\s?{UPPER} | (?:Điều|ĐIỀU)\s\d{{1,3}}\s?[.:]\s)
    | (?<={UPPER}{UPPER}\s)(?={ITEM}\s?{UPPER}|{UPPER}(?!{UPPER}*(?!\w)))  # behind a heading in capitals
    | (?=CỘNG\sH(?:ÒA|OÀ)\sXÃ|ĐẢNG\sCỘNG\sSẢN|Độc\slập\s-\sTự\sdo|Số\s?:\s?\d|Nơi\snhận\s?:|TM\.\s{UPPER})
    | (?<=Hạnh\sphúc\s) | (?<=[-*]{{4}}\s) | (?=[-*]{{4}})
    | (?<=\d{{4}}\s)(?={WORD}\s{WORD}) | (?<=\./\.\s)
    )""",
    re.X,
)
AFTER_TITLE = re.compile(rf"\s(?={ITEM}\s{UPPER})")  # an item behind a heading in small letters
TYPE = re.compile(
    r"(?:KẾ HOẠCH|CHƯƠNG TRÌNH|QUYẾT ĐỊNH|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO|KẾT LUẬN|CÔNG ĐIỆN|ĐỀ ÁN)(?: HÀNH ĐỘNG)?(?=\s\w)"
)
NAME = re.compile(
    r"(?:điều|khoản|điểm|mục|phần|chương|lao động|tài chính|kinh tế|xã hội|phát thanh|việt nam|nhà nước)$", re.I
)  # goes on


def lost(content: str) -> int:
    """How long a line must be to hold several of this text."""
    return SHORT if content.strip().count("\n") < FEW else LONG


def pieces(line: str) -> Iterator[tuple[int, str]]:
    """Where each line began within `line`, and its words.

    >>> text = "như sau: " + "I. MỤC TIÊU 1. Phát triển hợp tác xã. 2. Củng cố tổ hợp tác. " * 50
    >>> [words for _, words in list(pieces(text))[:4]]
    ['như sau:', 'I. MỤC TIÊU', '1. Phát triển hợp tác xã.', '2. Củng cố tổ hợp tác.']
    """
    at = 0
    for end in (*(m.start() for m in BREAK.finditer(line)), len(line)):
        yield from _titled(at, line[at:end])
        at = end


def _titled(at: int, words: str) -> Iterator[tuple[int, str]]:
    """The same, the heading that opens it on a line of its own."""
    at, words = at + len(words) - len(words.lstrip()), words.strip()
    if m := TYPE.match(words):
        yield at, m[0]
        at, words = at + m.end() + 1, words[m.end() + 1 :]
    m = AFTER_TITLE.search(words, 4, HEADING)
    if m and words[0].isalnum() and words[:4].rstrip()[-1:] != "-" and not NAME.search(words[: m.start()]):
        yield at, words[: m.start()]
        at, words = at + m.end(), words[m.end() :]
    if words:
        yield at, words
