"""The indicators that ship with the program, brought into the database; twice does no harm."""

from __future__ import annotations

import tomllib
from datetime import date
from hashlib import sha256
from importlib.resources import files
from typing import Any

from django.db import transaction
from psycopg.types.range import DateRange

from hopluc.indicators.models import Definition, Indicator
from hopluc.units.models import Dataset

NAME = "indicators"
Json = dict[str, Any]
FIELDS = ("name", "group", "measure")


def table() -> tuple[list[Json], str]:
    """The entries of the file, their sources in words, and the file's fingerprint."""
    data = (files("hopluc.indicators") / "data" / "indicators.toml").read_bytes()
    read = tomllib.loads(data.decode())
    for line in read["indicator"]:
        for one in line["definition"]:
            one["source"] = "; ".join(read["source"][key] for key in one["sources"])
    return read["indicator"], sha256(data).hexdigest()


@transaction.atomic
def indicators_load() -> int:
    """Bring the tables up to the file; gives how many indicators were written. Those of a province stay as they are."""
    lines, fingerprint = table()
    known, _made = Dataset.objects.select_for_update().get_or_create(name=NAME, defaults={"fingerprint": ""})
    if known.fingerprint == fingerprint:
        return 0
    made = {line["code"]: _indicator(line) for line in lines}
    for line in lines:
        one = made[line["code"]]
        one.numerator, one.denominator = (made.get(line.get(part, "")) for part in ("numerator", "denominator"))
        one.additive = one.numerator is None and line.get("additive", True)
        one.save()
        one.definitions.all().delete()
        Definition.objects.bulk_create(_definition(one, each) for each in line["definition"])
    known.fingerprint = fingerprint
    known.save()
    return len(made)


def _indicator(line: Json) -> Indicator:
    about = {name: line[name] for name in FIELDS}
    about |= {"aliases": "\n".join(line.get("aliases", []))}
    about |= {"breakdowns": line.get("breakdowns", []), "direction": line.get("direction", "more")}
    return Indicator.objects.update_or_create(code=line["code"], defaults=about)[0]


def _definition(indicator: Indicator, line: Json) -> Definition:
    start: date | None = line.get("from")
    end: date | None = line.get("to")
    return Definition(
        indicator=indicator,
        validity=DateRange(start, end),
        text=line["text"],
        source=line["source"],
        status=line["status"],
    )
