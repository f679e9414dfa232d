"""What a document or its review refuses, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class NotYours(Problem):
    code = "H201"
    message = _("Only coordinators of %(agency)s may change this document.")


class UploadTooLarge(Problem):
    code = "H202"
    message = _("“%(name)s” is larger than %(limit)s MB. Send the file without its pictures, or in parts.")


class NothingSent(Problem):
    code = "H203"
    message = _("No file was sent. Choose at least one.")


class KnownFile(Problem):
    """The same files were sent before, as this document."""

    code = "H204"
    message = _("“%(name)s” is already here as “%(title)s”.")

    def __init__(self, document: Any, **about: object) -> None:
        super().__init__(**about)
        self.document = document


class MixedFiles(Problem):
    code = "H205"
    message = _("A task sheet stands alone: send “%(name)s” by itself.")


class HasPlan(Problem):
    code = "H206"
    message = _("A plan was issued from “%(title)s”: it stays.")


class ReviewClosed(Problem):
    code = "H211"
    message = _("A plan was issued from this review. Reopen the review to change it.")


class StaleItem(Problem):
    """Somebody changed the item meanwhile; `item` is it as it stands now."""

    code = "H212"
    message = _("%(who)s changed this item meanwhile. Both versions are below: keep one of them.")

    def __init__(self, item: Any, **about: object) -> None:
        super().__init__(**about)
        self.item = item


class ItemGone(Problem):
    code = "H220"
    message = _("A corrected file has come meanwhile, and this item is of the text before it. Load the page again.")


class NothingToUndo(Problem):
    code = "H213"
    message = _("You have nothing to undo here.")


class UndoOvertaken(Problem):
    code = "H214"
    message = _("%(who)s has changed an item since. Undoing would lose that change, so nothing was undone.")


class CannotSplit(Problem):
    code = "H215"
    message = _("Both parts must have words. Put the cursor where the second part begins.")


class CannotMerge(Problem):
    code = "H216"
    message = _("Only two items of the same kind can be merged.")


class NoSuchDeadline(Problem):
    code = "H217"
    message = _(
        "“%(words)s” is no time that can be understood. Examples: 15/12/2026; every year, before 15/12; quarter II/2026."
    )


class NoWords(Problem):
    code = "H218"
    message = _("An item needs words.")


class NoSuchNumber(Problem):
    code = "H219"
    message = _("“%(words)s” is no number. Write it as 1.234,5.")


class NoSuchDay(Problem):
    code = "H210"
    message = _("“%(words)s” is no day of the year. Write it as 15/12.")
