"""What the project promises as a whole: commands that it names exist, locks are whole, data has sources, errors have pages."""

from __future__ import annotations

import re
import subprocess
import tomllib
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = sorted((ROOT / "src").rglob("data/*.toml"))
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
REGISTRY = re.compile(rb"\b(?:pypi|pythonhosted|npmjs|debian)\.(?:org|com|net|io)\b")

LOCKED = {
    "base.txt": PROJECT["project"]["dependencies"],
    "dev.txt": PROJECT["project"]["dependencies"] + PROJECT["dependency-groups"]["dev"],
    "setup.txt": PROJECT["dependency-groups"]["setup"],
}


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def files() -> list[Path]:
    """Everything that is kept under version control, or would be."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("not a git work tree")
    return [path for name in listed.stdout.split("\0") if name and (path := ROOT / name).is_file()]


def code_in(page: str) -> str:
    """What a Markdown page shows as code: fenced, indented and inline."""
    return "\n".join(re.findall(r"^```.*?^```|^(?: {4}|\t).*$|`[^`\n]+`", page, re.M | re.S))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M))


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_make_targets_that_a_page_names_exist(page):
    assert set(re.findall(r"\bmake ([a-z]+)\b", code_in(page.read_text(encoding="utf-8")))) <= targets()


def test_make_lists_its_targets():
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert set(re.findall(r"^make ([a-z]+) ", shown, re.M)) == targets()


def test_no_file_holds_the_address_of_a_package_registry():
    assert [named(path) for path in files() if REGISTRY.search(path.read_bytes())] == []


@pytest.mark.parametrize("lock", LOCKED)
def test_lock_holds_every_dependency_with_hashes(lock):
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements" / lock).read_text(encoding="utf-8"))[1:]
    pinned = {entry.partition("==")[0] for entry in entries}
    assert {re.match(r"[\w-]+", name)[0].lower() for name in LOCKED[lock]} <= pinned
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", DATA, ids=named)
def test_data_loads_and_names_its_source(path):
    text = path.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    assert re.search(r"\bsource\b", text, re.I)


def test_every_code_has_its_section_in_the_errors_page():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    used = {code for text in sources for code in re.findall(r'"([A-Z]\d{3})"', text)}
    sections = re.findall(r"^## ([A-Z]\d{3}) \S.*\n\S", (ROOT / "docs/errors.md").read_text(encoding="utf-8"), re.M)
    assert sections == sorted(used)


def test_no_two_errors_share_a_code():
    sources = [path.read_text(encoding="utf-8") for path in (ROOT / "src").rglob("*.py")]
    stated = r'^    code = "(\w+)"|^    "\w+": \("([A-Z]\d{3})"'  # of a class, or of a line in a table
    counts = Counter("".join(codes) for text in sources for codes in re.findall(stated, text, re.M))
    assert [code for code, count in counts.items() if count > 1] == []
