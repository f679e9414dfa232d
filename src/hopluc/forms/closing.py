"""What apps above close: a form that is asked in something that is over takes nothing more in.

Of each kind of subject one function knows; it is asked about many at once:

    @closes("reports.campaign")
    def campaigns_closed(subjects: Collection[int]) -> Mapping[int, Problem]: ...

What was reopened by itself, for a time and with a reason, may still be corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping

from hopluc.core.errors import Problem
from hopluc.forms.models import Filing

Closed = Callable[[Collection[int]], Mapping[int, Problem]]
OWED = (Filing.State.DRAFT, Filing.State.RETURNED)
_askers: dict[str, Closed] = {}


def closes(kind: str) -> Callable[[Closed], Closed]:
    """This function says which subjects of a kind are closed, and the sentence for each."""

    def register(asker: Closed) -> Closed:
        _askers[kind] = asker
        return asker

    return register


def closed_by(filing: Filing) -> Problem | None:
    """Why nothing more is taken in; nothing where it is."""
    return closed_among([filing]).get(filing.pk)


def check_open(filing: Filing) -> None:
    """Raises the refusal of the app above."""
    if problem := closed_by(filing):
        raise problem


def closed_among(filings: Iterable[Filing]) -> dict[int, Problem]:
    """Of these filings those that take nothing more in, by id. One query for each kind of subject."""
    by_kind: dict[str, list[Filing]] = defaultdict(list)
    for filing in filings:
        if filing.state in OWED and filing.subject_kind in _askers:
            by_kind[filing.subject_kind].append(filing)
    found: dict[int, Problem] = {}
    for kind, listed in by_kind.items():
        closed = _askers[kind]({filing.subject_id for filing in listed})
        found |= {filing.pk: closed[filing.subject_id] for filing in listed if filing.subject_id in closed}
    return found
