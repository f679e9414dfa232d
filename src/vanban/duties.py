"""Duties to report (chế độ báo cáo): who reports to whom, through whom, how often, by which day.

- `định kỳ báo cáo kết quả về UBND tỉnh (qua Sở A) trước ngày 20 tháng 12 hằng năm`
- `gửi báo cáo về Sở A để tổng hợp, báo cáo UBND tỉnh`, `gửi kết quả về Sở A …`: two duties, the second one of Sở A
- `hàng quý, năm báo cáo …`, `báo cáo 6 tháng (trước ngày 15/6) và năm (trước ngày 15/12)`: two, one for each period
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from vanban.actors import Cluster, clusters
from vanban.bodies import mentions
from vanban.deadlines import find_deadlines
from vanban.forms import Form
from vanban.lexicon import clause_end, clause_start, fold
from vanban.values import Deadline, Duty, Item, Mention, Span, Task

REPORT = Form(r"(?<!\w)báo\s+cáo(?!\w)", "cáo")
NOUN_BEFORE = re.compile(
    r"(?:xây\s+dựng|viết|lập|soạn\s+thảo|hoàn\s+thiện|các|những|nội\s+dung|hệ\s+thống|chế\s+độ|bản|mẫu|biểu|thẩm\s+tra|thông\s+qua|trình|theo|công\s+tác|thực\s+hiện|dự\s+thảo|số\s+liệu)\s+$",
    re.I,
)
NOUN_BEHIND = re.compile(r"\s+(?:viên|nghiên|của|tài\s+chính|thuế|quyết\s+toán|kiểm\s+toán)(?!\w)", re.I)
RESULTS = re.compile(
    r"(?<!\w)(?:kết\s+quả|tình\s+hình|số\s+liệu|danh\s+sách)(?![^.;]*(?:đề\s+xuất|kiến\s+nghị|phản\s+ánh))", re.I
)
IN_TIME = re.compile(r"(?<!\w)(?:kịp\s+thời|nhanh\s+chóng)\s+(?:phản\s+ánh\s*,\s*|tổng\s+hợp\s*,?\s*)?$", re.I)
ALSO_TO = re.compile(
    r"\s*,?\s*(?:và\s+)?đồng\s+(?:thời\s+)?(?:kính\s+)?gửi\s+(?:cho\s+|về\s+|đến\s+)?(?:các\s+)?", re.I
)
BY_RULE = re.compile(r"chế\s+độ\s+(?:thông\s+tin,?\s+)?$", re.I)
ADVISES = re.compile(r"tham\s+mưu[^.;,]{0,60}$|tham\s+mưu\s*,\s*(?:đề\s+xuất\s*,\s*)?$", re.I)
SENDS = re.compile(r"(?:có|gửi)\s+$", re.I)
OWNED = re.compile(r"(?:theo|của|do|hướng\s+dẫn)\s*(?:\w+\s+){0,2}$", re.I)
RULES = re.compile(
    r"(?<!thực hiện )(?<!thực hiện tốt )(?<!thực hiện nghiêm )(?<!nghiêm túc )(?<!đầy đủ )chế\s+độ[^.;]{0,30}$", re.I
)
TO = re.compile(r"^(?:[^.;:]{0,60}?\s+)?(?:về|gửi|cho|với|lên|tới|đến)?\s*$", re.I)
SENT = re.compile(r"(?:gửi|về|chuyển)\s*(?:báo\s+cáo\s+)?(?:về|cho|đến|tới)?\s*$", re.I)
VIA = re.compile(r"(?:thông\s+)?qua\s*(?:các\s+)?$", re.I)
RETURNS = re.compile(r"hàng|hằng|mỗi|định kỳ")
_PERIODS = (
    ("daily", "ngày", r"(?:hàng|hằng|mỗi)\s+ngày"),
    ("weekly", "tuần", r"(?:hàng|hằng|mỗi)\s+tuần"),
    ("monthly", "tháng", r"(?:hàng|hằng|mỗi)\s+tháng"),
    ("quarterly", "quý", r"(?:hàng|hằng|mỗi)\s+quý|\bquý,"),
    ("6-monthly", "tháng", r"(?:0?6|sáu)\s+tháng(?!\s+(?:đầu|cuối)\s+năm\s+\d)"),
    ("annual", "năm", r"(?:hàng|hằng|mỗi)\s+năm|(?:quý|tháng)\s*(?:,|và)\s*(?:cả\s+)?năm|(?:0?1|một)\s+năm"),
    ("3-yearly", "năm", r"(?<!\d)(?:0?3|ba)\s+năm(?!\s+(?:\d|thực hiện))"),
    ("5-yearly", "năm", r"(?<!\d)(?:0?5|năm)\s+năm(?!\s+(?:\d|thực hiện))"),
)
PERIODS = tuple((name, word, re.compile(form)) for name, word, form in _PERIODS)
# `báo cáo quý, 6 tháng, năm`: the periods without `hằng`.
LISTED = re.compile(
    r"báo cáo (?P<periods>(?:tháng|quý|(?:0?6|sáu) tháng|năm)(?:(?:, | và )(?:quý|(?:0?6|sáu) tháng|năm))*)(?![\w ]*\d{4})(?!\w)"
)
SHORT_PERIODS = {"tháng": "monthly", "quý": "quarterly", "năm": "annual"}
MONTH_DAY = re.compile(r"BYMONTH=(\d+)[\d,]*;BYMONTHDAY=(\d+)")
ANY_YEAR = date(1904, 12, 31)  # a leap year before all deadlines: of a day to report by, only day and month count


Named = tuple[Duty, tuple[Mention, ...]]


def find_duties(task: Task, item: Item, text: str, own: Mapping[str, str] | None = None) -> list[Named]:
    """Duties to report in one task, with the bodies each names.

    `text` is the block with its citations blanked out; `own` maps short names of the document to full ones.
    """
    if not REPORT.may_stand(text):
        return []
    found = list(_duties(task, item, text, own or {}))
    # `báo cáo toàn bộ quá trình …; báo cáo UBND tỉnh` is one duty: the one that says to whom.
    told = {(duty.sender, duty.frequency) for duty, _ in found if duty.to}
    return [one for one in found if one[0].to or (one[0].sender, one[0].frequency) not in told]


@dataclass(frozen=True, slots=True)
class Hop:
    """One way of a report: from whom to whom; `onward`: passed on, so that the day is not its own."""

    span: Span
    sender: tuple[str, ...]
    to: tuple[Mention, ...]
    via: tuple[Mention, ...] = ()
    said: int = 0  # where `báo cáo` stands
    onward: bool = False
    named: tuple[Mention, ...] = ()  # who passes it on


def _duties(task: Task, item: Item, text: str, own: Mapping[str, str]) -> Iterator[Named]:
    """One duty for each hop and each period that the clause or the task names."""
    for hop in _hops(task.lead, text, own):
        clause = text[_clause_start(text, hop.span[1]) : clause_end(text, hop.span[1])]
        times = find_deadlines(clause, issued=ANY_YEAR)
        periods = (
            _urgent(text, hop.said)
            or _frequencies(clause)
            or _by_clause(times)
            or _frequencies(_deadline_words(task))
            or _by_rule(task.deadline)
            or _needed(task)
        )
        days = [] if hop.onward else _days(times, hop.said - _clause_start(text, hop.span[1]))
        for i, frequency in enumerate(periods or (None,)):
            due = days[i] if len(days) == len(periods) > 0 else next(iter(days), None)
            sure = 0.85 if hop.to and frequency else 0.65
            span = item.passage.span(*hop.span)
            duty = Duty(task.at, span, hop.sender, _keys(hop.to), _keys(hop.via), frequency, due, sure)
            yield duty, (*hop.named, *hop.to, *hop.via)


def _hops(lead: tuple[str, ...], text: str, own: Mapping[str, str]) -> Iterator[Hop]:
    reports = list(REPORT.finditer(text))
    groups = clusters(text, mentions(text, own)) if reports else []
    sender, behind = lead, 0
    for m in reports:
        if m.start() < behind or not _reports(text, m):
            continue
        to, end = _addressees(text, m, groups)
        passed = _passed_on(text, m, groups)
        if passed and not behind and RESULTS.search(text, _clause_start(text, passed.start), passed.start):
            # `gửi kết quả về Sở A để tổng hợp, báo cáo …`: a report, though the first hop does not call it one.
            yield Hop((_clause_start(text, passed.start), passed.end), sender, passed.bodies, said=passed.start)
            behind = passed.end
        via, end = _via(text, end, groups)
        onward = passed is not None or behind > _clause_start(text, m.start())
        who = _keys(passed.bodies) if passed else sender if onward else lead
        yield Hop((_start(text, m, behind), end), who, to, via, m.start(), onward, passed.bodies if passed else ())
        sender, behind = _keys(to) or who, end


def _keys(bodies: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.key for m in bodies))


def _reports(text: str, m: re.Match[str]) -> bool:
    """The act, not the paper: `xây dựng báo cáo` drafts one, `tham mưu UBND tỉnh báo cáo` too."""
    before = text[max(0, m.start() - 90) : m.start()]
    if NOUN_BEHIND.match(text, m.end()):
        return False
    if SENDS.search(before):
        return True
    if RULES.search(before) or ADVISES.search(before):
        return False
    return bool(BY_RULE.search(before)) or not NOUN_BEFORE.search(before[-20:])


def _addressees(text: str, hop: re.Match[str], groups: list[Cluster]) -> tuple[tuple[Mention, ...], int]:
    for group in groups:
        if group.start < hop.end():
            continue
        between = text[hop.end() : group.start]
        if len(between) > 90 or "." in between or ";" in between or ":" in between:
            break
        if VIA.search(between) or OWNED.search(between):
            break
        if TO.match(between) or re.search(
            r"(?:gửi|về|cho)\s*(?:các\s+)?$|,\s*kiến\s+nghị\s*$|đề\s+xuất\s*$", between, re.I
        ):
            return _also(text, group, groups)
        break
    return (), hop.end()


def _also(text: str, first: Cluster, groups: list[Cluster]) -> tuple[tuple[Mention, ...], int]:
    """`báo cáo A, đồng gửi B`: both receive it."""
    other = next((g for g in groups if g.start >= first.end), None)
    if other and ALSO_TO.fullmatch(text, first.end, other.start):
        return (*first.bodies, *other.bodies), other.end
    return first.bodies, first.end


def _passed_on(text: str, hop: re.Match[str], groups: list[Cluster]) -> Cluster | None:
    """`gửi Sở A tổng hợp, báo cáo …`: who passes it on, where it was sent before."""
    before = text[: hop.start()]
    for group in reversed([g for g in groups if g.end <= hop.start()]):
        between = before[group.end :]
        if len(between) > 160 or "." in between or ";" in between:
            return None
        if SENT.search(before, max(0, group.start - 40), group.start) and re.search(r"tổng\s+hợp", between, re.I):
            return group
    return None


def _via(text: str, at: int, groups: list[Cluster]) -> tuple[tuple[Mention, ...], int]:
    for group in groups:
        if group.start >= at:
            between = text[at : group.start]
            if VIA.search(between) and len(between) < 30:
                return group.bodies, group.end
            break
    return (), at


def _frequencies(clause: str) -> tuple[str, ...]:
    words = fold(clause)
    if RETURNS.search(words):
        return tuple(name for name, word, form in PERIODS if word in words and form.search(words))
    if listed := LISTED.search(words):
        periods = re.split(r", | và ", listed["periods"])
        return tuple(SHORT_PERIODS.get(period, "6-monthly") for period in periods)
    return ()


def _urgent(text: str, said: int) -> tuple[str, ...]:
    """`kịp thời báo cáo … khó khăn, vướng mắc`: whenever there is something to report."""
    return ("as-needed",) if IN_TIME.search(text, max(0, said - 40), said) else ()


def _by_clause(times: list[Deadline]) -> tuple[str, ...]:
    """`trước ngày 25 tháng cuối quý`, `6 tháng/lần`, said in the clause itself."""
    return next((periods for deadline in times if (periods := _by_rule(deadline))), ())


def _by_rule(deadline: Deadline | None) -> tuple[str, ...]:
    """`hai năm một lần` → `2-yearly`, `02 lần/năm` → `6-monthly`."""
    m = re.match(r"FREQ=(YEAR|MONTH|WEEK|DAI)LY(?:;INTERVAL=(\d+))?", (deadline.rule if deadline else None) or "")
    if not m:
        return ()
    single = {"YEAR": "annual", "MONTH": "monthly", "WEEK": "weekly", "DAI": "daily"}[m[1]]
    return ("quarterly" if (m[1], m[2]) == ("MONTH", "3") else f"{m[2]}-{m[1].lower()}ly" if m[2] else single,)


def _deadline_words(task: Task) -> str:
    deadline: Deadline | None = task.deadline
    return deadline.raw if deadline and deadline.kind in ("annual", "recurring") else ""


def _needed(task: Task) -> tuple[str, ...]:
    if task.deadline and task.deadline.kind == "conditional":
        return ("as-needed",)
    return ("once",) if task.deadline and task.deadline.kind == "by" else ()


def _days(times: list[Deadline], said: int) -> list[str]:
    """Days to report by, as MM-DD, of those of its clause: behind `báo cáo`, which stands at `said`, else before it."""
    behind = _month_days([deadline for deadline in times if deadline.span[0] >= said])
    return behind or _month_days(times)


def _month_days(found: list[Deadline]) -> list[str]:
    days = []
    for deadline in found:
        if m := MONTH_DAY.search(deadline.rule or ""):
            days.append(f"{int(m[1]):02}-{int(m[2]):02}")
        elif deadline.end and deadline.kind == "by" and re.search(r"ngày|\d\s*[/.-]\s*\d{1,2}(?!\d)", deadline.raw):
            days.append(f"{deadline.end:%m-%d}")
    return days


def _clause_start(text: str, at: int) -> int:
    return clause_start(text, at, ".;:")  # what leads up to a colon is no part of the duty


def _start(text: str, m: re.Match[str], behind: int) -> int:
    """Where the words of a duty begin: with its clause, or behind the hop before it."""
    start = max(_clause_start(text, m.start()), behind)
    return start + len(text[start : m.start()]) - len(text[start : m.start()].lstrip(" ,*)("))
