"""Measurable aims (chỉ tiêu): an amount, what it counts, how it is bounded, by when.

- `từ 16 hợp tác xã trở lên`, `ít nhất 01 mô hình`, `trên 60% tổ chức`, `xuống dưới 10%`, `tối thiểu 20% dân số`
- `khoảng 1.200-1.400 tổ hợp tác`, `180-200 hợp tác xã`, `từ 1 đến 2 hợp tác xã`
- `100% cán bộ … được đào tạo`, `các hợp tác xã đều áp dụng …` (100 %), `không còn hợp tác xã yếu kém` (0)
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.lexicon import fold, number
from vanban.values import Op, Passage, Target

N = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?"
UNITS = (
    "liên hiệp hợp tác xã|hợp tác xã|tổ hợp tác|tổ chức kinh tế tập thể|HTX|THT|LHHTX|thành viên|mô hình|lao động|người|cán bộ|hộ|"
    "sản phẩm|doanh nghiệp|tỷ đồng|triệu đồng|nghìn tỷ đồng|tỷ|triệu|đồng|USD|ha|héc ta|km|m2|tấn|xã|huyện|thôn|lớp|học viên|"
    "lượt người|lượt|chuỗi|trang trại|cơ sở|dự án|cuộc|buổi|đợt|hội nghị|làng nghề|vùng|quỹ|tổ|hội viên|đơn vị|điểm|giường|trường|kwh|mw|m3|năm"
)
BOUNDS: tuple[tuple[str, Op], ...] = (
    (r"ít nhất|tối thiểu|không dưới|không thấp hơn|không ít hơn", ">="),
    (r"tối đa|không quá|không vượt quá|nhiều nhất", "<="),
    (r"trên|hơn|vượt", ">"),
    (r"dưới|thấp hơn", "<"),
    (r"khoảng|xấp xỉ|gần", "~"),
)
TIMES = {"nghìn": 1_000, "ngàn": 1_000, "triệu": 1_000_000, "tỷ": 1_000_000_000}
BOUND = "|".join(form for form, _ in BOUNDS)


def _spaced(form: str) -> str:
    return form.replace(" ", r"\s+")


AMOUNT = re.compile(
    rf"""(?<![\w/.,\-–])(?:(?P<bound>{_spaced(BOUND)})\s+)?
    (?:(?P<from>từ)\s+)?(?P<low>{N})\s*(?P<lowpercent>%)?
    (?:\s*(?:-|–|đến)\s*(?P<high>{N}))?\s*
    (?:(?P<percent>%)|(?:(?P<times>nghìn|ngàn|triệu|tỷ)\s+(?!đồng|USD))?(?P<unit>(?:{_spaced(UNITS)}))(?!\w))
    (?P<what>[^;.,]*?)(?P<more>\s+trở\s+lên|\s+trở\s+xuống)?(?=[;.,]|\s+(?:với|và\s+\d|trở|hoặc)|$)""",
    re.X | re.I,
)
NONE_LEFT = re.compile(r"(?<!\w)không\s+còn\s+(?P<what>[^;.,]+)", re.I)
ALL = re.compile(
    r"(?:^|(?<=[.;]\s))\W*(?P<what>(?:các|tất cả(?:\s+các)?|mọi)\s+[^;.,]{3,60}?)\s+đều\s+(?P<does>[^;.,]+)", re.I
)
BY_YEAR = re.compile(r"(?:đến|vào|trong|hết)\s+(?:hết\s+)?(?:cuối\s+)?năm\s+(?P<year>20\d\d)", re.I)
OPENING_YEAR = re.compile(r"^\W*((?:đến|vào)\s+(?:hết\s+)?(?:cuối\s+)?năm\s+20\d\d)\s*[:,]", re.I)
PERIOD = re.compile(r"giai đoạn\s+(?P<from>20\d\d)\s*[-–]\s*(?P<to>20\d\d)", re.I)
YEARLY = re.compile(r"(?:mỗi|hàng|hằng|bình quân|trung bình)\s+(?:mỗi\s+)?năm|/năm", re.I)
SCOPES = (("district", r"(?:mỗi|từng)\s+(?:huyện|quận|thị xã|đơn vị cấp huyện)"), ("commune", r"(?:mỗi|từng)\s+(?:xã|phường|đơn vị cấp xã)"), ("province", r"(?:mỗi|từng)\s+(?:tỉnh|địa phương)"))  # fmt: skip
AIMING = re.compile(
    r"(?<!\w)(?:phấn đấu|đạt|có|thành lập|phát triển|nâng|tăng|giảm|thu hút|bảo đảm|đảm bảo|xây dựng|hỗ trợ|toàn tỉnh|hoàn thành|đến năm|củng cố|chuyển đổi)(?!\w)",
    re.I,
)
PAST = re.compile(r"(?<!\w)(?:đã|hiện có|hiện nay|so với|năm \d{4} (?:có|là|đạt)|tính đến)(?!\w)", re.I)
NOT_COUNTED = re.compile(r"^\s*(?:nhiệm vụ|nội dung|giải pháp|năm|tháng|ngày|chương|điều|mục|bản)(?!\w)", re.I)


def find_targets(passage: Passage, text: str, at: str, headings: tuple[str, ...], *, aims: bool) -> Iterator[Target]:
    """Targets of one block. `text` is the passage with its citations blanked out; `aims`: a section of aims,
    where a bare amount is one; elsewhere it must be bounded (`ít nhất`) or a share.
    """
    found = [*_amounts(text, aims=aims), *_none_left(text), *(_all(text) if aims else ())]
    before = 0
    for start, end, values in sorted(found, key=lambda f: f[0]):
        clause = _clause(text, start)
        own = text[max(before, text.index(clause)) : end]  # `mỗi năm` counts for the amount that follows it
        before = end
        yield Target(
            at=at,
            span=passage.span(start, end),
            by=_by(clause, (*OPENING_YEAR.findall(text), *headings)),
            per="year" if YEARLY.search(own) else None,
            scope=next((scope for scope, form in SCOPES if re.search(form, own, re.I)), None),
            **values,
        )


Values = tuple[int, int, dict[str, object]]


def _amounts(text: str, *, aims: bool) -> Iterator[Values]:
    for m in AMOUNT.finditer(text):
        before = text[max(0, m.start() - 80) : m.start()]
        bounded = m["bound"] or m["more"] or m["from"] or m["high"]
        percent = m["percent"] or m["lowpercent"]
        unit = "%" if percent else m["unit"]
        sentence = re.split(r"[.;]\s", before)[-1]
        if fold(unit) == "năm" or (not aims and not (bounded or percent)) or PAST.search(sentence):
            continue
        if (
            not aims
            and not percent
            and not (AIMING.search(sentence) or m["bound"] or re.search(r"mỗi|lựa chọn", sentence, re.I))
        ):
            continue
        low, high = number(m["low"]), number(m["high"]) if m["high"] else None
        times = TIMES.get(fold(m["times"] or ""), 1)
        low, high = low and low * times, high and high * times
        op = _op(m, ranged=high is not None)
        if op in ("<", "<=") and high is None:
            low, high = None, low
        what = m["what"].strip()
        yield m.start(), m.end(), {
            "op": op, "low": low, "high": high, "unit": unit,
            "subject": (what if percent else unit)[:80] or unit, "indicator": _indicator(sentence, unit, what),
            "confidence": 0.9 if aims else 0.75,
        }  # fmt: skip


def _op(m: re.Match[str], *, ranged: bool) -> Op:
    if ranged:
        return "~"
    if m["more"]:
        return ">=" if "lên" in m["more"] else "<="
    bound = fold(m["bound"] or "")
    return next((op for form, op in BOUNDS if re.fullmatch(form, bound)), "=")


def _indicator(before: str, unit: str, what: str) -> str:
    """What is measured, in the text's words: `tỷ lệ …` and the like before the amount, or what follows it."""
    share = re.search(r"(?:tỷ lệ|số lượng|số|thu nhập|doanh thu|tổng)\s+[^,;.]{3,90}$", before, re.I)
    words = share[0] if share else f"{unit} {what}" if unit != "%" else what
    return re.sub(r"\s+(?:đạt|lên|xuống|là|có|khoảng)\s*$", "", words.strip())[:120]


def _none_left(text: str) -> Iterator[Values]:
    for m in NONE_LEFT.finditer(text):
        if re.search(r"hợp tác xã|tổ hợp tác|hộ|xã|tổ chức|đơn vị|doanh nghiệp", m["what"], re.I) and not re.search(
            r"phù hợp|điều kiện", m["what"]
        ):
            unit = re.search(UNITS, m["what"], re.I)
            subject = unit[0] if unit else m["what"]
            yield (
                m.start(),
                m.end(),
                {
                    "op": "=",
                    "low": 0.0,
                    "unit": subject,
                    "subject": subject,
                    "indicator": f"số {m['what']}",
                    "confidence": 0.85,
                },
            )


def _all(text: str) -> Iterator[Values]:
    for m in ALL.finditer(text):
        yield (
            m.start("what"),
            m.end(),
            {
                "op": "=",
                "low": 100.0,
                "unit": "%",
                "subject": m["what"],
                "indicator": f"tỷ lệ {m['does']}",
                "confidence": 0.75,
            },
        )


def _clause(text: str, at: int) -> str:
    """The sentence that the amount stands in, up to its end."""
    start = max((m.end() for m in re.finditer(r"[.;]\s", text[:at])), default=0)
    end = next((at + m.start() for m in re.finditer(r"[.;](?:\s|$)", text[at:])), len(text))
    return text[start:end]


def _by(clause: str, headings: tuple[str, ...]) -> int | None:
    for words in (clause, *headings):
        if m := BY_YEAR.search(words):
            return int(m["year"])
    return None
