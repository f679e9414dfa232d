"""Writes of the registry: every one says who does it, keeps history, and leaves the copies for lists right.

organisation_found    a new organisation, with its first facts
event_record          an event of its life, judged by the rule of its day
event_annul           one that was entered in error: all is as before it
fact_change           a fact from a day on
fact_correct          one that was entered wrongly, of now or of long ago
value_add, value_correct, value_remove   of facts that stand side by side
officer_appoint, officer_leave, member_add, member_leave, figures_enter
organisations_merge, organisations_consolidate, organisation_divide, organisation_separate, group_convert
"""

from hopluc.registry.services.annulling import annulment, event_annul
from hopluc.registry.services.facts import Value, fact_change, fact_correct
from hopluc.registry.services.figures import figures_enter
from hopluc.registry.services.founding import Founding, organisation_found
from hopluc.registry.services.people import (
    PartySaid,
    member_add,
    member_leave,
    member_said,
    officer_appoint,
    officer_leave,
    officer_said,
    party_ensure,
)
from hopluc.registry.services.recording import Said, event_record
from hopluc.registry.services.reorganising import (
    Part,
    group_convert,
    organisation_divide,
    organisation_separate,
    organisations_consolidate,
    organisations_merge,
)
from hopluc.registry.services.values import Stated, value_add, value_correct, value_remove

__all__ = [
    "Founding",
    "Part",
    "PartySaid",
    "Said",
    "Stated",
    "Value",
    "annulment",
    "event_annul",
    "event_record",
    "fact_change",
    "fact_correct",
    "figures_enter",
    "group_convert",
    "member_add",
    "member_leave",
    "member_said",
    "officer_appoint",
    "officer_leave",
    "officer_said",
    "organisation_divide",
    "organisation_found",
    "organisation_separate",
    "organisations_consolidate",
    "organisations_merge",
    "party_ensure",
    "value_add",
    "value_correct",
    "value_remove",
]
