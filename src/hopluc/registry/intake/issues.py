"""What can be wrong or doubtful about a row of a list, each a sentence that says what to do. The page names row and column."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ERROR, WARNING = "error", "warning"
SENTENCES: dict[str, tuple[str, Promise | str]] = {
    "R101": (ERROR, _("The formula here comes to %(text)s. Put its value, or correct the formula.")),
    "R102": (ERROR, _("“%(text)s” is no number. Write digits alone, such as 1.250.000 or 12,5.")),
    "R103": (ERROR, _("%(text)s cannot be here: %(wanted)s.")),
    "R104": (ERROR, _("“%(text)s” is no day. Write it like 15/03/2019.")),
    "R105": (ERROR, _("“%(text)s” is not one of: %(wanted)s.")),
    "R106": (ERROR, _("“%(text)s” is longer than %(most)s characters. Shorten it.")),
    "R107": (ERROR, _("“%(text)s” is no industry code (VSIC). Write one such as 0118.")),
    "R108": (WARNING, _("Only the year %(text)s is given: 1 January of it is taken.")),
    "R109": (WARNING, _("The last digit of code %(text)s does not fit, or it is no tax code. Check it.")),
    "R201": (ERROR, _("There is no name. Write the name, or the code of an organisation that the registry has.")),
    "R202": (ERROR, _("The kind is not known. Begin the name with “Hợp tác xã”, “Tổ hợp tác” …, or add a column for it.")),
    "R203": (ERROR, _("There is no commune. A new organisation needs the commune of its head office.")),
    "R204": (ERROR, _("No commune “%(text)s” is known in your province, today or before. Check its name.")),
    "R205": (ERROR, _("Several communes were called “%(text)s”: %(places)s. Add a column for the district.")),
    "R206": (ERROR, _("%(place)s is not in the registry that you keep. Leave it to the officer there.")),
    "R207": (ERROR, _("There is no founding day. A new organisation needs it.")),
    "R208": (ERROR, _("%(day)s is after the day of the list, %(since)s. Check both.")),
    "R209": (ERROR, _("%(since)s, the day of the list, is before the founding on %(day)s. Nothing can be entered for that day.")),
    "R210": (ERROR, _("%(place)s was no longer there on %(day)s. Name the commune of that time or of today.")),
    "R211": (ERROR, _("Code %(text)s also stands in row %(rows)s. A code belongs to one organisation.")),
    "R212": (ERROR, _("Row %(rows)s is about the same organisation. Keep one of them.")),
    "R213": (ERROR, _("“%(name)s” ended on %(day)s. What was true of it before stays as it is.")),
    "R214": (ERROR, _("Code %(text)s belongs to “%(name)s”, %(place)s. Check the number.")),
    "R215": (ERROR, _("It says that this one has ended. A list takes in only those that exist; enter the end as an event.")),
    "R216": (ERROR, _("The registry knows a later value, from %(day)s on. Correct that one first, or send a newer list.")),
    "R217": (ERROR, _("There are no figures of %(year)s: “%(name)s” was founded on %(day)s.")),
    "R301": (WARNING, _("The registry says “%(now)s”. A status changes by an event: enter it on the page of the organisation.")),
    "R302": (WARNING, _("The founding day in the registry is %(now)s. It stays as it is.")),
    "R303": (WARNING, _("By the registry it is a %(now)s. The kind stays as it is.")),
    "R304": (WARNING, _("%(rule)s: not met (%(source)s). Check the amount.")),
    "R305": (WARNING, _("More was paid in (%(paid)s đồng) than the charter capital of %(capital)s đồng. Check both.")),
    "R306": (WARNING, _("“%(name)s”, %(place)s, has this name already.")),
    "R307": (WARNING, _("The registry has code %(now)s. The code of the list replaces it.")),
    "R308": (WARNING, _("A status other than at work is not entered for a new one: enter it as an event afterwards.")),
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
    asked = about.get("wanted")
    return str(SENTENCES[code][1]) % {**about, "wanted": gettext(asked) if asked else ""}


def level(code: str) -> str:
    return SENTENCES[code][0]
