"""The public door for writing. What apps above call stands here, whatever module it lies in.

Definitions: draft_*, version_draft, version_publish, version_in_force. Filings: filing_open, value_save, file_attach, row_*, values_apply.
Decisions: filing_submit, filing_withdraw, filing_approve, filing_return, filing_reopen. Excel: sheet_make, sheet_open, sheet_read,
sheet_keep. Cases: case_*. What is closed: closes. Messages: message_send, hook_send, link_make, links_revoke, messages_answered. What is due: due_register.
"""

from hopluc.forms.cases import CaseRule, case_close, case_open, case_pause, case_resume
from hopluc.forms.closing import closes
from hopluc.forms.levels import Level, level, own_head
from hopluc.forms.messaging import (
    About,
    digests_make,
    hook_send,
    link_make,
    links_revoke,
    message_send,
    messages_answered,
)
from hopluc.forms.reminders import DueItem
from hopluc.forms.reminders import register as due_register
from hopluc.forms.services.decisions import (
    filing_approve,
    filing_reopen,
    filing_return,
    filing_submit,
    filing_withdraw,
    lapsed_close,
)
from hopluc.forms.services.definitions import version_draft, version_in_force, version_publish
from hopluc.forms.services.drafting import draft_begin, draft_change, draft_drop, draft_publish, draft_state
from hopluc.forms.services.filings import (
    Asked,
    Before,
    Known,
    Period,
    Saved,
    Subject,
    file_attach,
    filing_open,
    filings_open,
    row_add,
    row_remove,
    row_restore,
    value_save,
    values_apply,
)
from hopluc.forms.sheets import (
    SheetColumn,
    SheetFile,
    SheetIssue,
    SheetPage,
    SheetRead,
    SheetRow,
    SheetSpec,
    columns_of,
    sheet_keep,
    sheet_kept,
    sheet_make,
    sheet_open,
    sheet_read,
)

__all__ = [
    "About",
    "Asked",
    "Before",
    "CaseRule",
    "DueItem",
    "Known",
    "Level",
    "Period",
    "Saved",
    "SheetColumn",
    "SheetFile",
    "SheetIssue",
    "SheetPage",
    "SheetRead",
    "SheetRow",
    "SheetSpec",
    "Subject",
    "case_close",
    "case_open",
    "case_pause",
    "case_resume",
    "closes",
    "columns_of",
    "digests_make",
    "draft_begin",
    "draft_change",
    "draft_drop",
    "draft_publish",
    "draft_state",
    "due_register",
    "file_attach",
    "filing_approve",
    "filing_open",
    "filing_reopen",
    "filing_return",
    "filing_submit",
    "filing_withdraw",
    "filings_open",
    "hook_send",
    "lapsed_close",
    "level",
    "link_make",
    "links_revoke",
    "message_send",
    "messages_answered",
    "own_head",
    "row_add",
    "row_remove",
    "row_restore",
    "sheet_keep",
    "sheet_kept",
    "sheet_make",
    "sheet_open",
    "sheet_read",
    "value_save",
    "values_apply",
    "version_draft",
    "version_in_force",
    "version_publish",
]
