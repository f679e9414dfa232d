"""The table of rights, what is masked, and who looked at it, in words for people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import Role, User
from hopluc.accounts.rights import ACCOUNT, ANYONE, RIGHTS, SECRETS, may
from hopluc.accounts.secrets import PURPOSES, looks_at, masked, may_look

Words = str | Promise

WORDS: dict[str, tuple[Words, Words]] = {  # by right: what one may do, and with what
    "look up": (
        _("Look up"),
        _("administrative units, agencies and who took over from whom, cooperatives and groups: public facts"),
    ),
    "sign in": (_("Keep an account"), _("one's own account and password")),
    "see": (
        _("See"),
        _("issued plans and how far they are, the documents that they were issued from, committees, working days"),
    ),
    "draft": (_("Draft"), _("documents, their reading and review, the issue of plans, groups and committees")),
    "follow": (
        _("Follow"),
        _("updates, evidence, notes and requests of tasks in which one's own agency, or one below it, has a part"),
    ),
    "inspect": (_("Inspect"), _("updates, evidence, notes and requests of every task, to read")),
    "answer": (_("Answer"), _("what is due from one's own agency, with evidence; requests that it makes")),
    "note": (_("Note"), _("notes on tasks in which one's own agency has a part, and evidence beside them")),
    "name": (_("Name owners"), _("who answers for what one's own agency leads, who comes after them, its contact")),
    "confirm": (
        _("Confirm"),
        _("what was answered in plans of one's own agency: confirmed, or returned with a reason"),
    ),
    "decide": (
        _("Decide"),
        _("requests in plans of one's own agency, who leads what nobody leads, when a condition is met, their close"),
    ),
    "see filings": (_("See forms"), _("forms that agencies fill in, with their values, decisions and history; cases")),
    "fill in": (_("Fill in forms"), _("the values of forms that are asked of one's agency, and handing them in")),
    "change forms": (_("Change forms"), _("what forms ask: drafted and published as new versions")),
    "see reports": (
        _("See reports"),
        _("rounds of reporting, who has reported, and the reports compiled from them; signed ones across the province"),
    ),
    "compile reports": (
        _("Compile reports"),
        _(
            "rounds of reporting: opened, extended, reminded, closed; the texts and figures of reports compiled from them"
        ),
    ),
    "sign reports": (_("Sign reports"), _("reports that one's agency compiled, signed as their reader saw them")),
    "decide filings": (
        _("Decide on forms"),
        _("signing, approving, returning and reopening forms that were handed in"),
    ),
    "enter figures": (
        _("Enter figures"),
        _("values of indicators for units, released or still a draft; whoever sees plans sees those released"),
    ),
    "see registers": (
        _("See registers"),
        _("members, figures and compliance of cooperatives and groups; at a commune, of those there"),
    ),
    "keep registry": (
        _("Keep the registry"),
        _("cooperatives and groups, their facts, members, figures and events; at a commune, of those there"),
    ),
    "reach members": (
        _("Reach members"),
        _("personal numbers, telephones and addresses of members and officers, one at a time and on record"),
    ),
    "name directors": (
        _("Give sign-ins to cooperatives"),
        _("the sign-in of a cooperative's representative: given, with a new temporary password, taken away again"),
    ),
    "keep own organisation": (
        _("Keep one's own organisation"),
        _("its register, figures and compliance; changes of its facts, proposed to its registry"),
    ),
    "oversee": (_("Oversee"), _("who changed what about people, and who looked at what is masked")),
    "meet people": (_("Know people"), _("the people of an agency: name, post, title")),
    "reach people": (_("Reach people"), _("telephone numbers and e-mail addresses, one at a time and on record")),
    "administer": (_("Administer"), _("accounts, posts, agencies and their successions, days off")),
}
REACH: dict[str, Words] = {
    "agency": _("of one's own agency, and of those whose work it took over"),
    "below": _("of the agencies below it"),
    "asked": _("of any agency that one's own agency asked for them"),
    "inspected": _("of one's own province, for an inspector"),
    "assigned": _("of any province, where one's own agency or one below it has a part"),
    "province": _("of one's own province, and of the provinces that became part of it"),
    "own": _("of the organisation for which one signs in"),
    "installation": _("of the whole installation, for an administrator at a body without a province"),
    "all": _("of all"),
}
WHO: dict[str, Words] = {ANYONE: _("anyone"), ACCOUNT: _("whoever has an account"), **dict(Role.choices)}
FIELDS: dict[str, Words] = {
    "User.phone": _("Telephone"),
    "User.email": _("E-mail"),
    "Party.number": _("Personal number of a member"),
    "Party.phone": _("Telephone of a member"),
    "Party.address": _("Address of a member"),
}
EXAMPLES = {"digits": "0912345612", "address": "hanh@thainguyen.gov.vn", "words": "xóm 3"}


@dataclass(frozen=True, slots=True)
class Line:
    """One right; `held` by whoever looks."""

    name: Words
    things: Words
    who: list[Words]
    whose: list[Words]
    held: bool


def lines_of(viewer: User) -> list[Line]:
    return [
        Line(
            *WORDS[right.name],
            [words for role, words in WHO.items() if role in right.roles],
            [words for reach, words in REACH.items() if reach in right.reach],
            may(viewer, right.name),
        )
        for right in RIGHTS.values()
    ]


def secrets_told() -> list[tuple[Words, str]]:
    """Each masked field with how it looks."""
    return [(FIELDS[field], masked(field, EXAMPLES[secret.mask])) for field, secret in SECRETS.items()]


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody: masked, or the value where it was just looked at."""

    field: str
    name: Words
    value: str
    open: bool
    may_look: bool


def contacts(subject: Model, fields: Iterable[str], *, viewer: User, shown: Mapping[str, str]) -> list[Contact]:
    """The masked fields of somebody, with those `shown` this once."""
    return [
        Contact(
            field,
            FIELDS[field],
            shown[field] if field in shown else masked(field, getattr(subject, field.partition(".")[2])),
            field in shown,
            may_look(viewer, subject, field),
        )
        for field in fields
    ]


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    who: str
    what: Words
    purpose: Words


def looks(user: User) -> list[Look]:
    """Who looked at what is masked of somebody, the last first."""
    return [
        Look(look.at, str(look.viewer), FIELDS[look.field], PURPOSES.get(look.purpose, look.purpose))
        for look in looks_at(user)
    ]
