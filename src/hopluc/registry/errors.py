"""What the registry refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class NotYourRegistry(Problem):
    code = "H701"
    message = _("You do not keep the registry of %(place)s. Ask the registry officer there.")


class NameBegins(Problem):
    code = "H702"
    message = _("“%(name)s” does not begin with “%(beginning)s”. Write the name as it is registered.")


class NameTaken(Problem):
    code = "H703"
    message = _("“%(name)s” is the name of an organisation already: code %(code)s, %(place)s. Choose another name.")


class CodeTaken(Problem):
    code = "H704"
    message = _("Code %(code)s belongs to “%(name)s”. A code is never given again; check the number.")


class NotInForceThen(Problem):
    code = "H705"
    message = _("%(unit)s was not in force on %(day)s. Choose the unit that was there then.")


class InTheFuture(Problem):
    code = "H706"
    message = _("%(day)s is yet to come. Enter it once it has happened.")


class BeforeFounding(Problem):
    code = "H707"
    message = _("%(day)s is before “%(name)s” was founded, on %(founded)s. Check the day.")


class EventNotPossible(Problem):
    code = "H708"
    message = _("“%(name)s” is “%(status)s” on %(day)s, so “%(event)s” cannot be entered. Possible then: %(possible)s.")


class OutOfOrder(Problem):
    code = "H709"
    message = _(
        "“%(event)s” of %(last)s is entered already; what comes before it cannot change the status now. Check %(day)s."
    )


class LastDayMissing(Problem):
    code = "H710"
    message = _("“%(event)s” lasts until a day: give its last day, on %(day)s or later.")


class DocumentMissing(Problem):
    code = "H711"
    message = _("Say by which document: its number, its day and who issued it.")


class HasEnded(Problem):
    code = "H712"
    message = _("“%(name)s” ended on %(day)s. What was true of it before stays as it is.")


class FactUnclear(Problem):
    code = "H713"
    message = _("“%(fact)s”: %(value)s is not possible. Enter %(wanted)s.")


class LaterKnown(Problem):
    code = "H714"
    message = _("“%(fact)s” is known from %(since)s on already, which is after %(day)s. Correct that value first.")


class SameAsBefore(Problem):
    code = "H715"
    message = _("“%(fact)s” has this value already, since %(since)s.")


class SourceNeeded(Problem):
    code = "H716"
    message = _("Say where “%(fact)s” comes from: a document, a report, a record.")


class MemberAlready(Problem):
    code = "H717"
    message = _("%(party)s is a member of “%(name)s” already, since %(since)s.")


class NotAMember(Problem):
    code = "H718"
    message = _("%(party)s is no member of “%(name)s” on %(day)s.")


class NoContribution(Problem):
    code = "H719"
    message = _(
        "An associate without capital contributes none. Choose another kind of member, or leave the amount empty."
    )


class YearUnknown(Problem):
    code = "H720"
    message = _("%(year)s is no year of “%(name)s”, which was founded on %(founded)s.")


class FigureUnclear(Problem):
    code = "H721"
    message = _("“%(figure)s” cannot be %(value)s. Check the sign and the amount.")


class KindsDiffer(Problem):
    code = "H722"
    message = _(
        "“%(name)s” and “%(other)s” are of different kinds. Only organisations of one kind are joined or divided."
    )


class TooFew(Problem):
    code = "H723"
    message = _("“%(event)s” needs at least %(n)s organisations on that side.")


class SharesWrong(Problem):
    code = "H724"
    message = _("The shares add up to %(sum)s percent. They must make 100.")


class PartyUnclear(Problem):
    code = "H725"
    message = _("Number %(number)s belongs to %(party)s, not to %(name)s. Check the number.")


class ListNotSent(Problem):
    code = "H730"
    message = _("No list was sent. Choose an Excel or CSV file, then send it.")


class ListTooLarge(Problem):
    code = "H731"
    message = _("“%(name)s” is larger than %(megabytes)s MB. Send the list in parts.")


class ListOfTheFuture(Problem):
    code = "H732"
    message = _("A list of %(day)s is yet to come. Give the day of which the list is.")


class ColumnsMissing(Problem):
    code = "H733"
    message = _("No column holds the names of the organisations. Say which column does.")


class ColumnTwice(Problem):
    code = "H734"
    message = _("Columns “%(one)s” and “%(other)s” are said to hold the same. Let one of them not be read.")


class NothingToTake(Problem):
    code = "H735"
    message = _("No row is ready to be taken over: decide the doubtful ones, or correct the file and send it again.")


class ListBusy(Problem):
    code = "H736"
    message = _("“%(name)s” is %(state)s. Wait until that is done.")


class ImportBuiltOn(Problem):
    code = "H737"
    message = _("The import cannot be undone: %(rows)s. Somebody has entered more of them since. Undo that first.")


class NotUndoable(Problem):
    code = "H738"
    message = _("Nothing of “%(name)s” is in the registry, so there is nothing to undo.")


class SuccessionBetween(Problem):
    code = "H739"
    message = _(
        "“%(name)s” took over from another or was taken over. Such a record is not merged; correct its facts instead."
    )


class PairChanged(Problem):
    code = "H740"
    message = _("One of the two records is no longer as it was. Look for duplicates again.")


class MergeBuiltOn(Problem):
    code = "H741"
    message = _("“%(name)s” was changed since, so the merge cannot be undone. Undo that change first.")


class ProposalDecided(Problem):
    code = "H742"
    message = _("This proposal is %(state)s already.")


class ProposalUnfit(Problem):
    code = "H743"
    message = _("These fields no longer fit: %(fields)s. Return the proposal and say what is to be corrected.")


class ReasonNeeded(Problem):
    code = "H744"
    message = _("Say why the proposal is returned, so that the cooperative can correct it.")


class AttachmentOfOtherKind(Problem):
    code = "H745"
    message = _("“%(name)s” cannot be attached. Choose a file of one of these kinds: %(endings)s.")


class AttachmentNotSo(Problem):
    code = "H746"
    message = _("“%(name)s” is not what its ending says. Save the document again, then attach it again.")


class AttachmentTooLarge(Problem):
    code = "H747"
    message = _("“%(name)s” has %(size)s MB; at most %(most)s MB can be attached. Scan it in grey, or in parts.")


class TooEarly(Problem):
    code = "H748"
    message = _(
        "“%(event)s” of “%(name)s” is possible from %(due)s on (%(source)s). Check the day, or its day of founding."
    )


class ChangedLater(Problem):
    code = "H749"
    message = _(
        "“%(name)s” has something that begins on %(since)s, after %(day)s: %(what)s. Correct that first, or give a later day."
    )


class MembersUnclear(Problem):
    code = "H750"
    message = _("“%(typed)s” does not name members. Write their numbers in the register, such as 1-40, 57.")


class NoSuchMember(Problem):
    code = "H751"
    message = _(
        "Nobody in the register of “%(name)s” has number %(number)s on %(day)s. Look at the register of members."
    )


class MemberInTwoParts(Problem):
    code = "H752"
    message = _("The member with number %(number)s is named in two parts. Leave them in one of them.")


class CapitalShared(Problem):
    code = "H753"
    message = _(
        "The charter capital of the parts is %(sum)s đồng together; there is %(capital)s đồng to share. "
        "Give every part its capital so that it is used up, or leave all of them empty to share by percent."
    )


class NotAnnullable(Problem):
    code = "H754"
    message = _("“%(event)s” cannot be annulled: %(why)s.")


class AnnulledAlready(Problem):
    code = "H755"
    message = _("This event was annulled on %(day)s already.")


class EventBuiltOn(Problem):
    code = "H756"
    message = _("“%(later)s” of %(day)s, of “%(name)s”, came after and stands on it. Annul that first.")


class ChangedSinceEvent(Problem):
    code = "H757"
    message = _("“%(name)s” has changed since: %(what)s. Correct that first, then annul the event.")


class AnnulReasonNeeded(Problem):
    code = "H758"
    message = _("Say why the event is annulled. The reason stays on the line of time.")


class ValueGone(Problem):
    code = "H759"
    message = _("This value is no longer as it was on the page. Load the page again.")


class DaysWrong(Problem):
    code = "H760"
    message = _("The last day, %(last)s, comes before the first, %(first)s. Correct one of them.")


class ValueOverlaps(Problem):
    code = "H761"
    message = _("“%(value)s” is entered already for some of these days: %(days)s. Correct that value instead.")


class SignInTaken(Problem):
    code = "H762"
    message = _("Somebody signs in as “%(username)s” already. Choose another name, such as %(username)s2.")


class NotTheirSignIn(Problem):
    code = "H763"
    message = _("%(name)s does not sign in for “%(organisation)s” any more. Load the page again.")


class HoldsOtherPosts(Problem):
    code = "H764"
    message = _("%(name)s has other posts too, so an administrator gives the new password, on the page of the person.")


class CorrectionReasonNeeded(Problem):
    code = "H765"
    message = _("Say why the value is corrected. The reason stays in the history.")


class BetweenNeighbours(Problem):
    code = "H766"
    message = _("%(day)s cannot be the first day of this value: choose a day from %(first)s to %(last)s.")


class SheetTaken(Problem):
    code = "H768"
    message = _("Rows of sheet “%(read)s” were taken over. For sheet “%(sheet)s” send the file once more.")
