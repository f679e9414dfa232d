"""What went wrong, for people: what, with which thing, what to do next, and a code (`docs/errors.md`)."""

from __future__ import annotations

from typing import ClassVar

from django.utils.functional import Promise


class Problem(Exception):
    """A refusal that the user can act on."""

    code: ClassVar[str]
    message: ClassVar[Promise | str]

    def __init__(self, **about: object) -> None:
        super().__init__(about)
        self.about = about

    def __str__(self) -> str:
        return str(self.message) % self.about
