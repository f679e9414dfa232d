"""Definitions, what is filed on them, sheets that came back."""

from hopluc.forms.models.definitions import Form, FormVersion
from hopluc.forms.models.filings import Decision, Filing, ReceivedSheet

__all__ = ["Decision", "Filing", "Form", "FormVersion", "ReceivedSheet"]
