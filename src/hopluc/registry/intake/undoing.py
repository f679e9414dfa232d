"""An import out of the registry again, whole, as long as nothing later stands on what it entered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import pghistory.models
from django.apps import apps
from django.db import models, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from psycopg.types.range import DateRange

from hopluc.accounts.models import User
from hopluc.core.bulk import rows_copy, rows_update
from hopluc.core.history import acting
from hopluc.registry.copies import copies_keep_all
from hopluc.registry.errors import ImportBuiltOn, NotUndoable
from hopluc.registry.intake.staging import defer, list_locked
from hopluc.registry.intake.taking import DATED, FACT, FIGURE_COLUMNS, OFFICER
from hopluc.registry.models import (
    Event,
    Fact,
    Figures,
    ImportRow,
    ListImport,
    Officer,
    Organisation,
    Party,
    Succession,
)

State = ListImport.State
NAMED = 10  # rows of a refusal


def import_undo(*, sent: ListImport, by: User) -> None:
    """Have it undone. Raises NotYourRegistry, ListBusy, NotUndoable, ImportBuiltOn."""
    with transaction.atomic():
        locked = list_locked(sent, by)
        rows = _taken(locked)
        if not rows:
            raise NotUndoable(name=locked.name)
        if blocked := rows_built_on(locked, rows):
            raise ImportBuiltOn(rows=_told(blocked))
        ListImport.objects.filter(pk=locked.pk).update(state=State.UNDOING, step="undo", done=0, total=len(rows))
        defer("list_undo", import_id=locked.pk, by_id=by.pk)


def _taken(sent: ListImport) -> list[ImportRow]:
    return list(ImportRow.objects.filter(list_import=sent, state="taken").order_by("number"))


def _told(rows: Sequence[ImportRow]) -> str:
    named = [_("row %(row)s “%(name)s”") % {"row": row.number, "name": row.name} for row in rows[:NAMED]]
    more = len(rows) - len(named)
    return ", ".join([*named, *([_("and %(n)s more") % {"n": more}] if more > 0 else [])])


def rows_built_on(sent: ListImport, rows: Sequence[ImportRow]) -> list[ImportRow]:
    """Rows of which something was entered, changed or taken out since."""
    takings: dict[int, set[int]] = {}
    for row in rows:
        if row.organisation_id:
            takings.setdefault(row.made["taking"], set()).add(row.organisation_id)
    later = _used({row.made["organisation"] for row in rows if "organisation" in row.made})
    for taking, ids in takings.items():
        later |= _newer(ids, sent.marks[taking], but=sent.batch_id)
    return [row for row in rows if row.organisation_id in later or row.organisation_id is None]


def _newer(ids: Collection[int], marks: dict[str, int], *, but: int | None) -> set[int]:
    """Organisations of which rows or history came after these marks, others than of this import."""
    found: set[int] = set()
    for model in DATED:
        sides = ("source_id", "target_id") if model is Succession else ("organisation_id",)
        events: Any = apps.get_model("registry", f"{model.__name__}Event")
        for side in sides:
            rows: Any = model._default_manager.filter(**{f"{side}__in": ids}, pk__gt=marks[model._meta.db_table])
            found |= set(rows.exclude(batch__isnull=False, batch=but).order_by().values_list(side, flat=True))
            told = events.objects.filter(**{f"{side}__in": ids}, pgh_id__gt=marks[events._meta.db_table])
            found |= set(told.order_by().values_list(side, flat=True))
    return found


def _used(ids: Collection[int]) -> set[int]:
    """New organisations that something else refers to: members of a union, whatever other apps keep of them."""
    found = set(Organisation.objects.filter(pk__in=ids, party__memberships__isnull=False).values_list("pk", flat=True))
    for relation in Organisation._meta.related_objects:
        model: Any = relation.related_model
        ours = model._meta.app_label == "registry" or relation.on_delete is models.DO_NOTHING
        if not ours and not issubclass(model, pghistory.models.Event):
            name = relation.field.name
            rows = model._base_manager.filter(**{f"{name}__in": ids})
            found |= set(rows.order_by().values_list(relation.field.attname, flat=True))
    return found


def list_undo(*, import_id: int, by_id: int) -> None:
    """Everything as it was before; rows that can be taken over again wait to be compared."""
    with transaction.atomic():
        sent = ListImport.objects.select_for_update(of=("self",)).get(pk=import_id)
        if sent.state != State.UNDOING:
            return
        rows = _taken(sent)
        ids = {row.organisation_id for row in rows if row.organisation_id}
        list(Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk", flat=True))
        if rows_built_on(sent, rows):  # somebody was quicker
            ListImport.objects.filter(pk=sent.pk).update(state=State.CHECKED)
            return
        with acting(by_id, act="registry.list.undone", list_import=sent.pk):
            _take_back(rows)
        ImportRow.objects.filter(list_import=sent).update(state="doubtful", made={})
        ListImport.objects.filter(pk=sent.pk).update(state=State.UNDONE, undone_at=now(), batch=None)


def _take_back(rows: Sequence[ImportRow]) -> None:
    new = {row.made["organisation"] for row in rows if "organisation" in row.made}
    ImportRow.objects.filter(organisation__in=new).update(organisation=None)
    for model in (Fact, Officer, Figures, Event):
        of_new: Any = model._default_manager.filter(organisation__in=new)
        of_new._raw_delete("default")
    for made, model in (("facts", Fact), ("officers", Officer), ("figures", Figures)):
        _delete(model, _listed(rows, made))
    Organisation.objects.filter(pk__in=new)._raw_delete("default")
    _delete(Party, _listed(rows, "parties"))
    _restore(Fact, FACT, _listed(rows, "facts_before"))
    _restore(Officer, OFFICER, _listed(rows, "officers_before"))
    before = _listed(rows, "figures_before")
    rows_update(
        Figures,
        (*FIGURE_COLUMNS, "source"),
        ([one[name] for name in ("id", *FIGURE_COLUMNS, "source")] for one in before),
    )
    rows_update(Party, ("name", "number"), (row.made["party_before"] for row in rows if "party_before" in row.made))
    copies_keep_all({row.organisation_id for row in rows if row.organisation_id} - new, on=localdate())


def _listed(rows: Iterable[ImportRow], what: str) -> list[Any]:
    return [one for row in rows for one in row.made.get(what, ())]


def _delete(model: type[models.Model], ids: Collection[int]) -> None:
    rows: Any = model._default_manager.filter(pk__in=ids)
    rows._raw_delete("default")


def _restore(model: type[models.Model], columns: Sequence[str], before: Iterable[dict[str, Any]]) -> None:
    """What had ended goes on; what had given way is there again, under its own id."""
    listed = {one["id"]: {**one, "validity": _range(one["validity"])} for one in before}
    manager: Any = model._default_manager
    there = set(manager.filter(pk__in=listed).values_list("pk", flat=True))
    rows_update(model, ("validity",), ((pk, listed[pk]["validity"]) for pk in there))
    rows_copy(model, columns, ([one[name] for name in columns] for pk, one in listed.items() if pk not in there))


def _range(days: Sequence[str | None]) -> DateRange:
    first, after = (date.fromisoformat(day) if day else None for day in days)
    return DateRange(first, after)
