"""What forms, filings, their sheets, links and cases refuse, in words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class FlawedForm(Problem):
    code = "H601"
    message = _("The definition of “%(form)s” cannot be used: %(flaws)s")


class VersionPublished(Problem):
    code = "H602"
    message = _("Version %(number)s of “%(form)s” is published and stays as it is. Make a new version from it.")


class NoVersion(Problem):
    code = "H603"
    message = _("The form “%(form)s” has no version in force on %(day)s. Publish one first.")


class DraftChanged(Problem):
    code = "H910"
    message = _("Somebody else changed the draft of “%(form)s” meanwhile. Look at it again, then make your change.")


class NoDraft(Problem):
    code = "H911"
    message = _("“%(form)s” has no draft now: it was published or dropped. Begin a new one.")


class NotYourForms(Problem):
    code = "H912"
    message = _("Forms are changed by administrators and coordinators. Ask one of them.")


class FormOfAnother(Problem):
    code = "H950"
    message = _("“%(form)s” is the form of %(province)s. Only its own administrators and coordinators change it.")


class FormOfAll(Problem):
    code = "H951"
    message = _(
        "“%(form)s” is the form of the whole country. Choose “Change the form” on its page: your province then has a copy of its own."
    )


class NotYourFiling(Problem):
    code = "H611"
    message = _("Only officers of %(agency)s fill in this form.")


class FilingLocked(Problem):
    code = "H612"
    message = _("This form is %(state)s, so its values stay as they are. %(next)s")


class ChangedMeanwhile(Problem):
    """Somebody else saved the same field; `theirs` and `mine` are both shown, neither is lost."""

    code = "H613"
    message = _("%(who)s wrote “%(theirs)s” here meanwhile. Yours was “%(mine)s”: keep one of them.")

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.revision: int = about["revision"]


class UnfitValue(Problem):
    code = "H614"
    message = _("%(field)s: %(reason)s")


class NoSuchField(Problem):
    code = "H615"
    message = _("This form has no field “%(path)s”. Load the page again: another version may be in force.")


class NotComplete(Problem):
    """`faults` says what is missing or does not add up, and where."""

    code = "H616"
    message = _("%(count)s fields are missing or do not add up, so the form was not submitted.")

    def __init__(self, faults: Any, **about: Any) -> None:
        super().__init__(count=len(faults), **about)
        self.faults = faults


class NotYourTurn(Problem):
    code = "H617"
    message = _("%(level)s decides on this form now.")


class NotWaiting(Problem):
    code = "H618"
    message = _("This form is %(state)s: there is nothing to decide now.")


class ValuesMoved(Problem):
    code = "H619"
    message = _("The values changed since this page was opened. Look at them again, then decide.")


class NoReason(Problem):
    code = "H620"
    message = _("Say why, in a few words.")


class NoSuchUntil(Problem):
    code = "H621"
    message = _("Choose a day from today to %(latest)s until which the form stays open.")


class TooManyRows(Problem):
    code = "H622"
    message = _("The table “%(table)s” takes at most %(most)s rows.")


class NotAForm(Problem):
    code = "H630"
    message = _("“%(name)s” is no Excel form of this program. Download the form here, fill that file in and send it.")


class ForgedForm(Problem):
    code = "H631"
    message = _(
        "The hidden mark of “%(name)s” was changed or is of another installation. Download the form again and copy your answers into it."
    )


class OtherForm(Problem):
    code = "H632"
    message = _("“%(name)s” is the form “%(theirs)s”, not “%(ours)s”. Send it on its own page.")


class OtherAgency(Problem):
    code = "H633"
    message = _("“%(name)s” was made for %(theirs)s. Only that agency can send it back.")


class OtherPeriod(Problem):
    code = "H634"
    message = _("“%(name)s” is of the period %(theirs)s, this is %(ours)s. Download the form of this period.")


class SheetRefused(Problem):
    """Of the file itself, in the words of the reader and with its code."""

    code = "H635"
    message = _("%(reason)s (%(reader)s)")


class UnreadableSheet(Problem):
    code = "H636"
    message = _("“%(name)s” could not be read within its limits of time and memory. Download the form again.")


class SheetHasErrors(Problem):
    """`issues` says which cells."""

    code = "H637"
    message = _("%(count)s cells are wrong, so nothing was taken over. Correct them in the file and send it again.")

    def __init__(self, issues: Any, **about: Any) -> None:
        super().__init__(count=len(issues), **about)
        self.issues = issues


class SheetApplied(Problem):
    code = "H638"
    message = _("“%(name)s” was taken over already. To change more, download the form again.")


class OldVersion(Problem):
    code = "H639"
    message = _("“%(name)s” is of version %(theirs)s of the form; version %(ours)s holds now. Download the form again.")


class LinkUnknown(Problem):
    code = "H651"
    message = _("This link leads nowhere: part of it may be missing. Open what it is about from your own page.")


class LinkForAnother(Problem):
    code = "H652"
    message = _(
        "This link was made for somebody else. Open what it is about from your own page, if it is yours to answer."
    )


class LinkRevoked(Problem):
    code = "H653"
    message = _(
        "This link was closed, because what it asks for was answered or passed on. Your own page shows what is due."
    )


class LinkExpired(Problem):
    code = "H654"
    message = _("This link was valid until %(day)s. Your own page shows what is due.")


class LinkUsed(Problem):
    code = "H655"
    message = _("This link was used at %(day)s and opens only once. Your own page shows what is due.")


class NoCaseRule(Problem):
    code = "H661"
    message = _(
        "No rule says how many working days a case “%(kind)s” takes on %(day)s. Say how many, and by which document."
    )


class CaseClosed(Problem):
    code = "H662"
    message = _("This case was closed on %(day)s. Open a new one if something remains.")


class CasePaused(Problem):
    code = "H663"
    message = _("The clock of this case has stood still since %(day)s. Let it run again first.")


class CaseRuns(Problem):
    code = "H664"
    message = _("The clock of this case is running: there is nothing to resume.")


class NoSuchCaseDay(Problem):
    code = "H665"
    message = _(
        "%(day)s is before %(first)s, on which this case was opened, last paused or resumed. Choose a later day."
    )
