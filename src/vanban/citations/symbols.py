"""Citations by number and symbol: `Nghị quyết số 134/NQ-CP ngày 25/9/2020 của Chính phủ về …`.

The classes of symbols are those of Nghị định 30/2020/NĐ-CP, of the Party's Hướng dẫn 36-HD/VPTW, and of laws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from vanban.bodies import opening
from vanban.citations.days import ON_DAY, closing_day, day_of, made_on
from vanban.citations.titles import title_end
from vanban.forms import lower_case
from vanban.lexicon import fold, load
from vanban.names import full_name
from vanban.values import Reference, Span

W = r"[A-ZĐƯƠÔÂÊĂ][A-ZĐƯƠÔÂÊĂa-zđư0-9]{0,11}"
SL, SEP = r"\s*/\s*", r"\s*[-–—‑]\s*"
UNIT = rf"{W}(?:&{W})?(?:[.\-–—‑]{W}(?:&{W})?)"
_PARTY = r"NQLT|NQ|QĐi|QĐ|QyĐ|QC|CT|KL|TTr|TT|TB|TC|BC|KH|CTr|CTR|Ctr|CTrHĐ|ĐA|PA|DA|CV|HD|BB|QH|QTr|GM|GGT|BS"
_NORMATIVE = r"NĐ|NQLT|NQ|QĐ|CT|TTLT|TT|L|PL|VBHN"
_ADMIN = r"NQ|QĐ|CT|QC|QyĐ|TC|TB|HD|CTr|CTR|KH|PA|ĐA|DA|BC|BB|TTr|TTR|HĐ|CĐ|BGN|BTT|GUQ|GM|GGT|GNP|PG|PC|PB|VBHN|HNVB|GP|CV|KL|SY|TrS|SL"
SYMBOLS = tuple(
    re.compile(rf"(?:{form})(?![\w/])")
    for form in (
        rf"(?P<num>\d{{1,3}}[a-z]?){SL}(?P<year>(?:19|20)\d\d){SL}(?P<type>UBTVQH|QH)(?P<org>\d{{1,2}})",
        rf"(?P<num>\d{{1,4}}[a-z]?){SEP}(?P<type>{_PARTY}){SL}(?P<org>{W}(?:{SEP}{W}){{0,2}})",
        rf"(?P<num>\d{{1,4}}(?:\.\d+)?[a-z]?){SL}(?P<year>(?:19|20)\d\d){SL}(?P<type>{_NORMATIVE}){SEP}(?P<org>{W}(?:{SEP}{W}){{0,4}})",
        rf"(?P<num>\d{{1,6}}[a-z]?){SL}(?P<type>{_ADMIN})(?:{SEP}|/)(?P<org>{UNIT}{{0,4}})",
        rf"(?P<num>\d{{1,6}}[a-z]?){SL}(?P<org>{W}(?:&{W})?){SEP}(?P<unit>{UNIT}{{0,3}})",
    )
)
# What every symbol begins with, at the head of a word or right behind `số`.
NUMBERED = re.compile(rf"\d(?:(?<![\w/].)|(?<=[Ss]ố.))(?=\d*(?:\.\d+)?[a-z]?\s*[/–—‑-]\s*(?:{W}|\d))", re.S)
_DASHES = str.maketrans("–—‑", "---")
_SLASHED = re.compile(rf"^(\d+[a-z]?/(?:{_ADMIN}))/")
_BEHIND_CODE = re.compile(r"[-.\d]")
PROGRAMME = re.compile(r"C[Tt][Rr](?![A-Za-z])")
OF_BODY = re.compile(r"\s*,?\s*(?:của|do)\s+", re.I)
MEETING = re.compile(r"\s*,?\s*Hội nghị\s+lần thứ\s+\w+\s*(?:của\s+)?", re.I)
FORM = re.compile(r"(?<!\w)(?:mẫu|biểu|phụ lục|phụ biểu|đơn vị|điện thoại|tài khoản)(?:\s+số)?\s*:?\s*$", re.I)
LETTER = re.compile(r"(?<!\w)(?:văn bản|công văn)\s*(?:số)?\s*:?\s*$")
LOOK_BACK = 90


class Cited(NamedTuple):
    """A citation; `extent` covers its title too, whose words are not to be read as orders."""

    reference: Reference
    extent: Span


def by_symbol(text: str) -> Iterator[Cited]:
    """Citations by symbol; `Mẫu số 01/BC-HTX` is the number of a form."""
    seen: list[Span] = []
    starts = [m.start() for m in NUMBERED.finditer(text)] if "/" in text else []
    for form in SYMBOLS if starts else ():
        for m in matches(form, text, starts):
            if any(a < m.end() and m.start() < b for a, b in seen) or FORM.search(
                text, max(0, m.start() - 20), m.start()
            ):
                continue
            seen.append(m.span())
            yield _symbol(text, m)


def matches(form: re.Pattern[str], text: str, starts: list[int]) -> Iterator[re.Match[str]]:
    """Where the form stands, one behind the other; it can begin at these places only."""
    end = 0
    for start in starts:
        if start >= end and (m := form.match(text, start)):
            end = m.end()
            yield m


def _symbol(text: str, m: re.Match[str]) -> Cited:
    before = text[max(0, m.start() - LOOK_BACK) : m.start()]
    groups = m.groupdict()
    head = _head(before, law="QH" in (groups.get("type") or ""))
    said = head.groupdict() if head else {}
    start = m.start() - len(before) + head.start() if head else m.start()
    at = m.end()
    if on := ON_DAY.match(text, at):
        at = on.end()
    issuer, at = issuer_at(text, at)
    kind = _type_name(said["type"]) if said.get("type") else _type_of_symbol(groups)
    name = f"{kind} {' '.join(said['name'].split())}" if said.get("name") else None
    issuer = issuer or said.get("issuer")
    number = symbol(m[0])
    known = organ(number)
    if known and (not issuer or fold(known).startswith(fold(issuer))):
        issuer = known  # `của Thủ tướng` is the Thủ tướng Chính phủ of the symbol
    issued = day_of(on) if on else made_on(text, at) or closing_day(text, at, known)
    reference = Reference(number, kind, issuer, issued, name, (start, at), sure=1.0 if head else 0.8)
    return Cited(reference, (start, title_end(text, at)))


def _head(before: str, *, law: bool) -> re.Match[str] | None:
    """What names the document before its symbol. A type is told in lower case; a name, an issuer as they are written."""
    plain, of_law, of_body = _types_before()
    lower = lower_case(before)
    if (found := plain.search(lower)) or (law and (found := of_law.search(before))):
        return found
    return (of_body.search(before) if "của" in lower else None) or LETTER.search(lower)


def symbol(raw: str) -> str:
    """A symbol in its one normal form.

    >>> [symbol(raw) for raw in ("19-CTR / TU", "473/TTr – NN&PTNT", "124/QĐ/TTg")]
    ['19-CTr/TU', '473/TTr-NN&PTNT', '124/QĐ-TTg']
    """
    text = "".join(raw.split()).translate(_DASHES)
    if text.count("/") > 1:
        text = _SLASHED.sub(r"\1-", text)
    return PROGRAMME.sub("CTr", text)


@cache
def types() -> dict[str, list[str]]:
    return dict(load("document_types")["types"])


@cache
def _types_before() -> tuple[re.Pattern[str], ...]:
    """What stands before a symbol: `Kế hoạch số`, `Luật Hợp tác xã số`, `Nghị quyết của Quốc hội số`."""
    names = "|".join(sorted(types(), key=len, reverse=True))
    return (
        re.compile(rf"(?<!\w)(?P<type>{names.lower()})\s*(?:số)?\s*:?\s*$"),
        re.compile(
            r"(?<!\w)(?P<type>Bộ luật|Luật|Pháp lệnh)(?P<name>(?:\s+(?!Luật|Bộ luật|số(?!\s+số))[^\s;.:()]+){1,12}?)\s*(?:số)?\s*:?\s*$"
        ),
        re.compile(rf"(?<!\w)(?P<type>{names})\s+của\s+(?P<issuer>[^,;.:()]{{3,50}}?)\s+số\s*:?\s*$", re.I),
    )


def _type_name(raw: str) -> str:
    return _folded_types()[fold(" ".join(raw.split()))]


@cache
def _folded_types() -> dict[str, str]:
    return {fold(name): name for name in reversed(types())}


def _type_of_symbol(groups: dict[str, str | None]) -> str | None:
    code = groups.get("type")
    if code in ("QH", "UBTVQH"):
        return "Luật" if code == "QH" else "Pháp lệnh"
    if groups.get("unit"):
        return "Công văn"
    return _types_by_code().get(code or "")


@cache
def _types_by_code() -> dict[str, str]:
    named = [(code, name) for name, codes in types().items() if " hành động" not in name for code in codes]
    return dict(reversed(named))  # of two types with one code the first


def organ(symbol: str) -> str | None:
    """Who issues documents of such a symbol, for a citation that does not say it.

    >>> organ("70-KL/TW"), organ("17/2023/QH15"), organ("158/KH-UBND.HC")
    ('Trung ương', 'Quốc hội', 'Ủy ban nhân dân tỉnh')
    """
    m = next((found for form in SYMBOLS if (found := form.fullmatch(symbol))), None)
    if m is None:
        return None
    groups = m.groupdict()
    code = groups["type"] if groups.get("type") in ("QH", "UBTVQH") else groups["org"]
    organs: dict[str, str] = load("document_types")["organs"]
    return organs.get(_BEHIND_CODE.split(code or "", 1)[0])


def issuer_at(text: str, at: int) -> tuple[str | None, int]:
    """The body behind `của`, or behind the name of its meeting; the offset after it."""
    m = OF_BODY.match(text, at) or MEETING.match(text, at)
    if not m:
        return None, at
    if meeting := MEETING.match(text, m.end()):
        m = meeting
    window = text[m.end() : m.end() + 120]
    for body in opening(window)[:1]:
        if body.span[0] <= 1:
            return full_name(body.raw), m.end() + body.span[1]
    return None, at
