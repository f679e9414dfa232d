"""Items as a page shows them: values in words, each with the words of the source that it was read from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from hopluc.core.templatetags.shown import moment
from hopluc.documents.models import Item
from hopluc.units.models import Body
from vanban import english, wording
from vanban.contract import read_deadline, read_duty, read_target, read_task
from vanban.doubts import Language, reasons
from vanban.values import Duty, Target, Task
from vanban.wording import DOUBTFUL

Json = dict[str, Any]
SPEECH = {"vi": wording, "en": english}
READERS: dict[str, Callable[[Json], Task | Target | Duty]] = {
    Item.Kind.TASK: read_task,
    Item.Kind.TARGET: read_target,
    Item.Kind.DUTY: read_duty,
}
LINE = 160  # characters of an item in a list
MORE = " …"
LABELS: dict[str, str | Promise] = {
    "lead": _("Leads"),
    "coordinate": _("Coordinates"),
    "deliverable": _("Deliverable"),
    "deadline": _("Deadline"),
    "topic": _("Topic"),
    "subject": _("Of"),
    "level": _("Level"),
    "period": _("Time and scope"),
    "from": _("Who reports"),
    "to": _("To"),
    "via": _("Through"),
    "frequency": _("How often"),
    "due": _("Due"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """A value of a field; `spans` are the words it was read from, `inherited` the heading that hands it down."""

    field: str
    shown: str
    spans: str = "[]"
    inherited: str = ""
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """An item ready to be shown."""

    pk: str
    revision: str
    address: str  # of its acts
    kind: str
    kind_name: str
    state: str
    shown_state: str  # doubtful, where it waits and is
    state_name: str
    at: str
    by: str  # who decided, and when
    text: str
    facts: tuple[Fact, ...]
    reasons: tuple[str, ...]  # why it is doubtful, in words
    spans: str  # its own words in the source, as JSON
    before: str = ""  # its words in the version before, where they differ


@dataclass(frozen=True, slots=True)
class Line:
    """An item in one line of a list."""

    pk: int
    at: str
    text: str


def lines(items: Iterable[Item]) -> list[Line]:
    """Items named in a line each, long ones cut; one query for the names of bodies."""
    listed = list(items)
    names = body_names(item.value for item in listed if item.kind == Item.Kind.DUTY)
    return [Line(item.pk, _place(item), _in_a_line(_text(item.kind, item.value, names))) for item in listed]


def _in_a_line(text: str) -> str:
    """Cut after a word where it is long. A page has a hundred: `textwrap.shorten` takes as long for them as all the rest."""
    words = " ".join(text.split())
    if len(words) <= LINE:
        return words
    return (words[: LINE - len(MORE) + 1].rpartition(" ")[0] or words[: LINE - len(MORE)]) + MORE


def cards(items: Iterable[Item]) -> list[Card]:
    """Cards of items; one query for the names of all bodies."""
    listed = list(items)
    names = body_names(item.value for item in listed)
    return [card(item, names) for item in listed]


def card(item: Item, names: Mapping[str, str] | None = None) -> Card:
    value = item.value
    names = body_names([value]) if names is None else names
    speech = language()
    unsure = item.state == Item.State.PENDING and item.sureness < DOUBTFUL
    doubts = reasons(READERS[item.kind](value), speech) if item.state == Item.State.PENDING else []
    doubtful = {doubt.field for doubt in doubts}
    return Card(
        pk=str(item.pk),
        revision=str(item.revision),
        address=f"{_review(item.version.document_id)}{item.pk}/",
        kind=item.kind,
        kind_name=_called(Item.Kind(item.kind), speech),
        state=item.state,
        shown_state="doubtful" if unsure else item.state,
        state_name=gettext("doubtful") if unsure else _called(Item.State(item.state), speech),
        at=_place(item),
        by=f"{item.changed_by} · {moment(item.changed_at)}" if item.changed_by else "",
        text=_text(item.kind, value, names),
        facts=tuple(_facts(item.kind, value, names, doubtful)),
        reasons=tuple(dict.fromkeys(doubt.sentence for doubt in doubts)),
        spans=json.dumps([value["span"]] if value.get("span") else []),
        before=_text(item.kind, item.before, names) if item.before else "",
    )


@cache
def _called(choice: Item.Kind | Item.State, speech: Language) -> str:
    with override(speech):
        return str(choice.label)


@lru_cache(maxsize=256)
def _review(document_id: int) -> str:
    return reverse("documents:review", args=[document_id])


def _place(item: Item) -> str:
    """Its address in the outline; of what people made, how it came about."""
    at = str(item.value.get("at") or item.get_origin_display())
    return at.replace("annex", gettext("Annex"), 1) if "annex" in at else at


def language() -> Language:
    return "en" if (get_language() or "vi").startswith("en") else "vi"


def deadline_in_words(value: Json | None, speech: Language | None = None) -> str:
    """What a deadline means: `hằng năm, trước ngày 15/12`; empty where there is none."""
    return SPEECH[speech or language()].spell(read_deadline(value)) if value else ""


def topics() -> list[tuple[str, str]]:
    """Topics by key, with their names."""
    return list(SPEECH[language()].TOPICS.items())


def frequencies() -> list[tuple[str, str]]:
    return list(SPEECH[language()].FREQUENCIES.items())


def body_names(values: Iterable[Json]) -> dict[str, str]:
    """Names of all bodies that these values speak of, by key."""
    keys = {
        key
        for value in values
        for name in ("lead", "coordinate", "from", "to", "via")
        for key in _keys(value.get(name))
    }
    return dict(Body.objects.filter(key__in=keys).values_list("key", "name"))


def _keys(value: Any) -> list[str]:
    return value if isinstance(value, list) else []


def _text(kind: str, value: Json, names: Mapping[str, str]) -> str:
    """An item in one line: the words of a task, a target as `chỉ tiêu: mức`, a duty as `ai báo cáo ai`."""
    if kind == Item.Kind.TASK:
        return str(value["text"])
    if kind == Item.Kind.TARGET:
        return f"{value['indicator']}: {SPEECH[language()].level(read_target(value))}"
    reporting = "; ".join(names.get(key, key) for key in value.get("from") or [])
    told = "; ".join(names.get(key, key) for key in value.get("to") or [])
    return " → ".join(filter(None, (reporting, told))) or str(LABELS["from"])


def _facts(kind: str, value: Json, names: Mapping[str, str], doubtful: set[str]) -> Iterable[Fact]:
    """The values that are there; of a task, a missing lead and deadline too, since somebody will ask."""
    for field, shown in values_shown(kind, value, names):
        spans = value.get("spans", {}).get(field, [])
        if shown or field in ("lead", "deadline", "from", "to"):
            yield Fact(
                field,
                shown,
                json.dumps(spans),
                value.get("inherited", {}).get(field, ""),
                field in doubtful,
            )


def values_shown(kind: str, value: Json, names: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    def bodies(field: str) -> str:
        return "; ".join(names.get(key, key) for key in value.get(field) or [])

    speech = SPEECH[language()]
    if kind == Item.Kind.TASK:
        yield "lead", bodies("lead")
        yield "coordinate", bodies("coordinate")
        yield "deadline", speech.spell(read_deadline(value["deadline"])) if value.get("deadline") else ""
        yield "deliverable", value.get("deliverable") or ""
        yield "topic", speech.TOPICS.get(value.get("topic") or "other", "")
    elif kind == Item.Kind.TARGET:
        target = read_target(value)
        yield "subject", target.subject
        yield "level", speech.level(target)
        yield "period", speech.horizon(target)
    else:
        duty = read_duty(value)
        yield "from", bodies("from")
        yield "to", bodies("to")
        yield "via", bodies("via")
        yield "frequency", speech.frequency(duty)
        yield "due", speech.due(duty)
