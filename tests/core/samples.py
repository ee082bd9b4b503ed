"""Files as they come from outside, good and bad, made byte by byte without the code under test."""

import io
import struct
import zipfile
import zlib

from PIL import Image

TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{part}"/>'
    "</Relationships>"
)
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATION_TYPE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def zipped(parts, *, packed=True):
    """A zip of ``{name: bytes or str}``."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def docx_parts(**extra):
    part = "word/document.xml"
    body = '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p/></w:body></w:document>'
    return {
        "[Content_Types].xml": TYPES.format(part=part, kind="wordprocessingml.document"),
        "_rels/.rels": RELATIONS.format(part=part),
        part: body,
    } | extra


def xlsx_parts(sheet_data="", *, after="", **extra):
    part = "xl/workbook.xml"
    relation = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1"'
        f' Type="{RELATION_TYPE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    )
    return {
        "[Content_Types].xml": TYPES.format(part=part, kind="spreadsheetml.sheet").replace(
            "</Types>",
            '<Override PartName="/xl/worksheets/sheet1.xml"'
            ' ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        ),
        "_rels/.rels": RELATIONS.format(part=part),
        part: f'<workbook xmlns="{SHEET}" xmlns:r="{RELATION_TYPE}"><sheets>'
        '<sheet name="一览表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relation,
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{SHEET}"><sheetData>{sheet_data}</sheetData>'
        f"{after}</worksheet>",
    } | extra


def external_relation(kind, target):
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId9" Type="{RELATION_TYPE}/{kind}" Target="{target}" TargetMode="External"/>'
        "</Relationships>"
    )


def image(size=(60, 40), kind="JPEG", **options):
    stream = io.BytesIO()
    Image.new("RGB", size, (180, 60, 40)).save(stream, kind, **options)
    return stream.getvalue()


def photo_with_place():
    """A JPEG whose EXIF holds a camera name and a position, turned by 90 degrees."""
    exif = Image.Exif()
    exif[0x010F] = "CAMERA-CANARY"
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    return image((800, 400), exif=exif)


def png_claiming(width, height):
    """A tiny PNG whose header promises so many pixels."""

    def chunk(name, data):
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def pdf():
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF\n"


def ole(*names):
    """The start of an OLE container with directory entries of these names."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + entries


def overlapping_zip(entries=200, size=1_000_000):
    """Many directory entries that all point at one compressed block: CVE-2024-0450."""
    stream = io.BytesIO(zipped({"word/a.xml": b"\0" * size}))
    archive = zipfile.ZipFile(stream, "a")
    info = archive.infolist()[0]
    for number in range(entries):
        twin = zipfile.ZipInfo(f"word/a{number}.xml")
        for name in ("header_offset", "compress_size", "file_size", "CRC", "compress_type", "flag_bits"):
            setattr(twin, name, getattr(info, name))
        archive.filelist.append(twin)
    archive._didModify = True
    archive.close()
    return stream.getvalue()


def lying_zip(parts, name, declared):
    """``parts`` zipped, but the directory and the local header declare another unpacked size for ``name``."""
    content = bytearray(zipped(parts))
    with zipfile.ZipFile(io.BytesIO(bytes(content))) as archive:
        info = archive.getinfo(name)
        at = archive.start_dir
    struct.pack_into("<L", content, info.header_offset + 22, declared)
    while content[at : at + 4] == b"PK\x01\x02":
        lengths = struct.unpack_from("<3H", content, at + 28)
        if content[at + 46 : at + 46 + lengths[0]].decode() == name:
            struct.pack_into("<L", content, at + 24, declared)
        at += 46 + sum(lengths)
    return bytes(content)


def symlink_zip():
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in docx_parts().items():
            archive.writestr(name, content)
        link = zipfile.ZipInfo("word/link")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    return stream.getvalue()


def encrypted_flag_zip():
    """A zip whose first entry says that it is encrypted."""
    content = bytearray(zipped(docx_parts()))
    at = content.find(b"PK\x01\x02")
    content[at + 8] |= 1
    content[6] |= 1
    return bytes(content)
