"""Events of an organisation as a line of time, each with how it kept the limits of its day; findings of the rules, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from hopluc.core.ruling import Step, Verdict
from hopluc.core.workdays import calendar_around
from hopluc.indicators.numbers import shown
from hopluc.registry.lifecycle import Judged, event_kinds, judged
from hopluc.registry.limits import Finding
from hopluc.registry.models import Event, Organisation, Succession

Words = str | Promise
DAYS: dict[str, Words] = {
    "decided": gettext_lazy("decision"),
    "filed": gettext_lazy("whole file"),
    "answered": gettext_lazy("answer of the registry"),
    "day": gettext_lazy("effect"),
    "until": gettext_lazy("last day"),
    "before": gettext_lazy("end of the suspension"),
    "first": gettext_lazy("first of the suspensions"),
    "closing": gettext_lazy("beginning of the dissolution"),
    "founded": gettext_lazy("founding"),
}
VERDICTS: dict[Verdict, tuple[str, str, Words]] = {  # tone, icon, word
    Verdict.MET: ("green", "circle-check", gettext_lazy("met")),
    Verdict.UNMET: ("red", "circle-x", gettext_lazy("unmet")),
    Verdict.UNKNOWN: ("", "question-mark", gettext_lazy("unknown")),
}
FACTS: dict[str, Words] = {
    "official_members": gettext_lazy("official members"),
    "largest_official": gettext_lazy("largest share of an official member"),
    "associate_capital": gettext_lazy("capital of associates"),
    "foreign_capital": gettext_lazy("capital of foreign members"),
    "foreign_official": gettext_lazy("foreign official members"),
    "contributed_capital": gettext_lazy("capital paid in"),
    "charter_capital": gettext_lazy("charter capital"),
    "months_of_capital": gettext_lazy("months since the capital was registered"),
    "fund_rate_external": gettext_lazy("rate from external income, percent"),
    "fund_rate_internal": gettext_lazy("rate from internal income, percent"),
    "charter_fund_rate": gettext_lazy("rate of the charter, percent"),
    "shared_by_use": gettext_lazy("shared by use, percent"),
    "separate_books": gettext_lazy("separate books"),
    "full_governance": gettext_lazy("full governance"),
    "micro": gettext_lazy("micro size"),
    "meeting_months": gettext_lazy("months after the financial year"),
    "posted_after": gettext_lazy("posted after working days"),
    "posted_for": gettext_lazy("posted for days"),
}
SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "="}
YES_NO = ("separate_books", "full_governance", "micro")


@dataclass(frozen=True, slots=True)
class LimitLine:
    verdict: tuple[str, str, Words]
    words: str


@dataclass(frozen=True, slots=True)
class EventLine:
    event: Event
    words: str
    source: str
    limits: tuple[LimitLine, ...]
    links: tuple[Organisation, ...]  # who took over
    sources: tuple[Organisation, ...]  # from whom it took over
    annullable: bool


BEGINNING = ("found", "found_group", "take_over")  # events by which one takes over from others
FOUNDING = BEGINNING[:2]


def event_words(event: Event) -> str:
    return str(event_kinds()[event.kind].words)


def event_lines(
    organisation: Organisation, events: Iterable[Event], predecessors: Iterable[Succession] = ()
) -> list[EventLine]:
    """The newest first."""
    before = [(link.event.day, link.source) for link in predecessors]
    listed = sorted(events, key=lambda event: (event.day, event.pk))
    standing = [event for event in listed if not event.annulled_at]
    calendar = calendar_around([day for event in listed for day in (event.day, event.filed_on) if day])
    lines = []
    for event in listed:
        kind = event_kinds()[event.kind]
        earlier = [one for one in standing if (one.day, one.pk) < (event.day, event.pk)]
        rule, found = judged(kind, _days(organisation, event, earlier), calendar)
        limits = tuple(LimitLine(VERDICTS[each.verdict], _limit_words(each)) for each in found)
        source = rule.in_force.source if rule else ""
        links = tuple(link.target for link in getattr(event, "links", ()))
        taken = tuple(one for day, one in before if day == event.day and event.kind in BEGINNING)
        annullable = not event.annulled_at and not (event.kind in FOUNDING and taken)
        lines.append(EventLine(event, str(kind.words), source, limits, links, taken, annullable))
    return lines[::-1]


def _days(organisation: Organisation, event: Event, earlier: list[Event]) -> dict[str, date | None]:
    suspensions = []
    for one in reversed(earlier):
        if one.status_after == "suspended":
            suspensions.append(one)
        elif one.status_after:
            break
    closing = next((one.day for one in reversed(earlier) if one.status_after == "closing"), None)
    return {
        "decided": event.decided_on,
        "filed": event.filed_on,
        "answered": event.answered_on,
        "day": event.day,
        "until": event.until,
        "before": suspensions[0].until if suspensions else None,
        "first": suspensions[-1].day if suspensions else event.day,
        "closing": closing,
        "founded": organisation.founded_on,
    }


def _limit_words(each: Judged) -> str:
    """`từ hồ sơ đến trả lời: không quá 3 ngày làm việc (hạn 12/08/2026, 11/08/2026)`."""
    limit = each.limit
    count = limit.most if limit.most is not None else limit.least
    assert count is not None
    long = {
        "wd": ngettext("%(n)s working day", "%(n)s working days", count),
        "d": ngettext("%(n)s day", "%(n)s days", count),
        "m": ngettext("%(n)s month", "%(n)s months", count),
    }[limit.unit] % {"n": count}
    about = {"start": DAYS[limit.start], "end": DAYS[limit.end], "long": long}
    if limit.most is not None:
        words = _("from %(start)s to %(end)s at most %(long)s") % about
    else:
        words = _("from %(start)s to %(end)s at least %(long)s") % about
    if each.due and each.done:
        words += " " + _("(due %(due)s, done %(done)s)") % {
            "due": date_format(each.due),
            "done": date_format(each.done),
        }
    elif each.due:
        words += " " + _("(due %(due)s; the other day is not entered)") % {"due": date_format(each.due)}
    else:
        words += " " + _("(a day is not entered)")
    return words


@dataclass(frozen=True, slots=True)
class FindingLine:
    key: str
    words: str
    source: str
    verdict: tuple[str, str, Words]
    steps: tuple[str, ...]


def finding_lines(findings: Iterable[Finding]) -> list[FindingLine]:
    """Unmet ones first, then those unknown."""
    order = (Verdict.UNMET, Verdict.UNKNOWN, Verdict.MET)
    listed = sorted(findings, key=lambda each: (order.index(each.ruling.verdict), each.rule.key))
    return [
        FindingLine(
            each.rule.key,
            str(each.rule.words),
            each.rule.in_force.source,
            VERDICTS[each.ruling.verdict],
            tuple(map(_step_words, each.ruling.steps)),
        )
        for each in listed
    ]


def _step_words(step: Step) -> str:
    fact = step.comparison.fact
    amount = _("not known") if step.amount is None else _amount(fact, step.amount)
    if step.comparison.value is None:
        return _("%(fact)s: %(amount)s; the threshold has not been entered") % {"fact": FACTS[fact], "amount": amount}
    asked = _amount(fact, step.limit) if step.limit is not None else _("not known")
    sign = SIGNS[step.comparison.op]
    if step.comparison.of:
        whole = {"percent": shown(step.comparison.value), "of": FACTS[step.comparison.of]}
        asked = " = ".join((_("%(percent)s percent of %(of)s") % whole, asked))
    return _("%(fact)s: %(amount)s; asked: %(asked)s") % {
        "fact": FACTS[fact],
        "amount": amount,
        "asked": f"{sign} {asked}",
    }


def _amount(fact: str, value: Fraction) -> str:
    if fact in YES_NO:
        return _("yes") if value else _("no")
    return shown(value)
