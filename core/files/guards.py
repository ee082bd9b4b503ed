"""The gate every uploaded file passes: extension, first bytes and inner structure must tell the same story."""

from pathlib import Path

from core.errors import ServiceError
from core.files import ooxml, signatures
from core.files.names import extension_of
from core.files.policy import KIND_OF_EXTENSION, UploadPolicy

_OLE_SEARCH_BYTES = 20 * 1024 * 1024
_PDF_TAIL = 4096
_ADVICE = {
    "doc": "请用 Word 或 WPS 另存为 .docx 后上传。",
    "wps": "请用 WPS 另存为 .docx 后上传。",
    "xls": "请用 Excel 或 WPS 另存为 .xlsx 后上传。",
    "et": "请用 WPS 另存为 .xlsx 后上传。",
    "docm": "请另存为不带宏的 .docx 后上传。",
    "xlsm": "请另存为不带宏的 .xlsx 后上传。",
    "xlsb": "请另存为 .xlsx 后上传。",
    "heic": "请在手机相机设置里选“兼容性最佳”，或转为 JPG 后上传。",
    "zip": "请解压后逐个上传。",
    "rar": "请解压后逐个上传。",
    "7z": "请解压后逐个上传。",
}


def allowed_kind(name: str, policy: UploadPolicy) -> str:
    """Return the kind for ``name``'s extension; refuse an extension the policy does not list."""
    extension = extension_of(name)
    if extension in policy.extensions:
        return KIND_OF_EXTENSION[extension]
    shown = f" .{extension} 文件" if extension else "没有扩展名的文件"
    advice = _ADVICE.get(extension, policy.hint)
    raise ServiceError(f"“{name}”：这里不接收{shown}。{advice}")


def check_content(path: Path, kind: str) -> None:
    """Refuse a file whose content is not what ``kind`` says, is damaged, or holds anything active."""
    with path.open("rb") as stream:
        head = stream.read(signatures.HEAD_BYTES)
        if not head:
            raise ServiceError("文件是空的，没有任何内容，请核对后重新上传。")
        stream.seek(0)
        whole = stream.read(_OLE_SEARCH_BYTES) if signatures.family_of(head) == "ole" else head
        signatures.require_kind(kind, head, whole)
        if kind in ooxml.MAIN_TYPE:
            ooxml.check(stream, kind)
        if kind == "pdf":
            stream.seek(max(0, stream.seek(0, 2) - _PDF_TAIL))
            if b"%%EOF" not in stream.read():
                raise ServiceError("PDF 不完整（可能没有传完或扫描中断），请在电脑上确认能打开后重新上传。")
