"""Values in words, in the language of the page."""

from __future__ import annotations

from datetime import date
from types import ModuleType
from typing import Any

from django.utils.translation import get_language

from vanban import english, wording
from vanban.contract import read_deadline, read_duty, read_target
from vanban.recurrence import duty_dates, occurrences
from vanban.wording import capital

Json = dict[str, Any]


def speech() -> ModuleType:
    """The module of vanban that speaks the language of the page."""
    return english if (get_language() or "vi").startswith("en") else wording


def topic_words(key: str) -> str:
    return str(speech().TOPICS.get(key, key))


def deadline_words(deadline: Json | None) -> str:
    return capital(speech().spell(read_deadline(deadline))) if deadline else ""


def level_words(target: Json) -> str:
    return str(speech().level(read_target(target)))


def horizon_words(target: Json) -> str:
    return capital(speech().horizon(read_target(target)))


def frequency_words(duty: Json) -> str:
    return capital(speech().frequency(read_duty(duty)))


def due_words(duty: Json) -> str:
    return capital(speech().due(read_duty(duty)))


def deadline_next(deadline: Json, *, after: date, count: int) -> tuple[date, ...]:
    """At most `count` days later than `after` on which the work is due."""
    return occurrences(read_deadline(deadline), after=after, count=count)


def duty_next(duty: Json, *, after: date, count: int) -> tuple[date, ...]:
    return duty_dates(read_duty(duty), after=after, count=count)
