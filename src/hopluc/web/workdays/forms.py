"""What is typed on the page of working days."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hopluc.core.errors import Problem
from hopluc.core.models import SpecialDay
from hopluc.core.special_days import special_day_check

MOST = 1000  # working days that may be counted off: about four years


class DayInput(forms.DateInput):
    def __init__(self) -> None:
        super().__init__(attrs={"placeholder": "31/12/2026", "inputmode": "numeric", "autocomplete": "off"})


class EntryForm(forms.ModelForm):
    """A day off or a working day by decision. What the calendar refuses stands above the form."""

    class Meta:
        model = SpecialDay
        fields = ["day", "kind", "name", "source"]
        labels = {"day": _("Day"), "kind": _("What it becomes"), "name": _("Name"), "source": _("Decided by")}
        help_texts = {
            "name": _("What people see at this day, such as “Swap for 31/12” or “Storm number 5”."),
            "source": _("The document: kind, symbol, date."),
        }
        widgets = {"kind": forms.RadioSelect, "day": DayInput}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = SpecialDay.Kind.choices  # without an empty one
        self.fields["day"].help_text = _("Day/month/year.")

    def clean(self) -> dict[str, Any]:
        about = super().clean() or {}
        if {"day", "kind"} <= about.keys():
            try:
                special_day_check(SpecialDay(pk=self.instance.pk, day=about["day"], kind=about["kind"]))
            except Problem as problem:
                raise ValidationError(str(problem)) from problem
        return about

    def validate_unique(self) -> None:
        """The check above says it, with the name of the other entry."""


class StepForm(forms.Form):
    """What day is so many working days after or before another one?"""

    count = forms.IntegerField(label=_("Number of working days"), min_value=1, max_value=MOST)
    way = forms.ChoiceField(label=_("Direction"), choices=[("after", _("after")), ("before", _("before"))])
    start = forms.DateField(label=_("Day"), widget=DayInput)
