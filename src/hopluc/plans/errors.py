"""What a plan refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class Unreviewed(Problem):
    code = "H301"
    message = _("%(count)s items are still to be reviewed. A plan can be issued once each is accepted or rejected.")


class NothingAccepted(Problem):
    code = "H302"
    message = _("No task was accepted. A plan needs at least one.")


class Untitled(Problem):
    code = "H303"
    message = _("The plan has no title. Give it one under “About the document”.")


class NoReason(Problem):
    code = "H304"
    message = _("Say why a new edition replaces the one in force. Everyone who works by the plan will read it.")


class NoDay(Problem):
    code = "H305"
    message = _(
        "“%(typed)s” is no day. Write the day whose agencies the plan means as day/month/year, such as 24/02/2023."
    )


class NotYourWork(Problem):
    code = "H306"
    message = _(
        "This is the work of %(agency)s. Only its people can answer for it; anyone with a part in it can add a note."
    )


class NotYourPlan(Problem):
    code = "H307"
    message = _("This is decided by %(agency)s, whose plan it is. Send them a note or a request.")


class NotYourTask(Problem):
    code = "H308"
    message = _("Your agency has no part in this task.")


class AlreadyConfirmed(Problem):
    code = "H309"
    message = _("This was confirmed on %(day)s and takes no more answers. Add a note if something changed.")


class LineClosed(Problem):
    code = "H310"
    message = _("This task of %(plan)s is closed and takes no more answers. What was answered before is kept.")


class NothingSaid(Problem):
    code = "H311"
    message = _("Say something new: a state, a line of words, a figure, a percent or a piece of evidence.")


class NoEvidence(Problem):
    code = "H312"
    message = _("“Done” needs proof here, one of these: %(kinds)s. Add it, or answer “in progress” until you have it.")


class WrongKindOfFile(Problem):
    code = "H313"
    message = _("“%(name)s” cannot be taken as %(kind)s. Send one of these: %(endings)s.")


class NotWhatItSays(Problem):
    code = "H314"
    message = _(
        "“%(name)s” does not hold what its name says. Open it, save it again in that format and send it once more."
    )


class FileTooLarge(Problem):
    code = "H315"
    message = _("“%(name)s” has %(size)s MB; files of up to %(most)s MB are taken. Send a smaller one.")


class TooLong(Problem):
    code = "H316"
    message = _("The text has %(count)s characters; up to %(most)s are taken. Shorten it, or send it as a file.")


class NotAPercent(Problem):
    code = "H317"
    message = _("%(typed)s is no percent. Write a whole number from 0 to 100.")


class NothingToConfirm(Problem):
    code = "H318"
    message = _("There is no report waiting to be confirmed. It may have been decided a moment ago: look at it again.")


class AnsweredSince(Problem):
    code = "H319"
    message = _("It was answered again since you looked. Read the newest answer before you decide.")


class NoReasonGiven(Problem):
    code = "H320"
    message = _("Say why. Whoever it concerns will read it.")


class AskedAlready(Problem):
    code = "H321"
    message = _("The same was asked already and waits to be decided.")


class NotLater(Problem):
    code = "H322"
    message = _("It is due on %(due)s. Ask for a day after that.")


class CannotTakeOver(Problem):
    code = "H323"
    message = _("%(agency)s cannot take it over: it leads this already, or is not in force. Choose another agency.")


class DecidedAlready(Problem):
    code = "H324"
    message = _("This was decided already, on %(day)s.")


class NotOfTheAgency(Problem):
    code = "H325"
    message = _("%(name)s holds no post in %(agency)s that lets them answer for its work. Choose somebody who does.")


class CannotFollow(Problem):
    code = "H326"
    message = _("%(name)s has no part in this task and would not see the note. Leave the name out.")


class LeadsAlready(Problem):
    code = "H327"
    message = _("%(agency)s leads this task already.")


class NoCondition(Problem):
    code = "H328"
    message = _("This task waits for no condition. Its days follow from its deadline.")


class OwnAncestor(Problem):
    code = "H329"
    message = _("This task would carry out itself. Choose a task of a higher plan.")


class NotInForce(Problem):
    code = "H330"
    message = _("%(plan)s is not in force any more.")


class NoAim(Problem):
    code = "H331"
    message = _("The figure to reach must be more than nothing. Leave the field empty where none is known.")
