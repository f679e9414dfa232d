"""What is decided on a filing as a whole: handed in, signed, approved, returned, reopened. Each service is one transaction."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.timezone import localdate

from hopluc.accounts.models import User
from hopluc.accounts.rights import agencies
from hopluc.core.history import acting
from hopluc.forms import events
from hopluc.forms.closing import check_open
from hopluc.forms.errors import NoReason, NoSuchUntil, NotComplete, NotWaiting, NotYourFiling, NotYourTurn, ValuesMoved
from hopluc.forms.filing import approvals, check_editable, faults_of, seal, stopping
from hopluc.forms.levels import decides, levels_of, waiting_for
from hopluc.forms.models import Decision, Filing
from hopluc.forms.services.filings import FILL, lock

State, Verb = Filing.State, Decision.Verb
LONGEST_OPEN = timedelta(days=60)  # that a timed exception lasts


@transaction.atomic
def filing_submit(*, filing: Filing, by: User) -> None:
    """Hand it in for the levels to sign and approve; the same person's second click on the same values does nothing more.

    Raises NotYourFiling, FilingLocked, NotComplete with what is missing, what the app above refuses.
    """
    locked = lock(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    if _again(locked, by):
        return
    if locked.state != State.REOPENED:  # once changed it must be handed in, even where its time is over
        check_editable(locked, today=localdate())
    check_open(locked)
    if found := stopping(faults_of(locked)):
        raise NotComplete(found)
    with acting(by.pk, act="filing.submitted"):
        _decide(locked, Verb.SUBMIT, by)
        _advance(locked, 0)
        events.filed.send(Filing, filing=locked, by=by)
        if locked.state == State.APPROVED:
            events.approved.send(Filing, filing=locked, by=by)


def _again(filing: Filing, by: User) -> bool:
    """Whether just this was the last thing that was done to it."""
    if filing.state not in (State.WAITING, State.APPROVED):
        return False
    last = filing.decisions.last()
    return bool(last and (last.verb, last.by_id, last.sha256) == (Verb.SUBMIT, by.pk, seal(filing)[0]))


@transaction.atomic
def filing_withdraw(*, filing: Filing, by: User) -> None:
    """Take it back while nobody has signed it. Raises NotYourFiling, NotWaiting."""
    locked = lock(filing)
    if locked.agency_id not in agencies(by, FILL):
        raise NotYourFiling(agency=locked.agency)
    if locked.state != State.WAITING or locked.level:
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    with acting(by.pk, act="filing.withdrawn"):
        _decide(locked, Verb.WITHDRAW, by)
        _move(locked, State.DRAFT)


@transaction.atomic
def filing_approve(*, filing: Filing, seen: str, by: User) -> None:
    """Sign, or approve at the level that decides now, the values whose hash was `seen`.

    Raises NotWaiting, NotYourTurn, ValuesMoved.
    """
    locked = _deciding(filing, by)
    if seal(locked)[0] != seen:
        raise ValuesMoved
    with acting(by.pk, act="filing.approved"):
        _decide(locked, Verb.APPROVE, by, level=locked.level)
        _advance(locked, locked.level + 1)
        if locked.state == State.APPROVED:
            events.approved.send(Filing, filing=locked, by=by)


@transaction.atomic
def filing_return(*, filing: Filing, reason: str, by: User) -> None:
    """Send it back to its agency. Raises NotWaiting, NotYourTurn, NoReason."""
    locked = _deciding(filing, by)
    stated = _reason(reason)
    with acting(by.pk, act="filing.returned", reason=stated):
        _decide(locked, Verb.RETURN, by, level=locked.level, reason=stated)
        _move(locked, State.RETURNED)
        events.returned.send(Filing, filing=locked, by=by, reason=stated)


@transaction.atomic
def filing_reopen(*, filing: Filing, until: date, reason: str, by: User) -> None:
    """Let an approved filing be changed until a day, that day included: by whoever decides at its last level.

    Raises NotWaiting, NotYourTurn, NoSuchUntil, NoReason.
    """
    locked = lock(filing)
    if locked.state not in (State.APPROVED, State.REOPENED):
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    steps = levels_of(locked)
    if steps and not decides(by, steps[-1]):
        raise NotYourTurn(level=steps[-1])
    stated, latest = _reason(reason), localdate() + LONGEST_OPEN
    if not localdate() <= until <= latest:
        raise NoSuchUntil(latest=f"{latest:%d/%m/%Y}")
    with acting(by.pk, act="filing.reopened", reason=stated):
        _decide(locked, Verb.REOPEN, by, reason=stated, until=until)
        _move(locked, State.REOPENED, until=until)
        events.reopened.send(Filing, filing=locked, by=by, until=until)


def lapsed_close(*, today: date) -> int:
    """Lock what was reopened until before today and left as it was approved; gives how many."""
    count = 0
    for pk in Filing.objects.filter(state=State.REOPENED, open_until__lt=today).values_list("pk", flat=True):
        with transaction.atomic(), acting(None, act="filing.lapsed"):
            locked = Filing.objects.select_for_update(of=("self",)).select_related("version").get(pk=pk)
            last = locked.decisions.filter(verb__in=(Verb.APPROVE, Verb.SUBMIT)).last()
            if locked.state == State.REOPENED and last and last.sha256 == seal(locked)[0]:
                _move(locked, State.APPROVED, level=max(len(locked.levels) - 1, 0))
                count += 1
    return count


def _deciding(filing: Filing, by: User) -> Filing:
    locked = lock(filing)
    at = waiting_for(locked)
    if at is None:
        raise NotWaiting(state=str(locked.get_state_display()).lower())
    if not decides(by, at):
        raise NotYourTurn(level=at)
    return locked


def _reason(text: str) -> str:
    stated = " ".join(text.split())
    if not any(sign.isalpha() for sign in stated):
        raise NoReason
    return stated


def _decide(
    filing: Filing, verb: str, by: User, *, level: int | None = None, reason: str = "", until: date | None = None
) -> None:
    whole, sections = seal(filing)
    Decision.objects.create(
        filing=filing, verb=verb, level=level, by=by, reason=reason, until=until,
        revision=filing.revision, sha256=whole, sections=sections,
    )  # fmt: skip


def _advance(filing: Filing, level: int) -> None:
    """On to the next level that has not approved these very values; past the last one it is approved."""
    steps = len(filing.levels)
    sections = {section.key for section in filing.schema.sections}
    while level < steps and sections == approvals(filing, level).keys():
        level += 1
    _move(filing, State.WAITING if level < steps else State.APPROVED, level=min(level, max(steps - 1, 0)))


def _move(filing: Filing, state: str, *, level: int = 0, until: date | None = None) -> None:
    filing.state, filing.level, filing.open_until = state, level, until
    filing.save(update_fields=["state", "level", "open_until"])
