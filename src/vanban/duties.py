"""Duties to report (chế độ báo cáo): who reports to whom, through whom, how often, by which day.

- `định kỳ báo cáo kết quả về UBND tỉnh (qua Sở A) trước ngày 20 tháng 12 hằng năm`
- `gửi báo cáo về Sở A để tổng hợp, báo cáo UBND tỉnh`: two duties, the second one of Sở A
- `hàng quý, năm báo cáo …`: two, one for each period
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vanban.actors import Cluster, clusters
from vanban.bodies import mentions
from vanban.deadlines import find_deadlines
from vanban.lexicon import fold
from vanban.values import Deadline, Duty, Item, Mention, Task

REPORT = re.compile(r"(?<!\w)báo\s+cáo(?!\w)", re.I)
NOUN_BEFORE = re.compile(
    r"(?:xây\s+dựng|viết|soạn\s+thảo|hoàn\s+thiện|các|những|nội\s+dung|hệ\s+thống|chế\s+độ|bản|mẫu|biểu|thẩm\s+tra|thông\s+qua|trình|theo|công\s+tác|thực\s+hiện|dự\s+thảo|số\s+liệu)\s+$",
    re.I,
)
TO = re.compile(r"^(?:[^.;:]{0,60}?\s+)?(?:về|gửi|cho|với|lên|tới|đến)?\s*$", re.I)
SENT = re.compile(r"(?:gửi|về|chuyển)\s*(?:báo\s+cáo\s+)?(?:về|cho|đến|tới)?\s*$", re.I)
VIA = re.compile(r"(?:thông\s+)?qua\s*(?:các\s+)?$", re.I)
PASSES_ON = re.compile(r"để\s+(?:\w+\s+){0,3}?(?:theo\s+dõi,?\s+)?tổng\s+hợp|tổng\s+hợp\s*,?\s*(?:và\s+)?$", re.I)
PERIODS = (
    ("monthly", r"(?:hàng|hằng|mỗi)\s+tháng"),
    ("quarterly", r"(?:hàng|hằng|mỗi)\s+quý|\bquý,"),
    ("6-monthly", r"(?:6|sáu)\s+tháng(?!\s+(?:đầu|cuối)\s+năm\s+\d)"),
    ("annual", r"(?:hàng|hằng|mỗi)\s+năm|(?:quý|tháng)\s*(?:,|và)\s*năm|(?:1|một)\s+năm"),
    ("3-yearly", r"(?<!\d)(?:0?3|ba)\s+năm(?!\s+\d)"),
    ("5-yearly", r"(?<!\d)(?:0?5|năm)\s+năm(?!\s+\d)"),
)


Named = tuple[Duty, tuple[Mention, ...]]


def find_duties(task: Task, item: Item, text: str) -> list[Named]:
    """Duties to report in one task, with the bodies each names; `text` is the block with its citations blanked out."""
    found = list(_duties(task, item, text))
    # `báo cáo toàn bộ quá trình …; báo cáo UBND tỉnh` is one duty: the one that says to whom.
    told = {(duty.sender, duty.frequency) for duty, _ in found if duty.to}
    return [one for one in found if one[0].to or (one[0].sender, one[0].frequency) not in told]


def _duties(task: Task, item: Item, text: str) -> Iterator[Named]:
    hops = list(REPORT.finditer(text))
    groups = clusters(text, mentions(text)) if hops else []
    sender, behind = task.lead, 0
    for hop in hops:
        if hop.start() < behind or not _reports(text, hop):
            continue
        to, end = _addressees(text, hop, groups)
        passed = _passed_on(text, hop, groups)
        via, end = _via(text, end, groups)
        who = _keys(passed) or sender
        clause = text[_clause_start(text, hop.start()) : _clause_end(text, end)]
        periods = _frequencies(clause) or _frequencies(_deadline_words(task)) or _needed(task)
        due = None if behind or passed else _due(find_deadlines(clause))
        span = item.passage.span(_start(text, hop), end)
        for frequency in periods or (None,):
            sure = 0.85 if to and frequency else 0.65
            yield Duty(task.at, span, who, _keys(to), _keys(via), frequency, due, sure), (*passed, *to, *via)
        sender, behind = _keys(to) or who, end


def _keys(bodies: tuple[Mention, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(m.key for m in bodies))


def _reports(text: str, m: re.Match[str]) -> bool:
    """The act, not the paper: `xây dựng báo cáo` drafts one."""
    before = text[max(0, m.start() - 20) : m.start()]
    if re.search(r"(?:có|gửi)\s+$", before, re.I):
        return True
    if re.search(
        r"chế\s+độ[^.;]{0,30}$|tham\s+mưu\s*,\s*(?:đề\s+xuất\s*,\s*)?$", text[max(0, m.start() - 45) : m.start()], re.I
    ):
        return False
    return not NOUN_BEFORE.search(before) and not re.match(r"\s+(?:viên|nghiên)", text[m.end() :])


def _addressees(text: str, hop: re.Match[str], groups: list[Cluster]) -> tuple[tuple[Mention, ...], int]:
    for group in groups:
        if group.start < hop.end():
            continue
        between = text[hop.end() : group.start]
        if re.search(r"[.;:]", between) or len(between) > 90:
            break
        if VIA.search(between) or re.search(r"(?:theo|của|do|hướng\s+dẫn)\s*(?:\w+\s+){0,2}$", between, re.I):
            break
        if TO.match(between) or re.search(
            r"(?:gửi|về|cho)\s*(?:các\s+)?$|,\s*kiến\s+nghị\s*$|đề\s+xuất\s*$", between, re.I
        ):
            return group.bodies, group.end
        break
    return (), hop.end()


def _passed_on(text: str, hop: re.Match[str], groups: list[Cluster]) -> tuple[Mention, ...]:
    """`gửi Sở A tổng hợp, báo cáo …`: who passes it on, where it was sent before."""
    before = text[: hop.start()]
    for group in reversed([g for g in groups if g.end <= hop.start()]):
        between = before[group.end :]
        if len(between) > 160 or re.search(r"[.;]", between):
            return ()
        sent = re.search(r"(?:gửi|về|chuyển)\s*(?:báo\s+cáo\s+)?(?:về|cho|đến|tới)?\s*$", before[: group.start], re.I)
        if sent and re.search(r"tổng\s+hợp", between, re.I):
            return group.bodies
    return ()


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
    return (
        tuple(name for name, form in PERIODS if re.search(form, words))
        if re.search(r"hàng|hằng|mỗi|định kỳ", words)
        else ()
    )


def _deadline_words(task: Task) -> str:
    deadline: Deadline | None = task.deadline
    return deadline.raw if deadline and deadline.kind in ("annual", "recurring") else ""


def _needed(task: Task) -> tuple[str, ...]:
    if task.deadline and task.deadline.kind == "conditional":
        return ("as-needed",)
    return ("once",) if task.deadline and task.deadline.kind == "by" else ()


def _due(found: list[Deadline]) -> str | None:
    for deadline in found:
        if m := re.search(r"BYMONTH=(\d+);BYMONTHDAY=(\d+)", deadline.rule or ""):
            return f"{int(m[1]):02}-{int(m[2]):02}"
        if deadline.end and deadline.kind == "by" and re.search(r"ngày|/\d+/", deadline.raw):
            return f"{deadline.end:%m-%d}"
    return None


def _clause_start(text: str, at: int) -> int:
    return max((m.end() for m in re.finditer(r"[.;:]\s", text[:at])), default=0)


def _clause_end(text: str, at: int) -> int:
    m = re.compile(r"[.;](?:\s|$)").search(text, at)
    return m.start() if m else len(text)


def _start(text: str, hop: re.Match[str]) -> int:
    return max(_clause_start(text, hop.start()), hop.start() - 80 if hop.start() > 80 else 0)
