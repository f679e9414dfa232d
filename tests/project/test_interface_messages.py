"""Whatever the pages say is said in Vietnamese: each message has its translation, and no translation is left over."""

from __future__ import annotations

from collections import Counter

import polib
import pytest

from scripts.messages import CATALOGUE, entries, of_libraries, places, said

ENTRIES = entries()


@pytest.fixture(scope="module")
def messages():
    return said()


def test_every_message_is_in_the_catalogue(messages):
    assert sorted(messages.keys() - ENTRIES.keys()) == []


def test_a_message_within_an_f_string_is_a_message(messages):
    assert ("", "Last period: %(value)s") in messages


def test_the_catalogue_holds_no_message_that_nobody_says(messages):
    theirs = of_libraries()
    assert sorted(key for key in ENTRIES.keys() - messages.keys() if key[1] not in theirs) == []
    assert polib.pofile(str(CATALOGUE)).obsolete_entries() == []


def test_no_message_stands_there_twice():
    counts = Counter((entry.msgctxt, entry.msgid) for entry in polib.pofile(str(CATALOGUE)))
    assert [key for key, count in counts.items() if count > 1] == []


def test_no_translation_is_empty_or_fuzzy():
    assert [key for key, entry in ENTRIES.items() if not entry.translated() or entry.fuzzy] == []


def test_messages_with_a_plural_have_one_in_the_catalogue(messages):
    assert {key for key, plural in messages.items() if plural} == {
        key for key, entry in ENTRIES.items() if entry.msgid_plural
    }


def test_translations_name_the_same_places():
    assert [entry.msgid for entry in ENTRIES.values() if not _same_places(entry)] == []


def _same_places(entry: polib.POEntry) -> bool:
    named = places(entry.msgid_plural or entry.msgid)
    return all(places(words) == named for words in (entry.msgstr, *entry.msgstr_plural.values()) if words)
