"""Words that a person selected in the source, read as if the reader had found them."""

from __future__ import annotations

import re
from typing import Any

from hopluc.documents.models import Item, Version
from hopluc.documents.shaping import BLANK, LISTS
from hopluc.units.models import Body
from vanban import analyse, read
from vanban.contract import as_json
from vanban.errors import DocumentError

Json = dict[str, Any]
LONGEST = 20_000  # characters of a selection
FRAME = "NHIỆM VỤ\n1. "  # words under no heading would give no task
MARKER = re.compile(r"^(?:[-+•*]|\w{1,4}[.)])\s+")  # their own number, which the frame has already
SOURCES = {"task": "tasks", "target": "targets", "duty": "reporting"}


def value_of_words(version: Version, span: tuple[int, int], kind: str) -> Json:
    """The value that these characters of the content give: what the reader finds in them as one item, else just the words."""
    start = min(span[0], len(version.content))
    end = max(start, min(span[1], len(version.content), start + LONGEST))
    words = " ".join(version.content[start:end].split())
    value = dict(BLANK[kind]) | {"span": [start, end]}
    if kind == Item.Kind.TASK:
        value["text"] = words
    elif kind == Item.Kind.TARGET:
        value["indicator"] = words
    try:
        found: dict[str, Any] = as_json(analyse(read((FRAME + MARKER.sub("", words)).encode(), name="words.txt")))
    except DocumentError:  # too many words
        return value
    first: Json = next(iter(found[SOURCES[kind]]), {})
    value |= {name: first[name] for name in value if name in first and name not in ("span", "text", "at", "where")}
    known = set(Body.objects.filter(key__in=found["agencies"]).values_list("key", flat=True))
    return value | {name: [key for key in value[name] if key in known] for name in LISTS[kind]}
