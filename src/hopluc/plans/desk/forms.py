"""What people type about what is due: answers, verdicts, notes, requests, names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4, uuid5

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse_lazy
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from hopluc.accounts.models import User
from hopluc.core.errors import Problem
from hopluc.plans.desk.items import endings_taken
from hopluc.plans.errors import (
    FileTooLarge,
    NoAim,
    NoEvidence,
    NotAPercent,
    NothingSaid,
    NotWhatItSays,
    TooLong,
    WrongKindOfFile,
)
from hopluc.plans.forms import AgencyField, WithAgencies, day
from hopluc.plans.models import Answer, Evidence, Occurrence, Request
from hopluc.plans.working.standards import Kind, standards
from hopluc.plans.working.values import Figure, Proof, Update

MOST_FILES = 10
FIELDS: dict[type[Problem], str] = {  # where the sentence of a refusal stands
    WrongKindOfFile: "files",
    NotWhatItSays: "files",
    FileTooLarge: "files",
    NoAim: "aim",
    NoEvidence: "symbol",
    NotAPercent: "percent",
    NothingSaid: "words",
    TooLong: "words",
}
FILE_KINDS = [(kind.value, kind.label) for kind in (Evidence.Kind.FILE, Evidence.Kind.MINUTES, Evidence.Kind.PHOTO)]


class Files(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, or none."""

    def __init__(self, **options: Any) -> None:
        accept = ",".join(endings_taken())
        super().__init__(widget=Files(attrs={"accept": accept, "multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        sent = data if isinstance(data, (list, tuple)) else [data] if data else []
        if len(sent) > MOST_FILES:
            raise forms.ValidationError(_("At most %(n)s files at a time.") % {"n": MOST_FILES})
        clean = super().clean
        return [clean(one, initial) for one in sent]


def proofs_of(symbol: str, files: Sequence[UploadedFile], file_kind: str) -> list[Proof]:
    named = [Proof(kind=Evidence.Kind.DOCUMENT, symbol=symbol)] if symbol else []
    kind = file_kind or Evidence.Kind.FILE
    return named + [Proof(kind=kind, file=file, name=file.name or "") for file in files]


class Problems(forms.Form):
    """What a service refuses stands at the field that it is about."""

    def refuse(self, problem: Problem) -> None:
        field = FIELDS.get(type(problem), "")
        self.add_error(field if field in self.fields else None, str(problem))


class EvidenceForm(Problems):
    """Evidence beside an occurrence."""

    symbol = forms.CharField(
        label=_("Number of the issued document"),
        required=False,
        max_length=100,
        help_text=_("As it is cited, such as 125/KH-STC. If the store of documents holds it, it is linked."),
    )
    files = FilesField(label=_("Files"), required=False)  # type: ignore[assignment]  # Django's own `files` is not asked for
    file_kind = forms.ChoiceField(label=_("The files are"), choices=FILE_KINDS, required=False)

    def proofs(self) -> list[Proof]:
        said = self.cleaned_data
        return proofs_of(said["symbol"].strip(), said["files"], said["file_kind"])


class AnswerForm(EvidenceForm):
    """How far an item is. `seen` is the number of the last answer that its author had before them."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    claim = forms.ChoiceField(label=_("State"), choices=Answer.Claim.choices, widget=forms.RadioSelect)
    words = forms.CharField(label=_("One line of words"), required=False, widget=forms.Textarea(attrs={"rows": 2}))
    figure = forms.DecimalField(
        label=_("Figure"), required=False, max_digits=24, decimal_places=6, localize=True, widget=forms.TextInput
    )
    unit = forms.CharField(label=_("Unit"), required=False, max_length=60)
    percent = forms.IntegerField(label=_("Percent"), required=False, widget=forms.TextInput)

    @classmethod
    def blank(cls, row: Occurrence, last: Answer | None) -> AnswerForm:
        """To be filled: in the state that it is in, with the unit that was used last."""
        returned = row.state == Occurrence.State.RETURNED
        return cls(
            initial={
                "key": uuid4(),
                "seen": row.revision,
                "claim": Answer.Claim.REPORTED if returned else Answer.Claim.IN_PROGRESS,
                "unit": last.unit if last else "",
                "file_kind": kind_offered(standards().kind_of(row.line.task.deliverable)),
            }
        )

    def update(self) -> Update:
        said = self.cleaned_data
        figure = None if said["figure"] is None else Figure(said["figure"], said["unit"].strip())
        return Update(
            key=said["key"],
            seen=said["seen"],
            claim=said["claim"],
            words=said["words"],
            figure=figure,
            percent=said["percent"],
            evidence=self.proofs(),
        )


def kind_offered(kind: Kind) -> str:
    """The kind of file that proves this kind of work best."""
    return next((each for each in (Evidence.Kind.MINUTES, Evidence.Kind.FILE) if each in kind.evidence), "file")


class SeveralForm(Problems):
    """One answer for several items."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    claim = forms.ChoiceField(label=_("State"), choices=Answer.Claim.choices, initial=Answer.Claim.IN_PROGRESS)
    words = forms.CharField(label=_("One line of words"), required=False)
    symbol = forms.CharField(label=_("Number of the issued document"), required=False, max_length=100)

    def update(self, occurrence: int, seen: int) -> Update:
        said = self.cleaned_data
        return Update(
            key=uuid5(said["key"], str(occurrence)),  # sent twice, each is the same answer again
            seen=seen,
            claim=said["claim"],
            words=said["words"],
            evidence=proofs_of(said["symbol"].strip(), [], ""),
        )


class VerdictForm(Problems):
    """What the plan's owner says to a report: `answer` is the one that they read."""

    answer = forms.IntegerField(widget=forms.HiddenInput)
    verdict = forms.ChoiceField(choices=[("confirm", _("Confirm")), ("return", _("Return"))])
    reason = forms.CharField(
        label=_("Why it is returned"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Say what is missing. Whoever reported it reads it first."),
    )


class NoteForm(Problems):
    words = forms.CharField(
        label=_("Note"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Type @ and a name to mention somebody of the agencies concerned."),
    )


class LeadField(AgencyField):
    """An agency in force of one's own provinces."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["data-source"] = format_lazy("{}?q=", reverse_lazy("work:agencies"))


class AskForm(WithAgencies, Problems):
    """What a lead agency asks of the plan's owner."""

    kind = forms.ChoiceField(label=_("What you ask for"), choices=Request.Kind.choices, widget=forms.RadioSelect)
    until = day(_("New deadline"), help_text=_("Only for more time: a day after the deadline."))
    to = LeadField(label=_("Agency to take over"), required=False, help_text=_("Only for a transfer."))
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Whoever decides reads it, and it stays on record."),
    )


class DecideForm(WithAgencies, Problems):
    """Granted as asked or with another day or agency; or denied with a reason."""

    decision = forms.ChoiceField(label=_("Decision"), choices=[("grant", _("Grant")), ("deny", _("Deny"))])
    until = day(_("New deadline"), help_text=_("As asked; another day may be granted."))
    to = LeadField(label=_("Agency to take over"), required=False)
    reason = forms.CharField(
        label=_("Words of the decision"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("A denial needs a reason."),
    )

    def __init__(self, *args: Any, asked: Request, **options: Any) -> None:
        super().__init__(*args, **options)
        if asked.kind != Request.Kind.EXTENSION:
            del self.fields["until"]
        if asked.kind != Request.Kind.TRANSFER:
            del self.fields["to"]


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person: User) -> str:
        return person.name


class OwnerForm(Problems):
    """Who answers for a line, and who comes after them."""

    owner = PersonField(User.objects.none(), label=_("Person who answers for it"))
    successor = PersonField(
        User.objects.none(),
        label=_("Successor"),
        required=False,
        empty_label=_("nobody in particular"),
        help_text=_("Answers for it from the day on which that person leaves."),
    )

    def __init__(self, *args: Any, people: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("owner", "successor"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = people


class AimForm(Problems):
    """The figure to reach."""

    aim = forms.DecimalField(
        label=_("Figure to reach"), required=False, max_digits=24, decimal_places=6, localize=True, widget=forms.TextInput,
        help_text=_("What is reported is shown as a share of it. Empty: none is known."),
    )  # fmt: skip
    every = forms.BooleanField(label=_("The same for every agency that leads this task"), required=False)


class GiveForm(WithAgencies, Problems):
    """Which agency leads from today on."""

    agency = LeadField(label=_("Agency"))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)
