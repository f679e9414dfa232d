"""A definition being changed: parts of it by their place (`sections.0.fields.2.rows.1`), added, changed, moved, taken away. Pure.

Every function gives a new definition and leaves the one before it alone. Whether the new one holds together, `read_schema` says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from copy import deepcopy
from typing import Any

from django.utils.translation import gettext as _

from hopluc.core.folding import fold
from hopluc.forms.schema.reading import RESERVED, Flaw

Json = dict[str, Any]
PLACE = re.compile(
    r"(?:sections\.\d{1,3}(?:\.fields\.\d{1,3}(?:\.(?:rows|columns)\.\d{1,3})?)?|checks\.\d{1,3}|charts\.\d{1,3})"
)
LIST = re.compile(
    r"(?:sections|checks|charts|sections\.\d{1,3}\.fields|sections\.\d{1,3}\.fields\.\d{1,3}\.(?:rows|columns))"
)
KINDS = {
    "sections": "section",
    "fields": "field",
    "rows": "row",
    "columns": "column",
    "checks": "check",
    "charts": "chart",
}
LONGEST_KEY = 30


class NoSuchPart(LookupError):
    """The definition has no such place."""


def kind_of(place: str) -> str:
    """Of a part or of a list: `section`, `field`, `row`, `column`, `check`, `chart`."""
    names = [each for each in place.split(".") if not each.isdecimal()]
    return KINDS[names[-1]]


def part_of(schema: Json, place: str) -> Json:
    """Raises NoSuchPart."""
    holder, at = _holder(schema, place)
    found: Json = holder[at]
    return found


def part_changed(schema: Json, place: str, part: Json) -> Json:
    """Another part in its place. Raises NoSuchPart."""
    made = deepcopy(schema)
    holder, at = _holder(made, place)
    holder[at] = part
    return made


def part_added(schema: Json, listed: str, part: Json) -> tuple[Json, str]:
    """A part more at the end of a list, with its place. Raises NoSuchPart."""
    made = deepcopy(schema)
    parts = _list(made, listed)
    parts.append(part)
    return made, f"{listed}.{len(parts) - 1}"


def part_removed(schema: Json, place: str) -> Json:
    """With what charts show of it. Raises NoSuchPart."""
    made = deepcopy(schema)
    holder, at = _holder(made, place)
    del holder[at]
    if "charts" in made:
        fields = {each["key"]: each for section in made["sections"] for each in section["fields"]}
        made["charts"] = [kept for each in made["charts"] if (kept := _still_there(each, fields))]
    return made


def _still_there(chart: Json, fields: Mapping[str, Json]) -> Json | None:
    """A chart of what the form still asks; None where nothing of it is left."""
    table = fields.get(chart["table"], {})
    left = {name: [key for key in chart[name] if key in _keyed(table.get(name, []))] for name in ("rows", "columns")}
    after = chart.get("after", "")
    return {**chart, **left, "after": after if after in fields else ""} if all(left.values()) else None


def _keyed(parts: list[Json]) -> set[str]:
    return {each["key"] for each in parts}


def part_moved(schema: Json, place: str, by: int) -> Json:
    """Before the one above it (-1) or after the one below it (1); at the end of its list it stays. Raises NoSuchPart."""
    made = deepcopy(schema)
    holder, at = _holder(made, place)
    if 0 <= at + by < len(holder):
        holder[at], holder[at + by] = holder[at + by], holder[at]
    return made


def _holder(schema: Json, place: str) -> tuple[list[Json], int]:
    if not PLACE.fullmatch(place):
        raise NoSuchPart(place)
    above, _dot, last = place.rpartition(".")
    holder, at = _list(schema, above), int(last)
    if at >= len(holder):
        raise NoSuchPart(place)
    return holder, at


def _list(schema: Json, place: str) -> list[Json]:
    if not LIST.fullmatch(place):
        raise NoSuchPart(place)
    at: Any = schema
    *way, last = place.split(".")
    for step in way:
        try:
            at = at[int(step)] if step.isdecimal() else at[step]
        except (KeyError, IndexError) as error:
            raise NoSuchPart(place) from error
    if last not in at and (last in ("columns", "rows") and at.get("kind") != "table"):
        raise NoSuchPart(place)
    found: list[Json] = at.setdefault(last, [])
    return found


def key_for(label: str, schema: Json, listed: str) -> str:
    """A key of small letters after a label, that nothing beside it bears; of fields, nothing in the whole form.

    >>> key_for("Số thành viên", {"sections": []}, "sections")
    'so_thanh_vien'
    """
    bare = re.sub(r"[^a-z0-9]+", "_", fold(label)).strip("_")[:LONGEST_KEY].strip("_")
    base = bare if re.match("[a-z]", bare) and bare not in RESERVED else f"o_{bare}".rstrip("_")
    taken = set(_keys(schema, listed))
    turns = (base if turn == 1 else f"{base}_{turn}" for turn in range(1, len(taken) + 2))
    return next(key for key in turns if key not in taken)


def _keys(schema: Json, listed: str) -> Iterator[str]:
    if kind_of(listed) == "field":
        yield from (each["key"] for section in schema["sections"] for each in section["fields"])
    else:
        yield from (each["key"] for each in _list(deepcopy(schema), listed))


def words(vi: str, en: str) -> Json:
    """Both languages; what is not said in English stands in Vietnamese."""
    return {"vi": vi.strip(), "en": en.strip() or vi.strip()}


def beginning(kind: str) -> Json:
    """What a new section or table holds at first: neither may be empty."""
    first = {"key": "content", "kind": "long_text", "label": {"vi": "Nội dung", "en": "Content"}}
    return {"fields": [first]} if kind == "section" else {"columns": [{**first, "kind": "text"}]}


def flaw_at(flaw: Flaw, place: str) -> str | None:
    """The setting of a part that a flaw is about: `rule`; nothing where it is elsewhere.

    >>> flaw_at(Flaw("checks[1].rule", "…"), "checks.1"), flaw_at(Flaw("checks[11].rule", "…"), "checks.1")
    ('rule', None)
    """
    where = re.sub(r"\[(\d+)\]", r".\1", flaw.where)
    if where != place and not where.startswith(f"{place}."):
        return None
    return where.removeprefix(place).lstrip(".").partition(".")[0]


def flaw_words(flaw: Flaw, schema: Json) -> str:
    """A flaw elsewhere, with the name of the place: `Kiểm tra 4 (total = men): …`."""
    where = re.sub(r"\[(\d+)\]", r".\1", flaw.where)
    if where.startswith("checks."):
        number = int(where.split(".")[1])
        check = schema["checks"][number]
        said = {"number": number + 1, "rule": check.get("rule") or check.get("jump"), "what": flaw.what}
        return _("Check %(number)s (%(rule)s): %(what)s. Change or take away that check first.") % said
    return _("%(where)s: %(what)s.") % {"where": _named(schema, where), "what": flaw.what}


def _named(schema: Mapping[str, Any], where: str) -> str:
    """The label of the innermost thing of a place."""
    at: Any = schema
    name = where
    for step in where.split("."):
        if step.isdecimal() and int(step) < len(at):
            at = at[int(step)]
        elif isinstance(at, dict) and step in at:
            at = at[step]
        else:
            break
        if isinstance(at, dict) and "label" in at:
            name = at["label"]["vi"]
    return name
