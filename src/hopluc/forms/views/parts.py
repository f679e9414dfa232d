"""What people type about the parts of a definition: a form for each kind, from its JSON and back to it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hopluc.core.folding import fold
from hopluc.forms.editing import beginning, words
from hopluc.forms.presenting import KINDS
from hopluc.forms.schema.definition import NUMERIC, Schema
from hopluc.forms.schema.reading import LONGEST_ABOUT, TABLES_APART
from hopluc.forms.views.fields import day_field

Json = dict[str, Any]
AREA = forms.Textarea(attrs={"rows": 2})


def _words(label: Any, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=500, **options)


class PartForm(forms.Form):
    """Settings that are not shown stay as they are (`kept`). `SPOKEN`: settings in both languages."""

    SPOKEN: tuple[str, ...] = ("label",)
    PLAIN: tuple[str, ...] = ()

    def look(self, schema: Schema) -> None:
        """The definition that the part belongs to, for what is chosen from it."""

    @classmethod
    def initial_of(cls, part: Json) -> Json:
        said = {f"{name}_{lang}": part.get(name, {}).get(lang, "") for name in cls.SPOKEN for lang in ("vi", "en")}
        return said | {name: part[name] for name in cls.PLAIN if name in part}

    def part(self, kept: Json) -> Json:
        """The part as it is to be: `kept` is what it was, or only its key."""
        made, given = dict(kept), self.cleaned_data
        for name in self.SPOKEN:
            if given[f"{name}_vi"]:
                made[name] = words(given[f"{name}_vi"], given[f"{name}_en"])
            else:
                made.pop(name, None)
        for name in self.PLAIN:
            if given.get(name) in (None, "", False):
                made.pop(name, None)
            else:
                made[name] = _plain(given[name])
        return made


def _plain(value: Any) -> Any:
    return value if isinstance(value, (str, bool, int)) else str(value)


class SectionForm(PartForm):
    SPOKEN = ("label", "help")
    label_vi = _words(_("Name in Vietnamese"))
    label_en = _words(_("Name in English"), required=False)
    help_vi = _words(_("Help in Vietnamese"), required=False, widget=AREA)
    help_en = _words(_("Help in English"), required=False, widget=AREA)

    def part(self, kept: Json) -> Json:
        return {**({} if "fields" in kept else beginning("section")), **super().part(kept)}


class FieldForm(PartForm):
    SPOKEN = ("label", "unit", "help")
    PLAIN: tuple[str, ...] = ("kind", "required", "least", "most", "longest")
    label_vi = _words(_("Name in Vietnamese"))
    label_en = _words(_("Name in English"), required=False)
    kind = forms.ChoiceField(label=_("What is written there"), choices=list(KINDS.items()))
    required = forms.BooleanField(label=_("Must be filled in"), required=False)
    unit_vi = _words(_("Unit in Vietnamese"), required=False)
    unit_en = _words(_("Unit in English"), required=False)
    help_vi = _words(_("Help in Vietnamese"), required=False, widget=AREA)
    help_en = _words(_("Help in English"), required=False, widget=AREA)
    choices = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For one of a list: a choice on each line, Vietnamese | English."),
    )
    least = forms.DecimalField(label=_("At least"), required=False)
    most = forms.DecimalField(label=_("At most"), required=False)
    longest = forms.IntegerField(label=_("Longest text, in characters"), required=False, min_value=1, max_value=20_000)

    @classmethod
    def initial_of(cls, part: Json) -> Json:
        listed = (f"{one['label']['vi']} | {one['label']['en']}" for one in part.get("choices", ()))
        return super().initial_of(part) | {"choices": "\n".join(listed)}

    def clean(self) -> Json:
        given = super().clean() or self.cleaned_data
        if given.get("kind") == "choice" and not given.get("choices", "").strip():
            self.add_error("choices", _("Name at least one choice."))
        return given

    def part(self, kept: Json) -> Json:
        """Settings that do not go with the kind are left out."""
        made, kind = super().part(kept), self.cleaned_data["kind"]
        for name in () if kind in NUMERIC else ("least", "most", "formula"):
            made.pop(name, None)
        if kind not in ("text", "long_text"):
            made.pop("longest", None)
        made.pop("choices", None)
        if kind == "choice":
            made["choices"] = _choices(self.cleaned_data["choices"], kept.get("choices", ()))
        if kind != "table":
            for name in ("columns", "rows", "most_rows"):
                made.pop(name, None)
        elif "columns" not in made:
            made |= beginning("table")
        return made


def _choices(typed: str, known: Any) -> list[Json]:
    """Lines with a key each; a choice that was there keeps its own, by its name or else its place."""
    keys = {one["label"]["vi"]: one["key"] for one in known}
    found: list[Json] = []
    for line in filter(None, map(str.strip, typed.splitlines())):
        vi, _bar, en = (each.strip() for each in line.partition("|"))
        bare = "_".join("".join(sign if sign.isalnum() else " " for sign in fold(vi)).split())[:30] or "c"
        taken = {one["key"] for one in found}
        key = keys.get(vi, bare)
        free = next(each for each in (key, *(f"{key}_{n}" for n in range(2, 600))) if each not in taken)
        found.append({"key": free, "label": words(vi, en)})
    return found


ABOUT = _("By what name the program knows it when it compiles reports. Leave it as it is where you are not sure.")


class ColumnForm(FieldForm):
    PLAIN = (*FieldForm.PLAIN, "about", "formula")
    about = forms.CharField(label=_("Meaning"), max_length=LONGEST_ABOUT, required=False, help_text=ABOUT)
    formula = forms.CharField(
        label=_("Worked out as"),
        max_length=1000,
        required=False,
        help_text=_("From other columns of the row, such as estimate / plan * 100. Nobody fills it in then."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)
        kind.choices = [(key, label) for key, label in KINDS.items() if key not in TABLES_APART]


class RowForm(PartForm):
    SPOKEN = ("label", "unit")
    PLAIN = ("about",)
    label_vi = _words(_("Name in Vietnamese"))
    label_en = _words(_("Name in English"), required=False)
    unit_vi = _words(_("Unit in Vietnamese"), required=False)
    unit_en = _words(_("Unit in English"), required=False)
    about = forms.CharField(label=_("Meaning"), max_length=LONGEST_ABOUT, required=False, help_text=ABOUT)


class CheckForm(PartForm):
    """A rule; or a jump, which has a figure and a percentage instead."""

    SPOKEN = ("say",)
    PLAIN = ("rule", "at", "table", "warning")
    rule = forms.CharField(
        label=_("Rule"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("What must hold, such as main.h01.actual = main.h02.actual + main.h03.actual."),
    )
    at = forms.CharField(label=_("Shown at"), max_length=130, help_text=_("The key of the field or cell beside which it stands."))  # fmt: skip
    say_vi = _words(_("Sentence in Vietnamese"), widget=AREA, help_text=_("{left} and {right} stand for what both sides come to."))  # fmt: skip
    say_en = _words(_("Sentence in English"), required=False, widget=AREA)
    table = forms.CharField(label=_("In each row of the table"), max_length=40, required=False)
    warning = forms.BooleanField(label=_("Only a warning: it may be handed in so"), required=False)


class JumpForm(PartForm):
    SPOKEN = ()
    PLAIN = ("jump", "percent")
    jump = forms.CharField(label=_("Figure"), max_length=130, help_text=_("The key of a field or cell, such as main.h01.estimate."))  # fmt: skip
    percent = forms.DecimalField(label=_("Differs from the last period by more than, in percent"), min_value=0)

    def part(self, kept: Json) -> Json:
        percent = self.cleaned_data["percent"]
        return super().part(kept) | {"percent": int(percent) if percent == int(percent) else str(percent)}


class ChartForm(PartForm):
    """Bars of some columns for each row of a table, or one cell on a map; `table.row` and `table.column` are what is chosen."""

    PLAIN = ("kind", "after")
    label_vi = _words(_("Name in Vietnamese"))
    label_en = _words(_("Name in English"), required=False)
    kind = forms.ChoiceField(
        label=_("How it is drawn"),
        choices=[("bars", _("bars")), ("map", _("a map of the communes: one row, one column"))],
    )
    rows = forms.MultipleChoiceField(label=_("Rows"), widget=forms.CheckboxSelectMultiple)
    columns = forms.MultipleChoiceField(label=_("Columns"), widget=forms.CheckboxSelectMultiple)
    after = forms.ChoiceField(label=_("Behind which text"), required=False)

    def look(self, schema: Schema) -> None:
        fields = schema.fields.values()
        tables = [field for field in fields if field.kind == "table" and field.rows]
        rows = [(str(one.label), [(f"{one.key}.{row.key}", str(row.label)) for row in one.rows]) for one in tables]
        columns = [
            (str(one.label), [(f"{one.key}.{each.key}", str(each.label)) for each in one.columns if each.numeric])
            for one in tables
        ]
        texts = [(field.key, str(field.label)) for field in fields if field.kind == "long_text"]
        for name, listed in (("rows", rows), ("columns", columns), ("after", [("", _("in an annex")), *texts])):
            chosen = self.fields[name]
            assert isinstance(chosen, forms.ChoiceField)
            chosen.choices = listed

    @classmethod
    def initial_of(cls, part: Json) -> Json:
        chosen = {name: [f"{part['table']}.{key}" for key in part[name]] for name in ("rows", "columns")}
        return super().initial_of(part) | chosen

    def clean(self) -> Json:
        given = super().clean() or self.cleaned_data
        chosen = [*given.get("rows", ()), *given.get("columns", ())]
        if len({each.partition(".")[0] for each in chosen}) > 1:
            self.add_error("columns", _("Choose rows and columns of one table."))
        elif given.get("kind") == "map" and len(chosen) > 2:
            self.add_error("kind", _("A map shows one row and one column."))
        return given

    def part(self, kept: Json) -> Json:
        rows, columns = ([each.split(".") for each in self.cleaned_data[name]] for name in ("rows", "columns"))
        shown = {"rows": [key for _table, key in rows], "columns": [key for _table, key in columns]}
        return super().part(kept) | {"table": rows[0][0], **shown}


class AboutForm(forms.Form):
    title_vi = forms.CharField(label=_("Title in Vietnamese"), max_length=300)
    title_en = forms.CharField(label=_("Title in English"), max_length=300, required=False)
    starts_on = day_field(_("For periods from"))
    ends_on = day_field(_("Last day"), required=False, help_text=_("Leave it empty: until a later version."))
    source = forms.CharField(
        label=_("Document that sets the form"),
        required=False,
        widget=AREA,
        help_text=_("Its kind, symbol and date; empty where it is your own."),
    )


FORMS: dict[str, type[PartForm]] = {
    "section": SectionForm, "field": FieldForm, "row": RowForm, "column": ColumnForm, "check": CheckForm, "jump": JumpForm,
    "chart": ChartForm,
}  # fmt: skip
