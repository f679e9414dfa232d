"""Sentences with figures in braces read as people would write them, and the gate finds nothing in them."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from importlib.resources import files

import pytest

from hopluc.reports.compiling.claims import Reader
from hopluc.reports.compiling.gate import Told, clashes
from hopluc.reports.compiling.sentences import resolved
from hopluc.reports.tests.making import YEAR, sound, traits

SOUND = sound()
OFFERED = tomllib.loads((files("hopluc.reports") / "data" / "sentences.toml").read_text(encoding="utf-8"))["sentence"]
YEARLY = [each["text"] for each in OFFERED if each["form"] == "bc-ktth-nam"]


def test_figures_are_written_as_people_write_them():
    found = resolved("Có {H01} hợp tác xã, {H01+} so với năm trước; kế hoạch {H01:plan@+1}.", SOUND.figures)
    assert re.fullmatch(r"Có \d+ hợp tác xã, tăng \d+ so với năm trước; kế hoạch \d+\.", found.text)
    assert found.paths == ("main.h01.estimate", "main.h01.actual", "main.h01.next")
    assert found.unknown == ()


def test_a_blank_that_no_figure_fills_stays_and_is_named():
    found = resolved("Có {H99} và {những gì}.", SOUND.figures)
    assert (found.text, found.unknown) == ("Có {H99} và {những gì}.", ("{H99}", "{những gì}"))


@pytest.mark.parametrize("text", YEARLY)
def test_what_is_offered_is_understood_and_agrees_with_the_tables(text):
    found = resolved(text, SOUND.figures)
    assert found.unknown == ()
    assert Reader(traits().values(), YEAR).claims(found.text)
    assert clashes(replace(SOUND, texts=[Told("development", "Phần", found.text)])) == []
