"""What rounds of reporting and reports refuse, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class NotYourReports(Problem):
    code = "H901"
    message = _("Reports of %(agency)s are compiled by its coordinator. Ask there.")


class CampaignTwice(Problem):
    code = "H902"
    message = _(
        "“%(title)s” asks for this form and period already. Open it, and extend it where somebody needs more time."
    )


class NobodyAsked(Problem):
    code = "H903"
    message = _("Nobody is asked to report. Choose at least one agency.")


class AgencyEnded(Problem):
    code = "H904"
    message = _("%(agency)s ended on %(day)s, before the period did; %(heir)s took over. Ask that one instead.")


class DueBeforePeriod(Problem):
    code = "H905"
    message = _("%(day)s is before the period begins. Choose a day from %(first)s on.")


class CampaignClosed(Problem):
    code = "H906"
    message = _("“%(title)s” was closed on %(day)s. Open it again first.")


class RoundOver(Problem):
    code = "H909"
    message = _("“%(title)s” was closed on %(day)s, so nothing more is taken in. Ask %(owner)s to open it again.")


class NotLater(Problem):
    code = "H907"
    message = _("%(day)s is not later than %(due)s, by which %(agency)s is to report. Choose a later day.")


class NoReason(Problem):
    code = "H908"
    message = _("Say why in a few words: the reason is kept beside what was decided.")


class ReportSigned(Problem):
    code = "H930"
    message = _("“%(title)s” is signed and does not change any more. Begin a new edition first.")


class NoSuchPart(Problem):
    code = "H931"
    message = _("The form has no part “%(part)s” now. Open the page again.")


class NothingWritten(Problem):
    code = "H932"
    message = _("Nothing is written there. Write something, or take the passage out.")


class PassageChanged(Problem):
    code = "H933"
    message = _(
        "%(who)s changed this passage while you wrote: “%(theirs)s”. Yours is still in the field; save again to take it."
    )


class NotAFigure(Problem):
    code = "H934"
    message = _("No figure can be taken there. %(words)s")


class NotYourSignature(Problem):
    code = "H940"
    message = _("Reports of %(agency)s are signed by its head or its leaders. Ask them.")


class ClashesOpen(Problem):
    code = "H941"
    message = _("%(count)s disagreements stand against the signature: %(words)s Mend or explain them first.")


class ChangedSince(Problem):
    code = "H942"
    message = _("The report changed since you opened this page: %(words)s. Look at it again, then sign.")


class LetterUnfilled(Problem):
    code = "H943"
    message = _("These are still empty: %(words)s. Fill them in on the page “Document” first.")


class NotSigned(Problem):
    code = "H944"
    message = _("“%(title)s” is not signed: it can still be changed as it is.")


class TemplateUnfit(Problem):
    code = "H945"
    message = _("The report cannot be written into this template. %(words)s")


class TemplateTooHeavy(Problem):
    code = "H960"
    message = _(
        "“%(name)s” is larger than 10 MB, or takes too long or too much memory to be read. Take pictures out of it, or save it "
        "anew in Word, then send it again."
    )


class NoPdf(Problem):
    code = "H946"
    message = _(
        "No PDF was made: LibreOffice took too long or failed. Print the page instead, or save the Word file as PDF."
    )


class BlanksOpen(Problem):
    code = "H947"
    message = _("No figure is known for %(words)s. Take these out of the text, or see that the figures are reported.")
