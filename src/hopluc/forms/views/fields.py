"""What pages of filings and cases ask beside the form itself."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hopluc.forms.models import Case

DAYS = ["%d/%m/%Y", "%Y-%m-%d"]


def day_field(label: Any, **options: Any) -> forms.DateField:
    """A day as people type it."""
    hint = {"inputmode": "numeric", "autocomplete": "off", "placeholder": _("dd/mm/yyyy")}
    return forms.DateField(
        label=label, input_formats=DAYS, widget=forms.DateInput(attrs=hint, format="%d/%m/%Y"), **options
    )


class DayForm(forms.Form):
    """Until when, and why."""

    until = day_field(_("Open until"))
    reason = forms.CharField(label=_("Reason"), max_length=500)


class CaseForm(forms.Form):
    title = forms.CharField(label=_("What it is about"), max_length=500)
    opened_on = day_field(_("Received on"))
    days = forms.IntegerField(
        label=_("Working days"), min_value=1, max_value=366, help_text=_("As the rule sets them.")
    )
    source = forms.CharField(
        label=_("Rule"),
        max_length=300,
        help_text=_("The document that sets the time, such as a decree with its article."),
    )


class PauseForm(forms.Form):
    on = day_field(_("From"))
    reason = forms.CharField(label=_("What the other side has to do"), max_length=500)


class ResumeForm(forms.Form):
    on = day_field(_("Counts again from"))


class CloseForm(forms.Form):
    on = day_field(_("Closed on"))
    outcome = forms.ChoiceField(label=_("Outcome"), choices=Case.Outcome.choices)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
