"""Fetch the files of others: what pages are served with, the model that scans are read with, what tests use.

    python -m scripts.vendor        (needs npm; nothing that runs, and no test, does)

Each folder gets a MANIFEST.toml: package, version, licence and the SHA-256 of every file. To add an icon, name it in
`ICONS` and run the script again; the drawings are in the package @tabler/icons. Of Tabler's styles, which tests keep
whole, pages get what scripts/styles.py leaves of them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import subprocess
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

from scripts.styles import SERVED, WHOLE, trimmed

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src/hopluc/core/static/vendor"
TESTS = ROOT / "tests/vendor"
MODEL = ROOT / "src/vanban/reading/scans/model"

ICONS = """
    alert-circle alert-triangle align-left archive arrow-back-up arrow-down arrow-forward-up arrow-left arrow-right
    arrow-up arrows-join arrows-sort arrows-split bell book building building-community calendar calendar-due
    calendar-event calendar-repeat calendar-stats chart-bar check checklist checks chevron-down chevron-left
    chevron-right chevron-up circle circle-check circle-dashed circle-dot circle-x clipboard-check clipboard-list
    clock clock-exclamation columns copy database device-floppy dots download edit external-link eye eye-off file
    file-alert file-check file-description file-plus file-search file-spreadsheet file-text file-type-csv
    file-type-docx file-type-pdf file-type-txt file-upload files filter filter-off flag folder git-compare
    grip-vertical help highlight history home hourglass inbox info-circle key keyboard language
    layout-sidebar-right-collapse link list list-check list-details list-tree lock logout mail map-pin menu-2
    message message-2-question minus moon note paperclip pencil player-pause plus pointer printer progress
    question-mark quote refresh report restore search select send settings sitemap sort-ascending sort-descending
    sparkles square square-check stack-2 sun table table-import target text-plus trash upload user user-check
    user-plus users versions world writing x zoom-question
""".split()

MIT = """\
Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy,
modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the
Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
"""

# Of several faces that cover a letter the last one wins: Vietnamese pages never fetch latin-ext.
SUBSETS = ("latin-ext", "vietnamese", "latin")
FACE = """\
@font-face {{
  font-family: "{family}";
  font-style: {style};
  font-weight: {weight};
  font-display: swap;
  src: url("fonts/{file}") format("woff2");
  unicode-range: {letters};
}}
"""


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    files: dict[str, str]  # where it goes → where it lies in the package
    folder: Path = STATIC
    slug: str = ""
    notice: str = ""  # of data under the licence of this project, where the package says nothing of theirs


@dataclass(frozen=True)
class Family:
    """A typeface: its package and the (weight, style) pairs that pages use."""

    name: str
    package: str
    version: str
    faces: tuple[tuple[int, str], ...]
    subsets: tuple[str, ...] = SUBSETS

    @property
    def slug(self) -> str:
        return self.package.partition("/")[2]

    def file(self, subset: str, weight: int, style: str) -> str:
        return f"{self.slug}-{subset}-{weight}-{style}.woff2"

    def files(self) -> dict[str, str]:
        names = [self.file(subset, *face) for subset in self.subsets for face in self.faces]
        return {f"fonts/{name}": f"files/{name}" for name in names}

    def css(self, letters: dict[str, str]) -> str:
        return "".join(
            FACE.format(
                family=self.name,
                style=style,
                weight=weight,
                file=self.file(subset, weight, style),
                letters=letters[subset].replace(",", ", "),
            )
            for weight, style in self.faces
            for subset in self.subsets
        )


FAMILIES = (
    Family(
        "Be Vietnam Pro",
        "@fontsource/be-vietnam-pro",
        "5.3.0",
        ((400, "normal"), (500, "normal"), (600, "normal"), (700, "normal")),
    ),
    Family("Tinos", "@fontsource/tinos", "5.3.0", ((400, "normal"), (400, "italic"), (700, "normal")), SUBSETS[1:]),
)
PACKAGES = (
    Package("@tabler/core", "1.6.1", {WHOLE.name: "dist/css/tabler.min.css"}, folder=TESTS, slug="tabler"),
    Package("@tabler/core", "1.6.1", {}, slug="tabler"),
    Package("@tabler/icons", "3.49.0", {}, slug="tabler-icons"),
    Package("htmx.org", "2.0.11", {"htmx.min.js": "dist/htmx.min.js"}, slug="htmx"),
    Package(
        "tom-select",
        "2.6.2",
        {"tom-select.base.min.js": "dist/js/tom-select.base.min.js"},
        slug="tom-select",
    ),
    *(Package(family.package, family.version, family.files(), slug=family.slug) for family in FAMILIES),
    Package(
        "@tesseract.js-data/vie",
        "1.0.0",
        {"vie.traineddata": "4.0.0_best_int/vie.traineddata.gz"},
        folder=MODEL,
        slug="vie",
        notice="Vietnamese model of the Tesseract OCR engine (tessdata_best, made small), by Google and contributors.",
    ),
    Package("axe-core", "4.14.1", {"axe.min.js": "axe.min.js"}, folder=TESTS, slug="axe-core"),
)


def main() -> None:
    entries: dict[Path, list[str]] = {STATIC: [], MODEL: [], TESTS: []}
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            source = unpacked(package, Path(folder))
            written = [place(package, target, source / path) for target, path in sorted(package.files.items())]
            written += made(package, source)
            written.append(put(package.folder / f"licences/{package.slug}.txt", licence_text(package, source)))
            licence = json.loads((source / "package.json").read_text(encoding="utf-8"))["license"]
            licence = "Apache-2.0" if package.notice else licence
        entries[package.folder].append(entry(package, licence, written))
    for target, parts in entries.items():
        text = "# Files of others, as fetched by scripts/vendor.py; do not edit.\n\n" + "\n".join(parts)
        (target / "MANIFEST.toml").write_text(text, encoding="utf-8")


def unpacked(package: Package, folder: Path) -> Path:
    command = ["npm", "pack", "--silent", f"{package.name}@{package.version}"]
    archive = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.split()[-1]
    with tarfile.open(folder / archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def place(package: Package, target: str, source: Path) -> Path:
    """Copy a file; text without its source map (served files are renamed, and the map is not there)."""
    data = gzip.decompress(source.read_bytes()) if source.suffix == ".gz" else source.read_bytes()
    if source.suffix in {".css", ".js"}:
        data = re.sub(rb"\n?(?://# |/\*# )sourceMappingURL=\S+(?: ?\*/)?\n?", b"\n", data)
    return put(package.folder / target, data)


def licence_text(package: Package, source: Path) -> bytes:
    """The package's licence; @tabler/core ships none, so its head and the text of the licence that it names."""
    if package.notice:
        return f"{package.notice}\n\n".encode() + (ROOT / "LICENSE").read_bytes()
    if (path := source / "LICENSE").exists():
        return path.read_bytes()
    notice = re.findall(r"Copyright .*", (source / "dist/css/tabler.css").read_text(encoding="utf-8")[:500])
    return "\n".join(["MIT License", "", *notice, "", MIT]).encode()


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def made(package: Package, source: Path) -> list[Path]:
    """Files that are put together from a package: the sprite of icons, the CSS of a typeface."""
    if package.slug == "tabler" and package.folder == STATIC:
        return [put(SERVED, trimmed(WHOLE.read_text(encoding="utf-8")).encode())]
    if package.slug == "tabler-icons":
        return [put(STATIC / "icons.svg", sprite(source / "icons/outline").encode())]
    for family in FAMILIES:
        if family.package == package.name:
            letters = json.loads((source / "unicode.json").read_text(encoding="utf-8"))
            return [put(STATIC / f"{family.slug}.css", family.css(letters).encode())]
    return []


def sprite(folder: Path) -> str:
    symbols = [symbol(name, (folder / f"{name}.svg").read_text(encoding="utf-8")) for name in ICONS]
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def symbol(name: str, drawing: str) -> str:
    """A `<symbol>` of one drawing, without the invisible square that frames it."""
    shapes = re.search(r"<svg[^>]*>(.*)</svg>", drawing, re.S)[1]
    shapes = re.sub(r'<path stroke="none" d="M0 0h24v24H0z" fill="none" ?/>', "", shapes)
    shapes = re.sub(r"\s*\n\s*", "", shapes).replace(" />", "/>")
    stroke = 'fill="none" stroke="currentColor" stroke-linecap="round" stroke-linejoin="round"'
    return f'<symbol id="{name}" viewBox="0 0 24 24" {stroke}>{shapes}</symbol>'


def entry(package: Package, licence: str, written: list[Path]) -> str:
    lines = ["[[package]]", f'name = "{package.name}"', f'version = "{package.version}"', f'licence = "{licence}"']
    lines.append("[package.sha256]")
    for path in written:
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        lines.append(f'"{path.relative_to(package.folder).as_posix()}" = "{digest}"')
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
