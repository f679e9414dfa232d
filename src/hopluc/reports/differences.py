"""What differs: between two editions, between what a signer saw and what is there now, between what was signed and what is below now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _

from hopluc.forms.schema.reading import read_schema
from hopluc.reports.compiled import HANDED_IN, filings_of
from hopluc.reports.compiling.shape import Shape
from hopluc.reports.compiling.showing import shown
from hopluc.reports.models import Campaign
from hopluc.reports.snapshots import digest, digests

Json = Any
SHORT = 8  # hexadecimal digits that tell two values apart
LETTER, EXPLAINED = "letter", "explained"


@dataclass(frozen=True, slots=True)
class Difference:
    """A place, what it said and what it says; empty: nothing."""

    label: str
    before: str
    after: str


def differences(before: Json, after: Json) -> list[Difference]:
    """Between two editions: figures by their cells, texts by their parts, what stands around them."""
    return [*_figures(before, after), *_texts(before, after), *_letters(before, after)]


def _figures(before: Json, after: Json) -> Iterator[Difference]:
    slots = {**_shape(before).slots, **_shape(after).slots}
    for path, slot in slots.items():
        told = [data["figures"].get(path) for data in (before, after)]
        if told[0] != told[1]:
            texts = ["" if each is None else shown(slot, Fraction(str(each))) for each in told]
            yield Difference(slot.name, *texts)


def _texts(before: Json, after: Json) -> Iterator[Difference]:
    for key, field in _shape(after).texts.items():
        texts = [_text(data, key) for data in (before, after)]
        if texts[0] != texts[1]:
            yield Difference(str(field.label), *texts)


def _text(data: Json, part: str) -> str:
    return "\n".join(each["said"] for each in data["passages"] if each["part"] == part)


def _letters(before: Json, after: Json) -> Iterator[Difference]:
    names = {
        "number": _("number"), "day": _("day"), "title": _("title"), "signer": _("signer"), "urgency": _("urgency"),
    }  # fmt: skip
    for name, label in names.items():
        texts = [data["letter"].get(name, "") for data in (before, after)]
        if texts[0] != texts[1]:
            yield Difference(label, *texts)


def _shape(data: Json) -> Shape:
    return Shape(read_schema(data["schema"]), data["year"])


def marks(data: Json) -> dict[str, str]:
    """A short mark of each place of a report, by which its reader learns later what changed."""
    found = {f"figure:{path}": value for path, value in data["figures"].items()}
    found |= {f"part:{key}": _text(data, key) for key in {each["part"] for each in data["passages"]}}
    found |= {f"filing:{each['id']}": each["sha256"] for each in data["filings"]}
    found |= {LETTER: data["letter"], EXPLAINED: data["explained"]}
    return {key: digest(value)[:SHORT] for key, value in found.items()}


def changed_places(seen: Mapping[str, str], data: Json) -> list[str]:
    """The names of all places that differ from what was seen."""
    now = marks(data)
    places = [key for key in {**seen, **now} if seen.get(key) != now.get(key)]
    return list(dict.fromkeys(_place(key, data) for key in sorted(places)))


def _place(key: str, data: Json) -> str:
    kind, _colon, which = key.partition(":")
    shape = _shape(data)
    if kind == "figure" and which in shape.slots:
        return shape.slots[which].name
    if kind == "part" and which in shape.texts:
        return str(shape.texts[which].label)
    if kind == "filing":
        return next((each["name"] for each in data["filings"] if str(each["id"]) == which), _("a report below"))
    return {LETTER: _("what stands around the text"), EXPLAINED: _("what was explained")}.get(kind, _("the report"))


@dataclass(frozen=True, slots=True)
class Later:
    """A filing that is not what it was when the report was signed, and the parts of the report that this touches."""

    filing: int
    name: str
    parts: tuple[str, ...]


def changed_below(data: Json, campaign: Campaign) -> list[Later]:
    """What was handed in or changed since."""
    known = {each["id"]: each for each in data["filings"]}
    labels = {key: str(field.label) for key, field in _shape(data).schema.fields.items()}
    found = []
    for filing in filings_of(campaign).filter(state__in=HANDED_IN):
        then = known.get(filing.pk)
        if then and (then["revision"] == filing.revision and digest(filing.values) == then["sha256"]):
            continue
        before, now = then["parts"] if then else {}, digests(filing.values)
        touched = [key for key in labels if before.get(key) != now.get(key)]
        if touched:
            found.append(Later(filing.pk, filing.agency.name, tuple(labels[key] for key in touched)))
    return found
