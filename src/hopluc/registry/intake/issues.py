"""What can be wrong or doubtful about a row of a list, each a sentence that says what to do. The page names row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hopluc.core.marking import gettext_noop as _

ERROR, WARNING = "error", "warning"
SENTENCES: dict[str, tuple[str, str]] = {
    "L101": (ERROR, _("The formula here comes to %(text)s. Put its value, or correct the formula.")),
    "L102": (ERROR, _("“%(text)s” is no number. Write digits alone, such as 1.250.000 or 12,5.")),
    "L103": (ERROR, _("%(text)s cannot be here: %(wanted)s.")),
    "L104": (ERROR, _("“%(text)s” is no day. Write it like 15/03/2019.")),
    "L105": (ERROR, _("“%(text)s” is not one of: %(wanted)s.")),
    "L106": (ERROR, _("“%(text)s” is longer than %(most)s characters. Shorten it.")),
    "L107": (ERROR, _("“%(text)s” is no industry code (VSIC). Write one such as 0118.")),
    "L108": (WARNING, _("Only the year %(text)s is given: 1 January of it is taken.")),
    "L109": (WARNING, _("The last digit of code %(text)s does not fit, or it is no tax code. Check it.")),
    "L201": (ERROR, _("There is no name. Write the name, or the code of an organisation that the registry has.")),
    "L202": (ERROR, _("The kind is not known. Begin the name with “Hợp tác xã”, “Tổ hợp tác” …, or add a column for it.")),
    "L203": (ERROR, _("There is no commune. A new organisation needs the commune of its head office.")),
    "L204": (ERROR, _("No commune “%(text)s” is known in your province, today or before. Check its name.")),
    "L205": (ERROR, _("Several communes were called “%(text)s”: %(places)s. Add a column for the district.")),
    "L206": (ERROR, _("%(place)s is not in the registry that you keep. Leave it to the officer there.")),
    "L207": (ERROR, _("There is no founding day. A new organisation needs it.")),
    "L208": (ERROR, _("%(day)s is after the day of the list, %(since)s. Check both.")),
    "L209": (ERROR, _("%(since)s, the day of the list, is before the founding on %(day)s. Nothing can be entered for that day.")),
    "L210": (ERROR, _("%(place)s was no longer there on %(day)s. Name the commune of that time or of today.")),
    "L211": (ERROR, _("Code %(text)s also stands in row %(rows)s. A code belongs to one organisation.")),
    "L212": (ERROR, _("Row %(rows)s is about the same organisation. Keep one of them.")),
    "L213": (ERROR, _("“%(name)s” ended on %(day)s. What was true of it before stays as it is.")),
    "L214": (ERROR, _("Code %(text)s belongs to “%(name)s”, %(place)s. Check the number.")),
    "L215": (ERROR, _("It says that this one has ended. A list takes in only those that exist; enter the end as an event.")),
    "L216": (ERROR, _("The registry knows a later value, from %(day)s on. Correct that one first, or send a newer list.")),
    "L217": (ERROR, _("There are no figures of %(year)s: “%(name)s” was founded on %(day)s.")),
    "L301": (WARNING, _("The registry says “%(now)s”. A status changes by an event: enter it on the page of the organisation.")),
    "L302": (WARNING, _("The founding day in the registry is %(now)s. It stays as it is.")),
    "L303": (WARNING, _("By the registry it is a %(now)s. The kind stays as it is.")),
    "L304": (WARNING, _("%(rule)s: not met (%(source)s). Check the amount.")),
    "L305": (WARNING, _("More was paid in (%(paid)s đồng) than the charter capital of %(capital)s đồng. Check both.")),
    "L306": (WARNING, _("“%(name)s”, %(place)s, has this name already.")),
    "L307": (WARNING, _("The registry has code %(now)s. The code of the list replaces it.")),
    "L308": (WARNING, _("A status other than at work is not entered for a new one: enter it as an event afterwards.")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Issue:
    """`role` says in which column; empty: the row."""

    code: str
    role: str = ""
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def level(self) -> str:
        return SENTENCES[self.code][0]

    def as_json(self) -> dict[str, Any]:
        return {"code": self.code, "role": self.role, "about": dict(self.about)}


def sentence(code: str, about: Mapping[str, Any]) -> str:
    """In the language of the page; `wanted` is a message of its own."""
    from django.utils.translation import gettext  # noqa: PLC0415  who reads a file needs no Django

    asked = about.get("wanted")
    return gettext(SENTENCES[code][1]) % {**about, "wanted": gettext(asked) if asked else ""}


def level(code: str) -> str:
    return SENTENCES[code][0]
