"""The verbs of working a plan, in one place."""

from hopluc.plans.working.aiming import aim_set
from hopluc.plans.working.answering import answer, confirm_all, confirm_or_return
from hopluc.plans.working.beginning import condition_met, parent_name, plan_close
from hopluc.plans.working.naming import contact_name, lead_name, line_give, owner_name, successor_name
from hopluc.plans.working.noting import evidence_add, note_add
from hopluc.plans.working.requesting import request_decide, request_make

__all__ = [
    "aim_set",
    "answer",
    "condition_met",
    "confirm_all",
    "confirm_or_return",
    "contact_name",
    "evidence_add",
    "lead_name",
    "line_give",
    "note_add",
    "owner_name",
    "parent_name",
    "plan_close",
    "request_decide",
    "request_make",
    "successor_name",
]
