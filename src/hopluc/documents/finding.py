"""Words that a person selected in the source, read as if the reader had found them."""

from __future__ import annotations

from typing import Any

from hopluc.documents.models import Item, Version
from hopluc.documents.shaping import BLANK, LISTS
from hopluc.units.models import Body
from vanban import analyse, read
from vanban.contract import as_json
from vanban.errors import DocumentError

Json = dict[str, Any]
LONGEST = 20_000  # characters of a selection
SOURCES = {"task": "tasks", "target": "targets", "duty": "reporting"}


def value_of_words(version: Version, span: tuple[int, int], kind: str) -> Json:
    """The value that these characters of the content give: what the reader finds in them alone, else just the words."""
    start, end = max(0, span[0]), min(span[1], len(version.content), span[0] + LONGEST)
    words = version.content[start:end]
    value = dict(BLANK[kind]) | {"span": [start, end]}
    if kind == Item.Kind.TASK:
        value["text"] = " ".join(words.split())
    elif kind == Item.Kind.TARGET:
        value["indicator"] = " ".join(words.split())
    try:
        found: dict[str, Any] = as_json(analyse(read(words.encode(), name="words.txt")))
    except DocumentError:  # a selection of blanks
        return value
    first: Json = next(iter(found[SOURCES[kind]]), {})
    value |= {name: first[name] for name in value if name in first and name not in ("span", "text", "at", "where")}
    known = set(Body.objects.filter(key__in=found["agencies"]).values_list("key", flat=True))
    return value | {name: [key for key in value[name] if key in known] for name in LISTS[kind]}
