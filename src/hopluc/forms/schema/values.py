"""What a field holds: read from what people type or a spreadsheet gives, kept as plain JSON, shown again.

whole, money → int (money in đồng); decimal, percent → canonical text ("12.5"); date → "2026-11-21"; choice → its key;
yes_no → bool; text → text in NFC; file → {"id": …, "name": …}. Nothing is None, and never stands in the values.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hopluc.core.folding import fold
from hopluc.forms.schema.definition import Field

Json = Any
DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: 00:00)?")
ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
VIETNAMESE = re.compile(r"-?(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?")  # 1.234.567,5
MACHINE = re.compile(r"-?\d+(?:\.\d+)?")  # 1234567.5
UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff\ud800-\udfff]")
WIDEST = 24  # digits of a number: more is a slip
YES = {"co", "yes", "x", "true", "1", "dung"}
NO = {"khong", "no", "false", "0", "sai"}
LIMITS = {"text": 500, "long_text": 20_000}


class Unfit(ValueError):
    """What was typed is no value of the field: a sentence that says what to write."""


def read(field: Field, typed: str, *, machine: bool = False) -> Json:
    """The value of what somebody typed; None for nothing. `machine`: numbers have a point (a spreadsheet's own). Raises Unfit.

    >>> from hopluc.forms.schema.definition import Field
    >>> [read(Field("a", kind), typed) for kind, typed in (("money", "1.250.000"), ("percent", "12,50 %"), ("date", "1/3/2026"))]
    [1250000, '12.5', '2026-03-01']
    """
    text = tidy(typed, lines=field.kind == "long_text")
    if not text:
        return None
    if field.kind in ("text", "long_text"):
        return _text(field, text)
    if field.kind in ("whole", "money", "decimal", "percent"):
        return _number(field, text, machine=machine)
    if field.kind == "date":
        return _day(text)
    if field.kind == "choice":
        return _choice(field, text)
    if field.kind == "yes_no":
        return _yes_no(text)
    raise Unfit(_("This cannot be typed here."))


def tidy(text: str, *, lines: bool = False) -> str:
    """NFC, nothing unseen, single spaces; `lines` keeps line ends.

    >>> tidy("  Sở\\x00  Tài chính "), tidy("a \\r\\n\\n b", lines=True)
    ('Sở Tài chính', 'a\\n\\nb')
    """
    bare = UNSEEN.sub("", unicodedata.normalize("NFC", text))
    if lines:
        return "\n".join(" ".join(line.split()) for line in re.split(r"\r\n|\r|\n", bare)).strip()
    return " ".join(bare.split())


def _text(field: Field, text: str) -> str:
    limit = field.longest or LIMITS[field.kind]
    if len(text) > limit:
        raise Unfit(_("The text has %(size)s characters; at most %(limit)s fit.") % {"size": len(text), "limit": limit})
    return text


NUMBERS = {
    "whole": gettext_lazy("“%(text)s” is no whole number. Write it as 1.234."),
    "money": gettext_lazy("“%(text)s” is no amount in đồng. Write it whole, as 1.250.000."),
    "decimal": gettext_lazy("“%(text)s” is no number. Write it as 1.234,5."),
    "percent": gettext_lazy("“%(text)s” is no percentage. Write it as 12,5."),
}


def _number(field: Field, text: str, *, machine: bool) -> int | str:
    bare = (
        re.sub(r"\s|%$|đồng$|đ$", "", text.replace("−", "-"))
        if field.kind in ("percent", "money")
        else text.replace(" ", "")
    )
    number = _decimal(bare, machine=machine)
    if number is None or len(number.as_tuple().digits) > WIDEST:
        raise Unfit(str(NUMBERS[field.kind]) % {"text": text[:40]})
    if field.kind in ("whole", "money"):
        if number != number.to_integral_value():
            raise Unfit(str(NUMBERS[field.kind]) % {"text": text[:40]})
        kept: int | str = int(number)
    else:
        kept = plain(number)
    _within(field, number)
    return kept


def _decimal(text: str, *, machine: bool) -> Decimal | None:
    if machine and re.fullmatch(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d{1,3})?", text):
        return Decimal(text)
    if VIETNAMESE.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    try:
        return Decimal(text) if MACHINE.fullmatch(text) else None
    except InvalidOperation:
        return None


def plain(number: Decimal) -> str:
    """The shortest way to write a number.

    >>> plain(Decimal("12.50")), plain(Decimal("-0")), plain(Decimal("1E3"))
    ('12.5', '0', '1000')
    """
    text = f"{number:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def _within(field: Field, number: Decimal) -> None:
    if field.least is not None and number < field.least:
        raise Unfit(_("This must be at least %(least)s.") % {"least": number_format(field.least, use_l10n=True)})
    if field.most is not None and number > field.most:
        raise Unfit(_("This must be at most %(most)s.") % {"most": number_format(field.most, use_l10n=True)})


def _day(text: str) -> str:
    if m := DAY.fullmatch(text):
        year, month, day = int(m[3]), int(m[2]), int(m[1])
    elif m := ISO.fullmatch(text):
        year, month, day = int(m[1]), int(m[2]), int(m[3])
    else:
        raise Unfit(_("“%(text)s” is no day. Write it as day/month/year, such as 01/03/2025.") % {"text": text[:40]})
    try:
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise Unfit(
            _("“%(text)s” is no day. Write it as day/month/year, such as 01/03/2025.") % {"text": text[:40]}
        ) from error


def _choice(field: Field, text: str) -> str:
    wanted = fold(text)
    for choice in field.choices:
        if text == choice.key or wanted in (fold(choice.label.vi), fold(choice.label.en)):
            return choice.key
    listed = "; ".join(str(choice.label) for choice in field.choices[:12])
    raise Unfit(_("“%(text)s” is none of the choices: %(choices)s.") % {"text": text[:40], "choices": listed})


def _yes_no(text: str) -> bool:
    word = fold(text)
    if word in YES or word in NO:
        return word in YES
    raise Unfit(_("“%(text)s” is neither yes nor no.") % {"text": text[:40]})


def show(field: Field, value: Json) -> str:
    """The value as people read it, and as they could type it again."""
    if value is None:
        return ""
    if field.kind in ("whole", "money"):
        return f"{value:,}".replace(",", ".")
    if field.kind in ("decimal", "percent"):
        whole, _point, rest = str(value).partition(".")
        sign, digits = ("-", whole[1:]) if whole.startswith("-") else ("", whole)
        return sign + f"{int(digits):,}".replace(",", ".") + (f",{rest}" if rest else "")
    if field.kind == "date":
        return f"{value[8:10]}/{value[5:7]}/{value[:4]}"
    if field.kind == "choice":
        return next((str(choice.label) for choice in field.choices if choice.key == value), str(value))
    if field.kind == "yes_no":
        return _("Yes") if value else _("No")
    if field.kind == "file":
        return str(value.get("name", ""))
    return str(value)


def as_value(field: Field, value: Json) -> Decimal | str | bool | date | None:
    """The value as expressions count with it."""
    if value is None or isinstance(value, bool):
        return value
    if field.kind in ("whole", "money", "decimal", "percent"):
        return Decimal(value)
    if field.kind == "date":
        return date.fromisoformat(value)
    return str(value["name"]) if field.kind == "file" else str(value)
