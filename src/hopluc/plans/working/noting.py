"""Notes, and evidence that an agency with a part in a task lays beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from hopluc.accounts.models import User
from hopluc.core.history import acting
from hopluc.plans.errors import CannotFollow, NothingSaid, TooLong
from hopluc.plans.models import Mention, Note, Occurrence, Task
from hopluc.plans.working.access import check_note, followed
from hopluc.plans.working.proving import evidence_check, evidence_keep
from hopluc.plans.working.telling import told_of_note
from hopluc.plans.working.values import Noted, Proof

LONGEST = 2000  # characters


def note_add(
    *, task: Task, by: User, words: str, occurrence: Occurrence | None = None, mentions: Iterable[User] = ()
) -> Noted:
    """A word on a task, or on one occurrence of it. Raises NotYourTask, NothingSaid, TooLong, CannotFollow."""
    words = words.strip()
    if not words:
        raise NothingSaid
    if len(words) > LONGEST:
        raise TooLong(count=len(words), most=LONGEST)
    check_note(task, by)
    named = {user.pk: user for user in mentions}
    for user in named.values():
        if not Task.objects.filter(followed(user), pk=task.pk).exists():
            raise CannotFollow(name=user.name)
    with transaction.atomic(), acting(by.pk, act="note.added", task=task.pk):
        note = Note.objects.create(task=task, occurrence=occurrence, by=by, words=words)
        Mention.objects.bulk_create(Mention(note=note, user_id=pk) for pk in named)
        told_of_note(note, named.values())
    return Noted(note.pk, frozenset(named))


def evidence_add(*, occurrence: Occurrence, by: User, evidence: Sequence[Proof]) -> list[int]:
    """Evidence beside an occurrence, from an agency with a part in its task; gives the ids.

    Raises NotYourTask, NothingSaid, WrongKindOfFile, NotWhatItSays, FileTooLarge.
    """
    check_note(occurrence.line.task, by)
    if not evidence:
        raise NothingSaid
    evidence_check(evidence)
    with transaction.atomic(), acting(by.pk, act="evidence.added", occurrence=occurrence.pk):
        return [row.pk for row in evidence_keep(occurrence, evidence, by=by)]
