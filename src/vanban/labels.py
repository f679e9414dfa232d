"""Fields that a document labels: `Đơn vị chủ trì: …; đơn vị phối hợp: …; thời gian hoàn thành: …; sản phẩm: …`.

They stand as a line of their own below a block or a group of bullets, or in brackets at the end of a block.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from vanban.bodies import mentions
from vanban.forms import lowered
from vanban.values import Passage

LABEL = re.compile(
    r"""(?:^|(?<=[;.,(])|(?<=;\s)|(?<=\.\s)|(?<=,\s)|(?<=\s-\s))\W{0,3}(?:
      (?P<coordinate>(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan)\s+)?(?:phối\s+hợp)(?:\s+thực\s+hiện)?)
    | (?P<lead>(?:(?:các\s+)?(?:đơn\s+vị|cơ\s+quan)\s+)(?:được\s+giao\s+)?(?:chủ\s+trì|thực\s+hiện|đầu\s+mối|chịu\s+trách\s+nhiệm)(?:\s+(?:thực\s+hiện|tham\s+mưu|chính))?
        |chủ\s+trì(?:\s+thực\s+hiện)?|trách\s+nhiệm\s+thực\s+hiện|phân\s+công(?:\s+thực\s+hiện)?|tổ\s+chức\s+thực\s+hiện|(?:bộ\s+phận|người)\s+(?:chủ\s+trì|phụ\s+trách|thực\s+hiện)|giao\s+chủ\s+trì)
    | (?P<time>(?:thời\s+(?:gian|hạn|điểm)|tiến\s+độ|lộ\s+trình)(?:\s+(?:thực\s+hiện|hoàn\s+thành|triển\s+khai|trình|báo\s+cáo))*|hoàn\s+thành)
    | (?P<deliverable>(?:các\s+)?sản\s+phẩm(?:\s+(?:hoàn\s+thành|đầu\s+ra|dự\s+kiến|chính))*|kết\s+quả\s+(?:đầu\s+ra|dự\s+kiến|sản\s+phẩm)|đầu\s+ra)
    )\s*:\s*""",
    re.X | re.I,
)  # fmt: skip
# What stands before the colon of a label.
NAMED = re.compile(
    r"(?:hợp|hiện|trì|mối|nhiệm|mưu|chính|công|trách|gian|hạn|điểm|độ|trình|thành|khai|cáo|phẩm|ra|kiến)\s*:"
)
ABOVE = re.compile(
    r"(?:các|những)\s+(?:nhiệm\s+vụ|nội\s+dung|công\s+việc|giải\s+pháp)\s+(?:nêu\s+)?trên(?:\s+đây)?\s+(?:do|giao(?:\s+cho)?)\s+",
    re.I,
)
WORDS_BESIDE = 6  # more words than this beside the bodies, and a line gives an order of its own


class Labels(NamedTuple):
    """What is labelled, each the words behind its label."""

    lead: Passage | None = None
    coordinate: Passage | None = None
    time: Passage | None = None
    deliverable: Passage | None = None

    def over(self, other: Labels | None) -> Labels:
        """These labels, and where they are silent the others."""
        if other is None:
            return self
        return Labels(
            self.lead or other.lead,
            self.coordinate or other.coordinate,
            self.time or other.time,
            self.deliverable or other.deliverable,
        )


def find_labels(passage: Passage, *, inside: bool = False) -> Labels:
    """Labelled fields of a line; `inside` a block the label must not be its first word.

    >>> found = find_labels(Passage.plain("Đơn vị chủ trì: Sở Tài chính; phối hợp: Sở Nội vụ. Thời gian: Quý I/2024.", 0))
    >>> found.lead.text, found.coordinate.text, found.time.text
    ('Sở Tài chính', 'Sở Nội vụ', 'Quý I/2024')
    """
    if not inside and (above := ABOVE.match(passage.text)):
        return Labels(lead=passage.cut(above.end()))
    if not _labels(passage.text):
        return Labels()
    found: dict[str, Passage] = {}
    hits = [m for m in LABEL.finditer(passage.text) if m.start() or not inside]
    for m, following in zip(hits, [*hits[1:], None], strict=False):
        end = following.start() if following else len(passage)
        value = passage.text[m.end() : end].rstrip(" .;,")
        if value.endswith(")") and value.count(")") > value.count("("):
            value = value[:-1]
        value = value.rstrip(" .;,-(")
        field = str(m.lastgroup)
        if value and (field in ("time", "deliverable") or mentions(value)):
            found.setdefault(field, passage.cut(m.end(), m.end() + len(value)))
    return Labels(**found)


def _labels(text: str) -> bool:
    """Whether a label may stand in the text."""
    return ":" in text and bool(NAMED.search(lowered(text)))


def is_label_line(text: str) -> bool:
    """A line that only labels: it opens with a label, and says little besides.

    >>> is_label_line("Trách nhiệm thực hiện: Sở Tài chính; phối hợp: Sở Nội vụ")
    True
    >>> is_label_line("Các nhiệm vụ trên do Sở Tài chính chủ trì, Sở Nội vụ phối hợp.")
    True
    >>> is_label_line("Chủ trì, phối hợp với Sở Nội vụ xây dựng đề án")
    False
    """
    first = LABEL.match(text) if _labels(text) else None
    if not first:
        return bool(ABOVE.match(text))
    if first.lastgroup in ("time", "deliverable"):
        return len(text) < 240
    value = text[first.end() :]
    following = LABEL.search(value)
    value = value[: following.start()] if following else value
    bodies = mentions(value)
    return bool(bodies) and len(value.split()) - sum(len(m.raw.split()) for m in bodies) <= WORDS_BESIDE
