"""What people type of a value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.accounts.rights import realm
from hopluc.indicators.models import Indicator
from hopluc.indicators.periods import PARTS
from hopluc.indicators.typed import number_typed, number_written
from hopluc.units.models import Unit

FIRST_YEAR, LAST_YEAR = 1990, 2100


def units_entered(by: User) -> QuerySet[Unit]:
    """The units for which somebody enters figures: provinces, those that they were made of, communes in force."""
    provinces = realm(by, "enter figures").provinces
    below = Q(parent__in=provinces, tier="commune", validity__contains=localdate())
    return Unit.objects.filter(Q(pk__in=provinces) | below).defer("words").order_by("-tier", "-validity", "sort_key")


class NumberField(forms.CharField):
    """A number as an office types it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=30, widget=forms.TextInput(attrs={"inputmode": "decimal"}), **options)

    def prepare_value(self, value: Any) -> Any:
        return number_written(value) if isinstance(value, Decimal) else value

    def clean(self, value: Any) -> Decimal | None:
        text = super().clean(value)
        if not text:
            return None
        number = number_typed(text)
        if number is None:
            raise forms.ValidationError(_("“%(text)s” is no number. Write it as 1.234,5."), params={"text": text})
        return number


class ValueForm(forms.Form):
    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Administrative unit"), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, localize=False)
    part = forms.ChoiceField(label=_("Period"), choices=[(key, words) for key, (*_days, words) in PARTS.items()])
    figure = NumberField(label=_("Figure"))
    numerator = NumberField(label=_("Numerator"))
    denominator = NumberField(label=_("Denominator"))
    source = forms.CharField(
        label=_("Source of the figure"),
        max_length=500,
        help_text=_("The document or record that says so, such as Báo cáo 123/BC-STC ngày 15/12/2025."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        required=False,
        help_text=_("Needed where the figure replaces another, or differs by more than 30% from the year before."),
    )
    release = forms.BooleanField(
        label=_("Let everyone of the province see it"),
        required=False,
        initial=True,
        help_text=_("Otherwise it stays a draft that only those who enter figures see."),
    )

    def __init__(self, *args: Any, indicator: Indicator, by: User, **options: Any) -> None:
        super().__init__(*args, **options)
        units = self.fields["unit"]
        assert isinstance(units, forms.ModelChoiceField)
        units.queryset = units_entered(by)
        self.fields["year"].widget.attrs["class"] = "indicator-year"
        for name in ("figure",) if indicator.is_ratio else ("numerator", "denominator"):
            del self.fields[name]
        if not indicator.is_ratio:
            self.fields["figure"].label = _("Figure (%(measure)s)") % {"measure": indicator.measure}
        elif indicator.numerator and indicator.denominator:
            self.fields["numerator"].help_text = indicator.numerator.name
            self.fields["denominator"].help_text = indicator.denominator.name
