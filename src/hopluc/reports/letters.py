"""What stands around the text of a report: letterhead, number, day, title, signature and recipients, as people filled it in."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hopluc.plans.models import Plan
from hopluc.plans.sheets import caption
from hopluc.reports.models import Report
from hopluc.units.letterhead import letterhead_of
from vanban.writing.layouts import layout
from vanban.writing.model import Authority, Document, Head, Prefix, Secrecy, Signature, Urgency

Json = Any
ND30, HD36 = "nd30", "hd36"
KIND = re.compile(r"^báo cáo\s+(?:(?:năm|quý|tháng)\s+(?=về\s))?(?:về\s+)?", re.IGNORECASE)
PREFIX = re.compile(r"^(TM|KT|TL|TUQ|Q)\.\s*", re.IGNORECASE)
PREFIXES: dict[str, Prefix] = {"TM": "TM", "KT": "KT", "TL": "TL", "TUQ": "TUQ", "Q": "Q"}


@dataclass(frozen=True, slots=True)
class Letter:
    """Everything as text, as it is kept: `day` is ISO or empty, `lines` as they are read (`KT. Giám đốc`)."""

    layout: str
    issuer: str
    governing: str
    number: str
    code: str  # `BC-STC`
    place: str
    day: str
    title: str
    opening: str  # the sentence before the parts, where the report is of a plan
    lines: tuple[str, ...]
    signer: str
    recipients: tuple[str, ...]
    secrecy: Secrecy = ""  # none is set on a page: what is secret is not written here
    urgency: Urgency = ""

    @property
    def missing(self) -> list[str]:
        """What a signature cannot do without."""
        needed = {
            _("who issues it"): self.issuer,
            _("the symbol"): self.code,
            _("the place"): self.place,
            _("the day"): self.day,
            _("the title"): self.title,
            _("the authority line"): self.lines,
            _("who signs"): self.signer,
            _("the recipients"): self.recipients,
        }
        return [words for words, value in needed.items() if not value]

    @property
    def head(self) -> Head:
        number = int(self.number) if self.number else None
        day = date.fromisoformat(self.day) if self.day else None
        return Head(self.issuer, self.code, self.place, self.governing, number, day)

    @property
    def signature(self) -> Signature:
        return Signature(tuple(map(authority, self.lines)), self.signer)

    @property
    def symbol(self) -> str:
        return f"{int(self.number):02d}/{self.code}" if self.number else ""

    @property
    def marks(self) -> tuple[str, ...]:
        """Degrees of secrecy and urgency in words."""
        known = layout(self.layout).marks
        return tuple(known[mark] for mark in (self.secrecy, self.urgency) if mark in known)

    def kept(self) -> Json:
        return {**asdict(self), "lines": list(self.lines), "recipients": list(self.recipients)}

    @classmethod
    def read(cls, kept: Json) -> Letter:
        return cls(**{**kept, "lines": tuple(kept["lines"]), "recipients": tuple(kept["recipients"])})

    def around(self, kind: str, **about: Any) -> Document:
        """A document of this head and end."""
        return Document(
            self.head, kind, self.title, signature=self.signature, recipients=self.recipients, secrecy=self.secrecy,
            urgency=self.urgency, **about,
        )  # fmt: skip


TYPED = frozenset(field.name for field in fields(Letter)) - {"opening", "secrecy"}


def authority(line: str) -> Authority:
    """
    >>> authority("KT. Giám đốc"), authority("Phó Giám đốc")
    (Authority(words='Giám đốc', prefix='KT'), Authority(words='Phó Giám đốc', prefix=''))
    """
    found = PREFIX.match(line)
    return Authority(line[found.end() :], PREFIXES[found[1].upper()]) if found else Authority(line)


def letter_of(report: Report) -> Letter:
    """What was filled in; what was not is proposed from the agency and the round."""
    proposed = _proposed(report)
    kept = {name: value for name, value in report.signed_as.items() if name in TYPED}
    listed = {name: tuple(kept[name]) for name in ("lines", "recipients") if name in kept}
    return replace(proposed, **{**kept, **listed})


def _proposed(report: Report) -> Letter:
    campaign = report.campaign
    made = letterhead_of(campaign.owner)
    symbol = f"BC/{made.short}" if made.party else f"BC-{made.short}"
    return Letter(
        layout=HD36 if made.party else ND30,
        issuer=made.issuer,
        governing=made.governing,
        number="",
        code=symbol,
        place=made.place,
        day="",
        title=_title(campaign.title),
        opening=f"Thực hiện {plan_called(campaign.plan)}, {_line(made.issuer)} báo cáo như sau:"
        if campaign.plan
        else "",
        lines=tuple(f"{prefix}. {words}" if prefix else words for prefix, words in made.lines),
        signer="",
        recipients=tuple(filter(None, (_line(made.governing), "Lưu: VT"))),
    )


def plan_called(plan: Plan) -> str:
    """As a document names another: by number, day and issuer; without a number by its whole title."""
    return caption(plan) if plan.symbol else f"{plan.type} “{plan.title}”".strip()


def _line(name: str) -> str:
    return name.replace("\n", " ")


def _title(of_round: str) -> str:
    """
    >>> _title("Báo cáo kinh tế tập thể năm 2026"), _title("Báo cáo năm về kinh tế tập thể, năm 2026")
    ('Kinh tế tập thể năm 2026', 'Kinh tế tập thể năm 2026')
    """
    rest = KIND.sub("", of_round).replace(", năm ", " năm ")
    return rest[:1].upper() + rest[1:]
