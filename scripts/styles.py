"""Cut Tabler's styles down to what pages use: a tenth of them, which a phone loads and reads that much sooner.

    python -m scripts.styles

Reads tests/vendor/tabler.min.css as it was fetched, writes the served tabler.css and its line of the MANIFEST.toml. To
use one more class of Tabler's, name it in `CLASSES` and run the script; a test says when one is used that is not named.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
WHOLE = ROOT / "tests/vendor/tabler.min.css"
SERVED = ROOT / "src/hopluc/core/static/vendor/tabler.css"

CLASSES = frozenset(
    """
    alert alert-info alert-warning badge btn btn-primary btn-sm card figure form-check form-check-input form-check-label
    form-control form-hint form-label form-select form-select-sm h3 h4 icon lead mark mb-2 prose row small status table
    text-danger text-secondary timeline visually-hidden w-100
    """.split()
)

TOKEN = re.compile(r"""/\*.*?\*/|"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|url\([^)"']*\)|[{};]""", re.S)
COMMENT = re.compile(r"/\*.*?\*/", re.S)
CLASS = re.compile(r"\.(-?[A-Za-z_](?:[\w-]|\\.)*)")
# What is asked of an element besides its own class: a rule may say "not that one" of a class that nobody uses.
BESIDES = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")
ALTERNATIVE = re.compile(r"(?:[^,()\[\]]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)|\[[^\]]*\])+")
WIDGETS = re.compile(r"\[data-(?!bs-theme\b)")  # marks that scripts of others set, of which there are none here


def main() -> None:
    served = trimmed(WHOLE.read_text(encoding="utf-8"))
    SERVED.write_text(served, encoding="utf-8")
    manifest = SERVED.with_name("MANIFEST.toml")
    digest = hashlib.sha256(served.encode()).hexdigest()
    text = re.sub(rf'("{SERVED.name}" = )"\w+"', rf'\1"{digest}"', manifest.read_text(encoding="utf-8"))
    manifest.write_text(text, encoding="utf-8")


def names(css: str) -> set[str]:
    """The classes that a sheet speaks of."""
    return {name.replace("\\", "") for name in CLASS.findall(css)}


def trimmed(css: str) -> str:
    """The rules of a sheet that may say something of an element with these classes or with none."""
    return "".join(_kept(head.strip(), body) for head, body in _rules(css))


def _kept(head: str, body: str | None) -> str:
    if notice := COMMENT.match(head):  # whose work it is
        return f"{notice[0]}\n{_kept(head[notice.end() :].strip(), body)}"
    if body is None:
        return f"{head};"
    if head.startswith(("@media", "@supports", "@layer", "@container")):
        inner = trimmed(body)
        return f"{head}{{{inner}}}\n" if inner else ""
    if not head.startswith("@"):
        head = ",".join(one for one in ALTERNATIVE.findall(head) if _used(one))
    return f"{head}{{{body}}}\n" if head and body.strip() else ""


def _used(selector: str) -> bool:
    return names(BESIDES.sub("", selector)) <= CLASSES and not WIDGETS.search(selector)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Head and body of each rule; of a statement, such as `@charset`, the head alone."""
    start = opened = depth = 0
    for found in TOKEN.finditer(css):
        token = found.group()
        if token == "{":
            opened = found.end() if depth == 0 else opened
            depth += 1
        elif token == "}":
            depth -= 1
            if depth == 0:
                yield css[start : opened - 1], css[opened : found.start()]
                start = found.end()
        elif token == ";" and depth == 0:
            yield css[start : found.start()], None
            start = found.end()


if __name__ == "__main__":
    main()
