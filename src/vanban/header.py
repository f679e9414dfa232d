"""What a document says of itself: type, symbol, issuer, date, title, province, signer, recipients.

Read in order of trust: the letterhead, the caption of an annex (`Ban hành kèm theo Kế hoạch số … ngày … của …`), the
signature, the preamble (`UBND tỉnh ban hành Kế hoạch …`), a news item about it (`… ký ban hành Chương trình số …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from vanban.bodies import mentions
from vanban.citations import Cited, cited, masked
from vanban.forms import Form
from vanban.lexicon import DATE, day, fold, load, tokens
from vanban.names import book, full_name, walk
from vanban.outline import CAPACITY, RECIPIENTS, is_title, titled
from vanban.places import find_province
from vanban.values import Document, Header, Mention, Outline, Paragraph, Signer, Span

NUMBER_LINE = re.compile(r"^\W*Số\s*:?\s*(?P<symbol>\d[^\s,;]*(?:\s*[-/]\s*[^\s,;]+)*)", re.I)
PLACE_DATE = re.compile(rf"^(?:[^,.;:]{{2,40}},?\s*)?ngày\s+{DATE}\s*\.?$", re.I)
MOTTO = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐỘC LẬP\s*-|ĐẢNG CỘNG SẢN", re.I)
BESIDE = re.compile(rf"\s*(?:{MOTTO.pattern}|ĐOÀN TNCS).*$", re.I)  # the right-hand column of a letterhead
ABOVE = re.compile(r"^\W*ĐẢNG BỘ ")  # the Party body over the one that issues
STAMP = re.compile(r"^\W*(?:DỰ THẢO|(?:TUYỆT |TỐI )?MẬT|(?:THƯỢNG )?KHẨN|HỎA TỐC|HOẢ TỐC)(?!\w)")
COMMITTEE = re.compile(r"(?:Tỉnh|Thành|Huyện|Thị|Quận|Đảng) (?:ủy|uỷ)(?!\w)")
SIGNING_ORGAN = re.compile(r"^\W*T/?M\s*\.?\s+(?:BAN THƯỜNG VỤ|(?P<whole>BAN CHẤP HÀNH))(?!\w)")
OFFICE_OF = re.compile(r"^\W*BAN THƯỜNG (?:TRỰC|VỤ)\W*$")  # acts for the body in the line above
OF_ISSUER = re.compile(r"^\W*của\s+", re.I)
OFFICE_BELOW = re.compile(r"\s+((?:[A-ZÀ-ỸĐ]{2,}\s+){2,}[A-ZÀ-ỸĐ]{2,})$")  # who decides, in the line below a title
PREAMBLE = re.compile(r"^\W*(?:Căn cứ|Kính gửi|Xét|Theo đề nghị)\b", re.I)
SUBJECT = re.compile(r"^\W*V/v\s*:?\s*", re.I)
ISSUES = re.compile(r"^[\s,]*(?:ký\s+)?(?:ban\s+hành|xây\s+dựng|thông\s+qua)\s+(?:các\s+)?(?P<type>\w[^.;:]*)", re.I)
COMMANDS = re.compile(r"^[\s,]*(?:yêu\s+cầu|chỉ\s+thị|quyết\s+định|quyết\s+nghị|thông\s+báo|đề\s+nghị)(?!\w)", re.I)
SIGNED = re.compile(
    r"đồng\s+chí\s+(?P<name>(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)\s*,(?P<roles>[^.;]*?)\s*ký\s+ban\s+hành"
)
SIGNS = Form(r"ký\s+ban\s+hành\s+", "hành")
COOPERATIVE = re.compile(r"(?:liên hiệp )?hợp tác xã(?!\w)", re.I)  # issues nothing: what a title is about
NEWS = re.compile(r"^LTS\W|toàn văn", re.I)  # says before a text what it is
INTRODUCED = re.compile(r"(?:ban hành|thông qua)\s+", re.I)
QUOTED = re.compile(r"\(\s*theo\s+", re.I)
OFFICE = re.compile(
    r"^(?:PHÓ\s+|QUYỀN\s+)?(?:CHỦ TỊCH|GIÁM ĐỐC|BÍ THƯ|TRƯỞNG BAN|BỘ TRƯỞNG|THỦ TƯỚNG|CHÁNH VĂN PHÒNG|CỤC TRƯỞNG|TỔNG GIÁM ĐỐC|VIỆN TRƯỞNG|HIỆU TRƯỞNG)\b"
)
NAME = re.compile(r"^(?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+$")
BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")
ENTRY_END = re.compile(r";\s+(?=[-–]\s)")  # of the recipients that share a line
SESSION = re.compile(r"[\s,]*KH(?:ÓA|OÁ) [IVXLC]+\W.*$")  # of a council
CONTENTS = re.compile(r",?\s+(?:với|gồm)(?:\s+\w+){0,3}\s+nội dung[^.;]*:$|,?\s+như sau\s*:$")  # what is not of a title
TITLE_LIMIT = 700


def find_header(document: Document, outline: Outline) -> Header:
    """Read the header; a field that the text does not give stays None."""
    front = [p for p in outline.front if p.passage]
    spans: dict[str, Span] = {}
    confidence: dict[str, float] = {}
    at, kind = _type_line(front)
    title, title_span = _title(front, at)
    if found := _titled_line(front if at is None else front[:at]):
        at, kind, title, title_span = found
    if kind is None:
        kind, title, title_span = _announced(front) or _letter(front) or _untyped(front) or (None, title, title_span)
        confidence["type"] = confidence["title"] = 0.7
    own = _own_citation(front, outline, kind)
    number, issued = _number(front), _dated(front)
    symbol = number or (own.reference.symbol if own else None)
    issued = issued or (own.reference.date if own else None) or (_news_date(front) if own else None)
    province, sure, where = find_province(document, outline)
    body, body_sure = _issuer(front[:at] if at else front[:0], front, outline, kind)
    issuer = _named_issuer(body, province, document) if body else None
    if body and _central(body):
        province = None
    if issuer and COMMITTEE.match(issuer):
        organ = _signing_organ(outline.closing)
        of_commune = issuer.startswith("Đảng") and organ == "Ban Chấp hành "  # is the committee itself
        issuer = issuer if of_commune else f"{organ}{issuer}"
    spans |= {k: v for k, v in (("title", title_span), ("province", where)) if v}
    confidence |= {"province": sure if province else 0.9, "issuer": body_sure}
    return Header(
        type=kind,
        symbol=symbol,
        issuer=issuer,
        issued_on=issued,
        title=title,
        province=province,
        signer=_signer(outline.closing, front),
        recipients=tuple(_recipients(outline.closing)),
        spans=spans,
        confidence=confidence,
    )


def _central(body: Mention) -> bool:
    known = load("bodies")["central"]
    return body.key in known or bool(re.match(r"Bộ\s+(?!Chỉ huy)", body.name))


@cache
def _kinds() -> dict[str, str]:
    names = (*load("document_types")["titles"], *load("document_types")["types"])
    return {fold(name): name for name in names}


def _type_line(front: Sequence[Paragraph]) -> tuple[int | None, str | None]:
    for i, paragraph in enumerate(front):
        text = paragraph.passage.text.strip(" *:.")
        if is_title(text):
            return i, _kinds()[fold(titled(text))]
    return None, None


@cache
def _typed() -> re.Pattern[str]:
    """A type and, in the same line, what makes a title of the rest."""
    names = "|".join(sorted(map(re.escape, _kinds().values()), key=len, reverse=True))
    return re.compile(
        rf"\W*(?P<type>(?i:{names}))(?!\w)(?:(?:\s+số\s+\S+)?(?:,?\s+ngày\s+{DATE})?\s+của\s+[^,;:]{{5,90}}?\s+"
        r"(?P<subject>(?:v/v|về|thực hiện|triển khai)\s.*)"
        r"|\s+(?P<title>(?:v/v|về|thực hiện|triển khai|phát triển|hỗ trợ|tiếp tục|đổi mới|nâng cao|củng cố|tăng cường|đẩy mạnh"
        r"|phê duyệt|ban hành|hành động)\s.*))",
        re.S | re.I,
    )


def _titled_line(front: Sequence[Paragraph]) -> tuple[int, str, str, Span] | None:
    """Type and title in one line: `KẾ HOẠCH PHÁT TRIỂN KINH TẾ TẬP THỂ NĂM 2023`; of a news item its headline."""
    found = None
    for at, paragraph in enumerate(front):
        text = paragraph.passage.text
        if PREAMBLE.match(text):
            break
        m = _typed().fullmatch(text) if len(text) < TITLE_LIMIT and not text.endswith((":", ";", ".")) else None
        if m is None or not m["type"][0].isupper():
            continue
        start = m.start("subject" if m["subject"] else "title")
        title, span = text[start:], paragraph.passage.span(start)
        more, rest = _title(front, at) if text.isupper() else (None, None)
        if more and rest and more.isupper():  # it goes on in the next lines
            title, span = f"{title} {more}", (span[0], rest[1])
        found = at, _kinds()[fold(m["type"])], title, span
    return found


def _title(front: Sequence[Paragraph], at: int | None) -> tuple[str | None, Span | None]:
    """The lines behind the type line up to the preamble."""
    if at is None:
        return None, None
    lines: list[Paragraph] = []
    for paragraph in front[at + 1 :]:
        text = paragraph.passage.text
        if not lines and (NUMBER_LINE.match(text) or PLACE_DATE.match(text) or _of_issuer(text)):
            continue
        if PREAMBLE.match(text) or text.endswith((":", ";")) or text.startswith("(") or len(text) > TITLE_LIMIT:
            break
        if _only_a_body(SESSION.sub("", text).rstrip(" ,")):
            break
        if lines and (text.isupper() != lines[-1].passage.text.isupper() or paragraph.bold != lines[-1].bold):
            break
        if lines and (len(text) > 250 or text.endswith(".")):
            break
        lines.append(paragraph)
    if not lines:
        return None, None
    last = lines[-1].passage
    office = None if last.text.isupper() else OFFICE_BELOW.search(last.text)
    end = office.start() if office and _only_a_body(office[1]) else len(last.text)
    text = " ".join((*(p.passage.text for p in lines[:-1]), last.text[:end]))
    spans = [*(p.passage.span() for p in lines[:-1]), last.span(0, end)]  # columns may put them in another order
    return text, (min(start for start, _ in spans), max(stop for _, stop in spans))


def _of_issuer(text: str) -> bool:
    """The line `CỦA BAN THƯỜNG VỤ TỈNH ỦY` under the type."""
    m = OF_ISSUER.match(text)
    return m is not None and _only_a_body(text[m.end() :])


def _only_a_body(text: str) -> bool:
    """The line between title and preamble that names who decides: `ỦY BAN NHÂN DÂN TỈNH …`."""
    return not COOPERATIVE.match(text) and any(m.span == (0, len(text)) for m in mentions(text))


def _announced(front: Sequence[Paragraph]) -> tuple[str, str, Span] | None:
    """A news item: `Ban Thường vụ Tỉnh ủy ban hành Chương trình hành động thực hiện …`."""
    titles = load("document_types")["titles"]  # with a capital: `đã ban hành kế hoạch phát triển …` names no document
    names = "|".join(sorted((*titles, *map(str.upper, titles)), key=len, reverse=True))
    for paragraph in front:
        text = paragraph.passage.text
        if m := re.search(rf"(?i:ban\s+hành)\s+(?P<type>{names})\s+(?!số|như sau|với)(?P<title>\S.*)", text):
            title = CONTENTS.sub("", m["title"]).rstrip(" .,")
            return (
                _kinds()[fold(m["type"])],
                title,
                paragraph.passage.span(m.start("title"), m.start("title") + len(title)),
            )
    return None


def _letter(front: Sequence[Paragraph]) -> tuple[str, str, Span] | None:
    """A công văn names no type; its subject follows `V/v`."""
    for paragraph in front:
        if m := SUBJECT.match(paragraph.passage.text):
            return "Công văn", paragraph.passage.text[m.end() :], paragraph.passage.span(m.end())
    return None


def _untyped(front: Sequence[Paragraph]) -> tuple[str, str | None, Span | None] | None:
    """A copy without the line of the type: its symbol tells it, and a title in capitals stands below the date."""
    number = _number(front)
    at = next((i for i, paragraph in enumerate(front) if PLACE_DATE.match(paragraph.passage.text)), None)
    if number is None or at is None or not (kind := cited(number)[0].reference.type):
        return None
    title, span = _title(front, at)
    return (kind, title, span) if title and title.isupper() else (kind, None, None)


def _number(front: Sequence[Paragraph]) -> str | None:
    for paragraph in front:
        if m := NUMBER_LINE.match(paragraph.passage.text):
            found = cited(m["symbol"])
            return found[0].reference.symbol if found else None
    return None


def _dated(front: Sequence[Paragraph]) -> date | None:
    for paragraph in front:
        text = paragraph.passage.text
        number = NUMBER_LINE.match(text)  # both columns of the letterhead in one line
        if m := PLACE_DATE.match(text[number.end() if number else 0 :].strip()):
            return day(int(m["year"]), int(m["month"]), int(m["day"]))
    return None


def _news_date(front: Sequence[Paragraph]) -> date | None:
    for paragraph in front:
        text = paragraph.passage.text
        if (SIGNED.search(text) or NEWS.search(text)) and (m := re.search(rf"^\W*(?:LTS\s*:\s*)?Ngày\s+{DATE}", text)):
            return day(int(m["year"]), int(m["month"]), int(m["day"]))
    return None


def _own_citation(front: Sequence[Paragraph], outline: Outline, kind: str | None) -> Cited | None:
    """The citation by which a document names itself: in an annex's caption, or where it is `ký ban hành`."""
    for paragraph in outline.captions:
        text = paragraph.passage.text
        if re.search(r"kèm\s+theo", text, re.I):
            for one in cited(text):
                if one.reference.type == kind and one.reference.symbol:
                    return one
    for paragraph in front:
        text = paragraph.passage.text
        for m in (*SIGNS.finditer(text), *(INTRODUCED if NEWS.search(text) else QUOTED).finditer(text)):
            own = [c for c in cited(text) if m.end() <= c.extent[0] <= m.end() + 3 and c.reference.symbol]
            if own:
                return own[0]
    return None


def _issuer(
    head: Sequence[Paragraph], front: Sequence[Paragraph], outline: Outline, kind: str | None
) -> tuple[Mention | None, float]:
    """Who issues: the last body of the letterhead, who signs `TM.`, or who `ban hành` in the preamble."""
    letterhead = mentions(_letterhead(head))
    if letterhead:
        return letterhead[-1], 0.95
    news = any(SIGNED.search(p.passage.text) for p in front)
    texts = [masked(p.passage.text, cited(p.passage.text)) for p in (front if news else reversed(front))]
    for text in texts:
        for body in mentions(text):
            act = ISSUES.match(text[body.span[1] :])
            if act and fold(act["type"]).startswith(fold(kind or "")[:8]):
                return body, 0.85
    for text in texts:
        for body in mentions(text):
            if COMMANDS.match(text[body.span[1] :]):
                return body, 0.75
    for paragraph in outline.closing:
        if CAPACITY.match(paragraph.passage.text) and (bodies := mentions(paragraph.passage.text)):
            return bodies[0], 0.8
    return None, 0.9


def _signing_organ(closing: Sequence[Paragraph]) -> str:
    """`T/M BAN THƯỜNG VỤ` under a paper of a Party committee: its standing board issues it."""
    for paragraph in closing:
        if m := SIGNING_ORGAN.match(paragraph.passage.text):
            return "Ban Chấp hành " if m["whole"] else "Ban Thường vụ "
    return ""


def _letterhead(head: Sequence[Paragraph]) -> str:
    """The left-hand lines in capitals; a line that begins another body stands apart from those before it."""
    lines = [BESIDE.sub("", p.passage.text) for p in head if not NUMBER_LINE.match(p.passage.text)]
    lines = [line for line in lines if line.isupper() and not STAMP.match(line)]
    if lines and ABOVE.match(lines[0]):
        del lines[0]
    lines = [line for line in lines if not OFFICE_OF.match(line)] or lines
    if len(lines) > 1 and lines[-1].strip() == "VĂN PHÒNG":
        lines = [*lines[:-2], f"VĂN PHÒNG {lines[-2]}"]
    return "".join(f"{';' if walk(book().heads, tokens(line), 0) else ''} {line}" for line in lines).strip(" ;")


def _named_issuer(body: Mention, province: str | None, document: Document) -> str:
    """The full name with the place that a provincial body leaves out."""
    sections = load("bodies")
    if body.key in sections["central"]:
        return body.name
    known = any(body.key in sections[s] for s in ("agency", "mass", "party"))
    if not known:
        return _ordinary_case(full_name(body.raw), document)
    name = re.sub(r"\s+(?:tỉnh|\{tỉnh\})$", "", body.name)
    if not province or name.startswith("Phòng "):
        return body.name
    city = province in load("places")["map"][-1]["cities"] or province in load("places")["map"][0]["cities"]
    if name.endswith(("ủy", "uỷ")):
        return f"{name} {province}"
    return f"{name} {'thành phố' if city else 'tỉnh'} {province}"


def _ordinary_case(name: str, document: Document) -> str:
    """A name in capitals as the text writes it elsewhere; else each word with a capital."""
    if not name.isupper():
        return name
    for m in re.finditer(re.escape(name), document.words, re.I):
        if not m[0].isupper():
            return m[0]
    local = {"Ủy", "Uỷ", "Huyện", "Xã", "Phường", "Tỉnh", "Thị", "Quận", "Nhân", "Dân", "Ban", "Và"}
    words = [w.capitalize() for w in name.split()]
    return " ".join(w.lower() if i and w in local else w for i, w in enumerate(words))


def _signer(closing: Sequence[Paragraph], front: Sequence[Paragraph]) -> Signer | None:
    capacity: list[str] = []
    for paragraph in closing:
        text = paragraph.passage.text.strip(" *")
        if CAPACITY.match(text) or (capacity and text.isupper()):
            capacity.append(text)
        elif capacity and NAME.match(text):
            return Signer(text, tuple(capacity))
        elif not capacity and OFFICE.match(text):
            capacity.append(text)
    for paragraph in front:
        if m := SIGNED.search(paragraph.passage.text):
            roles = [r.strip() for r in m["roles"].split(",") if r.strip()]
            acting = [r for r in roles if r.startswith("thay mặt")]
            office = [r for r in roles if not r.startswith("thay mặt")][-1:]
            return Signer(m["name"], (*acting, *office))
    return None


def _recipients(closing: Sequence[Paragraph]) -> Iterator[str]:
    """The dashed lines behind `Nơi nhận:`, without dash, closing mark and bracketed remark."""
    begun = False
    for paragraph in closing:
        text = paragraph.passage.text
        if m := RECIPIENTS.match(text):
            begun, text = True, text[m.end() :].lstrip(" :*")
        elif begun and not text.lstrip(" *").startswith(("-", "–", "+")):
            begun = False
        for entry in ENTRY_END.split(text) if begun else ():
            if kept := BRACKETS.sub("", entry.strip(" -–*").rstrip(" ;,.")).strip():
                yield kept
