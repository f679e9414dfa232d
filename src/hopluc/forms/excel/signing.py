"""The signature under the identity of an Excel form: HMAC-SHA-256 with a key of this installation and this use alone."""

from __future__ import annotations

import json
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

Json = Any
SALT = "hopluc.forms.excel"
SHORT = 12  # characters of the number that people see


def pack(identity: Json) -> tuple[str, str]:
    """The identity as text, and its signature."""
    text = json.dumps(identity, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text, sign(text)


def sign(text: str) -> str:
    return salted_hmac(SALT, text, algorithm="sha256").hexdigest()


def unpack(text: str, signature: str) -> Json | None:
    """The identity, or None where the signature is not ours."""
    return json.loads(text) if constant_time_compare(sign(text), signature) else None


def number(signature: str) -> str:
    """How people call a form on the telephone.

    >>> number("0123456789abcdef")
    '0123-4567-89AB'
    """
    short = signature[:SHORT].upper()
    return "-".join(short[at : at + 4] for at in range(0, SHORT, 4))
