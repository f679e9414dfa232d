"""The sheet of people, checked against what is there: which accounts and posts would be added, changed, ended. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from hopluc.accounts.workbook.columns import MARK, PEOPLE, Cells, Row, SheetRows, code_of, mark_of
from hopluc.accounts.workbook.exporting import day, post_row
from hopluc.accounts.workbook.facts import AgencyFact, Facts, PostFact, SuccessionFact
from hopluc.accounts.workbook.issues import Issues
from hopluc.accounts.workbook.values import Names, days_at, filled, fits, folded, period

LIMITS = {"username": 150, "name": 200, "title": 200, "phone": 30, "email": 254}
USERNAME = re.compile(r"[a-z0-9._@+-]+", re.I)
PHONE = re.compile(r"\+?[\d .()-]{8,}")
EMAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")


@dataclass(frozen=True, slots=True)
class Account:
    """An account that would be made (`pk` is None), or whose name, telephone or address would change."""

    row: int
    pk: int | None
    username: str
    name: str
    phone: str = ""  # empty: as it is
    email: str = ""


@dataclass(frozen=True, slots=True)
class PostDraft:
    row: int
    value: PostFact


@dataclass(frozen=True, slots=True)
class PeopleRead:
    accounts: tuple[Account, ...] = ()
    posts: tuple[PostDraft, ...] = ()


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows of people are held against."""

    facts: Facts
    agencies: Mapping[str, AgencyFact]  # as they would be
    names: Names
    given: Mapping[str, SuccessionFact]  # who takes over, by who ended


def read_people(sheet: SheetRows, ground: Ground, issues: Issues) -> PeopleRead:
    facts = ground.facts
    edited = list(_edited(sheet, facts, issues))
    accounts = _accounts(edited, facts, issues)
    posts = [draft for row, post in edited if (draft := _post(row, post, ground, issues))]
    posts = _new_or_changed(posts, facts)
    _check_once(posts, facts, issues)
    _check_administered(posts, ground, issues)
    return PeopleRead(tuple(accounts), tuple(posts))


def _edited(sheet: SheetRows, facts: Facts, issues: Issues) -> Iterator[tuple[Row, PostFact | None]]:
    """Rows that are not as they were downloaded, each with the post that it is about, if any.

    A copied row brings its mark along: the mark counts once, and only for its own person.
    """
    written = {row.get("username").lower() for row in sheet.rows}
    unmarked = _Unmarked(facts)
    used: set[int | None] = set()
    for row in sorted(sheet.rows, key=lambda row: (not _untouched(row), not row.get(MARK))):
        pk = row.get(MARK).partition(":")[0]
        post = facts.posts.get(int(pk)) if pk.isdecimal() and pk.isascii() else unmarked.post(row)
        if post and post.username.lower() != row.get("username").lower():
            if row.get("username") and post.username.lower() not in written:
                issues.add("S342", row.number, "username", text=post.username)
            post = None
        if post and post.pk in used:
            post = None
        if post:
            used.add(post.pk)
            if _untouched(row):
                continue
            if row.get(MARK) and not _fresh(row, post, facts):
                issues.add("S303", row.number, "username")
        yield row, post


class _Unmarked:
    """The post that a row without its mark is about: of the same person, agency and role."""

    def __init__(self, facts: Facts) -> None:
        self._posts = {self._place(post_row(post, facts)): post for post in facts.posts.values()}

    def post(self, row: Row) -> PostFact | None:
        return None if row.get(MARK) else self._posts.get(self._place(row.cells))

    @staticmethod
    def _place(cells: Cells) -> tuple[str, str, str]:
        said = cells.get("username", ""), code_of(cells.get("agency", "")), cells.get("role", "")
        return said[0].lower(), said[1], folded(said[2])


def _untouched(row: Row) -> bool:
    return row.get(MARK).partition(":")[2] == mark_of(PEOPLE, [row.cells])


def _fresh(row: Row, post: PostFact, facts: Facts) -> bool:
    """Whether the database still says what was downloaded."""
    return post_row(post, facts)[MARK] == row.get(MARK)


def _accounts(edited: list[tuple[Row, PostFact | None]], facts: Facts, issues: Issues) -> list[Account]:
    """One for each user name, from all its rows, which must say the same."""
    first: dict[str, Row] = {}
    found: dict[str, Account] = {}
    ours = {post.username.lower() for _row, post in edited if post}
    for row in sorted((row for row, _post in edited), key=lambda row: row.number):
        filled(row, PEOPLE, issues)
        fits(row, LIMITS, issues)
        _check_words(row, issues)
        key = row.get("username").lower()
        if not key or issues.at(row.number):
            continue
        _agreeing(row, first.setdefault(key, row), issues)
        account = found.get(key) or Account(row.number, None, row.get("username"), row.get("name"))
        phone, email = row.get("phone") or account.phone, row.get("email") or account.email
        found[key] = replace(account, phone=phone, email=email)
    known = (_known(account, facts, issues, ours=key in ours) for key, account in found.items())
    return [account for account in known if account]


def _check_words(row: Row, issues: Issues) -> None:
    username, phone, email = (row.get(key) for key in ("username", "phone", "email"))
    if username and not USERNAME.fullmatch(username):
        issues.add("S340", row.number, "username", text=username, example=_spelled(row.get("name") or username))
    if phone and not PHONE.fullmatch(phone):
        issues.add("S348", row.number, "phone", text=phone)
    if email and not EMAIL.fullmatch(email):
        issues.add("S349", row.number, "email", text=email)


def _agreeing(row: Row, first: Row, issues: Issues) -> None:
    for key in ("name", "phone", "email"):
        if row is not first and row.get(key) and first.get(key) and row.get(key) != first.get(key):
            issues.add("S308", row.number, key, row=first.number, text=first.get(key))


def _known(account: Account, facts: Facts, issues: Issues, *, ours: bool) -> Account | None:
    """The account with what is new of it; None where it is there already as the rows say.

    `ours`: a row was downloaded as a post of this person, so another full name corrects it; else it is somebody else's.
    """
    person = facts.people.get(account.username.lower())
    if person is None:
        return account
    same = person.mine and (ours or folded(account.name) == folded(person.name))
    if not same:
        example = _free(account.username, facts)
        issues.add("S341", account.row, "username", text=account.username, example=example)
        return None
    if account.name == person.name and not account.phone and not account.email:
        return None
    if person.elsewhere:
        issues.add("S346", account.row, "name", name=person.name, place=person.elsewhere)
    return replace(account, pk=person.pk, username=person.username)


def _free(username: str, facts: Facts) -> str:
    turn = 2
    while f"{username}{turn}".lower() in facts.people:
        turn += 1
    return f"{username}{turn}"


def _spelled(name: str) -> str:
    """
    >>> _spelled("Nguyễn Văn An")
    'nguyen.van.an'
    """
    return ".".join(re.findall(r"[a-z0-9]+", folded(name))) or "nguyen.van.an"


def _post(row: Row, known: PostFact | None, ground: Ground, issues: Issues) -> PostDraft | None:
    starts, ends = days_at(row, issues)
    role = _role(row, ground.facts, issues)
    agency = _agency(row, known, ground, issues)
    if not row.get("username") or not role or agency is None or issues.at(row.number):
        return None
    person = ground.facts.people.get(row.get("username").lower())
    username = person.username if person else row.get("username")
    value = PostFact(known.pk if known else None, username, agency.key, role, row.get("title"), starts, ends)
    too_late = agency.end and starts and starts >= agency.end
    if too_late or (ends and ends < agency.start):
        about = {"name": agency.name, "period": period(agency.start, agency.end)}
        issues.add("S345", row.number, "starts" if too_late else "ends", **about)
    return PostDraft(row.number, value)


def _role(row: Row, facts: Facts, issues: Issues) -> str:
    text = row.get("role")
    words = {folded(label): role for role, label in facts.roles.items()} | {role: role for role in facts.roles}
    if text and folded(text) not in words:
        issues.add("S343", row.number, "role", text=text, list=", ".join(facts.roles.values()))
    return words.get(folded(text), "")


def _agency(row: Row, known: PostFact | None, ground: Ground, issues: Issues) -> AgencyFact | None:
    """The agency of a post; a new one cannot be given where all has ended."""
    if not row.get("agency"):
        return None
    agency = ground.names.agency(row, "agency", issues, on=lambda one: one.holds(ground.facts.today))
    if agency is None:
        return None
    if not agency.mine:
        issues.add("S311", row.number, "agency", text=agency.name)
    elif agency.end and agency.end <= ground.facts.today and (known is None or known.agency != agency.key):
        heir = ground.given.get(agency.key)
        hint = _("Its work is with %(name)s.") % {"name": ground.agencies[heir.target].name} if heir else ""
        issues.add("S344", row.number, "agency", name=agency.name, day=day(agency.last), hint=hint)
    return agency


def _new_or_changed(drafts: list[PostDraft], facts: Facts) -> list[PostDraft]:
    """Without rows in which only the account was edited, or nothing that counts."""
    return [one for one in drafts if one.value.pk is None or one.value != facts.posts[one.value.pk]]


def _check_once(drafts: list[PostDraft], facts: Facts, issues: Issues) -> None:
    """Nobody holds one role in one agency twice on the same day."""
    changed = {one.value.pk for one in drafts}
    held: dict[tuple[str, str, str], list[tuple[PostFact, int]]] = {}
    for pk, post in facts.posts.items():
        if pk not in changed:
            held.setdefault(_place(post), []).append((post, 0))
    for draft in drafts:
        others = held.setdefault(_place(draft.value), [])
        if same := next((row for post, row in others if post.overlaps(draft.value)), None):
            issues.add("S307", draft.row, "agency", row=same)
        elif any(post.overlaps(draft.value) for post, _row in others):
            issues.add("S350", draft.row, "agency", role=facts.roles[draft.value.role])
        others.append((draft.value, draft.row))


def _place(post: PostFact) -> tuple[str, str, str]:
    return post.username.lower(), post.agency, post.role


def _check_administered(drafts: list[PostDraft], ground: Ground, issues: Issues) -> None:
    """A province that has a lasting administrator keeps one."""
    facts = ground.facts
    before = administrators(facts.posts.values(), facts, facts.agencies)
    after = dict(facts.posts) | {one.value.pk or -one.row: one.value for one in drafts}
    left = administrators(after.values(), facts, ground.agencies)
    for draft in drafts:
        old = facts.posts.get(draft.value.pk or 0)
        place = facts.province(facts.agencies[old.agency]) if old else ""
        if old and old.pk in before.get(place, ()) and not left.get(place):
            about = {"name": facts.people[old.username.lower()].name, "place": _where(place, facts)}
            issues.add("S347", draft.row, "role", **about)


def administrators(
    posts: Iterable[PostFact], facts: Facts, agencies: Mapping[str, AgencyFact]
) -> dict[str, set[int | None]]:
    """Posts of administrators today and for good, by province."""
    found: dict[str, set[int | None]] = {}
    for post in posts:
        person = facts.people.get(post.username.lower())
        open_to = person is None or person.active
        if post.role == "administrator" and post.ends is None and open_to and (post.starts or date.min) <= facts.today:
            found.setdefault(facts.province(agencies[post.agency]), set()).add(post.pk)
    return found


def _where(province: str, facts: Facts) -> str:
    return facts.units[province].name if province else _("the whole installation")
