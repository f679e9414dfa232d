"""Which lines belong together: page furniture, outline markers, sentences torn by a page or a scan.

Shared by all readers; works on lines of text and knows nothing of where they came from.
"""

from __future__ import annotations

import re
import unicodedata

UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ufffe\uffff\ud800-\udfff]")
SYMBOL = re.compile("[\ue000-\uf8ff]+")  # private letters: bullets of the Symbol and Wingdings fonts
LETTER = "A-Za-zÀ-ỹĐđ"
# Control characters say nothing, a database refuses NUL and pages show rubbish: a space for each moves no letter.
_SPACED = str.maketrans({code: " " for code in (*range(0x20), 0x7F) if chr(code) not in "\t\n"})
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

MARKER = re.compile(
    rf"""(?:
      Phần\s+(?:thứ\s+\w+|[IVXLC]+|[A-Z]|\d+)\b | Chương\s+(?:[IVXLC]+|\d+)\b | (?:Tiểu\s+mục|Mục)\s+(?:[IVXLC]+|\d+)\b
    | Điều\s+\d+[a-zđ]?\s*[.:]
    | [IVXLC]{{1,6}}\s*[.\-–/)]\s*(?=[^\s\d])
    | [A-HK]\s*[.)]\s+(?=[{LETTER}])
    | \d{{1,3}}(?:\.\d{{1,2}}){{1,3}}[.)]?\s+(?=[^\s\d%])
    | \d{{1,3}}\s*(?:[.)]\s*|/\s+)(?=[{LETTER}"“(*]) | \d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\s*[-–]\s+(?=[{LETTER}])
    | [a-zđ]{{1,2}}\s*[.)]\s+(?=\S) | [a-zđ]{{1,2}}\)(?=\S)
    | [-–—•·+*▪●○◦§✓]\s+(?=\S) | [-–—•+▪●](?=[{LETTER}])
    )""",
    re.X,
)

FURNITURE = re.compile(
    r"""^\s*(?:
      \W*\d{1,3}\W*                                        # page number: 7, - 7 -, [7]
    | (?:trang|page|tr\.)\s*\d{1,4}(?:\s*(?:/|trên|of)\s*\d{1,4})?
    | [-–—_=*.·~\\\s]{3,}                                  # a rule
    )\s*$""",
    re.X | re.I,
)
CAPTION = re.compile(r"^\s*.{0,160}\bẢnh\s*:\s*[^.;:]{2,40}\.?\s*$", re.I)  # of a picture
CAPTION_LIMIT = 200
SENTENCE_ENDS, BEHIND_THEM = (".", ";", ":", "!", "?", "…"), '"”’)]*_'
PERIOD = re.compile(r"[-–]\s*(?:19|20)\d\d(?!\d)")  # `2026` stands at the end of the line above
NUMBERED = re.compile(r"\b(?:năm|tháng|ngày|số|quý)$", re.I)
DANGLING_WORDS = ("về", "của", "theo", "với", "và", "các", "cho", "giữa", "bởi")  # no sentence ends so
DANGLING = re.compile(rf"(?<!\w)(?:{'|'.join(DANGLING_WORDS)})$")
OVERLAP = 20  # characters that a page may repeat of the page before


def spaced(text: str) -> str:
    """The text with a space for each control character that says nothing."""
    return text.translate(_SPACED) if _CONTROL.search(text) else text


def squash(text: str) -> str:
    """NFC, every run of white space one space, none at the ends."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_furniture(line: str) -> bool:
    """A line that belongs to the page, not to the text.

    >>> [is_furniture(x) for x in ("- 7 -", "Trang 3/12", "_____", "Một góc cánh đồng. Ảnh: An Bình", "2023", "7. Xây dựng")]
    [True, True, True, True, False, False]
    """
    if len(line) >= CAPTION_LIMIT:
        return False
    return bool(FURNITURE.match(line) or (":" in line and "ảnh" in line.lower() and CAPTION.match(line)))


def starts_item(line: str) -> bool:
    """The line opens a block of the outline.

    >>> [starts_item(x) for x in ("II- NHIỆM VỤ", "2.1 Chính sách", "đ) Sở A", "- Rà soát", "2.000 tổ", "Năm 2015")]
    [True, True, True, True, False, False]
    """
    return bool(MARKER.match(line.lstrip()))


def ends_sentence(text: str) -> bool:
    """The text ends in a mark behind which a new sentence may begin, quotation marks and brackets left aside.

    >>> [ends_sentence(x) for x in ("đã ban hành.”", "gồm: ", "(nếu có)", "")]
    [True, True, False, False]
    """
    return text.rstrip().rstrip(BEHIND_THEM).endswith(SENTENCE_ENDS)


def is_torn(before: str, after: str) -> bool:
    """`after` continues the sentence that `before` leaves open, as over a page break.

    >>> is_torn("thường xuyên đôn đốc, kiểm tra, bổ", "sung, cập nhật những nhiệm vụ mới")
    True
    >>> is_torn("để xem xét, quyết định.", "quả thực hiện Kế hoạch này")
    False
    >>> is_torn("trong giai đoạn 2026", "- 2030 để hỗ trợ")
    True
    """
    before, after = before.rstrip(" *_"), after.lstrip(" *_")
    if not before or not after:
        return False
    if PERIOD.match(after) and before[-4:].isdigit():
        return True
    first = after[0]
    goes_on = first.islower() or first in ",)"
    if not (goes_on or first.isdigit() or before.endswith(DANGLING_WORDS)):
        return False
    if ends_sentence(before) or starts_item(after):
        return False
    if first.isdigit():
        return before[-1] in ",-–" or bool(NUMBERED.search(before))
    if before.isupper() and not after.isupper() and before.count(" "):
        return False  # a title line and what follows it: `KẾ HOẠCH HÀNH ĐỘNG` / `thực hiện …`
    return goes_on or bool(DANGLING.search(before))


def overlap(before: str, after: str) -> int:
    """How many characters at the head of `after` a page repeats from the tail of `before`.

    >>> overlap("làm cầu nối giữa Đảng và Nhà nước. Phát huy", "nối giữa Đảng và Nhà nước. Phát huy vai trò")
    35
    """
    head = after[:OVERLAP]
    at = before.rfind(head) if len(head) == OVERLAP else -1
    return len(before) - at if at >= 0 and after.startswith(before[at:]) else 0
