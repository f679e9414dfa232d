"""Words of the data files in the two languages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """A text in Vietnamese and English; as a string, in the language of the page."""

    vi: str
    en: str

    def __str__(self) -> str:
        from django.utils.translation import get_language  # noqa: PLC0415  who reads a file needs no Django

        return self.en if (get_language() or "vi").startswith("en") else self.vi
