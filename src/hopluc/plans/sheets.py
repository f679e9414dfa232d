"""What a plan's page shows, as the sheet that offices know: rows for Excel and CSV, always in Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from hopluc.plans.desk.standing import Standing, standings_of
from hopluc.plans.desk.words import WORDS
from hopluc.plans.holding import Holders
from hopluc.plans.models import Duty, Plan, Target, Task
from hopluc.plans.working.states import Clock
from vanban import sheets, wording
from vanban.contract import read_deadline, read_duty, read_target
from vanban.sheets import Cell, Column, Sheet

CHECKED = "Cần xem lại"  # a column of drafts: nothing in a plan waits for a look
NAMELESS = "ke-hoach"
HOLDS = {"targets": "-chi-tieu", "duties": "-che-do-bao-cao", "annex": "-phu-luc"}
UNASSIGNED = "Chưa phân công"


def tasks_sheet(plan: Plan, tasks: Iterable[Task], *, today: date) -> Sheet:
    """Tasks of a plan as they stand on the page, numbered as in the plan."""
    columns = [column for column in sheets.TASKS if column.title != CHECKED]
    columns += [Column("Nay do cơ quan giữ", 24), Column("Tình hình", 18)]
    listed = list(tasks)
    holders = Holders(listed, on=today)
    known = standings_of(plan, (task.pk for task in listed), clock=Clock.of(today)).of
    return Sheet(
        "Nhiệm vụ",
        "BẢNG PHÂN CÔNG NHIỆM VỤ",
        tuple(columns),
        tuple((*as_row(task, holders), _standing(known.get(task.pk))) for task in listed),
    )


def targets_sheet(targets: Iterable[Target]) -> Sheet:
    columns = tuple(column for column in sheets.TARGETS if column.title not in (CHECKED, "Trích văn bản"))
    return Sheet("Chỉ tiêu", "CÁC CHỈ TIÊU", columns, tuple(map(_target, targets)))


def duties_sheet(duties: Iterable[Duty], bodies: Mapping[str, str]) -> Sheet:
    columns = tuple(column for column in sheets.DUTIES if column.title not in (CHECKED, "Trích văn bản"))
    return Sheet("Báo cáo", "CHẾ ĐỘ BÁO CÁO", columns, tuple(_duty(duty, bodies) for duty in duties))


def caption(plan: Plan) -> str:
    """`Kế hoạch số 1627/KH-UBND ngày 24/02/2023 của Ủy ban nhân dân tỉnh Khánh Hòa`."""
    parts = (
        plan.type or "Kế hoạch",
        f"số {plan.symbol}" if plan.symbol else "",
        f"ngày {wording.day(plan.dated_on)}" if plan.dated_on else "",
        f"của {plan.issuer}" if plan.issuer else "",
    )
    return " ".join(filter(None, parts))


def file_name(plan: Plan, ending: str, what: str = "tasks") -> str:
    """Named after the symbol and what it holds, in letters that every system takes.

    >>> file_name(Plan(symbol="1627/KH-UBND"), "xlsx"), file_name(Plan(), "csv", "targets")
    ('1627-KH-UBND.xlsx', 'ke-hoach-chi-tieu.csv')
    """
    name = "-".join(re.findall(r"\w+", plan.symbol))[:80]
    return f"{name or NAMELESS}{HOLDS.get(what, '')}.{ending}"


def as_row(task: Task, holders: Holders) -> tuple[Cell, ...]:
    """In the order of the sheet's columns."""
    deadline = read_deadline(task.deadline) if task.deadline else None
    return (
        task.position + 1,
        task.text,
        holders.names(task, "lead") or UNASSIGNED,
        holders.names(task, "coordinate"),
        task.deliverable,
        wording.capital(wording.spell(deadline)) if deadline else "",
        task.ends_on or "",
        wording.TOPICS.get(task.topic, task.topic),
        task.at,
        _now(task, holders),
    )


def _now(task: Task, holders: Holders) -> str:
    """Who holds today what others were given; a body that nothing happened to is not named."""
    held = [*holders.of(task, "lead"), *holders.of(task, "coordinate")]
    return "; ".join(dict.fromkeys(f"{each.body.name}: {each.words}" for each in held))


def _standing(standing: Standing | None) -> str:
    """As the page says it: the most pressing state, and how many of several are confirmed."""
    if standing is None or not standing.lines:
        return UNASSIGNED
    parts = f" ({standing.confirmed}/{standing.begun})" if standing.begun > 1 else ""
    return wording.capital(str(WORDS[standing.state])) + parts


def _target(target: Target) -> tuple[Cell, ...]:
    value = read_target(target.value)
    return (
        target.position + 1,
        wording.capital(value.indicator),
        wording.capital(value.subject),
        wording.level(value),
        wording.horizon(value),
        value.at,
    )


def _duty(duty: Duty, bodies: Mapping[str, str]) -> tuple[Cell, ...]:
    value = read_duty(duty.value)
    return (
        duty.position + 1,
        wording.names(value.sender, bodies),
        wording.names(value.to, bodies),
        wording.names(value.via, bodies),
        wording.capital(wording.frequency(value)),
        wording.capital(wording.due(value)),
        value.at,
    )
