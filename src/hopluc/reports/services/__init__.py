"""The public door for writing. Rounds: campaign_open, campaign_call, call_extend, calls_remind, campaign_close, campaign_reopen."""

from hopluc.reports.services.campaigns import (
    Round,
    call_extend,
    calls_remind,
    campaign_call,
    campaign_close,
    campaign_open,
    campaign_reopen,
)

__all__ = [
    "Round",
    "call_extend",
    "calls_remind",
    "campaign_call",
    "campaign_close",
    "campaign_open",
    "campaign_reopen",
]
