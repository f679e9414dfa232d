"""The files `data/kinds.toml` and `data/groups.toml`, read into values; the files say what their entries mean."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from hopluc.units.kind_values import Catalogue, Dated, Field, Group, Kind, Origin, Period, Rule, Succession
from vanban.names import listed

Table = Mapping[str, Any]


def table(name: str) -> dict[str, Any]:
    """One of the files, as TOML gives it."""
    return tomllib.loads(files("hopluc.units").joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def catalogue_of(kinds: Table, groups: Table) -> Catalogue:
    """Raises KeyError where an entry lacks what it cannot do without."""
    fields = {one["key"]: _field(one, kinds["sources"]) for one in kinds.get("field", ())}
    found = tuple(_kinds(kinds))
    successions = tuple(_succession(one, fields, kinds["sources"]) for one in kinds.get("succession", ()))
    return Catalogue(
        kinds=found,
        fields=tuple(fields.values()),
        successions=successions,
        groups=tuple(_group(one, found, groups["sources"]) for one in groups.get("group", ())),
    )


def _kinds(kinds: Table) -> Iterator[Kind]:
    for one in kinds["set"]:
        shared = {key: value for key, value in one.items() if key not in ("name", "kinds")}
        for own in one["kinds"]:
            yield _kind({**shared, **own}, one["name"], kinds["sources"])


def _kind(entry: Table, family: str, sources: Table) -> Kind:
    bodies = tuple(entry.get("bodies", (entry["key"],)))
    known, also = next((_listed()[body] for body in bodies if body in _listed()), ("", ()))
    bare = known.removesuffix(" tỉnh")
    default = bare if entry["level"] == "central" else f"{bare} {{unit}}"
    return Kind(
        key=entry["key"],
        level=entry["level"],
        family=family,
        title=entry.get("title", bare),
        name=entry.get("name", default),
        periods=tuple(_period(one) for one in entry.get("periods", (entry,))),
        parents=_parents(entry),
        bodies=bodies,
        origin=_origin(entry, sources),
        short=_short((bare, *also), entry.get("names", {})),
        names=entry.get("names", {}),
        units=tuple(entry.get("units", ())),
        without=tuple(entry.get("without", ())),
        optional=entry.get("optional", False),
        only=tuple(entry.get("only", ())),
        when_needed=entry.get("when_needed", False),
        note=entry.get("note", ""),
    )


def _short(known: tuple[str, ...], names: Mapping[str, str]) -> tuple[str, ...]:
    """What any unit may call it: without the names that one unit alone gives it."""
    usual = (one.removesuffix(" tỉnh") for one in known if one)
    return tuple(dict.fromkeys(one for one in usual if not any(own.startswith(one) for own in names.values())))


def _parents(entry: Table) -> tuple[Dated, ...]:
    if "parents" in entry:
        return tuple(Dated(one["key"], _period(one)) for one in entry["parents"])
    return (Dated(entry["parent"], Period()),) if entry.get("parent", entry["key"]) != entry["key"] else ()


def _field(entry: Table, sources: Table) -> Field:
    words, topics = tuple(entry["words"]), tuple(entry["topics"])
    return Field(entry["key"], entry["name"], words, topics, _origin(entry, sources))


def _succession(entry: Table, fields: Mapping[str, Field], sources: Table) -> Succession:
    return Succession(
        before=entry["from"],
        after=entry.get("to"),
        on=entry["on"],
        origin=_origin(entry, sources),
        field=fields[entry["field"]] if "field" in entry else None,
        rest=entry.get("rest", False),
        fallback=entry.get("fallback", False),
        candidates=tuple(entry.get("candidates", ())),
        note=entry.get("note", ""),
    )


def _group(entry: Table, kinds: tuple[Kind, ...], sources: Table) -> Group:
    rules = tuple(_rule(one, kinds) for one in entry["rule"])
    return Group(entry["key"], rules, _origin(entry, sources), entry.get("note", ""))


def _rule(entry: Table, kinds: tuple[Kind, ...]) -> Rule:
    of_sets = (kind.key for name in entry.get("sets", ()) for kind in kinds if kind.family == name)
    return Rule(
        period=_period(entry),
        kinds=tuple(dict.fromkeys((*entry.get("kinds", ()), *of_sets))),
        groups=tuple(entry.get("groups", ())),
        scope=entry.get("scope", "province"),
        chosen=entry.get("chosen", False),
    )


def _period(entry: Table) -> Period:
    start, end = entry.get("from"), entry.get("to")
    return Period(start if isinstance(start, date) else None, end if isinstance(end, date) else None)


def _origin(entry: Table, sources: Table) -> Origin:
    return Origin(sources.get(entry.get("source", ""), ""), entry.get("recalled", False))


@cache
def _listed() -> dict[str, tuple[str, tuple[str, ...]]]:
    return {key: (name, aliases) for key, name, aliases in listed()}
