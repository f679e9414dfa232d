"""What people type about rounds of reporting."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from hopluc.forms.models import Form
from hopluc.forms.selectors import forms_of
from hopluc.plans.forms import TypeAhead, day
from hopluc.reports.letters import HD36, ND30, Letter
from hopluc.reports.opening import PART_WORDS, Group, Proposal, group_words
from hopluc.units.models import Agency
from vanban.writing import layout

UPDATE = "cap-nhat-nhiem-vu"  # the form by which tasks are updated: no report
FIRST_YEAR, LAST_YEAR = 2008, 2099


class SeveralAgencies(forms.SelectMultiple, TypeAhead):
    """Agencies found by typing; only those that were chosen stand in the page."""


class AgenciesField(forms.ModelMultipleChoiceField):
    def __init__(self, **options: Any) -> None:
        super().__init__(Agency.objects.select_related("body"), widget=SeveralAgencies(), **options)

    def look(self, owner: Agency, chosen: Any) -> None:
        """Searched near the owner; `chosen` are ids or agencies."""
        unit = owner.province_id or owner.unit_id or ""
        self.widget.attrs["data-source"] = f"{reverse('plans:agencies')}?unit={unit}&q="
        ids = [getattr(each, "pk", each) for each in chosen or ()]
        listed = Agency.objects.filter(pk__in=[each for each in ids if str(each).isdecimal()])
        self.widget.choices = [(agency.pk, agency.name) for agency in listed]


def _typed(data: Any) -> list[str]:
    """The ids of the agencies that were sent."""
    listed: list[str] = data.getlist("agencies")
    return listed


class OpenForm(forms.Form):
    """A new round. Whose it is, its page knows."""

    form = forms.ModelChoiceField(Form.objects.none(), label=_("Form"), empty_label=None)
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR)
    part = forms.ChoiceField(label=_("Period"), choices=list(PART_WORDS.items()))
    due_on = day(_("Due by"), required=True, help_text=_("A day off is fine: the last working day before it counts."))
    title = forms.CharField(
        label=_("Name of the round"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty: the form and its period."),
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups that report"), required=False, widget=forms.CheckboxSelectMultiple
    )
    agencies = AgenciesField(label=_("Other agencies that report"), required=False)
    checked = forms.BooleanField(
        label=_("We approve each report after its head has signed it"), required=False, initial=True
    )

    def __init__(self, *args: Any, owner: Agency, known: list[Group], **options: Any) -> None:
        super().__init__(*args, **options)
        form, groups, agencies = self.fields["form"], self.fields["groups"], self.fields["agencies"]
        assert isinstance(form, forms.ModelChoiceField)
        assert isinstance(groups, forms.MultipleChoiceField)
        assert isinstance(agencies, AgenciesField)
        form.queryset = reporting_forms(owner)
        groups.choices = [(group.key, group_words(group)) for group in known]
        agencies.look(owner, _typed(self.data) if self.is_bound else self.initial.get("agencies"))

    @classmethod
    def initial_of(cls, proposal: Proposal, owner: Agency) -> dict[str, Any]:
        usual = Q(code=proposal.form) | Q(copied_from__code=proposal.form)
        return {
            "form": reporting_forms(owner).filter(usual).first(),
            "year": proposal.year,
            "part": proposal.part,
            "due_on": proposal.due_on,
            "groups": proposal.groups,
            "agencies": proposal.agencies,
        }


def reporting_forms(owner: Agency) -> QuerySet[Form]:
    """The forms of its province with a version that was published, but that of tasks."""
    return forms_of(owner.province_id).exclude(code=UPDATE).exclude(copied_from__code=UPDATE)


class CallForm(forms.Form):
    """Who else is asked."""

    agencies = AgenciesField(label=_("Agencies"))

    def __init__(self, *args: Any, owner: Agency, **options: Any) -> None:
        super().__init__(*args, **options)
        agencies = self.fields["agencies"]
        assert isinstance(agencies, AgenciesField)
        agencies.look(owner, _typed(self.data) if self.is_bound else ())


class ExtendForm(forms.Form):
    until = day(_("New day"), required=True)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))

    @classmethod
    def initial_of(cls, due_on: date) -> dict[str, Any]:
        return {"until": max(due_on, localdate())}


def area(label: Any, *, rows: int = 2, help_text: Any = "") -> forms.CharField:
    box = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=False, max_length=2000, widget=box, help_text=help_text)


class LetterForm(forms.Form):
    """What stands around the text of a report. Every field may wait until the signature."""

    layout = forms.ChoiceField(
        label=_("Layout"),
        choices=[(ND30, _("Decree 30/2020: state offices")), (HD36, _("Guideline 36: offices of the Party"))],
        help_text=_(
            "Guideline 05-HD/VPTW of 27/5/2026 for offices of the Party cannot be chosen yet: the text of its layout is not at hand."
        ),
    )
    urgency = forms.ChoiceField(
        label=_("Urgency"),
        required=False,
        choices=[
            ("", pgettext_lazy("urgency", "none")),
            ("khan", "Khẩn"),
            ("thuong_khan", "Thượng khẩn"),
            ("hoa_toc", "Hỏa tốc"),
        ],
        help_text=_(
            "Set below number and symbol. A report that holds state secrets is not to be written or kept in this system."
        ),
    )
    governing = area(_("Governing body"), help_text=_("A new line where the name is to be broken."))
    issuer = area(_("Issuing agency"))
    number = forms.IntegerField(
        label=pgettext_lazy("document", "Number"), required=False, min_value=1, max_value=99_999
    )
    code = forms.CharField(label=pgettext_lazy("document", "Symbol"), required=False, max_length=60)
    place = forms.CharField(label=pgettext_lazy("document", "Place"), required=False, max_length=100)
    day = day(_("Day"))
    title = area(_("Title"))
    lines = area(_("Authority"), help_text=_("One a line: “KT. Giám đốc”, then “Phó Giám đốc”."))
    signer = forms.CharField(label=_("Signed by"), required=False, max_length=100)
    recipients = area(_("Recipients"), rows=4, help_text=_("One a line, without dashes."))

    def clean_urgency(self) -> str:
        """Not by a layout that does not say how it is marked."""
        urgency: str = self.cleaned_data["urgency"]
        if urgency and urgency not in layout(self.cleaned_data.get("layout", ND30)).marks:
            raise forms.ValidationError(
                _("How urgency is marked by this layout is not at hand. Choose none, and set it by a stamp."),
                code="unknown",
            )
        return urgency

    @classmethod
    def initial_of(cls, letter: Letter) -> dict[str, Any]:
        kept = {name: getattr(letter, name) for name in cls.base_fields}
        listed = {name: "\n".join(kept[name]) for name in ("lines", "recipients")}
        return {**kept, **listed, "day": date.fromisoformat(letter.day) if letter.day else None}

    def kept(self) -> dict[str, Any]:
        """As the report keeps it."""
        typed = self.cleaned_data
        listed = {
            name: [each.strip(" -;") for each in typed[name].splitlines() if each.strip(" -;")]
            for name in ("lines", "recipients")
        }
        broken = {
            name: "\n".join(map(str.strip, typed[name].splitlines())) for name in ("issuer", "governing", "title")
        }
        number, day_ = typed["number"], typed["day"]
        return {**typed, **listed, **broken, "number": str(number or ""), "day": day_.isoformat() if day_ else ""}


class TemplateForm(forms.Form):
    file = forms.FileField(label=_("Word file (.docx)"))
