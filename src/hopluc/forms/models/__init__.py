"""Definitions, what is filed on them, sheets that came back; messages and links; cases."""

from hopluc.forms.models.cases import Case, CasePause
from hopluc.forms.models.definitions import Form, FormVersion
from hopluc.forms.models.filings import Decision, Filing, ReceivedSheet
from hopluc.forms.models.messages import AnswerLink, Message

__all__ = ["AnswerLink", "Case", "CasePause", "Decision", "Filing", "Form", "FormVersion", "Message", "ReceivedSheet"]
