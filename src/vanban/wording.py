"""Values in the words of a Vietnamese office: dates, numbers, deadlines, levels, topics, doubts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from vanban.messages import remark
from vanban.names import book
from vanban.recurrence import LAST, Rule, read_rule
from vanban.values import Analysis, Deadline, Duty, Header, Target, Task

DOUBTFUL = 0.7  # a value less sure than this is for a person to look at

TOPICS = {
    "awareness": "Tuyên truyền, nhận thức",
    "legal": "Pháp luật, thể chế",
    "policy": "Cơ chế, chính sách chung",
    "human": "Đào tạo, nhân lực",
    "land": "Đất đai",
    "budget": "Ngân sách, thuế, phí",
    "credit": "Tín dụng, quỹ, vốn",
    "science": "Khoa học, công nghệ, tiêu chuẩn",
    "digital": "Chuyển đổi số, cơ sở dữ liệu",
    "market": "Xúc tiến thương mại, thị trường",
    "infrastructure": "Hạ tầng",
    "insurance": "Bảo hiểm xã hội",
    "chain": "Liên kết, chuỗi giá trị",
    "restructure": "Rà soát, sắp xếp, chuyển đổi",
    "found": "Thành lập mới, thành viên",
    "apparatus": "Bộ máy, cán bộ quản lý",
    "inspect": "Thanh tra, kiểm tra, giám sát",
    "award": "Khen thưởng, tôn vinh",
    "international": "Hợp tác quốc tế",
    "dialogue": "Kiến nghị, đối thoại",
    "report": "Kế hoạch, báo cáo, điều phối",
    "security": "An ninh, trật tự",
    "environment": "Môi trường",
    "other": "Khác",
}
FIELDS = {
    "lead": "cơ quan chủ trì",
    "coordinate": "cơ quan phối hợp",
    "deliverable": "sản phẩm",
    "deadline": "thời hạn",
    "topic": "lĩnh vực",
    "text": "lời văn",
    "task": "việc được giao",
}
TOLD = {"V101": "lead", "V103": "deadline", "V104": "task"}  # the field that a notice already tells of
COUNTS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
PERIODS = {"DAILY": "ngày", "WEEKLY": "tuần", "MONTHLY": "tháng", "YEARLY": "năm"}
WEEKDAYS = dict(zip(("MO", "TU", "WE", "TH", "FR", "SA", "SU"), "Hai Ba Tư Năm Sáu Bảy Nhật".split(), strict=True))
FREQUENCIES = {
    "annual": "hằng năm",
    "quarterly": "hằng quý",
    "6-monthly": "6 tháng một lần",
    "monthly": "hằng tháng",
    "daily": "hằng ngày",
    "weekly": "hằng tuần",
    "once": "một lần",
    "as-needed": "khi cần",
}
LEVELS = {">=": "ít nhất %s", ">": "trên %s", "<=": "nhiều nhất %s", "<": "dưới %s", "=": "%s", "~": "khoảng %s"}
SCOPES = {"district": "mỗi huyện", "commune": "mỗi xã", "province": "mỗi tỉnh"}


def day(value: date) -> str:
    """A date as offices write it: 21/11/2026."""
    return f"{value.day:02}/{value.month:02}/{value.year}"


def number(value: float) -> str:
    """A number with Vietnamese marks: 1.234,5."""
    return f"{value:,.10g}".translate(str.maketrans(",.", ".,"))


def capital(text: str) -> str:
    """The text with its first letter large."""
    return text[:1].upper() + text[1:]


def spell(deadline: Deadline) -> str:
    """When the work is due, in words: `hằng năm, trước ngày 15/12`.

    A rule that this cannot say in words is given as the document words it.
    """
    match deadline.kind:
        case "ongoing":
            return _with_period("thường xuyên", deadline)
        case "annual":
            return _with_period("hằng năm", deadline)
        case "recurring":
            return _recurring(deadline)
        case "by" | "range":
            return _period(deadline.start, deadline.end) or _as_written(deadline)
    return _as_written(deadline)


def _as_written(deadline: Deadline) -> str:
    return deadline.raw[:1].lower() + deadline.raw[1:]


def _period(start: date | None, end: date | None) -> str:
    """`chậm nhất 30/06/2015`, `từ 2023 đến 2025`, `trong năm 2023`; whole years without days."""
    if not start:
        return f"chậm nhất {day(end)}" if end else ""
    whole = (start.month, start.day) == (1, 1) and (not end or (end.month, end.day) == (12, 31))
    if whole and end and start.year == end.year:
        return f"trong năm {start.year}"
    first, *last = [str(edge.year) if whole else day(edge) for edge in (start, end) if edge]
    return " đến ".join([f"từ {first}", *last])


def _with_period(words: str, deadline: Deadline) -> str:
    return ", ".join(filter(None, (words, _period(deadline.start, deadline.end))))


def _recurring(deadline: Deadline) -> str:
    """The rule in words, or the document's own words where it has parts unknown here."""
    rule = read_rule(deadline.rule)
    if rule is None:
        return _as_written(deadline)
    return _with_period(", ".join(filter(None, (_every(rule.period, rule.every), _when(rule)))), deadline)


def _every(period: str, every: int) -> str:
    if (period, every) == ("MONTHLY", 3):
        return "hằng quý"
    return f"hằng {PERIODS[period]}" if every == 1 else _once_every(every, PERIODS[period])


def _once_every(interval: int, period: str) -> str:
    """`hai năm một lần`."""
    return f"{COUNTS[interval] if interval < len(COUNTS) else interval} {period} một lần"


def _when(rule: Rule) -> str:
    """The day or the month of a rule: `trước ngày 15/12`, `trong tháng 6 và 12`, `vào thứ Sáu`."""
    if rule.weekdays:
        names = ["Chủ nhật" if each == "SU" else f"thứ {WEEKDAYS[each]}" for each in rule.weekdays]
        return f"vào {_and(names)}"
    months = _and(map(str, rule.months))
    if not rule.days:
        return f"trong tháng {months}" if months else ""
    if rule.days == (LAST,):
        return f"trước khi hết tháng {months}".rstrip()
    return f"trước ngày {_and(dates(rule))}"


def dates(rule: Rule) -> list[str]:
    """The days of a rule: `15/06` where it names months, else `15`."""
    return [f"{d:02}/{m:02}" for m in rule.months for d in rule.days] or [f"{d:02}" for d in rule.days]


def _and(words: Iterable[str]) -> str:
    *head, last = list(words) or [""]
    return f"{', '.join(head)} và {last}" if head else last


def level(target: Target) -> str:
    """How much a target asks for, with its unit: `ít nhất 50%`, `1.200–1.400 tổ hợp tác`."""
    low, high = (None if edge is None else number(edge) for edge in (target.low, target.high))
    amount = f"{low}–{high}" if low and high else LEVELS[target.op] % (low or high or "?")
    return amount + (target.unit if target.unit == "%" else f" {target.unit}").rstrip()


def horizon(target: Target) -> str:
    """By when, how often and in each of what a target is to be met: `mỗi năm`, `đến năm 2030, mỗi huyện`."""
    years = f"từ {target.start} đến {target.by}" if target.start and target.by else ""
    years = years or (f"đến năm {target.by}" if target.by else f"từ {target.start}" if target.start else "")
    per = {"year": "mỗi năm"}.get(target.per or "", target.per)
    return ", ".join(filter(None, (years, per, SCOPES.get(target.scope or "", target.scope))))


def frequency(duty: Duty) -> str:
    """How often to report: `hằng năm`, `ba năm một lần`."""
    if match := re.fullmatch(r"(\d+)-yearly", duty.frequency or ""):
        return _once_every(int(match[1]), "năm")
    return FREQUENCIES.get(duty.frequency or "", duty.frequency or "")


def due(duty: Duty) -> str:
    """The day of a report: `trước ngày 15/12`."""
    month, _, day_of_month = (duty.due or "").partition("-")
    return f"trước ngày {day_of_month}/{month}" if day_of_month else month


def agencies(analysis: Analysis) -> dict[str, str]:
    """The full name of every body that the analysis may use, by key."""
    return {**book().names, **analysis.agencies}


def names(keys: Iterable[str], full: Mapping[str, str]) -> str:
    """Agencies by their full names: `Sở Tài chính; Sở Nội vụ`."""
    return "; ".join(full.get(key, key) for key in keys)


def caption(header: Header) -> str:
    """The document by its name: `Kế hoạch số 1627/KH-UBND ngày 24/02/2023 của Ủy ban nhân dân tỉnh Khánh Hòa`."""
    parts = (
        header.type or "Văn bản",
        f"số {header.symbol}" if header.symbol else "",
        f"ngày {day(header.issued_on)}" if header.issued_on else "",
        f"của {header.issuer}" if header.issuer else "",
    )
    return " ".join(filter(None, parts))


def line(analysis: Analysis) -> str:
    """The document in one line: `Kế hoạch 1627/KH-UBND · Ủy ban … · 79 nhiệm vụ · 4 cần xem lại · 1 cảnh báo`."""
    header = analysis.header
    name = f"{header.type or 'Văn bản'} {header.symbol or '(không số)'}"
    return " · ".join(filter(None, (name, header.issuer, tally(analysis))))


def tally(analysis: Analysis) -> str:
    """How many tasks, and of these how many to look at; how many warnings."""
    counts = (
        (len(analysis.tasks), "nhiệm vụ"),
        (sum(bool(doubts(task)) for task in analysis.tasks), "cần xem lại"),
        (len(analysis.notices), "cảnh báo"),
    )
    return " · ".join(f"{number(count)} {what}" for count, what in counts if count or what == "nhiệm vụ")


def doubts(task: Task) -> list[str]:
    """Why a person should look at the task: its notices, and the fields that the reader is not sure of."""
    told = {TOLD.get(notice.code) for notice in task.notices}
    unsure_of = [field for field, sure in task.confidence.items() if sure < DOUBTFUL and field not in told]
    shaky = [FIELDS.get(field, field) for field in unsure_of]
    return [remark(notice) for notice in task.notices] + ([f"chưa chắc về {_and(shaky)}"] if shaky else [])


def unsure(confidence: float) -> str:
    """The remark on a target or duty that the reader is not sure of."""
    return "Chưa chắc" if confidence < DOUBTFUL else ""
