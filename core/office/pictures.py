"""Pictures inside of a Word file: JPEGs of our own making, each a part of the package and a drawing in the line."""

from dataclasses import dataclass
from html import escape
from pathlib import Path

from core.text import FORBIDDEN

_EMU_PER_MM = 36_000
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_RELATIONS = "word/_rels/document.xml.rels"
_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class Picture:
    """A JPEG on disk with its size in pixels; ``text`` is read out instead of it."""

    path: Path
    width: int
    height: int
    text: str = ""


def part_name(number: int) -> str:
    """Where the picture of this number lies in the package."""
    return f"word/media/image{number}.jpeg"


def with_pictures(parts: dict[str, bytes], count: int) -> dict[str, bytes]:
    """``parts`` with the type of the pictures declared and their relations named; the pictures are added after them."""
    if not count:
        return parts
    kind = b'<Default Extension="jpeg" ContentType="image/jpeg"/>'
    types = parts[_TYPES].replace(b"<Default ", kind + b"<Default ", 1)
    lines = "".join(
        f'<Relationship Id="rIdPicture{number}" Type="{_RELATION}/image" Target="media/image{number}.jpeg"/>'
        for number in range(1, count + 1)
    )
    relations = parts[_RELATIONS].replace(b"</Relationships>", lines.encode() + b"</Relationships>")
    return parts | {_TYPES: types, _RELATIONS: relations}


def drawing(picture: Picture, number: int, width_mm: float, height_mm: float) -> str:
    """The run that shows the picture in its line, as large as ``width_mm`` by ``height_mm`` allow."""
    scale = min(width_mm / picture.width, height_mm / picture.height)
    extent = f'cx="{round(picture.width * scale * _EMU_PER_MM)}" cy="{round(picture.height * scale * _EMU_PER_MM)}"'
    text = escape(FORBIDDEN.sub("", picture.text))
    return (
        f'<w:r><w:drawing><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/>'
        f'<wp:docPr id="{number}" name="picture{number}" descr="{text}"/><a:graphic xmlns:a="{_A}">'
        f'<a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr><pic:cNvPr id="{number}"'
        f' name="picture{number}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip xmlns:r="{_RELATION}"'
        f' r:embed="rIdPicture{number}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>'
        f'<a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr>'
        "</pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )
