"""What a file is, judged by its first bytes rather than by its name."""

from core.errors import ServiceError
from core.files.encodings import encoding_of

HEAD_BYTES = 4096
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"avif")
_M4A_BRANDS = (b"M4A ", b"M4B ")
_MP4_BRANDS = (
    b"isom",
    b"iso2",
    b"iso4",
    b"iso5",
    b"iso6",
    b"mp41",
    b"mp42",
    b"avc1",
    b"MSNV",
    b"3gp4",
    b"3gp5",
    b"M4V ",
)
_PROGRAM_STARTS = (b"MZ", b"\x7fELF", b"#!", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe")
_TEXT_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def family_of(head: bytes) -> str:
    """Return ``jpg png pdf zip ole mp3 mp4 heic html program utf16 text`` or an empty string.

    ``mp4`` stands for every ISO media file; which extension it may have is asked of ``fits``.
    """
    for start, family in (
        (b"\xff\xd8\xff", "jpg"),
        (b"\x89PNG\r\n\x1a\n", "png"),
        (b"%PDF-", "pdf"),
        (b"PK\x03\x04", "zip"),
        (_OLE, "ole"),
        (b"ID3", "mp3"),
        (b"\xff\xfe", "utf16"),
        (b"\xfe\xff", "utf16"),
    ):
        if head.startswith(start):
            return family
    if head.startswith(_PROGRAM_STARTS):
        return "program"
    if head[4:8] == b"ftyp":
        return "heic" if head[8:12] in _HEIC_BRANDS else "mp4"
    if len(head) > 2 and head[0] == 0xFF and head[1] in (0xFB, 0xFA, 0xF3, 0xF2):
        return "mp3"
    return _text_family(head)


def _text_family(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<!doctype", b"<html", b"<table", b"<?xml", b"<svg", b"<script", b"<meta", b"mime-version")
    ):
        return "html"
    encoding = encoding_of(head)
    if encoding.startswith("utf-16"):
        return "utf16"
    return "text" if encoding and head.translate(None, _TEXT_CONTROLS) == head else ""


def require_kind(kind: str, head: bytes, whole: bytes = b"") -> None:
    """Raise ``ServiceError`` unless ``head`` (the first ``HEAD_BYTES``) is what ``kind`` promises.

    ``whole`` helps to say what an OLE container really is; it may be left out.
    """
    family = family_of(head)
    if family == "ole":
        _judge_ole(kind, whole or head)
        return
    allowed = {
        "docx": ("zip",),
        "xlsx": ("zip",),
        "xls": (),
        "csv": ("text", "utf16"),
        "m4a": ("mp4",),
        "mp4": ("mp4",),
    }.get(kind, (kind,))
    if family not in allowed:
        raise ServiceError(_mismatch(kind, family))
    if family == "mp4" and head[8:12] not in _MP4_BRANDS + _M4A_BRANDS:
        raise ServiceError(_mismatch(kind, ""))


def _mismatch(kind: str, family: str) -> str:
    if family == "heic":
        return "这是手机的 HEIC 照片，系统不能显示。请在手机相机设置里选“兼容性最佳”，或转为 JPG 后上传。"
    if family == "html" and kind in ("xls", "xlsx", "csv"):
        return "这个文件实际是网页，不是真正的表格。请用 Excel 或 WPS 打开，另存为 .xlsx 后上传。"
    if family == "zip" and kind == "xls":
        return "这个文件实际是 .xlsx，请把扩展名改为 .xlsx，或用 Excel、WPS 另存后上传。"
    return f"文件内容与扩展名 .{kind} 不符，未接收。请确认选对了文件，不要直接改扩展名，应另存为该格式。"


def _judge_ole(kind: str, content: bytes) -> None:
    """OLE containers: password-protected new files, and the formats of Office 97-2003."""

    def holds(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if holds("EncryptedPackage"):
        raise ServiceError("文件设有打开密码，系统无法读取。请在 Word、Excel 或 WPS 里取消密码后重新上传。")
    if holds("_VBA_PROJECT"):
        raise ServiceError("文件带有宏，未接收。请另存为不带宏的 .docx 或 .xlsx 后上传。")
    if kind == "xls" and (holds("Workbook") or holds("Book")):
        return
    if holds("WordDocument"):
        raise ServiceError("这是旧版 .doc 文档。请用 Word 或 WPS 打开，另存为 .docx 后上传。")
    if holds("Workbook") or holds("Book"):
        raise ServiceError("这是旧版 .xls 工作簿。请用 Excel 或 WPS 打开，另存为 .xlsx 后上传。")
    raise ServiceError(_mismatch(kind, "ole"))
