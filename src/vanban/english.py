"""The same values as `wording` says them, for readers of English; names and quoted words stay as the document has them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from vanban.recurrence import LAST, Rule, read_rule
from vanban.values import Deadline, Duty, Notice, Target
from vanban.wording import dates, day

TOPICS = {
    "awareness": "Communication, awareness",
    "legal": "Law, institutions",
    "policy": "Mechanisms, general policy",
    "human": "Training, people",
    "land": "Land",
    "budget": "Budget, taxes, fees",
    "credit": "Credit, funds, capital",
    "science": "Science, technology, standards",
    "digital": "Digital transformation, databases",
    "market": "Trade promotion, markets",
    "infrastructure": "Infrastructure",
    "insurance": "Social insurance",
    "chain": "Linkages, value chains",
    "restructure": "Review, reorganisation, conversion",
    "found": "New cooperatives, members",
    "apparatus": "Organisation, managing staff",
    "inspect": "Inspection, supervision",
    "award": "Awards",
    "international": "International cooperation",
    "dialogue": "Petitions, dialogue",
    "report": "Plans, reports, coordination",
    "security": "Security, public order",
    "environment": "Environment",
    "other": "Other",
}
FIELDS = {
    "lead": "the lead agency",
    "coordinate": "the coordinating agencies",
    "deliverable": "the deliverable",
    "deadline": "the deadline",
    "topic": "the topic",
    "text": "the wording",
    "task": "whether work is assigned",
}
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
PERIODS = {"DAILY": "day", "WEEKLY": "week", "MONTHLY": "month", "YEARLY": "year"}
MONTHS = "January February March April May June July August September October November December".split()
WEEKDAYS = dict(
    zip(
        ("MO", "TU", "WE", "TH", "FR", "SA", "SU"),
        "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
        strict=True,
    )
)
FREQUENCIES = {
    "annual": "every year",
    "quarterly": "every quarter",
    "6-monthly": "every six months",
    "monthly": "every month",
    "daily": "every day",
    "weekly": "every week",
    "once": "once",
    "as-needed": "as needed",
}
LEVELS = {">=": "at least %s", ">": "more than %s", "<=": "at most %s", "<": "less than %s", "=": "%s", "~": "about %s"}
SCOPES = {"district": "in each district", "commune": "in each commune", "province": "in each province"}


def number(value: float) -> str:
    """A number with English marks: 1,234.5."""
    return f"{value:,.10g}"


def spell(deadline: Deadline) -> str:
    """When the work is due, in words: `every year, by 15/12`; days as offices write them, day first.

    What this cannot say in words is given as the document words it.
    """
    match deadline.kind:
        case "ongoing":
            return _with_period("ongoing", deadline)
        case "annual":
            return _with_period("every year", deadline)
        case "recurring":
            return _recurring(deadline)
        case "by" | "range":
            return _period(deadline.start, deadline.end) or deadline.raw
    return deadline.raw


def _period(start: date | None, end: date | None) -> str:
    """`by 30/06/2015`, `from 2023 to 2025`, `in 2023`; whole years without days."""
    if not start:
        return f"by {day(end)}" if end else ""
    whole = (start.month, start.day) == (1, 1) and (not end or (end.month, end.day) == (12, 31))
    if whole and end and start.year == end.year:
        return f"in {start.year}"
    first, *last = [str(edge.year) if whole else day(edge) for edge in (start, end) if edge]
    return " to ".join([f"from {first}", *last])


def _with_period(words: str, deadline: Deadline) -> str:
    return ", ".join(filter(None, (words, _period(deadline.start, deadline.end))))


def _recurring(deadline: Deadline) -> str:
    rule = read_rule(deadline.rule)
    if rule is None:
        return deadline.raw
    return _with_period(", ".join(filter(None, (_every(rule.period, rule.every), _when(rule)))), deadline)


def _every(period: str, every: int) -> str:
    if (period, every) == ("MONTHLY", 3):
        return "every quarter"
    return f"every {PERIODS[period]}" if every == 1 else _once_every(every, PERIODS[period])


def _once_every(interval: int, period: str) -> str:
    """`every two years`."""
    return f"every {COUNTS[interval] if interval < len(COUNTS) else interval} {period}s"


def _when(rule: Rule) -> str:
    """The day or the month of a rule: `by 15/12`, `in June and December`, `on Friday`."""
    if rule.weekdays:
        return f"on {_and(WEEKDAYS[each] for each in rule.weekdays)}"
    months = _and(MONTHS[month - 1] for month in rule.months)
    if not rule.days:
        return f"in {months}" if months else ""
    if rule.days == (LAST,):
        return f"by the end of {months or 'the month'}"
    return f"by {'' if rule.months else 'day '}{_and(dates(rule))}"


def _and(words: Iterable[str]) -> str:
    *head, last = list(words) or [""]
    return f"{', '.join(head)} and {last}" if head else last


def level(target: Target) -> str:
    """How much a target asks for, with its unit as the document names it: `at least 50%`, `1,200–1,400 tổ hợp tác`."""
    low, high = (None if edge is None else number(edge) for edge in (target.low, target.high))
    amount = f"{low}–{high}" if low and high else LEVELS[target.op] % (low or high or "?")
    return amount + (target.unit if target.unit == "%" else f" {target.unit}").rstrip()


def horizon(target: Target) -> str:
    """By when, how often and in each of what a target is to be met: `each year`, `by 2030, in each district`."""
    years = f"from {target.start} to {target.by}" if target.start and target.by else ""
    years = years or (f"by {target.by}" if target.by else f"from {target.start}" if target.start else "")
    per = {"year": "each year"}.get(target.per or "", target.per)
    return ", ".join(filter(None, (years, per, SCOPES.get(target.scope or "", target.scope))))


def frequency(duty: Duty) -> str:
    """How often to report: `every year`, `every three years`."""
    if match := re.fullmatch(r"(\d+)-yearly", duty.frequency or ""):
        return _once_every(int(match[1]), "year")
    return FREQUENCIES.get(duty.frequency or "", duty.frequency or "")


def due(duty: Duty) -> str:
    """The day of a report: `by 15/12`."""
    month, _, day_of_month = (duty.due or "").partition("-")
    return f"by {day_of_month}/{month}" if day_of_month else month


def remark(notice: Notice) -> str:
    """A notice as one remark: the words that it is about, and what about them."""
    hint = notice.hint.removeprefix(f"read as “{notice.text}”: ")  # says nothing new
    return f"“{notice.text}”: {hint}" if notice.text else hint
