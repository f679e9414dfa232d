"""What a page asks for in its address or its form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from django.forms import DateField, ValidationError
from django.http import QueryDict

from hopluc.documents.models import Document, Version
from hopluc.plans.errors import NoDay
from hopluc.plans.expansion import Setting, setting_of


def setting_asked(data: QueryDict, document: Document, version: Version) -> Setting:
    """Of which place and day the agencies shall be, and who was chosen; what the document says where nobody was asked.

    Raises NoDay.
    """
    if "day" not in data:
        return setting_of(document, version)
    typed = data.get("day", "")
    day = day_typed(typed)
    if day is None:
        raise NoDay(typed=typed)
    setting = setting_of(document, version, day=day, unit=data.get("unit", ""))
    asked = {key: frozenset(map(number, data.getlist(f"chosen-{key}"))) for key in data.getlist("asks")}
    return replace(setting, chosen={**setting.chosen, **asked})


def day_typed(text: str) -> date | None:
    """`24/02/2023`, as people write a day; None where it is none."""
    try:
        return DateField(required=False).clean(text)
    except ValidationError:
        return None


def number(text: str) -> int:
    """An id as an address or a form gives it; what is none is nobody's."""
    return int(text) if text.isdecimal() and len(text) < 10 else 0
