"""The rows of a plan's calendar, written without templates: a page has dozens, each with many small values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hopluc.core.templatetags.interface import icon
from hopluc.plans.calendar import Early
from hopluc.plans.presenting import DutyLine, Row

register = template.Library()


@register.simple_tag
def calendar_rows(entries: Iterable[Mapping[str, Any]], month: str, above: str) -> SafeString:
    """What is due on which day; duties open below the address `above`."""
    words = {"report": escape(_("report")), "nobody": escape(_("not yet assigned"))}
    return SafeString("".join(_entry(entry, month, above, words) for entry in entries))


def _entry(entry: Mapping[str, Any], month: str, above: str, words: Mapping[str, str]) -> str:
    day = entry["day"]
    about = _duty(entry["duty"], month, above, words) if "duty" in entry else _task(entry["task"], words)
    return (
        f'<tr><td class="plan-day"><time class="nowrap" datetime="{day}">{_day(day)}</time>{_early(entry["early"])}</td>'
        f"{about}</tr>"
    )


def _duty(duty: DutyLine, month: str, above: str, words: Mapping[str, str]) -> str:
    address, to = escape(above + duty.path), escape(_("Report to %(to)s") % {"to": duty.to})
    when = f"{duty.frequency}, {duty.due.lower()}" if duty.due else duty.frequency
    return (
        f'<th scope="row" class="main-cell"><a href="{address}?month={month}" hx-get="{address}" hx-target="#panel"'
        f' hx-push-url="{address}?month={month}"><span class="state blue">{icon("report", "icon-s")}{words["report"]}</span>'
        f' {to}</a></th><td class="plan-who" lang="vi"><span class="clamp">{escape(duty.sender)}</span></td>'
        f'<td class="plan-when">{escape(when)}</td>'
    )


def _task(task: Row, words: Mapping[str, str]) -> str:
    lead = (
        f'<span class="clamp">{escape(task.lead)}</span>'
        if task.lead
        else f'<span class="plan-none">{words["nobody"]}</span>'
    )
    return (
        f'<th scope="row" class="main-cell"><a href="{escape(task.address)}"><span class="clamp plan-text" lang="vi">'
        f'{escape(task.text)}</span></a></th><td class="plan-who" lang="vi">{lead}</td>'
        f'<td class="plan-when">{escape(task.deadline)}</td>'
    )


@register.simple_tag
def duty_rows(duties: Iterable[tuple[DutyLine, Early | None]], above: str) -> SafeString:
    """The duties to report, each with the next day on which it is due."""
    words = {"to": _("To"), "via": _("Through"), "frequency": _("How often"), "due": _("Due"), "next": _("Next due")}
    words = {name: escape(word) for name, word in words.items()} | {"none": escape(_("not stated"))}
    return SafeString("".join(_duty_row(duty, early, escape(above + duty.path), words) for duty, early in duties))


def _duty_row(duty: DutyLine, early: Early | None, address: str, words: Mapping[str, str]) -> str:
    sender = escape(duty.sender) or words["none"]
    next_on = f"{_day(duty.next_on)}{_early(early)}" if duty.next_on else ""
    return (
        f'<tr><th scope="row" lang="vi"><a href="{address}" hx-get="{address}" hx-target="#panel" hx-push-url="true">{sender}</a></th>'
        f'<td data-label="{words["to"]}" lang="vi">{escape(duty.to)}</td>'
        f'<td{_label(duty.via, words["via"])} lang="vi">{escape(duty.via)}</td>'
        f"<td{_label(duty.frequency, words['frequency'])}>{escape(duty.frequency)}</td>"
        f"<td{_label(duty.due, words['due'])}>{escape(duty.due)}</td><td{_label(next_on, words['next'])}>{next_on}</td></tr>"
    )


def _label(value: str, word: str) -> str:
    """On a narrow screen a cell says what it is of, where it says anything."""
    return f' data-label="{word}"' if value else ""


def _early(early: Early | None) -> str:
    """When to hand in where the day is off."""
    if early is None:
        return ""
    words = _("%(reason)s: hand in by %(day)s") % {"reason": early.why.brief, "day": _day(early.day)}
    return f'<span class="plan-early">{escape(words)}</span>'


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
