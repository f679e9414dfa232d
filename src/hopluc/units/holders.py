"""Who answers today for what was given to an agency, and by which steps; a work divided by field goes where its words say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from hopluc.units.kind_values import Succession as KindSuccession
from hopluc.units.kinds import catalogue, said
from hopluc.units.models import Agency, Succession

REACHED = """
WITH RECURSIVE ahead(id) AS (
    SELECT unnest(%s::bigint[])
    UNION SELECT s.target_id FROM ahead JOIN units_succession s ON s.source_id = ahead.id AND s."on" <= %s
)
SELECT s.id, s.source_id, s.target_id, s."on", s.field, s.basis, s.own
FROM ahead JOIN units_succession s ON s.source_id = ahead.id AND s."on" <= %s
"""


@dataclass(frozen=True, slots=True)
class Step:
    """One succession on the way; `words` of the task decided where the work was divided."""

    source: Agency
    target: Agency
    on: date
    field: str
    basis: str
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Where a work stands on a day; nobody holds it where the agency ended without a successor."""

    agency: Agency | None
    steps: tuple[Step, ...] = ()
    ended: Agency | None = None  # the last that held it, where nobody does
    candidates: tuple[str, ...] = ()  # kinds among which somebody has to choose then
    note: str = ""


class Paths:
    """The successions after some agencies, up to a day: asked of the database once, followed as often as one likes."""

    def __init__(self, agencies: Iterable[int], *, on: date) -> None:
        self.on = on
        given = set(agencies)
        self._links: dict[int, list[Succession]] = defaultdict(list)
        for link in Succession.objects.raw(REACHED, [list(given), on, on]):
            self._links[link.source_id].append(link)
        found = given | {link.target_id for links in self._links.values() for link in links}
        self._agencies = Agency.objects.select_related("body", "unit").in_bulk(found)

    def moved(self, agency: int) -> bool:
        """Whether the work of an agency, or some of it, is not where it was."""
        end = self._agencies[agency].validity.upper
        return bool(self._links[agency]) or (end is not None and end <= self.on)

    def agency(self, pk: int) -> Agency:
        return self._agencies[pk]

    def of(self, agency: int, text: str = "", topic: str = "") -> list[Holding]:
        """Who holds the work of an agency; more than one where its place was split."""
        return list(self._from(self._agencies[agency], (), text, topic, date.min))

    def _from(self, holder: Agency, steps: tuple[Step, ...], text: str, topic: str, since: date) -> Iterator[Holding]:
        later = [link for link in self._links[holder.pk] if link.on > since]
        if not later:
            yield self._end(holder, steps)
            return
        day = min(link.on for link in later)
        chosen, words = _branch([link for link in later if link.on == day], text, topic)
        if not chosen:
            yield from self._from(holder, steps, text, topic, day)
        for link in chosen:
            target = self._agencies[link.target_id]
            step = Step(holder, target, link.on, link.field, link.basis, words)
            yield from self._from(target, (*steps, step), text, topic, day)

    def _end(self, holder: Agency, steps: tuple[Step, ...]) -> Holding:
        if holder.validity.upper is None or self.on < holder.validity.upper:
            return Holding(holder, steps)
        gone = _abolished(holder.body.key, holder.validity.upper)
        return Holding(None, steps, holder, gone.candidates if gone else (), gone.note if gone else "")


def _branch(links: Sequence[Succession], text: str, topic: str) -> tuple[list[Succession], tuple[str, ...]]:
    """Of the successions of one day those that a task follows: by the field whose words it says first, by its topic, or
    those of all that no field names.
    """
    fields = {one.name: one for one in catalogue().fields}
    heard = [(said(fields.get(link.field) or link.field, text), link) for link in links if link.field]
    if told := [(found, link) for found, link in heard if found]:
        found, link = min(told, key=lambda one: one[0][0])
        return [link], tuple(word for _at, _size, word in found)
    for link in links:
        if topic and link.field in fields and topic in fields[link.field].topics:
            return [link], ()
    return [link for link in links if not link.field], ()


def _abolished(key: str, on: date) -> KindSuccession | None:
    ended = (one for one in catalogue().successions if one.before == key and one.on == on and one.after is None)
    return next(ended, None)
