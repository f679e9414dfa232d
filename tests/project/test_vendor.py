"""Files of others: what lies there is what was fetched, whole and named; pages use only icons that are in the sprite."""

from __future__ import annotations

import hashlib
import re
import tomllib
from pathlib import Path

import pytest

from scripts import styles

ROOT = Path(__file__).parents[2]
STATIC = ROOT / "src/hopluc/core/static"
FOLDERS = [STATIC / "vendor", ROOT / "tests/vendor", ROOT / "src/vanban/reading/scans/model"]
CLASSES_IN_USE = re.compile(r'\bclass\\?"?[=:] ?\\?"((?:\{%.*?%\}|[^"])*)"')
NAMED = re.compile(r"(--[\w-]+):")
ICON_IN_USE = re.compile(r'\{% icon "([\w-]+)"|\bicon="([\w-]+)"')


def manifest(folder: Path) -> list[dict]:
    return tomllib.loads((folder / "MANIFEST.toml").read_text(encoding="utf-8"))["package"]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_as_the_manifest_says(folder):
    listed = {name: digest for package in manifest(folder) for name, digest in package["sha256"].items()}
    there = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "MANIFEST.toml"
    }
    assert there == listed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_package_comes_with_its_licence(folder):
    for package in manifest(folder):
        assert package["version"]
        assert package["licence"]
        assert any(name.startswith("licences/") for name in package["sha256"]), package["name"]


def test_served_text_names_no_file_that_is_missing():
    for path in [*STATIC.rglob("*.css"), *STATIC.rglob("*.js")]:
        text = path.read_text(encoding="utf-8")
        assert "sourceMappingURL" not in text, path
        for name in re.findall(r'url\("?(?!data:|#)([^)"]+)"?\)', text):
            assert (path.parent / name).exists(), f"{path}: {name}"


def test_templates_use_icons_that_exist():
    symbols = set(re.findall(r'<symbol id="([\w-]+)"', (STATIC / "vendor/icons.svg").read_text(encoding="utf-8")))
    sources = [*(ROOT / "src/hopluc").rglob("*.html"), *(ROOT / "src/hopluc").rglob("*.py")]
    used = {
        next(filter(None, names)) for path in sources for names in ICON_IN_USE.findall(path.read_text(encoding="utf-8"))
    }
    assert used
    assert used - symbols == set()


def test_pages_get_the_styles_that_they_use():
    whole = styles.WHOLE.read_text(encoding="utf-8")
    assert styles.SERVED.read_text(encoding="utf-8") == styles.trimmed(whole), "run python -m scripts.styles"
    in_use = {
        name
        for path in [*(ROOT / "src/hopluc").rglob("*.html"), *(ROOT / "src/hopluc").rglob("*.py")]
        if "tests" not in path.parts
        for names in CLASSES_IN_USE.findall(path.read_text(encoding="utf-8"))
        for name in re.findall(r"[\w-]+", re.sub(r"\{%.*?%\}|\{\{.*?\}\}", " ", names))
    }
    assert in_use & styles.names(whole) - styles.CLASSES == set(), "name them in scripts/styles.py and run it"


def test_colours_and_measures_for_the_whole_page_came_with_the_styles():
    whole, served = (path.read_text(encoding="utf-8") for path in (styles.WHOLE, styles.SERVED))
    of_pages = {name for body in re.findall(r":root[^{}]*\{([^{}]*)\}", whole) for name in NAMED.findall(body)}
    assert len(of_pages) > 300
    assert of_pages - set(NAMED.findall(served)) == set()
