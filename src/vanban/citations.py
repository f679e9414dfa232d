"""Other documents that a text cites: by symbol, or by a name of their own.

- `Nghị quyết số 134/NQ-CP ngày 25/9/2020 của Chính phủ`, `Kế hoạch số 10-KH/TW, ngày 23/8/2022 của Bộ Chính trị`
- `các Quyết định …: Số 461/QĐ-TTg ngày 27/4/2018 về …; số 490/QĐ-TTg …`
- `Luật Đất đai năm 2024`, `Luật BHXH, BHYT`, `Nghị quyết Trung ương 5 (khóa IX)`
- `Chiến lược … đến năm 2030`, `Đề án … giai đoạn 2021-2025`, where the name says its period
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from vanban.bodies import mentions
from vanban.lexicon import DATE, day, fold, load
from vanban.names import full_name
from vanban.values import Passage, Reference, Relation, Span

W = r"[A-ZĐƯƠÔÂÊĂ][A-ZĐƯƠÔÂÊĂa-zđư0-9]{0,11}"
SL, SEP = r"\s*/\s*", r"\s*[-–—‑]\s*"
_PARTY = r"NQLT|NQ|QĐi|QĐ|QyĐ|QC|CT|KL|TTr|TT|TB|TC|BC|KH|CTr|CTR|Ctr|ĐA|PA|DA|CV|HD|BB|QH|QTr|GM|GGT|BS"
_NORMATIVE = r"NĐ|NQLT|NQ|QĐ|CT|TTLT|TT|L|PL|VBHN"
_ADMIN = r"NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|CTR|KH|PA|ĐA|DA|BC|BB|TTr|TTR|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB|VBHN|HNVB|GP|CV|KL|SY|TrS|SL"
SYMBOLS = tuple(
    re.compile(rf"(?<![\w/])(?:{form})(?![\w/])")
    for form in (
        rf"(?P<num>\d{{1,3}}[a-z]?){SL}(?P<year>(?:19|20)\d\d){SL}(?P<type>UBTVQH|QH)(?P<org>\d{{1,2}})",
        rf"(?P<num>\d{{1,4}}[a-z]?){SEP}(?P<type>{_PARTY}){SL}(?P<org>{W}(?:{SEP}{W}){{0,2}})",
        rf"(?P<num>\d{{1,4}}(?:\.\d+)?[a-z]?){SL}(?P<year>(?:19|20)\d\d){SL}(?P<type>{_NORMATIVE}){SEP}(?P<org>{W}(?:{SEP}{W}){{0,4}})",
        rf"(?P<num>\d{{1,6}}[a-z]?){SL}(?P<type>{_ADMIN}){SEP}(?P<org>{W}(?:&{W})?(?:[.\-–]{W}(?:&{W})?){{0,4}})",
        rf"(?P<num>\d{{1,6}}[a-z]?){SL}(?P<org>{W}(?:&{W})?){SEP}(?P<unit>{W}(?:&{W})?(?:[.\-]{W}(?:&{W})?){{0,3}})",
    )
)
ON_DAY = re.compile(rf"\s*,?\s*(?:ký\s+)?ngày\s+{DATE}", re.I)
OF_BODY = re.compile(r"\s*,?\s*(?:của|do)\s+", re.I)
STOP = (
    "và|về|có|theo|được|trên|cho|của|đến|từ|hoặc|để|nhằm|hiện|do|là|không|thì|trong|quy|phù|tại|với|khi|bằng|này|các|đã|năm|làm|"
    "nên|mà|vào|ban|số|hướng|gắn|tinh|liên"
)
LAW = re.compile(
    r"(?<!\w)(?:(?:Bộ\s+)?[Ll]uật|Pháp lệnh)\s+(?P<name>[A-ZĐ][^\s,;.:()]*(?:[ ][^\s,;.:()0-9\"“”]+){0,7}?)"
    rf"(?:(?P<year>\s+(?:năm\s+)?(?:19|20)\d\d)(?!\d)|(?=\s*[,;.:()\"”“/]|\s*$|\s+(?:{STOP})(?!\w)))"
)
MORE_LAWS = re.compile(r"\s*(?:,|và)\s+(?P<name>[A-ZĐ]{3,}[A-ZĐ&]*)(?!\w)")
RESOLUTION = re.compile(
    r"Nghị quyết\s+(?:Hội nghị\s+)?(?:Trung ương|TW)\s+(?P<no>\d{1,2}|[IVX]+)\s*,?\s*\(?\s*kh(?:óa|oá)\s+(?P<term>[IVX]+)\)?",
    re.I,
)
PERIOD = (
    r"(?:giai đoạn\s+(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d|đến năm\s+20\d\d)"
    r"(?:\s*,?\s*(?:định hướng|tầm nhìn)(?:\s+đến)?\s+năm\s+20\d\d)?"
)
NAMED = re.compile(
    rf"(?<!\w)(?P<type>Chiến lược|Chương trình|Kế hoạch|Đề án|Quy hoạch)\s+"
    rf"(?!này|hành động|số(?!\w)|mục tiêu quốc gia)(?P<name>[^.;:\n()]{{8,240}}?{PERIOD})(?P<tail>[”\"’]?\s+trên địa bàn tỉnh)?"
)
MAKES = re.compile(
    r"(?:xây dựng|ban hành|lập|soạn thảo|trình|phê duyệt|đề xuất|tham mưu|tổng kết|sơ kết|này)(?:\s*(?:,|và)\s+(?:\w+\s+){0,3}\w+)?\s+(?:các\s+)?$",
    re.I,
)
TITLE = re.compile(
    r"\s*(?:\([^)]{0,80}\)\s*)?(?:về|quy định|ban hành|phê duyệt|sửa đổi|hướng dẫn|thực hiện|Hội nghị)(?!\w).*?"
    r"(?=[;.:()“”\"]|,\s+(?:hoàn thành|trước|chậm nhất|định kỳ|hằng năm|hàng năm|trong (?:năm|quý|tháng)|báo cáo|gửi|thời gian)|$)"
)
MEETING = re.compile(r"\s*,?\s*Hội nghị\s+lần thứ\s+\w+\s*(?:của\s+)?", re.I)
LOOK_BACK = 60
LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
YEAR = re.compile(r"\s(?:19|20)\d\d$")


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation; `extent` covers its title too, whose words are not to be read as orders."""

    reference: Reference
    extent: Span


def cited(text: str) -> list[Cited]:
    """Every citation of a text in order, repeated ones too.

    >>> [c.reference.symbol or c.reference.title for c in cited("Kết luận số 70-KL/TW và Luật Hợp tác xã năm 2012")]
    ['70-KL/TW', 'Luật Hợp tác xã năm 2012']
    """
    found = list(_by_symbol(text))
    taken = [c.extent for c in found]
    for reader in (_laws, _named):
        found += [c for c in reader(text) if not any(a <= c.extent[0] < b for a, b in taken)]
    return sorted([*found, *_resolutions(text)], key=lambda c: c.extent)


def masked(text: str, citations: list[Cited]) -> str:
    """The text with its citations overwritten by as many blanks, so that offsets stay."""
    for one in citations:
        start, end = one.extent
        text = text[:start] + "_" * (end - start) + text[end:]
    return text


def _by_symbol(text: str) -> Iterator[Cited]:
    seen: list[Span] = []
    if "/" not in text:
        return
    for form in SYMBOLS:
        for m in form.finditer(text):
            if any(a < m.end() and m.start() < b for a, b in seen):
                continue
            seen.append(m.span())
            yield _symbol(text, m)


def _symbol(text: str, m: re.Match[str]) -> Cited:
    before = text[max(0, m.start() - LOOK_BACK) : m.start()]
    head = next((h for form in _types_before() if (h := form.search(before))), None)
    start = m.start() - len(before) + head.start() if head else m.start()
    at = m.end()
    on, issued = ON_DAY.match(text, at), None
    if on:
        issued, at = day(int(on["year"]), int(on["month"]), int(on["day"])), on.end()
    issuer, at = _issuer(text, at)
    title = TITLE.match(text, at)
    groups = m.groupdict()
    kind = _type_name(head["type"]) if head else _type_of_symbol(groups)
    name = f"{kind} {head['name'].strip()}" if head and "name" in head.groupdict() else None
    reference = Reference(
        symbol(m[0]), kind, issuer or _organ(groups.get("org")), issued, name, (start, at), sure=1.0 if head else 0.8
    )
    return Cited(reference, (start, title.end() if title else at))


def symbol(raw: str) -> str:
    """A symbol in its one normal form: `19-CTR / TU` → `19-CTr/TU`."""
    return re.sub(
        r"C[Tt][Rr](?![A-Za-z])", "CTr", re.sub(r"\s+", "", raw).replace("–", "-").replace("—", "-").replace("‑", "-")
    )


@cache
def types() -> dict[str, list[str]]:
    return dict(load("document_types")["types"])


@cache
def _types_before() -> tuple[re.Pattern[str], ...]:
    """What stands before a symbol: `Kế hoạch số`, `Luật Hợp tác xã số`."""
    names = "|".join(sorted(types(), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)(?P<type>{names})\s*(?:số)?\s*:?\s*$", re.I),
        re.compile(r"(?<!\w)(?P<type>Bộ luật|Luật)(?P<name>(?:\s+[^\s,;.:()]+){1,7}?)\s*(?:số)?\s*:?\s*$"),
    )


def _type_name(raw: str) -> str:
    return next(name for name in types() if fold(name) == fold(" ".join(raw.split())))


def _type_of_symbol(groups: dict[str, str | None]) -> str | None:
    code = groups.get("type")
    if code in ("QH", "UBTVQH"):
        return "Luật" if code == "QH" else "Pháp lệnh"
    return next((name for name, codes in types().items() if code in codes and " hành động" not in name), None)


def _organ(code: str | None) -> str | None:
    organs = load("document_types")["organs"]
    return organs.get((code or "").split("-")[0]) if code else None


def _issuer(text: str, at: int) -> tuple[str | None, int]:
    """The body behind `của`, or behind the name of its meeting; the offset after it."""
    m = OF_BODY.match(text, at) or MEETING.match(text, at)
    if not m:
        return None, at
    if meeting := MEETING.match(text, m.end()):
        m = meeting
    window = text[m.end() : m.end() + 120]
    for body in mentions(window)[:1]:
        if body.span[0] <= 1:
            return full_name(body.raw), m.end() + body.span[1]
    return None, at


def _resolutions(text: str) -> Iterator[Cited]:
    for m in RESOLUTION.finditer(text):
        title = TITLE.match(text, m.end())
        reference = Reference(None, "Nghị quyết", None, None, " ".join(m[0].split()), m.span())
        yield Cited(reference, (m.start(), title.end() if title else m.end()))


def _laws(text: str) -> Iterator[Cited]:
    for m in LAW.finditer(text):
        if re.match(r"\s*,?\s*(?:số\s+)?\d+/\d{4}/QH", text[m.end() :]) or m[0][0].islower():
            continue
        head = m[0][: m.start("name") - m.start()].strip()
        yield _law(head, m["name"] + (m["year"] or ""), m.span())
        at = m.end()
        while m["name"].isupper() and (more := MORE_LAWS.match(text, at)):
            yield _law(head, more["name"], more.span("name"))
            at = more.end()


def _law(head: str, name: str, span: Span) -> Cited:
    return Cited(Reference(None, head, None, None, f"{head} {' '.join(name.split())}", span), span)


def _named(text: str) -> Iterator[Cited]:
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
        if MAKES.search(text[max(0, m.start() - LOOK_BACK) : m.start()]) or re.match(
            r"\s*\((?:\w+\s+){1,3}số", text[m.end() :]
        ):
            continue
        words, quotes = m[0], re.findall(r"[“”]", m[0])
        if quotes == ["”"]:  # named inside quotation marks
            words = words[: words.index("”")]
        title = re.sub(r"[“”\"‘’]", "", " ".join(words.split()))
        title = re.sub(r"(\d{4})\s*[-–]\s*(\d{4})", r"\1-\2", title)
        of = re.match(r"của\s+", m["name"])
        issuer = _issuer(text, m.start("name") - 1)[0] if of else None
        yield Cited(Reference(None, m["type"], issuer, None, title, m.span()), m.span())


def collect(read: Iterable[tuple[Passage, list[Cited]]], title: str, own: str | None) -> tuple[Reference, ...]:
    """Each cited document once, in order of first mention, with all that any mention says of it."""
    found: dict[str, Reference] = {}
    for passage, citations in read:
        for one in citations:
            reference = replace(one.reference, span=passage.span(*one.reference.span))
            key = _identity(reference, found)
            if key and key != own:
                found[key] = _merged(found[key], reference) if key in found else reference
    named = [_identity(c.reference, found) for c in cited(title)]
    return tuple(replace(r, relation=_relation(key, r, named)) for key, r in found.items())


def _identity(reference: Reference, found: dict[str, Reference]) -> str:
    if reference.symbol:
        return reference.symbol
    if m := RESOLUTION.search(reference.title or ""):
        return f"NQTW {m['no']} {m['term'].upper()}"
    name = _law_name(reference.title or "")
    for key, known in found.items():
        other = _law_name(known.title or "")
        # `Luật Đất đai` after `Luật Đất đai năm 2024` is the same law, and before it too.
        same = name == other or YEAR.sub("", name) == other or YEAR.sub("", other) == name
        if same and reference.type in LAWS:
            return key
    return fold(reference.title or "")


def _law_name(title: str) -> str:
    return fold(title).replace(" năm ", " ")


def _merged(first: Reference, again: Reference) -> Reference:
    """Fill what the first mention leaves out; words in capitals give way to the same in ordinary case."""

    def better(a: str | None, b: str | None) -> str | None:
        return b if b and (not a or (a.isupper() and not b.isupper())) else a

    title = max((first.title or "", again.title or ""), key=len) or None
    kind = first.type if len(first.type or "") >= len(again.type or "") else again.type
    return replace(
        first,
        type=kind,
        title=better(title, again.title),
        date=first.date or again.date,
        issuer=better(first.issuer, again.issuer),
        sure=max(first.sure, again.sure),
    )


def _relation(key: str, reference: Reference, named: list[str]) -> Relation:
    if key not in named:
        return "mentions"
    return "implements" if reference.symbol or len(named) == 1 else "continues"
