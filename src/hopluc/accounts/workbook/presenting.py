"""What an import would do, line by line, for the page that asks to confirm it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from hopluc.accounts.models import Role
from hopluc.accounts.workbook.agencies import Draft
from hopluc.accounts.workbook.checking import Outcome
from hopluc.accounts.workbook.columns import AGENCIES, PEOPLE
from hopluc.accounts.workbook.exporting import day
from hopluc.accounts.workbook.facts import AgencyFact, Facts, PostFact, SuccessionFact
from hopluc.accounts.workbook.people import Account, PostDraft
from hopluc.accounts.workbook.values import period

ADD, CHANGE, END = "add", "change", "end"


@dataclass(frozen=True, slots=True)
class Line:
    sheet: str
    row: int
    verb: str
    name: str
    details: tuple[str, ...] = ()


def lines_of(outcome: Outcome, facts: Facts) -> list[Line]:
    """In the order of the sheets and their rows."""
    accounts = {one.username.lower(): one for one in outcome.people.accounts}
    posted = {post.row for post in outcome.people.posts}
    found = [
        *(_agency(draft, facts, outcome) for draft in outcome.agencies),
        *_successions(outcome, facts),
        *(_account(one, facts) for one in accounts.values() if one.pk or one.row not in posted),
        *(_post(one, facts, outcome, accounts) for one in outcome.people.posts),
    ]
    return sorted(found, key=lambda line: (line.sheet != AGENCIES.name, line.row))


def _agency(draft: Draft, facts: Facts, outcome: Outcome) -> Line:
    new, old = draft.value, facts.agencies.get(draft.value.key)
    if old is None:
        kind = facts.kinds[new.kind].name
        return Line(AGENCIES.name, draft.number, ADD, new.name, (kind, period(new.start, new.end), new.key))
    ended = new.end is not None and new.end != old.end and (old.end is None or new.end < old.end)
    details = [*_differences(old, new, facts, outcome)]
    if ended and not any(one.source == new.key and not one.field for one in _links(outcome, facts)):
        details.append(_("Nobody takes over its work."))
    return Line(AGENCIES.name, draft.number, END if ended else CHANGE, new.name, tuple(details))


def _links(outcome: Outcome, facts: Facts) -> Iterator[SuccessionFact]:
    """Successions as they would be."""
    yield from outcome.successions.put
    yield from (one for one in facts.successions if one not in outcome.successions.dropped)


def _differences(old: AgencyFact, new: AgencyFact, facts: Facts, outcome: Outcome) -> Iterator[str]:
    agencies = outcome.after.after
    told = {
        _("Name"): (old.name, new.name),
        _("Other names"): ("; ".join(old.aliases), "; ".join(new.aliases)),
        _("Agency above"): tuple(agencies[one.parent].name if one.parent else "" for one in (old, new)),
        _("Seat"): tuple(facts.units[one.seat].name if one.seat else "" for one in (old, new)),
        _("First day"): (day(old.start), day(new.start)),
        _("Last day"): (day(old.last), day(new.last)),
    }
    yield from _changes(told)


def _changes(told: dict[str, tuple[str, ...]]) -> Iterator[str]:
    for label, (old, new) in told.items():
        if old != new:
            yield f"{label}: {old or '–'} → {new or '–'}"


def _successions(outcome: Outcome, facts: Facts) -> Iterator[Line]:
    rows = {draft.value.key: draft.number for draft in outcome.after.drafts}
    known = {one.place for one in facts.successions}
    for one in outcome.successions.put:
        verb = CHANGE if one.place in known else ADD
        yield _succession(one, rows[one.source], verb, outcome)
    for one in outcome.successions.dropped:
        yield _succession(one, rows[one.source], END, outcome)


def _succession(one: SuccessionFact, row: int, verb: str, outcome: Outcome) -> Line:
    agencies = outcome.after.after
    field = (_("Field: %(field)s") % {"field": one.field},) if one.field else ()
    words = _("%(target)s takes over from %(source)s on %(day)s") % {
        "target": agencies[one.target].name,
        "source": agencies[one.source].name,
        "day": day(one.on),
    }
    return Line(AGENCIES.name, row, verb, words, (*field, one.basis))


def _account(one: Account, facts: Facts) -> Line:
    old = facts.people.get(one.username.lower()) if one.pk else None
    details = [_("Account %(username)s") % {"username": one.username}]
    if old and old.name != one.name:
        details += _changes({_("Full name"): (old.name, one.name)})
    details += [_("Telephone entered")] if one.phone else []
    details += [_("E-mail entered")] if one.email else []
    return Line(PEOPLE.name, one.row, CHANGE if one.pk else ADD, one.name, tuple(details))


def _post(draft: PostDraft, facts: Facts, outcome: Outcome, accounts: Mapping[str, Account]) -> Line:
    new, old = draft.value, facts.posts.get(draft.value.pk or 0)
    account = accounts.get(new.username.lower())
    name = account.name if account else facts.people[new.username.lower()].name
    if old:
        ended = new.ends is not None and (old.ends is None or new.ends < old.ends)
        details = tuple(_changes(_compared(old, new, outcome)))
        return Line(PEOPLE.name, draft.row, END if ended else CHANGE, name, details)
    first = account is not None and account.pk is None and account.row == draft.row
    made = [_("New account %(username)s") % {"username": new.username}] if first else []
    person = facts.people.get(new.username.lower())
    made += [_("The account is closed: open it on the person's page.")] if person and not person.active else []
    days = [f"{day(new.starts) or '…'} – {day(new.ends) or '…'}"] if new.starts or new.ends else []
    return Line(PEOPLE.name, draft.row, ADD, name, (*made, *_words(new, outcome), *days))


def _compared(old: PostFact, new: PostFact, outcome: Outcome) -> dict[str, tuple[str, ...]]:
    words = zip(_words(old, outcome), _words(new, outcome), strict=True)
    told = dict(zip((_("Role"), _("Agency"), _("Title of the post")), words, strict=True))
    return {
        **told,
        _("First day"): (day(old.starts), day(new.starts)),
        _("Last day"): (day(old.ends), day(new.ends)),
    }


def _words(post: PostFact, outcome: Outcome) -> tuple[str, str, str]:
    return str(Role(post.role).label), outcome.after.after[post.agency].name, post.title
