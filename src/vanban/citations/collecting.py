"""Citations of a whole document → the documents that it cites, each once, in order of first mention."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from vanban.citations.laws import laws
from vanban.citations.named import SESSION, named, resolutions
from vanban.citations.symbols import Cited, by_symbol, organ
from vanban.lexicon import fold
from vanban.names import full_name
from vanban.values import Passage, Reference, Relation

LAWS = ("Luật", "Bộ luật", "Pháp lệnh")
CHANGES = re.compile(
    r"^(?:về )?(?:việc )?(?:(?P<repeals>bãi bỏ|thay thế)|sửa đổi|bổ sung|đính chính|gia hạn)(?!\w)", re.I
)
SYMBOL_YEAR = re.compile(r"/((?:19|20)\d\d)/")
YEAR = re.compile(r"\s(?:19|20)\d\d$")


def collect(read: Iterable[tuple[Passage, list[Cited]]], title: str, own: str | None) -> tuple[Reference, ...]:
    """Each cited document once, in order of first mention, with all that any mention says of it."""
    found: dict[str, Reference] = {}
    for passage, citations in read:
        for one in citations:
            reference = replace(one.reference, span=passage.span(*one.reference.span))
            key = _identity(reference, found)
            if key and key != own:
                found[key] = _merged(found[key], reference) if key in found else reference
    in_title = [*by_symbol(title), *laws(title), *named(title), *resolutions(title)]
    keys = [_identity(c.reference, found) for c in sorted(in_title, key=lambda c: c.extent)]
    done = {key: _relation(key, reference, keys, title) for key, reference in found.items()}
    return tuple(r if r.relation == done[key] else replace(r, relation=done[key]) for key, r in found.items())


def _identity(reference: Reference, found: dict[str, Reference]) -> str:
    """What tells a document from others: its symbol, its session, its name; the key of the same one in `found`."""
    if m := SESSION.search(reference.title or ""):
        return f"NQTW {m['no']} {m['term'].upper()}"
    if reference.type in LAWS and reference.title:
        for key, known in found.items():
            if known.type in LAWS and known.title and _same_law(reference, known):
                return key
    return reference.symbol or fold(reference.title or "")


def _same_law(one: Reference, other: Reference) -> bool:
    """`Luật Đất đai`, `Luật Đất đai năm 2024` and `Luật Đất đai số 31/2024/QH15` are one law; of two years they are two."""
    if one.symbol and other.symbol:
        return one.symbol == other.symbol
    (name, year), (other_name, other_year) = _law(one), _law(other)
    return name == other_name and (not year or not other_year or year == other_year)


def _law(reference: Reference) -> tuple[str, str | None]:
    """Name without its year, abbreviations spelled out; and the year that the name, the day or the symbol says."""
    name = fold(full_name(reference.title or "")).replace(" năm ", " ")
    stated = YEAR.search(name)
    of_symbol = SYMBOL_YEAR.search(reference.symbol or "")
    year = stated[0].strip() if stated else of_symbol[1] if of_symbol else None
    return YEAR.sub("", name), year or (str(reference.date.year) if reference.date else None)


def _merged(first: Reference, again: Reference) -> Reference:
    """Fill what the first mention leaves out; words in capitals give way to the same in ordinary case."""

    def better(a: str | None, b: str | None) -> str | None:
        return b if b and (not a or (a.isupper() and not b.isupper())) else a

    guessed = first.symbol is not None and first.issuer == organ(first.symbol)
    title = max((first.title or "", again.title or ""), key=len) or None
    kind = first.type if len(first.type or "") >= len(again.type or "") else again.type
    return replace(
        first,
        symbol=first.symbol or again.symbol,
        type=kind,
        title=better(title, again.title),
        date=first.date or again.date,
        issuer=again.issuer or first.issuer if guessed else better(first.issuer, again.issuer),
        relation=first.relation if first.relation != "mentions" else again.relation,
        provisions=tuple(dict.fromkeys((*first.provisions, *again.provisions))),
        sure=max(first.sure, again.sure),
    )


def _relation(key: str, reference: Reference, named: list[str], title: str) -> Relation:
    """What the title carries out, continues, amends or repeals; of any other, what the text does with it."""
    if key not in named:
        return reference.relation
    if done := CHANGES.search(title):
        return "repeals" if done["repeals"] else "amends"
    return "implements" if reference.symbol or len(named) == 1 else "continues"
