"""Every write of filing."""

from archives.services.catalogue import gather_entries
from archives.services.packages import (
    file_villages,
    note_download,
    note_original,
    open_package,
    record_check,
    request_check,
    request_package,
    seal_package,
)

__all__ = [
    "file_villages",
    "gather_entries",
    "note_download",
    "note_original",
    "open_package",
    "record_check",
    "request_check",
    "request_package",
    "seal_package",
]
