"""Pictures as they are: what kind, how high, and where in the file."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from hashlib import sha256

from vanban.errors import NotAPicture
from vanban.writing.layouts import Layout
from vanban.writing.model import Picture
from vanban.writing.words import paragraph, plain, runs

EMU = 36_000  # in a mm
PNG, JPEG, EMF = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b" EMF"
JPEG_SIZES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the markers that carry a picture's size
SPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
PICTURE = "http://schemas.openxmlformats.org/drawingml/2006/picture"


@dataclass(slots=True)
class Pictures:
    """The pictures of one file; the same one twice is stored once."""

    layout: Layout
    stem: str = "image"  # what their files are called
    shown: int = 0  # the highest number of a drawing in the file
    files: dict[str, bytes] = field(default_factory=dict)  # by the name of their relation
    targets: dict[str, str] = field(default_factory=dict)  # path in the package by the same
    _known: dict[str, str] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)  # captions by their word

    def show(self, picture: Picture, *, room: float) -> str:
        """The picture on its own line, its caption below. Raises NotAPicture."""
        ending, (across, down) = measure(picture)
        self.shown += 1
        width = min(picture.width, room)
        size = f'cx="{round(width * EMU)}" cy="{round(width * down / across * EMU)}"'
        drawing = self._drawing(picture, self._relation(picture.data, ending), size)
        return paragraph(self.layout.elements["picture"].style, f"<w:r>{drawing}</w:r>") + self._caption(picture)

    def _caption(self, picture: Picture) -> str:
        """Numbered by a field, so that Word counts on when one is put before it."""
        if not picture.caption:
            return ""
        inside = runs(picture.caption)
        if word := picture.counted:
            self._counts[word] = self._counts.get(word, 0) + 1
            field = plain(f" SEQ {word.replace(' ', '_')} \\* ARABIC ")
            number = f'<w:fldSimple w:instr="{field}"><w:r><w:t>{self._counts[word]}</w:t></w:r></w:fldSimple>'
            inside = f"{runs(f'{word} ')}{number}{runs(f'. {picture.caption}')}"
        return paragraph(self.layout.elements["caption"].style, inside)

    def _relation(self, data: bytes, ending: str) -> str:
        digest = sha256(data).hexdigest()
        if digest not in self._known:
            number = len(self._known) + 1
            self._known[digest] = relation = f"rId_{self.stem}{number}"
            self.files[relation], self.targets[relation] = data, f"media/{self.stem}{number}.{ending}"
        return self._known[digest]

    def _drawing(self, picture: Picture, relation: str, size: str) -> str:
        number, alt = self.shown, plain(picture.alt)
        return (
            f'<w:drawing><wp:inline {SPACES} distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
            f'<wp:docPr id="{number}" name="Hình {number}" descr="{alt}"/><wp:cNvGraphicFramePr>'
            '<a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr><a:graphic>'
            f'<a:graphicData uri="{PICTURE}"><pic:pic><pic:nvPicPr><pic:cNvPr id="{number}" name="Hình {number}" '
            f'descr="{alt}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch>'
            f'<a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )


def measure(picture: Picture) -> tuple[str, tuple[int, int]]:
    """The ending of its file, and its width and height in units of its own. Raises NotAPicture."""
    data = picture.data
    try:
        if data.startswith(PNG):
            ending, size = "png", struct.unpack(">II", data[16:24])
        elif data.startswith(JPEG):
            ending, size = "jpeg", _jpeg(data)
        elif data[40:44] == EMF:
            left, top, right, bottom = struct.unpack("<iiii", data[24:40])
            ending, size = "emf", (right - left, bottom - top)
        else:
            raise NotAPicture(name=picture.alt)
    except (struct.error, IndexError) as error:
        raise NotAPicture(name=picture.alt) from error
    if min(size) <= 0:
        raise NotAPicture(name=picture.alt)
    return ending, (size[0], size[1])


def _jpeg(data: bytes) -> tuple[int, int]:
    at = 2
    while data[at + 1] not in JPEG_SIZES:
        at += 2 + struct.unpack(">H", data[at + 2 : at + 4])[0]
    height, width = struct.unpack(">HH", data[at + 5 : at + 9])
    return width, height
