"""The public door for writing. Rounds: campaign_open, campaign_call, call_extend, calls_remind, campaign_close, campaign_reopen.
Reports: report_begin, passage_*, figure_pick, figure_unpick, clash_explain, clash_reopen.
"""

from hopluc.reports.services.campaigns import (
    COMPILE,
    SUBJECT,
    Round,
    call_extend,
    calls_remind,
    campaign_call,
    campaign_close,
    campaign_open,
    campaign_reopen,
)
from hopluc.reports.services.compiling import (
    Written,
    clash_explain,
    clash_reopen,
    figure_pick,
    figure_unpick,
    passage_add,
    passage_move,
    passage_remove,
    passage_save,
    report_begin,
)

__all__ = [
    "COMPILE",
    "SUBJECT",
    "Round",
    "Written",
    "call_extend",
    "calls_remind",
    "campaign_call",
    "campaign_close",
    "campaign_open",
    "campaign_reopen",
    "clash_explain",
    "clash_reopen",
    "figure_pick",
    "figure_unpick",
    "passage_add",
    "passage_move",
    "passage_remove",
    "passage_save",
    "report_begin",
]
