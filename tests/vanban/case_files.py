"""Cases that are data: `cases/<name>.yaml`, one case a line, and how a found value is held against one."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests.cases import named_cases

CASES = Path(__file__).parent / "cases"


def load_cases(name: str) -> list[dict[str, Any]]:
    """The cases of `cases/<name>.yaml`; each has a `name` of its own."""
    cases = named_cases(CASES / f"{name}.yaml")
    torn = [case["name"] for case in cases if any(" " in key for key in case)]
    assert not torn, f"{name}.yaml: a text with a comma wants quotes: {torn}"
    return cases


def assert_matches(found: object, expect: object, at: str = "found") -> None:
    """Hold a value against what a case expects of it.

    `null` expects nothing (None or an empty list); a mapping, the keys that it names, each an attribute of the value;
    a list, as many values in this order; anything else, an equal value.
    """
    match expect:
        case None:
            assert found is None or found == [] or found == (), f"{at}: expected nothing, found {found!r}"
        case dict():
            assert found is not None, f"{at}: found nothing, expected {expect!r}"
            for key, value in expect.items():
                assert_matches(_part(found, key), value, f"{at}.{key}")
        case list():
            assert isinstance(found, Sequence), f"{at}: no list: {found!r}"
            assert len(found) == len(expect), f"{at}: {len(found)} for {len(expect)}: {found!r}"
            for i, (one, value) in enumerate(zip(found, expect, strict=True)):
                assert_matches(one, value, f"{at}[{i}]")
        case _:
            assert found == expect, f"{at}: {found!r}, expected {expect!r}"


def _part(found: object, key: str) -> object:
    """An attribute of a value, or an entry of a mapping."""
    return found.get(key) if isinstance(found, dict) else getattr(found, key)
