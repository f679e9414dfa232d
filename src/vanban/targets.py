"""Measurable aims (chỉ tiêu): an amount, what it counts, how it is bounded, by when.

- `từ 16 hợp tác xã trở lên`, `ít nhất 01 mô hình`, `trên 60% tổ chức`, `xuống dưới 10%`, `tối thiểu 20% dân số`
- `khoảng 1.200-1.400 tổ hợp tác`, `180-200 hợp tác xã`, `từ 1 đến 2 hợp tác xã`, `từ 40% lên 60%` (the latter)
- `100% cán bộ … được đào tạo`, `các hợp tác xã đều áp dụng …` (100 %), `không còn hợp tác xã yếu kém` (0)
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from vanban.forms import Form, lowered
from vanban.lexicon import clause_end, clause_start, fold, fold_word, number
from vanban.values import Item, Op, Passage, Span, Target

N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
UNITS = (
    "liên hiệp hợp tác xã|liên hiệp HTX|hợp tác xã|tổ hợp tác|tổ chức kinh tế tập thể|HTX|THT|LHHTX|thành viên|mô hình|lao động|người|cán bộ|hộ|"
    "sản phẩm|doanh nghiệp|tỷ đồng|triệu đồng|nghìn tỷ đồng|tỷ|triệu|đồng|USD|ha|héc ta|km|m2|tấn|xã|phường|huyện|thôn|lớp|ngày làm việc|ngày|giờ|học viên|"
    "lượt người|lượt|chuỗi|trang trại|cơ sở|dự án|cuộc|buổi|đợt|hội nghị|hội chợ|làng nghề|vùng|quỹ|tổ|hội viên|đơn vị|điểm|giường|trường|kwh|mw|m3|năm|lần|"
    "chủ thể|đảng viên|đại biểu|phóng sự|chuyên đề|bản tin|trạm bơm|chợ|mã số|nhãn hiệu|chuyên mục|tin bài|phiên|gian hàng|công chức|giám đốc|đoàn|kỳ|tin|(?-i:[A-ZĐ]{3,8})"
)
TIME_UNITS = frozenset(("ngày làm việc", "ngày", "giờ"))  # `rút ngắn ít nhất 01 ngày làm việc`
MONEY = ("đồng", "tỷ", "triệu", "usd")
BOUNDS: tuple[tuple[str, Op], ...] = (
    (r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn", ">="),
    (r"tối đa|không quá|không vượt quá|nhiều nhất", "<="),
    (r"trên|hơn|vượt", ">"),
    (r"dưới|thấp hơn", "<"),
    (r"khoảng|xấp xỉ|gần", "~"),
)
BOUND = "|".join(form for form, _ in BOUNDS)
OPS = {words: op for form, op in BOUNDS for words in form.split("|")}
SIGNS: dict[str, Op] = {"≥": ">=", "≤": "<=", ">": ">", "<": "<", ">=": ">=", "<=": "<=", "~": "~", "≈": "~"}
CELL = re.compile(
    rf"\s*(?P<sign>≥|≤|>=|<=|[><~≈])?\s*(?P<bound>{BOUND})?\s*(?P<low>{N})\s*(?:(?:-|–|đến)\s*(?P<high>{N}))?\s*(?P<percent>%)?\s*",
    re.I,
)
CLAUSE_END = re.compile(r"[.;]\s")
A_UNIT = re.compile(r"^/[\w/]+")  # `/năm`, `/ha`
GROWS = re.compile(r"(?:tăng|gấp)\s*$")
MEASURED = re.compile(r"(?:tỷ lệ|tốc độ|số lượng|số|thu nhập|doanh thu|lãi|vốn|tổng)\s+[^,;.]{3,90}$")
REACHES = re.compile(r"\s+(?:đạt|lên|xuống|còn|xuống còn|là|có|khoảng)\s*$")
ENDS_IN_YEAR = re.compile(r"(trước\s+)?năm\s+(20\d\d)\s*$")
TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
LONGEST = 240  # characters of what an amount counts


def _spaced(form: str) -> str:
    return form.replace(" ", r"\s+")


AMOUNT = re.compile(
    rf"""(?<![\w/.,\-–])(?:(?P<bound>{_spaced(BOUND)})\s+)?
    (?:(?P<from>từ)\s+)?(?P<low>{N})\s*(?P<lowpercent>%)?
    (?:\s*(?:-|–|đến|(?:(?:vào\s+)?năm\s+20\d\d\s+)?(?P<change>lên|xuống)\s+(?:(?:còn|đến)\s+)?(?:(?P<bound2>{_spaced(BOUND)})\s+)?)\s*(?P<high>{N}))?\s*
    (?:(?P<percent>%)|(?:(?P<times>nghìn|ngàn|triệu|tỷ)\s+(?!đồng|USD))?(?P<unit>(?:{_spaced(UNITS)}))(?!\w))
    (?P<more>\s+trở\s+(?:lên|xuống))?
    (?P<what>(?:[^;.,]|[.,](?=\d)){{0,{LONGEST}}}?)(?P<last>\s+trở\s+lên|\s+trở\s+xuống)?(?=[;.,](?!\d)|\s+(?:với|so\s+với|trở|hoặc|cho)(?!\w)|\s+và\s+(?:(?:{_spaced(BOUND)})\s+)?\d|$)""",
    re.X | re.I,
)
# What every amount has: a number, and behind it a share or what it counts.
COUNTED = re.compile(rf"\d\s*(?:%|(?i:nghìn|ngàn|{_spaced(UNITS)}))")
SUBJECT = re.compile(rf"(?<!\w)(?!tỷ lệ)(?:{_spaced(UNITS)})(?!\w)", re.I)
NONE_LEFT = Form(r"(?<!\w)không\s+còn\s+(?P<what>[^;.,]+)", "còn")
ALL = Form(
    r"(?:^|(?<=[.;]\s))\W{0,9}(?P<what>(?:các|tất cả(?:\s+các)?|mọi)\s+[^;.,]{3,60}?)\s+đều\s+(?P<does>[^;.,]+)", "đều"
)
BY_YEAR = re.compile(
    r"(?:đến|vào|trong|hết|cuối|riêng|(?P<before>trước))\s+(?:hết\s+)?(?:cuối\s+)?năm\s+(?P<year>20\d\d)|(?:^|(?<=[.;]\s))\W{0,9}năm\s+(?P<opening>20\d\d)\s*[,:]",
)
DONE_BY = re.compile(  # `…, hoàn thành trong tháng 7/2026`: the end of the clause's own work
    r"[^,;.]{0,80},\s*(?:(?:hoàn thành|xong|kết thúc)\s+(?:trong|trước|vào|chậm nhất)|trong)\s+(?:ngày\s+\d{1,2}\s*/\s*|tháng\s+|qu[ýí]\s+)?"
    r"(?:\d{1,2}|[IV]+)?\s*(?:/|,?\s*năm\s+)\s*(?P<year>20\d\d)(?P<opening>)",
)
EACH_YEAR_BEHIND = re.compile(r"[^,;.]{0,40}?(?<!\w)(?:mỗi|hàng|hằng) năm")
OPENING_YEAR = re.compile(r"^\W{0,9}(?:phấn đấu\s+)?((?:(?:đến|vào)\s+(?:hết\s+)?(?:cuối\s+)?)?năm\s+20\d\d\s*[,:])")
PERIOD = re.compile(r"(?:^\W{0,9}|[.;:,]\s+|trong\s+)giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)")
AIMS_PERIOD = re.compile(r"(?:mục|chỉ) tiêu.{0,120}?giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)")
# `Một số chỉ tiêu cụ thể năm 2025` over the figures.
AIMS_YEAR = re.compile(r"(?:mục tiêu|chỉ tiêu)[^.;]{0,80}?\bnăm (?P<year>20\d\d)(?P<opening>)")
YEARLY = re.compile(r"(?:mỗi|hàng|hằng|bình quân|trung bình)\s+(?:mỗi\s+|hàng\s+|hằng\s+)?năm|/năm")
SCOPES = tuple(
    (scope, re.compile(rf"(?:mỗi|từng)\s+(?:{levels})"))
    for scope, levels in (
        ("district", "huyện|quận|thị xã|đơn vị cấp huyện"),
        ("commune", "xã|phường|đơn vị cấp xã"),
        ("province", "tỉnh|địa phương"),
    )
)
AIMING = re.compile(
    r"(?<!\w)(?:phấn đấu|thành lập|phát triển|nâng|tăng|giảm|thu hút|bảo đảm|đảm bảo|xây dựng|hỗ trợ|đến (?:hết )?năm|củng cố|chuyển đổi|mỗi|rút ngắn|"
    r"chọn|lựa chọn|tổ chức|mở|tư vấn|vận động|kết nối|kết nạp|tập huấn|hình thành)(?!\w)",
)
LISTED = re.compile(r"\s*(?:\([^()]*\))?\s*(?:,|;|và|, và)\s*")
# An act that makes so many of them: `xây dựng 05 mô hình`, `mở 06 lớp`.
COUNTS = re.compile(
    r"(?:xây dựng|thành lập(?: mới)?|phát triển(?: thêm| mới)?|tổ chức|mở|đào tạo|bồi dưỡng|tập huấn|hỗ trợ(?: cho)?|lựa chọn|chọn|vận động(?: thành lập)?|"
    r"giải thể(?: dứt điểm)?|xử lý(?: dứt điểm)?|nâng cấp|củng cố|chuyển đổi|khảo sát|kết nối|nhân rộng|thí điểm|đưa|có|duy trì|hoàn thành|cấp)\s+(?:được\s+|mới\s+|thêm\s+)*$",
)
STATED = Form(  # a year that opens a statement
    r"(?<!\w)(?:(?:tính\s+)?đến\s+(?:hết\s+|cuối\s+)?(?:ngày\s+[\d/]+\s+)?)?(?:hết\s+|cuối\s+|trong\s+)?năm\s+(?P<year>20\d\d)\s*,?\s+"
    r"(?:[^\W\d]+\s+){0,5}?(?:có|đạt|là|còn|được|thành lập|tăng|giảm)\s",
    "năm",
)
HOPED_BEFORE = re.compile(r"so\s+với\s+$|(?:mục tiêu|phấn đấu|chỉ tiêu|kế hoạch)[^.;]*$")
HOPES = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu)(?!\w)")
PAST = re.compile(r"(?<!\w)(?:đã|hiện có|hiện nay|đến nay|tính đến)(?!\w)")
ALREADY = re.compile(r"(?<!\w)đã(?!\w)")
YEAR_HAD = re.compile(r"(?<!đến )(?<!hết )(?<!cuối )(?<!vào )năm \d{4},? (?:toàn tỉnh |cả tỉnh )?(?:có|là|đạt)(?!\w)")
COMPARED = re.compile(r"so\s+với(?!\w)")
HOPED = re.compile(r"(?<!\w)(?:phấn đấu|mục tiêu|chỉ tiêu|đến (?:hết |cuối )?năm)(?!\w)")
# A rate of payment is no aim: `hỗ trợ tối đa 50% kinh phí`, `ngân sách huyện 30%`.
PAYS = re.compile(
    r"(?:hỗ trợ(?: tối đa)?|ngân sách[^,;.]{0,40}|đối ứng|lãi suất[^,;.]{0,40}|mức[^,;.]{0,30}|kinh phí[^,;.]{0,30}|chiếm|bằng)\s*$",
)
EACH = re.compile(r"(?<!\w)(?:mỗi|từng)\s")
SIZED = re.compile(r"(?:xây dựng|trồng|mở rộng|phát triển|cải tạo|chuyển đổi|hình thành)\s+(?:\w+\s+){1,6}$")
AREA = frozenset(("ha", "héc ta", "km", "m2"))
SHORTENS = re.compile(r"(?<!\w)(?:rút ngắn|giảm|cắt giảm|tiết kiệm)\s+(?:được\s+)?$")
QUALIFIES = re.compile(rf"(?:{_spaced(UNITS)}|tổ chức)\s+có\s*$", re.I)  # `hợp tác xã có từ 7 thành viên trở lên`
RANKED = re.compile(r"trình độ|loại|hạng|sao|cấp|bậc", re.I)  # `60% cán bộ có trình độ đại học trở lên` is just 60%


def find_targets(
    passage: Passage, text: str, at: str, headings: tuple[str, ...], *, aims: bool, issued: date | None = None
) -> Iterator[Target]:
    """Targets of one block. `text` is the passage with its citations blanked out; `aims`: a section of aims,
    where a bare amount is one; elsewhere it must be bounded (`ít nhất`) or a share. `issued`: what the text says of
    years before is no aim.
    """
    lower = lowered(text)
    stated: list[Values] = [*_amounts(text, lower, aims=aims)] if COUNTED.search(text) else []
    if NONE_LEFT.may_stand(text):
        stated += _none_left(text)
    if aims:
        stated += _all(text)
    if not stated:
        return
    over = tuple(map(lowered, headings))
    past = list(_reviews(text, issued))
    found = [value for value in stated if not any(a <= value[0] < b for a, b in past)]
    before = 0
    for start, end, values in sorted(found, key=lambda f: f[0]):
        opening, closing = clause_start(text, start), clause_end(text, start)
        own = lower[max(before, opening) : end]  # `mỗi năm` counts for the amount that follows it
        before = end
        since, by = _horizon(lower, (opening, closing), (start, end), over)
        yield Target(
            at=at,
            span=passage.span(start, end),
            by=by,
            start=since,
            per="year" if YEARLY.search(own) or EACH_YEAR_BEHIND.match(lower, end) else None,
            scope=next((scope for scope, form in SCOPES if form.search(own)), None),
            **values,
        )


def find_row_targets(item: Item) -> Iterator[Target]:
    """Targets of a row in a table of aims, one for each year: `Số hợp tác xã | Hợp tác xã | ≥ 28.000`."""
    unit = next((cell.text for role, cell in item.cells if role == "unit"), "")
    for role, cell in item.cells:
        m = CELL.fullmatch(cell.text) if role.startswith("aim ") else None
        if not m:
            continue
        low, high = number(m["low"]), number(m["high"]) if m["high"] else None
        op = "~" if high is not None else SIGNS.get(m["sign"] or "") or _op_of(m["bound"] or "")
        name = item.passage.text
        measure = "%" if m["percent"] or "%" in unit or "(%)" in name else unit.lower() or _subject(name)
        only_high = op in ("<", "<=")
        yield Target(
            at=item.at, span=item.passage.span(), indicator=name[:1].lower() + name[1:120], subject=_subject(name)[:80], op=op,
            unit=measure, low=None if only_high else low, high=low if only_high else high, by=int(role.split()[1]), confidence=0.9,
        )  # fmt: skip


def _op_of(bound: str) -> Op:
    return OPS.get(fold_word(" ".join(bound.split())), "=")


def _reviews(text: str, issued: date | None) -> Iterator[Span]:
    """`Đến hết năm 2025, cả nước có …` in a text of 2026, up to where it says what is hoped for."""
    lower = lowered(text)
    for m in STATED.finditer(text) if issued else ():
        if (
            issued
            and int(m["year"]) < issued.year
            and not HOPED_BEFORE.search(lower, max(0, m.start() - 80), m.start())
        ):
            hoped = HOPES.search(lower, m.end())
            yield m.start(), hoped.start() if hoped else len(text)


Values = tuple[int, int, dict[str, Any]]


def _amounts(text: str, lower: str, *, aims: bool) -> Iterator[Values]:
    last: re.Match[str] | None = None
    for m in _written(text):
        before = CLAUSE_END.split(lower[max(0, m.start() - 120) : m.start()])[-1]
        share = bool(m["percent"] or m["lowpercent"])
        unit = "%" if share else " ".join(m["unit"].split())
        kind = fold_word(unit)
        goes_on = last is not None and bool(LISTED.fullmatch(text, last.end("what"), m.start()))
        if _told(lower, m, before, aims=aims) or not (aims or goes_on or _asked(lower, m, before, kind)):
            continue
        if kind in TIME_UNITS and not SHORTENS.search(before):
            continue
        if kind == "năm" or (kind == "lần" and not GROWS.search(before)):
            continue
        low, high, op = _bounds(m)
        last = m
        what = _counted(m, share=share)
        indicator = _indicator(_words(m, before), before, unit, what)
        yield m.start(), m.end(), {
            "op": op, "low": low, "high": high, "unit": unit,
            "subject": (what or _subject(indicator))[:80] if share else unit,
            "indicator": indicator or unit,
            "confidence": 0.9 if aims else 0.75,
        }  # fmt: skip


def _written(text: str) -> Iterator[re.Match[str]]:
    """Where amounts stand; no mark with a space stands between where one begins and what it counts."""
    at = 0
    while hit := COUNTED.search(text, at):
        opening = max(text.rfind(mark, at, hit.start()) for mark in (", ", "; ", ". "))
        if not (m := AMOUNT.search(text, max(at, opening))):
            return
        yield m
        at = m.end()


def _words(m: re.Match[str], before: str) -> str:
    """What stands before an amount, as the text writes it."""
    return m.string[m.start() - len(before) : m.start()]


def _told(lower: str, m: re.Match[str], before: str, *, aims: bool) -> bool:
    """It tells of what is or was: `đã đạt 60%`; outside a section of aims also `tăng 45 hợp tác xã so với năm 2015`."""
    if PAST.search(before):
        return True
    compared = not aims and COMPARED.match(lower, m.end() + 1) and not (m["bound"] or HOPED.search(before))
    return bool(compared or (not aims and YEAR_HAD.search(before)))


def _asked(lower: str, m: re.Match[str], before: str, kind: str) -> bool:
    """Outside a section of aims: bounded or a share, asked for by some verb, and no rate of payment."""
    bounded = bool(m["bound"] or m["more"] or m["last"] or m["from"] or m["high"])
    what = lower[slice(*m.span("what"))]
    if (kind == "%" or kind.endswith(MONEY)) and PAYS.search(before):
        return False
    if ALREADY.search(what) or (_qualifies(m, before) and not EACH.search(before)):
        return False
    if kind == "%":
        return bounded or m["low"] == "100" or bool(AIMING.search(before))
    if not bounded and m["unit"] and (COUNTS.search(before) or (kind in AREA and SIZED.search(before))):
        return True
    return bounded and bool(AIMING.search(before + what) or "mỗi" in before or not before.strip())


def _qualifies(m: re.Match[str], before: str) -> bool:
    return before.rstrip().endswith("có") and bool(QUALIFIES.search(_words(m, before)))


def _bounds(m: re.Match[str]) -> tuple[float | None, float | None, Op]:
    """Low, high and operator; of `từ 40% lên 60%` the second."""
    times = TIMES.get(fold(m["times"] or ""), 1)
    low, high = (None if word is None else (number(word) or 0) * times for word in (m["low"], m["high"]))
    if high is not None and not m["change"]:
        return low, high, "~"
    op = _op(m)
    value = low if high is None else high
    return (None, value, op) if op in ("<", "<=") else (value, None, op)


def _op(m: re.Match[str]) -> Op:
    bound = m["bound2"] or m["bound"] or ""
    behind = m["more"] or (None if bound or (not m["from"] and RANKED.search(m["what"])) else m["last"])
    if behind:
        return ">=" if "lên" in behind else "<="
    return _op_of(bound)


def _counted(m: re.Match[str], *, share: bool) -> str:
    """What the amount counts: the words behind it, with the noun behind a share."""
    what = A_UNIT.sub("", m["what"].strip()).strip(" _")
    return f"{m['unit']} {what}".strip() if share and m["unit"] else what


def _indicator(before: str, lower: str, unit: str, what: str) -> str:
    """What is measured, in the text's words: `tỷ lệ …` and the like before the amount, or what follows it."""
    share = MEASURED.search(lower)
    words = before[share.start() :] if share else f"{unit} {what}" if unit != "%" else what
    return REACHES.sub("", words.strip())[:120]


def _subject(indicator: str) -> str:
    unit = SUBJECT.search(indicator)
    return unit[0] if unit else indicator or "%"


def _none_left(text: str) -> Iterator[Values]:
    for m in NONE_LEFT.finditer(text):
        counts = re.search(r"hợp tác xã|HTX|tổ hợp tác|hộ|xã|tổ chức|đơn vị|doanh nghiệp", m["what"], re.I)
        if (
            not counts
            or re.search(r"phù hợp|điều kiện", m["what"])
            or re.search(r"(?:các|những)\s+[^,;.]{0,60}$", text[: m.start()], re.I)
        ):
            continue
        subject = _subject(m["what"])
        yield m.start(), m.end(), {
            "op": "=", "low": 0.0, "unit": subject, "subject": subject, "indicator": f"số {m['what']}", "confidence": 0.85,
        }  # fmt: skip


def _all(text: str) -> Iterator[Values]:
    for m in ALL.finditer(text):
        yield m.start("what"), m.end(), {
            "op": "=", "low": 100.0, "unit": "%", "subject": m["what"], "indicator": f"tỷ lệ {m['does']}", "confidence": 0.75,
        }  # fmt: skip


def _year(m: re.Match[str]) -> int:
    """`trước năm 2028` is reached by 2027."""
    return int(m["year"] or m["opening"]) - bool(m.groupdict().get("before"))


def _horizon(
    lower: str, clause: tuple[int, int], amount: tuple[int, int], headings: tuple[str, ...]
) -> tuple[int | None, int | None]:
    """Years from and by which to reach it: its own words first, then those before it, behind it, over it; all in lower case."""
    if "20" in lower[clause[0] : amount[1]] and (found := _own_horizon(lower, clause[0], amount)):
        return found
    for words in (lower[amount[1] : clause[1]], *OPENING_YEAR.findall(lower), *headings):
        if "20" not in words:
            continue
        if (
            m := BY_YEAR.search(words)
            or DONE_BY.match(words)
            or (AIMS_YEAR.search(words) if words in headings else None)
        ):
            return None, _year(m)
        if m := AIMS_PERIOD.search(words):
            return int(m["from"]), int(m["to"])
    return None, None


def _own_horizon(lower: str, opening: int, amount: tuple[int, int]) -> tuple[int | None, int | None] | None:
    """The same by the words of its clause up to its end."""
    own, before = lower[slice(*amount)], lower[opening : amount[0]]
    if ends := ENDS_IN_YEAR.search(own):
        return None, int(ends[2]) - bool(ends[1])
    for words, turn in ((own, 0), (before, -1)):
        if years := [_year(m) for m in BY_YEAR.finditer(words)]:
            return None, years[turn]
    if period := PERIOD.search(lower[opening : amount[1]]):
        return int(period["from"]), int(period["to"])
    return None
