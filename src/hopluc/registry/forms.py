"""What people type of organisations, their events and facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.forms import LookForm as AccountLookForm
from hopluc.accounts.forms import TypeAhead
from hopluc.core.errors import Problem
from hopluc.core.models import StoredFile
from hopluc.indicators.forms import NumberField
from hopluc.registry.fact_kinds import FactKind
from hopluc.registry.lifecycle import possible
from hopluc.registry.models import Membership, Officer, Organisation, Party
from hopluc.registry.models.organisations import Kind
from hopluc.registry.papers import LONGEST_NAME, MEGA, Paper, attachment_keep, endings
from hopluc.registry.persons import FIELDS
from hopluc.registry.services import Founding, PartySaid, Said, Stated, Value
from hopluc.registry.services.figures import NAMES
from hopluc.registry.services.keeping import tidy
from hopluc.units.models import Tier, Unit

PAPER = ("number", "issued_on", "issuer", "file", "kept")  # fields of a document
KEPT = "registry.paper"  # salt
YES = (("", "–"), ("1", _("yes")), ("0", _("no")))


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    widget = forms.DateInput(attrs={"placeholder": "23/07/2026", "inputmode": "numeric"})
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def text_field(label: Any, *, required: bool = False, help_text: Any = "", most: int = 300) -> forms.CharField:
    return forms.CharField(label=label, required=required, help_text=help_text, max_length=most)


def commune_field() -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        communes(),
        label=_("Commune of the head office"),
        help_text=_("As it was on that day: before 01/07/2025 the commune of that time. Type a part of its name."),
        widget=TypeAhead(attrs={"data-source": format_lazy("{}?q=", reverse_lazy("registry:communes"))}),
    )


def communes() -> QuerySet[Unit]:
    return Unit.objects.filter(tier=Tier.COMMUNE).defer("words")


def narrow(form: forms.Form) -> None:
    """Of all communes, the one that was chosen: the list is searched on the server."""
    field = form.fields.get("unit")
    if isinstance(field, forms.ModelChoiceField):
        chosen = str(form.data.get("unit") or form.initial.get("unit") or "")
        field.queryset = communes().filter(pk=int(chosen)) if chosen.isdecimal() else Unit.objects.none()


class Attachment(forms.ClearableFileInput):
    """A file, without the choice to take it away again."""

    template_name = "django/forms/widgets/file.html"


class PaperForm(forms.Form):
    """The document by which something is entered. Its file is kept as soon as it was looked at, so that it need not be sent twice."""

    number = text_field(_("Number of the document"), required=True, help_text=_("Such as 12/QĐ-UBND."), most=100)
    issued_on = day_field(_("Day of the document"), required=True)
    issuer = text_field(_("Issuing body"), required=True, most=200)
    file = forms.FileField(label=_("The document itself, scanned or as a file"), required=False, widget=Attachment())
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["file"]
        field.widget.attrs["accept"] = ",".join(f".{ending}" for ending in endings())
        about = {"most": settings.UPLOAD_BYTES // MEGA, "endings": ", ".join(endings())}
        field.help_text = _("At most %(most)s MB: %(endings)s.") % about
        if self.is_bound and (held := self._held(self.data.get(self.add_prefix("kept"), ""))):
            field.help_text = _("“%(name)s” is attached. Choose another file to replace it.") % {"name": held["name"]}

    def clean_file(self) -> Any:
        """The file is kept; `kept` names it from now on."""
        upload = self.cleaned_data.get("file")
        if not upload:
            return None
        try:
            stored = attachment_keep(upload)
        except Problem as problem:
            raise ValidationError(str(problem)) from problem
        name = (upload.name or "")[-LONGEST_NAME:]
        self.data = self.data.copy()  # type: ignore[attr-defined]  # of a request
        self.data[self.add_prefix("kept")] = signing.dumps({"file": stored.pk, "name": name}, salt=KEPT)  # type: ignore[index]
        self["file"].help_text = _("“%(name)s” is attached. Choose another file to replace it.") % {"name": name}
        return stored

    def _held(self, typed: str) -> dict[str, Any] | None:
        try:
            return signing.loads(typed, salt=KEPT) if typed else None
        except signing.BadSignature:
            return None

    @property
    def paper(self) -> Paper:
        about = self.cleaned_data
        held = self._held(self.data.get(self.add_prefix("kept"), ""))
        file = StoredFile.objects.filter(pk=held["file"]).first() if held else None
        name = held["name"] if held and file else ""
        return Paper(tidy(about["number"]), about["issued_on"], tidy(about["issuer"]), file, name)

    @property
    def rest(self) -> dict[str, Any]:
        """What was typed besides the document."""
        return {name: value for name, value in self.cleaned_data.items() if name not in PAPER}


class Optional(NumberField):
    """A number that may be left out."""

    def __init__(self, **options: Any) -> None:
        super().__init__(required=False, **options)


class YesField(forms.ChoiceField):
    """Kept as 1 or 0, with places behind the point."""

    def prepare_value(self, value: Any) -> Any:
        return str(int(value)) if isinstance(value, Decimal) else value


class FoundingForm(PaperForm):
    kind = forms.ChoiceField(label=_("Kind of organisation"), choices=Kind.choices)
    name = text_field(_("Name"), required=True, help_text=_("Whole, as on the certificate: Hợp tác xã Chè Tân Cương."))
    code = text_field(_("Code"), help_text=_("The tax code; a group without a certificate has none."), most=20)
    day = day_field(_("Day of founding"), required=True)
    unit = commune_field()
    address = text_field(_("Address in the commune"))
    registered = forms.BooleanField(
        label=_("With a certificate of registration"),
        required=False,
        initial=True,
        help_text=_("Leave it out for a group that only gave notice to the commune committee."),
    )
    main_industry = text_field(_("Main industry (VSIC code)"), help_text=_("Such as 0118."), most=5)
    charter_capital = Optional(label=_("Charter capital, đồng"))
    official_members = forms.IntegerField(label=_("Number of official members"), min_value=0, required=False)
    associate_members = forms.IntegerField(label=_("Number of associates"), min_value=0, required=False)
    phone = text_field(_("Telephone"), most=30)
    decided_on = day_field(_("Signed or resolved on"))
    filed_on = day_field(_("Whole file received on"))
    answered_on = day_field(_("Answered by the registry on"))
    field_order = ("kind", "name", "code", "day", "unit", "address", *PAPER)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        narrow(self)

    @property
    def founding(self) -> Founding:
        return Founding(paper=self.paper, **self.rest)


class EventForm(PaperForm):
    kind = forms.ChoiceField(label=_("Event"))
    day = day_field(_("Takes effect on"), required=True)
    decided_on = day_field(_("Decided on"), help_text=_("By the organisation, a court or an authority."))
    filed_on = day_field(_("Whole file received on"))
    answered_on = day_field(_("Answered by the registry on"))
    until = day_field(_("Last day"), help_text=_("Of a suspension."))
    note = text_field(_("Note"), most=500)
    field_order = ("kind", "day", *PAPER)

    def __init__(self, *args: Any, organisation: Organisation, **options: Any) -> None:
        super().__init__(*args, **options)
        kinds = possible(organisation.kind, organisation.legal_status)
        self.fields["kind"].choices = [("", _("Choose an event")), *((one.key, str(one.words)) for one in kinds)]  # type: ignore[attr-defined]

    @property
    def said(self) -> Said:
        return Said(paper=self.paper, **self.rest)


class FactForm(forms.Form):
    """A value of one kind of fact, from a day on."""

    since = day_field(_("From"), required=True)
    source = text_field(_("Source"), required=True, help_text=_("The document, report or record that says so."))

    def __init__(self, *args: Any, kind: FactKind, **options: Any) -> None:
        super().__init__(*args, **options)
        self.kind = kind
        self.fields = {**_value_fields(kind), **self.fields}
        narrow(self)

    @property
    def value(self) -> Value:
        about = self.cleaned_data
        amount = about.get("amount")
        return Value(
            text=about.get("text") or "",
            amount=None if amount in (None, "") else Decimal(amount),
            unit=about.get("unit"),
        )

    @property
    def first_day(self) -> date:
        day: date = self.cleaned_data["since"]
        return day


class ValueForm(FactForm):
    """One of the values that stand side by side, from a day to a day."""

    until = day_field(_("Last day"), help_text=_("Leave it empty while it lasts."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields([*(name for name in self.fields if name not in VALUE_END), *VALUE_END])

    @property
    def stated(self) -> Stated:
        about = self.cleaned_data
        return Stated(self.value, about["since"], about["until"], about["source"])


class CorrectionForm(FactForm):
    """A value that was entered wrongly: what it should have been, and why it is corrected."""

    reason = text_field(_("Why it is corrected"), required=True)


VALUE_END = ("since", "until", "source")


def _value_fields(kind: FactKind) -> dict[str, forms.Field]:
    if kind.type == "place":
        place = commune_field()
        if kind.several:
            place.label = _("Commune")
        return {"unit": place, "text": text_field(_("Address in the commune"))}
    if kind.type == "choice":
        choices = [("", "–"), *((key, str(words)) for key, words in kind.choices)]
        return {"text": forms.ChoiceField(label=str(kind.words), choices=choices)}
    if kind.type == "yes":
        return {"amount": YesField(label=str(kind.words), choices=YES)}
    if kind.is_amount:
        measure = {"money": "đồng", "percent": "%"}.get(kind.type, kind.measure)
        number = NumberField(label=f"{kind.words}, {measure}" if measure else str(kind.words))
        which = {"text": text_field(_("Which, where and what for"))} if kind.several else {}
        return {"amount": number, **which}
    return {"text": text_field(str(kind.words), required=True, most=400)}


class FiguresForm(forms.Form):
    """The figures of a year; what is left empty stays as it was."""

    year = forms.IntegerField(label=_("Year"), min_value=1990, max_value=2100, localize=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, label in NAMES.items():
            self.fields[name] = Optional(label=label)
        self.fields["source"] = text_field(_("Source"), required=True)

    @property
    def values(self) -> dict[str, Decimal | None]:
        return {name: self.cleaned_data[name] for name in NAMES if self.cleaned_data[name] is not None}


class PartyForm(forms.Form):
    """Somebody by name and number: known already, or new."""

    name = text_field(_("Full name"), required=True)
    kind = forms.ChoiceField(label=_("Who it is"), choices=Party.Kind.choices)
    number = text_field(
        _("Personal number or code"),
        help_text=_("Tells people of one name apart; whoever is known by it already is the same person."),
        most=20,
    )
    phone = text_field(_("Telephone"), most=30)
    address = text_field(_("Address"))

    @property
    def party(self) -> PartySaid:
        return PartySaid(**{key: self.cleaned_data[key] for key in ("name", "kind", "number", "phone", "address")})


class MemberForm(PartyForm):
    membership = forms.ChoiceField(label=_("Kind of member"), choices=Membership.Kind.choices)
    since = day_field(_("Member since"), required=True)
    contribution = Optional(label=_("Contribution paid in, đồng"))
    promised = Optional(label=_("Contribution promised, đồng"))


class OfficerForm(PartyForm):
    post = forms.ChoiceField(label=_("Post"), choices=Officer.Post.choices)
    qualification = forms.ChoiceField(
        label=_("Qualification"), choices=[("", "–"), *Officer.Qualification.choices], required=False
    )
    since = day_field(_("In post since"), required=True)
    source = text_field(_("Source"), required=True, help_text=_("The document, report or record that says so."))


class LookForm(AccountLookForm):
    field = forms.ChoiceField(choices=[(field, field) for field in FIELDS])


class ListForm(forms.Form):
    """A list that an office keeps; the file goes beside."""

    since = day_field(
        _("Day of the list"),
        required=True,
        help_text=_("What the list changes holds from this day on; what was true before stays known."),
    )
    source = text_field(
        _("Where the list comes from"), help_text=_("A document or record; without it, the name of the file."), most=260
    )
