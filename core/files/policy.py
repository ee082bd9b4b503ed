"""What a feature accepts: kinds, size, count. One preset per purpose."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

# Extension -> the kind it is stored as. A file's content must prove the kind its extension claims.
KIND_OF_EXTENSION = {
    "jpg": "jpg",
    "jpeg": "jpg",
    "png": "png",
    "pdf": "pdf",
    "docx": "docx",
    "xlsx": "xlsx",
    "xls": "xls",
    "csv": "csv",
    "tsv": "csv",
    "mp3": "mp3",
    "m4a": "m4a",
    "mp4": "mp4",
    "zip": "zip",
}

CONTENT_TYPE = {
    "jpg": "image/jpeg",
    "png": "image/png",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xls": "application/vnd.ms-excel",
    "csv": "text/csv; charset=utf-8",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "mp4": "video/mp4",
    "zip": "application/zip",
}


@dataclass(frozen=True)
class UploadPolicy:
    """``extensions`` without a dot, ``max_bytes`` per file, ``max_count`` files per form."""

    extensions: tuple[str, ...]
    max_bytes: int
    max_count: int

    @property
    def accept(self) -> str:
        """Value of the ``accept`` attribute of a file input."""
        return ",".join(f".{extension}" for extension in self.extensions)

    @property
    def hint(self) -> str:
        """Help text under a file input."""
        count = f"，一次不超过 {self.max_count} 个" if self.max_count > 1 else ""
        return f"{self.each}{count}。"

    @property
    def each(self) -> str:
        """What one file may be, without a full stop; files sent in pieces are not limited in number."""
        return f"可上传 {'、'.join(self.extensions)}，单个不超过 {self.max_bytes // MEGABYTE} MB"


EVIDENCE = UploadPolicy(("jpg", "jpeg", "png", "pdf", "docx", "xlsx", "mp3", "m4a", "mp4"), 50 * MEGABYTE, 20)
PHOTO = UploadPolicy(("jpg", "jpeg", "png"), 20 * MEGABYTE, 30)
SPREADSHEET = UploadPolicy(("xlsx", "xls", "csv", "tsv"), 20 * MEGABYTE, 1)
