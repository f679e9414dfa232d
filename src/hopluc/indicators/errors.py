"""What an indicator refuses, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem


class NotYourFigure(Problem):
    code = "H801"
    message = _("You do not enter figures for %(unit)s. Ask a coordinator of its province.")


class NotThen(Problem):
    code = "H802"
    message = _("%(unit)s was not in force in %(period)s. Choose another period, or the unit that was there then.")


class NotYet(Problem):
    code = "H803"
    message = _("%(period)s has not begun. Enter a figure once there is something to count.")


class Negative(Problem):
    code = "H804"
    message = _("%(figure)s is below 0, and “%(indicator)s” cannot be. Check the sign.")


class PartsMissing(Problem):
    code = "H805"
    message = _("“%(indicator)s” is a ratio: enter its numerator and its denominator, which is not 0.")


class PartAboveWhole(Problem):
    code = "H806"
    message = _("The part, %(part)s, is greater than the whole, %(whole)s. Check both numbers.")


class JumpUnexplained(Problem):
    code = "H807"
    message = _(
        "%(figure)s is %(change)s against %(before)s in %(period)s. Check the figure; if it is right, say why it changed so much."
    )


class CorrectionUnexplained(Problem):
    code = "H808"
    message = _("There is a figure already: %(before)s. It stays on record; say why yours replaces it.")


class SourceMissing(Problem):
    code = "H809"
    message = _("Say where the figure comes from: a document, a report, a record.")


class AimUnclear(Problem):
    code = "H810"
    message = _("The target “%(words)s” names no level. Correct it in the review of the plan first.")


class AimTaken(Problem):
    code = "H811"
    message = _("The target “%(words)s” was confirmed already. Load the page again.")
