"""Bring the translation up to what the code says: new messages come in untranslated, those that nobody says go.

    python scripts/messages.py

Messages of Django and allauth may stand there too, where their own translation is missing or unfit. Fill in what it lists; `tests/project/test_interface_messages.py` finds what is left empty.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import allauth
import django
import polib
from babel.messages.extract import extract
from django.conf import settings

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "hopluc"
CATALOGUE = SOURCE / "locale" / "vi" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")

Key = tuple[str, str]  # context, message


@cache
def said() -> dict[Key, str]:
    """Every message of code and templates, with its plural where it has one."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    return {key: plural for path in _files() for key, plural in _messages(path)}


def _files() -> list[Path]:
    found = [*SOURCE.rglob("*.py"), *SOURCE.rglob("templates/**/*.html"), *SOURCE.rglob("templates/**/*.txt")]
    return sorted(
        path for path in found if not {"migrations", "tests", "command"} & set(path.relative_to(SOURCE).parts)
    )


def _messages(path: Path) -> Iterator[tuple[Key, str]]:
    from django.utils.translation.template import templatize  # noqa: PLC0415  it wants settings

    text = path.read_text(encoding="utf-8")
    code = text if path.suffix == ".py" else re.sub(r"^\s+", "", templatize(text, origin=str(path)), flags=re.M)
    for part in (code, *_embedded(text if path.suffix == ".py" else "")):
        for _line, message, _comments, context in extract("python", io.BytesIO(part.encode()), keywords=KEYWORDS):
            single, plural = (message[0], message[-1]) if isinstance(message, tuple) else (message, "")
            if single:
                yield (context or "", single), plural


def _embedded(code: str) -> Iterator[str]:
    """What stands in the braces of f-strings: the extractor reads past it."""
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.FormattedValue):
            yield ast.unparse(node.value)


def places(text: str) -> set[str]:
    """The named places of a message: `%(name)s`, and `{name}` for scripts."""
    return {m[1] or m[2] for m in PLACE.finditer(text)}


def entries() -> dict[Key, polib.POEntry]:
    return {(entry.msgctxt or "", entry.msgid): entry for entry in polib.pofile(str(CATALOGUE)) if not entry.obsolete}


def of_libraries() -> set[str]:
    """What Django and allauth say themselves, by their own catalogues."""
    folders = [Path(library.__file__).parent for library in (django, allauth)]
    catalogues = [path for folder in folders for path in folder.rglob("locale/de/LC_MESSAGES/django.po")]
    return {entry.msgid for path in catalogues for entry in polib.pofile(str(path))}


def update() -> list[str]:
    """Write the catalogue anew, in the order of the code; gives the messages that wait for a translation."""
    catalogue, known = polib.pofile(str(CATALOGUE), wrapwidth=0), entries()
    theirs = of_libraries()
    kept = [entry for key, entry in known.items() if key not in said() and entry.msgid in theirs]
    catalogue.clear()
    for (context, single), plural in said().items():
        entry = known.get((context, single)) or polib.POEntry(msgid=single, msgctxt=context or None)
        if plural:
            entry.msgid_plural = plural
            entry.msgstr_plural = {0: entry.msgstr_plural.get(0, "") or entry.msgstr}
            entry.msgstr = ""
        catalogue.append(entry)
    catalogue.extend(kept)
    catalogue.save()
    return [entry.msgid for entry in catalogue if not entry.translated()]


if __name__ == "__main__":
    for message in update():
        print("no translation yet:", message)
