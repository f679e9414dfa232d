"""What a filing's values are, and how they change: by path, with who wrote what when. Pure but for the row itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.core.compiled import Compiled, given
from hopluc.forms.errors import FilingLocked, NoSuchField
from hopluc.forms.models import Decision, Filing
from hopluc.forms.schema.checking import Fault, faults, hash_of, paths, section_hashes
from hopluc.forms.schema.definition import NOTHING as NO_WORDS
from hopluc.forms.schema.definition import REASON, Field

Json = Any
State = Filing.State
WHY = Field("reason", "text", NO_WORDS)  # what stands beside a figure that jumped
NEXT = {
    State.WAITING: gettext_lazy("Take it back first, or wait until it is returned."),
    State.APPROVED: gettext_lazy("Ask whoever approved it to reopen it."),
    State.REOPENED: gettext_lazy("The day until which it was open is over. Ask for a later one."),
}


def editable(filing: Filing, *, today: date) -> bool:
    if filing.state == State.REOPENED:
        return filing.open_until is not None and today <= filing.open_until
    return filing.state in (State.DRAFT, State.RETURNED)


def check_editable(filing: Filing, *, today: date) -> None:
    """Raises FilingLocked."""
    if not editable(filing, today=today):
        raise FilingLocked(state=str(filing.get_state_display()).lower(), next=NEXT[State(filing.state)])


def field_of(filing: Filing, path: str) -> Field:
    """The field or cell of a path, or the reason beside it. Raises NoSuchField."""
    schema = filing.schema
    field = schema.field_at(path)
    known = (
        field is not None and field.kind != "table" and path.removesuffix(REASON) in set(paths(schema, filing.values))
    )
    if not known or field is None:
        raise NoSuchField(path=path)
    return WHY if path.endswith(REASON) else field


def write(filing: Filing, path: str, value: Json, *, by: int, at: datetime, source: str = "") -> None:
    """Put a value where it belongs and mark who did, without saving the row."""
    if value is None:
        filing.values.pop(path, None)
    else:
        filing.values[path] = value
    filing.marks[path] = {"revision": filing.revision, "by": by, "at": at.isoformat()} | (
        {"source": source} if source else {}
    )


def faults_of(filing: Filing) -> list[Fault]:
    return faults(filing.schema, filing.values, filing.last)


def stopping(found: Iterable[Fault]) -> list[Fault]:
    """Those that stand against submitting."""
    return [fault for fault in found if not fault.warning]


def seal(filing: Filing) -> tuple[str, dict[str, str]]:
    """What a decision is bound to: the hash of all values, and of each section's."""
    return hash_of(filing.values), section_hashes(filing.schema, filing.values)


APPROVED = Compiled(
    lambda: Decision.objects.filter(
        filing=given("filing"), verb=Decision.Verb.APPROVE, level=given("level")
    ).select_related("by")
)


def approvals(filing: Filing, level: int) -> dict[str, Decision]:
    """The sections whose values stand as this level approved them, each with that decision."""
    _whole, now = seal(filing)
    found: dict[str, Decision] = {}
    for decision in APPROVED(filing=filing.pk, level=level):
        found |= {key: decision for key, value in now.items() if decision.sections.get(key) == value}
    return found


def changed_since(filing: Filing, decision: Decision) -> list[str]:
    """Keys of the sections that are no longer as they were at a decision."""
    return [key for key, value in seal(filing)[1].items() if decision.sections.get(key) != value]


def prefilled(filing: Filing) -> Iterator[tuple[str, str]]:
    """Paths that still hold what was filled in beforehand, each with where it came from."""
    for path, mark in filing.marks.items():
        if mark.get("source") and path in filing.values:
            yield path, mark["source"]


def differing(filing: Filing, given: Mapping[str, Json]) -> dict[str, Json]:
    """The values that are other than what stands."""
    return {path: value for path, value in given.items() if filing.values.get(path) != value}


def row_name(filing: Filing, path: str) -> str:
    """A path in words: the field, and of a table its row and column."""
    schema = filing.schema
    head, _dot, rest = path.removesuffix(REASON).partition(".")
    field = schema.fields[head]
    if not rest:
        return str(field.label)
    row, _dot, column = rest.partition(".")
    rows = {each.key: str(each.label) for each in field.rows}
    number = filing.values.get(head, []).index(row) + 1 if not field.rows else 0
    name = rows.get(row) or _("row %(number)s") % {"number": number}
    columns = {each.key: str(each.label) for each in field.columns}
    return f"{field.label}, {name}, {columns[column]}"
