"""Files: what may come in, where it lies, how it goes out again."""

from core.files.policy import EVIDENCE, PHOTO, SPREADSHEET, UploadPolicy
from core.files.store import (
    open_stored,
    path_of,
    read_bytes,
    store_bytes,
    store_path,
    store_upload,
    store_uploads,
)

__all__ = [
    "EVIDENCE",
    "PHOTO",
    "SPREADSHEET",
    "UploadPolicy",
    "open_stored",
    "path_of",
    "read_bytes",
    "store_bytes",
    "store_path",
    "store_upload",
    "store_uploads",
]
