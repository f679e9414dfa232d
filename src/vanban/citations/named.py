"""Documents cited by a name of their own: resolutions by their session, plans and strategies that say their period."""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.citations.symbols import Cited, issuer_at, matches
from vanban.citations.titles import title_end
from vanban.forms import lowered
from vanban.values import Reference

TERM = r"\s*,?\s*\(?\s*kh(?:óa|oá)\s+(?P<term>[IVX]+)\)?"
RESOLUTIONS = (
    re.compile(rf"Nghị quyết\s+(?:Hội nghị\s+)?(?:Trung ương|TW)\s+(?P<no>\d{{1,2}}|[IVX]+){TERM}", re.I),
    re.compile(
        r"Nghị quyết\s+Hội nghị\s+lần thứ\s+(?P<no>\w+)\s+(?:của\s+)?Ban Chấp hành Trung ương(?:\s+Đảng)?(?:\s+Cộng sản Việt Nam)?"
        + TERM,
        re.I,
    ),
    re.compile(
        r"Nghị quyết\s+(?:của\s+)?Đại hội\s+(?:đại biểu\s+)?(?:toàn quốc\s+|(?:Đảng bộ|Đảng|Liên minh|Hội|Đoàn|Mặt trận)\s+[^,;.:()]{2,40}?\s+)?lần thứ\s+[IVX]+"
        r"(?:\s+của Đảng|\s*,?\s*nhiệm kỳ\s+20\d\d\s*[-–]\s*20\d\d)?",
        re.I,
    ),
)
SESSION, RESOLUTION = RESOLUTIONS[0], re.compile("nghị quyết")
PERIOD = (
    r"(?:giai đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|đến năm\s+20\d\d)"
    r"(?:\s*,?\s*(?:và\s+)?(?:định hướng|tầm nhìn)(?:\s+đến)?\s+năm\s+20\d\d)?"
)
NAMED = re.compile(
    rf"(?<!\w)(?P<type>Chiến lược|Chương trình|Kế hoạch|Đề án|Quy hoạch)\s+"
    rf"(?!này|hành động|số(?!\w)|mục tiêu quốc gia)(?P<name>[^.;:\n()]{{8,240}}?{PERIOD})(?P<tail>[”\"’]?\s+trên địa bàn tỉnh)?"
)
MAKES = re.compile(
    r"(?:xây dựng|ban hành|lập|soạn thảo|trình|phê duyệt|đề xuất|tham mưu|tổng kết|sơ kết|này|trên đây là|trình\s+(?:Thủ tướng |Chính phủ|Bộ |UBND |Ủy ban |Uỷ ban |HĐND |Hội đồng |Tỉnh ủy|Ban |cấp có thẩm quyền)[^,;.:]{0,40}?)(?:\s*(?:,|và)\s+(?:\w+\s+){0,3}\w+)?\s+(?:các\s+)?$",
    re.I,
)
SAYS = re.compile(r"(?<!\w)(?:được|là|phải|cần|đã|sẽ)(?!\w)|trong\s+$", re.I)  # a sentence about it, no name
BODY = re.compile(r"(?:Sở|Bộ|Phòng|Ban|ngành)\s+$")  # `Sở Kế hoạch …`
WITH_SYMBOL = re.compile(r"\s*\((?:\w+\s+){1,3}số")
LOOK_BACK = 60


def resolutions(text: str) -> Iterator[Cited]:
    """`Nghị quyết Trung ương 5 (khóa IX)`, `Nghị quyết Đại hội đại biểu toàn quốc lần thứ XIII của Đảng`."""
    if "ghị quyết" not in text and "NGHỊ QUYẾT" not in text:
        return
    starts = [m.start() for m in RESOLUTION.finditer(lowered(text))]
    for form in RESOLUTIONS:
        for m in matches(form, text, starts):
            reference = Reference(None, "Nghị quyết", None, None, " ".join(m[0].split()), m.span())
            yield Cited(reference, (m.start(), title_end(text, m.end())))


def named(text: str) -> Iterator[Cited]:
    """Plans and strategies that say their period; not those that are yet to be made, nor one named with its symbol."""
    if "giai đoạn" not in text and "đến năm" not in text:
        return
    at = 0
    while m := NAMED.search(text, at):
        at = m.start() + len(m["type"])
        nested = NAMED.search(m["name"])
        opening = m["name"].split()[0] in ("của", "về", "triển", "thực")
        if (nested or re.search(r"(?<!\w)(?:Chiến lược|Chương trình|Kế hoạch|Đề án)(?!\w)", m["name"])) and not opening:
            continue
        if not _made(text, m):
            yield _plan(text, m)


def _made(text: str, m: re.Match[str]) -> bool:
    """It is yet to be made, its symbol says the rest, or the sentence only tells something of it."""
    period = re.search(PERIOD, m["name"])
    words = m["name"][: period.start()] if period else m["name"]
    return bool(
        MAKES.search(text, max(0, m.start() - LOOK_BACK), m.start())
        or WITH_SYMBOL.match(text, m.end())
        or BODY.search(text, max(0, m.start() - 12), m.start())
        or SAYS.search(words)
    )


def _plan(text: str, m: re.Match[str]) -> Cited:
    words = m[0]
    if re.findall(r"[“”]", words) == ["”"]:  # named inside quotation marks
        words = words[: words.index("”")]
    title = re.sub(r"[“”\"‘’]", "", " ".join(words.split()))
    title = re.sub(r"(\d{4})\s*[-–]\s*(\d{4})", r"\1-\2", title)
    issuer = issuer_at(text, m.start("name") - 1)[0] if m["name"].startswith("của ") else None
    return Cited(Reference(None, m["type"], issuer, None, title, m.span()), m.span())
