"""What the text does with a document that it cites: amends it, repeals it, or only mentions it.

Which document a plan carries out or continues, its title says: `collecting.py`.
"""

from __future__ import annotations

import re

from vanban.forms import Form
from vanban.values import Relation, Span

LOOK_BACK, LOOK_AHEAD = 160, 200
_THIS = r"(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Quy định|Quy chế|Chỉ thị|Kế hoạch|Kết luận|Hướng dẫn|Đề án|Chương trình) này"
_LIST = r"(?:[^.:()]*?[,;]\s+(?:và\s+)?|[^.;:()]*?\s+và\s+)?"  # documents named before it in the same breath
REPEALS = Form(
    rf"(?:(?:^|[.;:]\s+)(?:\w+[.)]\s+)?[Bb]ãi bỏ|{_THIS}[^.;]*?(?:thay thế|bãi bỏ)(?: cho)?)\s+(?:các\s+)?{_LIST}$",
    *("bãi bỏ", "thay thế"),
    flags=re.NOFLAG,
)
ENDED = Form(
    r"[^.;:]*?\b(?:hết hiệu lực|bị bãi bỏ|được thay thế bởi)[^.;]*?(?:kể từ ngày|bởi|theo)[^.;]*?\bnày(?!\w)",
    *("hết hiệu lực", "bãi bỏ", "thay thế"),
    flags=re.NOFLAG,
)
AMENDS = Form(
    rf"(?:(?:^|[.;:]\s+)(?:\w+[.)]\s+)?|{_THIS}\s+)[Ss]ửa đổi(?:,? (?:và )?bổ sung)?"
    r"(?:\s+(?:một số\s+)?(?:điều|nội dung|điểm|khoản|quy định)(?:\s+(?:của|tại))?)?"
    r"(?:\s+(?:[^.;:()]{0,80}?\s)?(?:của|tại)|\s+(?:các\s+)?[Đđ]iều [^.;:()]{0,60})?\s*$",
    "sửa đổi",
    flags=re.NOFLAG,
)


def relation(text: str, span: Span) -> Relation:
    """`Bãi bỏ Thông tư …`, `Nghị định này … thay thế Nghị định …`, `Sửa đổi, bổ sung một số điều của Quyết định …`.

    Another document that does so, or did, is not this one: `Quyết định số 23 về sửa đổi Quyết định số 246` mentions both.
    """
    if not any(form.may_stand(text) for form in (REPEALS, ENDED, AMENDS)):
        return "mentions"
    start, end = span
    behind = text[max(0, start - LOOK_BACK) : start]
    if REPEALS.search(behind) or ENDED.match(text, end, end + LOOK_AHEAD):
        return "repeals"
    return "amends" if AMENDS.search(behind) else "mentions"
