"""Working copies of Word and Excel files, built here as real programs build them, and looked through byte by byte."""

import io
import re
import struct
import zipfile
import zlib

import openpyxl
import pytest
from docx import Document
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table
from PIL import Image, PngImagePlugin

from core.errors import ServiceError
from findings.services.clues.bare import bare_copy

SECRET = b"canary-maker-0815"
WORD = SECRET.decode()
PLACE = struct.pack(">6I", 31, 1, 17, 1, 52, 1)


def photograph(kind="JPEG"):
    """A picture with a place, a camera, a comment and words beside it."""
    exif, stream = Image.Exif(), io.BytesIO()
    exif[0x0110] = WORD
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 17.0, 52.0), 3: "E", 4: (120.0, 35.0, 4.0)})
    more = {"exif": exif.tobytes()}
    if kind == "JPEG":
        more["comment"] = SECRET
    if kind == "PNG":
        words = PngImagePlugin.PngInfo()
        words.add_text("Author", WORD)
        words.add_itxt("Description", WORD)
        words.add_text("Comment", WORD, zip=True)
        more["pnginfo"] = words
    if kind == "TIFF":
        more = {"description": WORD}
    Image.new("RGB", (64, 48), "green").save(stream, kind, **more)
    return stream.getvalue()


def packed(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return stream.getvalue()


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as source:
        return {name: source.read(name) for name in source.namelist()}


def letter(picture=None):
    """A Word file of an author, with a comment and perhaps a picture."""
    paper, stream = Document(), io.BytesIO()
    paper.core_properties.author = paper.core_properties.last_modified_by = WORD
    run = paper.add_paragraph("租金没有入账").runs[0]
    paper.add_comment(run, text="请核对", author=WORD, initials="cm")
    if picture:
        paper.add_picture(io.BytesIO(picture))
    paper.save(stream)
    return unpacked(stream.getvalue())


def renamed(parts, old, new):
    """One part by another name, wherever it is named."""
    words = (old.rpartition("/")[2].encode(), new.rpartition("/")[2].encode())
    return {
        (new if name == old else name): body.replace(*words) if name.endswith((".rels", ".xml")) else body
        for name, body in parts.items()
    }


@pytest.fixture
def bare(tmp_path):
    def make(parts, kind="docx"):
        path = tmp_path / f"file.{kind}"
        path.write_bytes(packed(parts))
        return unpacked(bare_copy(path, kind))

    return make


def tells(parts):
    """Names of the parts in which the maker's name stands, packed or not."""
    return [name for name, body in parts.items() if SECRET in body or zlib.compress(SECRET) in body]


def opened(parts):
    return Document(io.BytesIO(packed(parts)))


@pytest.mark.parametrize(
    ("name", "kind"), [("IMAGE1.JPG", "JPEG"), ("Image1.PNG", "PNG"), ("image1.jpe", "JPEG")]
)
def test_a_picture_by_any_name_loses_place_and_camera_and_nothing_of_itself(bare, name, kind):
    picture = photograph(kind)
    parts = letter(picture)
    old = next(part for part in parts if part.startswith("word/media/"))
    parts = renamed(parts, old, f"word/media/{name}")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
        b"<Default ",
        f'<Default Extension="{name[-3:]}" ContentType="image/{kind.lower()}"/><Default '.encode(),
        1,
    )
    assert f"word/media/{name}" in tells(parts)
    copy = bare(parts)
    assert tells(copy) == []
    kept = Image.open(io.BytesIO(copy[f"word/media/{name}"]))
    assert not kept.getexif() and not getattr(kept, "text", {})
    assert kept.convert("RGB").tobytes() == Image.open(io.BytesIO(picture)).convert("RGB").tobytes()
    assert "租金没有入账" in [p.text for p in opened(copy).paragraphs]


def test_what_follows_the_end_of_a_picture_goes_with_it(bare):
    parts = letter(photograph())
    name = next(part for part in parts if part.startswith("word/media/"))
    parts[name] += photograph() + SECRET
    assert SECRET not in bare(parts)[name]


def test_a_progressive_picture_stays_whole(bare):
    stream = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(stream, "JPEG", progressive=True, comment=SECRET)
    parts = letter(stream.getvalue())
    name = next(part for part in parts if part.startswith("word/media/"))
    kept = Image.open(io.BytesIO(bare(parts)[name]))
    assert kept.tobytes() == Image.open(stream).tobytes()


def test_attributes_in_single_quotes_and_by_other_prefixes_are_emptied(bare):
    parts = letter()
    comments = next(name for name in parts if name.endswith("comments.xml"))
    body = re.sub(rb'w:(author|initials)="([^"]*)"', rb"w:\1 = '\2'", parts[comments])
    assert b"= '" + SECRET in body
    parts[comments] = body.replace(b"w:", b"q:").replace(b"xmlns:w=", b"xmlns:q=")
    parts["_rels/.rels"] = (
        parts["_rels/.rels"]
        .replace(b'"', b"'")
        .replace(
            b"</Relationships>",
            b"<Relationship Id='r9' Type='urn:x:custom-properties' Target='docProps/custom.xml'></Relationship>"
            b"</Relationships>",
        )
    )
    parts["docProps/custom.xml"] = b"<Properties>" + SECRET + b"</Properties>"
    copy = bare(parts)
    assert tells(copy) == []
    assert b"custom.xml" not in copy["_rels/.rels"] and b"document.xml" in copy["_rels/.rels"]
    assert "请核对".encode() in copy[comments]


def test_properties_by_any_name_are_emptied(bare):
    parts = renamed(letter(), "docProps/core.xml", "docProps/CORE.XML")
    parts["package/services/metadata/a.psmdcp"] = parts["docProps/CORE.XML"]
    assert len(tells(parts)) > 1
    assert tells(bare(parts)) == []


def test_words_of_the_text_are_no_attributes(bare):
    parts = letter()
    text = "写着 author=“".encode() + b'author="x"'
    parts["word/document.xml"] = parts["word/document.xml"].replace("租金没有入账".encode(), text)
    assert text in bare(parts)["word/document.xml"]


def workbook():
    book, stream = openpyxl.Workbook(), io.BytesIO()
    book.properties.creator = WORD
    book.active["A1"] = "鱼塘租金"
    book.active["A1"].comment = Comment("核对", WORD)
    book.save(stream)
    return unpacked(stream.getvalue())


def test_a_workbook_loses_authors_path_and_printer_and_still_opens(bare):
    parts = workbook()
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<sheets>",
        b"<x15ac:absPath url='C:\\Users\\" + SECRET + b"\\' xmlns:x15ac='urn:x'/><sheets>",
    )
    sheet = "xl/worksheets/sheet1.xml"
    setup = b'<pageSetup orientation="landscape" r:id="p1" xmlns:r="urn:x"/><legacyDrawing'
    parts[sheet] = parts[sheet].replace(b"<legacyDrawing", setup)
    assert b'r:id="p1"' in parts[sheet]
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        b'<Relationship Id="p1" Type="urn:x:printerSettings" Target="../printerSettings/printerSettings1.bin"/>'
        b"</Relationships>",
    )
    parts["xl/printerSettings/printerSettings1.bin"] = SECRET + b"\0printer"
    assert len(tells(parts)) >= 4
    copy = bare(parts, "xlsx")
    assert tells(copy) == []
    assert b"printerSettings" not in copy[rels]
    assert b'orientation="landscape"' in copy[sheet] and b'"p1"' not in copy[sheet]
    assert openpyxl.load_workbook(io.BytesIO(packed(copy))).active["A1"].value == "鱼塘租金"


def test_a_formatted_table_keeps_its_name_without_which_a_workbook_asks_to_be_repaired(bare):
    book, stream = openpyxl.Workbook(), io.BytesIO()
    for row in (("户", "租金"), ("一组", 300)):
        book.active.append(row)
    book.active.add_table(Table(displayName="Rents", ref="A1:B2"))
    book.save(stream)
    copy = bare(unpacked(stream.getvalue()), "xlsx")
    assert list(openpyxl.load_workbook(io.BytesIO(packed(copy))).active.tables) == ["Rents"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", packed(workbook())),
        ("word/embeddings/object.bin", b"\xd0\xcf\x11\xe0" + SECRET),
        ("word/media/image9.tiff", photograph("TIFF")),
        ("word/media/image9.jpg", photograph("TIFF")),
        ("word/media/image9.emf", b"\1\0\0\0" + SECRET),
        ("word/media/cut.JPG", photograph()[:400]),
        ("word/media/cut.png", photograph("PNG")[:-20]),
        ("word/comments9.xml", f"<a author='{WORD}'/>".encode("utf-16")),
        ("word/comments9.xml", f'<!DOCTYPE a [<!ENTITY e "{WORD}">]><a author="&e;"/>'.encode()),
    ],
)
def test_what_cannot_be_made_bare_is_refused_by_name_and_never_passed_on(bare, name, content):
    with pytest.raises(ServiceError, match="去不掉制作者信息") as refusal:
        bare(letter() | {name: content})
    assert name.rpartition("/")[2] in refusal.value.message
