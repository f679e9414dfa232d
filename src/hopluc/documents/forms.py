"""What people type about a document."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from hopluc.documents.models import Document


class HeaderForm(forms.ModelForm):
    """What a document says of itself."""

    class Meta:
        model = Document
        fields = ["title", "symbol", "issuer", "issued_on"]
        labels = {
            "title": _("Title"),
            "symbol": _("Symbol"),
            "issuer": _("Issuer"),
            "issued_on": _("Date of issue"),
        }
        help_texts = {
            "symbol": _("Number and symbol, such as 1627/KH-UBND."),
            "issued_on": _("Day/month/year. Times without a year are read from it."),
        }
        widgets = {
            "title": forms.Textarea(attrs={"rows": 2}),
            "issuer": forms.TextInput,
            "issued_on": forms.DateInput(attrs={"placeholder": "21/11/2026", "inputmode": "numeric"}),
        }
